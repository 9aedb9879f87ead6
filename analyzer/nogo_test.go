package analyzer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestConfigurationFiles drives the command as go vet and its like do: one process for each package, told by a .cfg
// file what to look at, and facts passed on in .vetx files. It has to find what the command by itself finds.
func TestConfigurationFiles(t *testing.T) {
	t.Parallel()
	tool, root := build(t), testdata(t)
	units := newUnits(t, tool, root, "./wrappederror/...", "./deadpolicy/...")
	var found []string
	for _, pkg := range units.packages {
		found = append(found, units.run(t, pkg)...)
	}
	slices.Sort(found)
	alone := under(everything(t), "wrappederror", "deadpolicy")
	if len(alone) == 0 || !slices.Equal(alone, found) {
		t.Errorf("alone:\n%s\nby .cfg files:\n%s", strings.Join(alone, "\n"), strings.Join(found, "\n"))
	}

	// In this file everything is decided by helpers of other packages, so by facts.
	if !slices.ContainsFunc(found, func(line string) bool { return strings.HasPrefix(line, "wrappederror/other_package.go:") }) {
		t.Error("no finding that needs facts")
	}
}

// listed is what go list tells of a package.
type listed struct {
	Dir, ImportPath   string
	Standard, DepOnly bool
	GoFiles, Imports  []string
	ImportMap         map[string]string
	Module            *struct{ Path, Version, GoVersion string }
}

// units runs the command on one package after another, dependencies first.
type units struct {
	tool, root, folder string
	packages           []listed
	number             map[string]int // of a package's files in folder
}

func newUnits(t *testing.T, tool, root string, patterns ...string) *units {
	t.Helper()
	made := &units{tool: tool, root: root, folder: t.TempDir(), number: map[string]int{}}
	command := exec.Command("go", append([]string{"list", "-deps", "-json"}, patterns...)...)
	command.Dir = root
	command.Env = append(os.Environ(), "CGO_ENABLED=0") // the files as they are, without what cgo makes of them
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var pkg listed
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return made
		} else if err != nil {
			t.Fatal(err)
		}
		if pkg.ImportPath != "unsafe" { // it has no files to look at
			made.number[pkg.ImportPath] = len(made.packages)
			made.packages = append(made.packages, pkg)
		}
	}
}

// run looks at one package and returns its findings.
func (u *units) run(t *testing.T, pkg listed) []string {
	t.Helper()
	file := func(path, kind string) string { return filepath.Join(u.folder, fmt.Sprint(u.number[path], kind)) }
	imports, facts := map[string]string{}, map[string]string{}
	for _, path := range pkg.Imports {
		imports[path] = path
		if _, known := u.number[path]; known {
			facts[path] = file(path, ".vetx")
		}
	}
	for path, resolved := range pkg.ImportMap {
		imports[path] = resolved
	}
	configuration := map[string]any{
		"ID": pkg.ImportPath, "ImportPath": pkg.ImportPath, "Dir": pkg.Dir, "Compiler": "gc", "ImportMap": imports,
		"PackageVetx": facts, "VetxOnly": pkg.DepOnly, "VetxOutput": file(pkg.ImportPath, ".vetx"),
	}
	var sources []string
	for _, name := range pkg.GoFiles {
		sources = append(sources, filepath.Join(pkg.Dir, name))
	}
	configuration["GoFiles"] = sources
	if pkg.Module != nil {
		configuration["ModulePath"], configuration["ModuleVersion"] = pkg.Module.Path, pkg.Module.Version
		configuration["GoVersion"] = "go" + pkg.Module.GoVersion
	}
	encoded, err := json.Marshal(configuration)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file(pkg.ImportPath, ".cfg"), encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(u.tool, "-rules=all", file(pkg.ImportPath, ".cfg")).CombinedOutput()
	var found []string
	for _, line := range strings.Split(string(output), "\n") {
		if line = strings.TrimPrefix(line, u.root+string(filepath.Separator)); findingLine.MatchString(line) {
			found = append(found, line)
		} else if line != "" && !relatedLine.MatchString(line) {
			t.Fatalf("%s: unexpected output: %s", pkg.ImportPath, line)
		}
	}
	if code := exitCode(err); code != min(len(found), 1) {
		t.Fatalf("%s: exit code %d with %d findings", pkg.ImportPath, code, len(found))
	}
	return slices.Compact(found)
}

// TestVet runs the command under go vet, in a module of its own: how it ends, what it prints as JSON, and that a second
// run looks only at what changed.
func TestVet(t *testing.T) {
	t.Parallel()
	tool, root := build(t), module(t, map[string]string{
		"helper/helper.go": helper("fmt.Errorf(\"removing: %w\", err)"),
		"user/user.go":     "package user\n\nimport (\n\t\"program/helper\"\n\n\t\"github.com/oracle/oci-go-sdk/v65/common\"\n)\n\nfunc IsService(err error) bool {\n\t_, ok := common.IsServiceError(helper.Wrap(err))\n\treturn ok\n}\n",
		"apart/apart.go":   "package apart\n\nimport \"github.com/oracle/oci-go-sdk/v65/common\"\n\nfunc IsAbsent(err common.ServiceError) bool { return err.GetCode() == \"Notfound\" }\n",
		"other/other.go":   "package other\n\nfunc Nothing() {}\n",
	})
	const userFinding, apartFinding = "user/user.go:10:32: wrappederror: ", "apart/apart.go:5:71: unknowncode: "

	expect := func(step string, code int, looked []string, found ...string) {
		t.Helper()
		output, got, at := vet(t, root, tool, "./...")
		if got != code {
			t.Errorf("%s: exit code %d, want %d:\n%s", step, got, code, output)
		}
		if looked != nil && !slices.Equal(at, looked) {
			t.Errorf("%s: it looked at %q, want %q", step, at, looked)
		}
		for _, finding := range []string{userFinding, apartFinding} {
			if want := slices.Contains(found, finding); strings.Contains(output, finding) != want {
				t.Errorf("%s: finding %q is expected: %t, in\n%s", step, finding, want, output)
			}
		}
	}
	expect("first run", 1, []string{"program/apart", "program/helper", "program/other", "program/user"}, userFinding, apartFinding)
	expect("second run", 1, []string{}, userFinding, apartFinding)
	write(t, root, "helper/helper.go", helper("fmt.Errorf(\"deleting: %w\", err)"))
	expect("a helper that is the same in other words", 1, []string{"program/helper", "program/user"}, userFinding, apartFinding)
	write(t, root, "helper/helper.go", helper("err"))
	expect("a helper that wraps no more", 1, []string{"program/helper", "program/user"}, apartFinding)
	write(t, root, "apart/apart.go", "package apart\n")
	expect("nothing to find", 0, []string{"program/apart"})
	expect("nothing to find, from the cache", 0, []string{})
	write(t, root, "helper/helper.go", helper("fmt.Errorf(\"removing: %w\", err)"))
	expect("the first helper again", 1, nil, userFinding)

	output, code, _ := vet(t, root, tool, "-json", "./...")
	if code != 0 || !strings.Contains(output, `"category": "wrappederror"`) || !strings.Contains(output, "user.go:10:32") {
		t.Errorf("-json: exit code %d, and\n%s", code, output)
	}
	for name, arguments := range map[string][]string{
		`unknown rule "noretry"`: {"-rules=noretry", "./..."},
		"absent.tsv":             {"-catalog=" + filepath.Join(root, "absent.tsv"), "./..."},
	} {
		if output, code, _ := vet(t, root, tool, arguments...); code != 1 || !strings.Contains(output, name) {
			t.Errorf("%s: exit code %d, and\n%s", name, code, output)
		}
	}
	if _, code, _ := vet(t, root, tool, "-rules=-wrappederror", "./..."); code != 0 {
		t.Errorf("without the rule: exit code %d", code)
	}
	write(t, root, "other/other.go", "package other\n\nvar x int = true\n")
	if output, code, _ := vet(t, root, tool, "./other"); code != 1 || !strings.Contains(output, "other.go") {
		t.Errorf("a type error: exit code %d, and\n%s", code, output)
	}
}

// TestTrimmedPaths runs the command where the go command leaves folders out of positions: what it reads from the files
// of the SDK and of other modules has to be found all the same.
func TestTrimmedPaths(t *testing.T) {
	t.Parallel()
	tool, root := build(t), module(t, map[string]string{
		"program.go": "package program\n\nimport (\n\t\"context\"\n\n\t\"github.com/oracle/oci-go-sdk/v65/loggingsearch\"\n)\n\nfunc get(ctx context.Context, client loggingsearch.LogSearchClient) error {\n\tfor {\n\t\tif _, err := client.SearchLogs(ctx, loggingsearch.SearchLogsRequest{}); err == nil {\n\t\t\treturn nil\n\t\t}\n\t}\n}\n",
	})
	plain := findings(t, root, tool, "./...")
	trimmed := findingsWith(t, []string{"GOFLAGS=" + os.Getenv("GOFLAGS") + " -trimpath"}, root, tool, "./...")
	// That the SDK does not wait by itself on this row is known from the method's own file.
	if !strings.Contains(strings.Join(plain, "\n"), "409 IncorrectState") || !slices.Equal(plain, trimmed) {
		t.Errorf("got\n%s\nwith -trimpath\n%s", strings.Join(plain, "\n"), strings.Join(trimmed, "\n"))
	}
}

func helper(result string) string {
	return "package helper\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint\n\nfunc Wrap(err error) error { return " + result + " }\n"
}

// module makes a module named program with the requirements of testdata.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir()) // as the go command names it
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(testdata(t), name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, root, name, strings.Replace(string(content), "module testdata", "module program", 1))
	}
	for name, content := range files {
		write(t, root, name, content)
	}
	return root
}

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

// vet runs go vet and returns its output, its exit code, and the packages of the program that the command was run on.
func vet(t *testing.T, root, tool string, arguments ...string) (output string, code int, looked []string) {
	t.Helper()
	command := exec.Command("go", append([]string{"vet", "-x", "-vettool=" + tool}, arguments...)...)
	command.Dir = root
	all, err := command.CombinedOutput()
	// With -x each .cfg file is printed before the command reads it.
	looked = []string{}
	for _, unit := range unitPath.FindAllStringSubmatch(string(all), -1) {
		looked = append(looked, unit[1])
	}
	slices.Sort(looked)
	return string(all), exitCode(err), slices.Compact(looked)
}

var unitPath = regexp.MustCompile(`"ImportPath": "(program/[a-z]+)"`)

// exitCode returns what a command answered with.
func exitCode(err error) int {
	var failed *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		return failed.ExitCode()
	}
	return -1
}
