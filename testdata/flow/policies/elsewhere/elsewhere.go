// Package elsewhere has its policy set by another package, so that which one it is cannot be told.
package elsewhere

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/flow/policies/elsewhere/startup"
)

func prepare() { startup.Patient(common.DefaultRetryPolicyWithoutEventualConsistency()) }

func whenThrottled(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 429 {
			break
		}
	}
	return err
}

// The request's own policy is the one in force.
func onceEach(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	policy := common.NoRetryPolicy()
	request := core.GetVolumeRequest{VolumeId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}}
	for range 3 {
		_, err = client.GetVolume(ctx, request) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 429 {
			break
		}
	}
	return err
}
