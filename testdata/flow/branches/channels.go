package branches

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// An error that comes back through a channel is the call's.

type answer struct {
	volume *core.Volume
	err    error
}

// inTime gives each try a goroutine of its own, and any failure another try.
func (d disks) inTime(ctx context.Context, request core.CreateVolumeRequest) (*core.Volume, error) {
	for tries := 0; ; tries++ {
		answers := make(chan answer, 1)
		go func() {
			made, err := d.client.CreateVolume(ctx, request) // want "nonretryable: "
			answers <- answer{&made.Volume, err}
		}()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case a := <-answers:
			if a.err == nil || tries == 3 {
				return a.volume, a.err
			}
			time.Sleep(time.Second)
		}
	}
}

func (d disks) remove(ctx context.Context, id string, failed chan<- error) {
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	failed <- err
}

func (d disks) removed(ctx context.Context, id string) error {
	failed := make(chan error)
	go d.remove(ctx, id, failed)
	return <-failed
}

// removedAtLast goes round a helper that waits for a goroutine.
func (d disks) removedAtLast(ctx context.Context, id string) (err error) {
	for range 3 {
		if err = d.removed(ctx, id); err == nil { // want "nonretryable: "
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// removedOrBusy takes any conflict for success, when it has received the error.
func (d disks) removedOrBusy(ctx context.Context, id string) error {
	failed := make(chan error, 1)
	go d.remove(ctx, id, failed)
	err := <-failed
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near misses.

// removedCarefully goes round where that may help.
func (d disks) removedCarefully(ctx context.Context, id string) error {
	for {
		failed := make(chan error, 1)
		go d.remove(ctx, id, failed)
		err := <-failed
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// allRemoved starts one for each and waits for all.
func (d disks) allRemoved(ctx context.Context, ids []string) (all error) {
	failed := make(chan error)
	for _, id := range ids {
		go d.remove(ctx, id, failed)
	}
	for range ids {
		if err := <-failed; err != nil {
			all = errors.Join(all, err)
		}
	}
	return all
}

// removedMeanwhile waits for nothing.
func (d disks) removedMeanwhile(ctx context.Context, ids <-chan string) {
	failed := make(chan error, 16)
	for id := range ids {
		go d.remove(ctx, id, failed)
		select {
		case err := <-failed:
			log.Print("not removed: ", err)
		default:
		}
	}
}

// twoAtOnce takes whichever error comes first, and tries nothing again.
func (d disks) twoAtOnce(ctx context.Context, one, other string) error {
	failed := make(chan error, 2)
	go d.remove(ctx, one, failed)
	go d.remove(ctx, other, failed)
	if err := <-failed; err != nil {
		return err
	}
	return <-failed
}

// removedQuietly hands back nothing where the volume is busy.
func (d disks) removedQuietly(ctx context.Context, id string) error {
	failed := make(chan error, 1)
	go func() {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
			failed <- nil
			return
		}
		failed <- err
	}()
	return <-failed
}

// goneQuietly is its near miss.
func (d disks) goneQuietly(ctx context.Context, id string) error {
	failed := make(chan error, 1)
	go func() {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		if isMissing(err) {
			err = nil
		}
		failed <- err
	}()
	return <-failed
}
