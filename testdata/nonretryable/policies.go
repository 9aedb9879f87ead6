package nonretryable

import (
	"os"
	"strconv"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A package-level composite literal with literals that capture nothing: all rows.
var literalPolicy = common.RetryPolicy{
	MaximumNumberAttempts: 10,
	ShouldRetryOperation: func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return r.Error != nil
	},
	NextDuration: pause,
}

// Near miss: the same literal, one attempt.
var oneAttemptLiteral = common.RetryPolicy{
	MaximumNumberAttempts: 1,
	ShouldRetryOperation: func(r common.OCIOperationResponse) bool {
		return r.Error != nil
	},
	NextDuration: pause,
}

// Two attempts are one retry.
func twoAttempts() common.RetryPolicy {
	return common.NewRetryPolicy(2, func(r common.OCIOperationResponse) bool { return r.Error != nil }, pause) // want "nonretryable: "
}

// Near miss: one attempt is none.
func oneAttempt() common.RetryPolicy {
	return common.NewRetryPolicy(1, func(r common.OCIOperationResponse) bool { return r.Error != nil }, pause)
}

// Zero is without limit, not "none".
func unlimitedAttempts() common.RetryPolicy {
	return common.NewRetryPolicy(common.UnlimitedNumAttemptsValue, func(r common.OCIOperationResponse) bool { return r.Error != nil }, pause) // want "nonretryable: "
}

// NoRetryPolicy has one attempt, whatever its predicate says.
func noRetryWithPredicate() common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.ShouldRetryOperation = func(r common.OCIOperationResponse) bool { return r.Error != nil }
	return policy
}

// Near miss: it is given more attempts.
func noRetryWithAttempts() common.RetryPolicy {
	policy := common.NoRetryPolicy()
	policy.MaximumNumberAttempts = 6
	policy.NextDuration = pause
	policy.ShouldRetryOperation = func(r common.OCIOperationResponse) bool { return r.Error != nil } // want "nonretryable: "
	return policy
}

// A field assignment on a policy of the program's own factory.
func reassigned() common.RetryPolicy {
	policy := twoAttempts()
	policy.ShouldRetryOperation = func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return statusOf(r.Error) == 400
	}
	return policy
}

// Without a base the predicate is dead outside a window, but inside one it is asked.
func deadPolicy() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.WithShouldRetryOperation(func(r common.OCIOperationResponse) bool { // want "nonretryable: "
			return statusOf(r.Error) == 404
		}))
}

// Near miss: the option is there, its predicate is sound.
func soundOptions() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithShouldRetryOperation(func(r common.OCIOperationResponse) bool {
			return statusOf(r.Error) == 401
		}))
}

// NoRetryPolicy and the default policies name no predicate of the program.
func plainPolicies() []common.RetryPolicy {
	return []common.RetryPolicy{common.NoRetryPolicy(), common.DefaultRetryPolicy(), common.DefaultRetryPolicyWithoutEventualConsistency()}
}

type limiter struct {
	tries uint
	last  time.Time
}

// A method value is the predicate; the place is the method's name.
func (l *limiter) shouldRetry(r common.OCIOperationResponse) bool { // want "nonretryable: "
	l.last = time.Now()
	return r.AttemptNumber < l.tries && statusOf(r.Error) != 400
}

// Near miss: the other method retries one row.
func (l *limiter) shouldRetryThrottle(r common.OCIOperationResponse) bool {
	l.last = time.Now()
	return r.AttemptNumber < l.tries && statusOf(r.Error) == 429
}

func (l *limiter) policies() (a, b common.RetryPolicy) {
	a = common.NewRetryPolicy(l.tries, l.shouldRetry, pause)
	b = common.NewRetryPolicy(l.tries, l.shouldRetryThrottle, pause)
	return a, b
}

// isClientFault has the type of a predicate, but is only called: it is judged through its two callers.
func isClientFault(r common.OCIOperationResponse) bool {
	s := statusOf(r.Error)
	return s >= 400 && s < 500 || s == 501
}

// Negated, 500 and 503 are left.
func NotClientFault(r common.OCIOperationResponse) bool {
	return r.Error != nil && !isClientFault(r)
}

// Near miss: not negated, so that all client faults are retried.
func ClientFault(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && isClientFault(r)
}

// Nobody uses it; a predicate counts all the same.
func unusedPredicate(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return codeOf(r.Error) == "NotAuthorized"
}

// A switch from the environment is free: with it on, everything is retried.
func environmentSwitch() common.RetryPolicy {
	always, _ := strconv.ParseBool(os.Getenv("RETRY_ALWAYS"))
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if always {
			return r.Error != nil
		}
		return statusOf(r.Error) == 429
	}, pause)
}

// Near miss: a switch that only turns retrying off.
func environmentSwitchOff() common.RetryPolicy {
	never, _ := strconv.ParseBool(os.Getenv("RETRY_NEVER"))
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		if never {
			return false
		}
		return statusOf(r.Error) == 429
	}, pause)
}

// Undetermined: a status from the environment is compared with the row's.
func environmentStatus() common.RetryPolicy {
	extra, _ := strconv.Atoi(os.Getenv("RETRY_STATUS"))
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		return statusOf(r.Error) == extra
	}, pause)
}

// The attempts are free, so that all rows are sent again at least once.
func CountsOnly(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.AttemptNumber < 3
}

// A counter captured by the closure is free.
func capturedCounter() common.RetryPolicy {
	failures := 0
	return common.NewRetryPolicy(10, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		failures++
		return failures < 5 && codeOf(r.Error) == "MethodNotAllowed"
	}, pause)
}

// Near miss: the counter is asked, and nothing but a throttle passes.
func capturedCounterThrottle() common.RetryPolicy {
	failures := 0
	return common.NewRetryPolicy(10, func(r common.OCIOperationResponse) bool {
		failures++
		return failures < 5 && codeOf(r.Error) == "TooManyRequests"
	}, pause)
}

type decider interface {
	Decide(err error) bool
}

// Undetermined: the concrete decider is not known here.
func decided(d decider) common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return d.Decide(r.Error) }, pause)
}

// The policy for everything; all rows but the success test.
func installGlobal() {
	policy := common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return !(r.Error == nil)
	}, pause)
	common.GlobalRetry = &policy
}

// Near miss: installed in the same way, never yes.
func installGlobalNever() {
	policy := common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		return r.Error == nil && r.Response.HTTPResponse().StatusCode == 202
	}, pause)
	common.GlobalRetry = &policy
}
