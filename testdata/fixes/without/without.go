// Package without has places where no fix is certain: what is found there is told, and the file stays as it is.
package without

import (
	"context"
	"fmt"
	"time"

	"github.com/avast/retry-go/v4"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// remove wraps what the service answered.
func remove(ctx context.Context, client core.BlockstorageClient, id string) error {
	if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}); err != nil {
		return fmt.Errorf("deleting %s: %w", id, err)
	}
	return nil
}

// wrapped: the SDK's questions would always be answered no.
func wrapped(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		err = remove(ctx, client, id) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// ofHelper: what the helper hands back comes too late to give up.
func ofHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := retry.Do(func() error { // want "nonretryable: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		return err
	})
	return err
}

// byHead: there is no code to ask, and the SDK's question is answered no for 429 too.
func byHead(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) error {
	var err error
	for range 3 {
		_, err = client.HeadObject(ctx, request) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// manyWays: too many rows are treated in ways of their own.
func manyWays(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for range 3 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); ok {
			switch failure.GetCode() {
			case "NotFound", "NotAuthorized", "SignUpRequired", "MethodNotAllowed", "MissingParameter", "LimitExceeded":
				fmt.Println("given up on", id)
				return err
			}
		}
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// quietly: what was tried in vain counts as done.
func quietly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for range 3 {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		fmt.Println("once more", id, err)
		time.Sleep(time.Second)
	}
	return nil
}

// shadowed: the package's name means something else here.
func shadowed(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for common := 0; common < 3; common++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// twoResults: what else to return nobody knows.
func twoResults(ctx context.Context, client core.BlockstorageClient, id string) (int, error) {
	var err error
	for attempt := range 3 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil {
			return attempt, nil
		}
		time.Sleep(time.Second)
	}
	return 0, err
}

// constantAgain: a fresh token in each attempt would make a volume in each.
func constantAgain(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	var err error
	for range 3 {
		_, err = client.CreateVolume(ctx, core.CreateVolumeRequest{
			CreateVolumeDetails: details,
			OpcRetryToken:       common.String("create-volume"), // want "retrytoken: "
		})
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 429 {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func noAttempt() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(0)) // want "deadpolicy: "
}

func withoutEnd() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithUnlimitedAttempts(time.Minute)) // want "deadpolicy: "
}

// listed: errors.As finds the error of the first attempt.
func listed(ctx context.Context, client core.BlockstorageClient, id string) bool {
	err := retry.Do(func() error {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		return err
	}, retry.RetryIf(common.IsErrorRetryableByDefault))
	failure, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && failure.GetHTTPStatusCode() == 429
}

// flattened: the chain is lost.
func flattened(ctx context.Context, client core.BlockstorageClient, id string) bool {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
	if err != nil {
		err = fmt.Errorf("getting %s: %v", id, err)
	}
	failure, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && failure.GetHTTPStatusCode() == 429
}

// unnamed: a predicate that gives its parameter no name cannot be asked about it.
func unnamed(common.OCIOperationResponse) bool { // want "nonretryable: "
	return true
}

// baseVariable: the base is written somewhere else.
func baseVariable() common.RetryPolicy {
	base := common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())
	return common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(3), base) // want "deadpolicy: "
}

// baseCommented: whose the comment is nobody can say.
func baseCommented() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.WithMaximumNumberAttempts(3),
		// not in a window
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()))
}

// baseBehindEndless: to put the base first makes attempts without an end of eight.
func baseBehindEndless() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.WithUnlimitedAttempts(time.Hour),
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()))
}
