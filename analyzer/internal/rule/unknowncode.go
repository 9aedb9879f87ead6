package rule

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"sort"
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
	texts := make([]string, 0, len(in.Survey.Compared))
	for text := range in.Survey.Compared {
		texts = append(texts, text)
	}
	sort.Strings(texts)
	for _, text := range texts {
		right, ok := in.Catalog.Nearest(text)
		if !ok {
			continue
		}
		for _, comparison := range in.Survey.Compared[text] {
			for _, literal := range literalsAt(in, comparison.Pos, text) {
				if !besideRight(in, nodeAt(in.Files, literal.Pos()), right) {
					findings = append(findings, misspelt(literal, text, right))
				}
			}
		}
	}
	return append(findings, neverTogether(in)...)
}

func misspelt(literal *ast.BasicLit, text, right string) report.Finding {
	f := finding("unknowncode", literal.Pos(), "compares the error code with %q, which the catalog does not have; the code is %q", text, right)
	f.End = literal.End()
	f.Fixes = []analysis.SuggestedFix{{Message: "Use the right spelling", TextEdits: []analysis.TextEdit{
		{Pos: literal.Pos(), End: literal.End(), NewText: []byte(strconv.Quote(right))},
	}}}
	return f
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
			if len(comparison.Statuses) != 1 {
				continue
			}
			status := 0
			for only := range comparison.Statuses {
				status = only
			}
			if _, together := in.Catalog.Lookup(status, row.Code); together || len(in.Catalog.ByStatus(status)) == 0 {
				continue
			}
			for _, literal := range literalsAt(in, comparison.Pos, row.Code) {
				findings = append(findings, finding("unknowncode", literal.Pos(),
					"compares the code with %q where the status is %d; the catalog has that code with status %d only", row.Code, status, row.Status))
			}
		}
	}
	return findings
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
			path := nodeAt(in.Files, object.Pos())
			for i := len(path) - 1; i >= 0 && len(found) == 0; i-- {
				switch declaration := path[i].(type) {
				case *ast.ValueSpec:
					found = literalsIn(declaration, text)
					return true
				case *ast.AssignStmt:
					found = literalsIn(declaration, text)
					return true
				case ast.Stmt, ast.Decl:
					return true
				}
			}
		}
		return true
	})
	return found
}
