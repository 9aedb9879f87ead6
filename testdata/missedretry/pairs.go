package missedretry

import (
	"net/http"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// isTransient restates seven of the eight with-backoff rows: 503 is forgotten.
func isTransient(e common.ServiceError) bool {
	return (e.GetHTTPStatusCode() == http.StatusTooManyRequests && e.GetCode() == "TooManyRequests") ||
		(e.GetHTTPStatusCode() == http.StatusInternalServerError && e.GetCode() == "InternalServerError") ||
		(e.GetHTTPStatusCode() == http.StatusConflict && e.GetCode() == "IncorrectState") ||
		(e.GetHTTPStatusCode() == http.StatusConflict && e.GetCode() == "NotAuthorizedOrResourceAlreadyExists") ||
		(e.GetHTTPStatusCode() == http.StatusNotFound && e.GetCode() == "NotAuthorizedOrNotFound") ||
		(e.GetHTTPStatusCode() == http.StatusUnauthorized && e.GetCode() == "NotAuthenticated") ||
		(e.GetHTTPStatusCode() == http.StatusBadRequest && e.GetCode() == "RelatedResourceNotAuthorizedOrNotFound")
}

// isTransientOrDown restates all eight.
func isTransientOrDown(e common.ServiceError) bool {
	return isTransient(e) || (e.GetHTTPStatusCode() == http.StatusServiceUnavailable && e.GetCode() == "ServiceUnavailable")
}

// 503 ServiceUnavailable is left out.
func sevenPairs() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		se, ok := common.IsServiceError(r.Error)
		return ok && isTransient(se)
	}, pause)
}

// Near miss: all eight.
func eightPairs() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && isTransientOrDown(se)
	}, pause)
}

// Near miss: all eight but IncorrectState, which is the rule incorrectstate's.
func eightPairsWithoutState() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && isTransientOrDown(se) && se.GetCode() != "IncorrectState"
	}, pause)
}

type pair struct {
	status int
	code   string
}

var table = map[pair]bool{
	{400, "RelatedResourceNotAuthorizedOrNotFound"}: true,
	{401, "NotAuthenticated"}:                       true,
	{404, "NotAuthorizedOrNotFound"}:                true,
	{409, "IncorrectState"}:                         true,
	{409, "NotAuthorizedOrResourceAlreadyExists"}:   true,
	{429, "TooManyRequests"}:                        true,
	{500, "InternalServerError"}:                    true,
	{503, "ServiceUnavailable"}:                     true,
}

var flawedTable = map[pair]bool{
	{400, "RelatedResourceNotAuthorizedOrNotFound"}: true,
	{401, "NotAuthenticated"}:                       true,
	{404, "NotAuthorizedOrNotFound"}:                true,
	{409, "IncorrectState"}:                         true,
	{409, "NotAuthorizedOrNotFound"}:                true, // no such pair; the real one is left out
	{429, "TooManyRequests"}:                        true,
	{500, "InternalServerError"}:                    true,
	{503, "ServiceUnavailable"}:                     true,
}

// Near miss: the table is complete.
func FromTable(r common.OCIOperationResponse) bool {
	return table[pair{statusOf(r.Error), codeOf(r.Error)}]
}

// The table has a pair that never comes in the place of one that does.
func FromFlawedTable(r common.OCIOperationResponse) bool { // want "missedretry: "
	return flawedTable[pair{statusOf(r.Error), codeOf(r.Error)}]
}

// Near miss: a table of refusals; what is not in it is retried.
var refusals = map[string]bool{
	"CannotParseRequest": true, "InvalidParameter": true, "LimitExceeded": true, "MissingParameter": true, "QuotaExceeded": true,
	"SignUpRequired": true, "NotAuthorized": true, "NotFound": true, "MethodNotAllowed": true, "InvalidatedRetryToken": true,
	"NoEtagMatch": true, "MethodNotImplemented": true,
}

func NotRefused(r common.OCIOperationResponse) bool {
	return r.Error != nil && !refusals[codeOf(r.Error)]
}

// One refusal too many: NotAuthenticated.
func NotRefusedNorAnonymous(r common.OCIOperationResponse) bool { // want "missedretry: "
	code := codeOf(r.Error)
	return r.Error != nil && !refusals[code] && code != "NotAuthenticated"
}
