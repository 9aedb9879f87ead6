package wrappederror

import (
	"context"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// An error that is wrapped without having been tested for nil is wrapped all the same.

func wrappedUntested(ctx context.Context, client core.ComputeClient, request core.GetInstanceRequest) bool {
	_, err := client.GetInstance(ctx, request)
	wrapped := fmt.Errorf("reading the instance: %w", err)
	_, ok := common.IsServiceError(wrapped) // want "wrappederror: "
	return ok
}

// The near misses.

// plainOne asks the error itself, beside the wrapped one.
func plainOne(ctx context.Context, client core.ComputeClient, request core.GetInstanceRequest) (bool, error) {
	_, err := client.GetInstance(ctx, request)
	wrapped := fmt.Errorf("reading the instance: %w", err)
	_, ok := common.IsServiceError(err)
	return ok, wrapped
}

// converted makes an error of its own of what the service answers, and wraps all else.
type converted struct {
	common.ServiceError
	operation string
}

func (c converted) Error() string { return c.operation + ": " + c.GetMessage() }

func convert(operation string, err error) error {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return fmt.Errorf("%s: %w", operation, err)
	}
	return converted{failure, operation}
}

func convertedFirst(ctx context.Context, client core.ComputeClient, request core.GetInstanceRequest) string {
	_, err := client.GetInstance(ctx, request)
	switch e := convert("reading the instance", err).(type) {
	case converted:
		return e.operation
	case common.ServiceError:
		return e.GetCode()
	}
	return ""
}
