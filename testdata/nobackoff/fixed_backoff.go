package nobackoff

import (
	"os"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A fixed backoff of zero, with the program's predicate.
func fixedZero() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithMaximumNumberAttempts(4),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(0)) // want "nobackoff: "
}

// Near miss: a fixed backoff of a millisecond.
func fixedMillisecond() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithMaximumNumberAttempts(4),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(time.Millisecond))
}

// The base's predicate retries 409 IncorrectState, 429, 500 and 503.
func fixedZeroOfDefault() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithFixedBackoff(0*time.Second)) // want "nobackoff: "
}

// Near miss: the base alone waits.
func onlyDefault() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithMaximumNumberAttempts(4))
}

// Near miss: one attempt is never sent again.
func fixedZeroOnce() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithMaximumNumberAttempts(1),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(0))
}

// 250 milliseconds in whole seconds are none.
func wholeSeconds() common.RetryPolicy {
	milliseconds := 250
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(time.Duration(milliseconds/1000)*time.Second)) // want "nobackoff: "
}

// Near miss: multiplied before it is divided.
func quarterSecond() common.RetryPolicy {
	milliseconds := 250
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(time.Duration(milliseconds)*time.Second/1000))
}

// An exponential backoff below a maximum of zero still has its jitter.
func exponentialZero() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithExponentialBackoff(0, 2.0))
}

// The last option wins: zero.
func zeroLast() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithExponentialBackoff(30*time.Second, 2.0),
		common.WithFixedBackoff(0)) // want "nobackoff: "
}

// Near miss: the last option wins: exponential.
func zeroFirstOption() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(0),
		common.WithExponentialBackoff(30*time.Second, 2.0))
}

// Near miss: the base comes last and brings its own backoff and predicate.
func baseLast() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.WithFixedBackoff(0),
		base())
}

// Near miss: behind a switch that may be off; then the base's backoff waits.
func conditionalZero() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithConditionalOption(os.Getenv("FAST") != "", common.WithFixedBackoff(0)))
}

// A condition that is always on.
func unconditionalZero() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithConditionalOption(true, common.WithFixedBackoff(0))) // want "nobackoff: "
}

// The option of a function; its literal is the place.
func optionZero() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithNextDuration(func(common.OCIOperationResponse) time.Duration { return time.Duration(0) })) // want "nobackoff: "
}

// Near miss: the delay is a parameter.
func fixedGiven(delay time.Duration) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(delay))
}

// Near miss: the delay comes from the environment.
func fixedFromEnvironment() common.RetryPolicy {
	delay, _ := time.ParseDuration(os.Getenv("RETRY_DELAY"))
	return common.NewRetryPolicyWithOptions(
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(delay))
}

// A slice of options, spread.
func spreadZero() common.RetryPolicy {
	options := []common.RetryPolicyOption{
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(0), // want "nobackoff: "
	}
	return common.NewRetryPolicyWithOptions(options...)
}

// Near miss: the same slice, a second in it.
func spreadSecond() common.RetryPolicy {
	options := []common.RetryPolicyOption{
		base(),
		common.WithShouldRetryOperation(transient),
		common.WithFixedBackoff(time.Second),
	}
	return common.NewRetryPolicyWithOptions(options...)
}
