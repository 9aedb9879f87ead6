package libraries

import (
	"context"
	"errors"
	"fmt"
	"time"

	retryv4 "github.com/avast/retry-go/v4"
	backoffv4 "github.com/cenkalti/backoff/v4"
	backoffv5 "github.com/cenkalti/backoff/v5"
	backoffv6 "github.com/cenkalti/backoff/v6"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	sethvargo "github.com/sethvargo/go-retry"
	"k8s.io/apimachinery/pkg/util/wait"
	kretry "k8s.io/client-go/util/retry"
)

// The library goes on while the volume is busy, and what is busy at the end counts as done.

func isBusy(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "IncorrectState"
}

func v4BusyIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := backoffv4.Retry(func() error {
		_, err := client.DeleteVolume(ctx, request)
		if err != nil && !isBusy(err) {
			return backoffv4.Permanent(err)
		}
		return err
	}, backoffv4.WithMaxRetries(backoffv4.NewConstantBackOff(10*time.Second), 5))
	if isBusy(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

func v5DeadlineIsDone(client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := backoffv5.Retry(ctx, func() (struct{}, error) {
		_, err := client.DeleteVolume(ctx, request)
		if err != nil && !isBusy(err) {
			err = backoffv5.Permanent(err)
		}
		return struct{}{}, err
	})
	if errors.Is(err, context.DeadlineExceeded) || isBusy(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

func v6ExhaustedIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (struct{}, error) {
		_, err := client.DeleteVolume(ctx, request)
		if err != nil && !isBusy(err) {
			err = backoffv6.Permanent(err)
		}
		return struct{}{}, err
	}, backoffv6.WithMaxTries(4), backoffv6.WithMaxElapsedTime(0))
	if errors.Is(err, backoffv6.ErrExhausted) { // want "incorrectstate: "
		return nil
	}
	return err
}

func avastBusyIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, retryv4.RetryIf(isBusy), retryv4.Delay(time.Second), retryv4.LastErrorOnly(true))
	if err == nil || isBusy(err) { // want "incorrectstate: "
		return nil
	}
	return fmt.Errorf("delete: %w", err)
}

func sethvargoBusyIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := sethvargo.Do(ctx, sethvargo.WithMaxRetries(3, sethvargo.NewFibonacci(time.Second)), func(ctx context.Context) error {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return sethvargo.RetryableError(err)
		}
		return err
	})
	if isBusy(err) { // want "incorrectstate: "
		err = nil
	}
	return err
}

func interruptedIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := wait.ExponentialBackoff(wait.Backoff{Steps: 4, Duration: time.Second, Factor: 2}, func() (bool, error) {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return false, nil
		}
		return err == nil, err
	})
	if wait.Interrupted(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

func lateIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, func(ctx context.Context) (bool, error) {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return false, nil
		}
		return true, err
	})
	if errors.Is(err, context.DeadlineExceeded) { // want "incorrectstate: "
		return nil
	}
	return err
}

func onErrorBusyIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := kretry.OnError(kretry.DefaultBackoff, isBusy, func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	if isBusy(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

func terraformBusyIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retry.RetryContext(ctx, 10*time.Minute, func() *retry.RetryError {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return retry.RetryableError(err)
		}
		if err != nil {
			return retry.NonRetryableError(err)
		}
		return nil
	})
	if isBusy(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

func terraformLateIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	state := &retry.StateChangeConf{
		Pending: []string{"busy"}, Target: []string{"gone"}, Timeout: 5 * time.Minute,
		Refresh: func() (any, string, error) {
			_, err := client.DeleteVolume(ctx, request)
			if isBusy(err) {
				return request, "busy", nil
			}
			return request, "gone", err
		},
	}
	_, err := state.WaitForStateContext(ctx)
	var late *retry.TimeoutError
	if errors.As(err, &late) { // want "incorrectstate: "
		return nil
	}
	return err
}

func exceededIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	policy := retrypolicy.NewBuilder[any]().HandleIf(func(_ any, err error) bool { return isBusy(err) }).WithDelay(time.Second).Build()
	err := failsafe.With(policy).Run(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	if errors.Is(err, retrypolicy.ErrExceeded) { // want "incorrectstate: "
		return nil
	}
	return err
}

// The same, and that it is still busy is told or looked at.

func v6ExhaustedIsTold(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := backoffv6.Retry(ctx, func() (struct{}, error) {
		_, err := client.DeleteVolume(ctx, request)
		if err != nil && !isBusy(err) {
			err = backoffv6.Permanent(err)
		}
		return struct{}{}, err
	}, backoffv6.WithMaxTries(4), backoffv6.WithMaxElapsedTime(0))
	if errors.Is(err, backoffv6.ErrMaxElapsedTime) {
		return nil
	}
	return err
}

func interruptedIsTold(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := wait.ExponentialBackoff(wait.Backoff{Steps: 4, Duration: time.Second, Factor: 2}, func() (bool, error) {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return false, nil
		}
		return err == nil, err
	})
	if wait.Interrupted(err) {
		return fmt.Errorf("%s is still busy", *request.VolumeId)
	}
	return err
}

func lateIsLookedAt(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, func(ctx context.Context) (bool, error) {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return false, nil
		}
		return true, err
	})
	if errors.Is(err, context.DeadlineExceeded) {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: request.VolumeId})
	}
	return err
}

func terraformLateIsTold(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	state := &retry.StateChangeConf{
		Pending: []string{"busy"}, Target: []string{"gone"}, Timeout: 5 * time.Minute,
		Refresh: func() (any, string, error) {
			_, err := client.DeleteVolume(ctx, request)
			if isBusy(err) {
				return request, "busy", nil
			}
			return request, "gone", err
		},
	}
	_, err := state.WaitForStateContext(ctx)
	var other *retry.UnexpectedStateError
	if errors.As(err, &other) {
		return nil
	}
	return err
}

func exceededIsTold(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	policy := retrypolicy.NewBuilder[any]().HandleIf(func(_ any, err error) bool { return isBusy(err) }).WithDelay(time.Second).Build()
	err := failsafe.With(policy).Run(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	if retrypolicy.IsExceededError(err) {
		return fmt.Errorf("delete: %w", err)
	}
	return err
}

// Where somebody stops it, neither attempts nor time are used up.

func stoppedIsDone(client core.BlockstorageClient, request core.DeleteVolumeRequest, stop <-chan struct{}) error {
	err := wait.PollImmediateUntil(time.Second, func() (bool, error) {
		_, err := client.DeleteVolume(context.Background(), request)
		if isBusy(err) {
			return false, nil
		}
		return true, err
	}, stop)
	if wait.Interrupted(err) {
		return nil
	}
	return err
}

func canceledIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := wait.PollUntilContextCancel(ctx, time.Second, true, func(ctx context.Context) (bool, error) {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return false, nil
		}
		return true, err
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// constantIsDone never stops by itself.
func constantIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := sethvargo.Constant(ctx, 5*time.Second, func(ctx context.Context) error {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return sethvargo.RetryableError(err)
		}
		return err
	})
	if isBusy(err) {
		return nil
	}
	return err
}

// ownDeadlineIsDone gives the library a minute.
func ownDeadlineIsDone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	within, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	err := wait.PollUntilContextCancel(within, time.Second, true, func(ctx context.Context) (bool, error) {
		_, err := client.DeleteVolume(ctx, request)
		if isBusy(err) {
			return false, nil
		}
		return true, err
	})
	if wait.Interrupted(err) { // want "incorrectstate: "
		return nil
	}
	return err
}
