package analyzer_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

var (
	wantComment = regexp.MustCompile(`(?://|/\*) want (.*)$`)
	wantedRule  = regexp.MustCompile("[\"`]([a-z]+):")
	findingLine = regexp.MustCompile(`^(.*\.go):(\d+):\d+: ([a-z]+): `)
	relatedLine = regexp.MustCompile(`^.*\.go:\d+:\d+: \t`)
)

// TestGolden runs the command over each folder of testdata with the folder's rule alone, and holds its findings to
// the want comments, in both directions. testdata's modules have to be fetched first: go -C testdata mod download.
func TestGolden(t *testing.T) {
	tool := build(t)
	folders := []string{"nonretryable", "nobackoff", "incorrectstate", "missedretry", "retrytoken", "unknowncode", "wrappederror", "deadpolicy", "textmatch"}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) { golden(t, tool, folder, "-rules="+folder) })
	}
	t.Run("flow", func(t *testing.T) { golden(t, tool, "flow") })
}

func golden(t *testing.T, tool, folder string, flags ...string) {
	root := testdata(t)
	command := exec.Command(tool, append(flags, "./"+folder+"/...")...)
	command.Dir = root
	var output bytes.Buffer
	command.Stderr, command.Stdout = &output, &output
	if err := command.Run(); err == nil {
		t.Fatalf("no finding at all in %s", folder)
	}
	got := map[string]int{}
	for _, line := range strings.Split(output.String(), "\n") {
		if m := findingLine.FindStringSubmatch(line); m != nil {
			got[m[1]+":"+m[2]+" "+m[3]]++
		} else if line != "" && !relatedLine.MatchString(line) && !strings.HasPrefix(line, "go: ") {
			t.Errorf("unexpected output: %s", line)
		}
	}
	want := wanted(t, filepath.Join(root, folder))
	if len(want) == 0 {
		t.Fatalf("no want comment in %s", folder)
	}
	for _, key := range keys(got, want) {
		if got[key] < want[key] {
			t.Errorf("missing: %s", key)
		}
		if got[key] > want[key] {
			t.Errorf("unexpected: %s", key)
		}
	}
}

func wanted(t *testing.T, root string) map[string]int {
	want := map[string]int{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		scanner := bufio.NewScanner(file)
		for number := 1; scanner.Scan(); number++ {
			if m := wantComment.FindStringSubmatch(scanner.Text()); m != nil {
				for _, rule := range wantedRule.FindAllStringSubmatch(m[1], -1) {
					want[fmt.Sprintf("%s:%d %s", path, number, rule[1])]++
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

func keys(maps ...map[string]int) []string {
	var all []string
	seen := map[string]bool{}
	for _, m := range maps {
		for key := range m {
			if !seen[key] {
				seen[key] = true
				all = append(all, key)
			}
		}
	}
	sort.Strings(all)
	return all
}
