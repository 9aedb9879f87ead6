package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/rule"
)

// Settings are the linter's switches as values.
type Settings struct {
	Rules     string // "a,-b": names of rules, "all", a leading "-" takes one away; "" for the default ones
	Catalog   string // name of a built-in edition or a file to overlay; "" for the default edition
	Generated bool   // report in generated files too
	Nolint    bool   // leave //nolint comments to the driver (golangci-lint)
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
		return nil, err
	}
	table, err := catalog.Load(s.Catalog)
	if err != nil {
		return nil, err
	}
	return &resolved{Settings: s, enabled: enabled, table: table}, nil
}

// enabledRules reads a list of rules. A list that begins with a name starts from nothing, one that begins with a
// minus from the rules that are on by default.
func enabledRules(list string) (map[string]bool, error) {
	enabled := map[string]bool{}
	first := true
	byDefault := func() {
		for _, r := range rule.All() {
			enabled[r.Name] = r.Default
		}
	}
	if strings.TrimSpace(list) == "" {
		byDefault()
		return enabled, nil
	}
	for _, name := range strings.Split(list, ",") {
		name = strings.TrimSpace(name)
		plain, takenAway := strings.CutPrefix(name, "-")
		if first && takenAway {
			byDefault()
		}
		first = false
		switch {
		case plain == "all":
			for _, known := range rule.Names() {
				enabled[known] = !takenAway
			}
		case slices.Contains(rule.Names(), plain):
			enabled[plain] = !takenAway
		default:
			return nil, fmt.Errorf("rules: unknown rule %q; known are all, %s", plain, strings.Join(rule.Names(), ", "))
		}
	}
	return enabled, nil
}
