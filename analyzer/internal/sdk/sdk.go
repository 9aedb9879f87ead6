// Package sdk recognises the OCI Go SDK by what its packages declare, not by one import path, so that every major
// version, a vendored copy and a fork under another path are the same thing to the rest of the linter.
//
// It answers questions about go/types objects only: which package is the SDK's common package, which are its
// service packages, which types are requests, responses, policies and operation responses. Names that cross into
// function bodies are rewritten to one canonical path, Common, so that models and rules name an SDK function once.
package sdk

import (
	"go/types"
	"strings"
	"sync"
)

// Common is the canonical path of the SDK's common package in function and type names.
const Common = "oci/common"

// Recogniser answers which packages belong to a copy of the SDK. It is safe for concurrent use.
type Recogniser struct {
	mutex  sync.Mutex
	common map[*types.Package]bool
}

// NewRecogniser returns a recogniser that has looked at nothing yet.
func NewRecogniser() *Recogniser {
	return &Recogniser{common: map[*types.Package]bool{}}
}

// IsCommon reports whether a package is the common package of a copy of the SDK: it declares the operation response
// that predicates take, the retry policy and the service error.
func (r *Recogniser) IsCommon(pkg *types.Package) bool {
	if pkg == nil || pkg.Name() != "common" {
		return false
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	known, seen := r.common[pkg]
	if !seen {
		known = declaresCommon(pkg)
		r.common[pkg] = known
	}
	return known
}

// declaresCommon looks for the retry policy and, as far as they are there, for what belongs to it: of a package that is
// only known through others the declarations are there that these mention.
func declaresCommon(pkg *types.Package) bool {
	policy, ok := pkg.Scope().Lookup("RetryPolicy").(*types.TypeName)
	if !ok || !hasFields(policy.Type(), "ShouldRetryOperation", "NextDuration") {
		return false
	}
	response, ok := pkg.Scope().Lookup("OCIOperationResponse").(*types.TypeName)
	if ok && !hasFields(response.Type(), "Response", "Error", "AttemptNumber") || !ok && pkg.Complete() {
		return false
	}
	failure, ok := pkg.Scope().Lookup("ServiceError").(*types.TypeName)
	if !ok {
		return !pkg.Complete()
	}
	methods, ok := failure.Type().Underlying().(*types.Interface)
	return ok && methods.NumMethods() >= 3
}

func hasFields(t types.Type, names ...string) bool {
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	have := map[string]bool{}
	for i := range structure.NumFields() {
		have[structure.Field(i).Name()] = true
	}
	for _, name := range names {
		if !have[name] {
			return false
		}
	}
	return true
}

// CommonOf returns the common package that a package imports directly, or nil.
func (r *Recogniser) CommonOf(pkg *types.Package) *types.Package {
	for _, imported := range pkg.Imports() {
		if r.IsCommon(imported) {
			return imported
		}
	}
	return nil
}

// IsSDK reports whether a package is part of a copy of the SDK: its common package, or one that lies beside or
// below it and uses it (a service package, auth and the like).
func (r *Recogniser) IsSDK(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	if r.IsCommon(pkg) {
		return true
	}
	root, below, isSDKPath := strings.Cut(pkg.Path(), "/oci-go-sdk")
	if isSDKPath && strings.Contains(below+"/", "/example/") {
		return false // code that uses the SDK, wherever it lies
	}
	if isSDKPath && root != "" {
		return true
	}
	common := r.CommonOf(pkg)
	return common != nil && strings.HasPrefix(pkg.Path()+"/", strings.TrimSuffix(common.Path(), "common"))
}

// ImportsSDK reports whether a package imports the SDK directly.
func (r *Recogniser) ImportsSDK(pkg *types.Package) bool {
	for _, imported := range pkg.Imports() {
		if r.IsSDK(imported) {
			return true
		}
	}
	return false
}

// Path returns the path by which function and type names speak of a package: Common for any copy's common package.
func (r *Recogniser) Path(pkg *types.Package) string {
	if r.IsCommon(pkg) {
		return Common
	}
	return pkg.Path()
}

// Operation describes an OCI call by its signature.
type Operation struct {
	Name    string // "CreateVolume"
	Service string // path of the service package that declares the request or response
	Request int    // index of the request among the parameters (receiver not counted), or -1
}

// OperationOf returns the operation that a call of a function or method with this name and signature performs: it
// returns a service response and an error, and takes the service's request struct. Without a request struct it is
// one only if the receiver is a client of the SDK (ListRegions).
func (r *Recogniser) OperationOf(name string, signature *types.Signature, receiver types.Type) (Operation, bool) {
	results := signature.Results()
	if results.Len() != 2 || !isError(results.At(1).Type()) {
		return Operation{}, false
	}
	response, ok := r.serviceType(results.At(0).Type(), "Response")
	if !ok {
		if !r.isCommonType(results.At(0).Type(), "OCIResponse") {
			return Operation{}, false
		}
	}
	for i := range signature.Params().Len() {
		if request, ok := r.serviceType(signature.Params().At(i).Type(), "Request"); ok {
			return Operation{Name: request, Service: servicePath(signature.Params().At(i).Type()), Request: i}, true
		}
	}
	if response != "" && receiver != nil && r.isClient(receiver) {
		return Operation{Name: name, Service: servicePath(results.At(0).Type()), Request: -1}, true
	}
	return Operation{}, false
}

func servicePath(t types.Type) string {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		return named.Obj().Pkg().Path()
	}
	return ""
}

// serviceType returns the operation's name of a request or response struct of an SDK service package.
func (r *Recogniser) serviceType(t types.Type, suffix string) (string, bool) {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return "", false
	}
	operation, ok := strings.CutSuffix(named.Obj().Name(), suffix)
	if !ok || operation == "" || !r.IsSDK(named.Obj().Pkg()) || r.IsCommon(named.Obj().Pkg()) {
		return "", false
	}
	if suffix == "Response" && !hasFields(t, "RawResponse") || suffix == "Request" && !hasFields(t, "RequestMetadata") {
		return "", false
	}
	return operation, true
}

// RequestOperation returns the operation of a request struct type.
func (r *Recogniser) RequestOperation(t types.Type) (string, bool) {
	return r.serviceType(t, "Request")
}

// IsOperationResponse reports whether a type is common.OCIOperationResponse, the parameter of predicates.
func (r *Recogniser) IsOperationResponse(t types.Type) bool {
	return r.isCommonType(t, "OCIOperationResponse")
}

func (r *Recogniser) isCommonType(t types.Type, name string) bool {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && r.IsCommon(named.Obj().Pkg())
}

func (r *Recogniser) isClient(t types.Type) bool {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && strings.HasSuffix(named.Obj().Name(), "Client") && named.Obj().Pkg() != nil && r.IsSDK(named.Obj().Pkg())
}

// IsPredicate reports whether a signature is that of a retry predicate, func(common.OCIOperationResponse) bool.
func (r *Recogniser) IsPredicate(signature *types.Signature) bool {
	if signature.Params().Len() != 1 || signature.Results().Len() != 1 || !r.IsOperationResponse(signature.Params().At(0).Type()) {
		return false
	}
	basic, ok := signature.Results().At(0).Type().Underlying().(*types.Basic)
	return ok && basic.Kind() == types.Bool
}

// IsPause reports whether a signature is that of a policy's NextDuration, func(common.OCIOperationResponse) time.Duration.
func (r *Recogniser) IsPause(signature *types.Signature) bool {
	if signature.Params().Len() != 1 || signature.Results().Len() != 1 || !r.IsOperationResponse(signature.Params().At(0).Type()) {
		return false
	}
	named, ok := types.Unalias(signature.Results().At(0).Type()).(*types.Named)
	return ok && named.Obj().Name() == "Duration" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time"
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// Reads reports whether an operation only reads: its name begins with one of the reading verbs.
func Reads(operation string) bool {
	for _, verb := range []string{"Get", "List", "Head", "Search", "Summarize", "Query"} {
		if strings.HasPrefix(operation, verb) {
			return true
		}
	}
	return false
}
