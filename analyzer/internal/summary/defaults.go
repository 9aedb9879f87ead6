package summary

import "go/ast"

// Defaults reads from the source of an SDK service package which operations start from the default retry policy and
// which from none: each generated client method begins with `policy := common.DefaultRetryPolicy()` or NoRetryPolicy.
func Defaults(path string, files []*ast.File) *Package {
	pkg := &Package{Path: path, SDK: true, Known: true}
	for _, file := range files {
		for _, declaration := range file.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if ok && method.Recv != nil && method.Body != nil && startsFromDefault(method.Body) {
				pkg.Defaults = append(pkg.Defaults, method.Name.Name)
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
