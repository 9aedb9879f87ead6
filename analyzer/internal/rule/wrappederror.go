package rule

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var wrappederror = documented("wrappederror", findWrappederror)

func findWrappederror(in *Input) []report.Finding {
	var findings []report.Finding
	for _, assertion := range in.Survey.Assertions {
		place := switchAround(in, assertion.Pos)
		wrapped, flattened, other := 0, 0, 0
		if !slices.ContainsFunc(assertion.Values, eval.OfRow) {
			continue // what the service answered never gets there
		}
		for _, value := range assertion.Values {
			switch value.Kind {
			case eval.Nil:
			case eval.Wrapped:
				if chainReaches(value) {
					wrapped++
				} else {
					flattened++
				}
			case eval.Flattened:
				flattened++
			default:
				other++
			}
		}
		switch {
		case other > 0 || wrapped+flattened == 0:
		case flattened > 0:
			findings = append(findings, on(in, finding("wrappederror", place,
				"asks a type assertion about an error that was flattened to text, so the answer is always false and the chain is lost; wrap it with %%w and use errors.As"),
				near(assertion.Caller, "called with an error that is flattened")))
		default:
			f := finding("wrappederror", place,
				"asks a type assertion about an error that is always wrapped here, so the answer is always false; use errors.As with a common.ServiceError variable")
			f.Fixes = asFix(in, assertion.Pos)
			findings = append(findings, on(in, f, near(assertion.Caller, "called with an error that is wrapped")))
		}
	}
	return findings
}

// chainReaches reports whether an error can be found through the wrapping: not when it was flattened inside.
func chainReaches(v eval.Value) bool {
	for v.Kind == eval.Wrapped {
		v = v.Args[0]
	}
	return v.Kind != eval.Flattened
}

// asFix rewrites `failure, ok := common.IsServiceError(err)` as a statement of its own into errors.As.
func asFix(in *Input, pos token.Pos) []analysis.SuggestedFix {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i > 0; i-- {
		assign, ok := path[i].(*ast.AssignStmt)
		if !ok {
			continue
		}
		_, inBlock := path[i-1].(*ast.BlockStmt)
		call, isCall := assign.Rhs[0].(*ast.CallExpr)
		if !inBlock || !isCall || assign.Tok != token.DEFINE || len(assign.Lhs) != 2 || len(call.Args) != 1 {
			return nil
		}
		return declareAndAsk(in, path, assign, call)
	}
	return nil
}

func declareAndAsk(in *Input, path []ast.Node, assign *ast.AssignStmt, call *ast.CallExpr) []analysis.SuggestedFix {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !imports(path[0], "errors") {
		return nil
	}
	pkg, isName := selector.X.(*ast.Ident)
	failure, isName2 := assign.Lhs[0].(*ast.Ident)
	answer, isName3 := assign.Lhs[1].(*ast.Ident)
	if !isName || !isName2 || !isName3 || failure.Name == "_" || answer.Name == "_" {
		return nil
	}
	declared := map[string]string{
		"IsServiceError": "ServiceError", "IsServiceErrorRichInfo": "ServiceErrorRichInfo",
		"IsServiceErrorLocalizationMessage": "ServiceErrorLocalizationMessage",
	}[selector.Sel.Name]
	if declared == "" {
		return nil
	}
	return []analysis.SuggestedFix{{Message: "Use errors.As", TextEdits: []analysis.TextEdit{
		{Pos: assign.Pos(), End: call.Args[0].Pos(), NewText: []byte("var " + failure.Name + " " + pkg.Name + "." + declared + "\n" + answer.Name + " := errors.As(")},
		{Pos: call.Args[0].End(), End: call.End(), NewText: []byte(", &" + failure.Name + ")")},
	}}}
}

func imports(file ast.Node, path string) bool {
	f, ok := file.(*ast.File)
	if !ok {
		return false
	}
	for _, spec := range f.Imports {
		if spec.Path.Value == `"`+path+`"` && spec.Name == nil {
			return true
		}
	}
	return false
}

// switchAround returns the type switch that a case's assertion belongs to, or the assertion itself.
func switchAround(in *Input, pos token.Pos) token.Pos {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i > 1; i-- {
		if clause, ok := path[i].(*ast.CaseClause); ok && pos < clause.Colon {
			if around, ok := path[i-2].(*ast.TypeSwitchStmt); ok {
				return around.Pos()
			}
		}
	}
	return pos
}
