package command

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ociretry/ociretry/analyzer"
)

// outcome is what came of looking at packages.
type outcome struct {
	complaints []string       // about packages that could not be analysed
	graph      *checker.Graph // of those that could
	whole      *checker.Graph // of all
}

// look loads the packages and analyses those that it can.
func look(asked *switches) (*outcome, error) {
	linter, err := analyzer.New(asked.settings)
	if err != nil {
		return nil, err
	}
	loaded, err := load(asked.patterns, asked.tests)
	if err != nil {
		return nil, err
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.InOneProcess(linter)}, loaded, nil)
	if err != nil {
		return nil, err
	}
	sound := &checker.Graph{}
	for _, root := range graph.Roots {
		if !unsound(root.Package) {
			sound.Roots = append(sound.Roots, root)
		}
	}
	return &outcome{complaints: complaints(loaded), graph: sound, whole: graph}, nil
}

// print prints the findings.
func (o *outcome) print(asked *switches, out, errs io.Writer) error {
	if asked.json {
		return printJSON(o.whole, out)
	}
	return o.graph.PrintText(errs, asked.context)
}

// code returns how the command ends with these findings.
func (o *outcome) code() int {
	switch {
	case len(o.complaints) > 0 || o.stopped():
		return broken
	case len(o.findings()) > 0:
		return found
	}
	return clean
}

// stopped reports whether the analysis itself failed somewhere.
func (o *outcome) stopped() bool {
	for _, root := range o.graph.Roots {
		if root.Err != nil {
			return true
		}
	}
	return false
}

// finding is one that is told: a file that belongs to a package and to its tests has each of its findings twice.
type finding struct {
	root       *checker.Action
	diagnostic analysis.Diagnostic
}

// findings returns each finding once.
func (o *outcome) findings() []finding {
	var all []finding
	told := map[string]bool{}
	for _, root := range o.graph.Roots {
		for _, diagnostic := range root.Diagnostics {
			key := fmt.Sprintf("%s %s", root.Package.Fset.Position(diagnostic.Pos), diagnostic.Message)
			if !told[key] {
				told[key] = true
				all = append(all, finding{root, diagnostic})
			}
		}
	}
	return all
}

// load loads packages as the engine wants them.
func load(patterns []string, tests bool) ([]*packages.Package, error) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule | packages.NeedForTest, Tests: tests, ParseFile: parseFile}, patterns...)
	if err != nil {
		return nil, errors.New(oneLine(strings.TrimPrefix(err.Error(), "err: exit status 1: stderr: ")))
	}
	switch nothing := len(loaded) == 0; {
	case (nothing || !slices.ContainsFunc(loaded, hasFiles)) && !inModule():
		return nil, fmt.Errorf("%s: there is no go.mod in this folder or above it", strings.Join(patterns, " "))
	case nothing:
		return nil, fmt.Errorf("%s: there is no such package in this module", strings.Join(patterns, " "))
	}
	return loaded, nil
}

// parseFile parses as the loader does, but does not look for what names stand for: that is the type checker's part.
func parseFile(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, text, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}

func hasFiles(pkg *packages.Package) bool { return len(pkg.GoFiles)+len(pkg.CompiledGoFiles) > 0 }

// inModule reports whether the command runs inside a module or a workspace.
func inModule() bool {
	folder, err := os.Getwd()
	for err == nil {
		for _, file := range []string{"go.mod", "go.work"} {
			if _, err := os.Stat(filepath.Join(folder, file)); err == nil {
				return true
			}
		}
		above := filepath.Dir(folder)
		if above == folder {
			break
		}
		folder = above
	}
	return false
}
