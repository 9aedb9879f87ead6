// Package rules holds the documentation of the rules, one page a rule in a file of the rule's name. A page is the one
// source of what is said of its rule elsewhere: in the analyzer's Doc, in the README's table and by the address that a
// diagnostic carries. It also says whether the rule is on by default.
//
// Its limits: only the head of a page is read here, which is its first three paragraphs. The examples below it are
// compiled, and checked with the linter, by a test of package analyzer.
package rules

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed *.md
var files embed.FS

// Directives is the page, and the category, of findings that no rule makes: about //lint:ignore comments that have no
// reason, silence nothing or misspell the name of a rule.
const Directives = "ociretry"

// Page is what the head of a page says:
//
//	# nonretryable
//
//	Reports: errors that the catalog says not to retry are retried.
//
//	Default: on.
type Page struct {
	Name    string // the rule's
	Summary string // one line: what the rule reports, in lower case and without a final period
	Default bool   // whether the rule runs unless it is switched off
}

// Read returns the page of a rule, or of [Directives]. It fails where there is none, and where its head is malformed.
func Read(name string) (Page, error) {
	text, err := Text(name)
	if err != nil {
		return Page{}, err
	}
	return parse(name, text)
}

// Text returns the whole page of a rule, or of [Directives], as Markdown.
func Text(name string) (string, error) {
	text, err := files.ReadFile(name + ".md")
	return string(text), err
}

// URL returns the address of the page of a rule, or of [Directives].
func URL(name string) string {
	return "https://github.com/ociretry/ociretry/blob/main/analyzer/rules/" + name + ".md"
}

// parse reads the head of a page. The heading has to be the name of the file, since the address is made from it.
func parse(name, text string) (Page, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n") // as some checkouts have it
	heading, rest, _ := strings.Cut(text, "\n\n")
	if heading != "# "+name {
		return Page{}, fmt.Errorf("%s.md: the heading is %q, not %q", name, heading, "# "+name)
	}
	reports, rest, _ := strings.Cut(rest, "\n\n")
	summary, ok := between(reports, "Reports: ", ".")
	if !ok || strings.Contains(summary, "\n") {
		return Page{}, fmt.Errorf("%s.md: the second paragraph is not one line %q", name, "Reports: SUMMARY.")
	}
	standing, _, _ := strings.Cut(rest, "\n\n")
	value, ok := between(standing, "Default: ", ".")
	if !ok || value != "on" && value != "off" {
		return Page{}, fmt.Errorf("%s.md: the third paragraph is neither %q nor %q", name, "Default: on.", "Default: off.")
	}
	return Page{Name: name, Summary: summary, Default: value == "on"}, nil
}

// between returns what stands between the beginning and the end of a text, and whether there is anything.
func between(text, begin, end string) (string, bool) {
	inner, begins := strings.CutPrefix(text, begin)
	inner, ends := strings.CutSuffix(inner, end)
	return inner, begins && ends && inner != ""
}
