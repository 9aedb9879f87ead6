package analyzer_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestFixes applies every suggested fix of testdata/fixes to a copy, compares it with the golden file, compiles it, and
// looks that what was fixed is not found any more.
func TestFixes(t *testing.T) {
	t.Parallel()
	tool, root, copied := build(t), testdata(t), t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "fixes/fixes.go"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(copied, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(copied, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := findings(t, copied, tool, "./fixes")
	fix := exec.Command(tool, "-fix", "./fixes")
	fix.Dir = copied
	_ = fix.Run() // what has no fix is still reported
	fixed, err := os.ReadFile(filepath.Join(copied, "fixes", "fixes.go"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(root, "fixes", "fixes.go.golden"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fixed, want) {
		t.Errorf("fixed:\n%s\nwant:\n%s", fixed, want)
	}
	compile := exec.Command("go", "build", "./fixes")
	compile.Dir = copied
	if output, err := compile.CombinedOutput(); err != nil {
		t.Errorf("the fixed file does not compile: %v\n%s", err, output)
	}
	left := findings(t, copied, tool, "./fixes")
	if len(before) < 6 || len(left) != 1 {
		t.Errorf("%d findings before and %d after, want at least 6 and the one without a fix:\n%q", len(before), len(left), left)
	}
}
