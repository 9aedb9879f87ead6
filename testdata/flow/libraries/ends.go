package libraries

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"k8s.io/apimachinery/pkg/util/wait"
)

// Where the first pause, or the cap, or the interval leaves no time for a second attempt, there is none.

func deleted(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) (bool, error) {
	_, err := client.DeleteVolume(ctx, request)
	return err == nil, nil
}

// cappedAtOnce has six steps of which the first already goes beyond the cap: backoff.go, delay.
func cappedAtOnce(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	steps := wait.Backoff{Steps: 6, Duration: 20 * time.Second, Factor: 3, Cap: 30 * time.Second}
	return wait.ExponentialBackoff(steps, func() (bool, error) {
		return deleted(ctx, client, request)
	})
}

// cappedLater reaches the cap with the third.
func cappedLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	steps := wait.Backoff{Steps: 6, Duration: 20 * time.Second, Factor: 2, Cap: 50 * time.Second}
	return wait.ExponentialBackoffWithContext(ctx, steps, func(ctx context.Context) (bool, error) { // want "nonretryable: "
		return deleted(ctx, client, request)
	})
}

// cappedWithoutFactor never grows, so the cap says nothing.
func cappedWithoutFactor(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return wait.ExponentialBackoff(wait.Backoff{Steps: 2, Duration: time.Minute, Cap: time.Second}, func() (bool, error) { // want "nonretryable: "
		return deleted(ctx, client, request)
	})
}

// longInterval is over before the first interval is: loop.go, loopConditionUntilContext.
func longInterval(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return wait.PollUntilContextTimeout(ctx, time.Minute, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		return deleted(ctx, client, request)
	})
}

// asLongInterval leaves no time either.
func asLongInterval(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return wait.PollUntilContextTimeout(ctx, time.Minute, time.Minute, true, func(ctx context.Context) (bool, error) {
		return deleted(ctx, client, request)
	})
}

func shortInterval(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return wait.PollUntilContextTimeout(ctx, time.Minute, 90*time.Second, true, func(ctx context.Context) (bool, error) { // want "nonretryable: "
		return deleted(ctx, client, request)
	})
}

// oldLongInterval asks once, when the time is over; oldLongIntervalAtOnce asks then a second time: wait.go,
// waitForWithContext.
func oldLongInterval(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return wait.Poll(time.Minute, 30*time.Second, func() (bool, error) { return deleted(ctx, client, request) })
}

func oldLongIntervalAtOnce(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return wait.PollImmediate(time.Minute, 30*time.Second, func() (bool, error) { return deleted(ctx, client, request) }) // want "nonretryable: "
}

// shortTime is over before the library's least pause of half a second: wait.go, RetryContext.
func shortTime(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retry.RetryContext(ctx, 300*time.Millisecond, func() *retry.RetryError {
		if _, err := client.DeleteVolume(ctx, request); err != nil {
			return retry.RetryableError(err)
		}
		return nil
	})
}

// longPoll refreshes once in its time, and shortPoll more often.
func longPoll(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := polled(client, request, 2*time.Minute).WaitForStateContext(ctx)
	return err
}

func shortPoll(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := polled(client, request, 10*time.Second).WaitForStateContext(ctx) // want "nonretryable: "
	return err
}

func polled(client core.BlockstorageClient, request core.DeleteVolumeRequest, interval time.Duration) *retry.StateChangeConf {
	return &retry.StateChangeConf{
		Pending: []string{"busy"}, Target: []string{"gone"}, Timeout: time.Minute, PollInterval: interval,
		Refresh: func() (any, string, error) {
			if _, err := client.DeleteVolume(context.Background(), request); err != nil {
				return request, "busy", nil
			}
			return request, "gone", nil
		},
	}
}

// changedAfterwards says of the library's own answer that it is worth another try after all.
func changedAfterwards(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retry.RetryContext(ctx, time.Minute, func() *retry.RetryError { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, request)
		if err == nil {
			return nil
		}
		answer := retry.NonRetryableError(err)
		answer.Retryable = true
		return answer
	})
}

// takenBack says the opposite.
func takenBack(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retry.RetryContext(ctx, time.Minute, func() *retry.RetryError {
		_, err := client.DeleteVolume(ctx, request)
		if err == nil {
			return nil
		}
		answer := retry.RetryableError(err)
		answer.Retryable = answer.Retryable && ctx.Err() != nil && false
		return answer
	})
}

// untilGone waits as long as its caller does, and goes on behind the wait.
func untilGone(ctx context.Context, client core.BlockstorageClient, request core.GetVolumeRequest, next core.DeleteVolumeRequest) error {
	err := wait.PollUntilContextCancel(ctx, time.Second, true, func(ctx context.Context) (bool, error) {
		_, err := client.GetVolume(ctx, request)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return true, nil
		}
		return false, err
	})
	if err != nil {
		return err
	}
	_, err = client.DeleteVolume(ctx, next)
	if isConflict(err) { // want "incorrectstate: "
		return nil
	}
	return err
}
