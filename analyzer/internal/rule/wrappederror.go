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
		wrapped, flattened, listed, other := 0, 0, 0, 0
		made := token.NoPos
		if !slices.ContainsFunc(assertion.Values, eval.OfRow) {
			continue // what the service answered never gets there
		}
		for _, value := range assertion.Values {
			if !made.IsValid() {
				made = in.Survey.WrappedAt(value)
			}
			switch value.Kind {
			case eval.Nil:
			case eval.Wrapped:
				switch {
				case eval.InList(value):
					listed++
				case !chainReaches(value):
					flattened++
				default:
					wrapped++
				}
			case eval.Flattened:
				if eval.InList(value) {
					listed++
				} else {
					flattened++
				}
			default:
				other++
			}
		}
		asked, instead, whole := "a type assertion", "use errors.As with a common.ServiceError variable", "wrap it with %w and use errors.As"
		if assertion.IsBuilt() {
			asked = "common." + assertion.Question + ", which asks a type assertion in turn,"
			instead = "ask before it is wrapped, or tell its code by errors.As with a common.ServiceError variable"
			whole = "ask before that, or wrap it with %w and tell its code by errors.As with a common.ServiceError variable"
		}
		switch {
		case other > 0 || wrapped+flattened+listed == 0:
		case listed > 0:
			// No fix: of a list errors.As finds the first attempt's error.
			findings = append(findings, on(in, finding("wrappederror", place,
				"asks %s about the list of all attempts' errors that retry-go makes, so the answer is always false; give retry.LastErrorOnly(true), or ask about the last error of the list", asked),
				near(made, "the list is made here"), near(assertion.Caller, "called with a list of errors")))
		case flattened > 0:
			findings = append(findings, on(in, finding("wrappederror", place,
				"asks %s about an error that was flattened to text, so the answer is always false and the chain is lost; %s", asked, whole),
				near(made, "it is flattened here"), near(assertion.Caller, "called with an error that is flattened")))
		default:
			f := finding("wrappederror", place,
				"asks %s about an error that is always wrapped here, so the answer is always false; %s", asked, instead)
			f.Fixes = asFix(in, assertion.Pos)
			findings = append(findings, on(in, f, near(made, "it is wrapped here"), near(assertion.Caller, "called with an error that is wrapped")))
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

// declareAndAsk declares the service error and asks for it. The names keep their meaning: one that stood there before is
// not declared again.
func declareAndAsk(in *Input, path []ast.Node, assign *ast.AssignStmt, call *ast.CallExpr) []analysis.SuggestedFix {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !imports(in, path[0], "errors", assign.Pos()) {
		return nil
	}
	pkg, isName := selector.X.(*ast.Ident)
	failure, isName2 := assign.Lhs[0].(*ast.Ident)
	answer, isName3 := assign.Lhs[1].(*ast.Ident)
	if !isName || !isName2 || !isName3 || failure.Name == "_" || in.Info.Defs[failure] == nil || answer.Name == "_" {
		return nil
	}
	declared := map[string]string{
		"IsServiceError": "ServiceError", "IsServiceErrorRichInfo": "ServiceErrorRichInfo",
		"IsServiceErrorLocalizationMessage": "ServiceErrorLocalizationMessage",
	}[selector.Sel.Name]
	if declared == "" || !in.declares(declared) {
		return nil
	}
	define := " := "
	if in.Info.Defs[answer] == nil {
		define = " = "
	}
	return []analysis.SuggestedFix{{Message: "Use errors.As", TextEdits: []analysis.TextEdit{
		{Pos: assign.Pos(), End: call.Args[0].Pos(), NewText: []byte("var " + failure.Name + " " + pkg.Name + "." + declared + "\n" + answer.Name + define + "errors.As(")},
		{Pos: call.Args[0].End(), End: call.End(), NewText: []byte(", &" + failure.Name + ")")},
	}}}
}

// imports reports whether a file imports a package under its own name, and the name means that package at a position.
func imports(in *Input, file ast.Node, path string, at token.Pos) bool {
	f, ok := file.(*ast.File)
	if !ok {
		return false
	}
	for _, spec := range f.Imports {
		if imported := in.Info.PkgNameOf(spec); imported != nil && imported.Imported().Path() == path && imported.Name() == path {
			return isMeant(in, imported, at)
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
