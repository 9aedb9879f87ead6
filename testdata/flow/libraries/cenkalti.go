// Package libraries retries OCI calls through the libraries that programs use for it, each with its own way to say what
// is final, how long to wait and how often to try. What a library does was read in its source, at the version in go.mod.
package libraries

import (
	"context"
	"fmt"
	"log"
	"time"

	backoffv4 "github.com/cenkalti/backoff/v4"
	backoffv5 "github.com/cenkalti/backoff/v5"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// isTransient knows the limit and the service's own faults that pass.
func isTransient(err error) bool {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return false
	}
	switch failure.GetHTTPStatusCode() {
	case 429, 500, 503:
		return true
	}
	return false
}

// v4Everything repeats every error that is not marked permanent.
func v4Everything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoffv4.Retry(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, backoffv4.NewExponentialBackOff())
}

// v4ZeroBackOff repeats at once.
func v4ZeroBackOff(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoffv4.Retry(func() error { // want "nobackoff: " "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, backoffv4.WithMaxRetries(&backoffv4.ZeroBackOff{}, 3))
}

// v4PermanentForSome marks 404 and forgets the other final ones.
func v4PermanentForSome(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	return backoffv4.RetryWithData(func() (core.GetVolumeResponse, error) { // want "nonretryable: "
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return resp, backoffv4.Permanent(err)
		}
		return resp, err
	}, backoffv4.WithContext(backoffv4.NewConstantBackOff(time.Second), ctx))
}

// v4AtOnce repeats only what may be, with a constant wait of nothing.
func v4AtOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	operation := func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return backoffv4.Permanent(err)
		}
		return err
	}
	notify := func(err error, next time.Duration) { log.Printf("again in %v: %v", next, err) }
	return backoffv4.RetryNotify(operation, backoffv4.NewConstantBackOff(0), notify) // want "nobackoff: "
}

// v4LeftOut marks IncorrectState permanent with the rest.
func v4LeftOut(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoffv4.Retry(func() error { // want "incorrectstate: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil || isTransient(err) {
			return err
		}
		return &backoffv4.PermanentError{Err: err}
	}, backoffv4.NewExponentialBackOff())
}

// v4Ticker loops over the library's ticks. They are waits; the loop is the program's own.
func v4Ticker(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	ticker := backoffv4.NewTicker(backoffv4.NewExponentialBackOff())
	defer ticker.Stop()
	for range ticker.C {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err == nil { // want "nonretryable: "
			break
		}
	}
	return err
}

// v4Permanent marks what is final.
func v4Permanent(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return backoffv4.Permanent(err)
		}
		return err
	}, backoffv4.NewExponentialBackOff())
}

// v4PermanentInside wraps the mark once more; the library finds it with errors.As.
func v4PermanentInside(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return fmt.Errorf("delete %s: %w", id, backoffv4.Permanent(err))
		}
		return err
	}, backoffv4.NewExponentialBackOff())
}

// v4Stop tries once.
func v4Stop(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, &backoffv4.StopBackOff{})
}

// v4Aside keeps the final error aside and hands the library none.
func v4Aside(ctx context.Context, client core.BlockstorageClient, id string) error {
	var final error
	err := backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if common.IsErrorRetryableByDefault(err) {
			return err
		}
		final = err
		return nil
	}, backoffv4.WithMaxRetries(backoffv4.NewConstantBackOff(time.Second), 5))
	if err != nil {
		return err
	}
	return final
}

// v5Everything repeats every error that is not marked permanent.
func v5Everything(ctx context.Context, client core.BlockstorageClient, id string) (core.DeleteVolumeResponse, error) {
	return backoffv5.Retry(ctx, func() (core.DeleteVolumeResponse, error) { // want "nonretryable: "
		return client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	})
}

// v5ZeroBackOff repeats at once.
func v5ZeroBackOff(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	get := func() (core.GetVolumeResponse, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			err = backoffv5.Permanent(err)
		}
		return resp, err
	}
	return backoffv5.Retry(ctx, get, backoffv5.WithBackOff(&backoffv5.ZeroBackOff{}), backoffv5.WithMaxTries(3)) // want "nobackoff: "
}

// v5PermanentForSome marks what is not found.
func v5PermanentForSome(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := backoffv5.Retry(ctx, func() (struct{}, error) { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "NotFound" {
			return struct{}{}, backoffv5.Permanent(err)
		}
		return struct{}{}, err
	}, backoffv5.WithBackOff(backoffv5.NewConstantBackOff(time.Second)))
	return err
}

// v5Permanent marks what is final.
func v5Permanent(ctx context.Context, client core.BlockstorageClient, id string) (core.DeleteVolumeResponse, error) {
	return backoffv5.Retry(ctx, func() (core.DeleteVolumeResponse, error) {
		resp, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return resp, backoffv5.Permanent(err)
		}
		return resp, err
	}, backoffv5.WithMaxElapsedTime(time.Minute))
}

// v5Once tries one time.
func v5Once(ctx context.Context, client core.BlockstorageClient, id string) (core.DeleteVolumeResponse, error) {
	return backoffv5.Retry(ctx, func() (core.DeleteVolumeResponse, error) {
		return client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	}, backoffv5.WithMaxTries(1))
}

// v5RetryAfter tells the library how long to wait, which goes before its own zero.
func v5RetryAfter(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	return backoffv5.Retry(ctx, func() (core.GetVolumeResponse, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		failure, ok := common.IsServiceError(err)
		switch {
		case err == nil:
			return resp, nil
		case ok && failure.GetHTTPStatusCode() == 429:
			return resp, backoffv5.RetryAfter(30)
		}
		return resp, backoffv5.Permanent(err)
	}, backoffv5.WithBackOff(&backoffv5.ZeroBackOff{}))
}
