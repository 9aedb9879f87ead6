package wrappederror

import (
	"context"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// isGone has one caller, and that one gives it a wrapped error.
func isGone(err error) bool {
	se, ok := common.IsServiceError(err) // want "wrappederror: "
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

// isLost is a value too, so anybody may call it.
func isLost(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}

var classifiers = []func(error) bool{isLost}

func asksAboutLost(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	return err != nil && isLost(fmt.Errorf("get user %s: %w", id, err))
}

// IsAbsent is for other packages as well.
func IsAbsent(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 404
}

func asksAboutAbsent(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	return err != nil && IsAbsent(fmt.Errorf("get user %s: %w", id, err))
}

// isRefused has two callers, and both wrap; one of them hands it on from a parameter.
func isRefused(err error) bool {
	if err == nil {
		return false
	}
	failure, is := err.(common.ServiceError) // want "wrappederror: "
	return is && failure.GetHTTPStatusCode() == 403
}

func asksAboutRefused(ctx context.Context, client identity.IdentityClient, id string) bool {
	err := lookUp(ctx, client, id)
	return err != nil && isRefused(fmt.Errorf("get user %s: %w", id, err))
}

func explains(cause error) string {
	if isRefused(fmt.Errorf("refused: %w", cause)) {
		return "ask for a policy"
	}
	return cause.Error()
}

// isDenied is given an error that nobody knows on one way.
func isDenied(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 403
}

func asksAboutDenied(ctx context.Context, client identity.IdentityClient, id string, before error) bool {
	err := lookUp(ctx, client, id)
	if err != nil {
		before = fmt.Errorf("get user %s: %w", id, err)
	}
	return isDenied(before)
}
