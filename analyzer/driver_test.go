package analyzer_test

import (
	"slices"
	"strings"
	"testing"
)

// TestDrivers runs the command by itself, where passes hand each other bodies in one process, and under go vet, where
// each package has a process of its own and bodies travel as facts. Both have to find the same, word for word.
func TestDrivers(t *testing.T) {
	t.Parallel()
	alone, vetted := everything(t), findings(t, testdata(t), "go", "vet", "-vettool="+build(t), "-rules=all", "./...")
	for _, folder := range folders(t) {
		alone, vetted := under(alone, folder), under(vetted, folder)
		if len(alone) == 0 || !slices.Equal(alone, vetted) {
			t.Errorf("%s: alone %d findings, under go vet %d:\n%s\nunder go vet:\n%s", folder, len(alone), len(vetted), strings.Join(alone, "\n"), strings.Join(vetted, "\n"))
		}
	}
	if !slices.Equal(alone, vetted) {
		t.Error("they differ outside these folders")
	}
}

// TestSequential runs one pass at a time: no pass may wait for one that comes after it.
func TestSequential(t *testing.T) {
	t.Parallel()
	together, apart := under(everything(t), "flow"), findings(t, testdata(t), build(t), "-debug=p", "-rules=all", "./flow/...")
	if len(together) == 0 || !slices.Equal(together, apart) {
		t.Errorf("%d findings, with -debug=p %d", len(together), len(apart))
	}
}

// TestPatterns leaves the packages that helpers lie in out of the patterns: what is found elsewhere must not change.
func TestPatterns(t *testing.T) {
	t.Parallel()
	whole := slices.DeleteFunc(under(everything(t), "nonretryable", "wrappederror"), func(line string) bool {
		return strings.Count(line[:strings.Index(line, ".go:")], "/") > 1
	})
	part := findings(t, testdata(t), build(t), "-rules=all", "./nonretryable", "./wrappederror")
	if len(part) == 0 || !slices.Equal(whole, part) {
		t.Errorf("with the helpers' packages:\n%s\nwithout:\n%s", strings.Join(whole, "\n"), strings.Join(part, "\n"))
	}
}
