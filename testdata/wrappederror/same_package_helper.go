package wrappederror

import (
	"context"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

func getUser(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	response, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		return nil, fmt.Errorf("get user %s: %w", id, err)
	}
	return &response.User, nil
}

// The helper that makes the call has wrapped its error.
func callerOfWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := getUser(ctx, client, id)
	if se, ok := common.IsServiceError(err); ok { // want "wrappederror: "
		return se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: this helper hands its call's error back as it is.
func callerOfPlain(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if se, ok := common.IsServiceError(err); ok {
		return se.GetHTTPStatusCode() == 404
	}
	return false
}

func getActiveUser(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	response, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		return nil, err
	}
	if _, err := client.GetCompartment(ctx, identity.GetCompartmentRequest{CompartmentId: response.CompartmentId}); err != nil {
		return nil, fmt.Errorf("compartment of user %s: %w", id, err)
	}
	return &response.User, nil
}

// The near miss: the helper wraps the second call's error, not the first one's.
func callerOfHalfWrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := getActiveUser(ctx, client, id)
	if se, ok := common.IsServiceError(err); ok {
		return se.GetHTTPStatusCode() == 404
	}
	return false
}

func withOp(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", op, err)
}

// A helper that only wraps.
func wrappedByHelper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := withOp("get user", lookUp(ctx, client, id))
	se, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && se.GetHTTPStatusCode() == 404
}

func annotateOthers(op string, err error) error {
	if _, ok := common.IsServiceError(err); ok || err == nil {
		return err
	}
	return fmt.Errorf("%s: %w", op, err)
}

// The near miss: this helper leaves service errors alone.
func wrappedByCarefulHelper(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := annotateOthers("get user", lookUp(ctx, client, id))
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}

func getUserDeferred(ctx context.Context, client identity.IdentityClient, id string) (user identity.User, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("get user %s: %w", id, err)
		}
	}()
	response, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	return response.User, err
}

// A deferred function wraps the helper's named result.
func wrappedOnTheWayOut(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := getUserDeferred(ctx, client, id)
	se, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && se.GetHTTPStatusCode() == 404
}

// The near miss: what wraps is a function value that nobody can resolve.
func wrappedByUnknown(ctx context.Context, client identity.IdentityClient, id string, decorate func(error) error) bool {
	err := decorate(lookUp(ctx, client, id))
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}
