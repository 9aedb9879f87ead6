package eval

import (
	"go/constant"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
)

const lessToken = token.LSS

func lower(text string) string { return strings.ToLower(text) }

// textOf returns the text of an error or string as parts: constants, free symbols and the service error itself.
func (r *run) textOf(v Value) []Value {
	switch v.Kind {
	case Text, Flattened:
		return v.Args
	case Wrapped:
		return textParts(v)
	case Interface:
		if len(v.Args) == 1 {
			return r.textOf(v.Args[0])
		}
	}
	return []Value{v}
}

// joinText makes a string of parts; without an error among them it is a free or constant string.
func (r *run) joinText(parts []Value) Value {
	var flat []Value
	for _, part := range parts {
		flat = append(flat, r.textOf(part)...)
	}
	constantOnly, tainted := true, false
	for _, part := range flat {
		if part.Kind == Undetermined {
			return part
		}
		constantOnly = constantOnly && part.Kind == Constant && part.ConstKind() == constant.String
		tainted = tainted || holdsError(part) || maxTaint(part) == OnRow
	}
	switch {
	case constantOnly:
		text, taint := "", Clean
		for _, part := range flat {
			text += constant.StringVal(part.Const())
			taint = max(taint, part.Taint)
		}
		return r.text(text, taint)
	case tainted:
		return r.make(Node{Kind: Text, Args: flat, Taint: OnRow})
	}
	return r.free("text", NonNil, flat...)
}

var (
	camelWord  = regexp.MustCompile(`^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+$`)
	lowerCodes = map[string]bool{}
)

// contains answers whether a text that spells the row's error contains another one.
func (r *run) contains(text Value, needle string, folded bool) Value {
	if needle == "" {
		return r.boolean(true, Presence)
	}
	absent := true
	for _, part := range r.textOf(text) {
		switch {
		case part.Kind == ServiceError:
			// What the fixed parts contain is there; a code that is not this row's is not; of any other text nothing is known.
			if part.Row.Contains(needle, folded) {
				return r.boolean(true, OnRow)
			}
			absent = absent && isCode(r, needle, folded) && !namesOperation(needle)
		case part.Kind == Constant && part.ConstKind() == constant.String:
			text := constant.StringVal(part.Const())
			if folded {
				text = lower(text)
			}
			if strings.Contains(text, needle) {
				return r.boolean(true, Presence)
			}
		case part.Kind == Free && isCode(r, needle, folded):
			// Free text of the program beside the error: a name or an id, no error code.
		default:
			absent = false
		}
	}
	if absent {
		return r.boolean(false, OnRow)
	}
	return r.undetermined("text " + needle)
}

// namesOperation reports whether a CamelCase word may be the operation's name, which the text spells too.
func namesOperation(word string) bool {
	for _, verb := range []string{"Get", "List", "Head", "Search", "Summarize", "Query", "Create", "Update", "Delete", "Terminate", "Launch", "Change", "Complete", "Put", "Add", "Remove", "Attach", "Detach"} {
		if strings.HasPrefix(word, verb) {
			return true
		}
	}
	return false
}

// isCode reports whether a text is an error code: one of the catalog's, or one CamelCase word.
func isCode(r *run, text string, folded bool) bool {
	if !folded {
		return r.Catalog.Known(text) || camelWord.MatchString(text)
	}
	for _, row := range r.Rows {
		if lower(row.Row.Code) == text {
			return true
		}
	}
	return false
}

// textual evaluates an operator of which one side is a text that spells an error.
func (r *run) textual(operator token.Token, x, y Value) Value {
	switch operator {
	case token.ADD:
		return r.joinText([]Value{x, y})
	case token.EQL:
		if x.Kind != Text {
			x, y = y, x
		}
		if y.Kind == Constant && y.ConstKind() == constant.String {
			return r.textEquals(x, constant.StringVal(y.Const()))
		}
	}
	return r.undetermined("text " + operator.String())
}

func (r *run) textEquals(x Value, whole string) Value {
	for _, part := range x.Args {
		if part.Kind == ServiceError && !part.Row.MayBe(whole) {
			return r.boolean(false, OnRow)
		}
	}
	return r.undetermined("equality of the whole text")
}

// stringFunction evaluates functions of package strings.
func (r *run) stringFunction(name string, x []Value) (Value, bool) {
	if answer, isTest := r.testSaid(name, x); isTest {
		if name == "EqualFold" && !r.foldsToCode(x) {
			r.compared(x[0], x[1])
		}
		return answer, true
	}
	if !slices.ContainsFunc(x, func(v Value) bool { return v.Kind != Constant || v.ConstKind() != constant.String }) {
		texts, taint := make([]string, len(x)), Clean
		for i, value := range x {
			texts[i] = constant.StringVal(value.Const())
			taint = max(taint, value.Taint)
		}
		if name == "EqualFold" && len(x) == 2 && !r.foldsToCode(x) {
			r.compared(x[0], x[1])
		}
		return r.constantString(name, texts, taint)
	}
	if len(x) == 0 {
		return nil, false
	}
	if name == "EqualFold" && len(x) == 2 && !r.foldsToCode(x) {
		r.comparedSymbol(x[0], x[1])
	}
	if x[0].Kind == Text {
		return r.searchText(name, x)
	}
	if maxTaint(x...) == OnRow {
		if name == "EqualFold" && len(x) == 2 {
			return r.foldText(x), true
		}
		return r.undetermined("strings." + name), true
	}
	return nil, false
}

func (r *run) foldText(x []Value) Value {
	for i, value := range x {
		if value.Kind == Text && x[1-i].Kind == Constant {
			return r.textEquals(value, constant.StringVal(x[1-i].Const()))
		}
	}
	return r.undetermined("strings.EqualFold")
}

func (r *run) constantString(name string, x []string, taint Taint) (Value, bool) {
	two := len(x) == 2
	if strings.HasPrefix(name, "Trim") || strings.HasPrefix(name, "Replace") {
		taint = min(taint, Chosen) // a part of the code is not the whole
	}
	switch {
	case name == "Contains" && two:
		return r.boolean(strings.Contains(x[0], x[1]), taint), true
	case name == "ContainsAny" && two:
		return r.boolean(strings.ContainsAny(x[0], x[1]), taint), true
	case name == "HasPrefix" && two:
		return r.boolean(strings.HasPrefix(x[0], x[1]), taint), true
	case name == "HasSuffix" && two:
		return r.boolean(strings.HasSuffix(x[0], x[1]), taint), true
	case name == "EqualFold" && two:
		return r.boolean(strings.EqualFold(x[0], x[1]), taint), true
	case name == "Index" && two:
		return r.integer(int64(strings.Index(x[0], x[1])), taint), true
	case name == "LastIndex" && two:
		return r.integer(int64(strings.LastIndex(x[0], x[1])), taint), true
	case name == "Count" && two:
		return r.integer(int64(strings.Count(x[0], x[1])), taint), true
	case name == "Compare" && two:
		return r.integer(int64(strings.Compare(x[0], x[1])), taint), true
	case name == "TrimPrefix" && two:
		return r.text(strings.TrimPrefix(x[0], x[1]), taint), true
	case name == "TrimSuffix" && two:
		return r.text(strings.TrimSuffix(x[0], x[1]), taint), true
	case name == "Trim" && two:
		return r.text(strings.Trim(x[0], x[1]), taint), true
	case name == "TrimSpace":
		return r.text(strings.TrimSpace(x[0]), taint), true
	case name == "ToLower":
		return r.text(strings.ToLower(x[0]), taint), true
	case name == "ToUpper":
		return r.text(strings.ToUpper(x[0]), taint), true
	case name == "Title" && len(x) == 1:
		return r.text(strings.Title(x[0]), taint), true //nolint:staticcheck // the program calls it
	case name == "ReplaceAll" && len(x) == 3:
		return r.text(strings.ReplaceAll(x[0], x[1], x[2]), taint), true
	}
	if taint > Clean {
		return r.undetermined("strings." + name), true
	}
	return nil, false
}

func (r *run) searchText(name string, x []Value) (Value, bool) {
	folded := x[0].Text == "lower"
	needle := ""
	if len(x) == 2 && x[1].Kind == Constant && x[1].ConstKind() == constant.String {
		needle = constant.StringVal(x[1].Const())
	}
	switch name {
	case "ToLower":
		return r.make(Node{Kind: Text, Text: "lower", Args: x[0].Args, Taint: OnRow}), true
	case "TrimSpace":
		return x[0], true
	case "Contains":
		if needle != "" {
			return r.contains(x[0], needle, folded), true
		}
	case "Index", "LastIndex", "Count":
		if needle != "" {
			found := r.contains(x[0], needle, folded)
			if isFalse(found) && name == "Count" {
				return r.integer(0, OnRow), true
			}
			if isFalse(found) {
				return r.integer(-1, OnRow), true
			}
			if isTrue(found) {
				return r.make(Node{Kind: Free, Text: "position", Flags: Clock, Taint: OnRow}), true
			}
		}
	case "HasPrefix", "HasSuffix":
		if name == "HasPrefix" && needle != "" && !folded && r.onlyError(x[0]) {
			if begins, known := x[0].Args[0].Row.Begins(needle); known {
				return r.boolean(begins, OnRow), true
			}
		}
		if needle != "" && isCode(r, needle, folded) && r.onlyError(x[0]) {
			return r.boolean(false, OnRow), true
		}
	case "EqualFold":
		return r.foldText(x), true
	}
	return r.undetermined("strings." + name + " of an error's text"), true
}

// onlyError reports whether a text is nothing but the error's own.
func (r *run) onlyError(text Value) bool {
	parts := r.textOf(text)
	return len(parts) == 1 && parts[0].Kind == ServiceError
}

// matches evaluates a constant regular expression: on a known text it is decided; on an error's text only a match of
// the fixed parts alone is certain.
func (r *run) matches(pattern string, x Value) Value {
	expression, err := regexp.Compile(pattern)
	if err != nil {
		return r.undetermined("regular expression")
	}
	if x.Kind == Constant && x.ConstKind() == constant.String {
		return r.boolean(expression.MatchString(constant.StringVal(x.Const())), x.Taint)
	}
	if x.Kind == Text || isError(x) {
		for _, part := range r.textOf(x) {
			if part.Kind != ServiceError || x.Text == "lower" {
				continue
			}
			if !anchored(pattern) && part.Row.Matches(expression) {
				return r.boolean(true, OnRow)
			}
		}
		return r.undetermined("regular expression over the error's text")
	}
	if maxTaint(x) == OnRow {
		return r.undetermined("regular expression")
	}
	return r.free("match:"+pattern, 0, x)
}

func anchored(pattern string) bool {
	return strings.ContainsAny(pattern, "^$") || strings.Contains(pattern, `\A`) || strings.Contains(pattern, `\z`)
}

// foldsToCode reports whether the program's text is a code but for its case, which EqualFold forgives.
func (r *run) foldsToCode(texts []Value) bool {
	return slices.ContainsFunc(texts, func(text Value) bool {
		return text.Kind == Constant && text.ConstKind() == constant.String && text.Says == inquiry.Nothing && r.foldsToAny(constant.StringVal(text.Const()))
	})
}

func (r *run) foldsToAny(text string) bool {
	return slices.ContainsFunc(r.Rows, func(row *Row) bool { return text != row.Row.Code && strings.EqualFold(text, row.Row.Code) })
}
