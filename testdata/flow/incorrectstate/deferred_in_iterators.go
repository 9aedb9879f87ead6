package incorrectstate

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// What the body of a range over a function defers runs when the function around the loop returns.

func oneAttempt() iter.Seq[int] {
	return func(yield func(int) bool) { yield(1) }
}

func isConflicting(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 409
}

// unlocksLater defers what does nothing to the outcome.
func unlocksLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest, busy *sync.Mutex) error {
	for range oneAttempt() {
		busy.Lock()
		defer busy.Unlock()
		_, err := client.DeleteVolume(ctx, request)
		if isConflicting(err) { // want "incorrectstate: "
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cancelsLater does the same with a context.
func cancelsLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	for range oneAttempt() {
		within, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		if _, err := client.DeleteVolume(within, request); err != nil && !isConflicting(err) { // want "incorrectstate: "
			return err
		}
	}
	return nil
}

// tellsLater hands the error back all the same.
func tellsLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) (err error) {
	for range oneAttempt() {
		_, failed := client.DeleteVolume(ctx, request)
		defer func() {
			if failed != nil {
				err = failed
			}
		}()
		if isConflicting(failed) {
			return nil
		}
		if failed != nil {
			return failed
		}
	}
	return nil
}

// keepsLater calls a function of the package that does.
func keepsLater(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) (err error) {
	for range oneAttempt() {
		_, failed := client.DeleteVolume(ctx, request)
		defer keepFailure(&err, failed)
		if isConflicting(failed) {
			return nil
		}
		if failed != nil {
			return failed
		}
	}
	return nil
}

func keepFailure(err *error, failed error) {
	if *err == nil {
		*err = failed
	}
}
