package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/flow/helpers"
)

// retry is the helper that half the world has copied: it calls itself.
func retry(attempts int, sleep time.Duration, fn func() error) error {
	err := fn()
	if err != nil && attempts > 1 {
		time.Sleep(sleep)
		return retry(attempts-1, 2*sleep, fn)
	}
	return err
}

// recursiveHelper repeats every answer.
func recursiveHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry(5, time.Second, func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// stop ends a retryUnlessStop.
type stop struct{ error }

func retryUnlessStop(attempts int, sleep time.Duration, fn func() error) error {
	var err error
	for range attempts {
		if err = fn(); err == nil {
			return nil
		}
		if final, ok := err.(stop); ok {
			return final.error
		}
		time.Sleep(sleep)
	}
	return err
}

// stopsOnClientErrorsOnly lets 404 NotFound, 405, 412 and 501 go round.
func stopsOnClientErrorsOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryUnlessStop(5, time.Second, func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() < 404 {
			return stop{err}
		}
		return err
	})
}

func retryValue[T any](attempts int, fn func() (T, error)) (T, error) {
	var value T
	var err error
	for n := 0; n < attempts; n++ {
		if value, err = fn(); err == nil {
			break
		}
		time.Sleep(time.Duration(1<<n) * time.Second)
	}
	return value, err
}

// genericHelper hands back what was read.
func genericHelper(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	return retryValue(4, func() (core.GetVolumeResponse, error) { // want "nonretryable: "
		return client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	})
}

// genericOfAnotherPackage is bounded by the context.
func genericOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	return helpers.Value(ctx, time.Second, func(ctx context.Context) (*core.Volume, error) { // want "nonretryable: "
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			return nil, err
		}
		return &resp.Volume, nil
	})
}

// helperOfAnotherPackage names the operation first.
func helperOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) error {
	remove := func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}
	return helpers.Retry(3, time.Second, remove) // want "nonretryable: "
}

// predicateTakesTooMuch repeats 405, 412 and 501 with the rest from 405 on.
func predicateTakesTooMuch(ctx context.Context, client core.BlockstorageClient, id string) error {
	retryable := func(err error) bool {
		failure, ok := common.IsServiceError(err)
		return ok && failure.GetHTTPStatusCode() >= 405
	}
	return helpers.RetryIf(3, time.Second, retryable, func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// retrier keeps its settings; do repeats everything.
type retrier struct {
	attempts int
	delay    time.Duration
}

func (r retrier) do(ctx context.Context, fn func(context.Context) error) error {
	for n := 1; ; n++ {
		err := fn(ctx)
		if err == nil || n >= r.attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(r.delay):
		}
	}
}

type service struct {
	retrier retrier
	compute core.ComputeClient
}

// terminate goes through a method that is a helper.
func (s *service) terminate(ctx context.Context, id string) error {
	return s.retrier.do(ctx, func(ctx context.Context) error { // want "nonretryable: "
		_, err := s.compute.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: common.String(id)})
		return err
	})
}

// again hands its function on to another helper.
func (s *service) again(ctx context.Context, fn func(context.Context) error) error {
	return s.retrier.do(ctx, fn)
}

// detach is two helpers deep; the outer one is called here.
func (s *service) detach(ctx context.Context, id string) error {
	return s.again(ctx, func(ctx context.Context) error { // want "nonretryable: "
		_, err := s.compute.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(id)})
		return err
	})
}
