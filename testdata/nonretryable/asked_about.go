package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// The near miss: the response of a GetInstance is never one of a GetVnic.
func asksForAnotherResponse(ctx context.Context, client core.ComputeClient, id string) error {
	policy := common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		_, ok := r.Response.(core.GetVnicResponse)
		return ok
	}, func(common.OCIOperationResponse) time.Duration { return time.Second })
	_, err := client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	return err
}

// It is one of a GetInstance, and its state is not there when the call has failed.
func asksForItsResponse(ctx context.Context, client core.ComputeClient, id string) error {
	policy := common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		response, ok := r.Response.(core.GetInstanceResponse)
		return ok && response.LifecycleState != core.InstanceLifecycleStateRunning
	}, func(common.OCIOperationResponse) time.Duration { return time.Second })
	_, err := client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	return err
}

// The near miss: it is made for one operation, whose state is not there when the call has failed.
func whileProvisioning() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		if response, ok := r.Response.(core.GetInstanceResponse); ok {
			return response.LifecycleState == core.InstanceLifecycleStateProvisioning
		}
		return true
	}, func(common.OCIOperationResponse) time.Duration { return time.Second })
}
