package analyzer_test

import (
	"bytes"
	"regexp"
	"testing"
)

// TestFilter looks at all of testdata with the filter, and without: whatever it takes out nothing is reported of, so both
// find the same, with the same messages, places and fixes.
func TestFilter(t *testing.T) {
	t.Parallel()
	filtered, unfiltered := everythingAsJSON(t), asJSON(t, "-debug=unfiltered")
	skipped := regexp.MustCompile(` in (\d+) of the functions, `)
	for _, got := range []*asTree{filtered, unfiltered} {
		told := skipped.FindStringSubmatch(got.counts)
		if told == nil || (told[1] == "0") != (got == unfiltered) {
			t.Errorf("the counts are\n%s", got.counts)
		}
	}
	if !bytes.Equal(filtered.tree, unfiltered.tree) || bytes.Count(filtered.tree, []byte(`"category": `)) < 1000 {
		t.Error("the filter takes out what is reported, or little is found at all: compare -debug with -debug=unfiltered, with -json, in testdata")
	}
}
