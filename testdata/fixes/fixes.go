// Package fixes has a place for each suggested fix; fixes.go.golden is this file after all of them.
package fixes

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// spelling: the code has another spelling.
func spelling(failure common.ServiceError) bool {
	return failure.GetCode() == "TooManyRequest" // want "unknowncode: "
}

// wrapped: errors.As finds what the type assertion does not.
func wrapped(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		err = fmt.Errorf("delete %s: %w", id, err)
		failure, ok := common.IsServiceError(err) // want "wrappederror: "
		if ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
	}
	return err
}

// options: the base is missing.
func options(retryThrottled func(common.OCIOperationResponse) bool) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithShouldRetryOperation(retryThrottled)) // want "deadpolicy: "
}

// optionsInLines: the base gets a line of its own too.
func optionsInLines() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		// three are enough
		common.WithMaximumNumberAttempts(3), // for now
		common.WithExponentialBackoff(time.Minute, 2),
	)
}

// baseBehind: the base overwrites what was set before it.
func baseBehind() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.WithMaximumNumberAttempts(3),
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithExponentialBackoff(time.Minute, 2),
	)
}

func baseBehindInLine() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(3), common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())) // want "deadpolicy: "
}

// constantToken: every request has the same one.
func constantToken(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
		CreateVolumeDetails: details,
		OpcRetryToken:       common.String("create-volume"), // want "retrytoken: "
	})
	return err
}

// guard: what is final is returned.
func guard(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// newToken: the next attempt has another one.
func newToken(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for attempt := 0; attempt < 3; attempt++ {
		_, err = client.CreateVolume(ctx, request) // want "retrytoken: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 409 {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

var errStopped = errors.New("stopped")

// noFix: the function returns more than an error, so there is no guard that is certain.
func noFix(ctx context.Context, client core.BlockstorageClient, id string) (int, error) {
	for attempt := 0; attempt < 3; attempt++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return attempt, nil
		}
		time.Sleep(time.Second)
	}
	return 0, errStopped
}
