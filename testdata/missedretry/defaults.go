package missedretry

import (
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
)

var isServiceError = common.IsServiceError

// The SDK's rules leave 401 out, and outside a window the three others.
func defaultRules() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		return common.DefaultShouldRetryOperation(r)
	}, pause)
}

// With the codes of eventual consistency only 401 is left out.
func defaultAndConsistency() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		return common.IsErrorRetryableByDefault(r.Error) || common.IsErrorAffectedByEventualConsistency(r.Error)
	}, pause)
}

// Near miss: 401 is there too.
func defaultAndConsistencyAndLogin() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		return common.IsErrorRetryableByDefault(r.Error) || common.IsErrorAffectedByEventualConsistency(r.Error) || statusOf(r.Error) == 401
	}, pause)
}

// Inside a window (which is free) the SDK's other predicate retries three more; 401 never.
func windowRules() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		return common.EventuallyConsistentShouldRetryOperation(r)
	}, pause)
}

// Near miss: with 401 no row is left out for ever.
func windowRulesAndLogin() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		return common.EventuallyConsistentShouldRetryOperation(r) || codeOf(r.Error) == "NotAuthenticated"
	}, pause)
}

// Through a variable that holds the SDK's function.
func throughVariable() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		se, ok := isServiceError(r.Error)
		return ok && (se.GetHTTPStatusCode() == 429 || se.GetHTTPStatusCode() >= 500)
	}, pause)
}

// Near miss: through the same variable, every service error.
func throughVariableAll() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		_, ok := isServiceError(r.Error)
		return ok
	}, pause)
}

// Near miss: errors that are not the service's are no rows; nothing of the rest is retried.
func othersOnly() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		var se common.ServiceError
		return r.Error != nil && !errors.As(r.Error, &se)
	}, pause)
}

// Near miss: the default policies name no predicate of the program.
func plain() []common.RetryPolicy {
	return []common.RetryPolicy{common.DefaultRetryPolicy(), common.DefaultRetryPolicyWithoutEventualConsistency(), common.NoRetryPolicy()}
}
