package rule

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// freshFix makes a constant token one that is made anew: common.String("x") becomes common.String(common.RetryToken()).
func freshFix(in *Input, pos token.Pos) []analysis.SuggestedFix {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		call, ok := path[i].(*ast.CallExpr)
		if !ok || call.Pos() != pos {
			continue
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || selector.Sel.Name != "String" || len(call.Args) != 1 || !isCommon(in, selector.X) || !isConstant(in, call.Args[0]) || !in.declares("RetryToken") || maySendAgain(in, path[:i]) {
			return nil
		}
		return []analysis.SuggestedFix{{Message: "Make a token for each request", TextEdits: []analysis.TextEdit{
			{Pos: call.Args[0].Pos(), End: call.Args[0].End(), NewText: []byte(selector.X.(*ast.Ident).Name + ".RetryToken()")},
		}}}
	}
	return nil
}

// maySendAgain reports whether what stands at the end of a path may be come to again for the same request, in a loop
// that is no walk over a collection or in a function literal that somebody calls: a fresh token there would make each
// attempt another request.
func maySendAgain(in *Input, path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.ForStmt, *ast.FuncLit:
			return true
		case *ast.RangeStmt:
			basic, isBasic := in.Info.TypeOf(n.X).Underlying().(*types.Basic)
			if isBasic && basic.Info()&types.IsInteger != 0 {
				return true
			}
		}
	}
	return false
}

// isConstant reports whether an expression is a literal: a named constant that nobody uses any more would be left
// behind, or be a package of its own.
func isConstant(in *Input, x ast.Expr) bool {
	literal, ok := x.(*ast.BasicLit)
	return ok && in.Info.Types[literal].Value != nil
}

// isCommon reports whether an expression is the name of an imported common package of the SDK.
func isCommon(in *Input, x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	pkg, ok := in.Info.Uses[name].(*types.PkgName)
	return ok && isCommonPackage(pkg.Imported())
}

// newTokenFix gives a request another token after InvalidatedRetryToken, for the next round of the loop. It is certain
// where the request is a variable from outside of the loop and the call's error is assigned in a statement of its own.
func newTokenFix(in *Input, call *fate.Call) []analysis.SuggestedFix {
	path := nodeAt(in.Files, call.Pos)
	var block *ast.BlockStmt
	var send *ast.AssignStmt
	for i := len(path) - 1; i > 0; i-- {
		switch n := path[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		case *ast.AssignStmt:
			inBlock := false
			if block, inBlock = path[i-1].(*ast.BlockStmt); !inBlock || len(n.Rhs) != 1 || !isCallAt(n.Rhs[0], call.Pos) {
				return nil
			}
			send = n
		case *ast.ForStmt, *ast.RangeStmt:
			if send == nil {
				return nil
			}
			request := requestOf(in, send, n.Pos())
			failure, ok := send.Lhs[len(send.Lhs)-1].(*ast.Ident)
			common := commonName(in, path[0], send.End())
			if request == "" || !ok || !isPlainName(failure.Name) || request == "failure" || request == "ok" || common == "" || !in.declares("RetryToken") {
				return nil
			}
			text := "if failure, ok := " + common + ".IsServiceError(" + failure.Name + "); ok && failure.GetCode() == \"InvalidatedRetryToken\" {\n" +
				request + ".OpcRetryToken = " + common + ".String(" + common + ".RetryToken())\n}"
			return []analysis.SuggestedFix{{Message: "Make another token for the next attempt", TextEdits: []analysis.TextEdit{after(block, send, text)}}}
		}
	}
	return nil
}

// requestOf returns the name of the variable from before a position that a call sends as its request, "" if it is none.
func requestOf(in *Input, send *ast.AssignStmt, before token.Pos) string {
	call := send.Rhs[0].(*ast.CallExpr)
	name, ok := call.Args[len(call.Args)-1].(*ast.Ident)
	if !ok {
		return ""
	}
	variable, ok := in.Info.Uses[name].(*types.Var)
	if !ok || variable.Pos() >= before || variable.Parent() == in.Package.Scope() {
		return ""
	}
	request, ok := variable.Type().Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	for i := range request.NumFields() {
		if request.Field(i).Name() == "OpcRetryToken" {
			return name.Name
		}
	}
	return ""
}

// after puts a statement behind another one, where the next one stands if there is one: a comment at the end of the
// line stays where it is.
func after(block *ast.BlockStmt, statement ast.Stmt, text string) analysis.TextEdit {
	for i, other := range block.List {
		if other == statement && i+1 < len(block.List) {
			next := block.List[i+1].Pos()
			return analysis.TextEdit{Pos: next, End: next, NewText: []byte(text + "\n")}
		}
	}
	return analysis.TextEdit{Pos: statement.End(), End: statement.End(), NewText: []byte("\n" + text)}
}

func isCallAt(x ast.Expr, pos token.Pos) bool {
	call, ok := x.(*ast.CallExpr)
	return ok && call.Lparen == pos
}

// commonName returns the name under which a file imports the SDK's common package, "" when it does not, or when the
// name means something else at a position.
func commonName(in *Input, file ast.Node, at token.Pos) string {
	f, ok := file.(*ast.File)
	if !ok {
		return ""
	}
	for _, spec := range f.Imports {
		imported := in.Info.PkgNameOf(spec)
		if imported != nil && imported.Name() != "_" && imported.Name() != "." && isCommonPackage(imported.Imported()) && isMeant(in, imported, at) {
			return imported.Name()
		}
	}
	return ""
}

func isCommonPackage(pkg *types.Package) bool { return sdk.NewRecogniser().IsCommon(pkg) }

// isMeant reports whether the name of an imported package means that package at a position.
func isMeant(in *Input, imported *types.PkgName, at token.Pos) bool {
	scope := in.Package.Scope().Innermost(at)
	if scope == nil {
		return false
	}
	_, object := scope.LookupParent(imported.Name(), at)
	return object == imported
}
