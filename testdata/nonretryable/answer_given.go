package nonretryable

import (
	"encoding/json"
	"slices"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// What a factory is given may be the answer itself: the factory's calls are the places.

func orElse(fallback bool) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		switch codeOfHere(r) {
		case "TooManyRequests", "InternalServerError":
			return true
		default:
			return fallback
		}
	}
}

func orElseRetry() common.RetryPolicy {
	return common.NewRetryPolicy(3, orElse(true), everySecond) // want "nonretryable: "
}

// Near miss: the answer is false.
func orElseStop() common.RetryPolicy {
	return common.NewRetryPolicy(3, orElse(false), everySecond)
}

func ofStatus(missing bool) func(common.OCIOperationResponse) bool {
	answers := map[int]bool{404: missing, 429: true}
	return func(r common.OCIOperationResponse) bool { return answers[statusOf(r.Error)] }
}

func missingToo() common.RetryPolicy {
	return common.NewRetryPolicy(3, ofStatus(true), everySecond) // want "nonretryable: "
}

// Near miss: status 404 is answered with false.
func notMissing() common.RetryPolicy {
	return common.NewRetryPolicy(3, ofStatus(false), everySecond)
}

// Near misses: nobody in this package calls them, so nobody knows.

func AnyFailure(enabled bool) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool { return r.Error != nil && enabled }
}

func Answers(answer bool) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		result := answer
		if r.Error == nil {
			result = false
		}
		return result
	}
}

// Near misses: in a list of results the variable is read after the call that fills it.

type thresholds struct {
	Lowest int
	Final  []string
}

func readThresholds(data []byte) (t thresholds, err error) {
	return t, json.Unmarshal(data, &t)
}

func fromLowest(data []byte) func(common.OCIOperationResponse) bool {
	t, _ := readThresholds(data)
	return func(r common.OCIOperationResponse) bool { return statusOf(r.Error) >= t.Lowest }
}

func (t *thresholds) fill(codes ...string) error {
	t.Final = codes
	return nil
}

func filledThresholds(codes []string) (thresholds, error) {
	t := thresholds{}
	return t, t.fill(codes...)
}

func notFinal(codes []string) func(common.OCIOperationResponse) bool {
	t, _ := filledThresholds(codes)
	return func(r common.OCIOperationResponse) bool {
		return r.Error != nil && !slices.Contains(t.Final, codeOfHere(r))
	}
}

// The compiler reads it there, and so it is known: 404 NotFound is not in the list.
func knownThresholds() func(common.OCIOperationResponse) bool {
	t, _ := filledThresholds([]string{"CannotParseRequest"})
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return r.Error != nil && !slices.Contains(t.Final, codeOfHere(r))
	}
}

// Another state than the one that is given is what a failure's response has, whichever is given.
func untilState(desired identity.GroupLifecycleStateEnum) common.RetryPolicy {
	return common.NewRetryPolicy(30, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if converted, ok := r.Response.(identity.GetGroupResponse); ok {
			return converted.LifecycleState != desired
		}
		return true
	}, everySecond)
}

func untilActive() common.RetryPolicy { return untilState(identity.GroupLifecycleStateActive) }

// Nor is the state that a failure's response has among the given ones.
func untilAnyState(desired ...string) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if converted, ok := r.Response.(identity.GetGroupResponse); ok {
			return !slices.Contains(desired, string(converted.LifecycleState))
		}
		return true
	}
}

// Near miss: while the state is one of the given ones.
func whileState(pending ...string) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool {
		converted, ok := r.Response.(identity.GetGroupResponse)
		return ok && slices.Contains(pending, string(converted.LifecycleState))
	}
}
