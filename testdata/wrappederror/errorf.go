package wrappederror

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

var errNotReady = errors.New("not ready")

// Wrapped with %w, then asked: always false; errors.As would find it.
func wrappedWithW(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		se, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: asked before it is wrapped.
func askedBeforeWrapping(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		se, ok := common.IsServiceError(err)
		err = fmt.Errorf("get user %s: %w", id, err)
		return ok && se.GetHTTPStatusCode() == 404, err
	}
	return false, nil
}

// The near miss: the wrapped error is another variable, the original is asked.
func originalAsked(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		wrapped := fmt.Errorf("get user %s: %w", id, err)
		log.Print(wrapped)
		se, ok := common.IsServiceError(err)
		return ok && se.GetHTTPStatusCode() == 404
	}
	return false
}

// The near miss: errors.As looks down the chain.
func askedWithAs(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		var se common.ServiceError
		return errors.As(err, &se) && se.GetHTTPStatusCode() == 404
	}
	return false
}

// Flattened with %v: the chain is lost.
func flattenedWithV(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		err = fmt.Errorf("get user %s: %v", id, err)
		if se, ok := common.IsServiceError(err); ok { // want "wrappederror: "
			return se.GetHTTPStatusCode() == 404
		}
	}
	return false
}

// Flattened through Error().
func flattenedToText(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = errors.New("get user: " + err.Error())
		_, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok
	}
	return false
}

// Two %w: still a wrapper.
func wrappedBesideAnother(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("%w: %w", errNotReady, err)
		_, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok
	}
	return false
}

// The %w is for another error; the service's own is only text.
func anotherWrappedInstead(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("%w: %v", errNotReady, err)
		_, ok := common.IsServiceError(err) // want "wrappederror: "
		return ok
	}
	return false
}

// Wrapped on one path only: the answer can be true.
func wrappedOnOnePath(ctx context.Context, client identity.IdentityClient, id string, verbose bool) bool {
	err := lookUp(ctx, client, id)
	if err != nil && verbose {
		err = fmt.Errorf("get user %s: %w", id, err)
	}
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}

// Wrapped on both paths, differently.
func wrappedOnBothPaths(ctx context.Context, client identity.IdentityClient, id string, verbose bool) bool {
	err := lookUp(ctx, client, id)
	if err == nil {
		return false
	}
	if verbose {
		err = fmt.Errorf("get user %s: %w", id, err)
	} else {
		err = fmt.Errorf("get user: %w", err)
	}
	se, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && se.GetHTTPStatusCode() == 404
}

// Every error is wrapped; what comes by the other way is nil.
func wrappedUnlessNil(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	if err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
	}
	se, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && se.GetHTTPStatusCode() == 404
}

// In a predicate: the response's error is wrapped before it is asked.
func predicateThatWraps(r common.OCIOperationResponse) bool {
	if r.Error == nil {
		return false
	}
	err := fmt.Errorf("attempt %d: %w", r.AttemptNumber, r.Error)
	se, ok := common.IsServiceError(err) // want "wrappederror: "
	return ok && se.GetHTTPStatusCode() == 429
}

// The near miss: the predicate wraps for the log and asks the response's own error.
func predicateThatLogs(r common.OCIOperationResponse) bool {
	if r.Error == nil {
		return false
	}
	log.Print(fmt.Errorf("attempt %d: %w", r.AttemptNumber, r.Error))
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() == 429
}
