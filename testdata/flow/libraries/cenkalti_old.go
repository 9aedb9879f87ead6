package libraries

import (
	"context"
	"time"

	backoffv2 "github.com/cenkalti/backoff"
	backoffv3 "github.com/cenkalti/backoff/v3"
	backoffv4 "github.com/cenkalti/backoff/v4"
	backoffv5 "github.com/cenkalti/backoff/v5"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Zero retries are no retries in version 4, and as many as there are before (tries.go of v2.2.1, v3.2.2 and v4.3.0).

func v2NoNumber(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return backoffv2.Retry(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, backoffv2.WithMaxRetries(backoffv2.NewConstantBackOff(time.Second), 0))
}

func v3NoNumber(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return backoffv3.RetryNotify(func() error { // want "nonretryable: " "nobackoff: "
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, backoffv3.WithMaxRetries(&backoffv3.ZeroBackOff{}, 0), nil)
}

func v4NoRetries(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, backoffv4.WithMaxRetries(backoffv4.NewConstantBackOff(time.Second), 0))
}

// Before version 4 a mark counts at the head of the error alone, and nil is marked too: success then is a nil error.

func v3Marked(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return backoffv3.Retry(func() error {
		_, err := client.DeleteVolume(ctx, request)
		if common.IsErrorRetryableByDefault(err) {
			return err
		}
		return backoffv3.Permanent(err)
	}, backoffv3.NewExponentialBackOff())
}

// The first pause is longer than all tries may take together: exponential.go, NextBackOff.

func v4LongPause(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	pauses := backoffv4.NewExponentialBackOff(backoffv4.WithInitialInterval(10*time.Minute), backoffv4.WithMaxElapsedTime(2*time.Minute))
	return backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, pauses)
}

func v4LongPauseSetLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	pauses := backoffv4.NewExponentialBackOff()
	pauses.InitialInterval = time.Hour
	return backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, pauses)
}

func v4ShortPauseSetLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	pauses := backoffv4.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxElapsedTime = time.Minute, time.Hour
	return backoffv4.Retry(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, pauses)
}

func v4NoPauseSetLater(ctx context.Context, client core.BlockstorageClient, id string) error {
	pauses := backoffv4.NewExponentialBackOff()
	pauses.InitialInterval = 0
	return backoffv4.Retry(func() error { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return backoffv4.Permanent(err)
		}
		return err
	}, pauses)
}

func v5LongPause(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) (core.DeleteVolumeResponse, error) {
	return backoffv5.Retry(ctx, func() (core.DeleteVolumeResponse, error) {
		return client.DeleteVolume(ctx, request)
	}, backoffv5.WithBackOff(backoffv5.NewConstantBackOff(time.Minute)), backoffv5.WithMaxElapsedTime(30*time.Second))
}

// v5MarkStays asks for the service's error where one try keeps the mark around it: retry.go of v5.0.3 looks at the
// number of tries first.
func v5MarkStays(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv5.Retry(ctx, func() (core.DeleteVolumeResponse, error) {
		resp, err := client.DeleteVolume(ctx, request)
		return resp, backoffv5.Permanent(err)
	}, backoffv5.WithMaxTries(1))
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}

// v5MarkIsTakenOff has more tries than one.
func v5MarkIsTakenOff(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv5.Retry(ctx, func() (core.DeleteVolumeResponse, error) {
		resp, err := client.DeleteVolume(ctx, request)
		return resp, backoffv5.Permanent(err)
	}, backoffv5.WithMaxTries(3))
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}
