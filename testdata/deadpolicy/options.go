package deadpolicy

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// The predicate is set on the outer policy; outside a window the inner one's is asked.
func predicateOnly() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithShouldRetryOperation(retryThrottled)) // want "deadpolicy: "
}

// The near miss: the base without eventual consistency comes first.
func predicateAfterBase() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithShouldRetryOperation(retryThrottled))
}

// Only the attempts are set: outside a window there are eight all the same.
func attemptsOnly(ctx context.Context, client identity.IdentityClient, id string) error {
	policy := common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(3)) // want "deadpolicy: "
	_, err := client.GetUser(ctx, identity.GetUserRequest{
		UserId:          &id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
	return err
}

// The near miss: the attempts after the base.
func attemptsAfterBase(ctx context.Context, client identity.IdentityClient, id string) error {
	policy := common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithMaximumNumberAttempts(3))
	_, err := client.GetUser(ctx, identity.GetUserRequest{
		UserId:          &id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
	return err
}

// One attempt is no exception.
func oneAttempt() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(1)) // want "deadpolicy: "
}

// Unlimited attempts.
func unlimitedAttempts() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithUnlimitedAttempts(time.Hour)) // want "deadpolicy: "
}

// A fixed backoff.
func fixedBackoff() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithFixedBackoff(5 * time.Second)) // want "deadpolicy: "
}

// An exponential backoff.
func exponentialBackoff() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithExponentialBackoff(time.Minute, 2)) // want "deadpolicy: "
}

// The near miss: the backoff after a base.
func exponentialBackoffAfterBase() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithExponentialBackoff(time.Minute, 2))
}

// The function that says how long to wait.
func nextDuration() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithNextDuration(pause)) // want "deadpolicy: "
}

// All of them: one report, at the call.
func everythingWithoutBase() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.WithMaximumNumberAttempts(4),
		common.WithExponentialBackoff(time.Minute, 2),
		common.WithShouldRetryOperation(retryThrottled))
}

// No options: nothing is set, so nothing is dead.
func noOptions() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions()
}

// Only eventual consistency is asked for.
func eventualConsistencyOnly() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithEventualConsistency())
}

// The SDK's older constructor starts without eventual consistency.
func olderConstructor() common.RetryPolicy {
	return common.NewRetryPolicy(4, retryThrottled, pause)
}

// A policy of the package, made when the program starts.
var packagePolicy = common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(5)) // want "deadpolicy: "

// The near miss: a policy of the package with the base.
var packagePolicyWithBase = common.NewRetryPolicyWithOptions(
	common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
	common.WithMaximumNumberAttempts(5))

// The policy for all clients.
func globalPolicy() {
	policy := common.NewRetryPolicyWithOptions(common.WithShouldRetryOperation(retryThrottled)) // want "deadpolicy: "
	common.GlobalRetry = &policy
}
