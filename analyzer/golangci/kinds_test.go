package golangci

import (
	"strings"
	"testing"
)

// TestKinds gives each setting values of kinds that YAML and JSON have: the right one is taken, and of another one the
// error says what stands there and what to write.
func TestKinds(t *testing.T) {
	for _, right := range []any{
		nil,
		map[string]any(nil),
		map[string]any{"Rules": "all", "generated": true},
		map[string]any{"rules": nil, "catalog": nil, "generated": nil}, // keys without values
		map[string]string{"rules": "textmatch", "catalog": "2024-06"},
	} {
		if _, err := New(right); err != nil {
			t.Errorf("%v: %v", right, err)
		}
	}
	const text, name, boolean = `write one text with commas between the names, such as "all,-textmatch"`, "write the name of an edition or the path of a file", "write true or false, without quotes"
	for _, wrong := range []struct {
		configuration any
		want          string
	}{
		{map[string]any{"rules": []any{"all"}}, "rules is a list; " + text},
		{map[string]any{"rules": []string{"all"}}, "rules is a list; " + text},
		{map[string]any{"rules": map[string]any{"all": true}}, "rules is a mapping; " + text},
		{map[string]any{"rules": true}, "rules is the boolean true; " + text},
		{map[string]any{"RULES": 7}, `RULES is the value "7"; ` + text},
		{map[string]any{"catalog": 2024.06}, `catalog is the value "2024.06"; ` + name},
		{map[string]any{"catalog": []any{}}, "catalog is a list; " + name},
		{map[string]any{"generated": "yes"}, `generated is the text "yes"; ` + boolean},
		{map[string]any{"generated": 1}, `generated is the value "1"; ` + boolean},
		{map[string]any{"rule": "all"}, `there is no setting "rule"; they are rules, catalog and generated`},
		{"all", `they are the text "all"; write rules, catalog and generated on lines of their own, each with its value`},
		{[]any{"all"}, "they are a list; write rules, catalog and generated on lines of their own, each with its value"},
	} {
		_, err := New(wrong.configuration)
		if want := "settings: " + wrong.want; err == nil || err.Error() != want {
			t.Errorf("%v: %v, want %s", wrong.configuration, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "json") {
			t.Errorf("%v: %v speaks of json", wrong.configuration, err)
		}
	}
}
