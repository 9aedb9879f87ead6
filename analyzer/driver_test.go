package analyzer_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDrivers runs the command by itself, where passes hand each other bodies in one process, and under go vet, where
// each package has a process of its own and bodies travel as facts. Both have to find the same, word for word.
func TestDrivers(t *testing.T) {
	tool, root := build(t), testdata(t)
	for _, pattern := range []string{
		"./nonretryable/...", "./nobackoff/...", "./incorrectstate/...", "./retrytoken/...", "./unknowncode/...",
		"./wrappederror/...", "./deadpolicy/...", "./flow/...",
	} {
		t.Run(pattern, func(t *testing.T) {
			alone := findings(t, root, tool, pattern)
			vetted := findings(t, root, "go", "vet", "-vettool="+tool, pattern)
			if len(alone) == 0 || !slices.Equal(alone, vetted) {
				t.Errorf("alone %d findings, under go vet %d:\n%s\nunder go vet:\n%s", len(alone), len(vetted), strings.Join(alone, "\n"), strings.Join(vetted, "\n"))
			}
		})
	}
}

// TestSequential runs one pass at a time: no pass may wait for one that comes after it.
func TestSequential(t *testing.T) {
	tool, root := build(t), testdata(t)
	together, apart := findings(t, root, tool, "./flow/..."), findings(t, root, tool, "-debug=p", "./flow/...")
	if len(together) == 0 || !slices.Equal(together, apart) {
		t.Errorf("%d findings, with -debug=p %d", len(together), len(apart))
	}
}

// TestPatterns leaves the packages that helpers lie in out of the patterns: what is found elsewhere must not change.
func TestPatterns(t *testing.T) {
	tool, root := build(t), testdata(t)
	whole := slices.DeleteFunc(findings(t, root, tool, "./nonretryable/...", "./wrappederror/..."), func(line string) bool {
		return strings.Count(line[:strings.Index(line, ".go:")], "/") > 1
	})
	part := findings(t, root, tool, "./nonretryable", "./wrappederror")
	if len(part) == 0 || !slices.Equal(whole, part) {
		t.Errorf("with the helpers' packages:\n%s\nwithout:\n%s", strings.Join(whole, "\n"), strings.Join(part, "\n"))
	}
}

// findings runs a command in a folder and returns its findings, sorted, with paths from there.
func findings(t *testing.T, root, name string, arguments ...string) []string {
	t.Helper()
	command := exec.Command(name, arguments...)
	command.Dir = root
	output, _ := command.CombinedOutput() // findings make it fail
	var found []string
	for _, line := range strings.Split(string(output), "\n") {
		line = strings.TrimPrefix(strings.TrimPrefix(line, root+string(filepath.Separator)), "./")
		switch {
		case findingLine.MatchString(line):
			found = append(found, line)
		case relatedLine.MatchString(line): // go vet has no line for it
		case line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "go: "):
			t.Errorf("unexpected output: %s", line)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func build(t *testing.T) string {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "ociretry")
	if output, err := exec.Command("go", "build", "-o", tool, "../cmd/ociretry").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, output)
	}
	return tool
}

// testdata returns the folder of the module with the programs under test.
func testdata(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return root
}
