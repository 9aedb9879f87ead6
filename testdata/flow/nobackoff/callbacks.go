package nobackoff

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/flow/helpers"
)

// attempt repeats what the SDK would, at once.
func attempt(times int, fn func() error) (err error) {
	for ; times > 0; times-- {
		if err = fn(); !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
	return err
}

// ownHelper is told where it is called.
func ownHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	return attempt(3, func() error { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// value has a result and a predicate.
func value[T any](fn func() (T, error), retryable func(error) bool) (T, error) {
	for n := 0; ; n++ {
		got, err := fn()
		if err == nil || n == 3 || !retryable(err) {
			return got, err
		}
	}
}

// genericHelper repeats a reading operation.
func genericHelper(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	get := func() (core.GetVolumeResponse, error) {
		return client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	}
	return value(get, common.IsErrorRetryableByDefault) // want "nobackoff: "
}

// helperOfAnotherPackage repeats what its predicate says.
func helperOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) error {
	return helpers.AgainIf(3, common.IsErrorRetryableByDefault, func() error { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// helperForAllAnswers repeats the final ones as well.
func helperForAllAnswers(ctx context.Context, client core.BlockstorageClient, id string) error {
	return helpers.Again(3, func() error { // want "nobackoff: " "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// recursiveHelper calls itself at once.
func recursiveHelper(left int, fn func() error) error {
	err := fn()
	if err == nil || left == 0 {
		return err
	}
	return recursiveHelper(left-1, fn)
}

// throughRecursiveHelper repeats everything.
func throughRecursiveHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	return recursiveHelper(3, func() error { // want "nobackoff: " "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// runner is a helper as a method; it tells its listener, and does not wait.
type runner struct {
	tries  int
	failed func(int, error)
}

func (r *runner) run(ctx context.Context, fn func(context.Context) error) error {
	var err error
	for n := 0; n < r.tries; n++ {
		err = fn(ctx)
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
	return err
}

// throughMethod is told at the method's call.
func throughMethod(ctx context.Context, r *runner, client core.ComputeClient, id string) error {
	return r.run(ctx, func(ctx context.Context) error { // want "nobackoff: "
		_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: common.String(id)})
		return err
	})
}

// ownHelperThatWaits differs from attempt in one line.
func ownHelperThatWaits(times int, fn func() error) (err error) {
	for ; times > 0; times-- {
		if err = fn(); !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// throughHelperThatWaits is right.
func throughHelperThatWaits(ctx context.Context, client core.BlockstorageClient, id string) error {
	return ownHelperThatWaits(3, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// callbackWaits puts the wait into the function: the second send comes after it.
func callbackWaits(ctx context.Context, client core.BlockstorageClient, id string) error {
	first := true
	return attempt(3, func() error {
		if !first {
			time.Sleep(time.Second)
		}
		first = false
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// helperWithDelay is the one of another package that waits.
func helperWithDelay(ctx context.Context, client core.BlockstorageClient, id string) error {
	return helpers.RetryIf(3, time.Second, common.IsErrorRetryableByDefault, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// nothingToRepeat gives the helper an answer that it repeats for no row.
func nothingToRepeat(ctx context.Context, client core.BlockstorageClient, id string) error {
	never := func(error) bool { return false }
	return helpers.AgainIf(3, never, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}
