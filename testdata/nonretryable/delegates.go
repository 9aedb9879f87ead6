package nonretryable

import (
	"context"
	stderrors "errors"
	"fmt"
	"io"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/pkg/errors"

	"testdata/nonretryable/helpers"
)

// SDK functions in variables, so that tests can replace them; assigned once.
var (
	isServiceError  = common.IsServiceError
	isDefaultRetry  = common.IsErrorRetryableByDefault
	isAffectedByEC  = common.IsErrorAffectedByEventualConsistency
	newStaticPolicy = common.NewRetryPolicy
)

// isServerSide answers yes for 501 too.
func isServerSide(err error) bool {
	var se common.ServiceError
	return stderrors.As(err, &se) && se.GetHTTPStatusCode() >= 500
}

// isThrottled answers yes for 429 alone.
func isThrottled(err error) bool {
	var se common.ServiceError
	return stderrors.As(err, &se) && se.GetHTTPStatusCode() == 429
}

// The literal only passes the error on; the classifier says yes to 501.
func delegatingPolicy() common.RetryPolicy {
	return common.NewRetryPolicy(4, func(r common.OCIOperationResponse) bool { return isServerSide(r.Error) }, pause) // want "nonretryable: "
}

// Near miss: the classifier says yes to 429 alone.
func delegatingThrottlePolicy() common.RetryPolicy {
	return common.NewRetryPolicy(4, func(r common.OCIOperationResponse) bool { return isThrottled(r.Error) }, pause)
}

// The classifier lives in another package and says yes to 501.
func delegatesAbroad() common.RetryPolicy {
	return newStaticPolicy(4, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return helpers.IsServerFault(r.Error)
	}, pause)
}

// Near miss: the other package's sound classifier.
func delegatesAbroadSoundly() common.RetryPolicy {
	return newStaticPolicy(4, func(r common.OCIOperationResponse) bool {
		return helpers.IsRetryable(r.Error)
	}, pause)
}

// The other package's predicates have their place there, not here.
func installsForeignPredicates() (a, b common.RetryPolicy) {
	a = common.NewRetryPolicy(4, helpers.ServerFaults, pause)
	b = common.NewRetryPolicy(4, helpers.Transient, pause)
	return a, b
}

// A type assertion on the error itself: any service error is retried.
func AnyServiceError(r common.OCIOperationResponse) bool { // want "nonretryable: "
	_, ok := common.IsServiceError(r.Error)
	return ok
}

// Near miss: the error is wrapped first, so the plain type assertion is always false and nothing is retried.
func AnyServiceErrorAfterWrapping(r common.OCIOperationResponse) bool {
	err := fmt.Errorf("attempt %d: %w", r.AttemptNumber, r.Error)
	_, ok := common.IsServiceError(err)
	return ok
}

// errors.As sees through the same wrapping.
func AnyServiceErrorThroughWrapping(r common.OCIOperationResponse) bool { // want "nonretryable: "
	err := fmt.Errorf("attempt %d: %w", r.AttemptNumber, r.Error)
	var se common.ServiceError
	return stderrors.As(err, &se)
}

// Near miss: %v flattens the error to text, and errors.As finds nothing.
func AnyServiceErrorAfterFlattening(r common.OCIOperationResponse) bool {
	err := fmt.Errorf("attempt %d: %v", r.AttemptNumber, r.Error)
	var se common.ServiceError
	return stderrors.As(err, &se)
}

// Cause takes both wraps off again, so the assertion works; everything but 404 is retried.
func AfterCause(r common.OCIOperationResponse) bool { // want "nonretryable: "
	err := errors.WithStack(errors.Wrap(r.Error, "operation failed"))
	se, ok := common.IsServiceError(errors.Cause(err))
	return ok && se.GetHTTPStatusCode() != 404
}

// Near miss: without Cause the assertion is false.
func WithoutCause(r common.OCIOperationResponse) bool {
	err := errors.WithStack(errors.Wrap(r.Error, "operation failed"))
	se, ok := common.IsServiceError(err)
	return ok && se.GetHTTPStatusCode() != 404
}

// The sibling assertions answer yes for the service's errors as well.
func RichInfoSibling(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if rich, ok := common.IsServiceErrorRichInfo(r.Error); ok {
		return rich.GetHTTPStatusCode() == 412 || rich.GetHTTPStatusCode() == 429
	}
	return false
}

func LocalizedSibling(r common.OCIOperationResponse) bool { // want "nonretryable: "
	localized, ok := common.IsServiceErrorLocalizationMessage(r.Error)
	return ok && localized.GetCode() == "CannotParseRequest"
}

// Near miss: the same sibling, a code with backoff.
func LocalizedSiblingSound(r common.OCIOperationResponse) bool {
	localized, ok := common.IsServiceErrorLocalizationMessage(r.Error)
	return ok && localized.GetCode() == "InternalServerError"
}

// The variable holds common.IsServiceError; 405 is a "no".
func ThroughVariable(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := isServiceError(r.Error)
	return ok && (se.GetHTTPStatusCode() == 405 || se.GetHTTPStatusCode() == 429)
}

// Near miss: both variables hold the SDK's classifiers, which name with-backoff rows only.
func ThroughSoundVariables(r common.OCIOperationResponse) bool {
	return isDefaultRetry(r.Error) || isAffectedByEC(r.Error)
}

// The SDK's predicate, and 412 on top.
func DefaultAndMore(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return common.DefaultShouldRetryOperation(r) || statusOf(r.Error) == 412
}

// Near miss: the SDK's predicate, narrowed.
func DefaultAndLess(r common.OCIOperationResponse) bool {
	return common.DefaultShouldRetryOperation(r) && statusOf(r.Error) != 500
}

// The SDK's predicate turned round: all "no" rows and some more.
func NotDefault(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && !common.DefaultShouldRetryOperation(r)
}

// Near miss: turned round twice.
func NotNotDefault(r common.OCIOperationResponse) bool {
	refuses := func(r common.OCIOperationResponse) bool { return !common.DefaultShouldRetryOperation(r) }(r)
	return !refuses
}

// Failures before anything was sent are no rows: network, end of file, contexts, an open circuit breaker.
func OnlyOtherFailures(r common.OCIOperationResponse) bool {
	return common.IsNetworkError(r.Error) || r.Error == io.EOF || common.IsCircuitBreakerError(r.Error) ||
		stderrors.Is(r.Error, context.DeadlineExceeded)
}

// A type switch: its first case is not met by a service error, its second is.
func TypeSwitch(r common.OCIOperationResponse) bool { // want "nonretryable: "
	switch e := r.Error.(type) {
	case interface{ Timeout() bool }:
		return e.Timeout()
	case common.ServiceError:
		return e.GetCode() != "InvalidParameter"
	default:
		return false
	}
}

// Near miss: the second case ends the matter.
func TypeSwitchStops(r common.OCIOperationResponse) bool {
	switch e := r.Error.(type) {
	case interface{ Timeout() bool }:
		return e.Timeout()
	case common.ServiceError:
		return e.GetCode() == "TooManyRequests"
	default:
		return true
	}
}
