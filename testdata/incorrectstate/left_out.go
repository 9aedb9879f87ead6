package incorrectstate

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// General-purpose: 429, 500 and 503, and never IncorrectState. Nobody here uses it, so it is for everything.
func StatusesOnly(r common.OCIOperationResponse) bool { // want "incorrectstate: "
	return slices.Contains([]int{429, 500, 503}, statusOf(r.Error))
}

// Near miss: 409 is in the list.
func StatusesWithConflict(r common.OCIOperationResponse) bool {
	return slices.Contains([]int{409, 429, 500, 503}, statusOf(r.Error))
}

// Near miss: a throttle alone is not general-purpose.
func ThrottleOnly(r common.OCIOperationResponse) bool {
	return slices.Contains([]int{429}, statusOf(r.Error))
}

// Near miss: without 429 it is not general-purpose.
func ServerErrorsOnly(r common.OCIOperationResponse) bool {
	return statusOf(r.Error) >= 500 && statusOf(r.Error) != 501
}

// Near miss: 429 and two statuses that no row has: not general-purpose.
func ThrottleAndGateway(r common.OCIOperationResponse) bool {
	return slices.Contains([]int{429, 502, 504}, statusOf(r.Error))
}

// 429 and 503 without 500 are general-purpose.
func ThrottleAndUnavailable(r common.OCIOperationResponse) bool { // want "incorrectstate: "
	switch codeOf(r.Error) {
	case "TooManyRequests", "ServiceUnavailable":
		return true
	}
	return false
}

// The SDK's predicate, narrowed by the status: no 409 is left.
func defaultWithoutConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "incorrectstate: "
		return common.DefaultShouldRetryOperation(r) && statusOf(r.Error) != 409
	}, pause)
}

// Near miss: the SDK's predicate, narrowed by another status.
func defaultWithoutUnavailable() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		return common.DefaultShouldRetryOperation(r) && statusOf(r.Error) != 503
	}, pause)
}

// The code is spelt in lower case, so the comparison is never true.
func misspeltState() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "incorrectstate: "
		status, code := statusOf(r.Error), codeOf(r.Error)
		return status == 429 || status == 500 || status == 409 && code == "incorrectState"
	}, pause)
}

// Near miss: spelt right.
func speltState() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		status, code := statusOf(r.Error), codeOf(r.Error)
		return status == 429 || status == 500 || status == 409 && code == "IncorrectState"
	}, pause)
}

// Of the 409 rows one is retried, not this one.
func otherConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "incorrectstate: "
		status := statusOf(r.Error)
		if status == 409 {
			return codeOf(r.Error) == "NotAuthorizedOrResourceAlreadyExists"
		}
		return status == 429 || status == 500 || status == 503
	}, pause)
}

// Near miss: a switch from the environment lets IncorrectState in, so it is not "never".
func switchedConflict() common.RetryPolicy {
	patient := os.Getenv("PATIENT") != ""
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		if patient && codeOf(r.Error) == "IncorrectState" {
			return true
		}
		return statusOf(r.Error) == 429 || statusOf(r.Error) == 500
	}, pause)
}

// Near miss: IncorrectState is retried for a minute.
func boundedConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		if codeOf(r.Error) == "IncorrectState" {
			return time.Since(r.InitialAttemptTime) < time.Minute
		}
		return statusOf(r.Error) == 429 || statusOf(r.Error) == 500
	}, pause)
}

// For no time at all: elapsed time is never below zero.
func unboundedConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "incorrectstate: "
		if codeOf(r.Error) == "IncorrectState" {
			return time.Since(r.InitialAttemptTime) < 0
		}
		return statusOf(r.Error) == 429 || statusOf(r.Error) == 500
	}, pause)
}

// Near miss: undetermined, the message decides about IncorrectState.
func messageConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		if se, ok := common.IsServiceError(r.Error); ok && se.GetHTTPStatusCode() == 409 {
			return alreadyPattern.MatchString(se.GetMessage())
		}
		return statusOf(r.Error) == 429 || statusOf(r.Error) == 500
	}, pause)
}

// Near miss: one attempt.
func leftOutOnce() common.RetryPolicy {
	return common.NewRetryPolicy(1, func(r common.OCIOperationResponse) bool {
		return statusOf(r.Error) == 429 || statusOf(r.Error) == 500
	}, pause)
}

// Near miss: all uses in this package are reading operations.
func forReading() *common.RetryPolicy {
	policy := common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool {
		return slices.Contains([]int{429, 500, 503}, statusOf(r.Error))
	}, pause)
	return &policy
}

func readsUser(ctx context.Context, client identity.IdentityClient, id *string) (identity.GetUserResponse, error) {
	return client.GetUser(ctx, identity.GetUserRequest{
		UserId:          id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: forReading()},
	})
}

func readsVcns(ctx context.Context, client core.VirtualNetworkClient, compartment *string) (core.ListVcnsResponse, error) {
	request := core.ListVcnsRequest{CompartmentId: compartment}
	request.RequestMetadata.RetryPolicy = forReading()
	return client.ListVcns(ctx, request)
}

// The same policy, but one of its uses changes state.
func forBoth() *common.RetryPolicy {
	policy := common.NewRetryPolicy(5, func(r common.OCIOperationResponse) bool { // want "incorrectstate: "
		return slices.Contains([]int{429, 500, 503}, statusOf(r.Error))
	}, pause)
	return &policy
}

func readsGroup(ctx context.Context, client identity.IdentityClient, id *string) (identity.GetGroupResponse, error) {
	return client.GetGroup(ctx, identity.GetGroupRequest{
		GroupId:         id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: forBoth()},
	})
}

func createsGroup(ctx context.Context, client identity.IdentityClient, details identity.CreateGroupDetails) (identity.CreateGroupResponse, error) {
	return client.CreateGroup(ctx, identity.CreateGroupRequest{
		CreateGroupDetails: details,
		RequestMetadata:    common.RequestMetadata{RetryPolicy: forBoth()},
	})
}

// A package-level policy, put on a deletion.
var deletionPolicy = common.RetryPolicy{
	MaximumNumberAttempts: 10,
	ShouldRetryOperation: func(r common.OCIOperationResponse) bool { // want "incorrectstate: "
		se, ok := common.IsServiceError(r.Error)
		if !ok {
			return false
		}
		switch se.GetHTTPStatusCode() {
		case 429, 500, 503:
			return true
		}
		return false
	},
	NextDuration: pause,
}

func deletesUser(ctx context.Context, client identity.IdentityClient, id *string) error {
	_, err := client.DeleteUser(ctx, identity.DeleteUserRequest{
		UserId:          id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &deletionPolicy},
	})
	return err
}

// Everything but the client's faults; a 409 counts as one of them.
func NotClientFault(r common.OCIOperationResponse) bool { // want "incorrectstate: "
	s := statusOf(r.Error)
	return r.Error != nil && !(s >= 400 && s < 500 && s != 429)
}

// Near miss: 409 does not count as one of them.
func NotClientFaultButConflict(r common.OCIOperationResponse) bool {
	s := statusOf(r.Error)
	return r.Error != nil && !(s >= 400 && s < 500 && s != 429 && s != 409)
}

func statuses(list ...int) func(common.OCIOperationResponse) bool {
	return func(r common.OCIOperationResponse) bool { return slices.Contains(list, statusOf(r.Error)) }
}

// The list given to the factory leaves 409 out; the place is the factory's call.
func factoryWithoutConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, statuses(429, 500, 503), pause) // want "incorrectstate: "
}

// Near miss: the list holds 409.
func factoryWithConflict() common.RetryPolicy {
	return common.NewRetryPolicy(5, statuses(409, 429, 500, 503), pause)
}
