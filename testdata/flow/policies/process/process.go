// Package process sets one policy for all clients (v65.129.0: client.go, newBaseClient, asks GlobalRetry).
package process

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

func unavailable(r common.OCIOperationResponse) bool {
	failure, ok := common.IsServiceError(r.Error)
	return ok && failure.GetCode() == "ServiceUnavailable"
}

func init() {
	policy := common.NewRetryPolicy(6, unavailable, func(r common.OCIOperationResponse) time.Duration {
		return time.Duration(r.AttemptNumber) * time.Second
	})
	common.GlobalRetry = &policy
}

func whenDown(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 503 {
			break
		}
	}
	return err
}

func whenThrottled(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 429 {
			break
		}
	}
	return err
}
