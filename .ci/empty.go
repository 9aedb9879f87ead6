// Command empty is an analyzer that does nothing, for .ci/speed: what a linter costs is what it takes beyond this one. By
// itself it has no facts, and under go vet one that each package leaves for those that import it.
package main

import (
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/singlechecker"
	"golang.org/x/tools/go/analysis/unitchecker"
)

type fact struct{ Number int }

func (*fact) AFact() {}

func main() {
	empty := &analysis.Analyzer{Name: "empty", Doc: "empty does nothing", Run: func(*analysis.Pass) (any, error) { return nil, nil }}
	if last := os.Args[len(os.Args)-1]; slices.Contains([]string{"-V=full", "-flags"}, last) || strings.HasSuffix(last, ".cfg") {
		empty.FactTypes = []analysis.Fact{new(fact)}
		empty.Run = func(pass *analysis.Pass) (any, error) {
			pass.ExportPackageFact(&fact{1})
			return nil, nil
		}
		unitchecker.Main(empty)
	}
	singlechecker.Main(empty)
}
