package nonretryable

import (
	"github.com/oracle/oci-go-sdk/v65/common"
)

// The well-known example: all twenty rows.
func NotSuccess(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return !(r.Error == nil && 199 < r.Response.HTTPResponse().StatusCode && r.Response.HTTPResponse().StatusCode < 300)
}

// Near miss: the same guard, but the SDK's own classifier answers for failures.
func NotSuccessThenDefault(r common.OCIOperationResponse) bool {
	if r.Error == nil && 199 < r.Response.HTTPResponse().StatusCode && r.Response.HTTPResponse().StatusCode < 300 {
		return false
	}
	return common.IsErrorRetryableByDefault(r.Error)
}

// 501 MethodNotImplemented is a server error too.
func EveryServerError(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() >= 500
}

// Near miss: 501 is taken out.
func EveryServerErrorButOne(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() >= 500 && se.GetHTTPStatusCode() != 501
}

// De Morgan: "not (below 500 or above 599)" is 500 to 599.
func NegatedRange(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return !(statusOf(r.Error) < 500 || statusOf(r.Error) > 599)
}

// Near miss: "not (below 500 or 501)".
func NegatedRangeWithHole(r common.OCIOperationResponse) bool {
	return !(statusOf(r.Error) < 500 || statusOf(r.Error) == 501)
}

// The hundreds digit by division.
func HundredsDigit(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return statusOf(r.Error)/100 == 5
}

// Near miss: the same division, and the one "no" code is excluded.
func HundredsDigitButCode(r common.OCIOperationResponse) bool {
	return statusOf(r.Error)/100 == 5 && codeOf(r.Error) != "MethodNotImplemented"
}

// Behind nil checks, which a failed response passes: every status from 400 on.
func ClientErrorsBehindNilChecks(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if r.Response == nil {
		return false
	}
	raw := r.Response.HTTPResponse()
	if raw == nil {
		return false
	}
	return raw.StatusCode >= 400
}

// Near miss: the answer is yes only where nothing was received, which no row stands for.
func OnlyWithoutResponse(r common.OCIOperationResponse) bool {
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return true
	}
	return false
}

// 402 is above 401 and below 404.
func BetweenBounds(r common.OCIOperationResponse) bool { // want "nonretryable: "
	const low, high = 401, 404
	status := statusOf(r.Error)
	return low < status && status < high
}

// Near miss: no row lies strictly between 405 and 409.
func BetweenBoundsWithoutRow(r common.OCIOperationResponse) bool {
	const low, high = 405, 409
	status := statusOf(r.Error)
	return low < status && status < high
}
