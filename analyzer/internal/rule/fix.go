package rule

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/fate"
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
		if !ok || selector.Sel.Name != "String" || len(call.Args) != 1 || !isCommon(in, selector.X) || !isConstant(in, call.Args[0]) {
			return nil
		}
		return []analysis.SuggestedFix{{Message: "Make a token for each request", TextEdits: []analysis.TextEdit{
			{Pos: call.Args[0].Pos(), End: call.Args[0].End(), NewText: []byte(selector.X.(*ast.Ident).Name + ".RetryToken()")},
		}}}
	}
	return nil
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
	return ok && pkg.Imported().Name() == "common" && pkg.Imported().Scope().Lookup("IsErrorRetryableByDefault") != nil
}

// guardFix returns what is final right after the call: the error is returned unless the SDK would retry it. It is
// certain where the call's error is assigned in a statement of the function's own and an error is all it returns.
func guardFix(in *Input, call *fate.Call) []analysis.SuggestedFix {
	path := nodeAt(in.Files, call.Pos)
	for i := len(path) - 1; i > 0; i-- {
		switch n := path[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		case *ast.AssignStmt:
			block, inBlock := path[i-1].(*ast.BlockStmt)
			if !inBlock || len(n.Rhs) != 1 || !isCallAt(n.Rhs[0], call.Pos) || !returnsError(in, path[:i]) {
				return nil
			}
			failure, ok := n.Lhs[len(n.Lhs)-1].(*ast.Ident)
			common := commonName(in, path[0])
			if !ok || failure.Name == "_" || common == "" {
				return nil
			}
			guard := "if " + failure.Name + " != nil && !" + common + ".IsErrorRetryableByDefault(" + failure.Name + ") {\nreturn " + failure.Name + "\n}"
			return []analysis.SuggestedFix{{Message: "Return what is final", TextEdits: []analysis.TextEdit{after(block, n, guard)}}}
		}
	}
	return nil
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
			common := commonName(in, path[0])
			if request == "" || !ok || failure.Name == "_" || common == "" {
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
	if !ok || variable.Pos() >= before {
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

// returnsError reports whether the innermost function of a path returns an error and nothing else.
func returnsError(in *Input, path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		var results *ast.FieldList
		switch n := path[i].(type) {
		case *ast.FuncLit:
			results = n.Type.Results
		case *ast.FuncDecl:
			results = n.Type.Results
		default:
			continue
		}
		return results.NumFields() == 1 && types.Identical(in.Info.TypeOf(results.List[0].Type), types.Universe.Lookup("error").Type())
	}
	return false
}

// commonName returns the name under which a file imports the SDK's common package, "" when it does not.
func commonName(in *Input, file ast.Node) string {
	f, ok := file.(*ast.File)
	if !ok {
		return ""
	}
	for _, spec := range f.Imports {
		if path := strings.Trim(spec.Path.Value, `"`); strings.Contains(path, "oci-go-sdk") && strings.HasSuffix(path, "/common") {
			if spec.Name == nil {
				return "common"
			}
			if spec.Name.Name != "_" && spec.Name.Name != "." {
				return spec.Name.Name
			}
		}
	}
	return ""
}
