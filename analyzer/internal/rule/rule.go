// Package rule holds the rules: each is a question of a few lines about fates, with its name, its message and its fix.
// A rule knows nothing of how functions are evaluated.
package rule

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
	"github.com/ociretry/ociretry/analyzer/rules"
)

// Rule is one question. What is said of it, and whether it is on by default, stands on its page in package rules.
type Rule struct {
	Name    string // also the diagnostic's category and the name of its page
	Default bool   // on unless switched off
	Doc     string // one sentence
	Find    func(in *Input) []report.Finding
}

// documented makes a rule from its page and its question.
func documented(name string, find func(in *Input) []report.Finding) Rule {
	page, err := rules.Read(name)
	if err != nil {
		panic(err) // the built-in pages are broken; their test fails before
	}
	return Rule{Name: page.Name, Default: page.Default, Doc: page.Summary, Find: find}
}

// All returns the rules in the order of their documentation.
func All() []Rule {
	return []Rule{nonretryable, nobackoff, incorrectstate, retrytoken, unknowncode, wrappederror, deadpolicy, missedretry, textmatch}
}

// Names returns the rules' names in order.
func Names() []string {
	var names []string
	for _, rule := range All() {
		names = append(names, rule.Name)
	}
	return names
}

// Input is what a rule may look at.
type Input struct {
	Survey  *fate.Survey
	Catalog *catalog.Catalog
	Files   []*ast.File
	Info    *types.Info
	Fset    *token.FileSet
	Package *types.Package

	declared map[string]bool // what was asked of the SDK's common package
}

// maxNamed rows are named in a message; the others are counted.
const maxNamed = 4

// naming lists rows for a message.
func naming(rows []catalog.Row) string {
	named := make([]string, 0, maxNamed)
	for i, row := range rows {
		if i == maxNamed {
			return strings.Join(named, ", ") + fmt.Sprintf(" and %d more", len(rows)-maxNamed)
		}
		named = append(named, row.String())
	}
	if len(named) > 1 {
		return strings.Join(named[:len(named)-1], ", ") + " and " + named[len(named)-1]
	}
	return strings.Join(named, "")
}

func finding(name string, pos token.Pos, format string, arguments ...any) report.Finding {
	return report.Finding{Pos: pos, Rule: name, Message: name + ": " + fmt.Sprintf(format, arguments...)}
}

// on adds related places to a finding; those that are not known, and those on the finding's own line, are left out.
func on(in *Input, f report.Finding, places ...analysis.RelatedInformation) report.Finding {
	for _, place := range places {
		if place.Pos.IsValid() && in.Fset.Position(place.Pos).Line != in.Fset.Position(f.Pos).Line {
			f.Related = append(f.Related, place)
		}
	}
	return f
}

func near(pos token.Pos, message string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: pos, Message: message}
}

// ofPredicate are the places that a finding about what a predicate answers for a row has to do with: where that is
// decided, and where the predicate became a policy's.
func ofPredicate(predicate *fate.Predicate, row catalog.Row) []analysis.RelatedInformation {
	return []analysis.RelatedInformation{
		near(predicate.Answers[row.String()].Ground, "this decides what it answers for "+row.String()),
		near(predicate.Installed, "made a policy's predicate here"),
	}
}

// roundOf are the places on the way round that a call takes for a row.
func roundOf(call *fate.Call, row *eval.Row) []analysis.RelatedInformation {
	decision, second := call.Way(row)
	return []analysis.RelatedInformation{near(decision, "this decides that it goes on"), near(second, "sent again here")}
}

// rowsOf returns the rows that a test accepts, in table order.
func rowsOf(in *Input, accept func(row catalog.Row) bool) []catalog.Row {
	var rows []catalog.Row
	for _, row := range in.Catalog.Rows() {
		if accept(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// general reports whether something that retries these rows is meant for all operations: it retries throttling, and
// an error of the service itself.
func general(in *Input, retries func(row catalog.Row) bool) bool {
	throttled, failing := false, false
	for _, row := range in.Catalog.Rows() {
		if !retries(row) {
			continue
		}
		throttled = throttled || row.Status == 429
		failing = failing || row.Status == 500 || row.Status == 503
	}
	return throttled && failing
}

// nodeAt returns the nodes that enclose a position, the outermost first.
func nodeAt(files []*ast.File, pos token.Pos) []ast.Node {
	var path []ast.Node
	for _, file := range files {
		if pos < file.FileStart || pos > file.FileEnd {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || pos < n.Pos() || pos > n.End() {
				return false
			}
			path = append(path, n)
			return true
		})
	}
	return path
}
