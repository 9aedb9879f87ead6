package libraries

import (
	"context"
	"time"

	retryv4 "github.com/avast/retry-go/v4"
	retryv5 "github.com/avast/retry-go/v5"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// avastEverything repeats ten times by default.
func avastEverything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv4.Do(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// avastUnrecoverableIgnored marks the final errors, and its own RetryIf does not look at the mark.
func avastUnrecoverableIgnored(ctx context.Context, client core.BlockstorageClient, id string) error {
	remove := func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return retryv4.Unrecoverable(err)
		}
		return err
	}
	return retryv4.Do(remove, retryv4.Attempts(3), retryv4.RetryIf(func(err error) bool { return ctx.Err() == nil })) // want "nonretryable: "
}

// avastFixedZero waits a fixed delay of nothing.
func avastFixedZero(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	get := func() (core.GetVolumeResponse, error) {
		return client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	}
	return retryv4.DoWithData(get, retryv4.RetryIf(common.IsErrorRetryableByDefault), retryv4.DelayType(retryv4.FixedDelay), retryv4.Delay(0)) // want "nobackoff: "
}

// avastOwnZero has a delay function that can only answer zero.
func avastOwnZero(ctx context.Context, client core.BlockstorageClient, id string) error {
	none := retryv4.DelayType(func(uint, error, *retryv4.Config) time.Duration { return 0 })
	return retryv4.Do(func() error { // want "nobackoff: " "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, none)
}

// avastLeftOut repeats what isTransient says.
func avastLeftOut(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv4.Do(func() error { // want "incorrectstate: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, retryv4.RetryIf(isTransient), retryv4.Context(ctx))
}

// avastUnrecoverable marks the final errors, and the default RetryIf looks.
func avastUnrecoverable(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return retryv4.Unrecoverable(err)
		}
		return err
	}, retryv4.Attempts(3))
}

// avastJitter sets the delay to nothing, and the default delay type adds its jitter all the same.
func avastJitter(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, retryv4.RetryIf(common.IsErrorRetryableByDefault), retryv4.Delay(0))
}

// avastUntilSucceeded looks at the mark first: without a limit of attempts the library asks IsRecoverable itself.
func avastUntilSucceeded(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return retryv4.Unrecoverable(err)
		}
		return err
	}, retryv4.UntilSucceeded(), retryv4.RetryIf(func(err error) bool { return ctx.Err() == nil }))
}

// avastOnce tries one time.
func avastOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, retryv4.Attempts(1), retryv4.LastErrorOnly(true))
}

// avast5Everything makes the retrier where it is used.
func avast5Everything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryv5.New(retryv5.Attempts(3)).Do(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// avast5FixedZero hands data back.
func avast5FixedZero(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	retrier := retryv5.NewWithData[core.GetVolumeResponse](
		retryv5.RetryIf(common.IsErrorRetryableByDefault),
		retryv5.DelayType(retryv5.FixedDelay),
		retryv5.Delay(0),
	)
	return retrier.Do(func() (core.GetVolumeResponse, error) { // want "nobackoff: "
		return client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	})
}

// avast5Unrecoverable marks the final errors.
func avast5Unrecoverable(ctx context.Context, client core.BlockstorageClient, id string) error {
	retrier := retryv5.New(retryv5.Attempts(3), retryv5.Context(ctx))
	return retrier.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return retryv5.Unrecoverable(err)
		}
		return err
	})
}

// avast5Predicate names what may be repeated.
func avast5Predicate(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	return retryv5.NewWithData[core.GetVolumeResponse](retryv5.RetryIf(isTransient), retryv5.Delay(time.Second)).Do(func() (core.GetVolumeResponse, error) {
		return client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	})
}
