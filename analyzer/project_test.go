package analyzer_test

import (
	"go/version"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestLowestGo looks that both modules ask for the lowest Go that the modules need whose packages they use, and for no
// other toolchain than that.
func TestLowestGo(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"..", testdata(t)} {
		asked := strings.Fields(printedBy(t, folder, "list", "-m", "-f", "go{{.GoVersion}}"))[0]
		lowest := "go1"
		for _, needed := range strings.Fields(printedBy(t, folder, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}go{{.GoVersion}}{{end}}{{end}}", "./...")) {
			if version.Compare(needed, lowest) > 0 {
				lowest = needed
			}
		}
		if asked != lowest {
			t.Errorf("%s: go.mod asks for %s, and the modules that are used need %s", folder, asked, lowest)
		}
		if strings.Contains(read(t, filepath.Join(folder, "go.mod")), "\ntoolchain ") {
			t.Errorf("%s: go.mod asks for a toolchain", folder)
		}
	}
}

// printedBy runs the go command in a folder and returns what it prints.
func printedBy(t *testing.T, folder string, arguments ...string) string {
	t.Helper()
	command := exec.Command("go", arguments...)
	command.Dir = folder
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(arguments, " "), err)
	}
	return string(output)
}

// TestTestCommand holds the README's test command and the last line of .ci/run together, and looks that the command
// has a time-out of its own: go test's is too short for a slow machine.
func TestTestCommand(t *testing.T) {
	t.Parallel()
	said := testCommand.FindStringSubmatch(read(t, "../README.md"))
	if said == nil {
		t.Fatal("README: no command below \"Run the tests:\"")
	}
	lines := strings.Split(strings.TrimSpace(read(t, "../.ci/run")), "\n")
	if last := lines[len(lines)-1]; last != said[1] {
		t.Errorf(".ci/run ends with\n%s\nand the README has\n%s", last, said[1])
	}
	if !strings.Contains(said[1], " -timeout=") {
		t.Errorf("%s has no time-out", said[1])
	}
}

var testCommand = regexp.MustCompile(`\nRun the tests:\n\n    (.+)\n`)
