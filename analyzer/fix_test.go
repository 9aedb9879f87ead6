package analyzer_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFixes applies every suggested fix of testdata/fixes to a copy, compares each file with its golden file, compiles
// them, and looks that what was fixed is not found any more.
func TestFixes(t *testing.T) {
	t.Parallel()
	tool, root := build(t), testdata(t)
	goldens, err := filepath.Glob(filepath.Join(root, "fixes", "*.go.golden"))
	if err != nil || len(goldens) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	files := map[string]string{}
	for _, golden := range goldens {
		source := strings.TrimSuffix(golden, ".golden")
		files["fixes/"+filepath.Base(source)] = read(t, source)
	}
	copied := module(t, files)
	before := findings(t, copied, tool, "./fixes")
	fix := exec.Command(tool, "-fix", "./fixes")
	fix.Dir = copied
	_ = fix.Run() // what has no fix is still reported
	for name := range files {
		fixed, want := read(t, filepath.Join(copied, name)), read(t, filepath.Join(root, name+".golden"))
		if fixed != want {
			t.Errorf("%s, fixed:\n%s\nwant:\n%s", name, fixed, want)
		}
	}
	compile := exec.Command("go", "build", "./fixes")
	compile.Dir = copied
	if output, err := compile.CombinedOutput(); err != nil {
		t.Errorf("what was fixed does not compile: %v\n%s", err, output)
	}
	left := findings(t, copied, tool, "./fixes")
	if len(before) < 6 || len(left) != 1 {
		t.Errorf("%d findings before and %d after, want at least 6 and the one without a fix:\n%q", len(before), len(left), left)
	}
}

// TestNoFix looks that nothing is changed where no fix is certain, and in a file that cgo rewrites.
func TestNoFix(t *testing.T) {
	t.Parallel()
	without := read(t, filepath.Join(testdata(t), "fixes", "without", "without.go"))
	ofCgo := strings.NewReplacer("package proved", "package cgo", "import (", "import \"C\"\n\nimport (").Replace(read(t, filepath.Join(testdata(t), "fixes", "proved", "proved.go")))
	files := map[string]string{"without/without.go": without, "cgo/cgo.go": ofCgo + "\nvar _ C.int\n"}
	tool, root := build(t), module(t, files)
	for name := range files {
		folder := "./" + filepath.Dir(name)
		if found := findings(t, root, tool, folder); len(found) == 0 {
			t.Logf("nothing is found in %s: no C compiler?", name)
		}
		fix := exec.Command(tool, "-fix", folder)
		fix.Dir = root
		output, _ := fix.CombinedOutput() // what is found is still reported
		if after := read(t, filepath.Join(root, name)); after != files[name] {
			t.Errorf("%s was changed:\n%s\n%s", name, output, after)
		}
	}
}
