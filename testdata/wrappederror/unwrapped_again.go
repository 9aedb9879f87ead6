package wrappederror

import (
	"context"
	"errors"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// Wrapped once and unwrapped once: the service's own error again.
func unwrappedOnce(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		_, ok := common.IsServiceError(errors.Unwrap(err))
		return ok
	}
	return false
}

// Wrapped twice and unwrapped once: one wrapper is left.
func unwrappedTooLittle(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("sync: %w", fmt.Errorf("get user %s: %w", id, err))
		_, ok := common.IsServiceError(errors.Unwrap(err)) // want "wrappederror: "
		return ok
	}
	return false
}

// Joined errors are a wrapper too.
func joined(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.Join(errNotReady, err)
		_, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok
	}
	return false
}

// Joined alone: also a wrapper.
func joinedAlone(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := errors.Join(lookUp(ctx, client, id))
	se, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && se.GetHTTPStatusCode() == 404
}

// The near miss: errors.As looks into joined errors.
func joinedThenAs(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.Join(errNotReady, err)
		var se common.ServiceError
		return errors.As(err, &se)
	}
	return false
}
