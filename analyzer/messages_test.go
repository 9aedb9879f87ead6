package analyzer_test

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestMessages holds the whole text of what is found in testdata/messages, related places too, to messages.golden.
func TestMessages(t *testing.T) {
	t.Parallel()
	tool, root := build(t), testdata(t)
	command := exec.Command(tool, "-rules=all", "./messages")
	command.Dir = root
	output, err := command.CombinedOutput()
	if code := exitCode(err); code != 3 {
		t.Errorf("exit code %d, want 3", code)
	}
	if printed, want := withoutFolder(string(output), root), read(t, filepath.Join(root, "messages", "messages.golden")); printed != want {
		t.Errorf("it prints\n%s\nwant\n%s", printed, want)
	}
}
