package wrappederror

import (
	"context"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// isGone has one caller, and that one gives it a wrapped error.
func isGone(err error) bool {
	se, ok := common.IsServiceError(err) // open: wrappederror
	return ok && se.GetHTTPStatusCode() == 404
}

func asksAboutWrapped(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		return isGone(fmt.Errorf("get user %s: %w", id, err))
	}
	return false
}

// isMissing has two callers: one wraps, one does not, so the answer can be true.
func isMissing(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}

func asksAboutWrappedOnce(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		return isMissing(fmt.Errorf("get user %s: %w", id, err))
	}
	return false
}

func asksAboutPlain(ctx context.Context, client identity.IdentityClient, id string) bool {
	return isMissing(lookUp(ctx, client, id))
}

// IsGone is exported: other packages may give it a plain error.
func IsGone(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}

func asksExportedAboutWrapped(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		return IsGone(fmt.Errorf("get user %s: %w", id, err))
	}
	return false
}

// isUnasked has no caller, so there is no path on which its error is wrapped.
func isUnasked(err error) bool {
	_, ok := common.IsServiceError(err)
	return ok
}
