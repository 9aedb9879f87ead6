package wrappederror

import (
	"context"
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"

	"testdata/wrappederror/helpers"
	"testdata/wrappederror/helpers/annotate"
)

// The other package makes the call and wraps its error.
func wrapperElsewhere(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := helpers.GetUser(ctx, client, id)
	if se, ok := common.IsServiceError(err); ok { // want "wrappederror: "
		return se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: the other package makes the call and hands the error back as it is.
func plainWrapperElsewhere(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := helpers.GetUserPlain(ctx, client, id)
	if se, ok := common.IsServiceError(err); ok {
		return se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: the wrapped error is asked with errors.As.
func wrapperElsewhereThenAs(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := helpers.GetUser(ctx, client, id)
	var se common.ServiceError
	return errors.As(err, &se) && se.GetHTTPStatusCode() == 404
}

// The other package flattens.
func flattenedElsewhere(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := helpers.Flatten("get user", lookUp(ctx, client, id))
	_, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok
}

// The other package wraps with a type of its own.
func ownTypeElsewhere(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		_, ok := common.IsServiceError(helpers.NewFailure("get user", err)) // want "wrappederror: "
		return ok
	}
	return false
}

// The near miss: the other package takes its own wrapper off again.
func rootElsewhere(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		_, ok := common.IsServiceError(helpers.Root(helpers.NewFailure("get user", err)))
		return ok
	}
	return false
}

// A package that does not import the SDK wraps.
func wrappedWithoutSDK(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := annotate.Wrap("get user", lookUp(ctx, client, id))
	_, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok
}

// The near miss: that package wraps on one path only.
func wrappedWithoutSDKOnOnePath(ctx context.Context, client identity.IdentityClient, id, op string) bool {
	err := annotate.WrapIfNamed(op, lookUp(ctx, client, id))
	_, ok := common.IsServiceError(err)
	return ok
}
