package libraries

import (
	"context"
	"errors"
	"fmt"
	"time"

	retryv4 "github.com/avast/retry-go/v4"
	retryv5 "github.com/avast/retry-go/v5"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"k8s.io/apimachinery/pkg/util/wait"
)

// What a library makes of the errors has a type of its own, and its callers ask for it.

func isConflict(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 409
}

// lastOfList takes a conflict that is last in the library's list for success.
func lastOfList(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, retryv4.RetryIf(func(error) bool { return false }))
	if list, ok := err.(retryv4.Error); ok && isConflict(list[len(list)-1]) { // want "incorrectstate: "
		return nil
	}
	return err
}

// unwrappedList does it with errors.Unwrap, which version 4 answers with the last.
func unwrappedList(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return retryv4.Unrecoverable(err)
	}, retryv4.Attempts(1))
	if isConflict(errors.Unwrap(err)) { // want "incorrectstate: "
		return nil
	}
	return err
}

// unwrappedList5 gets nothing from errors.Unwrap in version 5, so the conflict comes back.
func unwrappedList5(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retryv5.New(retryv5.Attempts(1)).Do(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	if isConflict(errors.Unwrap(err)) {
		return nil
	}
	return err
}

// lastError5 asks the list for its last one.
func lastError5(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retryv5.New(retryv5.Attempts(1)).Do(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	var list retryv5.Error
	if errors.As(err, &list) && isConflict(list.LastError()) { // want "incorrectstate: "
		return nil
	}
	return err
}

// listIsTold hands back that the library has given up, whatever it is.
func listIsTold(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	err := retryv4.Do(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, retryv4.RetryIf(func(error) bool { return false }))
	var list retryv4.Error
	if errors.As(err, &list) {
		return fmt.Errorf("%d attempts: %w", len(list), list[0])
	}
	return nil
}

var errBusy = errors.New("busy")

// onceForBusy has one attempt for what it calls busy, and three for the rest.
func onceForBusy(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retryv4.Do(func() error {
		if _, err := client.DeleteVolume(ctx, request); err != nil {
			return fmt.Errorf("%w: %w", errBusy, err)
		}
		return nil
	}, retryv4.AttemptsForError(1, errBusy), retryv4.Attempts(3))
}

// twiceForBusy has two.
func twiceForBusy(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retryv4.Do(func() error { // want "nonretryable: "
		if _, err := client.DeleteVolume(ctx, request); err != nil {
			return fmt.Errorf("%w: %w", errBusy, err)
		}
		return nil
	}, retryv4.AttemptsForError(2, errBusy))
}

// onceForOthers limits what the service's error is not.
func onceForOthers(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retryv4.Do(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, request)
		return err
	}, retryv4.AttemptsForError(1, errBusy))
}

// exceededBehind asks for the library's error and takes the conflict in it for success.
func exceededBehind(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	policy := retrypolicy.NewBuilder[any]().WithMaxAttempts(1).Build()
	err := failsafe.With(policy).Run(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	if exceeded := retrypolicy.AsExceededError(err); exceeded != nil && isConflict(exceeded.LastError) { // want "incorrectstate: "
		return nil
	}
	return err
}

// notExceeded loses only what is no service's answer.
func notExceeded(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	policy := retrypolicy.NewBuilder[any]().WithMaxAttempts(1).Build()
	err := failsafe.With(policy).Run(func() error {
		_, err := client.DeleteVolume(ctx, request)
		return err
	})
	if retrypolicy.IsExceededError(err) {
		return err
	}
	return nil
}

// unexpectedIsFine answers a state for the conflict that the library does not expect, and takes its error for success.
func unexpectedIsFine(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	state := &retry.StateChangeConf{
		Pending: []string{"deleting"}, Target: []string{"deleted"}, Timeout: time.Minute,
		Refresh: func() (any, string, error) {
			_, err := client.DeleteVolume(ctx, request)
			if isConflict(err) {
				return request, "conflict", nil
			}
			return request, "deleted", err
		},
	}
	_, err := state.WaitForStateContext(ctx)
	var unexpected *retry.UnexpectedStateError
	if errors.As(err, &unexpected) { // want "incorrectstate: "
		return nil
	}
	return err
}

// unexpectedIsTold asks for the time-out alone, which it is not.
func unexpectedIsTold(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	state := &retry.StateChangeConf{
		Pending: []string{"deleting"}, Target: []string{"deleted"}, Timeout: time.Minute,
		Refresh: func() (any, string, error) {
			_, err := client.DeleteVolume(ctx, request)
			if isConflict(err) {
				return request, "conflict", nil
			}
			return request, "deleted", err
		},
	}
	_, err := state.WaitForStateContext(ctx)
	var late *retry.TimeoutError
	if errors.As(err, &late) {
		return nil
	}
	return err
}

// emptyIsAnError hands nil to NonRetryableError for the conflict, which is an error all the same.
func emptyIsAnError(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retry.RetryContext(ctx, time.Minute, func() *retry.RetryError {
		_, err := client.DeleteVolume(ctx, request)
		if err == nil {
			return nil
		}
		if isConflict(err) {
			err = nil
		}
		return retry.NonRetryableError(err)
	})
}

// nothingIsNil answers nil for the conflict.
func nothingIsNil(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	return retry.RetryContext(ctx, time.Minute, func() *retry.RetryError {
		_, err := client.DeleteVolume(ctx, request)
		if err == nil || isConflict(err) { // want "incorrectstate: "
			return nil
		}
		return retry.NonRetryableError(err)
	})
}

// ownPause is the program's loop with the library's arithmetic: Step and Jitter only compute.
func ownPause(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	pauses := wait.Backoff{Steps: 4, Duration: time.Second, Factor: 2}
	for range 4 {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(wait.Jitter(pauses.Step(), 0.2))
	}
	return err
}
