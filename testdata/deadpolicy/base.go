package deadpolicy

import (
	"time"

	ocicommon "github.com/oracle/oci-go-sdk/v65/common"
)

// The base comes last and takes everything back.
func baseLast() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions( // want "deadpolicy: "
		ocicommon.WithMaximumNumberAttempts(4),
		ocicommon.WithShouldRetryOperation(retryThrottled),
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.DefaultRetryPolicyWithoutEventualConsistency()))
}

// The near miss: the same options, the base first.
func baseFirst() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.DefaultRetryPolicyWithoutEventualConsistency()),
		ocicommon.WithMaximumNumberAttempts(4),
		ocicommon.WithShouldRetryOperation(retryThrottled))
}

// The base handles eventual consistency itself.
func baseWithEventualConsistency() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions( // want "deadpolicy: "
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.DefaultRetryPolicy()),
		ocicommon.WithShouldRetryOperation(retryThrottled))
}

// A base that is made to handle eventual consistency.
func baseMadeConsistent() ocicommon.RetryPolicy {
	base := ocicommon.EventuallyConsistentRetryPolicy(ocicommon.DefaultRetryPolicyWithoutEventualConsistency())
	return ocicommon.NewRetryPolicyWithOptions( // want "deadpolicy: "
		ocicommon.ReplaceWithValuesFromRetryPolicy(base),
		ocicommon.WithFixedBackoff(2*time.Second))
}

// Between the base and the predicate eventual consistency comes back.
func consistencyBetween() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions( // want "deadpolicy: "
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.DefaultRetryPolicyWithoutEventualConsistency()),
		ocicommon.WithEventualConsistency(),
		ocicommon.WithShouldRetryOperation(retryThrottled))
}

// The near miss: it comes after the predicate, which so belongs to the inner policy.
func consistencyAfter() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.DefaultRetryPolicyWithoutEventualConsistency()),
		ocicommon.WithShouldRetryOperation(retryThrottled),
		ocicommon.WithEventualConsistency())
}

// Without the base, eventual consistency is there from the start, and asking for it again changes nothing.
func consistencyAfterWithoutBase() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions( // want "deadpolicy: "
		ocicommon.WithShouldRetryOperation(retryThrottled),
		ocicommon.WithEventualConsistency())
}

// NoRetryPolicy does not handle eventual consistency either.
func baseWithoutRetries() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.NoRetryPolicy()),
		ocicommon.WithMaximumNumberAttempts(2),
		ocicommon.WithShouldRetryOperation(retryThrottled))
}

// Nor does what the older constructor makes.
func baseFromOlderConstructor() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(ocicommon.NewRetryPolicy(3, retryThrottled, pause)),
		ocicommon.WithFixedBackoff(2*time.Second))
}

// Nor does a policy written out.
func baseWrittenOut() ocicommon.RetryPolicy {
	base := ocicommon.RetryPolicy{MaximumNumberAttempts: 3, ShouldRetryOperation: retryThrottled, NextDuration: pause}
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(base),
		ocicommon.WithMaximumNumberAttempts(6))
}

// Nobody knows the caller's base.
func baseOfTheCaller(base ocicommon.RetryPolicy) ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(base),
		ocicommon.WithMaximumNumberAttempts(6))
}

var plainBase = ocicommon.DefaultRetryPolicyWithoutEventualConsistency()

// The base is a variable of the package.
func baseOfThePackage() ocicommon.RetryPolicy {
	return ocicommon.NewRetryPolicyWithOptions(
		ocicommon.ReplaceWithValuesFromRetryPolicy(plainBase),
		ocicommon.WithMaximumNumberAttempts(6))
}
