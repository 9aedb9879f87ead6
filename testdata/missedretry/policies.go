package missedretry

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

func statuses(list ...int) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool { return slices.Contains(list, statusOf(r.Error)) }
}

// The factory's call passes a short list.
func shortList() common.RetryPolicy {
	return common.NewRetryPolicy(5, statuses(429, 500, 503), pause) // want "missedretry: "
}

// Near miss: a list of every status that holds a with-backoff row.
func longList() common.RetryPolicy {
	return common.NewRetryPolicy(5, statuses(400, 401, 404, 409, 429, 500, 503), pause)
}

// Near miss: the list is the caller's.
func GivenList(list []int) common.RetryPolicy {
	return common.NewRetryPolicy(5, statuses(list...), pause)
}

// Bounded by time, and wrong whatever the bound is.
func bounded(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool { // want "missedretry: "
		return time.Since(start) < timeout && slices.Contains([]int{401, 429, 500, 503}, statusOf(r.Error))
	}
}

// Near miss: one attempt.
func once() common.RetryPolicy {
	return common.NewRetryPolicy(1, func(r common.OCIOperationResponse) bool {
		return slices.Contains([]int{429, 500, 503}, statusOf(r.Error))
	}, pause)
}

// The same literal with two.
func twice() common.RetryPolicy {
	return common.NewRetryPolicy(2, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		return slices.Contains([]int{429, 500, 503}, statusOf(r.Error))
	}, pause)
}

// Whatever the switch says, the with-backoff rows of 400, 401, 404 and 409 are never retried.
func switchedOff() common.RetryPolicy {
	strict := os.Getenv("STRICT") != ""
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		s := statusOf(r.Error)
		return s == 429 || s == 503 || !strict && s == 500
	}, pause)
}

// Near miss: a switch that turns the others on.
func switchedOn() common.RetryPolicy {
	generous := os.Getenv("GENEROUS") != ""
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		s := statusOf(r.Error)
		return s == 429 || s == 500 || s == 503 || generous && s < 500
	}, pause)
}

// Near miss: undetermined, for what is left a header of the failing response is asked.
func headerForTheRest() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		if s := statusOf(r.Error); s == 429 || s == 500 || s == 503 {
			return true
		}
		return r.Response != nil && r.Response.HTTPResponse() != nil && r.Response.HTTPResponse().Header.Get("Retry-After") != ""
	}, pause)
}

type classifier interface{ Again(err error) bool }

// Near miss: undetermined, the classifier for what is left is not known.
func classifierForTheRest(c classifier) common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		if s := statusOf(r.Error); s == 429 || s == 500 || s == 503 {
			return true
		}
		return c.Again(r.Error)
	}, pause)
}

// isUsual is only called: it is judged through its caller, which adds the rest.
func isUsual(r common.OCIOperationResponse) bool {
	return slices.Contains([]int{429, 500, 503}, statusOf(r.Error))
}

func UsualAndRest(r common.OCIOperationResponse) bool {
	return isUsual(r) || slices.Contains([]int{400, 401, 404, 409}, statusOf(r.Error))
}

// The composite literal of a program that launches and terminates.
var literalPolicy = common.RetryPolicy{
	MaximumNumberAttempts: 10,
	ShouldRetryOperation: func(r common.OCIOperationResponse) bool { // want "missedretry: "
		var again bool
		if se, ok := common.IsServiceError(r.Error); ok {
			switch se.GetHTTPStatusCode() {
			case 429, 500, 503:
				again = true
			}
		}
		return again
	},
	NextDuration: pause,
}

// All with-backoff rows but NotAuthorizedOrResourceAlreadyExists, which no reading operation can answer.
func allButExists(r common.OCIOperationResponse) bool {
	return table[pair{statusOf(r.Error), codeOf(r.Error)}] && codeOf(r.Error) != "NotAuthorizedOrResourceAlreadyExists"
}

// Near miss: used for reading operations only, so the row is not counted.
func readsUser(ctx context.Context, client identity.IdentityClient, id *string) (identity.GetUserResponse, error) {
	policy := common.NewRetryPolicy(5, allButExists, pause)
	return client.GetUser(ctx, identity.GetUserRequest{
		UserId:          id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
}

// The same rows, used for a creation, which can answer with it.
func createsUser(ctx context.Context, client identity.IdentityClient, details identity.CreateUserDetails) (identity.CreateUserResponse, error) {
	policy := common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "missedretry: "
		return table[pair{statusOf(r.Error), codeOf(r.Error)}] && codeOf(r.Error) != "NotAuthorizedOrResourceAlreadyExists"
	}, pause)
	return client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: details,
		RequestMetadata:   common.RequestMetadata{RetryPolicy: &policy},
	})
}

// Near miss: used for a deletion, which cannot.
func deletesUser(ctx context.Context, client identity.IdentityClient, id *string) error {
	policy := common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		return table[pair{statusOf(r.Error), codeOf(r.Error)}] && codeOf(r.Error) != "NotAuthorizedOrResourceAlreadyExists"
	}, pause)
	_, err := client.DeleteUser(ctx, identity.DeleteUserRequest{
		UserId:          id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
	return err
}
