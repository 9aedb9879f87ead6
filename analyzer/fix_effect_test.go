package analyzer_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/catalog"
)

// others are what the fixes of functions change whose findings name no rows, or name what the fix makes of them.
var others = map[string][]string{
	"spent":    {"409 InvalidatedRetryToken"},
	"constant": {"412 NoEtagMatch", "success"}, // without an etag there is no 412
	"options":  {"409 IncorrectState", "429 TooManyRequests", "500 InternalServerError", "503 ServiceUnavailable"},
	"wrapped":  {"404 NotAuthorizedOrNotFound", "404 NotFound"},
	"misspelt": {"429 TooManyRequests"},
}

// TestFixesChangeTheFaultAlone applies each kind of fix and runs the functions of testdata/fixes/proved before and after,
// with the real SDK: for every row of the catalog, for success, and for connections that are refused or break. What is
// done differently are the rows that the finding named and no others. Nothing is found afterwards that was not before.
func TestFixesChangeTheFaultAlone(t *testing.T) {
	t.Parallel()
	const folder = "fixes/proved"
	files := map[string]string{}
	for _, name := range []string{"proved.go", "proved_test.go"} {
		files[folder+"/"+name] = read(t, filepath.Join(testdata(t), folder, name))
	}
	tool, root := build(t), module(t, files)
	rows := defaultRows(t)

	found := findings(t, root, tool, "-rules=all", "-test=false", "./"+folder)
	before := observe(t, root, folder, rows)
	fix := exec.Command(tool, "-fix", "-test=false", "./"+folder)
	fix.Dir = root
	_ = fix.Run() // what it says is for another test
	after := observe(t, root, folder, rows)
	said := map[string]bool{}
	for _, line := range found {
		said[messageOf(line)] = true
	}
	for _, line := range findings(t, root, tool, "-rules=all", "-test=false", "./"+folder) {
		if !said[messageOf(line)] {
			t.Errorf("found after the fixes, and not before: %s", line)
		}
		if !strings.Contains(line, ": missedretry: ") {
			t.Errorf("not fixed: %s", line)
		}
	}

	named := namedRows(t, files[folder+"/proved.go"], found)
	for _, name := range slices.Sorted(maps.Keys(before)) {
		var changed []string
		for _, answer := range slices.Sorted(maps.Keys(before[name])) {
			if before[name][answer] != after[name][answer] {
				changed = append(changed, answer)
			}
		}
		if want, known := others[name]; known {
			if !slices.Equal(changed, want) {
				t.Errorf("%s: the fix changes %q, want %q", name, changed, want)
			}
			continue
		}
		check(t, name, named[name], changed)
	}
	if len(before) == 0 || len(named)+len(others) < len(before) {
		t.Errorf("%d functions, %d have rows named and %d not", len(before), len(named), len(others))
	}
}

// check compares the rows that a finding names, the last of which may be counted only, with what a fix has changed. A
// spent token is counted only where the same token is sent again; it is given up with the other final rows anyway.
func check(t *testing.T, name string, named mentioned, changed []string) {
	t.Helper()
	others := slices.DeleteFunc(slices.Clone(changed), func(answer string) bool { return answer == "409 InvalidatedRetryToken" })
	if said := len(named.rows) + named.more; len(named.rows) == 0 || said != len(changed) && said != len(others) {
		t.Errorf("%s: the finding names %q and %d more, and the fix changes %q", name, named.rows, named.more, changed)
	}
	for _, row := range named.rows {
		if !slices.Contains(changed, row) {
			t.Errorf("%s: the finding names %s, which the fix does not change", name, row)
		}
	}
}

// observe runs the functions and returns what each did for each answer.
func observe(t *testing.T, root, folder, rows string) map[string]map[string]string {
	t.Helper()
	run := exec.Command("go", "test", "-count=1", "-v", "-run=TestObserve", "./"+folder)
	run.Dir = root
	run.Env = append(os.Environ(), "CATALOG="+rows)
	output, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	seen := map[string]map[string]string{}
	for _, line := range observed.FindAllStringSubmatch(string(output), -1) {
		if seen[line[1]] == nil {
			seen[line[1]] = map[string]string{}
		}
		seen[line[1]][line[2]] = line[3]
	}
	return seen
}

var observed = regexp.MustCompile(`(?m)^OBSERVED (\w+)\|([^|]+)\|(.*)$`)

// defaultRows writes the statuses and codes of the default edition into a file and returns its name.
func defaultRows(t *testing.T) string {
	t.Helper()
	table, err := catalog.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, row := range table.Rows() {
		fmt.Fprintf(&lines, "%d\t%s\t%s\n", row.Status, row.Code, row.Verdict)
	}
	file := filepath.Join(t.TempDir(), "rows.tsv")
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// mentioned are the rows that a message names, and how many more it counts.
type mentioned struct {
	rows []string
	more int
}

var (
	rowName   = regexp.MustCompile(`\d{3} [A-Z]\w+`)
	countMore = regexp.MustCompile(`and (\d+) more, which the catalog`)
	notRetry  = regexp.MustCompile(`: nonretryable: (.*), which the catalog says not to retry;`)
)

// namedRows returns the rows that the findings of nonretryable name, by the function that they stand in.
func namedRows(t *testing.T, source string, found []string) map[string]mentioned {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]mentioned{}
	for _, line := range found {
		message := notRetry.FindStringSubmatch(line)
		if message == nil {
			continue
		}
		m := mentioned{rows: rowName.FindAllString(message[1], -1)}
		if more := countMore.FindStringSubmatch(line); more != nil {
			m.more, _ = strconv.Atoi(more[1])
		}
		number, _ := strconv.Atoi(findingLine.FindStringSubmatch(line)[2])
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && set.Position(function.Pos()).Line <= number && number <= set.Position(function.End()).Line {
				named[function.Name.Name] = m
			}
		}
	}
	return named
}

// messageOf returns what a line says without its place.
func messageOf(line string) string {
	parts := strings.SplitN(line, ": ", 2)
	return parts[len(parts)-1]
}
