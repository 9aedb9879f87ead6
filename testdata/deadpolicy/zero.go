package deadpolicy

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// What zero attempts do was run against v65.129.0: a policy that handles eventual consistency is refused, and the request
// is never sent (retry.go, validate); another one has no end (shouldContinueIssuingRequests).

const none = 0

func base() common.RetryPolicyOption {
	return common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())
}

func refusedUnsent() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(none)) // want "deadpolicy: sets zero attempts on a policy that handles eventual consistency"
}

// The base comes first, and eventual consistency again after it.
func refusedInside() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(base(), common.WithMaximumNumberAttempts(none), common.WithEventualConsistency()) // want "deadpolicy: sets zero attempts on a policy that handles eventual consistency"
}

func endlessByZero() common.RetryPolicy {
	options := []common.RetryPolicyOption{base(), common.WithFixedBackoff(2 * time.Second)}
	options = append(options, common.WithMaximumNumberAttempts(0))
	return common.NewRetryPolicyWithOptions(options...) // want "deadpolicy: sets zero attempts, which the SDK takes for attempts without an end"
}

// Its name says what it is for.
func endlessByName() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(base(), common.WithMaximumNumberAttempts(common.UnlimitedNumAttemptsValue))
}

// A bound in time follows.
func boundedInTime() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(base(), common.WithMaximumNumberAttempts(0), common.WithUnlimitedAttempts(time.Hour))
}

// The number of attempts is set again, or is not known.
func setAgain(attempts uint, always bool) []common.RetryPolicy {
	return []common.RetryPolicy{
		common.NewRetryPolicyWithOptions(base(), common.WithMaximumNumberAttempts(0), common.WithMaximumNumberAttempts(6)),
		common.NewRetryPolicyWithOptions(base(), common.WithMaximumNumberAttempts(attempts)),
		common.NewRetryPolicyWithOptions(base(), common.WithConditionalOption(always, common.WithMaximumNumberAttempts(0))),
	}
}
