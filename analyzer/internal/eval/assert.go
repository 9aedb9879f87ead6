package eval

import (
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// serviceErrorMethods are the methods of the SDK's service error (errors.go, servicefailure) with their signatures.
var serviceErrorMethods = map[string]string{
	"Error": text, "GetHTTPStatusCode": "func() int", "GetMessage": text, "GetCode": text, "GetOpcRequestID": text,
	"GetTargetService": text, "GetOperationName": text, "GetTimestamp": "func() oci/common.SDKTime", "GetRequestTarget": text,
	"GetClientVersion": text, "GetOperationReferenceLink": text, "GetErrorTroubleshootingLink": text,
	"GetOriginalMessage": text, "GetOriginalMessageTemplate": text, "GetMessageArgument": "func() map[string]string",
}

const text = "func() string"

// assert evaluates a type assertion. It returns false when it panics.
func (r *run) assert(f *frame, it *item, i *summary.Instruction, x Value) (Value, bool) {
	owner := f.function.Owner()
	asserted := owner.TypeAt(i.Index)
	if r.observer != nil {
		r.observer.Assertion(f.chain, i, r.shown(it).Asserted(x, false), asserted)
	}
	value, matches := r.holdsType(x, asserted, owner, i.Index)
	if !i.CommaOK {
		if isFalse(matches) {
			return nil, false
		}
		return value, true
	}
	if isFalse(matches) {
		value = r.tainted(r.zero(owner, i.Index), matches.Taint)
	}
	return r.tuple(value, matches), true
}

// holdsType answers whether an interface value holds a type, and with what value.
func (r *run) holdsType(x Value, asserted *summary.Type, owner *summary.Package, index int32) (value, matches Value) {
	if asserted.Kind == summary.ParameterType && x.Kind != Nil {
		if holdsError(x) {
			return r.undetermined("a type parameter"), r.undetermined("a type parameter")
		}
		return r.free("as:"+asserted.Name, 0, x), r.free("is:"+asserted.Name, 0, x)
	}
	if isError(x) && x.Path != "" {
		return r.holdsLibraryType(x, asserted)
	}
	if x.Kind == OtherError && x.Text == contextEnded && (asserted.Kind != summary.InterfaceType || !methodsWithin(asserted, map[string]string{"Error": ""})) {
		return r.free("as:"+asserted.Name, 0, x), r.free("is:"+asserted.Name, 0, x)
	}
	switch x.Kind {
	case Nil:
		return x, r.boolean(false, x.Taint)
	case ServiceError:
		if asserted.Kind == summary.InterfaceType {
			return x, r.hasMethods(asserted)
		}
		return x, r.boolean(strings.HasSuffix(asserted.Name, ".servicefailure"), Presence)
	case Wrapped:
		have := map[string]string{"Error": "", "Unwrap": methodSignatures["Unwrap"]}
		switch x.Text {
		case "pkg":
			have = map[string]string{"Error": "", "Unwrap": methodSignatures["Unwrap"], "Cause": "", "Format": "", "StackTrace": ""}
		case "join", several:
			have["Unwrap"] = methodSignatures["Unwraps"]
		}
		return x, r.boolean(asserted.Kind == summary.InterfaceType && methodsWithin(asserted, have), Presence)
	case Flattened, OtherError:
		ok := asserted.Kind == summary.InterfaceType && methodsWithin(asserted, map[string]string{"Error": ""})
		if !ok && x.Kind == OtherError && x.Text == "joined" {
			return r.free("asserted", 0, x), r.free("is:"+asserted.Name, 0, x)
		}
		return x, r.boolean(ok, Presence)
	case Response:
		return r.responseAs(x, asserted, owner, index)
	case Interface:
		return r.interfaceAs(x, asserted)
	case Undetermined:
		return x, r.undetermined("type of an undetermined value")
	}
	return r.free("as:"+asserted.Name, x.Flags&(Clock|Fresh), x), r.free("is:"+asserted.Name, 0, x)
}

func hasMethod(t *summary.Type, name string) bool {
	for _, method := range t.Methods {
		if method.Name == name {
			return true
		}
	}
	return false
}

// methodsWithin reports whether all methods of an interface are among those given; "" as signature is any.
func methodsWithin(asked *summary.Type, have map[string]string) bool {
	for _, method := range asked.Methods {
		signature, ok := have[method.Name]
		if !ok || signature != "" && signature != method.Signature {
			return false
		}
	}
	return true
}

// responseAs asserts the response of a failed operation: it is the operation's own response struct with RawResponse
// alone set. Which operation that is, is free unless it is known what the predicate is asked about.
func (r *run) responseAs(x Value, asserted *summary.Type, owner *summary.Package, index int32) (value, matches Value) {
	if asserted.Kind == summary.InterfaceType {
		ok := methodsWithin(asserted, map[string]string{"HTTPResponse": "", "String": ""})
		return x, r.boolean(ok, Presence)
	}
	if asserted.Kind != summary.StructType || !strings.HasSuffix(asserted.Name, "Response") {
		return r.zero(owner, index), r.boolean(false, Presence)
	}
	is := r.free("response is:"+asserted.Name, 0)
	if len(r.operations) > 0 {
		operation := strings.TrimSuffix(asserted.Name[strings.LastIndexByte(asserted.Name, '.')+1:], "Response")
		switch {
		case !slices.Contains(r.operations, operation):
			return r.zero(owner, index), r.boolean(false, Presence)
		case len(r.operations) == 1:
			is = r.boolean(true, Presence)
		}
	}
	zero := r.expand(r.make(Node{Kind: Zero, Type: asserted, Owner: owner}))
	fields := append([]Value(nil), zero.Args...)
	for i, field := range asserted.Fields {
		if field.Name == "RawResponse" {
			fields[i] = r.make(Node{Kind: HTTPResponse, Row: x.Row, Taint: OnRow})
		}
	}
	return r.make(Node{Kind: Struct, Type: asserted, Owner: owner, Args: fields}), is
}

func (r *run) interfaceAs(x Value, asserted *summary.Type) (value, matches Value) {
	taint := Clean
	if holdsError(x) {
		taint = Presence
	}
	if asserted.Kind == summary.ParameterType {
		return r.free("as:"+asserted.Name, 0, x), r.free("is:"+asserted.Name, 0, x)
	}
	if asserted.Kind != summary.InterfaceType {
		return x.Args[0], r.boolean(x.Type.Name == asserted.Name, taint)
	}
	for _, asked := range asserted.Methods {
		found := false
		for _, method := range x.Type.Methods {
			found = found || method.Name == asked.Name && method.Signature == asked.Signature
		}
		if !found {
			return x, r.boolean(false, taint)
		}
	}
	return x, r.boolean(true, taint)
}
