package nobackoff

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"golang.org/x/time/rate"
	"k8s.io/client-go/util/flowcontrol"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Who waits is told by a method's name, or by that of its receiver's type or package.

// Throttler is somebody's pace.
type Throttler interface {
	Step(ctx context.Context) error
	Next(ctx context.Context) bool
	TryNext() bool
}

type pacedVolumes struct {
	flowcontrol.RateLimiter
	client core.BlockstorageClient
}

// Accept of a rate limiter blocks (k8s.io/client-go v0.33.2, util/flowcontrol/throttle.go).
func (p *pacedVolumes) accepted(ctx context.Context, id string) (err error) {
	for range 6 {
		if _, err = p.client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}); !common.IsErrorRetryableByDefault(err) {
			return err
		}
		p.Accept()
	}
	return err
}

// TryAccept of the same limiter only asks.
func (p *pacedVolumes) triedToAccept(ctx context.Context, id string) (err error) {
	for p.TryAccept() {
		_, err = p.client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) {
			break
		}
	}
	return err
}

// Next of a throttler may take its time.
func nextTime(ctx context.Context, client core.BlockstorageClient, pace Throttler, id string) error {
	for {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		if !common.IsErrorRetryableByDefault(err) || !pace.Next(ctx) {
			return err
		}
	}
}

// TryNext asks whether it may go on at once.
func nextAtOnce(ctx context.Context, client core.BlockstorageClient, pace Throttler, id string) error {
	for {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) || !pace.TryNext() {
			return err
		}
	}
}

// What a limiter is set to is no wait, and what it has left is none.
func tokensLeft(ctx context.Context, client core.BlockstorageClient, limit *rate.Limiter, id string) (err error) {
	for limit.Tokens() > 1 {
		if _, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}); !common.IsErrorRetryableByDefault(err) { // want "nobackoff: "
			break
		}
		limit.SetBurst(3)
	}
	return err
}

// Somebody has to press a key first.
func onceMore(ctx context.Context, client core.BlockstorageClient, id string) error {
	keys := bufio.NewReader(os.Stdin)
	for {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		fmt.Print("once more? ")
		if answer, _ := keys.ReadString('\n'); !strings.HasPrefix(answer, "y") {
			return err
		}
	}
}

func confirmed() bool {
	var answer string
	fmt.Print("again? ")
	_, _ = fmt.Scanln(&answer)
	return answer == "yes"
}

// The same in a helper.
func ifConfirmed(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for {
		if _, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}); !common.IsErrorRetryableByDefault(err) || !confirmed() {
			return err
		}
	}
}

// Reading a text is no waiting for somebody.
func asConfigured(ctx context.Context, client core.BlockstorageClient, settings, id string) (err error) {
	for {
		var again bool
		_, _ = fmt.Sscan(settings, &again)
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) || !again {
			return err
		}
	}
}
