package missedretry

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// 429 and two server errors; 401 and the with-backoff codes of 400, 404 and 409 are left out.
func ThreeStatuses(r common.OCIOperationResponse) bool { // want "missedretry: "
	switch statusOf(r.Error) {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// Near miss: 400, 401, 404 and 409 are there too; what else they hold is not this rule's business.
func SevenStatuses(r common.OCIOperationResponse) bool {
	switch statusOf(r.Error) {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable:
		return true
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusConflict:
		return true
	}
	return false
}

// 401 alone is left out.
func SixStatuses(r common.OCIOperationResponse) bool { // want "missedretry: "
	switch statusOf(r.Error) {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable:
		return true
	case http.StatusBadRequest, http.StatusNotFound, http.StatusConflict:
		return true
	}
	return false
}

// Near miss: a throttle alone is not general-purpose.
func OneStatus(r common.OCIOperationResponse) bool {
	switch statusOf(r.Error) {
	case http.StatusTooManyRequests:
		return true
	}
	return false
}

// Near miss: without 429 it is not general-purpose.
func ServerErrors(r common.OCIOperationResponse) bool {
	s := statusOf(r.Error)
	return s >= 500 && s != 501
}

// Near miss: 429 beside statuses that no row has.
func ThrottleAndGateway(r common.OCIOperationResponse) bool {
	return slices.Contains([]int{429, 502, 504}, statusOf(r.Error))
}

// Near miss: 429 beside 404 and 409.
func ThrottleAndClientErrors(r common.OCIOperationResponse) bool {
	return slices.Contains([]int{404, 409, 429}, statusOf(r.Error))
}

// 500 is left out as well as the client errors.
func ThrottleAndUnavailable(r common.OCIOperationResponse) bool { // want "missedretry: "
	return slices.Contains([]int{429, 503}, statusOf(r.Error))
}

// The status as text, as a list of strings.
func StatusTexts(r common.OCIOperationResponse) bool { // want "missedretry: "
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return slices.Contains([]string{"429", "500", "503"}, strconv.Itoa(r.Response.HTTPResponse().StatusCode))
}

// Near miss: not in the list of statuses that hold no with-backoff row.
func NotHopeless(r common.OCIOperationResponse) bool {
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return !slices.Contains([]int{402, 403, 405, 412, 501}, r.Response.HTTPResponse().StatusCode)
}

// 404 is in the list of the hopeless: NotAuthorizedOrNotFound is left out.
func NotHopelessOrMissing(r common.OCIOperationResponse) bool { // want "missedretry: "
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return !slices.Contains([]int{402, 403, 404, 405, 412, 501}, r.Response.HTTPResponse().StatusCode)
}

// Near miss: the well-known example retries all twenty rows, and so misses none.
func NotSuccess(r common.OCIOperationResponse) bool {
	return !(r.Error == nil && 199 < r.Response.HTTPResponse().StatusCode && r.Response.HTTPResponse().StatusCode < 300)
}

// De Morgan: "not (400 to 499 but 429)".
func NegatedRange(r common.OCIOperationResponse) bool { // want "missedretry: "
	s := statusOf(r.Error)
	return !(s >= 400 && s <= 499 && s != 429)
}

// Near miss: the range begins above the statuses that hold with-backoff rows.
func NegatedUpperRange(r common.OCIOperationResponse) bool {
	s := statusOf(r.Error)
	return !(s >= 410 && s <= 428)
}
