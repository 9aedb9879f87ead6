package nonretryable

import (
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// annotated wraps the service error by embedding its interface: its methods are promoted.
type annotated struct {
	common.ServiceError
	attempt uint
}

// The promoted method gives the row's status; 403 is a "no".
func PromotedMethods(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	a := annotated{ServiceError: se, attempt: r.AttemptNumber}
	return a.GetHTTPStatusCode() == 403
}

// masked overrides one method: NotFound is shown as 410.
type masked struct{ common.ServiceError }

func (m masked) GetHTTPStatusCode() int {
	if m.GetCode() == "NotFound" {
		return 410
	}
	return m.ServiceError.GetHTTPStatusCode()
}

// Through the override, 404 is only NotAuthorizedOrNotFound.
func OverriddenStatus(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && masked{se}.GetHTTPStatusCode() == 404
}

// Near miss: past the override, 404 is both rows.
func PastTheOverride(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && masked{se}.ServiceError.GetHTTPStatusCode() == 404
}

// coded is the program's own view of a service error.
type coded interface {
	error
	GetCode() string
}

// A service error has these methods, so that errors.As finds it.
func OwnInterface(r common.OCIOperationResponse) bool { // want "nonretryable: "
	var c coded
	return errors.As(r.Error, &c) && c.GetCode() == "NoEtagMatch"
}

// Near miss: the same view, a code with backoff.
func OwnInterfaceSound(r common.OCIOperationResponse) bool {
	var c coded
	return errors.As(r.Error, &c) && c.GetCode() == "NotAuthenticated"
}

// temporary asks for a method that a service error does not have.
type temporary interface {
	error
	Temporary() bool
}

// Near miss: no row is temporary in this sense.
func ForeignInterface(r common.OCIOperationResponse) bool {
	var t temporary
	return errors.As(r.Error, &t) && t.Temporary()
}

// failure is the program's own error, made from a service error.
type failure struct {
	kind  string
	cause error
}

func (f *failure) Error() string { return f.kind + ": " + f.cause.Error() }

func (f *failure) Unwrap() error { return f.cause }

// asFailure sorts by status: 402 and 429 are "wait", all others "stop".
func asFailure(err error) error {
	kind := "stop"
	switch statusOf(err) {
	case 402, 429:
		kind = "wait"
	}
	return &failure{kind: kind, cause: err}
}

// The kind "wait" holds 402 SignUpRequired.
func ByKind(r common.OCIOperationResponse) bool { // want "nonretryable: "
	var f *failure
	return errors.As(asFailure(r.Error), &f) && f.kind == "wait"
}

// Near miss: the kind "wait", and below it a throttle, found through Unwrap.
func ByKindAndCause(r common.OCIOperationResponse) bool {
	err := asFailure(r.Error)
	var f *failure
	var se common.ServiceError
	return errors.As(err, &f) && f.kind == "wait" && errors.As(err, &se) && se.GetCode() == "TooManyRequests"
}

// classify is a named function type with a method.
type classify func(error) bool

func (c classify) predicate(r common.OCIOperationResponse) bool { return c(r.Error) }

// or joins two classifiers.
func (c classify) or(other classify) classify {
	return func(err error) bool { return c(err) || other(err) }
}

func throttled(err error) bool { return statusOf(err) == 429 }

// Undetermined in the method itself: c is whatever its value is there. Both uses here are sound.
func joined() common.RetryPolicy {
	either := classify(throttled).or(func(err error) bool { return statusOf(err) == 503 })
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return either(r.Error) }, pause)
}

// Near miss: the second classifier says yes to 501.
func joinedBadly() common.RetryPolicy {
	either := classify(throttled).or(func(err error) bool { return statusOf(err) == 501 })
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return either(r.Error) }, pause) // want "nonretryable: "
}
