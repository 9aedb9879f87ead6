package command

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// maxRounds bounds how often fixes are applied: one round leaves those that overlap with others.
const maxRounds = 5

// fix applies the suggested fixes, or shows what they would change, and tells what is left. Merging and writing them is
// singlechecker's part.
func fix(asked *switches, out, errs io.Writer) int {
	first, err := look(asked)
	if err != nil {
		return refuse(errs, broken, err)
	}
	tell(errs, first.complaints)
	if asked.debug.counts {
		first.debug(errs)
	}
	var left *outcome
	if asked.diff {
		left, err = first, show(asked, first, out)
	} else {
		left, err = apply(asked, first, errs)
	}
	if err == nil {
		err = report(asked, first, left, out, errs)
	}
	if err != nil {
		return refuse(errs, broken, err)
	}
	return left.code() // with -diff nothing has changed, so all is left
}

// show prints what the fixes would change.
func show(asked *switches, first *outcome, out io.Writer) error {
	if len(first.fixable()) == 0 {
		return nil
	}
	_, err := drive(asked.forDriver(), out, io.Discard)
	return err
}

// apply applies fixes as long as there are some and a file changes, and returns what is found afterwards. What could not be
// written is among the complaints.
func apply(asked *switches, first *outcome, errs io.Writer) (*outcome, error) {
	left := first
	for range maxRounds {
		if len(left.fixable()) == 0 {
			break
		}
		before, told := left.contents(), &bytes.Buffer{}
		if _, err := drive(asked.forDriver(), io.Discard, told); err != nil {
			return nil, err
		}
		if maps.Equal(before, left.contents()) {
			stuck := *left
			stuck.complaints = slices.Concat(left.complaints, unwritten(told.String()))
			left = &stuck
			break
		}
		var err error
		if left, err = look(asked); err != nil {
			return nil, err
		}
	}
	tell(errs, slices.DeleteFunc(slices.Clone(left.complaints), func(line string) bool { return slices.Contains(first.complaints, line) }))
	return left, nil
}

// unwritten returns why singlechecker has written no file, of what it says: not how many fixes it had ready.
func unwritten(told string) []string {
	var reasons []string
	for line := range strings.Lines(told) {
		if !strings.HasPrefix(line, name+"applied ") {
			reasons = append(reasons, strings.TrimSuffix(line, "\n"))
		}
	}
	return reasons
}

// report prints how many fixes were applied to each file, then what is left, and then both in numbers.
func report(asked *switches, first, left *outcome, out, errs io.Writer) error {
	if len(first.findings()) == 0 {
		return left.print(asked, out, errs)
	}
	offered, rest, sum, files := first.fixable(), left.fixable(), 0, 0
	for _, file := range slices.Sorted(maps.Keys(offered)) {
		count := offered[file] - rest[file]
		if asked.diff {
			count = offered[file]
		}
		if count > 0 {
			fmt.Fprintf(errs, "%s: %s\n", file, number(count, "fix", "fixes"))
			sum, files = sum+count, files+1
		}
	}
	remaining := number(len(left.findings()), "finding", "findings")
	if asked.diff {
		fmt.Fprintf(errs, "%s%d of %s would be fixed; no file is changed\n", name, sum, remaining)
		return nil
	}
	if err := left.print(asked, out, errs); err != nil {
		return err
	}
	fmt.Fprintf(errs, "%s%s applied in %s, %s left\n", name, number(sum, "fix", "fixes"), number(files, "file", "files"), remaining)
	return nil
}

// number counts things in words.
func number(count int, one, more string) string {
	switch count {
	case 0:
		return "no " + one
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", count, more)
}

// forDriver returns the arguments with which singlechecker applies the fixes.
func (s *switches) forDriver() []string {
	arguments := []string{"-fix", fmt.Sprintf("-diff=%t", s.diff), fmt.Sprintf("-test=%t", s.tests),
		"-rules=" + s.settings.Rules, "-catalog=" + s.settings.Catalog, fmt.Sprintf("-generated=%t", s.settings.Generated)}
	return append(arguments, s.patterns...)
}

// fixable returns how many findings have a fix, by file.
func (o *outcome) fixable() map[string]int {
	count := map[string]int{}
	for _, f := range o.findings() {
		if len(f.diagnostic.SuggestedFixes) > 0 {
			count[f.root.Package.Fset.Position(f.diagnostic.Pos).Filename]++
		}
	}
	return count
}

// contents returns what stands in the files that have findings with a fix.
func (o *outcome) contents() map[string]string {
	texts := map[string]string{}
	for file := range o.fixable() {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it is not written either
		}
		texts[file] = string(text)
	}
	return texts
}
