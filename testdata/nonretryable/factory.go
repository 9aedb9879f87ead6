package nonretryable

import (
	"slices"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"

	"testdata/nonretryable/helpers"
)

// Wrong whatever the timeout is: a bound of time is free.
func retryUntil(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if time.Since(start) > timeout {
			return false
		}
		return statusOf(r.Error) == 404 || statusOf(r.Error) == 429
	}
}

// Near miss: bounded in the same way, one row with backoff.
func retryThrottleUntil(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool {
		if time.Since(start) > timeout {
			return false
		}
		return statusOf(r.Error) == 429
	}
}

// Wrong whatever the number of attempts is.
func retryTimes(attempts uint) common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return r.Error != nil && r.AttemptNumber < attempts
	}, pause)
}

// The closure's answer hangs on the list it is given: its callers are the places.
func retryStatuses(statuses ...int) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		return slices.Contains(statuses, statusOf(r.Error))
	}
}

// 400 is mostly "no".
func badList() func(common.OCIOperationResponse) bool {
	return retryStatuses(400, 429) // want "nonretryable: "
}

// Near miss: the same factory, a sound list.
func goodList() func(common.OCIOperationResponse) bool {
	return retryStatuses(429, 500, 503)
}

// The factory lives in another package; its call here passes the bad status.
func badListAbroad() common.RetryPolicy {
	return common.NewRetryPolicy(3, helpers.OnStatuses(404), pause) // want "nonretryable: "
}

// Near miss: a sound status.
func goodListAbroad() common.RetryPolicy {
	return common.NewRetryPolicy(3, helpers.OnStatuses(429), pause)
}

// A policy factory in another package is given the codes.
func badCodesAbroad() *common.RetryPolicy {
	return helpers.PolicyForCodes(5, "TooManyRequests", "QuotaExceeded") // want "nonretryable: "
}

// Near miss: both codes are with backoff.
func goodCodesAbroad() *common.RetryPolicy {
	return helpers.PolicyForCodes(5, "TooManyRequests", "ServiceUnavailable")
}

// Near miss: wrong there whatever it is given, so it is reported there and not here.
func foreignUntil() func(common.OCIOperationResponse) bool {
	return helpers.Until(time.Minute)
}

// The classifier is the factory's argument.
func retryWhen(classify func(error) bool) *common.RetryPolicy {
	policy := common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return classify(r.Error) }, pause)
	return &policy
}

// 501 is a server's fault as well.
func badClassifier() *common.RetryPolicy {
	return retryWhen(isServerSide) // want "nonretryable: "
}

// Near miss: a sound classifier.
func goodClassifier() *common.RetryPolicy {
	return retryWhen(isThrottled)
}

// Undetermined: nobody here knows the codes of the configuration.
func FromConfiguration(codes []string) common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		return slices.Contains(codes, codeOf(r.Error))
	}, pause)
}

type settings struct {
	lowest   int
	classify func(error) bool
	insist   bool
}

// Undetermined: the lowest status is configuration.
func (s *settings) FromLowest() common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		return statusOf(r.Error) >= s.lowest
	}, pause)
}

// Undetermined: the function in the field is not known.
func (s *settings) FromClassifier() common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		return s.classify(r.Error)
	}, pause)
}

// A switch in the settings is free, not undetermined: with it on, 403 is retried.
func (s *settings) FromSwitch() common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if s.insist && statusOf(r.Error) == 403 {
			return true
		}
		return statusOf(r.Error) == 429
	}, pause)
}

// A duration decides: 404 is allowed a minute.
func byAllowance() func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return time.Since(r.InitialAttemptTime) < helpers.Allowance(r.Error)
	}
}

// Near miss: 404 is allowed nothing, and no elapsed time is below nothing.
func byStrictAllowance() func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		return time.Since(r.InitialAttemptTime) < helpers.StrictAllowance(r.Error)
	}
}

// Tables of functions by service name.
var allowances = map[string]func(error) time.Duration{
	"core":     helpers.Allowance,
	"identity": helpers.StrictAllowance,
}

// The function that the name chooses allows 404 a minute.
func byTable() func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return allowances["core"](r.Error) > time.Since(r.InitialAttemptTime)
	}
}

// Near miss: the other name chooses the strict one.
func byStrictTable() func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		return allowances["identity"](r.Error) > time.Since(r.InitialAttemptTime)
	}
}
