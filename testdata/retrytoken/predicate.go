package retrytoken

import (
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// The only code marked no among its codes is InvalidatedRetryToken.
func namesTheToken(r common.OCIOperationResponse) bool { // want "retrytoken: "
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	switch se.GetCode() {
	case "IncorrectState", "InvalidatedRetryToken", "TooManyRequests":
		return true
	}
	return false
}

// The near miss: without it.
func doesNotNameTheToken(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	switch se.GetCode() {
	case "IncorrectState", "TooManyRequests":
		return true
	}
	return false
}

// The near miss: NotFound is marked no too, so it is nonretryable's business.
func namesAnotherNoRow(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	switch se.GetCode() {
	case "IncorrectState", "InvalidatedRetryToken", "NotFound":
		return true
	}
	return false
}

// Every 409: besides InvalidatedRetryToken they are marked with backoff.
func everyConflict(r common.OCIOperationResponse) bool { // want "retrytoken: "
	se, ok := common.IsServiceError(r.Error)
	return ok && (se.GetHTTPStatusCode() == 409 || se.GetHTTPStatusCode() == 429)
}

// The near miss: every 409 but that one.
func everyConflictButToken(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && (se.GetHTTPStatusCode() == 409 && se.GetCode() != "InvalidatedRetryToken" || se.GetHTTPStatusCode() == 429)
}

// The near miss: every 409 and every 400; the 400s are nonretryable's business.
func everyConflictAndBadRequest(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && (se.GetHTTPStatusCode() == 409 || se.GetHTTPStatusCode() == 400)
}

// The status of the response.
func conflictOfResponse(r common.OCIOperationResponse) bool { // want "retrytoken: "
	if r.Error == nil || r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return r.Response.HTTPResponse().StatusCode == 409
}

// The SDK's own answer, and 409 on top.
func defaultAndConflict(r common.OCIOperationResponse) bool { // want "retrytoken: "
	if common.IsErrorRetryableByDefault(r.Error) {
		return true
	}
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() == 409
}

// The near miss: the SDK's own answer.
func defaultOnly(r common.OCIOperationResponse) bool {
	return common.IsErrorRetryableByDefault(r.Error)
}

// The near miss: whether the row is retried hangs on the service's message.
func conflictWithMessage(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() == 409 && strings.Contains(se.GetMessage(), "try again")
}

func isConflict(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() == 409
}

// It asks a helper.
func delegates(r common.OCIOperationResponse) bool { // want "retrytoken: "
	return isConflict(r.Error)
}

// Called by the next function and never handed out: judged by its caller, which keeps the token's row away from it.
func anyConflict(r common.OCIOperationResponse) bool {
	return isConflict(r.Error)
}

func conflictUnlessToken(r common.OCIOperationResponse) bool {
	if se, ok := common.IsServiceError(r.Error); ok && se.GetCode() == "InvalidatedRetryToken" {
		return false
	}
	return anyConflict(r)
}

// Two results, so it is no predicate.
func conflictAndReason(r common.OCIOperationResponse) (bool, string) {
	return isConflict(r.Error), "conflict"
}
