package wrappederror

import (
	"context"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/pkg/errors"
)

// Wrap of pkg/errors.
func wrapped(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.Wrap(err, "get user")
		se, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: Cause takes every wrapper of pkg/errors off.
func causeFirst(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.Wrap(err, "get user")
		se, ok := common.IsServiceError(errors.Cause(err))
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// Wrap hands nil on, so nobody asks for nil first.
func wrappedWithoutNilTest(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := errors.Wrapf(lookUp(ctx, client, id), "get user %s", id)
	if se, ok := common.IsServiceError(err); ok { // want "wrappederror: "
		return se.GetHTTPStatusCode() == 404
	}
	return false
}

// Only a message is added: a wrapper all the same.
func withMessage(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		_, ok := common.IsServiceError(errors.WithMessage(err, "get user")) // want "wrappederror: "
		return ok
	}
	return false
}

// Only a stack is added: a wrapper all the same.
func withStack(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := errors.WithStack(lookUp(ctx, client, id)); err != nil {
		_, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok
	}
	return false
}

// The near miss: As of pkg/errors is the standard one.
func withStackThenAs(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := errors.WithStack(lookUp(ctx, client, id)); err != nil {
		var se common.ServiceError
		return errors.As(err, &se) && se.GetHTTPStatusCode() == 404
	}
	return false
}

// Cause knows its own wrappers only: it stops at fmt's.
func causeStopsAtErrorf(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		_, ok := common.IsServiceError(errors.Cause(err)) // want "wrappederror: "
		return ok
	}
	return false
}

// Cause of an error that nothing has wrapped is the error itself.
func causeOfPlain(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		_, ok := common.IsServiceError(errors.Cause(err))
		return ok
	}
	return false
}

// Wrapped twice: Cause goes down to the end.
func causeOfWrappedTwice(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.WithMessage(errors.WithStack(err), "get user")
		_, ok := common.IsServiceError(errors.Cause(err))
		return ok
	}
	return false
}

// Errorf of pkg/errors does not wrap: only the text is left.
func flattenedByPkgErrors(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.Errorf("get user %s: %v", id, err)
		_, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok
	}
	return false
}
