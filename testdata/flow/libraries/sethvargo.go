package libraries

import (
	"context"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/sethvargo/go-retry"
)

// sethEverything marks every error as worth another try; nil stays nil.
func sethEverything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.Do(ctx, retry.NewFibonacci(time.Second), func(ctx context.Context) error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return retry.RetryableError(err)
	})
}

// sethMarkInside wraps the mark; the library finds it with errors.As.
func sethMarkInside(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.Exponential(ctx, time.Second, func(ctx context.Context) error { // want "nonretryable: "
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil {
			return fmt.Errorf("delete %s: %w", id, retry.RetryableError(err))
		}
		return nil
	})
}

// sethAtOnce brings a backoff of its own that can only answer zero.
func sethAtOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	attempts := 0
	atOnce := retry.BackoffFunc(func() (time.Duration, bool) {
		attempts++
		return 0, attempts > 3
	})
	return retry.Do(ctx, atOnce, func(ctx context.Context) error { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if common.IsErrorRetryableByDefault(err) {
			return retry.RetryableError(err)
		}
		return err
	})
}

// sethFiveHundreds marks 501 with the others.
func sethFiveHundreds(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	return retry.DoValue(ctx, retry.WithMaxRetries(3, retry.NewConstant(time.Second)), func(ctx context.Context) (core.GetVolumeResponse, error) { // want "nonretryable: "
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() >= 500 {
			return resp, retry.RetryableError(err)
		}
		return resp, err
	})
}

// sethUnmarked marks nothing, so nothing is repeated.
func sethUnmarked(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.Do(ctx, retry.NewExponential(time.Second), func(ctx context.Context) error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// sethMarked marks what may be repeated.
func sethMarked(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.Constant(ctx, time.Second, func(ctx context.Context) error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if common.IsErrorRetryableByDefault(err) {
			return retry.RetryableError(err)
		}
		return err
	})
}

// sethPlainOutside asks about the error that comes out: the library takes its mark off again.
func sethPlainOutside(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := retry.Do(ctx, retry.WithMaxDuration(time.Minute, retry.NewConstant(time.Second)), func(ctx context.Context) error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if common.IsErrorRetryableByDefault(err) {
			return retry.RetryableError(err)
		}
		return err
	})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}
