package libraries

import (
	"context"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"k8s.io/apimachinery/pkg/util/wait"
	kretry "k8s.io/client-go/util/retry"
)

// pollDropsErrors takes a failed look for "not yet".
func pollDropsErrors(ctx context.Context, client core.BlockstorageClient, id string) error {
	return wait.PollUntilContextTimeout(ctx, 5*time.Second, time.Minute, true, func(ctx context.Context) (bool, error) { // want "nonretryable: "
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			log.Printf("get volume %s: %v", id, err)
			return false, nil
		}
		return resp.LifecycleState == core.VolumeLifecycleStateAvailable, nil
	})
}

// pollStopsAtNotFound hands 404 back, and goes on after the other final ones.
func pollStopsAtNotFound(ctx context.Context, client core.BlockstorageClient, id string) error {
	return wait.PollImmediate(time.Second, time.Minute, func() (bool, error) { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return false, err
		}
		return err == nil, nil
	})
}

// stepsWithoutDuration has five steps of nothing.
func stepsWithoutDuration(ctx context.Context, client core.BlockstorageClient, id string) error {
	return wait.ExponentialBackoff(wait.Backoff{Steps: 5}, func() (bool, error) { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if common.IsErrorRetryableByDefault(err) {
			return false, nil
		}
		return err == nil, err
	})
}

// backoffLeavesOut repeats the three and no busy volume.
func backoffLeavesOut(ctx context.Context, client core.BlockstorageClient, id string) error {
	steps := wait.Backoff{Steps: 4, Duration: time.Second, Factor: 2}
	return wait.ExponentialBackoffWithContext(ctx, steps, func(ctx context.Context) (bool, error) { // want "incorrectstate: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if isTransient(err) {
			return false, nil
		}
		return err == nil, err
	})
}

// pollHandsErrorsBack goes round because of the state only.
func pollHandsErrorsBack(ctx context.Context, client core.BlockstorageClient, id string) error {
	return wait.PollUntilContextCancel(ctx, time.Second, false, func(ctx context.Context) (bool, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			return false, err
		}
		return resp.LifecycleState == core.VolumeLifecycleStateAvailable, nil
	})
}

// pollClassifies goes on after what may be repeated.
func pollClassifies(ctx context.Context, client core.BlockstorageClient, id string) error {
	return wait.PollUntilContextCancel(ctx, time.Second, true, func(ctx context.Context) (bool, error) {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			if !common.IsErrorRetryableByDefault(err) {
				return false, err
			}
			return false, nil
		}
		return resp.LifecycleState == core.VolumeLifecycleStateTerminated, nil
	})
}

// oneStep tries one time.
func oneStep(ctx context.Context, client core.BlockstorageClient, id string) (last error) {
	err := wait.ExponentialBackoff(wait.Backoff{Steps: 1}, func() (bool, error) {
		_, last = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return last == nil, nil
	})
	if last != nil {
		return last
	}
	return err
}

// untilStopped is periodic: its function hands nothing back.
func untilStopped(ctx context.Context, client core.BlockstorageClient, compartment string) {
	wait.UntilWithContext(ctx, func(ctx context.Context) {
		if _, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: common.String(compartment)}); err != nil {
			log.Printf("list volumes: %v", err)
		}
	}, time.Minute)
}

// onErrorAlways repeats everything, ten milliseconds later.
func onErrorAlways(ctx context.Context, client core.BlockstorageClient, id string) error {
	return kretry.OnError(kretry.DefaultBackoff, func(error) bool { return true }, func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// onErrorAtOnce repeats what may be, at once.
func onErrorAtOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	return kretry.OnError(wait.Backoff{Steps: 3}, common.IsErrorRetryableByDefault, func() error { // want "nobackoff: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// onErrorPredicate names what may be repeated.
func onErrorPredicate(ctx context.Context, client core.BlockstorageClient, id string) error {
	return kretry.OnError(kretry.DefaultRetry, common.IsErrorRetryableByDefault, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// onConflict waits for a conflict of Kubernetes, which no error of OCI is.
func onConflict(ctx context.Context, client core.BlockstorageClient, id string) error {
	return kretry.RetryOnConflict(kretry.DefaultRetry, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}
