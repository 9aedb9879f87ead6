// Package proved has functions with one fault each. Its test runs them, for every row of the catalog and without any
// service; a test of the linter compares what it saw before and after the fixes.
package proved

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

const attempts = 4

func volume(name string) core.CreateVolumeDetails {
	return core.CreateVolumeDetails{DisplayName: &name}
}

// loop: anything goes round.
func loop(ctx context.Context, client core.BlockstorageClient) error {
	var err error
	for range attempts {
		_, err = client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: volume("loop")}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// byStatus: one row of a status is final, and few are told by their codes.
func byStatus(ctx context.Context, client core.BlockstorageClient) error {
	for attempt := 1; ; attempt++ {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String("status")}) // want "nonretryable: "
		failure, ok := common.IsServiceError(err)
		if !ok || failure.GetHTTPStatusCode() != 404 || attempt == attempts {
			return err
		}
		time.Sleep(time.Second)
	}
}

// byRange: 501 stands among rows that are worth another try.
func byRange(ctx context.Context, client core.BlockstorageClient) (err error) {
	for attempt := 0; attempt < attempts; attempt++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String("range")}) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() < 500 && failure.GetHTTPStatusCode() != 429 && failure.GetCode() != "IncorrectState" {
			return err
		}
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// absentIsFine: what is answered otherwise than by an error stays so.
func absentIsFine(ctx context.Context, client core.BlockstorageClient) error {
	var err error
	for range attempts {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String("absent")}) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); err == nil || ok && failure.GetCode() == "NotFound" {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// returned: some rows are given back already, and nothing else is done about them.
func returned(ctx context.Context, client core.BlockstorageClient) error {
	var err error
	for range attempts {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String("returned")}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 400 {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// noticed: what is given back already is counted as well.
func noticed(ctx context.Context, client core.BlockstorageClient) error {
	var err error
	for range attempts {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String("noticed")}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			notices++
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

var notices int

// twice: the second call is there for any failure of the first.
func twice(ctx context.Context, client core.BlockstorageClient) error {
	request := core.UpdateVolumeRequest{VolumeId: common.String("twice"), IfMatch: common.String("etag")}
	_, err := client.UpdateVolume(ctx, request) // want "nonretryable: "
	if err != nil {
		time.Sleep(time.Second)
		_, err = client.UpdateVolume(ctx, request)
	}
	return err
}

func pause(common.OCIOperationResponse) time.Duration { return time.Second }

// anyError: any error is asked about again.
func anyError(ctx context.Context, client core.BlockstorageClient) error {
	policy := common.NewRetryPolicy(attempts, func(r common.OCIOperationResponse) bool { return r.Error != nil }, pause) // want "nonretryable: "
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String("any"), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	return err
}

// conflicts answers by the status alone.
func conflicts(r common.OCIOperationResponse) bool { // want "nonretryable: "
	failure, ok := common.IsServiceError(r.Error)
	return ok && (failure.GetHTTPStatusCode() == 404 || failure.GetHTTPStatusCode() == 409)
}

func askedByStatus(ctx context.Context, client core.BlockstorageClient) error {
	policy := common.NewRetryPolicy(attempts, conflicts, pause)
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: volume("conflicts"), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	return err
}

// poll asks again until the volume is there, and after any failure.
func poll(ctx context.Context, client core.BlockstorageClient) error {
	policy := common.NewRetryPolicy(attempts, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if response, ok := r.Response.(core.GetVolumeResponse); ok && r.Error == nil {
			return response.LifecycleState != core.VolumeLifecycleStateAvailable
		}
		return true
	}, pause)
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String("poll"), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	return err
}

// spent: the token is used up.
func spent(ctx context.Context, client core.BlockstorageClient) (err error) {
	request := core.CreateVolumeRequest{CreateVolumeDetails: volume("spent"), OpcRetryToken: common.String(common.RetryToken())}
	for range attempts {
		_, err = client.CreateVolume(ctx, request) // want "retrytoken: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 409 {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// constant: two volumes have one token.
func constant(ctx context.Context, client core.BlockstorageClient) error {
	for _, name := range []string{"one", "two"} {
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
			CreateVolumeDetails: volume(name),
			OpcRetryToken:       common.String("create-volume"), // want "retrytoken: "
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// options: the pauses and attempts that were set are not used.
func options(ctx context.Context, client core.BlockstorageClient) error {
	policy := common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(2), common.WithFixedBackoff(time.Second)) // want "deadpolicy: "
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String("options"), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	return err
}

// wrapped: the branch is never taken.
func wrapped(ctx context.Context, client core.BlockstorageClient) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String("wrapped")})
	if err != nil {
		err = fmt.Errorf("deleting: %w", err)
		failure, ok := common.IsServiceError(err) // want "wrappederror: "
		if ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
	}
	return err
}

var errThrottled = errors.New("throttled")

// misspelt: the code is never met.
func misspelt(ctx context.Context, client core.BlockstorageClient) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String("misspelt")})
	if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "TooManyRequest" { // want "unknowncode: "
		return errThrottled
	}
	return err
}
