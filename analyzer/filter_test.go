package analyzer_test

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestFilter looks at all of testdata with the filter, and without: whatever it takes out nothing is reported of, so both
// find the same, with the same messages, places and fixes.
func TestFilter(t *testing.T) {
	t.Parallel()
	skipped := regexp.MustCompile(` in (\d+) of the functions, `)
	found := map[string]string{}
	for _, with := range []string{"-debug", "-debug=unfiltered"} {
		var out, errs bytes.Buffer
		command := exec.Command(build(t), with, "-json", "-rules=all", "./...")
		command.Dir, command.Stdout, command.Stderr = testdata(t), &out, &errs
		if err := command.Run(); err != nil {
			t.Fatalf("%s: %v\n%s", with, err, errs.String())
		}
		found[with] = out.String()
		told := skipped.FindStringSubmatch(errs.String())
		if told == nil || (told[1] == "0") != (with == "-debug=unfiltered") {
			t.Errorf("%s tells\n%s", with, errs.String())
		}
	}
	if found["-debug"] != found["-debug=unfiltered"] || strings.Count(found["-debug"], `"category": `) < 1000 {
		t.Error("the filter takes out what is reported, or little is found at all: compare -debug with -debug=unfiltered, with -json, in testdata")
	}
}
