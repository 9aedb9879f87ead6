package proof

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/rule"
)

// leastSkipped and leastEnded are how many of the generated functions and of the calls that are left the filter takes out at
// least, in percent: otherwise little is compared.
const leastSkipped, leastEnded = 10, 1

// TestFilteredCallers looks at generated packages of wrappers and their callers with the filter, and without. What it
// takes out is silent: both find the same, word for word, with the same places and fixes.
func TestFilteredCallers(t *testing.T) {
	t.Parallel()
	number := seed(t)
	effort := fate.Effort{}
	for i := range programs(2, 5, 60) {
		p := newCallersProgram(t, number*1000+int64(i))
		one := compareFiltered(t, p.load(t, token.NewFileSet(), "./callers", "./below"), "testdata/callers")
		effort.Functions, effort.Skipped = effort.Functions+one.Functions, effort.Skipped+one.Skipped
		effort.Calls, effort.Ended = effort.Calls+one.Calls, effort.Ended+one.Ended
	}
	t.Logf("OCIRETRY_SEED=%d: the filter takes out %d of %d functions, and %d of %d calls in the others", number, effort.Skipped, effort.Functions, effort.Ended, effort.Calls)
	if effort.Skipped*100 < leastSkipped*effort.Functions || effort.Ended*100 < leastEnded*effort.Calls {
		t.Errorf("that is less than %d and %d in a hundred", leastSkipped, leastEnded)
	}
}

// TestFilteredSites does so with the call sites that the fates are proved with.
func TestFilteredSites(t *testing.T) {
	t.Parallel()
	number := seed(t)
	for _, sites := range [][]*callSite{generateSites(number, programs(100, 300, 1000)), smallCallSites()} {
		p := newSitesProgram(t, number, sites)
		compareFiltered(t, p.load(t, token.NewFileSet(), "./sites", "./helper", "./cloud", "./predicates", "./shared"), "testdata/sites")
	}
}

// compareFiltered compares what is found in one of several packages with the filter and without, and returns what it took
// with the filter.
func compareFiltered(t *testing.T, loaded []*packages.Package, path string) fate.Effort {
	t.Helper()
	found, effort := findings(t, loaded, path, false)
	all, _ := findings(t, loaded, path, true)
	for _, line := range all {
		if !slices.Contains(found, line) {
			t.Errorf("with the filter it is not found: %s", line)
		}
	}
	for _, line := range found {
		if !slices.Contains(all, line) {
			t.Errorf("with the filter alone it is found: %s", line)
		}
	}
	if len(all) == 0 {
		t.Error("nothing is found at all")
	}
	return effort
}

// findings runs all rules over one of several packages. A finding is one line with all that is told of it.
func findings(t *testing.T, loaded []*packages.Package, path string, unfiltered bool) ([]string, fate.Effort) {
	t.Helper()
	session := sessionOf(lowerAll(t, loaded), path)
	session.Unfiltered = unfiltered
	survey := fate.Look(session, func(string, string) fate.OwnPolicy { return fate.NoPolicy }, nowhere)
	pkg := loaded[slices.IndexFunc(loaded, func(pkg *packages.Package) bool { return pkg.PkgPath == path })]
	input := &rule.Input{Survey: survey, Catalog: catalog.Default(), Files: pkg.Syntax, Info: pkg.TypesInfo, Fset: pkg.Fset, Package: pkg.Types}
	var lines []string
	for _, r := range rule.All() {
		for _, f := range r.Find(input) {
			line := fmt.Sprintf("%s-%d: %s", pkg.Fset.Position(f.Pos), f.End-f.Pos, f.Message)
			for _, related := range f.Related {
				line += fmt.Sprintf("; %s: %s", pkg.Fset.Position(related.Pos), related.Message)
			}
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %v", line, f.Fixes)))
		}
	}
	slices.Sort(lines)
	return lines, survey.Effort
}
