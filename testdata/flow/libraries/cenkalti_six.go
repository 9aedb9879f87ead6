package libraries

import (
	"context"
	"errors"
	"fmt"
	"time"

	backoffv6 "github.com/cenkalti/backoff/v6"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Version 6 hands every failure back as its own RetryError, around the last attempt's error and the reason to stop
// (error.go, retry.go of v6.0.1).

// v6Asserted asks a type assertion about what is always wrapped.
func v6Asserted(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := backoffv6.Retry(ctx, func() (core.GetVolumeResponse, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			err = backoffv6.Permanent(err)
		}
		return resp, err
	})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}

// v6Everything repeats every error that is not marked, whatever the library wraps at the end.
func v6Everything(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := backoffv6.Retry(ctx, func() (core.DeleteVolumeResponse, error) { // want "nonretryable: "
		return client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	}, backoffv6.WithMaxTries(4))
	if again := backoffv6.AsRetryError(err); again != nil {
		return fmt.Errorf("delete %s: %w", id, again.LastErr)
	}
	return err
}

// v6ConflictBehind takes a conflict that errors.As finds behind the library's error for success.
func v6ConflictBehind(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (struct{}, error) {
		_, err := client.DeleteVolume(ctx, request)
		if err == nil {
			return struct{}{}, nil
		}
		return struct{}{}, backoffv6.Permanent(err)
	})
	var failure common.ServiceError
	if errors.As(err, &failure) && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
		return nil
	}
	return err
}

// v6PermanentIsFine takes what was marked for success, IncorrectState with it.
func v6PermanentIsFine(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (struct{}, error) {
		_, err := client.DeleteVolume(ctx, request)
		if failure, ok := common.IsServiceError(err); ok && (failure.GetHTTPStatusCode() < 429 || failure.GetHTTPStatusCode() == 501) {
			return struct{}{}, backoffv6.Permanent(err)
		}
		return struct{}{}, err
	}, backoffv6.WithMaxTries(3))
	if errors.Is(err, backoffv6.ErrPermanent) { // want "incorrectstate: "
		return nil
	}
	return err
}

// v6LongPause would pause for longer than the fifteen minutes that all tries may take: there is no second one.
func v6LongPause(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (core.DeleteVolumeResponse, error) {
		return client.DeleteVolume(ctx, request)
	}, backoffv6.WithBackOff(backoffv6.NewConstantBackOff(20*time.Minute)))
	return err
}

// v6LongPauseWithoutLimit takes the limit away.
func v6LongPauseWithoutLimit(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (core.DeleteVolumeResponse, error) { // want "nonretryable: "
		return client.DeleteVolume(ctx, request)
	}, backoffv6.WithBackOff(backoffv6.NewConstantBackOff(20*time.Minute)), backoffv6.WithMaxElapsedTime(0))
	return err
}

// v6Found asks behind the library's error.
func v6Found(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := backoffv6.Retry(ctx, func() (core.GetVolumeResponse, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			err = backoffv6.Permanent(err)
		}
		return resp, err
	})
	var failure common.ServiceError
	if errors.As(err, &failure) && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// v6LastError asks the last attempt's error itself.
func v6LastError(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := backoffv6.Retry(ctx, func() (core.GetVolumeResponse, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			err = backoffv6.Permanent(err)
		}
		return resp, err
	})
	if stopped := backoffv6.AsRetryError(err); stopped != nil {
		if failure, ok := common.IsServiceError(stopped.LastErr); ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
	}
	return err
}

// v6Busy gives IncorrectState back when the tries are over.
func v6Busy(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (struct{}, error) {
		_, err := client.DeleteVolume(ctx, request)
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			err = backoffv6.Permanent(err)
		}
		return struct{}{}, err
	}, backoffv6.WithMaxTries(3))
	if errors.Is(err, backoffv6.ErrPermanent) {
		return err
	}
	if err != nil {
		return fmt.Errorf("still busy: %w", err)
	}
	return nil
}
