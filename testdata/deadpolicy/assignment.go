package deadpolicy

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A copy of the default policy gets a predicate that is not asked outside a window.
func predicateOfDefault() common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	policy.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return policy
}

// The near miss: a copy of the default policy without eventual consistency.
func predicateOfDefaultWithoutWindow() common.RetryPolicy {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// Three dead assignments: one report, at the first.
func threeAssignments() common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	policy.MaximumNumberAttempts = 3 // want "deadpolicy: "
	policy.NextDuration = pause
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// Only the wait.
func durationOfDefault() common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	policy.NextDuration = func(common.OCIOperationResponse) time.Duration { return time.Second } // want "deadpolicy: "
	return policy
}

// Through a pointer to the copy.
func throughPointer() *common.RetryPolicy {
	copied := common.DefaultRetryPolicy()
	policy := &copied
	policy.MaximumNumberAttempts = 2 // want "deadpolicy: "
	return policy
}

// The near miss: through a pointer to a policy written out.
func throughPointerToWrittenOut() *common.RetryPolicy {
	policy := &common.RetryPolicy{ShouldRetryOperation: retryThrottled, NextDuration: pause}
	policy.MaximumNumberAttempts = 2
	return policy
}

// A policy that the option function makes handles eventual consistency too.
func predicateOfBuilt() common.RetryPolicy {
	policy := common.NewRetryPolicyWithOptions()
	policy.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return policy
}

// The near miss: made with the base.
func predicateOfBuiltWithBase() common.RetryPolicy {
	policy := common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()))
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// Made with the base and then with eventual consistency: the assignment reaches the outer policy only.
func predicateOfBuiltWithConsistency() common.RetryPolicy {
	policy := common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithEventualConsistency())
	policy.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return policy
}

// The same by the SDK's own function.
func predicateOfMadeConsistent() common.RetryPolicy {
	policy := common.EventuallyConsistentRetryPolicy(common.NewRetryPolicy(3, retryThrottled, pause))
	policy.ShouldRetryOperation = func(common.OCIOperationResponse) bool { return false } // want "deadpolicy: "
	return policy
}

// The near miss: assigned first, made consistent afterwards.
func predicateBeforeMadeConsistent() common.RetryPolicy {
	inner := common.DefaultRetryPolicyWithoutEventualConsistency()
	inner.ShouldRetryOperation = retryThrottled
	return common.EventuallyConsistentRetryPolicy(inner)
}

// The inner policy is changed too.
func innerChangedToo() common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	policy.ShouldRetryOperation = retryThrottled
	policy.NonEventuallyConsistentPolicy.ShouldRetryOperation = retryThrottled
	return policy
}

// The inner policy is replaced, before the assignment.
func innerReplaced() common.RetryPolicy {
	inner := common.NewRetryPolicy(3, retryThrottled, pause)
	policy := common.DefaultRetryPolicy()
	policy.NonEventuallyConsistentPolicy = &inner
	policy.MaximumNumberAttempts = 3
	return policy
}

// What chooses between the two policies is replaced.
func choiceReplaced() common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	policy.ShouldRetryOperation = retryThrottled
	policy.DeterminePolicyToUse = func(p common.RetryPolicy) (common.RetryPolicy, *time.Time, float64) {
		return p, nil, 1
	}
	return policy
}

// Fields that the rule does not name.
func otherFields() common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	policy.MaxSleepBetween = 10
	policy.MinSleepBetween = 1
	return policy
}

// The older constructor's policy does not handle eventual consistency.
func durationOfOlderConstructor() common.RetryPolicy {
	policy := common.NewRetryPolicy(3, retryThrottled, pause)
	policy.NextDuration = func(common.OCIOperationResponse) time.Duration { return time.Second }
	return policy
}

// Nor does NoRetryPolicy.
func attemptsOfNoRetry() common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.MaximumNumberAttempts = 2
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// On one way the policy does not handle eventual consistency.
func plainOnOneWay(everywhere bool) common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	if !everywhere {
		policy = common.DefaultRetryPolicyWithoutEventualConsistency()
	}
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// Nobody knows the caller's policy.
func predicateOfTheCallers(policy *common.RetryPolicy) {
	policy.ShouldRetryOperation = retryThrottled
}

// The default policy is only read.
func defaultOnlyRead() common.RetryPolicy {
	usual := common.DefaultRetryPolicy()
	policy := common.NewRetryPolicy(usual.MaximumNumberAttempts, retryThrottled, pause)
	policy.NextDuration = usual.NextDuration
	return policy
}
