package summary

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// Defaults reads from the source of an SDK service package which operations start from the default retry policy and
// which from none: each generated client method begins with `policy := common.DefaultRetryPolicy()` or NoRetryPolicy.
// It also reads how an operation is sent, where its name does not tell: what builds the request names the HTTP method.
func Defaults(path string, files []*ast.File) *Package {
	pkg := &Package{Path: path, SDK: true, Known: true}
	for _, file := range files {
		for _, declaration := range file.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil || method.Body == nil {
				continue
			}
			if startsFromDefault(method.Body) {
				pkg.Defaults = append(pkg.Defaults, method.Name.Name)
			}
			switch operation := exportedName(method.Name.Name); sentWith(method.Body) {
			case "MethodHead":
				pkg.Heads = append(pkg.Heads, operation)
			case "MethodGet":
				if !sdk.Reads(operation) {
					pkg.Gets = append(pkg.Gets, operation)
				}
			}
		}
	}
	return pkg.Link()
}

func startsFromDefault(body *ast.BlockStmt) bool {
	for _, statement := range body.List {
		assign, ok := statement.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
			continue
		}
		name, ok := assign.Lhs[0].(*ast.Ident)
		call, isCall := assign.Rhs[0].(*ast.CallExpr)
		if !ok || name.Name != "policy" || !isCall {
			continue
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		return ok && selector.Sel.Name == "DefaultRetryPolicy"
	}
	return false
}

// exportedName is the name of the operation that an unexported method sends: createGroup sends CreateGroup.
func exportedName(name string) string {
	if name[0] >= 'a' && name[0] <= 'z' {
		return string(name[0]-'a'+'A') + name[1:]
	}
	return name
}

// sentWith returns the name in package http of the method that a generated client method sends its request with, "" when
// it sends none: `request.HTTPRequest(http.MethodGet, …)`.
func sentWith(body *ast.BlockStmt) string {
	found := ""
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 || found != "" {
			return found == ""
		}
		callee, isMethod := call.Fun.(*ast.SelectorExpr)
		method, named := call.Args[0].(*ast.SelectorExpr)
		if isMethod && named && callee.Sel.Name == "HTTPRequest" {
			if pkg, ok := method.X.(*ast.Ident); ok && pkg.Name == "http" {
				found = method.Sel.Name
			}
		}
		return true
	})
	return found
}

// Reads reports whether a service's operation only reads: by its name, or because it is sent with GET or HEAD.
func (p *Package) Reads(operation string) bool {
	return sdk.Reads(operation) || p != nil && (slices.Contains(p.Gets, operation) || slices.Contains(p.Heads, operation))
}

// SentWithHead reports whether a service's operation is known to be sent with HEAD.
func (p *Package) SentWithHead(operation string) bool {
	return p != nil && slices.Contains(p.Heads, operation)
}

// Common reads the version of a copy of the SDK from the source of its common package.
func Common(path string, files []*ast.File) *Package {
	return (&Package{Path: path, SDK: true, Version: version(files)}).Link()
}

// version reads the constants of version.go, which each version of the SDK has: `major = "65"` and its like.
func version(files []*ast.File) sdk.Version {
	parts := map[string]int{}
	for _, file := range files {
		for _, declaration := range file.Decls {
			constants, ok := declaration.(*ast.GenDecl)
			if !ok || constants.Tok != token.CONST {
				continue
			}
			for _, spec := range constants.Specs {
				value := spec.(*ast.ValueSpec)
				if len(value.Names) != 1 || len(value.Values) != 1 {
					continue
				}
				if literal, ok := value.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
					text, _ := strconv.Unquote(literal.Value)
					if number, err := strconv.Atoi(text); err == nil {
						parts[value.Names[0].Name] = number
					}
				}
			}
		}
	}
	major, known := parts["major"]
	if !known {
		return sdk.Version{}
	}
	return sdk.Version{Known: true, Major: major, Minor: parts["minor"], Patch: parts["patch"]}
}
