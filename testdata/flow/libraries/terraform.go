package libraries

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// terraformEverything takes every error for one that passes.
func terraformEverything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.RetryContext(ctx, 5*time.Minute, func() *retry.RetryError { // want "nonretryable: "
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil {
			return retry.RetryableError(err)
		}
		return nil
	})
}

// terraformByHand builds the library's answer itself; from 500 on 501 is in it. (A reading operation.)
func terraformByHand(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.RetryContext(ctx, time.Minute, func() *retry.RetryError { // want "nonretryable: "
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return nil
		}
		failure, ok := common.IsServiceError(err)
		return &retry.RetryError{Err: err, Retryable: ok && failure.GetHTTPStatusCode() >= 500}
	})
}

// terraformLeftOut repeats the three.
func terraformLeftOut(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.RetryContext(ctx, time.Minute, func() *retry.RetryError { // want "incorrectstate: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		switch {
		case err == nil:
			return nil
		case isTransient(err):
			return retry.RetryableError(err)
		}
		return retry.NonRetryableError(err)
	})
}

// terraformRefreshDropsErrors takes a failed look for "nothing there yet", which the library bears twenty times.
func terraformRefreshDropsErrors(ctx context.Context, client core.BlockstorageClient, id string) error {
	state := &retry.StateChangeConf{
		Pending: []string{string(core.VolumeLifecycleStateProvisioning)},
		Target:  []string{string(core.VolumeLifecycleStateAvailable)},
		Timeout: 10 * time.Minute,
		Refresh: func() (any, string, error) {
			resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
			if err != nil {
				return nil, "", nil
			}
			return resp.Volume, string(resp.LifecycleState), nil
		},
	}
	_, err := state.WaitForStateContext(ctx) // want "nonretryable: "
	return err
}

// terraformClassified tells them apart.
func terraformClassified(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.RetryContext(ctx, 5*time.Minute, func() *retry.RetryError {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return nil
		}
		if common.IsErrorRetryableByDefault(err) {
			return retry.RetryableError(err)
		}
		return retry.NonRetryableError(err)
	})
}

// terraformPlainOutside gets the error as it was.
func terraformPlainOutside(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := retry.RetryContext(ctx, 5*time.Minute, func() *retry.RetryError {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return nil
		}
		return &retry.RetryError{Err: err, Retryable: common.IsErrorRetryableByDefault(err)}
	})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// terraformRefresh hands errors back, which ends it.
func terraformRefresh(ctx context.Context, client core.BlockstorageClient, id string) error {
	state := retry.StateChangeConf{
		Pending: []string{string(core.VolumeLifecycleStateProvisioning)},
		Target:  []string{string(core.VolumeLifecycleStateAvailable)},
		Timeout: 10 * time.Minute,
		Refresh: func() (any, string, error) {
			resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
			return resp.Volume, string(resp.LifecycleState), err
		},
	}
	_, err := state.WaitForStateContext(ctx)
	return err
}

// terraformUntilGone has no target: nothing found ends it, and so do the other errors.
func terraformUntilGone(ctx context.Context, client core.BlockstorageClient, id string) error {
	state := &retry.StateChangeConf{
		Pending: []string{string(core.VolumeLifecycleStateTerminating)},
		Target:  []string{},
		Timeout: 10 * time.Minute,
		Refresh: func() (any, string, error) {
			resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
			if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
				return nil, "", nil
			}
			return resp.Volume, string(resp.LifecycleState), err
		},
	}
	_, err := state.WaitForStateContext(ctx)
	return err
}
