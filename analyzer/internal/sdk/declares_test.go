package sdk

import (
	"go/token"
	"go/types"
	"testing"
)

// commonPackage makes a common package of the SDK under a path, with some functions; whole says whether all that it
// declares is there, or only what others mention.
func commonPackage(path string, whole bool, functions ...string) *types.Package {
	pkg := types.NewPackage(path, "common")
	field := func(name string) *types.Var {
		return types.NewField(token.NoPos, pkg, name, types.Typ[types.Int], false)
	}
	declare := func(name string, fields ...string) {
		var vars []*types.Var
		for _, f := range fields {
			vars = append(vars, field(f))
		}
		named := types.NewTypeName(token.NoPos, pkg, name, nil)
		types.NewNamed(named, types.NewStruct(vars, nil), nil)
		pkg.Scope().Insert(named)
	}
	declare("RetryPolicy", "ShouldRetryOperation", "NextDuration")
	if whole {
		declare("OCIOperationResponse", "Response", "Error", "AttemptNumber")
		failure := types.NewTypeName(token.NoPos, pkg, "ServiceError", nil)
		var methods []*types.Func
		for _, name := range []string{"GetHTTPStatusCode", "GetCode", "GetMessage"} {
			methods = append(methods, types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(nil, nil, nil, nil, nil, false)))
		}
		types.NewNamed(failure, types.NewInterfaceType(methods, nil).Complete(), nil)
		pkg.Scope().Insert(failure)
		pkg.MarkComplete()
	}
	for _, name := range functions {
		pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(nil, nil, nil, nil, nil, false)))
	}
	return pkg
}

// A name is declared where the package has it. Of a package that is only known through others the major version tells,
// and what that cannot tell is not declared.
func TestDeclares(t *testing.T) {
	const root = "github.com/oracle/oci-go-sdk/"
	for _, test := range []struct {
		what   string
		common *types.Package
		name   string
		want   bool
	}{
		{"there", commonPackage(root+"v65/common", true, "RetryToken"), "RetryToken", true},
		{"not there", commonPackage(root+"v36/common", true), "IsErrorRetryableByDefault", false},
		{"not there, whatever the path says", commonPackage(root+"v65/common", true), "IsErrorRetryableByDefault", false},
		{"mentioned by others", commonPackage(root+"v46/common", false, "IsErrorRetryableByDefault"), "IsErrorRetryableByDefault", true},
		{"in every release of the version", commonPackage(root+"v47/common", false), "IsErrorRetryableByDefault", true},
		{"in some releases of the version", commonPackage(root+"v46/common", false), "IsErrorRetryableByDefault", false},
		{"before the version", commonPackage(root+"v36/common", false), "IsErrorRetryableByDefault", false},
		{"no version in the path", commonPackage(root+"common", false), "RetryToken", false},
		{"always there", commonPackage(root+"common", false), "IsServiceError", true},
		{"a name that nobody knows", commonPackage(root+"v65/common", false), "IsErrorRetryable", false},
		{"a copy under another path", commonPackage("example.com/sdk/common", false), "RetryToken", false},
	} {
		program, service := types.NewPackage("example.com/program", "program"), types.NewPackage("example.com/service", "service")
		service.SetImports([]*types.Package{test.common})
		program.SetImports([]*types.Package{service})
		for what, from := range map[string]*types.Package{"through another package": program, "directly": service} {
			if got := NewRecogniser().Declares(from, test.name); got != test.want {
				t.Errorf("%s, %s: Declares(%s) is %t", test.what, what, test.name, got)
			}
		}
	}
	if NewRecogniser().Declares(types.NewPackage("example.com/apart", "apart"), "RetryToken") {
		t.Error("a package without the SDK declares something")
	}
}
