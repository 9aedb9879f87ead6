package nobackoff

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A composite literal; everything is retried at once.
var literalPolicy = common.RetryPolicy{
	MaximumNumberAttempts: 10,
	ShouldRetryOperation:  func(r common.OCIOperationResponse) bool { return r.Error != nil },
	NextDuration:          func(common.OCIOperationResponse) time.Duration { return 0 }, // want "nobackoff: "
}

// Near miss: one attempt.
var literalOnce = common.RetryPolicy{
	MaximumNumberAttempts: 1,
	ShouldRetryOperation:  func(r common.OCIOperationResponse) bool { return r.Error != nil },
	NextDuration:          func(common.OCIOperationResponse) time.Duration { return 0 },
}

// Near miss: it waits.
var literalGrowing = common.RetryPolicy{
	MaximumNumberAttempts: 10,
	ShouldRetryOperation:  func(r common.OCIOperationResponse) bool { return r.Error != nil },
	NextDuration:          growing,
}

// The field is assigned later.
func assigned() *common.RetryPolicy {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	policy.NextDuration = func(common.OCIOperationResponse) time.Duration { return 0 } // want "nobackoff: "
	return &policy
}

// Near miss: the field is assigned, then assigned again.
func assignedTwice() *common.RetryPolicy {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	policy.NextDuration = func(common.OCIOperationResponse) time.Duration { return 0 }
	policy.NextDuration = growing
	return &policy
}

// Near miss: NoRetryPolicy answers zero and never retries.
func none0() *common.RetryPolicy {
	policy := common.NoRetryPolicy()
	return &policy
}

// Near miss: NoRetryPolicy with a predicate is still one attempt.
func nonePredicate() *common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.ShouldRetryOperation = transient
	return &policy
}

// Near miss: the policy retries nothing but a "no" row, so no with-backoff row is sent at once.
func onlyInvalidParameter() *common.RetryPolicy {
	policy := common.RetryPolicy{
		MaximumNumberAttempts: 3,
		ShouldRetryOperation: func(r common.OCIOperationResponse) bool {
			se, ok := common.IsServiceError(r.Error)
			return ok && se.GetCode() == "InvalidParameter"
		},
		NextDuration: func(common.OCIOperationResponse) time.Duration { return 0 },
	}
	return &policy
}

// One with-backoff row is enough.
func onlyIncorrectState() *common.RetryPolicy {
	policy := common.RetryPolicy{
		MaximumNumberAttempts: 3,
		ShouldRetryOperation: func(r common.OCIOperationResponse) bool {
			se, ok := common.IsServiceError(r.Error)
			return ok && se.GetCode() == "IncorrectState"
		},
		NextDuration: func(common.OCIOperationResponse) time.Duration { return 0 }, // want "nobackoff: "
	}
	return &policy
}

// Near miss: only failures of the network are retried, which no row stands for.
func onlyNetwork() *common.RetryPolicy {
	policy := common.RetryPolicy{
		MaximumNumberAttempts: 3,
		ShouldRetryOperation:  func(r common.OCIOperationResponse) bool { return common.IsNetworkError(r.Error) },
		NextDuration:          func(common.OCIOperationResponse) time.Duration { return 0 },
	}
	return &policy
}

// Near miss: what is retried is configuration, undetermined.
func configured(statuses map[int]bool) *common.RetryPolicy {
	policy := common.RetryPolicy{
		MaximumNumberAttempts: 3,
		ShouldRetryOperation:  func(r common.OCIOperationResponse) bool { return statuses[statusOf(r.Error)] },
		NextDuration:          func(common.OCIOperationResponse) time.Duration { return 0 },
	}
	return &policy
}

type waiter struct{ unit time.Duration }

// A method value answers zero; the place is the method's name.
func (w waiter) immediately(common.OCIOperationResponse) time.Duration { // want "nobackoff: "
	return 0
}

// Near miss: the method answers a field that is not known here.
func (w waiter) after(common.OCIOperationResponse) time.Duration { return w.unit }

func (w waiter) policies() (a, b common.RetryPolicy) {
	a = common.NewRetryPolicy(3, common.DefaultShouldRetryOperation, w.immediately)
	b = common.NewRetryPolicy(3, common.DefaultShouldRetryOperation, w.after)
	return a, b
}

// The SDK's own function that answers zero, in a policy that retries: the place is where it is named.
func borrowedZero() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, common.NoRetryPolicy().NextDuration) // want "nobackoff: "
}

// Near miss: the default's function waits.
func borrowedDefault() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, common.DefaultRetryPolicyWithoutEventualConsistency().NextDuration)
}

// A function kept in a variable that is assigned once.
var immediately = func(common.OCIOperationResponse) time.Duration { return 0 } // want "nobackoff: "

func fromVariable() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, immediately)
}

// Near miss: the function comes from the caller.
func fromCaller(next func(common.OCIOperationResponse) time.Duration) common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, next)
}
