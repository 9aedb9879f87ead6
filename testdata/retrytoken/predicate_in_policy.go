package retrytoken

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

func wait(r common.OCIOperationResponse) time.Duration {
	return time.Duration(r.AttemptNumber) * time.Second
}

// A literal in the constructor's call.
func literalInConstructor() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "retrytoken: "
		return isConflict(r.Error)
	}, wait)
}

// The near miss: a policy of one attempt never sends again.
func literalInPolicyOfOneAttempt() common.RetryPolicy {
	return common.NewRetryPolicy(1, func(r common.OCIOperationResponse) bool {
		return isConflict(r.Error)
	}, wait)
}

// The near miss: the literal asks for the attempts only where the error is 429.
func throttleInConstructor() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && se.GetHTTPStatusCode() == 429 && r.AttemptNumber < 4
	}, wait)
}

// A literal in a field.
var policyWrittenOut = common.RetryPolicy{
	MaximumNumberAttempts: 5,
	ShouldRetryOperation: func(r common.OCIOperationResponse) bool { // want "retrytoken: "
		se, ok := common.IsServiceError(r.Error)
		return ok && (se.GetCode() == "InvalidatedRetryToken" || se.GetCode() == "IncorrectState")
	},
	NextDuration: wait,
}

// A literal assigned to a field; the counter bounds it and nothing more.
func literalAssigned() common.RetryPolicy {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	policy.ShouldRetryOperation = func(r common.OCIOperationResponse) bool { // want "retrytoken: "
		return r.AttemptNumber < 5 && isConflict(r.Error)
	}
	return policy
}

type retrier struct {
	attempts uint
}

// A method whose value is the predicate.
func (t retrier) shouldRetry(r common.OCIOperationResponse) bool { // want "retrytoken: "
	return r.AttemptNumber < t.attempts && isConflict(r.Error)
}

func methodValue() common.RetryPolicy {
	return common.NewRetryPolicy(0, retrier{attempts: 3}.shouldRetry, wait)
}

// A factory: wrong whatever time it is given.
func conflictUntil(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool { // want "retrytoken: "
		return time.Since(start) < timeout && isConflict(r.Error)
	}
}

func policyUntil() common.RetryPolicy {
	return common.NewRetryPolicy(0, conflictUntil(time.Hour), wait)
}

// A factory that is as right or wrong as the code it is given.
func retryOn(code string) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && se.GetCode() == code
	}
}

// The call that passes the bad code.
func factoryWithToken() common.RetryPolicy {
	return common.NewRetryPolicy(4, retryOn("InvalidatedRetryToken"), wait) // want "retrytoken: "
}

// The near miss: the call that passes a good one.
func factoryWithState() common.RetryPolicy {
	return common.NewRetryPolicy(4, retryOn("IncorrectState"), wait)
}
