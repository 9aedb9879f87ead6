// Package wrappederror asks the SDK's plain type assertions about errors that have been wrapped on the way.
package wrappederror

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/avast/retry-go/v4"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	pkgerrors "github.com/pkg/errors"

	"testdata/flow/helpers/ociops"
)

// wrappedAbove is wrapped two lines before.
func wrappedAbove(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		err = fmt.Errorf("get volume %s: %w", id, err)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
			return nil, nil
		}
		return nil, err
	}
	return &resp.Volume, nil
}

// flattenedAbove is only text by then.
func flattenedAbove(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		err = fmt.Errorf("get volume %s: %v", id, err)
		if failure, ok := common.IsServiceError(err); ok { // want "wrappederror: "
			log.Printf("request %s failed", failure.GetOpcRequestID())
		}
		return nil, err
	}
	return &resp.Volume, nil
}

// textOnly keeps the words and not the error.
func textOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		err = errors.New(err.Error())
		if _, ok := common.IsServiceError(err); ok { // want "wrappederror: "
			log.Print("the service has answered")
		}
	}
	return err
}

// getUser wraps what it hands back.
func getUser(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	resp, err := client.GetUser(ctx, identity.GetUserRequest{UserId: common.String(id)})
	if err != nil {
		return nil, fmt.Errorf("get user: %w", err)
	}
	return &resp.User, nil
}

// errorOfWrapper comes wrapped from a function of this package.
func errorOfWrapper(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := getUser(ctx, client, id)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return false, nil
	}
	return err == nil, err
}

// errorOfAnotherPackage comes wrapped from there.
func errorOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) (bool, error) {
	_, err := ociops.GetVolume(ctx, client, id)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return false, nil
	}
	return err == nil, err
}

// flattenedByAnotherPackage comes as text.
func flattenedByAnotherPackage(ctx context.Context, client core.ComputeClient, id string) error {
	err := ociops.DetachVolume(ctx, client, id)
	if failure, ok := common.IsServiceError(err); ok { // want "wrappederror: "
		return fmt.Errorf("%s: %w", failure.GetCode(), err)
	}
	return err
}

// twice is wrapped twice and unwrapped once.
func twice(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := getUser(ctx, client, id)
	if err != nil {
		err = fmt.Errorf("sync: %w", err)
	}
	if _, ok := common.IsServiceError(errors.Unwrap(err)); ok { // want "wrappederror: "
		log.Print("the service has answered")
	}
	return err
}

// byAssertion does without the SDK's function.
func byAssertion(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := getUser(ctx, client, id)
	if failure, ok := err.(common.ServiceError); ok { // want "wrappederror: "
		log.Printf("request %s failed", failure.GetOpcRequestID())
	}
	return err
}

// richInfo asks a sibling.
func richInfo(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := getUser(ctx, client, id)
	if failure, ok := common.IsServiceErrorRichInfo(err); ok { // want "wrappederror: "
		log.Printf("%s of %s failed", failure.GetOperationName(), failure.GetTargetService())
	}
	return err
}

// withStack wraps as well, whatever it is called.
func withStack(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	err = pkgerrors.WithStack(err)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}

// joined is one of two.
func joined(ctx context.Context, client core.BlockstorageClient, id string, before error) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		err = errors.Join(before, err)
	}
	if _, ok := common.IsServiceError(err); ok { // want "wrappederror: "
		log.Print("the service has answered")
	}
	return err
}

type opError struct {
	op    string
	cause error
}

func (e *opError) Error() string { return e.op + ": " + e.cause.Error() }
func (e *opError) Unwrap() error { return e.cause }

// ownType holds it.
func ownType(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err == nil {
		return nil
	}
	err = &opError{"get volume", err}
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}

// onBothWays is wrapped on each.
func onBothWays(ctx context.Context, client core.BlockstorageClient, id string, verbose bool) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err == nil {
		return nil
	}
	if verbose {
		err = fmt.Errorf("get volume %s: %w", id, err)
	} else {
		err = fmt.Errorf("get volume: %w", err)
	}
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}

// neverFinal repeats everything, because no error is ever found final.
func neverFinal(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		err = fmt.Errorf("attempt %d: %w", n, err)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() < 409 { // want "wrappederror: "
			return err
		}
		if n == 5 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// neverFinalAtOnce does it through a wrapper of another package and without a wait.
func neverFinalAtOnce(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		volume, err := ociops.GetVolume(ctx, client, id) // want "nonretryable: " "nobackoff: "
		if err == nil || n == 5 {
			return volume, err
		}
		if _, ok := common.IsServiceError(err); ok && !common.IsErrorRetryableByDefault(err) { // want "wrappederror: "
			return nil, err
		}
	}
}

// neverRepeated is a loop that no answer ever takes round.
func neverRepeated(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		volume, err := ociops.GetVolume(ctx, client, id)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() >= 500 && n < 5 { // want "wrappederror: "
			time.Sleep(time.Second)
			continue
		}
		return volume, err
	}
}

// attempts hands its last error back wrapped.
func attempts(times int, fn func() error) error {
	var err error
	for range times {
		if err = fn(); !common.IsErrorRetryableByDefault(err) {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return fmt.Errorf("gave up: %w", err)
	}
	return nil
}

// errorOfHelper asks after the helper has wrapped it.
func errorOfHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := attempts(3, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}

// listOfLibrary gets a list of errors from retry-go, one for each attempt.
func listOfLibrary(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := retry.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, retry.RetryIf(common.IsErrorRetryableByDefault))
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 { // want "wrappederror: "
		return nil
	}
	return err
}
