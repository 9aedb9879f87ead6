package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A silenceTest is a source in which each rule's name is a finding, and what is still told about it. A want of
// "3 nonretryable" is a finding on line 3; "3 reason" and "3 useless" are complaints about the directive there, and so is
// "3 nonretryable?", that it should name that rule.
type silenceTest struct {
	name string
	text string // the package clause is line 1, and the text starts on line 2
	want []string
}

// run checks the test with the line ends as they are and with carriage returns before them.
func (s silenceTest) run(t *testing.T, options Options) {
	t.Helper()
	const clause = "package p\n"
	for _, lineEnd := range []string{"\n", "\r\n"} {
		t.Run(fmt.Sprintf("%s%q", s.name, lineEnd), func(t *testing.T) {
			text := strings.ReplaceAll(clause+s.text+"\n", "\n", lineEnd)
			fixture := parse(t, source{"a.go", text})
			Emit(fixture.pass, fixture.findings(), options)

			var got []string
			for _, diagnostic := range fixture.reported {
				what := diagnostic.Category
				for _, kind := range []string{ignore, fileIgnore} {
					switch diagnostic.Message {
					case fmt.Sprintf(missingReason, kind):
						what = "reason"
					case fmt.Sprintf(useless, kind):
						what = "useless"
					}
				}
				if _, nearest, told := strings.Cut(diagnostic.Message, "; the nearest name is "); told {
					what = nearest + "?"
				}
				got = append(got, fmt.Sprint(fixture.pass.Fset.PositionFor(diagnostic.Pos, false).Line, " ", what))
			}
			if !slices.Equal(got, s.want) {
				t.Errorf("told %q, want %q, of\n%s", got, s.want, text)
			}
		})
	}
}

// Where a directive stands decides which line it is about.
func TestPlaceOfADirective(t *testing.T) {
	tests := []silenceTest{
		{"endOfTheLine", `var _ = nonretryable //lint:ignore ociretry why`, nil},
		{"ownLineAbove", `
//lint:ignore ociretry why
var _ = nonretryable`, nil},
		{"indentedOwnLineAbove", `
func f() {
	g()
	//lint:ignore ociretry why
	nonretryable()
}`, nil},
		{"endOfThePreviousLineOfCode", `
var _ = 0 //lint:ignore ociretry why
var _ = nonretryable`, []string{"3 useless", "4 nonretryable"}},
		{"endOfThePreviousLineThatIsABrace", `
func f() { //lint:ignore ociretry why
	nonretryable()
} //lint:ignore ociretry why
var _ = nonretryable`, []string{"3 useless", "4 nonretryable", "5 useless", "6 nonretryable"}},
		{"endOfThePreviousLineThatIsAListsEnd", `
var _ = g(
	0,
) //lint:ignore ociretry why
var _ = nonretryable`, []string{"5 useless", "6 nonretryable"}},
		{"endOfThePreviousLineThatIsAKeyword", `
import ( //lint:ignore ociretry why
	nonretryable "x"
)`, []string{"3 useless", "4 nonretryable"}},
		{"endOfThePreviousLineThenOneOfItsOwn", `
var _ = 0 // a comment of that line
//lint:ignore ociretry why
var _ = nonretryable`, nil},
		{"lineBelow", `
var _ = nonretryable
//lint:ignore ociretry why`, []string{"3 nonretryable", "4 useless"}},
		{"blankLineBetween", `
//lint:ignore ociretry why

var _ = nonretryable`, []string{"3 useless", "5 nonretryable"}},
		{"twoLinesBelow", `
//lint:ignore ociretry why
var _ = 0
var _ = nonretryable`, []string{"3 useless", "5 nonretryable"}},
		{"firstLineOfItsGroup", `
//lint:ignore ociretry why
// More words,
// and more.
var _ = nonretryable`, nil},
		{"middleOfItsGroup", `
// Words.
//lint:ignore ociretry why
//
// More words.
var _ = nonretryable`, nil},
		{"groupCutByABlankLine", `
//lint:ignore ociretry why

// More words.
var _ = nonretryable`, []string{"3 useless", "6 nonretryable"}},
		{"groupEndsInABlock", `
//lint:ignore ociretry why
/* a block
   of
   five
   short
   lines
*/
var _ = nonretryable`, nil},
		{"groupEndsInABlockBeforeTheCode", `
//lint:ignore ociretry why
/* here */ var _ = nonretryable
var _ = nonretryable`, []string{"5 nonretryable"}},
		{"groupEndsInALongBlockBeforeTheCode", `
//lint:ignore ociretry why
/* a block
   of three
   lines */ var _ = nonretryable
var _ = nonretryable`, []string{"7 nonretryable"}},
		{"behindABlockOnItsOwnLine", `
/* here */ //lint:ignore ociretry why
var _ = nonretryable`, nil},
		{"behindABlockThatBeganAfterCode", `
var _ = 0 /* a block
   */ //lint:ignore ociretry why
var _ = nonretryable`, nil},
		{"besideABlockAtTheEndOfTheLine", `
var _ = nonretryable /* here */ //lint:ignore ociretry why
var _ = nonretryable`, []string{"4 nonretryable"}},
		{"docCommentOfAFunctionIsForItsFirstLine", `
// f does nothing.
//
//lint:ignore ociretry why
func f() {
	nonretryable()
}`, []string{"5 useless", "7 nonretryable"}},
		{"docCommentAndAFindingInItsFirstLine", `
// f does nothing.
//
//lint:ignore ociretry why
func f(nonretryable func()) {
	nobackoff()
}`, []string{"7 nobackoff"}},
		{"startOfAStatementOfSeveralLines", `
func f() {
	//lint:ignore ociretry why
	g(
		nonretryable(),
	)
}`, []string{"4 useless", "6 nonretryable"}},
		{"firstLineOfACallOfSeveralLines", `
func f() {
	nonretryable( //lint:ignore ociretry why
		0,
	)
}`, nil},
		{"lastLineOfACallOfSeveralLines", `
func f() {
	nonretryable(
		0,
	) //lint:ignore ociretry why
}`, []string{"4 nonretryable", "6 useless"}},
		{"insideACall", `
func f() {
	g(
		//lint:ignore ociretry why
		nonretryable(),
		nobackoff(),
	)
}`, []string{"7 nobackoff"}},
		{"afterARawStringOfSeveralLines", "\nvar _ = nonretryable + `\n\n\n` //lint:ignore ociretry why\nvar _ = nonretryable",
			[]string{"3 nonretryable", "6 useless", "7 nonretryable"}},
		{"afterElse", `
func f() {
	if g() {
	} else { //lint:ignore ociretry why
		nonretryable()
	}
}`, []string{"5 useless", "6 nonretryable"}},
		{"inACase", `
func f() {
	switch {
	//lint:ignore ociretry why
	case nonretryable:
	default: //lint:ignore ociretry why
		nonretryable()
	}
}`, []string{"7 useless", "8 nonretryable"}},
		{"endOfTheFile", `
func f() {
	nonretryable()
	//lint:ignore ociretry why
}
//lint:ignore ociretry why`, []string{"4 nonretryable", "5 useless", "7 useless"}},
		{"besideACommentThatRenumbersLines", `
//lint:ignore ociretry why
//line elsewhere.go:100
var _ = nonretryable
var _ = nonretryable`, []string{"6 nonretryable"}},
	}
	for _, test := range tests {
		test.run(t, defaults())
	}
}

// The names of a //lint:ignore decide which rules it is about, and the words after them whether it counts.
func TestIgnore(t *testing.T) {
	both := "var _ = nonretryable + nobackoff "
	tests := []silenceTest{
		{"tool", both + `//lint:ignore ociretry why`, nil},
		{"oneRule", both + `//lint:ignore nonretryable why`, []string{"2 nobackoff"}},
		{"listOfRules", both + `//lint:ignore nobackoff,nonretryable why`, nil},
		{"listWithOthers", both + `//lint:ignore SA1019,nobackoff,U1000 why`, []string{"2 nonretryable"}},
		{"listWithTool", both + `//lint:ignore SA1019,ociretry why`, nil},
		{"listWithASpaceEndsThere", both + `//lint:ignore nobackoff, nonretryable why`, []string{"2 nonretryable"}},
		{"tabs", both + "//lint:ignore\tociretry\twhy", nil},
		{"reasonBehindSlashes", both + `//lint:ignore ociretry // why`, nil},
		{"reasonInAnotherAlphabet", both + `//lint:ignore ociretry 理由`, nil},

		{"otherName", both + `//lint:ignore SA1019 why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"otherNameWithoutReason", both + `//lint:ignore SA1019`, []string{"2 nonretryable", "2 nobackoff"}},
		{"pattern", both + `//lint:ignore * why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"partOfAName", both + `//lint:ignore retry,token why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"upperCase", both + `//lint:ignore OCIRetry why`, []string{"2 nonretryable", "2 nobackoff", "2 ociretry?"}},
		{"noName", both + `//lint:ignore`, []string{"2 nonretryable", "2 nobackoff"}},
		{"longerVerb", both + `//lint:ignored ociretry why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"fileIgnoreInAnotherSpelling", both + `//lint:ignore-file ociretry why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"spaceAfterTheSlashes", both + `// lint:ignore ociretry why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"mentionedInText", both + `// see //lint:ignore ociretry why`, []string{"2 nonretryable", "2 nobackoff"}},
		{"block", both + `/*lint:ignore ociretry why*/`, []string{"2 nonretryable", "2 nobackoff"}},
		{"blockWithSlashes", both + `/*//lint:ignore ociretry why*/`, []string{"2 nonretryable", "2 nobackoff"}},
		{"insideAString", both + "+ `//lint:ignore ociretry why`", []string{"2 nonretryable", "2 nobackoff"}},

		{"noReason", both + `//lint:ignore ociretry`, []string{"2 nonretryable", "2 nobackoff", "2 reason"}},
		{"noReasonButSpace", both + "//lint:ignore nonretryable \t ", []string{"2 nonretryable", "2 nobackoff", "2 reason"}},
		{"noReasonButSlashes", both + `//lint:ignore ociretry //`, []string{"2 nonretryable", "2 nobackoff", "2 reason"}},
		{"noReasonInAList", both + `//lint:ignore SA1019,nobackoff`, []string{"2 nonretryable", "2 nobackoff", "2 reason"}},
		{"noReasonAndNothingToSilence", `var _ = 0 //lint:ignore ociretry`, []string{"2 reason"}},
		{"noReasonAndRuleOff", `var _ = missedretry //lint:ignore missedretry`, []string{"2 reason"}},

		{"unmatched", `var _ = 0 //lint:ignore ociretry why`, []string{"2 useless"}},
		{"unmatchedRule", both + `//lint:ignore nonretryable,nobackoff why
var _ = nonretryable //lint:ignore nobackoff why`, []string{"3 nonretryable", "3 useless"}},
		{"ruleOff", `var _ = missedretry //lint:ignore missedretry why`, nil},
		{"ruleOffWithoutFinding", `var _ = 0 //lint:ignore missedretry why`, nil},
		{"ruleOffBesideOneThatIsOn", `var _ = missedretry //lint:ignore missedretry,nobackoff why`, []string{"2 useless"}},
		{"toolForARuleThatIsOff", `var _ = missedretry //lint:ignore ociretry why`, []string{"2 useless"}},

		{"twoAboveForTwoRules", `//lint:ignore nonretryable why
//lint:ignore nobackoff why
` + both, nil},
		{"twoAboveForTheSameRule", `//lint:ignore nonretryable why
//lint:ignore ociretry why
var _ = nonretryable`, nil},
		{"twoAboveAndOneIsUseless", `//lint:ignore nonretryable why
//lint:ignore nobackoff why
var _ = nonretryable`, []string{"3 useless"}},
		{"twoAboveAndOneHasNoReason", `//lint:ignore nonretryable
//lint:ignore nobackoff why
` + both, []string{"2 reason", "4 nonretryable"}},
		{"aboveAndAtTheEnd", `//lint:ignore nonretryable why
` + both + `//lint:ignore nobackoff why`, nil},
		{"besideNolint", `//lint:ignore nonretryable why
` + both + `//nolint:ociretry // why`, nil},
	}
	for _, test := range tests {
		test.run(t, defaults())
	}
}

// uselessIgnore is what is said of a //lint:ignore without use.
var uselessIgnore = fmt.Sprintf(useless, ignore)

// A //lint:file-ignore is about its whole file, wherever it stands, and owes the same as a //lint:ignore.
func TestFileIgnore(t *testing.T) {
	code := "\nvar _ = nonretryable\n\nfunc f() {\n\tnobackoff()\n}\n"
	both := []string{"4 nonretryable", "7 nobackoff"}
	tests := []silenceTest{
		{"tool", "//lint:file-ignore ociretry why" + "\n" + code, nil},
		{"oneRule", "//lint:file-ignore nobackoff why" + "\n" + code, []string{"4 nonretryable"}},
		{"listOfRules", "//lint:file-ignore SA1019,nobackoff,nonretryable why" + "\n" + code, nil},
		{"atTheEnd", "\n" + code + "//lint:file-ignore ociretry why", nil},
		{"insideAFunction", "\n" + code + "\nfunc g() {\n\t//lint:file-ignore ociretry why\n}", nil},
		{"behindCode", "\n" + code + "var _ = 0 //lint:file-ignore nonretryable why", []string{"7 nobackoff"}},
		{"farFromTheCode", "//lint:file-ignore ociretry why\n\n\n// More words.\n" + code, nil},

		{"otherName", "//lint:file-ignore SA1019 why\n" + code, both},
		{"noName", "//lint:file-ignore\n" + code, both},
		{"noReason", "//lint:file-ignore ociretry\n" + code, append([]string{"2 reason"}, both...)},
		{"noReasonButSlashes", "//lint:file-ignore nobackoff // \n" + code, append([]string{"2 reason"}, both...)},
		{"block", "/*lint:file-ignore ociretry why*/\n" + code, both},
		{"spaceAfterTheSlashes", "// lint:file-ignore ociretry why\n" + code, both},

		{"unmatched", "//lint:file-ignore ociretry why\nvar _ = 0", []string{"2 useless"}},
		{"unmatchedRule", "//lint:file-ignore nobackoff why\nvar _ = nonretryable", []string{"2 useless", "3 nonretryable"}},
		{"ruleOff", "//lint:file-ignore missedretry why\nvar _ = missedretry", nil},
		{"besideALine", "//lint:file-ignore nobackoff why\nvar _ = nonretryable + nobackoff //lint:ignore nonretryable why", nil},
		{"besideALineOfTheSame", "//lint:file-ignore nobackoff why\nvar _ = nobackoff //lint:ignore nobackoff why", nil},
	}
	for _, test := range tests {
		test.run(t, defaults())
	}
	leaving := defaults()
	leaving.LeaveNolint = true
	silenceTest{"whereNolintIsLeftAlone", "//lint:file-ignore ociretry why\n" + code, nil}.run(t, leaving)
}

// A file's directive is about its own file, above the package clause too, and not about those of its package.
func TestFileIgnoreOfAnotherFile(t *testing.T) {
	fixture := parse(t,
		source{"a.go", "//lint:file-ignore ociretry why\n\npackage p\n\nvar _ = nonretryable\n"},
		source{"b.go", "package p\n\nvar _ = nonretryable\n"},
		source{"c.go", "package p\n\n//lint:file-ignore ociretry why\n"},
	)
	Emit(fixture.pass, fixture.findings(), defaults())
	fixture.expect(t, "b.go:3: nonretryable: found", "c.go:3: "+fmt.Sprintf(useless, fileIgnore))
}

// A name that is nearly one of ours is told, in every kind of directive; what else the directive names still counts.
func TestMisspeltNames(t *testing.T) {
	code := "var _ = nonretryable + nobackoff "
	tests := []silenceTest{
		{"letter", code + "//lint:ignore nonretriable,nobackoff why", []string{"2 nonretryable", "2 nonretryable?"}},
		{"capitals", code + "//lint:ignore NoBackoff why", []string{"2 nonretryable", "2 nobackoff", "2 nobackoff?"}},
		{"separator", code + "//lint:ignore non-retryable why", []string{"2 nonretryable", "2 nobackoff", "2 nonretryable?"}},
		{"tool", code + "//lint:ignore ociretri why", []string{"2 nonretryable", "2 nobackoff", "2 ociretry?"}},
		{"ruleOfTheTool", code + "//lint:ignore ociretry/nobackoff why", []string{"2 nonretryable", "2 nobackoff", "2 nobackoff?"}},
		{"misspeltRuleOfTheTool", code + "//lint:ignore ociretry:missedretri why", []string{"2 nonretryable", "2 nobackoff", "2 missedretry?"}},
		{"unknownRuleOfTheTool", code + "//lint:ignore ociretry/SA1019 why", []string{"2 nonretryable", "2 nobackoff", "2 ociretry?"}},
		{"ruleThatIsOff", code + "//lint:ignore missdretry why", []string{"2 nonretryable", "2 nobackoff", "2 missedretry?"}},
		{"withoutReason", code + "//lint:ignore nobackof", []string{"2 nonretryable", "2 nobackoff", "2 nobackoff?"}},
		{"nothingToSilence", "var _ = 0 //lint:ignore nobackof why", []string{"2 nobackoff?"}},
		{"besideOneThatSilencesNothing", "var _ = 0 //lint:ignore nonretryable,nobackof why", []string{"2 nobackoff?"}},
		{"file", "//lint:file-ignore nonretriable why\n" + code, []string{"2 nonretryable?", "3 nonretryable", "3 nobackoff"}},
		{"nolint", code + "//nolint:nonretriable // why", []string{"2 nonretryable", "2 nobackoff", "2 nonretryable?"}},
		{"nolintOfTheTool", code + "//nolint:ociretri,nobackoff", []string{"2 nonretryable", "2 ociretry?"}},

		{"otherLinters", code + "//lint:ignore SA1019,retry,staticcheck why", []string{"2 nonretryable", "2 nobackoff"}},
		{"nolintOfOthers", code + "//nolint:errorlint,nolintlint", []string{"2 nonretryable", "2 nobackoff"}},
		{"explanationOfANolint", code + "//nolint:gosec nobackof", []string{"2 nonretryable", "2 nobackoff"}},
	}
	for _, test := range tests {
		test.run(t, defaults())
	}
	leaving := defaults()
	leaving.LeaveNolint = true
	silenceTest{"whereNolintIsLeftAlone", code + "//nolint:nonretriable", []string{"2 nonretryable", "2 nobackoff"}}.run(t, leaving)
	silenceTest{"ignoreWhereNolintIsLeftAlone", code + "//lint:ignore nobackof why", []string{"2 nonretryable", "2 nobackoff", "2 nobackoff?"}}.run(t, leaving)
}

// The names of a //nolint are read as golangci-lint reads them, and nobody complains about the directive.
func TestNolint(t *testing.T) {
	neither := []string{"2 nonretryable", "2 nobackoff"}
	tests := []struct {
		comment string
		want    []string
	}{
		{`//nolint:ociretry // why`, nil},
		{`//nolint:ociretry`, nil},
		{`//nolint:ociretry//why`, nil},
		{`//nolint:ociretry why, and more`, nil},
		{`// nolint:ociretry`, nil},
		{`//  nolint: ociretry`, nil},
		{`/// nolint:ociretry`, nil},
		{`//nolint:OciRetry`, nil},
		{`//nolint:gosec,ociretry`, nil},
		{`//nolint:gosec, ociretry , errcheck // why`, nil},
		{`//nolint:all`, nil},
		{`//nolint:ALL // why`, nil},
		{`//nolint:gosec,all`, nil},
		{`//nolint`, nil},
		{`// nolint`, nil},
		{`//nolint // why`, nil},
		{`//nolint why`, nil},
		{`//nolint :gosec`, nil}, // a bare one, with words behind it
		{`//nolint:nonretryable`, []string{"2 nobackoff"}},
		{`//nolint:NonRetryable,gosec`, []string{"2 nobackoff"}},
		{`//nolint:nobackoff,nonretryable`, nil},
		{`//nolint:nobackoff,,nonretryable,`, nil},

		{`//nolint:gosec`, neither},
		{`//nolint:gosec // ociretry`, neither},
		{`//nolint:gosec because, ociretry, is slow`, neither},
		{`//nolint:`, neither},
		{`//nolint: // why`, neither},
		{`//nolint:retry`, neither},
		{`//nolintlint`, neither},
		{`//nolint,ociretry`, neither},
		{`//NOLINT:ociretry`, neither},
		{`// see nolint:ociretry`, neither},
		{`// why //nolint:ociretry`, neither},
		{`/*nolint:ociretry*/`, neither},
		{`/* nolint */`, neither},
	}
	for _, test := range tests {
		code := "var _ = nonretryable + nobackoff"
		silenceTest{test.comment, code + " " + test.comment, test.want}.run(t, defaults())
	}

	places := []silenceTest{
		{"ownLineAbove", "\n//nolint:ociretry // why\nvar _ = nonretryable\nvar _ = nobackoff", []string{"5 nobackoff"}},
		{"endOfThePreviousLine", "\nvar _ = 0 //nolint:ociretry // why\nvar _ = nonretryable", []string{"4 nonretryable"}},
		{"wholeFunction", "\n//nolint:ociretry // why\nfunc f() {\n\tnonretryable()\n}", []string{"5 nonretryable"}},
		{"nothingToSilence", "\n//nolint:ociretry // why\nvar _ = 0", nil},
	}
	for _, test := range places {
		test.run(t, defaults())
	}
}

// Under golangci-lint //nolint is its own affair, and //lint:ignore still ours.
func TestNolintIsLeftAlone(t *testing.T) {
	options := defaults()
	options.LeaveNolint = true
	tests := []silenceTest{
		{"list", `var _ = nonretryable //nolint:ociretry // why`, []string{"2 nonretryable"}},
		{"bare", `var _ = nonretryable //nolint`, []string{"2 nonretryable"}},
		{"above", "//nolint:all\nvar _ = nonretryable", []string{"3 nonretryable"}},
		{"ignore", `var _ = nonretryable //lint:ignore ociretry why`, nil},
		{"ignoreWithoutReason", `var _ = nonretryable //lint:ignore ociretry`, []string{"2 nonretryable", "2 reason"}},
		{"uselessIgnore", `var _ = 0 //lint:ignore ociretry why`, []string{"2 useless"}},
		{"both", "//nolint:ociretry // why\nvar _ = nonretryable //lint:ignore ociretry why", nil},
	}
	for _, test := range tests {
		test.run(t, options)
	}
}

// Comments above the package clause, a build constraint among them, are ordinary ones.
func TestTopOfTheFile(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"buildConstraint", "//go:build linux && !ignore\n\npackage p\n\n//lint:ignore ociretry why\nvar _ = nonretryable\nvar _ = nobackoff\n",
			[]string{"a.go:7: nobackoff: found"}},
		{"directiveAboveTheConstraint", "//lint:ignore ociretry why\n//go:build linux\n\npackage p\n\nvar _ = nonretryable\n",
			[]string{"a.go:1: " + uselessIgnore, "a.go:6: nonretryable: found"}},
		{"packageLine", "// Package p.\n//\n//lint:ignore ociretry why\npackage p; var _ = nonretryable\n", nil},
		{"packageLineEnd", "package nonretryable //lint:ignore ociretry why\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fixture := parse(t, source{"a.go", test.text})
			Emit(fixture.pass, fixture.findings(), defaults())
			fixture.expect(t, test.want...)
		})
	}
}

// A directive is about its own file: the same line of another one stays as it is.
func TestDirectiveOfAnotherFile(t *testing.T) {
	fixture := parse(t,
		source{"a.go", "package p\n\nvar _ = 0 //lint:ignore ociretry why\n"},
		source{"a_test.go", "package p\n\nvar _ = nonretryable\n"},
	)
	Emit(fixture.pass, fixture.findings(), defaults())
	fixture.expect(t, "a.go:3: "+uselessIgnore, "a_test.go:3: nonretryable: found")
}
