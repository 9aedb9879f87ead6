package wrappederror

import (
	"context"
	"fmt"

	oci "github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// A type assertion looks at the outermost error only.
func assertionOnWrapped(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		se, ok := err.(oci.ServiceError) // want "wrappederror: "
		return ok && se.GetCode() == "NotAuthorizedOrNotFound"
	}
	return false
}

// The near miss: nothing wraps it.
func assertionOnPlain(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		se, ok := err.(oci.ServiceError)
		return ok && se.GetCode() == "NotAuthorizedOrNotFound"
	}
	return false
}

// A type switch is a row of assertions.
func typeSwitchOnWrapped(ctx context.Context, client identity.IdentityClient, id string) int {
	err := lookUp(ctx, client, id)
	if err == nil {
		return 0
	}
	switch e := fmt.Errorf("get user %s: %w", id, err).(type) { // want "wrappederror: "
	case oci.ServiceError:
		return e.GetHTTPStatusCode()
	default:
		return 500
	}
}

// The near miss: a switch over the plain error.
func typeSwitchOnPlain(ctx context.Context, client identity.IdentityClient, id string) int {
	err := lookUp(ctx, client, id)
	if err == nil {
		return 0
	}
	switch e := err.(type) {
	case oci.ServiceError:
		return e.GetHTTPStatusCode()
	default:
		return 500
	}
}

// The near miss: the wrapped error is asserted to another interface, which fmt's wrapper has.
func assertionToUnwrapper(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		_, ok := err.(interface{ Unwrap() error })
		return ok
	}
	return false
}

// The sibling for rich errors is an assertion too.
func richInfoOfWrapped(ctx context.Context, client identity.IdentityClient, id string) string {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		if se, ok := oci.IsServiceErrorRichInfo(err); ok { // want "wrappederror: "
			return se.GetOperationName()
		}
	}
	return ""
}

// The sibling for localized messages as well.
func localizedOfWrapped(ctx context.Context, client identity.IdentityClient, id string) string {
	if err := lookUp(ctx, client, id); err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		if se, ok := oci.IsServiceErrorLocalizationMessage(err); ok { // want "wrappederror: "
			return se.GetOriginalMessage()
		}
	}
	return ""
}

// The near miss: the sibling asked of the plain error.
func richInfoOfPlain(ctx context.Context, client identity.IdentityClient, id string) string {
	if err := lookUp(ctx, client, id); err != nil {
		if se, ok := oci.IsServiceErrorRichInfo(err); ok {
			return se.GetOperationName()
		}
	}
	return ""
}

// A variable of the package, assigned once outside tests, is the SDK's function.
var isServiceError = oci.IsServiceError

// Called through the variable.
func variableOnWrapped(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		_, ok := isServiceError(fmt.Errorf("get user %s: %w", id, err)) // want "wrappederror: "
		return ok
	}
	return false
}

// The near miss: called through the variable with the plain error.
func variableOnPlain(ctx context.Context, client identity.IdentityClient, id string) bool {
	if err := lookUp(ctx, client, id); err != nil {
		_, ok := isServiceError(err)
		return ok
	}
	return false
}
