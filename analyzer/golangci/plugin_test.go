package golangci

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
)

// golangci-lint hands settings over as a map, or as nothing when there are none.
func TestSettings(t *testing.T) {
	overlay := filepath.Join(t.TempDir(), "mine.tsv")
	if err := os.WriteFile(overlay, []byte("404\tBucketNotFound\tno\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, configuration := range map[string]any{
		"none":      nil,
		"empty":     map[string]any{},
		"rules":     map[string]any{"rules": "all,-textmatch"},
		"edition":   map[string]any{"catalog": "2024-06"},
		"overlay":   map[string]any{"catalog": overlay},
		"generated": map[string]any{"generated": true},
		"all":       map[string]any{"rules": "nonretryable", "catalog": "2024-06", "generated": true},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := registered(t)(configuration)
			if err != nil {
				t.Fatal(err)
			}
			analyzers, err := made.BuildAnalyzers()
			if err != nil || len(analyzers) == 0 || analyzers[0].Name != Name || analysis.Validate(analyzers) != nil {
				t.Fatalf("got analyzers %v, error %v; want the one named %s first", analyzers, err, Name)
			}
			if tables := len(analyzers) - 1; tables != 0 && name != "overlay" {
				t.Errorf("%d analyzers for tables, and there is no table", tables)
			}
			if mode := made.GetLoadMode(); mode != register.LoadModeTypesInfo {
				t.Errorf("load mode is %s", mode)
			}
		})
	}
}

// golangci-lint keeps findings under the names of the analyzers: they have to change with what a table holds.
func TestChangedTable(t *testing.T) {
	table := filepath.Join(t.TempDir(), "mine.tsv")
	names := func(rows string) string {
		if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
		made, err := registered(t)(map[string]any{"catalog": table})
		if err != nil {
			t.Fatal(err)
		}
		analyzers, err := made.BuildAnalyzers()
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(analyzers)
	}
	one, other := names("404\tBucketNotFound\tno\n"), names("404\tBucketNotFound\twith backoff\n")
	if one == other || one != names("404\tBucketNotFound\tno\n") {
		t.Errorf("the analyzers are %s with one table and %s with another", one, other)
	}
}

// What is wrong is refused, and the error names it.
func TestRefused(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.tsv")
	if err := os.WriteFile(broken, []byte("404\tBucketNotFound\tmaybe\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		configuration map[string]any
		named         string
	}{
		"unknown key":       {map[string]any{"rule": "all"}, `"rule"`},
		"unknown rule":      {map[string]any{"rules": "nonretryable,noretry"}, `"noretry"`},
		"unknown rule away": {map[string]any{"rules": "-noretry"}, `"noretry"`},
		"unknown catalog":   {map[string]any{"catalog": "2023-01"}, "2023-01"},
		"broken catalog":    {map[string]any{"catalog": broken}, broken + ":1:"},
		"rules as a list":   {map[string]any{"rules": []string{"all"}}, "rules"},
		"generated as text": {map[string]any{"generated": "yes"}, "generated"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := registered(t)(test.configuration)
			if err == nil {
				t.Fatal("it was accepted")
			}
			if text := err.Error(); !strings.Contains(text, test.named) || strings.Contains(text, "\n") {
				t.Errorf("got %q; want one line that names %s", text, test.named)
			}
		})
	}
}

func registered(t *testing.T) register.NewPlugin {
	t.Helper()
	made, err := register.GetPlugin(Name)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
