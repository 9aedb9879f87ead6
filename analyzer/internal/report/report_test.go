package report

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// ruleNames are the rules of these tests; the last one is off unless a test says otherwise.
var ruleNames = []string{"nonretryable", "nobackoff", "missedretry"}

// defaults returns the options of an ordinary run.
func defaults() Options {
	return Options{
		RuleNames: ruleNames,
		Enabled:   func(rule string) bool { return rule != "missedretry" },
		URL:       func(rule string) string { return "https://example.com/#" + rule },
	}
}

// A source is the name and text of a file of the package under test.
type source struct{ name, text string }

// A fixture is a parsed package and what was reported on it.
type fixture struct {
	pass     *analysis.Pass
	reported []analysis.Diagnostic
}

// parse makes a pass of the sources, in their order.
func parse(t *testing.T, sources ...source) *fixture {
	t.Helper()
	fixture := &fixture{}
	fixture.pass = &analysis.Pass{
		Fset:   token.NewFileSet(),
		Report: func(diagnostic analysis.Diagnostic) { fixture.reported = append(fixture.reported, diagnostic) },
	}
	for _, source := range sources {
		file, err := parser.ParseFile(fixture.pass.Fset, source.name, source.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		fixture.pass.Files = append(fixture.pass.Files, file)
	}
	return fixture
}

// findings returns one finding for each mention of a rule's name in the code, so that a test's source says where
// findings are: nonretryable() is a finding of nonretryable.
func (f *fixture) findings() []Finding {
	var findings []Finding
	for _, file := range f.pass.Files {
		ast.Inspect(file, func(node ast.Node) bool {
			if name, ok := node.(*ast.Ident); ok && slices.Contains(ruleNames, name.Name) {
				findings = append(findings, Finding{
					Pos: name.Pos(), End: name.End(), Rule: name.Name, Message: name.Name + ": found",
				})
			}
			return true
		})
	}
	return findings
}

// lines returns what was reported as file:line: message. The lines are those of the file itself.
func (f *fixture) lines() []string {
	var lines []string
	for _, diagnostic := range f.reported {
		position := f.pass.Fset.PositionFor(diagnostic.Pos, false)
		lines = append(lines, fmt.Sprintf("%s:%d: %s", position.Filename, position.Line, diagnostic.Message))
	}
	return lines
}

// expect compares what was reported with what should have been.
func (f *fixture) expect(t *testing.T, want ...string) {
	t.Helper()
	if got := f.lines(); !slices.Equal(got, want) {
		t.Errorf("reported\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// Two files are reported in the order of the pass, not of their positions or names, and each from top to bottom.
func TestOrderIsThatOfTheSource(t *testing.T) {
	fixture := parse(t,
		source{"b.go", "package p\n\nvar _ = nobackoff\nvar _ = nonretryable + nobackoff\n"},
		source{"a.go", "package p\n\n//lint:ignore ociretry nothing is here\n\nvar _ = nonretryable\n"},
	)
	slices.Reverse(fixture.pass.Files)
	findings := fixture.findings()
	at := findings[len(findings)-1]
	at.Rule, at.Message = "nonretryable", "nonretryable: at the same place as nobackoff"
	findings = append(findings, at)

	want := []string{
		"a.go:3: " + uselessIgnore,
		"a.go:5: nonretryable: found",
		"b.go:3: nobackoff: found",
		"b.go:4: nonretryable: found",
		"b.go:4: nobackoff: found",
		"b.go:4: nonretryable: at the same place as nobackoff",
	}
	const seed = 1
	shuffle := rand.New(rand.NewSource(seed))
	for range 20 {
		fixture.reported = nil
		Emit(fixture.pass, findings, defaults())
		fixture.expect(t, want...)
		shuffle.Shuffle(len(findings), func(i, j int) { findings[i], findings[j] = findings[j], findings[i] })
	}
}

// Of several findings with the same place and rule the one whose message sorts first is told, of equal messages the
// shortest, and other rules keep theirs.
func TestOneDiagnosticForEachPlaceAndRule(t *testing.T) {
	fixture := parse(t, source{"a.go", "package p\n\nvar _ = nonretryable\nvar _ = nonretryable\n"})
	findings := fixture.findings()
	for _, message := range []string{"a message that sorts before the other rule's", "nonretryable: alpha"} {
		again := findings[0]
		again.Message = message
		findings = append(findings, again)
	}
	other := findings[0]
	other.Rule, other.Message = "nobackoff", "no prefix, and between the messages of the other rule"
	shorter := findings[1]
	shorter.End--
	findings = append(findings, other, shorter)

	Emit(fixture.pass, findings, defaults())
	fixture.expect(t, "a.go:3: "+other.Message, "a.go:3: a message that sorts before the other rule's", "a.go:4: nonretryable: found")
	if got := fixture.reported[2].End; got != shorter.End {
		t.Errorf("end is %d, want %d, that of the shorter one", got, shorter.End)
	}
}

// A finding without a place in the package's own files is a defect of a rule, and is not told.
func TestPlaceOutsideThePackage(t *testing.T) {
	fixture := parse(t,
		source{"a.go", "package p\n\nvar _ = nonretryable\n"},
		source{"other.go", "package other\n\nvar _ = nonretryable\n"},
	)
	findings := append(fixture.findings(),
		Finding{Pos: token.NoPos, Rule: "nonretryable", Message: "nonretryable: nowhere"},
		Finding{Pos: 1 << 30, Rule: "nonretryable", Message: "nonretryable: beyond the last file"},
		Finding{Pos: -1, Rule: "nonretryable", Message: "nonretryable: before the first file"},
	)
	fixture.pass.Files = fixture.pass.Files[:1]
	Emit(fixture.pass, findings, defaults())
	fixture.expect(t, "a.go:3: nonretryable: found")
}

// A rule that is off is not told, and without Enabled none is off.
func TestRulesThatAreOff(t *testing.T) {
	text := "package p\n\nvar _ = missedretry\nvar _ = nonretryable\n"

	fixture := parse(t, source{"a.go", text})
	Emit(fixture.pass, fixture.findings(), defaults())
	fixture.expect(t, "a.go:4: nonretryable: found")

	fixture = parse(t, source{"a.go", text})
	Emit(fixture.pass, fixture.findings(), Options{RuleNames: ruleNames})
	fixture.expect(t, "a.go:3: missedretry: found", "a.go:4: nonretryable: found")
	if url := fixture.reported[0].URL; url != "" {
		t.Errorf("URL is %q where none is known", url)
	}
}

// All of a finding reaches the driver.
func TestDiagnosticIsComplete(t *testing.T) {
	fixture := parse(t, source{"a.go", "package p\n\nvar _ = nonretryable //lint:ignore nobackoff no such finding\n"})
	finding := fixture.findings()[0]
	finding.Related = []analysis.RelatedInformation{{Pos: finding.Pos, End: finding.End, Message: "decided here"}}
	finding.Fixes = []analysis.SuggestedFix{{
		Message:   "Use errors.As",
		TextEdits: []analysis.TextEdit{{Pos: finding.Pos, End: finding.End, NewText: []byte("x")}},
	}}
	Emit(fixture.pass, []Finding{finding}, defaults())

	comment := fixture.pass.Files[0].Comments[0]
	want := []analysis.Diagnostic{{
		Pos: finding.Pos, End: finding.End, Category: "nonretryable", Message: "nonretryable: found",
		URL: "https://example.com/#nonretryable", Related: finding.Related, SuggestedFixes: finding.Fixes,
	}, {
		Pos: comment.Pos(), End: comment.End(), Category: "ociretry", Message: uselessIgnore,
		URL: "https://example.com/#ociretry",
	}}
	if !reflect.DeepEqual(fixture.reported, want) {
		t.Errorf("reported\n\t%+v\nwant\n\t%+v", fixture.reported, want)
	}
}

// An end that is before the start, or in another file, is left out; the finding is not.
func TestEndThatCannotBe(t *testing.T) {
	fixture := parse(t, source{"a.go", "package p\n\nvar _ = nonretryable\n"}, source{"b.go", "package p\n"})
	finding := fixture.findings()[0]
	for _, end := range []token.Pos{token.NoPos, finding.Pos - 1, fixture.pass.Files[1].Package, 1 << 30} {
		fixture.reported = nil
		finding.End = end
		Emit(fixture.pass, []Finding{finding}, defaults())
		fixture.expect(t, "a.go:3: nonretryable: found")
		if got := fixture.reported[0].End; got != token.NoPos {
			t.Errorf("end %d is reported as %d, want none", end, got)
		}
	}
}

// The header of a generated file counts above the package clause only, and cgo's own does not make a file generated.
func TestGeneratedFiles(t *testing.T) {
	const finding = "var _ = nonretryable\n\n//lint:ignore ociretry\nvar _ = nobackoff\n\n//lint:ignore ociretry useless\nvar _ = 0\n"
	tests := []struct {
		name, text string
		generated  bool
	}{
		{"plain", "package p\n\n" + finding, false},
		{"header", "// Code generated by protoc. DO NOT EDIT.\n\npackage p\n\n" + finding, true},
		{"headerAfterLicence", "// Copyright.\n\n// Code generated by x; DO NOT EDIT.\npackage p\n\n" + finding, true},
		{"headerWithCarriageReturn", "// Code generated by x; DO NOT EDIT.\r\n\r\npackage p\r\n\r\n" + finding, true},
		{"headerBelowPackage", "package p\n\n// Code generated by x; DO NOT EDIT.\n\n" + finding, false},
		{"cgo", cgoHeader + "\n\n//line a.go:1:1\npackage p\n\n" + finding, false},
		{"cgoOfGenerated", cgoHeader + "\n\n//line a.go:1:1\n// Code generated by x; DO NOT EDIT.\n\npackage p\n\n" + finding, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fixture := parse(t, source{"a.go", test.text})
			if got := IsGenerated(fixture.pass.Files[0]); got != test.generated {
				t.Errorf("IsGenerated is %t, want %t", got, test.generated)
			}
			for _, generated := range []bool{false, true} {
				options := defaults()
				options.Generated = generated
				fixture.reported = nil
				Emit(fixture.pass, fixture.findings(), options)
				const all = 4 // two findings and two directives
				want := all
				if test.generated && !generated {
					want = 0
				}
				if got := len(fixture.reported); got != want {
					t.Errorf("with Generated %t: %d reports, want %d: %q", generated, got, want, fixture.lines())
				}
			}
		})
	}
}

// A pass without files, or without findings, is no trouble.
func TestNothingToReport(t *testing.T) {
	fixture := parse(t)
	Emit(fixture.pass, nil, Options{})
	fixture.expect(t)

	fixture = parse(t, source{"a.go", "package p\n\n//lint:ignore ociretry why\n"})
	Emit(fixture.pass, nil, Options{})
	fixture.expect(t) // without rules no directive could be of use
}
