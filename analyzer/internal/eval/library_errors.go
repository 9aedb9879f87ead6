package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// An error that a library makes has a type of the library's, which its callers may ask for. The value's Path is the name
// of that type, as types are printed, and what is known of the type is in errorTypes. Its Text begins with
// sentinelPrefix where it is what a package variable holds.

// errorType is an error type of a library: what its values can be asked.
type errorType struct {
	library  string // path without its major version
	name     string // with its star, where it is a pointer
	from, to int    // the major versions
	methods  string // besides Error; "Unwraps" is an Unwrap that returns a list
	is       string // the sentinel that its method Is knows, as package.Name in the type's package
	same     bool   // its method Is knows every value of its type
}

const everyVersion = 1 << 10

// errorTypes are the types, read in the libraries' sources and proved against them by proof.TestLibraryErrors.
var errorTypes = []errorType{
	{library: "github.com/cenkalti/backoff", name: "*PermanentError", from: 0, to: 2},                                           // retry.go
	{library: "github.com/cenkalti/backoff", name: "*PermanentError", from: 3, to: 3, methods: "Unwrap"},                        // retry.go
	{library: "github.com/cenkalti/backoff", name: "*PermanentError", from: 4, to: 4, methods: "Unwrap Is", same: true},         // retry.go
	{library: "github.com/cenkalti/backoff", name: "*PermanentError", from: 5, to: 5, methods: "Unwrap"},                        // error.go
	{library: "github.com/cenkalti/backoff", name: "*RetryAfterError", from: 5, to: 6},                                          // error.go
	{library: "github.com/cenkalti/backoff", name: "*permanent", from: 6, to: 6, methods: "Unwrap Is", is: "ErrPermanent"},      // error.go
	{library: "github.com/cenkalti/backoff", name: "*RetryError", from: 6, to: 6, methods: "Unwraps"},                           // error.go
	{library: "github.com/avast/retry-go", name: "Error", from: 0, to: 3, methods: "WrappedErrors"},                             // retry.go
	{library: "github.com/avast/retry-go", name: "Error", from: 4, to: 4, methods: "Is As Unwrap WrappedErrors"},                // retry.go
	{library: "github.com/avast/retry-go", name: "Error", from: 5, to: 5, methods: "Is As Unwraps WrappedErrors LastError"},     // retry.go
	{library: "github.com/avast/retry-go", name: "unrecoverableError", from: 0, to: 3},                                          // retry.go
	{library: "github.com/avast/retry-go", name: "unrecoverableError", from: 4, to: 5, methods: "Unwrap Is", same: true},        // retry.go
	{library: "github.com/sethvargo/go-retry", name: "*retryableError", from: 0, to: 0, methods: "Unwrap"},                      // retry.go
	{library: "github.com/failsafe-go/failsafe-go/retrypolicy", name: "ExceededError", methods: "Unwrap Is", is: "ErrExceeded"}, // retry.go
	{library: "k8s.io/apimachinery/pkg/util/wait", name: "errInterrupted", methods: "Unwrap Is", is: "errWaitTimeout"},          // error.go
	{library: terraform, name: "*UnexpectedStateError", from: 0, to: 1},                                                         // error.go
	{library: terraform, name: "*NotFoundError", from: 0, to: 1},                                                                // error.go
	{library: terraform, name: "*TimeoutError", from: 0, to: 1},                                                                 // error.go
	{library: terraform, name: "*UnexpectedStateError", from: 2, to: 2, methods: "Unwrap"},                                      // error.go
	{library: terraform, name: "*NotFoundError", from: 2, to: 2, methods: "Unwrap"},                                             // error.go
	{library: terraform, name: "*TimeoutError", from: 2, to: 2, methods: "Unwrap"},                                              // error.go
	{library: "context", name: "deadlineExceededError", to: everyVersion, methods: "Timeout Temporary"},                         // context.go
}

const terraform = "github.com/hashicorp/terraform-plugin-sdk/helper/resource"

// methodSignatures are the signatures of the types' methods; those of Is and As are never asked for.
var methodSignatures = map[string]string{
	"Unwrap": "func() error", "Unwraps": "func() []error", "WrappedErrors": "func() []error", "LastError": "func() error",
	"Timeout": "func() bool", "Temporary": "func() bool",
}

// libraryTypeName returns how a type of a package is printed; its name may begin with a star.
func libraryTypeName(path, name string) string {
	name, isPointer := strings.CutPrefix(name, "*")
	if isPointer {
		return "*" + path + "." + name
	}
	return path + "." + name
}

// libraryErrorType returns what is known of an error's type, nil for an error that is of no library's type.
func libraryErrorType(err Value) *errorType {
	if !isError(err) || err.Path == "" {
		return nil
	}
	return errorTypeNamed(err.Path)
}

// errorTypeNamed returns what is known of the type that is printed so, nil for any other.
func errorTypeNamed(printed string) *errorType {
	star := ""
	name, isPointer := strings.CutPrefix(printed, "*")
	if isPointer {
		star = "*"
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return nil
	}
	library, version := libraryOf(name[:dot])
	for i := range errorTypes {
		t := &errorTypes[i]
		if t.library == library && t.name == star+name[dot+1:] && t.from <= version && version <= t.to {
			return t
		}
	}
	return nil
}

func (t *errorType) has(method string) bool {
	return t != nil && strings.Contains(" "+t.methods+" ", " "+method+" ")
}

// typedError gives an error a library's type.
func (r *run) typedError(err Value, path, name string) Value {
	if !isError(err) {
		return err
	}
	n := *err
	n.Path = libraryTypeName(path, name)
	return r.make(n)
}

// holdsLibraryType answers whether an error of a library's type is asked for by that type.
func (r *run) holdsLibraryType(x Value, asserted *summary.Type) (value, matches Value) {
	t := libraryErrorType(x)
	if asserted.Kind != summary.InterfaceType {
		switch {
		case asserted.Name == x.Path:
			return r.asLibraryType(x), r.boolean(true, Presence)
		case t == nil || strings.Contains(asserted.Name, packageOfType(x.Path)+".") && errorTypeNamed(asserted.Name) == nil:
			return r.undetermined("a library's own type"), r.undetermined("a library's own type")
		}
		return x, r.boolean(false, Presence)
	}
	for _, asked := range asserted.Methods {
		name := asked.Name
		if name == "Unwrap" && t.has("Unwraps") {
			name = "Unwraps"
		}
		switch signature, known := methodSignatures[name]; {
		case name == "Error":
		case t == nil:
			return r.undetermined("a library's own type"), r.undetermined("a library's own type")
		case !t.has(name):
			return x, r.boolean(false, Presence)
		case !known:
			return r.undetermined("a method of a library's type"), r.undetermined("a method of a library's type")
		case signature != asked.Signature:
			return x, r.boolean(false, Presence)
		}
	}
	return x, r.boolean(true, Presence)
}

func packageOfType(name string) string {
	name = strings.TrimPrefix(name, "*")
	return name[:strings.LastIndexByte(name, '.')]
}

// asLibraryType is what an assertion to its own type makes of an error: a list of known length is that list.
func (r *run) asLibraryType(x Value) Value {
	if x.Text == listOfErrors && x.Length > 0 {
		return r.make(Node{Kind: Array, Args: r.listed(x)})
	}
	return x
}

// listOfErrors is the kind of an error that is a list of all attempts' errors; its Length is their number, 0 if that is
// not known.
const listOfErrors = "list"

// maxListed bounds the lists whose elements are told apart.
const maxListed = 16

// listed returns the elements of a list of known length: every attempt has failed alike.
func (r *run) listed(list Value) []Value {
	elements := make([]Value, list.Length)
	for i := range elements {
		elements[i] = list.Args[0]
	}
	return elements
}

// libraryField reads a field of an error of a library's type.
func (r *run) libraryField(x Value, name string) Value {
	switch {
	case x.Text == several && len(x.Args) > 1 && len(x.Args[1].Args) == 2:
		switch name { // backoff.RetryError
		case "Cause":
			return x.Args[1].Args[0]
		case "LastErr":
			return x.Args[1].Args[1]
		}
	case x.Kind == Wrapped && (name == "LastError" || name == "Err"):
		return x.Args[0]
	case x.Kind == OtherError && name == "LastError":
		return r.nilValue(Clean) // of terraform: an error of the refresh ends it at once
	}
	return r.undetermined("field " + name + " of a library's error")
}

// methodOfLibraryError executes a call of a method of an error of a library's type that is known to be of it.
func (r *run) methodOfLibraryError(in *invocation) ([]exit, bool) {
	if in.function != nil || in.call.Mode != summary.StaticCall || !strings.HasPrefix(in.reference.Name, "(") || in.call.Results != 1 || len(in.arguments) == 0 {
		return nil, false
	}
	receiver, method := in.arguments[0], in.callee.short
	method = method[strings.IndexByte(method, '.')+1:]
	if receiver.Kind == Array && method == "LastError" && len(receiver.Args) > 0 && strings.Contains(in.reference.Package, "avast/retry-go") {
		return one(in.it.state, receiver.Args[len(receiver.Args)-1]), true
	}
	if receiver.Kind == Array && method == "WrappedErrors" && strings.Contains(in.reference.Package, "avast/retry-go") {
		return one(in.it.state, receiver), true
	}
	if libraryErrorType(receiver) == nil {
		return nil, false
	}
	return one(in.it.state, r.libraryErrorMethod(in, receiver, method)), true
}

// libraryErrorMethod calls a method of an error of a library's type.
func (r *run) libraryErrorMethod(in *invocation, x Value, method string) Value {
	t := libraryErrorType(x)
	switch {
	case method == "Error" && x.Kind != OtherError:
		return r.joinText(r.textOf(x))
	case method == "Error":
		return r.free("text of an error", 0, x)
	case t.has("Unwraps") && method == "Unwrap" || method == "WrappedErrors":
		if x.Text == several {
			return r.make(Node{Kind: Array, Args: x.Args[1].Args})
		}
		return r.asLibraryType(x)
	case t.has("Unwrap") && method == "Unwrap", t.has(method) && method == "LastError":
		if x.Kind == OtherError {
			return r.ownCause(x)
		}
		return x.Args[0]
	case t.has(method) && (method == "Timeout" || method == "Temporary"):
		return r.boolean(true, Clean)
	case t.has(method) && method == "Is":
		return r.errorsIs(in, x, in.arguments[len(in.arguments)-1])
	}
	return r.undetermined("method " + method + " of a library's error")
}

// ownCause is what Unwrap of a library's error returns that has nothing of the row: terraform's hold no error of the refresh,
// which would have ended it at once.
func (r *run) ownCause(x Value) Value {
	if x.Text == sentinelText(waitPackage, "ErrWaitTimeout") {
		return r.make(Node{Kind: OtherError, Text: "timed out waiting for the condition"})
	}
	return r.nilValue(Clean)
}

// sentinelPrefix begins the name of the object that a package variable is, and the Text of an error that it holds.
const sentinelPrefix = "global:"

func sentinelText(path, name string) string { return sentinelPrefix + path + "#" + path + "." + name }

// sentinel is what a package variable of a library holds.
func (r *run) sentinel(path, name string) Value {
	return r.free("load:", Global, r.pointer(r.object(sentinelText(path, name)), ""))
}

// sentinelError is the error that a package variable of a library holds, made by errors.New.
func (r *run) sentinelError(path, name string) Value {
	return r.make(Node{Kind: OtherError, Text: sentinelText(path, name)})
}

// sentinelOf returns the name of the package variable that a value is read from, "" if it is none of somebody else's.
func (r *run) sentinelOf(v Value) string {
	switch {
	case v.Kind == OtherError && strings.HasPrefix(v.Text, sentinelPrefix):
		return v.Text
	case r.isSentinel(v):
		return r.names[v.Args[0].Object-1]
	}
	return ""
}

// timedOutBy is the error that a package variable of a library holds, as its functions return it.
func (r *run) timedOutBy(path, name, typeName string) Value {
	return r.make(Node{Kind: OtherError, Text: sentinelText(path, name), Path: libraryTypeName(path, typeName)})
}

// contextEnded is the error of a context that has ended, whatever the reason.
const contextEnded = "context's error"

// libraryIs asks the method Is of an error of a library's type.
func (r *run) libraryIs(err, target Value) bool {
	t := libraryErrorType(err)
	switch {
	case !t.has("Is"):
		return false
	case t.same && target.Kind == Interface:
		return target.Type.Name == err.Path
	case t.same:
		return isError(target) && target.Path == err.Path
	}
	return t.is != "" && r.sentinelOf(target) == sentinelText(packageOfType(err.Path), t.is)
}
