package unknowncode

import (
	"context"
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// One letter is missing: the code is TooManyRequests.
func letterMissing(err error) bool {
	if se, ok := common.IsServiceError(err); ok {
		return se.GetCode() == "TooManyRequest" // want "unknowncode: "
	}
	return false
}

// The near miss: spelled as the catalog spells it.
func spelledRight(err error) bool {
	if se, ok := common.IsServiceError(err); ok {
		return se.GetCode() == "TooManyRequests"
	}
	return false
}

// Two letters are missing (r and t): the last distance that counts.
func twoLettersMissing(se common.ServiceError) bool {
	return se.GetCode() == "IncorectSate" // want "unknowncode: "
}

// Three letters are missing (r, t and e): it resembles nothing, so it is taken for a service's own code.
func threeLettersMissing(se common.ServiceError) bool {
	return se.GetCode() == "IncorectSat"
}

// Only the case differs.
func caseDiffers(se common.ServiceError) bool {
	return se.GetCode() == "NotAuthorizedOrNotfound" // want "unknowncode: "
}

// The published page breaks this long code with a space; the real code has none.
func spaceOfThePublishedPage(se common.ServiceError) bool {
	return se.GetCode() == "RelatedResourceNot AuthorizedOrNotFound" // want "unknowncode: "
}

// The near miss: the same code without the space.
func withoutTheSpace(se common.ServiceError) bool {
	return se.GetCode() == "RelatedResourceNotAuthorizedOrNotFound"
}

// British spelling: one letter.
func britishSpelling(se common.ServiceError) bool {
	return se.GetCode() != "NotAuthorised" // want "unknowncode: "
}

// The near miss: American spelling, also with !=.
func americanSpelling(se common.ServiceError) bool {
	return se.GetCode() != "NotAuthorized"
}

// Wrong separator and case.
func snakeCase(se common.ServiceError) bool {
	return "too_many_requests" == se.GetCode() // want "unknowncode: "
}

// The code in a variable first, the error found with errors.As, the operation a real one.
func throughVariable(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	var se common.ServiceError
	if errors.As(err, &se) {
		code := se.GetCode()
		if code == "Not-Authenticated" { // want "unknowncode: "
			return false, nil
		}
	}
	return true, err
}

// The near miss of throughVariable.
func throughVariableSpelledRight(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	var se common.ServiceError
	if errors.As(err, &se) {
		code := se.GetCode()
		if code == "NotAuthenticated" {
			return false, nil
		}
	}
	return true, err
}

// In a predicate, with the plain type assertion; two letters changed places.
func predicateWithSwappedLetters(r common.OCIOperationResponse) bool {
	se, ok := r.Error.(common.ServiceError)
	return ok && se.GetCode() == "ServiceUnavialable" // want "unknowncode: "
}

// The near miss of predicateWithSwappedLetters.
func predicateSpelledRight(r common.OCIOperationResponse) bool {
	se, ok := r.Error.(common.ServiceError)
	return ok && se.GetCode() == "ServiceUnavailable"
}
