package nonretryable

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/oracle/oci-go-sdk/v65/common"
)

const (
	codeTooManyRequests = "TooManyRequests"
	codeInternal        = "InternalServerError"
	codeUnavailable     = "ServiceUnavailable"
	codeIncorrectState  = "IncorrectState"
	codeNotVisible      = "NotAuthorizedOrNotFound"
	codeRelated         = "RelatedResourceNotAuthorizedOrNotFound"
	codeExists          = "NotAuthorizedOrResourceAlreadyExists"
	codeAuthentication  = "NotAuthenticated"
)

// isTransientPair restates the catalog row by row.
func isTransientPair(e common.ServiceError) bool {
	return (e.GetHTTPStatusCode() == http.StatusTooManyRequests && e.GetCode() == codeTooManyRequests) ||
		(e.GetHTTPStatusCode() == http.StatusInternalServerError && e.GetCode() == codeInternal) ||
		(e.GetHTTPStatusCode() == http.StatusServiceUnavailable && e.GetCode() == codeUnavailable) ||
		(e.GetHTTPStatusCode() == http.StatusConflict && e.GetCode() == codeIncorrectState) ||
		(e.GetHTTPStatusCode() == http.StatusConflict && e.GetCode() == codeExists) ||
		(e.GetHTTPStatusCode() == http.StatusNotFound && e.GetCode() == codeNotVisible) ||
		(e.GetHTTPStatusCode() == http.StatusUnauthorized && e.GetCode() == codeAuthentication) ||
		(e.GetHTTPStatusCode() == http.StatusBadRequest && e.GetCode() == codeRelated)
}

// isLoosePair differs in one operator: 404 or the code, so NotFound is in.
func isLoosePair(e common.ServiceError) bool {
	return (e.GetHTTPStatusCode() == http.StatusTooManyRequests && e.GetCode() == codeTooManyRequests) ||
		(e.GetHTTPStatusCode() == http.StatusNotFound || e.GetCode() == codeNotVisible)
}

// The pairs are the with-backoff rows.
var tidyPairs = common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && isTransientPair(se)
}, pause)

// The slipped operator lets 404 NotFound in.
var loosePairs = common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && isLoosePair(se)
}, pause)

// && binds stronger than ||: every 400 whose code is not InvalidParameter is retried.
func PrecedenceSlip(r common.OCIOperationResponse) bool { // want "nonretryable: "
	status, code := statusOf(r.Error), codeOf(r.Error)
	return status == 429 || status == 400 && code != "InvalidParameter"
}

// Near miss: the code is asked for, not excluded.
func PrecedenceWithoutSlip(r common.OCIOperationResponse) bool {
	status, code := statusOf(r.Error), codeOf(r.Error)
	return status == 429 || status == 400 && code == "RelatedResourceNotAuthorizedOrNotFound"
}

// Early returns: after the exclusions 402, 405, 412, 501 and others are left.
func EarlyReturnsLeaveRest(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if r.Error == nil {
		return false
	}
	if statusOf(r.Error) == 400 {
		return false
	}
	if statusOf(r.Error) == 403 || statusOf(r.Error) == 404 {
		return false
	}
	return true
}

// Near miss: one more exclusion takes all that is left of the "no" rows but InvalidatedRetryToken.
func EarlyReturnsLeaveNothing(r common.OCIOperationResponse) bool {
	if r.Error == nil {
		return false
	}
	if statusOf(r.Error) == 400 {
		return false
	}
	if statusOf(r.Error) == 403 || statusOf(r.Error) == 404 {
		return false
	}
	if s := statusOf(r.Error); s == 402 || s == 405 || s == 412 || s == 501 {
		return false
	}
	return true
}

// A named result set in a deferred function: what was decided is turned round, so all but 404 are retried.
func DeferredFlip(r common.OCIOperationResponse) (again bool) { // want "nonretryable: "
	defer func() { again = !again }()
	return statusOf(r.Error) == 404
}

// Near miss: turned round twice.
func DeferredTwice(r common.OCIOperationResponse) (again bool) {
	defer func() { again = !again }()
	defer func() { again = !again }()
	return statusOf(r.Error) == 429
}

// What the service has answered is not the context's error, so every row is retried.
func unlessCancelled(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && !errors.Is(r.Error, context.Canceled) && !errors.Is(r.Error, io.EOF)
}

// The near miss: nor is it the end of a stream.
func onlyCutOff(r common.OCIOperationResponse) bool {
	return errors.Is(r.Error, io.ErrUnexpectedEOF) || r.Error == context.DeadlineExceeded
}
