package nonretryable

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

type condition func(common.OCIOperationResponse) bool

func hasStatus(statuses ...int) condition {
	return func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		for _, status := range statuses {
			if ok && se.GetHTTPStatusCode() == status {
				return true
			}
		}
		return false
	}
}

func hasCode(code string) condition {
	return func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && se.GetCode() == code
	}
}

func allOf(conditions ...condition) condition {
	return func(r common.OCIOperationResponse) bool {
		for _, holds := range conditions {
			if !holds(r) {
				return false
			}
		}
		return true
	}
}

func anyOf(conditions ...condition) condition {
	return func(r common.OCIOperationResponse) bool {
		for _, holds := range conditions {
			if holds(r) {
				return true
			}
		}
		return false
	}
}

func not(holds condition) condition {
	return func(r common.OCIOperationResponse) bool { return !holds(r) }
}

func everySecond(common.OCIOperationResponse) time.Duration { return time.Second }

// The near miss: a status alone, but asked together with the code.
func narrowed() common.RetryPolicy {
	return common.NewRetryPolicy(4, allOf(hasStatus(404), hasCode("NotAuthorizedOrNotFound")), everySecond)
}

// The status is asked on its own.
func widened() common.RetryPolicy {
	return common.NewRetryPolicy(4, anyOf(hasStatus(404), hasCode("IncorrectState")), everySecond) // want "nonretryable: "
}

// Everything but one.
func allButOne() common.RetryPolicy {
	return common.NewRetryPolicy(4, not(hasCode("NotFound")), everySecond) // want "nonretryable: "
}

// failed is a part of others: alone it would retry everything.
func failed(r common.OCIOperationResponse) bool { return r.Error != nil }

// The near miss: it is always asked together with something else.
func failedAndKnown() common.RetryPolicy {
	return common.NewRetryPolicy(4, allOf(failed, hasStatus(429, 503)), everySecond)
}

// A list of statuses with a default.
type listedStatuses struct{ statuses []int }

func retriesListed(s *listedStatuses) condition {
	if s == nil {
		s = &listedStatuses{statuses: []int{400, 429}}
	}
	return func(r common.OCIOperationResponse) bool { return hasStatus(s.statuses...)(r) }
}

// The near miss: the list is not known here, only what stands in for it.
func listedOrDefault(s *listedStatuses) common.RetryPolicy {
	return common.NewRetryPolicy(4, condition(retriesListed(s)), everySecond)
}

// The default's 400 is retried here for certain.
func listedByDefault() common.RetryPolicy {
	return common.NewRetryPolicy(4, retriesListed(nil), everySecond) // want "nonretryable: "
}

type asker interface {
	Ask(r common.OCIOperationResponse) bool
}

type asksForMissing struct{}

// A method that is a predicate is reported once, wherever its value is taken.
func (asksForMissing) Ask(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() == 501
}

func policyOf(a asker) common.RetryPolicy { return common.NewRetryPolicy(4, a.Ask, everySecond) }

func asking() common.RetryPolicy { return policyOf(asksForMissing{}) }

// A table by status.
var byStatus = [600]bool{412: true, 429: true}

func tableByStatus(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && byStatus[se.GetHTTPStatusCode()]
}

// The near miss: a table that somebody else fills.
func tableOfOthers(table []bool) common.RetryPolicy {
	return common.NewRetryPolicy(4, func(r common.OCIOperationResponse) bool {
		se, ok := common.IsServiceError(r.Error)
		return ok && table[se.GetHTTPStatusCode()]
	}, everySecond)
}

// A literal in a local variable that is only called is judged through those that call it.
func calledByLiteral(start time.Time) common.RetryPolicy {
	anyServiceError := func(r common.OCIOperationResponse) bool {
		_, ok := common.IsServiceError(r.Error)
		return ok
	}
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return anyServiceError(r) && time.Since(start) < time.Minute
	}, everySecond)
}

// Near miss: who calls it narrows it down.
func narrowedByLiteral() common.RetryPolicy {
	anyFailure := func(r common.OCIOperationResponse) bool { return r.Error != nil }
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		return anyFailure(r) && statusOf(r.Error) == 429
	}, everySecond)
}

// It is passed on as well.
func calledAndPassed() (a, b common.RetryPolicy) {
	anyFailure := func(r common.OCIOperationResponse) bool { return r.Error != nil } // want "nonretryable: "
	throttled := func(r common.OCIOperationResponse) bool { return anyFailure(r) && statusOf(r.Error) == 429 }
	return common.NewRetryPolicy(3, anyFailure, everySecond), common.NewRetryPolicy(3, throttled, everySecond)
}
