package command_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/ociretry/ociretry/analyzer"
	"github.com/ociretry/ociretry/analyzer/command"
)

// asTool makes the test's own binary the command, so that nothing has to be built.
const asTool = "OCIRETRY_TEST_AS_TOOL"

func TestMain(m *testing.M) {
	if os.Getenv(asTool) == "" {
		os.Exit(m.Run())
	}
	if code, done := command.Run(os.Args[1:], os.Stdout, os.Stderr); done {
		os.Exit(code)
	}
	singlechecker.Main(analyzer.Analyzer)
}

// ran is what a run came to.
type ran struct {
	out, errs string
	code      int
}

// run runs the command in a folder.
func run(t *testing.T, folder string, arguments ...string) ran {
	t.Helper()
	return start(t, folder, tool(t), arguments...)
}

func tool(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// start runs a program in a folder; where it is the test's own binary, or runs that, the command is run.
func start(t *testing.T, folder, program string, arguments ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.Command(program, arguments...)
	c.Dir, c.Env, c.Stdout, c.Stderr = folder, append(os.Environ(), asTool+"=1", "PWD="+folder), &out, &errs
	err := c.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return ran{out.String(), errs.String(), c.ProcessState.ExitCode()}
}

// module makes a module named program with the requirements of testdata.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		write(t, root, name, strings.Replace(read(t, testdata(name)), "module testdata", "module program", 1))
	}
	for name, content := range files {
		write(t, root, name, content)
	}
	return root
}

// testdata returns the name of a file among the programs under test.
func testdata(name string) string { return filepath.Join("..", "..", "testdata", name) }

func write(t *testing.T, root, name, content string) {
	t.Helper()
	file := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// lines returns the lines of a text.
func lines(text string) []string {
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// everything is a package with one finding, of nonretryable.
const everything = "package p\n\nimport \"github.com/oracle/oci-go-sdk/v65/common\"\n\nfunc everything(r common.OCIOperationResponse) bool { return r.Error != nil }\n"

// spelt is a package with one finding that has a fix, of unknowncode.
const spelt = "package p\n\nimport \"github.com/oracle/oci-go-sdk/v65/common\"\n\nfunc spelt(failure common.ServiceError) bool { return failure.GetCode() == \"NotFond\" }\n"

// unpaused is a package with one finding that has no fix, of nobackoff.
const unpaused = "package p\n\nimport (\n\t\"time\"\n\n\t\"github.com/oracle/oci-go-sdk/v65/common\"\n)\n\nfunc unpaused() common.RetryPolicy {\n\tnoPause := func(common.OCIOperationResponse) time.Duration { return 0 }\n\treturn common.NewRetryPolicy(8, common.DefaultShouldRetryOperation, noPause)\n}\n"
