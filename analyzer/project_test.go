package analyzer_test

import (
	"encoding/json"
	"go/version"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestLowestGo looks that both modules ask for the lowest Go that what they require needs, and for the same one.
func TestLowestGo(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"..", testdata(t)} {
		var module struct {
			Go, Toolchain string
			Require       []struct{ Path string }
		}
		decode(t, folder, &module, "mod", "edit", "-json")
		if module.Toolchain != "" {
			t.Errorf("%s: go.mod asks for the toolchain %s", folder, module.Toolchain)
		}
		lowest, by := "go1", ""
		for _, required := range module.Require {
			var needed struct{ Path, GoVersion string }
			decode(t, folder, &needed, "list", "-m", "-json=Path,GoVersion", required.Path)
			if needed.GoVersion != "" && version.Compare("go"+needed.GoVersion, lowest) > 0 {
				lowest, by = "go"+needed.GoVersion, needed.Path
			}
		}
		if "go"+module.Go != lowest {
			t.Errorf("%s: go.mod asks for go%s; what is required needs %s, as %s does", folder, module.Go, lowest, by)
		}
	}
}

// decode runs the go command in a folder and decodes what it prints.
func decode(t *testing.T, folder string, value any, arguments ...string) {
	t.Helper()
	command := exec.Command("go", arguments...)
	command.Dir = folder
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(arguments, " "), err)
	}
	if err := json.Unmarshal(output, value); err != nil {
		t.Fatalf("go %s: %v", strings.Join(arguments, " "), err)
	}
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
