// Package helpers is a shared retry package: classifiers that are no place of their own, and factories of
// predicates and policies that the package above uses rightly and wrongly.
package helpers

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

type key struct {
	status int
	code   string
}

// withBackoff restates the catalog's with-backoff rows.
var withBackoff = map[key]bool{
	{http.StatusBadRequest, "RelatedResourceNotAuthorizedOrNotFound"}: true,
	{http.StatusUnauthorized, "NotAuthenticated"}:                     true,
	{http.StatusNotFound, "NotAuthorizedOrNotFound"}:                  true,
	{http.StatusConflict, "IncorrectState"}:                           true,
	{http.StatusConflict, "NotAuthorizedOrResourceAlreadyExists"}:     true,
	{http.StatusTooManyRequests, "TooManyRequests"}:                   true,
	{http.StatusInternalServerError, "InternalServerError"}:           true,
	{http.StatusServiceUnavailable, "ServiceUnavailable"}:             true,
}

// IsRetryable answers yes for exactly the with-backoff rows; a classifier is no place.
func IsRetryable(err error) bool {
	var se common.ServiceError
	if !errors.As(err, &se) {
		return false
	}
	return withBackoff[key{se.GetHTTPStatusCode(), se.GetCode()}]
}

// IsServerFault answers yes for 500, 501 and 503: wrong for 501, but it retries nothing by itself.
func IsServerFault(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode()/100 == 5
}

// Allowance is a decision as a duration: nothing for a client's fault, a while for the rest. 404 counts as the rest.
func Allowance(err error) time.Duration {
	se, ok := common.IsServiceError(err)
	if !ok {
		return 0
	}
	switch se.GetHTTPStatusCode() {
	case 400, 401, 402, 403, 405, 409, 412, 501:
		return 0
	}
	return time.Minute
}

// StrictAllowance differs from Allowance in one status: 404 gets nothing.
func StrictAllowance(err error) time.Duration {
	if se, ok := common.IsServiceError(err); ok && se.GetHTTPStatusCode() == 404 {
		return 0
	}
	return Allowance(err)
}

// OnStatuses makes a predicate that is right or wrong by its arguments alone: its callers are the places.
func OnStatuses(statuses ...int) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && slices.Contains(statuses, se.GetHTTPStatusCode())
	}
}

// PolicyForCodes makes a policy that is right or wrong by its arguments alone.
func PolicyForCodes(attempts uint, codes ...string) *common.RetryPolicy {
	wanted := make(map[string]struct{}, len(codes))
	for _, code := range codes {
		wanted[code] = struct{}{}
	}
	policy := common.NewRetryPolicy(attempts, func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		if !ok {
			return false
		}
		_, found := wanted[se.GetCode()]
		return found
	}, Pause)
	return &policy
}

// Until is wrong whatever the timeout is, so the place is here and not at its callers.
func Until(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return r.Error != nil && time.Since(start) < timeout
	}
}

// ServerFaults is a predicate of its own: its place is here, wherever it is installed.
func ServerFaults(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return IsServerFault(r.Error)
}

// Transient differs from ServerFaults in the classifier: only with-backoff rows.
func Transient(r common.OCIOperationResponse) bool {
	return IsRetryable(r.Error)
}

// Pause grows with the attempts.
func Pause(r common.OCIOperationResponse) time.Duration {
	return time.Duration(r.AttemptNumber) * time.Second
}
