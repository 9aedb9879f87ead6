package unknowncode

import (
	"net/http"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// IncorrectState comes with 409 only.
func stateWithNotFound(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() == 404 && se.GetCode() == "IncorrectState" // want "unknowncode: "
}

// The near miss: 409.
func stateWithConflict(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() == 409 && se.GetCode() == "IncorrectState"
}

// TooManyRequests comes with 429 only; the code stands first.
func throttledWithBadRequest(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetCode() == "TooManyRequests" && se.GetHTTPStatusCode() == http.StatusBadRequest // want "unknowncode: "
}

// The near miss: http.StatusTooManyRequests.
func throttledWithTooMany(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetCode() == "TooManyRequests" && se.GetHTTPStatusCode() == http.StatusTooManyRequests
}

// The near miss: the status is asked about all other codes.
func throttledOrBadRequest(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && (se.GetCode() == "TooManyRequests" || se.GetHTTPStatusCode() == http.StatusBadRequest)
}

// The near miss: what comes to the last case has one code, but nobody asked for the code.
func whatIsLeft(se common.ServiceError) string {
	switch status := se.GetHTTPStatusCode(); {
	case status < 429:
		return "ours"
	case status > 429:
		return "theirs"
	case status == 404 && se.GetCode() != "TooManyRequests":
		return "never"
	}
	return "slow down"
}

// One wrong pair in a chain of pairs.
func chainWithWrongPair(se common.ServiceError) bool {
	return (se.GetHTTPStatusCode() == http.StatusConflict && se.GetCode() == "IncorrectState") ||
		(se.GetHTTPStatusCode() == http.StatusConflict && se.GetCode() == "NotAuthorizedOrNotFound") || // want "unknowncode: "
		(se.GetHTTPStatusCode() == http.StatusTooManyRequests && se.GetCode() == "TooManyRequests")
}

// The near miss: the third pair in order.
func chainOfRightPairs(se common.ServiceError) bool {
	return (se.GetHTTPStatusCode() == http.StatusConflict && se.GetCode() == "IncorrectState") ||
		(se.GetHTTPStatusCode() == http.StatusNotFound && se.GetCode() == "NotAuthorizedOrNotFound") ||
		(se.GetHTTPStatusCode() == http.StatusTooManyRequests && se.GetCode() == "TooManyRequests")
}

// The code is asked where the status is known to be 412.
func codeInsideStatusSwitch(se common.ServiceError) bool {
	switch se.GetHTTPStatusCode() {
	case 412:
		return se.GetCode() == "InvalidatedRetryToken" // want "unknowncode: "
	case 409:
		return se.GetCode() == "IncorrectState"
	}
	return false
}

// The near miss: asked where the status is known to be 409.
func codeInsideRightCase(se common.ServiceError) bool {
	switch se.GetHTTPStatusCode() {
	case 412:
		return se.GetCode() == "NoEtagMatch"
	case 409:
		return se.GetCode() == "InvalidatedRetryToken"
	}
	return false
}

// Only 503 gets past the first test.
func codeAfterStatusGuard(se common.ServiceError) bool {
	if se.GetHTTPStatusCode() != 503 {
		return false
	}
	return se.GetCode() == "InternalServerError" // want "unknowncode: "
}

// The near miss: only 500 gets past it.
func codeAfterRightGuard(se common.ServiceError) bool {
	if se.GetHTTPStatusCode() != 500 {
		return false
	}
	return se.GetCode() == "InternalServerError"
}

// Or: status and code are not asked for together.
func eitherStatusOrCode(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() == 404 || se.GetCode() == "IncorrectState"
}

// The right status is among those that lead to the code.
func rightStatusAmongTwo(se common.ServiceError) bool {
	return (se.GetHTTPStatusCode() == 404 || se.GetHTTPStatusCode() == 409) && se.GetCode() == "IncorrectState"
}

// A status that is excluded.
func statusExcluded(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() != 404 && se.GetCode() == "IncorrectState"
}

// A range that holds 429.
func statusInRange(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() >= 400 && se.GetHTTPStatusCode() < 500 && se.GetCode() == "TooManyRequests"
}

// A service's own code: the catalog says nothing of its status.
func serviceCodeWithAnyStatus(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() == 404 && se.GetCode() == "BucketNotFound"
}
