package incorrectstate

import (
	"context"
	"errors"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Errors of the program's own around the service's one say what the row has decided.

var (
	errSubnetConflict = errors.New("conflict")
	errSubnetMissing  = errors.New("missing")
)

// deleteSubnet keeps the service's error in the chain.
func deleteSubnet(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	_, err := client.DeleteSubnet(ctx, request)
	failure, ok := common.IsServiceError(err)
	switch {
	case ok && failure.GetHTTPStatusCode() == 404:
		return fmt.Errorf("%w: %w", errSubnetMissing, err)
	case ok && failure.GetHTTPStatusCode() == 409:
		return fmt.Errorf("%w: %w", errSubnetConflict, err)
	}
	return err
}

func conflictIsFine(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	err := deleteSubnet(ctx, client, request)
	if errors.Is(err, errSubnetMissing) || errors.Is(err, errSubnetConflict) { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near misses: another sentinel, and the code asked for behind it.

func missingIsFine(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	err := deleteSubnet(ctx, client, request)
	if errors.Is(err, errSubnetMissing) {
		return nil
	}
	return err
}

func askedBehind(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	err := deleteSubnet(ctx, client, request)
	var failure common.ServiceError
	if errors.Is(err, errSubnetConflict) && errors.As(err, &failure) && failure.GetCode() != "IncorrectState" {
		return nil
	}
	return err
}

type busyError struct{ error }

// stopInstance says busy by a type.
func stopInstance(ctx context.Context, client core.ComputeClient, request core.InstanceActionRequest) error {
	_, err := client.InstanceAction(ctx, request)
	var failure common.ServiceError
	if errors.As(err, &failure) && failure.GetHTTPStatusCode() == 409 {
		return busyError{err}
	}
	return err
}

func busyIsFine(ctx context.Context, client core.ComputeClient, request core.InstanceActionRequest) error {
	err := stopInstance(ctx, client, request)
	var busy busyError
	if errors.As(err, &busy) { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the busy one is handed back.
func busyIsToldApart(ctx context.Context, client core.ComputeClient, request core.InstanceActionRequest) error {
	err := stopInstance(ctx, client, request)
	var busy busyError
	if errors.As(err, &busy) {
		return fmt.Errorf("try again later: %w", busy.error)
	}
	return err
}
