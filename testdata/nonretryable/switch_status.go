package nonretryable

import (
	"net/http"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// 404 is NotAuthorizedOrNotFound (with backoff) and NotFound (no): the status alone cannot tell them apart.
func RetriesBothNotFounds(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	switch se.GetHTTPStatusCode() {
	case http.StatusNotFound, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// Near miss: 409 in place of 404. The only "no" row of 409 is InvalidatedRetryToken, which alone belongs to retrytoken.
func RetriesConflictsOnly(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	switch se.GetHTTPStatusCode() {
	case http.StatusConflict, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// 412 falls through to the answer of 429.
func FallsThroughFromPrecondition(r common.OCIOperationResponse) bool { // want "nonretryable: "
	switch statusOf(r.Error) {
	case 412:
		fallthrough
	case 429:
		return true
	}
	return false
}

// Near miss: no fallthrough, so 412 ends the switch.
func EndsAtPrecondition(r common.OCIOperationResponse) bool {
	switch statusOf(r.Error) {
	case 412:
	case 429:
		return true
	}
	return false
}

// The default answers yes to everything unlisted: 402, 405 and 501.
func DefaultAnswersYes(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	switch statusCode := r.Response.HTTPResponse().StatusCode; statusCode {
	case 400, 401, 403, 413:
		return false
	case 404, 409, 412:
		return false
	default:
		return true
	}
}

// Near miss: 402, 405 and 501 are listed too, so the default is 429, 500 and 503.
func DefaultIsOnlyTransient(r common.OCIOperationResponse) bool {
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	switch statusCode := r.Response.HTTPResponse().StatusCode; statusCode {
	case 400, 401, 402, 403, 405, 413:
		return false
	case 404, 409, 412, 501:
		return false
	default:
		return true
	}
}

// A switch on the status, then on the code, forgets that QuotaExceeded is a "no".
func NestedSwitchKeepsQuota(r common.OCIOperationResponse) (again bool) { // want "nonretryable: "
	switch statusOf(r.Error) {
	case 400:
		switch codeOf(r.Error) {
		case "RelatedResourceNotAuthorizedOrNotFound", "QuotaExceeded":
			again = true
		}
	case 401, 429, 503:
		again = true
	}
	return
}

// Near miss: only the with-backoff code of 400 is kept.
func NestedSwitchKeepsRelated(r common.OCIOperationResponse) (again bool) {
	switch statusOf(r.Error) {
	case 400:
		switch codeOf(r.Error) {
		case "RelatedResourceNotAuthorizedOrNotFound":
			again = true
		}
	case 401, 429, 503:
		again = true
	}
	return
}
