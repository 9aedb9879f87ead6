package rule

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var unknowncode = Rule{
	Name: "unknowncode", Default: true,
	Doc:  "an error code is compared with a misspelling, or with a status it never occurs with",
	Find: findUnknowncode,
}

func findUnknowncode(in *Input) []report.Finding {
	var findings []report.Finding
	for _, file := range in.Files {
		var path []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				path = path[:len(path)-1]
				return true
			}
			path = append(path, n)
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if f, ok := misspelt(in, literal, path); ok {
					findings = append(findings, f)
				}
			}
			return true
		})
	}
	return append(findings, neverTogether(in)...)
}

// misspelt reports a literal that is compared with a whole code somewhere and is nearly a code.
func misspelt(in *Input, literal *ast.BasicLit, path []ast.Node) (report.Finding, bool) {
	text, err := strconv.Unquote(literal.Value)
	if err != nil || len(in.Survey.Compared[text]) == 0 {
		return report.Finding{}, false
	}
	right, ok := in.Catalog.Nearest(text)
	if !ok || besideRight(in, path, right) {
		return report.Finding{}, false
	}
	f := finding("unknowncode", literal.Pos(), "compares the error code with %q, which the catalog does not have; the code is %q", text, right)
	f.End = literal.End()
	f.Fixes = []analysis.SuggestedFix{{Message: "Use the right spelling", TextEdits: []analysis.TextEdit{
		{Pos: literal.Pos(), End: literal.End(), NewText: []byte(strconv.Quote(right))},
	}}}
	return f, true
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

// neverTogether reports codes that are only ever compared after the status was decided to be one they never have.
func neverTogether(in *Input) []report.Finding {
	var findings []report.Finding
	for _, row := range in.Catalog.Rows() {
		for _, comparison := range in.Survey.Compared[row.Code] {
			if len(comparison.Statuses) != 1 || !in.Survey.Elsewhere(comparison) {
				continue
			}
			status := 0
			for only := range comparison.Statuses {
				status = only
			}
			if _, together := in.Catalog.Lookup(status, row.Code); together || len(in.Catalog.ByStatus(status)) == 0 {
				continue
			}
			if pos := literalAt(in, comparison.Pos, row.Code); pos.IsValid() {
				findings = append(findings, finding("unknowncode", pos,
					"compares the code with %q where the status is %d; the catalog has that code with status %d only", row.Code, status, row.Status))
			}
		}
	}
	return findings
}

// literalAt returns the literal that spells a text in the statement or expression at a position, or in the
// declaration of the constant that is named there.
func literalAt(in *Input, pos token.Pos, text string) token.Pos {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		if found := literalIn(in, path[i], text); found.IsValid() {
			return found
		}
		if _, ok := path[i].(*ast.BlockStmt); ok {
			break
		}
	}
	return token.NoPos
}

func literalIn(in *Input, n ast.Node, text string) token.Pos {
	found := token.NoPos
	ast.Inspect(n, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && !found.IsValid() {
			if value, err := strconv.Unquote(literal.Value); err == nil && value == text {
				found = literal.Pos()
			}
		}
		return !found.IsValid()
	})
	return found
}
