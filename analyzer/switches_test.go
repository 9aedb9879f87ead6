package analyzer_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSwitches runs the command with each switch, and with all of them at once under go vet too, and compares where it
// finds something.
func TestSwitches(t *testing.T) {
	t.Parallel()
	tool, root := build(t), testdata(t)
	table := filepath.Join(t.TempDir(), "table.tsv")
	if err := os.WriteFile(table, []byte("404\tBucketNotFound\tno\n401\tNotAuthenticated\tno\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const resent, spelt, texts = "switches.go:23 nonretryable", "switches.go:26 unknowncode", "switches.go:28 textmatch"
	for name, test := range map[string]struct {
		arguments []string
		want      []string
	}{
		"none":                {nil, []string{resent, spelt}},
		"one rule":            {[]string{"-rules=unknowncode"}, []string{spelt}},
		"without one":         {[]string{"-rules=-unknowncode"}, []string{resent}},
		"off by default":      {[]string{"-rules=textmatch"}, []string{texts}},
		"all but one":         {[]string{"-rules=all,-missedretry"}, []string{resent, spelt, texts}},
		"an earlier edition":  {[]string{"-catalog=2024-06", "-rules=nonretryable"}, []string{"switches.go:11 nonretryable", resent}},
		"the default edition": {[]string{"-catalog=default", "-rules=nonretryable"}, []string{resent}},
		"a table":             {[]string{"-catalog=" + table, "-rules=nonretryable"}, []string{"switches.go:17 nonretryable", resent}},
		"generated files":     {[]string{"-generated", "-rules=nonretryable"}, []string{"made.go:7 nonretryable", resent}},
		"all at once":         {[]string{"-generated", "-catalog=" + table, "-rules=all,-missedretry"}, []string{"made.go:7 nonretryable", "switches.go:17 nonretryable", resent, spelt, texts}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := slices.Sorted(slices.Values(test.want))
			alone := places(findings(t, root, tool, append(slices.Clone(test.arguments), "./switches")...))
			if !slices.Equal(alone, want) {
				t.Errorf("alone %q, want %q", alone, want)
			}
			if len(test.arguments) < 3 {
				return // go vet hands every switch on in the same way, and looks at all dependencies anew for each
			}
			vetted := places(findings(t, root, "go", append(append([]string{"vet", "-vettool=" + tool}, test.arguments...), "./switches")...))
			if !slices.Equal(vetted, want) {
				t.Errorf("under go vet %q, want %q", vetted, want)
			}
		})
	}
}

var place = regexp.MustCompile(`([a-z]+\.go:\d+):\d+: ([a-z]+): `)

// places returns file, line and rule of each finding.
func places(found []string) []string {
	var places []string
	for _, line := range found {
		if match := place.FindStringSubmatch(line); match != nil {
			places = append(places, match[1]+" "+match[2])
		}
	}
	slices.Sort(places)
	return places
}

// TestWrongSwitches gives each switch a value that cannot be: one line that names it, no finding, and a failure.
func TestWrongSwitches(t *testing.T) {
	t.Parallel()
	tool, root := build(t), testdata(t)
	table := filepath.Join(t.TempDir(), "broken.tsv")
	if err := os.WriteFile(table, []byte("404\tBucketNotFound\tno\n404\tOther\tperhaps\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for argument, reason := range map[string]string{
		"-rules=noretry":               `unknown rule "noretry"`,
		"-rules=nonretryable,-noretry": `unknown rule "noretry"`,
		"-catalog=2023":                "2023",
		"-catalog=" + table:            table + ":2:11: ",
	} {
		command := exec.Command(tool, argument, "./switches")
		command.Dir = root
		output, err := command.CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(output)), "\n")
		if exitCode(err) == 0 || len(lines) != 1 || !strings.Contains(lines[0], reason) {
			t.Errorf("%s: exit code %d, want one line with %q:\n%s", argument, exitCode(err), reason, output)
		}
	}
}
