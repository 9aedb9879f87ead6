package catalog

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// refusal is the form of every error: one line that says where and why.
var refusal = regexp.MustCompile(`^mine\.tsv:[1-9][0-9]*:[1-9][0-9]*: [^\n\r\t]+$`)

// FuzzParse holds the parser to three promises: it never panics, what it
// refuses it refuses on one line, and what it takes it takes again after the
// rows are written out.
func FuzzParse(f *testing.F) {
	f.Add("status\tcode\tretry\n# why\n404\tBucketNotFound\tno\n")
	f.Add("\ufeff409\tIncorrectState\twith backoff\t-\tGet, List\t\"a \"\"b\"\"\"\r\n")
	f.Add("409\tIncorrectState\tno\trequired-state\t-\t-\n\t\t\n")
	f.Add("600\tNotFound\tno\n404\tNot Found\tno\xff")
	f.Fuzz(func(t *testing.T, table string) {
		lines, err := parse("mine.tsv", strings.NewReader(table), overlayLayout)
		if err != nil {
			if !refusal.MatchString(err.Error()) {
				t.Errorf("refused with %q", err)
			}
			return
		}
		again, err := parse("mine.tsv", strings.NewReader(render(lines)), overlayLayout)
		if err != nil {
			t.Fatalf("%v in\n%s", err, render(lines))
		}
		if render(again) != render(lines) || Default().overlaid(again).Digest() != Default().overlaid(lines).Digest() {
			t.Errorf("read again:\n%s\nread first:\n%s", render(again), render(lines))
		}
	})
}

// render writes lines as a table.
func render(lines []line) string {
	var table strings.Builder
	optional := func(says bool, text string) string {
		if !says {
			return ""
		}
		return cmp.Or(text, nothing)
	}
	for _, line := range lines {
		row := line.row
		quoted := `"` + strings.ReplaceAll(row.Description, `"`, `""`) + `"`
		if row.Description == "" {
			quoted = ""
		}
		fmt.Fprintf(&table, "%d\t%s\t%s\t%s\t%s\t%s\n", row.Status, row.Code, row.Verdict,
			optional(line.saysRole, row.Role.String()),
			optional(line.saysNotFrom, strings.Join(row.NotFrom, " ")),
			optional(line.saysDescription, quoted))
	}
	return table.String()
}

// FuzzNearest holds the answer to what it means: never for a known code,
// always a code of the catalog, and always the same.
func FuzzNearest(f *testing.F) {
	for _, text := range []string{"NotFound", "not found", "TooManyRequest", "N", "", "\xff", "-_. "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, ok := Default().Nearest(text)
		if ok == (code == "") || ok && (Default().Known(text) || len(Default().ByCode(code)) == 0) {
			t.Errorf("Nearest(%q) = %q, %t", text, code, ok)
		}
		if again, _ := Default().Nearest(text); again != code {
			t.Errorf("Nearest(%q) is %q, then %q", text, code, again)
		}
	})
}
