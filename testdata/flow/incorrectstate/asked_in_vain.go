package incorrectstate

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// A question that no error answers with yes tells no two of them apart.

func neverBoth(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) bool {
	_, err := client.DetachVnic(ctx, request)
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 500 && failure.GetCode() == "IncorrectState" // want "unknowncode: "
}

func neverEither(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (failed bool) {
	_, err := client.DetachVnic(ctx, request)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 400 {
		failed = failure.GetCode() == "VnicNotAttached"
	}
	return failed
}
