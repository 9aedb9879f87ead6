package wrappederror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// The SDK's questions about an error ask a type assertion in turn.

type described struct {
	what  string
	cause error
}

func (d described) Error() string { return d.what + ": " + d.cause.Error() }

// describedWithoutCause has no Unwrap: the chain ends there.
func describedWithoutCause(ctx context.Context, client core.VirtualNetworkClient, id string) (again bool) {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if err == nil {
		return false
	}
	err = described{"deleting the network", err}
	return common.IsErrorRetryableByDefault(err) // want "wrappederror: "
}

func updated(ctx context.Context, client core.VirtualNetworkClient, request core.UpdateVcnRequest) error {
	if _, err := client.UpdateVcn(ctx, request); err != nil {
		return fmt.Errorf("updating: %w", err)
	}
	return nil
}

// fromWrapper: the wrapper wraps whatever the service answers.
func fromWrapper(ctx context.Context, client core.VirtualNetworkClient, request core.UpdateVcnRequest) error {
	var err error
	for range 5 {
		if err = updated(ctx, client, request); err == nil || !common.IsErrorAffectedByEventualConsistency(err) { // want "wrappederror: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// askedBefore: the question comes first.
func askedBefore(ctx context.Context, client core.VirtualNetworkClient, request core.UpdateVcnRequest) error {
	_, err := client.UpdateVcn(ctx, request)
	if common.IsErrorAffectedByEventualConsistency(err) {
		return fmt.Errorf("not yet: %w", err)
	}
	return err
}

// wrappedOnOneWay: an error that is wrapped on one way only.
func wrappedOnOneWay(ctx context.Context, client core.VirtualNetworkClient, id string, tell bool) bool {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if tell && err != nil {
		err = fmt.Errorf("deleting: %w", err)
	}
	return common.IsErrorRetryableByDefault(err)
}

// unwrapped: what was wrapped is taken out again.
func unwrapped(ctx context.Context, client core.VirtualNetworkClient, request core.UpdateVcnRequest) bool {
	err := updated(ctx, client, request)
	return common.IsErrorRetryableByDefault(errors.Unwrap(err))
}

// ofAnother: the error was never the service's.
func ofAnother(name string) bool {
	return common.IsErrorRetryableByDefault(fmt.Errorf("no %s", name))
}
