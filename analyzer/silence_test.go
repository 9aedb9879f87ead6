package analyzer_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ociretry/ociretry/analyzer"
)

// TestSilencing runs the drivers over the comments of the README's table: each is in a file of its own with two findings,
// and silences one of them, both or none.
func TestSilencing(t *testing.T) {
	t.Parallel()
	const code = "package silent\n\nimport \"github.com/oracle/oci-go-sdk/v65/common\"\n\n" +
		"func NAME(failure common.ServiceError) bool {\n\treturn failure.GetCode() == \"TooManyRequest\" || COMMENT\n\t\tfailure.GetCode() == \"Notfound\"\n}\n"
	const line, both, none = 1, 0, 2 // findings that are left
	comments := []struct {
		name, comment string
		left          int
		told          string // what is said of the comment
		underGolangci int
	}{
		{"tool", "//lint:ignore ociretry why", line, "", line},
		{"rule", "//lint:ignore unknowncode,nobackoff why", line, "", line},
		{"fileTool", "//lint:file-ignore ociretry why", both, "", both},
		{"fileRule", "//lint:file-ignore nobackoff,unknowncode why", both, "", both},
		{"nolintTool", "//nolint:ociretry // why", line, "", none},
		{"nolintRule", "//nolint:unknowncode // why", line, "", none},
		{"noReason", "//lint:file-ignore unknowncode", none, "this //lint:file-ignore has no reason", none},
		{"useless", "//lint:file-ignore nobackoff why", none, "this //lint:file-ignore silences nothing", none},
		{"misspelt", "//lint:ignore unknown-code why", none, "the nearest name is unknowncode", none},
		{"misspeltFile", "//lint:file-ignore unknowcode why", none, "the nearest name is unknowncode", none},
	}
	files := map[string]string{}
	for _, c := range comments {
		files["silent/"+c.name+".go"] = strings.NewReplacer("NAME", c.name, "COMMENT", c.comment).Replace(code)
	}
	tool, root := build(t), module(t, files)
	drivers := map[string][]string{
		"alone":  findings(t, root, tool, "./..."),
		"go vet": findings(t, root, "go", "vet", "-vettool="+tool, "./..."),
		"plugin": asPlugin(t, root),
	}
	for driver, found := range drivers {
		for _, c := range comments {
			left, told := 0, ""
			for _, f := range found {
				switch rest, ok := strings.CutPrefix(f, "silent/"+c.name+".go:"); {
				case ok && strings.Contains(rest, ": unknowncode: "):
					left++
				case ok:
					told = rest
				}
			}
			want := c.left
			if driver == "plugin" {
				want = c.underGolangci
			}
			if left != want || (told == "") != (c.told == "") || !strings.Contains(told, c.told) {
				t.Errorf("%s: %s leaves %d findings and tells %q, want %d and %q", driver, c.comment, left, told, want, c.told)
			}
		}
	}
}

// asPlugin returns what the analyzer reports that golangci-lint's plugin is made of: golangci-lint itself then reads
// the //nolint comments.
func asPlugin(t *testing.T, root string) []string {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: root}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	made, err := analyzer.New(analyzer.Settings{Nolint: true})
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.InOneProcess(made)}, loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, action := range graph.Roots {
		for _, d := range action.Diagnostics {
			position := action.Package.Fset.Position(d.Pos)
			found = append(found, strings.TrimPrefix(position.String(), root+"/")+": "+d.Message)
		}
	}
	slices.Sort(found)
	return found
}
