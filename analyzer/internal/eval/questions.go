package eval

import (
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Other packages ask about errors of their own worlds: whether a file is missing, whether Kubernetes knows a thing. What
// the OCI service answered is no such error, and what a retry library makes of it is known.

// question is how a function that is given one error is answered.
type question uint8

// The ways.
const (
	noQuestion question = iota
	aboutSystem
	aboutTimeout
	aboutStatus
	aboutInterruption
	aboutNetTimeout
	aboutErrno
	aboutExceeded
	forExceeded
	aboutRecovery
	forRetryError
)

// answer answers a question about an error, nil where that cannot be told.
func (q question) answer(r *run, in *invocation, err Value) Value {
	switch q {
	case aboutSystem:
		return askSystem(r, err)
	case aboutTimeout:
		return askTimeout(r, err)
	case aboutStatus:
		return askStatus(r, in, err)
	case aboutInterruption:
		return askInterrupted(r, in, err)
	case aboutNetTimeout:
		return askNetTimeout(r, in, err)
	case aboutErrno:
		return askErrno(r, in, err)
	case aboutExceeded:
		return askExceeded(r, in, err)
	case forExceeded:
		return askForType(r, in, err, "ExceededError")
	case aboutRecovery:
		return askRecoverable(r, in, err)
	case forRetryError:
		return askForType(r, in, err, "*RetryError")
	}
	return nil
}

const (
	apiErrors = "k8s.io/apimachinery/pkg/api/errors"
	apiStatus = "func() k8s.io/apimachinery/pkg/apis/meta/v1.Status"
)

// questions are the functions, by package and name. What they ask is in the files named, and proof.TestQuestions compares
// the answers.
var questions = map[string]map[string]question{
	// os/error.go: the error itself, or in one of three types of its own; nothing else is unwrapped.
	"os": {"IsExist": aboutSystem, "IsNotExist": aboutSystem, "IsPermission": aboutSystem, "IsTimeout": aboutTimeout},
	// errors.go: the status of an error that has the method Status.
	apiErrors: questionsOf(aboutStatus, "IsNotFound IsAlreadyExists IsConflict IsInvalid IsGone IsResourceExpired IsNotAcceptable "+
		"IsUnsupportedMediaType IsMethodNotSupported IsServiceUnavailable IsBadRequest IsUnauthorized IsForbidden IsTimeout IsServerTimeout "+
		"IsInternalError IsTooManyRequests IsRequestEntityTooLargeError IsUnexpectedServerError IsStoreReadError"),
	// wait/error.go: the package's own error, and the two of a context.
	waitPackage: {"Interrupted": aboutInterruption},
	// net/http.go, net/util.go: an error with the method Timeout; an error number of the system.
	"k8s.io/apimachinery/pkg/util/net": {"IsTimeout": aboutNetTimeout, "IsConnectionReset": aboutErrno, "IsConnectionRefused": aboutErrno},
	retryPolicies:                      {"IsExceededError": aboutExceeded, "AsExceededError": forExceeded},
	"github.com/avast/retry-go":        {"IsRecoverable": aboutRecovery},
	"github.com/cenkalti/backoff":      {"AsRetryError": forRetryError},
}

func questionsOf(one question, names string) map[string]question {
	all := map[string]question{}
	for _, name := range strings.Fields(names) {
		all[name] = one
	}
	return all
}

// questionOf returns what a function asks, whose package stands in the table under its own path or under a library's.
func questionOf(function summary.Reference, library string) question {
	path := function.Package
	if questions[path] == nil {
		path = library
	}
	return questions[path][strings.TrimPrefix(function.Name, function.Package+".")]
}

// asked executes a question of the table.
func (r *run) asked(in *invocation) ([]exit, bool) {
	if in.function != nil || len(in.arguments) != 1 || in.call.Results != 1 || in.reference.Package == "" {
		return nil, false
	}
	ask := in.callee.asks
	if ask == noQuestion {
		return nil, false
	}
	err := in.arguments[0]
	if err.Kind == Nil && ask != aboutRecovery {
		if isAsType := strings.HasPrefix(in.callee.short, "As"); isAsType {
			return one(in.it.state, r.nilValue(err.Taint)), true
		}
		return one(in.it.state, r.boolean(false, err.Taint)), true
	}
	answer := ask.answer(r, in, err)
	if answer == nil {
		return nil, false
	}
	return one(in.it.state, answer), true
}

// no is the answer for an error whose type is known and has nothing to do with a question, nil for any other.
func (r *run) no(err Value) Value {
	if isError(err) && r.sentinelOf(err) == "" && err.Text != contextEnded {
		return r.boolean(false, Presence)
	}
	return nil
}

// systemTypes are the types that package os looks into, or knows by a method.
var systemTypes = []string{"*io/fs.PathError", "*os.LinkError", "*os.SyscallError", "syscall.Errno"}

func askSystem(r *run, err Value) Value {
	if err.Kind == Interface && !slices.Contains(systemTypes, err.Type.Name) {
		return r.boolean(false, maxOf(err))
	}
	if err.Kind == OtherError && err.Path != "" {
		return r.boolean(false, Clean)
	}
	return r.no(err)
}

func askTimeout(r *run, err Value) Value {
	switch t := libraryErrorType(err); {
	case t.has("Timeout"):
		return r.boolean(true, Clean)
	case t != nil:
		return r.boolean(false, Presence)
	case err.Kind == Interface && !slices.Contains(systemTypes, err.Type.Name) && !hasMethod(err.Type, "Timeout"):
		return r.boolean(false, maxOf(err))
	}
	return r.no(err)
}

// maxOf is the taint of an answer about an error of one of the program's types.
func maxOf(err Value) Taint {
	if holdsError(err) {
		return Presence
	}
	return Clean
}

// without answers no where nothing in an error's chain has a type, which may be an interface.
func (r *run) without(in *invocation, err Value, t *summary.Type) Value {
	_, has := r.errorsAs(in, err, t, in.f.function.Owner(), -1)
	if isFalse(has) || has.Kind == Undetermined {
		return has
	}
	return nil
}

func methodsType(methods ...summary.Method) *summary.Type {
	return &summary.Type{Name: "interface " + methods[0].Name, Kind: summary.InterfaceType, Elem: -1, Key: -1, Methods: methods, HasSets: true}
}

func askStatus(r *run, in *invocation, err Value) Value {
	return r.without(in, err, methodsType(summary.Method{Name: "Status", Signature: apiStatus, Function: -1}))
}

func askNetTimeout(r *run, in *invocation, err Value) Value {
	return r.without(in, err, methodsType(
		summary.Method{Name: "Timeout", Signature: methodSignatures["Timeout"], Function: -1},
		summary.Method{Name: "Temporary", Signature: methodSignatures["Temporary"], Function: -1}))
}

func askErrno(r *run, in *invocation, err Value) Value {
	return r.without(in, err, &summary.Type{Name: "syscall.Errno", Kind: summary.UintType, Elem: -1, Key: -1})
}

func askInterrupted(r *run, in *invocation, err Value) Value {
	if err.Kind == OtherError && err.Text == contextEnded {
		return r.boolean(true, Clean)
	}
	targets := []Value{
		r.sentinel(waitPackage, "errWaitTimeout"), r.sentinel("context", "Canceled"), r.sentinel("context", "DeadlineExceeded"),
	}
	return r.anyTarget(in, err, targets)
}

// anyTarget answers whether an error is one of several.
func (r *run) anyTarget(in *invocation, err Value, targets []Value) Value {
	answer := r.boolean(false, Presence)
	for _, target := range targets {
		switch is := r.errorsIs(in, err, target); {
		case isTrue(is), is.Kind == Undetermined:
			return is
		case !isFalse(is):
			answer = nil
		}
	}
	return answer
}

func askExceeded(r *run, in *invocation, err Value) Value {
	return r.anyTarget(in, err, []Value{r.sentinel(retryPolicies, "ErrExceeded")})
}

// askForType looks for an error of a library's type, which is handed back or nil.
func askForType(r *run, in *invocation, err Value, name string) Value {
	kind := summary.StructType
	if strings.HasPrefix(name, "*") {
		kind = summary.PointerType
	}
	t := &summary.Type{Name: libraryTypeName(in.reference.Package, name), Kind: kind, Elem: -1, Key: -1}
	found, has := r.errorsAs(in, err, t, in.f.function.Owner(), -1)
	switch {
	case isTrue(has):
		return found
	case isFalse(has):
		return r.nilValue(Presence)
	case has.Kind == Undetermined:
		return has
	}
	return nil
}

func askRecoverable(r *run, in *invocation, err Value) Value {
	_, version := libraryOf(in.reference.Package)
	marked, _ := r.markOf(in, in.it.state, err, "Unrecoverable", version >= 4)
	return r.not(marked)
}
