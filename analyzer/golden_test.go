package analyzer_test

import (
	"bufio"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/rule"
)

var (
	wantComment = regexp.MustCompile(`(?://|/\*) want (.*)$`)
	wantedRule  = regexp.MustCompile("[\"`]([a-z]+):")
)

// without are the folders of testdata that have no want comments: other tests hold them to what they say themselves.
var without = []string{"quickstart", "switches"}

// TestGolden holds what the command finds in testdata to the want comments, in both directions: in a folder that has a
// rule's name by this rule alone, in all others by the rules that are on by default. testdata's modules have to be
// fetched first.
func TestGolden(t *testing.T) {
	t.Parallel()
	all := folders(t)
	for _, name := range append(rule.Names(), without...) {
		if !slices.Contains(all, name) {
			t.Errorf("testdata has no folder %s", name)
		}
	}
	byDefault := map[string]bool{}
	for _, p := range rulePages(t) {
		byDefault[p.Name] = p.Default
	}
	for _, folder := range all {
		if slices.Contains(without, folder) {
			continue
		}
		asked := func(name string) bool { return name == folder }
		if !slices.Contains(rule.Names(), folder) {
			asked = func(name string) bool { return byDefault[name] }
		}
		t.Run(folder, func(t *testing.T) { golden(t, folder, asked) })
	}
}

func golden(t *testing.T, folder string, asked func(rule string) bool) {
	got, want := map[string]int{}, wanted(t, folder)
	if len(want) == 0 {
		t.Fatalf("no want comment in %s", folder)
	}
	for _, line := range under(everything(t), folder) {
		if m := findingLine.FindStringSubmatch(line); asked(m[3]) || !slices.Contains(rule.Names(), m[3]) {
			got[m[1]+":"+m[2]+" "+m[3]]++
		}
	}
	keys := slices.AppendSeq(slices.Collect(maps.Keys(got)), maps.Keys(want))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if got[key] < want[key] {
			t.Errorf("missing: %s", key)
		}
		if got[key] > want[key] {
			t.Errorf("unexpected: %s", key)
		}
	}
}

// TestRulesAlone runs each rule by itself over its folder: the others, which run beside it elsewhere in these tests, must
// neither add to what it finds nor take from it.
func TestRulesAlone(t *testing.T) {
	t.Parallel()
	for _, name := range rule.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := func(line string) bool { return findingLine.FindStringSubmatch(line)[3] != name }
			together := slices.DeleteFunc(under(everything(t), name), other)
			alone := findings(t, testdata(t), build(t), "-rules="+name, "./"+name+"/...")
			if len(alone) == 0 || !slices.Equal(alone, together) {
				t.Errorf("alone:\n%s\nwith all others:\n%s", strings.Join(alone, "\n"), strings.Join(together, "\n"))
			}
		})
	}
}

// wanted counts what the want comments of a folder of testdata ask for, by place and rule.
func wanted(t *testing.T, folder string) map[string]int {
	root, want := testdata(t), map[string]int{}
	err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		within, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		scanner := bufio.NewScanner(file)
		for number := 1; scanner.Scan(); number++ {
			if m := wantComment.FindStringSubmatch(scanner.Text()); m != nil {
				for _, rule := range wantedRule.FindAllStringSubmatch(m[1], -1) {
					want[fmt.Sprintf("%s:%d %s", filepath.ToSlash(within), number, rule[1])]++
				}
			}
		}
		return scanner.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return want
}
