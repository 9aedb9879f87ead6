package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer"
	"github.com/ociretry/ociretry/analyzer/internal/rule"
	"github.com/ociretry/ociretry/analyzer/rules"
)

// sections are the headings of each page, in order.
var sections = []string{"What it finds", "Why it matters", "Bad", "Good", "Silencing it", "Limits"}

// TestPages holds the rules and their pages together: the same names, and on each page the same sections.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("rules/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range files {
		got = append(got, strings.TrimSuffix(filepath.Base(file), ".md"))
	}
	want := append(rule.Names(), rules.Directives)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("there are pages of %q, and rules and directives are %q", got, want)
	}
	for _, p := range pages(t) {
		if !slices.Equal(p.sections, sections) {
			t.Errorf("%s: the sections are %q, want %q", p.file, p.sections, sections)
		}
		if len(p.of("Bad")) == 0 || len(p.of("Good")) == 0 {
			t.Errorf("%s: %d bad examples and %d good ones", p.file, len(p.of("Bad")), len(p.of("Good")))
		}
		for _, directive := range p.directives {
			if p.Name != rules.Directives && !strings.HasPrefix(directive, "//lint:ignore "+p.Name+" ") && !strings.HasPrefix(directive, "//nolint:ociretry // ") {
				t.Errorf("%s: %s does not silence the rule", p.file, directive)
			}
		}
		if len(p.directives) == 0 {
			t.Errorf("%s does not say how to silence it", p.file)
		}
	}
}

// TestAddresses looks that what a diagnostic carries as its address, and what pages and README link to, is there.
func TestAddresses(t *testing.T) {
	for _, name := range append(rule.Names(), rules.Directives) {
		path, ok := strings.CutPrefix(rules.URL(name), analyzer.URL+"/blob/main/")
		if _, err := os.Stat(filepath.Join("..", path)); !ok || err != nil {
			t.Errorf("%s: %v", rules.URL(name), err)
		}
	}
	files, err := filepath.Glob("rules/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "../README.md", "ENGINEERS.md", "../.github/CONTRIBUTING.md") {
		for _, match := range linkWithin.FindAllStringSubmatch(read(t, file), -1) {
			target := file
			if match[1] != "" {
				target = filepath.Join(filepath.Dir(file), match[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s: %v", file, match[1], err)
			} else if match[2] != "" && !slices.Contains(anchors(read(t, target)), match[2]) {
				t.Errorf("%s links to #%s, and %s has no such heading", file, match[2], target)
			}
		}
	}
}

// linkWithin is a link to a file of the repository, to a heading of one, or to a heading of the page itself.
var linkWithin = regexp.MustCompile(`\]\(([^):#]*)(?:#([^)]+))?\)`)

// anchors returns what leads to the headings of a page.
func anchors(text string) []string {
	var found []string
	for line := range strings.SplitSeq(text, "\n") {
		if heading := strings.TrimLeft(line, "#"); heading != line {
			found = append(found, strings.ReplaceAll(strings.ToLower(strings.TrimSpace(heading)), " ", "-"))
		}
	}
	return found
}

// TestDocumentation holds what is said of the rules elsewhere to their pages.
func TestDocumentation(t *testing.T) {
	readme, configuration := read(t, "../README.md"), read(t, "../.golangci-plugin.yml")
	table, standing := "| rule | | fix | reports |\n|---|---|---|---|\n", map[bool][]string{}
	for _, p := range rulePages(t) {
		if line := fmt.Sprintf("\n  %s: %s\n", p.Name, p.Summary); !strings.Contains(analyzer.Analyzer.Doc, line) {
			t.Errorf("the analyzer's Doc lacks %q", line)
		}
		status := map[bool]string{true: "on", false: "off"}[p.Default]
		fix := map[bool]string{true: "yes "}[strings.Contains(readme, fmt.Sprintf("\n| [%s](analyzer/rules/%[1]s.md) | %s | yes |", p.Name, status))]
		table += fmt.Sprintf("| [%s](analyzer/rules/%[1]s.md) | %s | %s| %s |\n", p.Name, status, fix, p.Summary)
		standing[p.Default] = append(standing[p.Default], p.Name)
		section := readmeSection(readme, p.Name)
		for _, kind := range []string{"Bad", "Good"} {
			if !strings.Contains(section, "\n```go\n"+p.of(kind)[0].code+"```\n") {
				t.Errorf("README: the section %s lacks the page's first example under %s", p.Name, kind)
			}
		}
		if count := strings.Count(section, "```go\n"); count != 2 {
			t.Errorf("README: the section %s has %d examples, want a bad one and a good one", p.Name, count)
		}
	}
	if !strings.Contains(readme, table+"\n") {
		t.Errorf("README: the table of rules is not\n%s", table)
	}
	for status, line := range map[bool]string{true: "on by default: ", false: "off by default: "} {
		if line += strings.Join(standing[status], ", ") + "\n"; !strings.Contains(configuration, "#   "+line) {
			t.Errorf(".golangci-plugin.yml lacks %q", line)
		}
	}
}

// readmeSection returns what stands under a rule's heading.
func readmeSection(readme, name string) string {
	_, after, _ := strings.Cut(readme, "\n### "+name+"\n")
	section, _, _ := strings.Cut(after, "\n##")
	return section
}

// page is a page of package rules, taken apart.
type page struct {
	rules.Page
	file       string
	sections   []string
	examples   []*example
	directives []string // the lines that are said to silence it
}

// example is a block of Go code on a page.
type example struct {
	kind    string   // the section
	line    int      // of the page, where the code begins
	code    string   // with the end of its last line
	reports []string // the messages that are quoted below it
}

// of returns the examples of a section.
func (p *page) of(kind string) []*example {
	return slices.DeleteFunc(slices.Clone(p.examples), func(e *example) bool { return e.kind != kind })
}

// pages returns the pages of the rules, in the rules' order, and the one about directives.
func pages(t *testing.T) []*page {
	t.Helper()
	var all []*page
	for _, name := range append(rule.Names(), rules.Directives) {
		head, err := rules.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		p := &page{Page: head, file: "rules/" + name + ".md"}
		p.take(strings.Split(read(t, p.file), "\n"))
		all = append(all, p)
	}
	return all
}

// rulePages returns the pages of the rules alone.
func rulePages(t *testing.T) []*page {
	t.Helper()
	return slices.DeleteFunc(pages(t), func(p *page) bool { return p.Name == rules.Directives })
}

// take takes the lines of a page apart.
func (p *page) take(lines []string) {
	section, last, inside := "", (*example)(nil), false
	for i, line := range lines {
		heading, isHeading := strings.CutPrefix(line, "## ")
		quoted, isQuoted := strings.CutPrefix(line, "> ")
		switch {
		case inside && line == "```":
			inside = false
		case inside:
			last.code += line + "\n"
		case line == "```go":
			last, inside = &example{kind: section, line: i + 2}, true
			p.examples = append(p.examples, last)
		case isHeading:
			section = heading
			p.sections = append(p.sections, heading)
		case isQuoted && last != nil:
			last.reports = append(last.reports, quoted)
		case section == "Silencing it" && strings.HasPrefix(line, "    "):
			p.directives = append(p.directives, strings.TrimSpace(line))
		}
	}
}

// read returns the text of a file, with the line ends of this project.
func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}
