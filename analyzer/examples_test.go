package analyzer_test

import (
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ociretry/ociretry/analyzer"
	"github.com/ociretry/ociretry/analyzer/rules"
)

// TestExamples compiles the examples of the pages against the real SDK, each in a package of its own, and runs all rules
// over them:
//
//   - a bad example has a finding of the page's rule on each line that a comment "// bad:" marks and on no other, and
//     the messages are those quoted below it;
//   - a good one has none;
//   - a bad one has none either once the comment gives way to a directive that the page names.
//
// A comment marks the line that it stands at the end of, or the one below it, as a directive does.
func TestExamples(t *testing.T) {
	t.Parallel()
	trials := trials(t)
	files := map[string]string{}
	for _, trial := range trials {
		files[trial.folder+"/"+exampleFile] = trial.source
	}
	found := analyse(t, module(t, files))
	for _, trial := range trials {
		t.Run(trial.folder, func(t *testing.T) { trial.check(t, found["program/"+trial.folder]) })
	}
}

// onlyOnItsPage has findings in code that does just what the SDK does by default, as good examples do and should. That
// is why it is off by default, and why its findings count on its own page alone.
const onlyOnItsPage = "missedretry"

const exampleFile = "example.go"

// trial is an example, or a changed one, in a package of its own.
type trial struct {
	page   *page
	folder string
	source string
	marked []int    // lines with a finding of the page's rule, as lines of the page
	want   []string // all messages
}

// trials returns what is to be compiled and analysed.
func trials(t *testing.T) []*trial {
	t.Helper()
	var all []*trial
	for _, p := range pages(t) {
		for i, good := range p.of("Good") {
			all = append(all, &trial{page: p, folder: fmt.Sprintf("%s/good%d", p.Name, i+1), source: source(t, p, good.line, good.code)})
		}
		for i, bad := range p.of("Bad") {
			folder := fmt.Sprintf("%s/bad%d", p.Name, i+1)
			all = append(all, &trial{page: p, folder: folder, source: source(t, p, bad.line, bad.code), marked: marks(bad), want: bad.reports})
			if p.Name == rules.Directives {
				continue // a directive does not silence what is said of directives
			}
			for j, directive := range p.directives {
				silenced := badComment.ReplaceAllLiteralString(bad.code, directive)
				all = append(all, &trial{page: p, folder: fmt.Sprintf("%s/silenced%d", folder, j+1), source: source(t, p, bad.line, silenced)})
			}
		}
	}
	return all
}

// check compares what was found in the trial's package with what its page says.
func (trial *trial) check(t *testing.T, found []finding) {
	var messages []string
	var lines []int
	for _, f := range found {
		if f.Category == onlyOnItsPage && trial.page.Name != onlyOnItsPage {
			continue
		}
		messages = append(messages, f.Message)
		if f.Category == trial.page.Name {
			lines = append(lines, f.line)
		}
		if f.URL != rules.URL(f.Category) {
			t.Errorf("%s: %s has the address %q", trial.page.file, f.Message, f.URL)
		}
	}
	if !slices.Equal(lines, trial.marked) {
		t.Errorf("%s: findings of %s on lines %d, want them on %d", trial.page.file, trial.page.Name, lines, trial.marked)
	}
	if !slices.Equal(messages, trial.want) {
		t.Errorf("%s: it reports\n%s\nwant\n%s", trial.page.file, strings.Join(messages, "\n"), strings.Join(trial.want, "\n"))
	}
}

var badComment = regexp.MustCompile(`// bad: .*`)

// marks returns the lines of the page that the comments of a bad example mark.
func marks(e *example) []int {
	var marked []int
	for i, line := range strings.Split(e.code, "\n") {
		before, _, found := strings.Cut(line, "// bad: ")
		switch {
		case found && strings.TrimSpace(before) == "":
			marked = append(marked, e.line+i+1)
		case found:
			marked = append(marked, e.line+i)
		}
	}
	return marked
}

// importable are the packages whose imports the pages leave out.
var importable = []string{
	"context", "errors", "fmt", "strings", "time",
	"github.com/oracle/oci-go-sdk/v65/common", "github.com/oracle/oci-go-sdk/v65/core", "github.com/oracle/oci-go-sdk/v65/identity",
}

// source makes a file of an example. Its lines have the numbers that they have on the page: the package clause and the
// imports are on the first one.
func source(t *testing.T, p *page, line int, code string) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", "package example;"+code, 0)
	if err != nil {
		t.Fatalf("%s:%d: %v", p.file, line, err)
	}
	var specs []string
	for _, name := range file.Unresolved {
		for _, imported := range importable {
			if path.Base(imported) == name.Name {
				specs = append(specs, fmt.Sprintf("%q", imported))
			}
		}
	}
	slices.Sort(specs)
	head := "package example; import (" + strings.Join(slices.Compact(specs), "; ") + ")"
	return head + strings.Repeat("\n", line-1) + code
}

// finding is a diagnostic, and its line.
type finding struct {
	analysis.Diagnostic
	line int
}

// analyse compiles the packages of a module and returns what all rules find in them, by package and in source order.
func analyse(t *testing.T, root string) map[string][]finding {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: root}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(loaded) > 0 {
		t.Fatal("the examples do not compile; their lines are those of the pages")
	}
	all, err := analyzer.New(analyzer.Settings{Rules: "all"})
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.InOneProcess(all)}, loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]finding{}
	for _, action := range graph.Roots {
		if action.Err != nil {
			t.Fatal(action.Err)
		}
		for _, d := range action.Diagnostics {
			found[action.Package.PkgPath] = append(found[action.Package.PkgPath], finding{d, action.Package.Fset.Position(d.Pos).Line})
		}
	}
	return found
}

// TestFormOfExamples looks that the examples are formatted, and that those of a section are told from each other.
func TestFormOfExamples(t *testing.T) {
	for _, p := range pages(t) {
		for _, e := range p.examples {
			if formatted, err := format.Source([]byte(e.code)); err != nil || string(formatted) != e.code {
				t.Errorf("%s:%d: the example is not formatted: %v\n%s", p.file, e.line, err, formatted)
			}
			if isBad := len(marks(e)) > 0; isBad != (e.kind == "Bad") || isBad == strings.Contains(e.code, "// good") {
				t.Errorf("%s:%d: bad examples mark lines with // bad:, good ones begin with // good", p.file, e.line)
			}
		}
	}
}
