package analyzer_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// scratch is a folder for what several tests share.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "ociretry"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(scratch); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// build returns the command, which is built once for all tests.
func build(t *testing.T) string {
	t.Helper()
	tool, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

var built = sync.OnceValues(func() (string, error) {
	tool := filepath.Join(scratch, "ociretry")
	if output, err := exec.Command("go", "build", "-o", tool, "../cmd/ociretry").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, output)
	}
	return tool, nil
})

// testdata returns the folder of the module with the programs under test.
func testdata(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// folders returns the folders of testdata that hold Go files, or have folders below that do.
func folders(t *testing.T) []string {
	t.Helper()
	root := testdata(t)
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		within, err := filepath.Rel(root, path)
		found = append(found, strings.Split(filepath.ToSlash(within), "/")[0])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// everything returns what the command by itself finds in all of testdata, by all rules. It is run once for all tests.
func everything(t *testing.T) []string {
	t.Helper()
	tool, root := build(t), testdata(t)
	once.Do(func() { whole = run(root, nil, tool, "-rules=all", "./...") })
	if whole.code != 3 || len(whole.unexpected) > 0 {
		t.Fatalf("the command over all of testdata: exit code %d, unexpected output:\n%s", whole.code, strings.Join(whole.unexpected, "\n"))
	}
	return slices.Clone(whole.findings)
}

var (
	once  sync.Once
	whole *printed
)

// under returns the findings that lie in these folders, or below them.
func under(found []string, folders ...string) []string {
	return slices.DeleteFunc(slices.Clone(found), func(line string) bool {
		return !slices.ContainsFunc(folders, func(folder string) bool { return strings.HasPrefix(line, folder+"/") })
	})
}

// findings runs a command in a folder and returns its findings, sorted, with paths from there.
func findings(t *testing.T, root, name string, arguments ...string) []string {
	t.Helper()
	return findingsWith(t, nil, root, name, arguments...)
}

// findingsWith is findings in a changed environment.
func findingsWith(t *testing.T, environment []string, root, name string, arguments ...string) []string {
	t.Helper()
	got := run(root, environment, name, arguments...)
	for _, line := range got.unexpected {
		t.Errorf("unexpected output: %s", line)
	}
	return slices.Compact(got.findings)
}

// printed is what a run of the command, or of go vet with it, came to.
type printed struct {
	code       int
	findings   []string // sorted, with paths from the folder that it ran in
	unexpected []string
}

var (
	findingLine = regexp.MustCompile(`^(.*\.go):(\d+):\d+: ([a-z]+): `)
	relatedLine = regexp.MustCompile(`^.*\.go:\d+:\d+: \t`)
)

func run(root string, environment []string, name string, arguments ...string) *printed {
	command := exec.Command(name, arguments...)
	command.Dir, command.Env = root, append(os.Environ(), environment...)
	output, err := command.CombinedOutput() // findings make it fail
	got := &printed{code: exitCode(err)}
	for line := range strings.SplitSeq(string(output), "\n") {
		line = strings.TrimPrefix(strings.TrimPrefix(line, root+string(filepath.Separator)), "./")
		switch {
		case findingLine.MatchString(line):
			got.findings = append(got.findings, line)
		case relatedLine.MatchString(line): // go vet has no line for it
		case line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "go: "):
			got.unexpected = append(got.unexpected, line)
		}
	}
	slices.Sort(got.findings)
	return got
}
