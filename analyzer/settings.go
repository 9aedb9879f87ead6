package analyzer

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/rule"
)

// Settings are the linter's switches as values.
type Settings struct {
	Rules     string // "a,-b": names of rules, "all", a leading "-" takes one away; "" for the default ones
	Catalog   string // name of a built-in edition or a file to overlay; "" for the default edition
	Generated bool   // report in generated files too
	Nolint    bool   // leave //nolint comments to the driver (golangci-lint)
	// Unfiltered runs what cannot be reported, too: to see that nothing is reported there.
	Unfiltered bool
}

// resolved are validated settings.
type resolved struct {
	Settings
	enabled map[string]bool
	table   *catalog.Catalog
}

func (s Settings) resolve() (*resolved, error) {
	enabled, err := enabledRules(s.Rules)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	table, err := catalog.Load(s.Catalog)
	if err != nil {
		return nil, err
	}
	return &resolved{Settings: s, enabled: enabled, table: table}, nil
}

// flagged are settings that flags set. They are validated by the first pass: a driver that runs the linter on each
// package by itself sets them for dependencies too, and there nobody is to be told.
type flagged struct {
	Settings
	mutex sync.Mutex
	last  *Settings // those that were validated last
	valid *resolved
	err   error
}

func (f *flagged) resolve() (*resolved, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if now := f.Settings; f.last == nil || *f.last != now {
		f.valid, f.err = now.resolve()
		f.last = &now
	}
	return f.valid, f.err
}

// enabledRules reads a list of rules. A list that begins with a name starts from nothing, one that begins with a
// minus from the rules that are on by default.
func enabledRules(list string) (map[string]bool, error) {
	enabled := map[string]bool{}
	names := strings.Split(list, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	if list = strings.TrimSpace(list); list == "" || strings.HasPrefix(list, "-") {
		for _, r := range rule.All() {
			enabled[r.Name] = r.Default
		}
	}
	if list == "" {
		return enabled, nil
	}
	if err := agree(names); err != nil {
		return nil, err
	}
	for _, name := range names {
		plain, takenAway := strings.CutPrefix(name, "-")
		switch {
		case plain == everyRule:
			for _, known := range rule.Names() {
				enabled[known] = !takenAway
			}
		case slices.Contains(rule.Names(), plain):
			enabled[plain] = !takenAway
		case plain == "":
			return nil, fmt.Errorf("a name is missing in %q", list)
		default:
			return nil, fmt.Errorf("unknown rule %q; known are all, %s", plain, strings.Join(rule.Names(), ", "))
		}
	}
	for _, on := range enabled {
		if on {
			return enabled, nil
		}
	}
	return nil, fmt.Errorf("%q leaves no rule to run", list)
}

// everyRule stands for all rules in a list.
const everyRule = "all"

// agree refuses a list in which one name undoes another: whoever wrote it meant something else.
func agree(names []string) error {
	for i, name := range names {
		opposite, isAway := strings.CutPrefix(name, "-")
		if !isAway {
			opposite = "-" + name
		}
		before := names[:i]
		if slices.Contains(before, opposite) {
			return fmt.Errorf("%q and %q cancel each other out", opposite, name)
		}
		// All rules, or none of them, leave nothing of the names before.
		if strings.TrimPrefix(name, "-") == everyRule && i > 0 {
			return fmt.Errorf("%q undoes the names before it; put it first", name)
		}
	}
	return nil
}
