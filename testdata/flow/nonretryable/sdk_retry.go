package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// aroundSDKRetry has a loop of its own around the SDK's.
func aroundSDKRetry(ctx context.Context, operation common.OCIOperation, request core.DeleteVolumeRequest) (err error) {
	for range 3 {
		if _, err = common.Retry(ctx, request, operation, common.NoRetryPolicy()); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// finalAroundSDKRetry is its near miss.
func finalAroundSDKRetry(ctx context.Context, operation common.OCIOperation, request core.DeleteVolumeRequest) (err error) {
	for range 3 {
		if _, err = common.Retry(ctx, request, operation, common.NoRetryPolicy()); !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// onceBySDKRetry is another: what is tried again is the policy's business.
func onceBySDKRetry(ctx context.Context, operation common.OCIOperation, request core.DeleteVolumeRequest) error {
	_, err := common.Retry(ctx, request, operation, common.DefaultRetryPolicy())
	return err
}
