package analyzer_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestQuickStart holds the README's quick start to what the command prints about it, word for word, related places and
// order too; only the folder is left out, as the README says. Under go vet it has to be the same.
func TestQuickStart(t *testing.T) {
	t.Parallel()
	readme := read(t, "../README.md")
	shown := fencedBlock(readme, "quickstart/main.go:")
	tool, root := build(t), testdata(t)
	for _, run := range []struct {
		code      int
		name      string
		arguments []string
	}{
		{3, tool, []string{"./quickstart"}},
		{1, "go", []string{"vet", "-vettool=" + tool, "./quickstart"}},
	} {
		command := exec.Command(run.name, run.arguments...)
		command.Dir = root
		output, err := command.CombinedOutput()
		if code := exitCode(err); code != run.code {
			t.Errorf("%s: exit code %d, want %d", run.name, code, run.code)
		}
		if printed := withoutFolder(string(output), root); printed != shown {
			t.Errorf("%s prints\n%s\nand the README shows\n%s", run.name, printed, shown)
		}
	}
	// What the linter is for comes first, and what is counted in words is right.
	var order []string
	for line := range strings.SplitSeq(shown, "\n") {
		if match := findingLine.FindStringSubmatch(line); match != nil {
			order = append(order, match[3])
		}
	}
	if !strings.HasPrefix(strings.Join(order, " "), "nonretryable incorrectstate retrytoken ") {
		t.Errorf("the quick start shows %s", order)
	}
	program, err := os.ReadFile(filepath.Join(root, "quickstart", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	count := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}[len(order)]
	for name, text := range map[string]string{"the README": readme, "the program's comment": string(program)} {
		if sentence := fmt.Sprintf("finds %s mistakes", count); !strings.Contains(strings.ReplaceAll(text, "\n// ", " "), sentence) {
			t.Errorf("%s does not say %q", name, sentence)
		}
	}
}

// fencedBlock returns what is between the fences of the block whose first line begins so.
func fencedBlock(page, begin string) string {
	_, after, _ := strings.Cut(page, "\n```text\n"+begin)
	inside, _, _ := strings.Cut(after, "\n```\n")
	return begin + inside + "\n"
}

// withoutFolder takes the folder out of what a command printed, and the headings of go vet.
func withoutFolder(output, folder string) string {
	var kept strings.Builder
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "#") {
			kept.WriteString(filepath.ToSlash(strings.TrimPrefix(line, folder+string(filepath.Separator))))
		}
	}
	return kept.String()
}
