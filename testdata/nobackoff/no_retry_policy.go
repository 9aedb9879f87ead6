package nobackoff

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// NoRetryPolicy has one attempt, a predicate that says no and a pause of zero (v65.129.0: retry.go, NoRetryPolicy). What is
// given more attempts and another predicate keeps the pause.

func throttledAlone(r common.OCIOperationResponse) bool {
	failure, ok := common.IsServiceError(r.Error)
	return ok && failure.GetHTTPStatusCode() == 429
}

type policyBox struct{ policy common.RetryPolicy }

func (b *policyBox) fill(attempts uint) {
	b.policy = common.NoRetryPolicy() // want "nobackoff: "
	b.policy.MaximumNumberAttempts = attempts
	b.policy.ShouldRetryOperation = throttledAlone
}

func bare() common.RetryPolicy { return common.NoRetryPolicy() }

func fromHelper() *common.RetryPolicy {
	policy := bare() // want "nobackoff: "
	policy.ShouldRetryOperation, policy.MaximumNumberAttempts = common.DefaultShouldRetryOperation, 3
	return &policy
}

func fromOptions(often bool) common.RetryPolicy {
	base := common.ReplaceWithValuesFromRetryPolicy(common.NoRetryPolicy()) // want "nobackoff: "
	attempts := uint(2)
	if often {
		attempts = 7
	}
	return common.NewRetryPolicyWithOptions(base, common.WithShouldRetryOperation(throttledAlone), common.WithMaximumNumberAttempts(attempts))
}

// It still has one attempt.
func onlyPredicate() common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.ShouldRetryOperation = throttledAlone
	return policy
}

// Its predicate still says no.
func onlyAttempts() common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.MaximumNumberAttempts = 5
	return policy
}

// It has a pause as well.
func withPause() common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.ShouldRetryOperation, policy.MaximumNumberAttempts = throttledAlone, 5
	policy.NextDuration = func(common.OCIOperationResponse) time.Duration { return 3 * time.Second }
	return policy
}

func withPauseByOption() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.NoRetryPolicy()),
		common.WithMaximumNumberAttempts(5),
		common.WithExponentialBackoff(20*time.Second, 2),
		common.WithShouldRetryOperation(throttledAlone))
}
