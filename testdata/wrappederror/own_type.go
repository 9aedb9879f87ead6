package wrappederror

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// opError is a wrapper that errors.As sees through.
type opError struct {
	op  string
	err error
}

func (e *opError) Error() string { return e.op + ": " + e.err.Error() }
func (e *opError) Unwrap() error { return e.err }

// opaqueError is a wrapper without Unwrap: the chain ends here.
type opaqueError struct {
	op  string
	err error
}

func (e opaqueError) Error() string { return e.op + ": " + e.err.Error() }

// annotated carries the service error's methods, so it is a service error itself.
type annotated struct {
	common.ServiceError
	op string
}

func (e annotated) Error() string { return e.op + ": " + e.GetMessage() }

// The program's own wrapper.
func ownWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if err != nil {
		err = &opError{op: "get user", err: err}
		se, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: the field of the wrapper is asked.
func fieldOfOwnWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if err != nil {
		oe := &opError{op: "get user", err: err}
		se, ok := common.IsServiceError(oe.err)
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: the wrapper's own Unwrap is called first.
func unwrapOfOwnWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if err != nil {
		oe := &opError{op: "get user", err: err}
		se, ok := common.IsServiceError(oe.Unwrap())
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// A wrapper without Unwrap: not even errors.As would help.
func opaqueWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if err != nil {
		err = opaqueError{op: "get user", err: err}
		se, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: the wrapper embeds the service error and so has its methods.
func embeddingWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if se, ok := common.IsServiceError(err); ok {
		err = annotated{ServiceError: se, op: "get user"}
	}
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}
