// Package messages has places whose whole text is held by messages.golden: what is found, what to do, and the places that
// have to do with it.
package messages

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/avast/retry-go/v4"
	"github.com/cenkalti/backoff/v4"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// again calls until it succeeds; what it is about is in its type.
func again[T any](call func() (T, error)) (result T, err error) {
	for range 3 {
		if result, err = call(); err == nil {
			return result, nil
		}
		time.Sleep(time.Second)
	}
	return result, err
}

func typeArguments(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := again(func() (core.DeleteVolumeResponse, error) { // want "nonretryable: "
		return client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	})
	return err
}

// while calls as long as it is told to.
func while(isTemporary func(err error) bool, call func() error) (err error) {
	for range 3 {
		if err = call(); err == nil || !isTemporary(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func isTemporary(err error) bool {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return false
	}
	switch failure.GetHTTPStatusCode() {
	case http.StatusConflict:
		return failure.GetCode() == "InvalidatedRetryToken"
	case http.StatusNotFound,
		http.StatusTooManyRequests:
		return true
	}
	return false
}

// predicate: the helper's call has the operation, what its predicate decides, and the token.
func predicate(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	token := common.RetryToken()
	return while(isTemporary, func() error { // want "nonretryable: " "retrytoken: "
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
			CreateVolumeDetails: details,
			OpcRetryToken:       &token,
		})
		return err
	})
}

// wrapped: the helper has the error wrapped, where the SDK's questions are always answered no.
func wrapped(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retry.Do(func() error { // want "nonretryable: "
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}); err != nil {
			return fmt.Errorf("deleting: %w", err)
		}
		return nil
	}, retry.RetryIf(func(err error) bool { return err != nil }))
}

// marked: in the operation the error is as it was.
func marked(ctx context.Context, client core.BlockstorageClient, id string) error {
	return backoff.Retry(func() error { // want "nonretryable: "
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}); err != nil {
			return fmt.Errorf("deleting: %w", err)
		}
		return nil
	}, backoff.NewExponentialBackOff())
}

var errDelete = errors.New("deleting")

// flattened: nothing but the text is left.
func flattened(ctx context.Context, client core.BlockstorageClient, id string) error {
	remove := func() error {
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}); err != nil {
			return fmt.Errorf("%w: %v", errDelete, err)
		}
		return nil
	}
	return while(func(err error) bool { return errors.Is(err, errDelete) }, remove) // want "nonretryable: "
}

// headOnly: without a code the status has to tell.
func headOnly(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) (err error) {
	for range 3 {
		if _, err = client.HeadObject(ctx, request); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// asked: what the SDK says is asked already.
func asked(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if common.IsErrorRetryableByDefault(r.Error) {
		return true
	}
	failure, ok := common.IsServiceError(r.Error)
	return ok && failure.GetHTTPStatusCode() == 404
}

// untilAvailable: a success that is not ready yet is no error to be told about.
func untilAvailable(r common.OCIOperationResponse) bool { // want "nonretryable: "
	response, ok := r.Response.(core.GetVolumeResponse)
	return !ok || response.LifecycleState != core.VolumeLifecycleStateAvailable
}

func isThere(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok &&
		failure.GetHTTPStatusCode() == 409
}

// helper: the line in it is what decides.
func helper(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) error {
	_, err := client.CreateVolume(ctx, request)
	if isThere(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

func attempts() common.RetryPolicyOption {
	return common.WithMaximumNumberAttempts(3)
}

// optionElsewhere: the setting is made by another function.
func optionElsewhere() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(attempts()) // want "deadpolicy: "
}

// list: retry-go's list has the errors of all attempts.
func list(ctx context.Context, client core.BlockstorageClient, id string) (throttled bool, err error) {
	err = retry.Do(
		func() error {
			_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
			return err
		},
		retry.RetryIf(common.IsErrorRetryableByDefault),
	)
	failure, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && failure.GetHTTPStatusCode() == 429, err
}

const hidden = "NotAuthorisedOrNotFound" // want "unknowncode: "

// constantElsewhere: the literal is what is wrong, and this is where it is compared.
func constantElsewhere(failure common.ServiceError) bool {
	return failure.GetCode() == hidden
}

const throttled = "TooManyRequests"

// textElsewhere: the search is what is wrong, and the text is above.
func textElsewhere(err error) bool {
	return strings.Contains(err.Error(), throttled)
}

// byName: it is told apart already, so what is left is to return it.
func byName(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "IncorrectState" { // want "incorrectstate: "
		return nil
	}
	return err
}

// apart: the two never come together.
func apart(failure common.ServiceError) string {
	if failure.GetHTTPStatusCode() != http.StatusNotFound {
		return ""
	}
	if failure.GetCode() == "IncorrectState" { // want "unknowncode: "
		return "busy"
	}
	return "absent"
}
