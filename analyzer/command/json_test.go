package command_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/rules"
)

// printed is what JSON says of a finding.
type printed struct {
	Category, Posn, Message, URL string
	SuggestedFixes               []struct{ Message string } `json:"suggested_fixes"`
}

// parsed reads the findings of the linter, by package.
func parsed(t *testing.T, text string) map[string][]printed {
	t.Helper()
	var tree map[string]map[string][]printed
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	found := map[string][]printed{}
	for id, linters := range tree {
		found[id] = linters["ociretry"]
	}
	return found
}

// TestJSON prints findings as JSON: to standard output, with the address of the rule's page, and without a failure. What
// the text has is there too.
func TestJSON(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{
		"p/p.go": everything, "q/q.go": spelt, "none/none.go": "package none\n",
		"tested/p.go": spelt, "tested/p_test.go": "package p\n",
		"directive/p.go": strings.Replace(spelt, "func", "//lint:ignore unknowncode\nfunc", 1),
	})
	got := run(t, root, "-json", "./...")
	if got.code != 0 || got.errs != "" {
		t.Fatalf("%+v", got)
	}
	found := parsed(t, got.out)
	text := run(t, root, "./...").errs
	count := 0
	for id, findings := range found {
		for _, f := range findings {
			if f.URL != rules.URL(f.Category) || f.URL == rules.URL("") || !strings.Contains(text, f.Posn+": "+f.Message+"\n") {
				t.Errorf("%s: %+v, and the text is\n%s", id, f, text)
			}
			if f.Category == "unknowncode" && len(f.SuggestedFixes) != 1 {
				t.Errorf("%s: fixes %+v", id, f)
			}
			count++
		}
	}
	if count != 6 || len(found["program/tested"]) != 1 || len(found["program/tested [program/tested.test]"]) != 1 || len(found["program/directive"]) != 2 {
		t.Errorf("%d findings:\n%s", count, got.out)
	}
	if got := run(t, root, "-json", "./none"); got.code != 0 || got.out != "{}\n" || got.errs != "" {
		t.Errorf("without findings: %+v", got)
	}
}

// TestContext shows the source of findings.
func TestContext(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{"p/p.go": everything})
	source := strings.Split(everything, "\n")
	got := run(t, root, "-c=1", "./p")
	if want := "\n4\t" + source[3] + "\n5\t" + source[4] + "\n6\t\n"; got.code != 3 || !strings.HasSuffix(got.errs, want) {
		t.Errorf("%+v, want at the end\n%s", got, want)
	}
}

// TestVet runs the command under go vet: where findings go, as text and as JSON, and how it ends. The findings as JSON
// are those of the command by itself, with their addresses, also when they come from the cache. A table that was refused
// and is mended is read anew.
func TestVet(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{"p/p.go": everything, "q/q.go": spelt, "none/none.go": "package none\n"})
	table := "-catalog=" + filepath.Join(root, "mine.tsv")
	write(t, root, "mine.tsv", "404\tBucketNotFound\tperhaps\n")
	vet := func(arguments ...string) ran {
		return start(t, root, "go", append([]string{"vet", "-vettool=" + tool(t)}, arguments...)...)
	}
	// The first go command of a fresh machine tells on standard error which modules it downloads.
	vet("./none")
	if got := vet(table, "./..."); got.code != 1 || len(lines(got.errs)) != 3 || strings.Count(got.errs, `retry "perhaps" is neither`) != 3 {
		t.Errorf("a broken table: %+v", got)
	}
	write(t, root, "mine.tsv", "404\tBucketNotFound\tno\n")

	alone := parsed(t, run(t, root, "-json", table, "./...").out)
	for range 2 {
		got := vet("-json", table, "./...")
		// One tree a package, and lines about packages between them.
		trees := regexp.MustCompile(`(?ms)^\{\n.*?^\}\n`).FindAllString(got.out+got.errs, -1)
		count := 0
		for _, tree := range trees {
			for id, findings := range parsed(t, tree) {
				for i, f := range findings {
					if i >= len(alone[id]) || f.URL == "" || f.URL != alone[id][i].URL || f.Message != alone[id][i].Message || f.Posn != alone[id][i].Posn {
						t.Errorf("%s: %+v, alone %+v", id, f, alone[id])
					}
					count++
				}
			}
		}
		if got.code != 0 || count != 2 {
			t.Errorf("as JSON: %d findings, and %+v", count, got)
		}
	}
	got := vet(table, "./...")
	if got.code != 1 || got.out != "" || !strings.Contains(got.errs, filepath.Join("q", "q.go")+":5:") || strings.Contains(got.errs, root) {
		t.Errorf("as text: %+v", got)
	}
	if got := vet(table, "./none"); got.code != 0 || got.out+got.errs != "" {
		t.Errorf("nothing: %+v", got)
	}
	if got := vet("-fix", table, "./q"); got.code != 0 || got.out+got.errs != "" || read(t, filepath.Join(root, "q", "q.go")) == spelt {
		t.Errorf("fix: %+v", got)
	}
}

// TestWrongSwitchesUnderVet gives go vet a wrong switch: a line for each package that was named, in the first run and in
// the next one too, none for those that they import, and a failure.
func TestWrongSwitchesUnderVet(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{
		"p/p.go": "package p\n", "q/q.go": "package q\n\nimport _ \"program/p\"\n", "r/r.go": "package r\n\nimport _ \"program/q\"\n",
	})
	write(t, root, "mine.tsv", "404\tBucketNotFound\tperhaps\n")
	vet := func(arguments ...string) ran {
		return start(t, root, "go", append([]string{"vet", "-vettool=" + tool(t)}, arguments...)...)
	}
	for _, wrong := range []struct{ argument, reason string }{
		{"-rules=noretry", `rules: unknown rule "noretry"`},
		{"-rules=all,-all", `rules: "all" and "-all" cancel each other out`},
		{"-catalog=2023", `catalog "2023": there is no such edition`},
		{"-catalog=" + filepath.Join(root, "mine.tsv"), `mine.tsv:1:20: retry "perhaps" is neither no nor with backoff`},
	} {
		for range 2 {
			for patterns, count := range map[string]int{"./r": 1, "./q ./r": 2, "./...": 3} {
				got := vet(append([]string{wrong.argument}, strings.Fields(patterns)...)...)
				if got.code != 1 || got.out != "" || strings.Count(got.errs, wrong.reason) != count || len(lines(got.errs)) != count {
					t.Errorf("%s %s: %+v, want %d lines with %s", wrong.argument, patterns, got, count, wrong.reason)
				}
			}
		}
		if got := vet(wrong.argument, "-fix", "./r"); got.code != 1 || strings.Count(got.errs, wrong.reason) != 1 {
			t.Errorf("%s -fix: %+v", wrong.argument, got)
		}
		got := vet(wrong.argument, "-json", "./r")
		if !strings.Contains(got.out+got.errs, `"error": `) {
			t.Errorf("%s -json: %+v", wrong.argument, got)
		}
	}
}
