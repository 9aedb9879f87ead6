package analyzer

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/rule"
)

// TestLists reads lists of rules.
func TestLists(t *testing.T) {
	var standard []string
	for _, r := range rule.All() {
		if r.Default {
			standard = append(standard, r.Name)
		}
	}
	without := func(names []string, name string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(other string) bool { return other == name })
	}
	for list, want := range map[string][]string{
		"":                          standard,
		"  ":                        standard,
		"all":                       rule.Names(),
		"textmatch":                 {"textmatch"},
		" textmatch , deadpolicy":   {"textmatch", "deadpolicy"},
		"deadpolicy,deadpolicy":     {"deadpolicy"},
		"-deadpolicy":               without(standard, "deadpolicy"),
		"-deadpolicy,textmatch":     append(without(standard, "deadpolicy"), "textmatch"),
		"all,-textmatch":            without(rule.Names(), "textmatch"),
		"deadpolicy,-nobackoff":     {"deadpolicy"}, // it is off already
		"-all,nobackoff":            {"nobackoff"},
		"-nobackoff,-deadpolicy":    without(without(standard, "nobackoff"), "deadpolicy"),
		" -nobackoff , -deadpolicy": without(without(standard, "nobackoff"), "deadpolicy"),
	} {
		enabled, err := enabledRules(list)
		maps.DeleteFunc(enabled, func(_ string, on bool) bool { return !on })
		got := slices.Sorted(maps.Keys(enabled))
		if slices.Sort(want); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v; want %q", list, got, err, want)
		}
	}
}

// TestRefusedLists gives lists that cannot be meant; the reason is told in one line.
func TestRefusedLists(t *testing.T) {
	for list, reason := range map[string]string{
		"noretry":                     `unknown rule "noretry"; known are all, nonretryable, `,
		"-noretry":                    `unknown rule "noretry"`,
		"--nobackoff":                 `unknown rule "-nobackoff"`,
		"Nobackoff":                   `unknown rule "Nobackoff"`,
		"nobackoff textmatch":         `unknown rule "nobackoff textmatch"`,
		"nobackoff,-nobackoff":        `"nobackoff" and "-nobackoff" cancel each other out`,
		"-nobackoff,nobackoff":        `"-nobackoff" and "nobackoff" cancel each other out`,
		"all,-nobackoff,nobackoff":    `"-nobackoff" and "nobackoff" cancel each other out`,
		"textmatch, -a, -textmatch":   `"textmatch" and "-textmatch" cancel each other out`,
		"all,-all":                    `"all" and "-all" cancel each other out`,
		"-nobackoff,all":              `"all" undoes the names before it; put it first`,
		"nobackoff,-all":              `"-all" undoes the names before it; put it first`,
		"-all":                        `"-all" leaves no rule to run`,
		"-all,-nobackoff":             `"-all,-nobackoff" leaves no rule to run`,
		",":                           `a name is missing in ","`,
		"nobackoff,":                  `a name is missing in "nobackoff,"`,
		"nobackoff,,textmatch":        `a name is missing in "nobackoff,,textmatch"`,
		"-":                           `a name is missing in "-"`,
		"-" + allDefault() + ",-none": `unknown rule "none"`,
		"-" + allDefault():            "leaves no rule to run",
	} {
		if enabled, err := enabledRules(list); err == nil || !strings.Contains(err.Error(), reason) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, %v; want an error with %s", list, enabled, err, reason)
		}
	}
}

// allDefault returns the names of all rules that are on by default, to be taken away.
func allDefault() string {
	var names []string
	for _, r := range rule.All() {
		if r.Default {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ",-")
}

// TestChangedFlags sets flags after they have been validated: the last ones count.
func TestChangedFlags(t *testing.T) {
	given := &flagged{}
	for _, step := range []struct {
		rules string
		valid bool
	}{{"", true}, {"textmatch", true}, {"noretry", false}, {"noretry", false}, {"textmatch", true}} {
		given.Rules = step.rules
		valid, err := given.resolve()
		if (err == nil) != step.valid || step.valid && valid.Rules != step.rules {
			t.Errorf("%q: %+v, %v", step.rules, valid, err)
		}
	}
}
