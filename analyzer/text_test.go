package analyzer_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// update has the goldens of all text written anew: go test ./analyzer -run TestText -update. What changes is to be read.
var update = flag.Bool("update", false, "write testdata's findings.golden files anew")

// TestText holds the whole of what all rules find in each folder of testdata to its findings.golden: place and end, message,
// related places and fixes.
func TestText(t *testing.T) {
	t.Parallel()
	lines := textOf(t, everythingAsJSON(t).tree)
	for _, folder := range folders(t) {
		got := strings.Join(under(lines, folder), "\n") + "\n"
		golden := filepath.Join(testdata(t), folder, "findings.golden")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want := read(t, golden); got != want {
			t.Errorf("%s is not what is found; what differs first:\n%s", golden, firstDifference(got, want))
		}
	}
}

// asTree is what the command prints with -json and the counts.
type asTree struct {
	tree   []byte
	counts string
}

// asJSON runs the command in testdata by all rules: over the packages named, or else over all.
func asJSON(t *testing.T, debug string, packages ...string) *asTree {
	t.Helper()
	if len(packages) == 0 {
		packages = []string{"./..."}
	}
	var out, errs bytes.Buffer
	command := exec.Command(build(t), append([]string{debug, "-json", "-rules=all"}, packages...)...)
	command.Dir, command.Stdout, command.Stderr = testdata(t), &out, &errs
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", debug, err, errs.String())
	}
	return &asTree{out.Bytes(), errs.String()}
}

// everythingAsJSON is asJSON over all of testdata with the filter. It is run once for all tests.
func everythingAsJSON(t *testing.T) *asTree {
	t.Helper()
	onceAsJSON.Do(func() { wholeAsJSON = asJSON(t, "-debug") })
	if wholeAsJSON == nil {
		t.Fatal("another test tells why the command fails over all of testdata")
	}
	return wholeAsJSON
}

var (
	onceAsJSON  sync.Once
	wholeAsJSON *asTree
)

// jsonFinding is a finding as the command prints it with -json.
type jsonFinding struct {
	Posn, End, Message string
	SuggestedFixes     []struct {
		Message string
		Edits   []struct {
			Filename   string
			Start, End int
			New        string
		}
	} `json:"suggested_fixes"`
	Related []struct{ Posn, End, Message string }
}

// textOf writes each finding as a line, in the order of their places. A file that belongs to a package and to its tests is
// there once.
func textOf(t *testing.T, tree []byte) []string {
	var packages map[string]map[string][]jsonFinding
	if err := json.Unmarshal(tree, &packages); err != nil {
		t.Fatal(err)
	}
	within := func(place string) string {
		return filepath.ToSlash(strings.TrimPrefix(place, testdata(t)+string(filepath.Separator)))
	}
	var lines []string
	for _, linters := range packages {
		for _, f := range linters["ociretry"] {
			line := fmt.Sprintf("%s to %s: %s", within(f.Posn), f.End[strings.LastIndex(f.End, ".go:")+len(".go:"):], f.Message)
			for _, related := range f.Related {
				line += fmt.Sprintf(" | %s: %s", within(related.Posn), related.Message)
			}
			for _, fix := range f.SuggestedFixes {
				line += " | fix: " + fix.Message
				for _, edit := range fix.Edits {
					line += fmt.Sprintf(", %s bytes %d to %d become %q", within(edit.Filename), edit.Start, edit.End, edit.New)
				}
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// firstDifference shows the first lines in which two texts differ.
func firstDifference(got, want string) string {
	mine, theirs := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(mine), len(theirs)) {
		a, b := "", ""
		if i < len(mine) {
			a = mine[i]
		}
		if i < len(theirs) {
			b = theirs[i]
		}
		if a != b {
			return fmt.Sprintf("found  %s\nwanted %s", a, b)
		}
	}
	return "nothing"
}

// TestTextAlone looks at some packages without those that their helpers lie in: places there are told as in a run over all of
// them.
func TestTextAlone(t *testing.T) {
	t.Parallel()
	alone := asJSON(t, "-debug", "./flow/incorrectstate", "./flow/nonretryable", "./unknowncode")
	elsewhere := 0
	whole := read(t, filepath.Join(testdata(t), "flow", "findings.golden")) + read(t, filepath.Join(testdata(t), "unknowncode", "findings.golden"))
	for _, line := range textOf(t, alone.tree) {
		if !strings.Contains(whole, line+"\n") {
			t.Errorf("not as in a run over all packages: %s", line)
		}
		folder, _, _ := strings.Cut(line, ".go:")
		for _, related := range strings.Split(line, " | ")[1:] {
			if place, _, _ := strings.Cut(related, ".go:"); filepath.Dir(place) != filepath.Dir(folder) && !strings.HasPrefix(related, "fix: ") {
				elsewhere++
			}
		}
	}
	if elsewhere == 0 {
		t.Error("no place in another package is told")
	}
}
