package rule

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var unknowncode = documented("unknowncode", findUnknowncode)

func findUnknowncode(in *Input) []report.Finding {
	findings := withoutCode(in)
	for _, text := range slices.Sorted(maps.Keys(in.Survey.Compared)) {
		right, ok := in.Catalog.Nearest(text)
		if !ok {
			continue
		}
		for _, comparison := range in.Survey.Compared[text] {
			for _, literal := range literalsOf(in, comparison, text) {
				if !ofOwnNames(in, comparison, literal) && !besideRight(in, nodeAt(in.Files, literal.Pos()), right) && !comparedBeside(in, comparison, right) {
					findings = append(findings, on(in, misspelt(literal, text, right), near(comparison.Pos, "it is compared here")))
				}
			}
		}
	}
	return oncePerPlace(append(findings, neverTogether(in)...))
}

// withoutCode reports codes that are only asked for after operations sent with HEAD, which have none.
func withoutCode(in *Input) []report.Finding {
	var findings []report.Finding
	for _, text := range slices.Sorted(maps.Keys(in.Survey.Compared)) {
		for _, comparison := range in.Survey.WithoutCode(text) {
			for _, literal := range literalsOf(in, comparison, text) {
				findings = append(findings, finding("unknowncode", literal.Pos(),
					"compares the error code with %q, but only operations sent with HEAD fail here, whose answers have no body and so no code; ask for the status", text))
			}
		}
	}
	return findings
}

// oncePerPlace keeps the first of several findings at one place.
func oncePerPlace(findings []report.Finding) []report.Finding {
	var kept []report.Finding
	for _, f := range findings {
		if !slices.ContainsFunc(kept, func(other report.Finding) bool { return other.Pos == f.Pos }) {
			kept = append(kept, f)
		}
	}
	return kept
}

func misspelt(literal *ast.BasicLit, text, right string) report.Finding {
	f := finding("unknowncode", literal.Pos(), "compares the error code with %q, which the catalog does not have; the code is %q", text, right)
	f.End = literal.End()
	f.Fixes = []analysis.SuggestedFix{{Message: "Use the right spelling", TextEdits: []analysis.TextEdit{
		{Pos: literal.Pos(), End: literal.End(), NewText: []byte(strconv.Quote(right))},
	}}}
	return f
}

// ofOwnNames reports whether a literal is of a type of the program's own and is compared with what a function of the
// program makes of the code: then it may be a name of the program's own too.
func ofOwnNames(in *Input, comparison fate.Comparison, literal *ast.BasicLit) bool {
	named, ok := types.Unalias(in.Info.TypeOf(literal)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	path := nodeAt(in.Files, comparison.Pos)
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.BinaryExpr:
			return isAnswer(in, n.X) || isAnswer(in, n.Y)
		case *ast.SwitchStmt:
			return isAnswer(in, n.Tag)
		}
	}
	return false
}

// isAnswer reports whether an expression is what a function returns: no conversion, and not the service error's code.
func isAnswer(in *Input, x ast.Expr) bool {
	call, ok := x.(*ast.CallExpr)
	if !ok || in.Info.Types[call.Fun].IsType() {
		return false
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	return !ok || selector.Sel.Name != "GetCode"
}

// comparedBeside reports whether the right spelling stands beside the comparison: the literal may be a constant's, far
// from it.
func comparedBeside(in *Input, comparison fate.Comparison, right string) bool {
	return besideRight(in, nodeAt(in.Files, comparison.Pos), right) || comparison.Call.IsValid() && besideRight(in, nodeAt(in.Files, comparison.Call), right)
}

// besideRight reports whether the right spelling stands in the same condition, list, map or switch.
func besideRight(in *Input, path []ast.Node, right string) bool {
	for i := len(path) - 2; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.BinaryExpr, *ast.ParenExpr, *ast.UnaryExpr, *ast.CompositeLit, *ast.KeyValueExpr, *ast.CaseClause, *ast.CallExpr:
			if spells(in, n, right) {
				return true
			}
		case *ast.BlockStmt:
			if i == 0 {
				return false
			}
			if _, ok := path[i-1].(*ast.SwitchStmt); ok {
				return spells(in, path[i-1], right)
			}
			return false
		case *ast.SwitchStmt:
			return spells(in, n, right)
		case ast.Stmt, ast.Decl:
			return false
		}
	}
	return false
}

func spells(in *Input, n ast.Node, right string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && !found {
			if value := in.Info.Types[e].Value; value != nil && value.Kind() == constant.String && constant.StringVal(value) == right {
				found = true
			}
		}
		return !found
	})
	return found
}

// neverTogether reports codes that are only ever compared after the status was decided to be one they never have, and
// those that were decided before such a status is compared.
func neverTogether(in *Input) []report.Finding {
	var findings []report.Finding
	for _, row := range in.Catalog.Rows() {
		for _, comparison := range in.Survey.Compared[row.Code] {
			if status, ok := only(comparison.Statuses); ok {
				findings = append(findings, apart(in, comparison, row, status)...)
			}
		}
	}
	for _, text := range slices.Sorted(maps.Keys(in.Survey.ComparedStatus)) {
		status, err := strconv.Atoi(text)
		if err != nil {
			continue
		}
		for _, asked := range in.Survey.ComparedStatus[text] {
			if code, ok := only(asked.Codes); ok {
				findings = append(findings, decidedBefore(in, asked, code, status)...)
			}
		}
	}
	return findings
}

// decidedBefore finds where the code was compared that all rows have that come to the comparison of a status.
func decidedBefore(in *Input, asked fate.Comparison, code string, status int) []report.Finding {
	rows := in.Catalog.ByCode(code)
	if len(rows) != 1 {
		return nil
	}
	for _, comparison := range in.Survey.Compared[code] {
		if comparison.Function == asked.Function && len(comparison.Codes) > 1 {
			return apart(in, comparison, rows[0], status)
		}
	}
	return nil
}

// apart reports a code and a status that the catalog has, but never together.
func apart(in *Input, comparison fate.Comparison, row catalog.Row, status int) []report.Finding {
	if _, together := in.Catalog.Lookup(status, row.Code); together || len(in.Catalog.ByStatus(status)) == 0 {
		return nil
	}
	if in.Survey.Unfinished[comparison.Function] {
		return nil // others may come there as well
	}
	var literals []*ast.BasicLit
	if comparison.Call.IsValid() { // what this call is given; other calls may give something else
		literals = literalsGiven(in, comparison, row.Code)
	} else {
		literals = literalsAt(in, comparison.Pos, row.Code)
	}
	var findings []report.Finding
	for _, literal := range literals {
		findings = append(findings, on(in, finding("unknowncode", literal.Pos(),
			"compares the code with %q where the status is %d; the catalog has that code with status %d only", row.Code, status, row.Status),
			near(statusPlace(in, comparison, status), "the status is compared here")))
	}
	return findings
}

// statusPlace returns where the function that compares a code compares the status, 0 when that is in several places.
func statusPlace(in *Input, comparison fate.Comparison, status int) token.Pos {
	place := token.NoPos
	for _, asked := range in.Survey.ComparedStatus[strconv.Itoa(status)] {
		if asked.Function != comparison.Function || asked.Pos == place {
			continue
		}
		if place.IsValid() {
			return token.NoPos
		}
		place = asked.Pos
	}
	return place
}

// only returns the only key of a map.
func only[K comparable](set map[K]bool) (key K, ok bool) {
	for key = range set {
	}
	return key, len(set) == 1
}

// literalsOf returns the literals that spell a text where it is compared, or in the call of the function that does, as far as
// it is given to that one to compare with.
func literalsOf(in *Input, comparison fate.Comparison, text string) []*ast.BasicLit {
	if found := literalsAt(in, comparison.Pos, text); len(found) > 0 || comparison.Call == token.NoPos {
		return found
	}
	return literalsGiven(in, comparison, text)
}

// literalsGiven returns the literals that spell a text in what a call hands to the function that compares with it. Another
// argument may be the same text by chance: a word to log, or to wrap the error with.
func literalsGiven(in *Input, comparison fate.Comparison, text string) []*ast.BasicLit {
	call := callAt(in, comparison.Call)
	if call == nil {
		return nil
	}
	var found []*ast.BasicLit
	for _, given := range operandsOf(in, call, &comparison) {
		if literals := literalsIn(given, text); len(literals) > 0 {
			found = append(found, literals...)
		} else {
			found = append(found, namedLiterals(in, given, text)...)
		}
	}
	return found
}

// callAt returns the call whose instruction has a position.
func callAt(in *Input, pos token.Pos) *ast.CallExpr {
	for _, n := range slices.Backward(nodeAt(in.Files, pos)) {
		if call, ok := n.(*ast.CallExpr); ok && call.Lparen == pos {
			return call
		}
	}
	return nil
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// operandsOf returns the expressions of a call that may hold what an error is compared with. The error is none.
func operandsOf(in *Input, call *ast.CallExpr, comparison *fate.Comparison) []ast.Expr {
	operands := call.Args
	if selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if method := in.Info.Selections[selector]; method != nil && method.Kind() == types.MethodVal {
			operands = append([]ast.Expr{selector.X}, operands...)
		}
	}
	given, known := comparison.Given()
	last := int32(-1) // the variadic parameter's
	if signature, ok := in.Info.TypeOf(call.Fun).Underlying().(*types.Signature); ok && signature.Variadic() {
		last = int32(len(operands) - len(call.Args) + signature.Params().Len() - 1)
	}
	var expressions []ast.Expr
	for i, operand := range operands {
		at := int32(i)
		if last >= 0 {
			at = min(at, last)
		}
		if (!known || given[at]) && !types.Implements(in.Info.TypeOf(operand), errorType) {
			expressions = append(expressions, operand)
		}
	}
	return expressions
}

// literalsAt returns the literals that spell a text in the innermost expression or statement at a position that has
// any, directly or through a constant or a variable that is named there.
func literalsAt(in *Input, pos token.Pos, text string) []*ast.BasicLit {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		if _, ok := path[i].(*ast.BlockStmt); ok {
			return nil
		}
		if found := literalsIn(path[i], text); len(found) > 0 {
			return found
		}
		if found := namedLiterals(in, path[i], text); len(found) > 0 {
			return found
		}
	}
	return nil
}

func literalsIn(n ast.Node, text string) []*ast.BasicLit {
	var found []*ast.BasicLit
	ast.Inspect(n, func(n ast.Node) bool {
		if _, ok := n.(*ast.BlockStmt); ok {
			return false
		}
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if value, err := strconv.Unquote(literal.Value); err == nil && value == text {
				found = append(found, literal)
			}
		}
		return true
	})
	return found
}

// namedLiterals looks into the declarations of what an expression names.
func namedLiterals(in *Input, n ast.Node, text string) []*ast.BasicLit {
	var found []*ast.BasicLit
	ast.Inspect(n, func(n ast.Node) bool {
		if _, ok := n.(*ast.BlockStmt); ok {
			return false
		}
		name, ok := n.(*ast.Ident)
		if !ok || len(found) > 0 {
			return true
		}
		object := in.Info.Uses[name]
		switch object.(type) {
		case *types.Const, *types.Var:
			found = declaredLiterals(in, nodeAt(in.Files, object.Pos()), text)
		}
		return true
	})
	return found
}

// declaredLiterals looks into the declaration at the end of a path; an element of a list that is gone over is declared
// by the list, where only one literal spells the text.
func declaredLiterals(in *Input, path []ast.Node, text string) []*ast.BasicLit {
	for i := len(path) - 1; i >= 0; i-- {
		switch declaration := path[i].(type) {
		case *ast.ValueSpec:
			return literalsIn(declaration, text)
		case *ast.AssignStmt:
			return literalsIn(declaration, text)
		case *ast.RangeStmt:
			found := literalsIn(declaration.X, text)
			if name, ok := declaration.X.(*ast.Ident); ok && len(found) == 0 && in.Info.Uses[name] != nil {
				found = declaredLiterals(in, nodeAt(in.Files, in.Info.Uses[name].Pos()), text)
			}
			if len(found) == 1 {
				return found
			}
			return nil
		case ast.Stmt, ast.Decl:
			return nil
		}
	}
	return nil
}
