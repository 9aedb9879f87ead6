package branches

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// An interface or a function in a field that only one value of the package fills is that one.

type remover interface {
	remove(ctx context.Context, id string) error
}

type ociRemover struct{ client core.BlockstorageClient }

func (o *ociRemover) remove(ctx context.Context, id string) error {
	_, err := o.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	return err
}

type cleaner struct {
	volumes remover
	again   func(error) bool
	careful func(error) bool
	either  func(error) bool
}

func newCleaner(client core.BlockstorageClient, all bool) *cleaner {
	c := &cleaner{volumes: &ociRemover{client}, again: isFailure, careful: common.IsErrorRetryableByDefault, either: isFailure}
	if !all {
		c.either = common.IsErrorRetryableByDefault
	}
	return c
}

func isFailure(err error) bool { return err != nil }

// clean asks the function in the field whether to go round.
func (c *cleaner) clean(ctx context.Context, id string) (err error) {
	for range 3 {
		if err = c.volumes.remove(ctx, id); !c.again(err) { // want "nonretryable: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// cleanAtOnce goes round whatever the interface in the field says.
func (c cleaner) cleanAtOnce(ctx context.Context, id string) {
	for c.volumes.remove(ctx, id) != nil && ctx.Err() == nil { // want "nonretryable: " "nobackoff: "
	}
}

// Near misses.

// cleanCarefully asks the function in the other field.
func (c *cleaner) cleanCarefully(ctx context.Context, id string) error {
	for {
		err := c.volumes.remove(ctx, id)
		if !c.careful(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// cleanEither asks a function of which there are two.
func (c *cleaner) cleanEither(ctx context.Context, id string) error {
	for {
		err := c.volumes.remove(ctx, id)
		if err == nil || !c.either(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Janitor has fields that others may fill, and one that somebody has the address of.
type Janitor struct {
	Volumes remover
	hook    func(error) bool
}

// NewJanitor returns a janitor with a hook.
func NewJanitor(client core.BlockstorageClient, register func(*func(error) bool)) *Janitor {
	j := &Janitor{Volumes: &ociRemover{client}, hook: isFailure}
	register(&j.hook)
	return j
}

func (j *Janitor) clean(ctx context.Context, id string) error {
	for {
		err := j.Volumes.remove(ctx, id)
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

func (j *Janitor) cleanOnce(ctx context.Context, c core.BlockstorageClient, id string) error {
	for {
		_, err := c.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		if err == nil || j.hook(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

type sweeper struct {
	client core.BlockstorageClient
	remove func(ctx context.Context, id string) error
	pause  func(error) time.Duration
}

func newSweeper(client core.BlockstorageClient, pause func(error) time.Duration) *sweeper {
	s := &sweeper{client: client, pause: pause}
	s.remove = s.removeVolume
	return s
}

func (s *sweeper) removeVolume(ctx context.Context, id string) error {
	_, err := s.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	return err
}

// sweep calls the method in the field until it has nothing to say.
func (s *sweeper) sweep(ctx context.Context, id string) {
	for tries := 0; s.remove(ctx, id) != nil && tries < 5; tries++ { // want "nonretryable: "
		time.Sleep(time.Second)
	}
}

// sweepIfTold is a near miss: whoever made the sweeper says what goes round.
func (s *sweeper) sweepIfTold(ctx context.Context, id string) error {
	for {
		err := s.remove(ctx, id)
		if err == nil || s.pause(err) == 0 {
			return err
		}
		time.Sleep(s.pause(err))
	}
}
