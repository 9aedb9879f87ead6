package libraries

import (
	"context"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// failsafeDefaults repeats every error twice, at once.
func failsafeDefaults(ctx context.Context, client core.BlockstorageClient, id string) error {
	return failsafe.With(retrypolicy.NewWithDefaults[any]()).Run(func() error { // want "nobackoff: " "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// failsafeBackoff waits, and repeats every error.
func failsafeBackoff(ctx context.Context, client core.BlockstorageClient, id string) (core.GetVolumeResponse, error) {
	policy := retrypolicy.NewBuilder[core.GetVolumeResponse]().WithBackoff(time.Second, time.Minute).Build()
	return failsafe.With(policy).Get(func() (core.GetVolumeResponse, error) { // want "nonretryable: "
		return client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	})
}

// failsafeHandleIf names what may be repeated, and does not wait.
func failsafeHandleIf(ctx context.Context, client core.BlockstorageClient, id string) error {
	policy := retrypolicy.NewBuilder[any]().
		HandleIf(func(_ any, err error) bool { return common.IsErrorRetryableByDefault(err) }).
		WithMaxRetries(5).
		Build()
	return failsafe.With(policy).Run(func() error { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// failsafeHandleResult adds a condition for results only, which leaves all errors handled.
func failsafeHandleResult(ctx context.Context, client core.BlockstorageClient, id string) (core.VolumeLifecycleStateEnum, error) {
	policy := retrypolicy.NewBuilder[core.VolumeLifecycleStateEnum]().
		HandleResult(core.VolumeLifecycleStateProvisioning).
		WithDelay(time.Second).
		Build()
	return failsafe.With(policy).Get(func() (core.VolumeLifecycleStateEnum, error) { // want "nonretryable: "
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		return resp.LifecycleState, err
	})
}

// failsafeDelay names what may be repeated, and waits.
func failsafeDelay(ctx context.Context, client core.BlockstorageClient, id string) error {
	policy := retrypolicy.NewBuilder[any]().
		HandleIf(func(_ any, err error) bool { return common.IsErrorRetryableByDefault(err) }).
		WithDelay(time.Second).
		Build()
	return failsafe.With(policy).WithContext(ctx).Run(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// failsafeAbortIf ends it at what is final.
func failsafeAbortIf(ctx context.Context, client core.BlockstorageClient, id string) error {
	policy := retrypolicy.NewBuilder[any]().
		AbortIf(func(_ any, err error) bool { return !common.IsErrorRetryableByDefault(err) }).
		WithBackoffFactor(time.Second, time.Minute, 1.5).
		Build()
	return failsafe.With(policy).Run(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// failsafeOnce tries one time.
func failsafeOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	policy := retrypolicy.NewBuilder[any]().WithMaxAttempts(1).Build()
	return failsafe.With(policy).Run(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// failsafeTimeoutOnly has no retry policy.
func failsafeTimeoutOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	return failsafe.With(timeout.New[any](time.Minute)).Run(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}
