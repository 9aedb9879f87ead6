package rules

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestRead reads every page that there is, so that whoever asks for one need not expect a failure.
func TestRead(t *testing.T) {
	names, err := filepath.Glob("*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(file, ".md")
		if page, err := Read(name); err != nil {
			t.Error(err)
		} else if page.Name != name {
			t.Errorf("%s is of %q", file, page.Name)
		}
	}
	if _, err := Read("norule"); err == nil {
		t.Error("a page that is not there was read")
	}
}

// TestParse takes a good head apart, and refuses each that differs from it in one detail.
func TestParse(t *testing.T) {
	const head = "# a\n\nReports: something, e.g. this.\n\nDefault: off.\n\n## What it finds\n"
	if page, err := parse("a", head); err != nil || page != (Page{Name: "a", Summary: "something, e.g. this"}) {
		t.Errorf("read %+v, %v", page, err)
	}
	if page, err := parse("a", strings.Replace(head, "off", "on", 1)); err != nil || !page.Default {
		t.Errorf("on by default: %+v, %v", page, err)
	}
	if _, err := parse("a", strings.ReplaceAll(head, "\n", "\r\n")); err != nil {
		t.Errorf("with carriage returns: %v", err)
	}
	for _, test := range []struct{ old, changed, reason string }{
		{"# a", "# b", "heading"},
		{"# a", "a", "heading"},
		{"Reports: ", "Finds: ", "second paragraph"},
		{"this.", "this", "second paragraph"},
		{"something, ", "something,\n", "second paragraph"},
		{"something, e.g. this", "", "second paragraph"},
		{"off", "perhaps", "third paragraph"},
		{"Default: off.", "On by default.", "third paragraph"},
		{"Default: off.\n\n", "", "third paragraph"},
	} {
		malformed := strings.Replace(head, test.old, test.changed, 1)
		if _, err := parse("a", malformed); err == nil || !strings.Contains(err.Error(), test.reason) || !strings.HasPrefix(err.Error(), "a.md: ") {
			t.Errorf("%q: %v, want something about the %s", malformed, err, test.reason)
		}
	}
	for _, short := range []string{"", "# a", "# a\n\nReports: b."} {
		if _, err := parse("a", short); err == nil {
			t.Errorf("%q was read", short)
		}
	}
}
