package fate

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Search is a search in an error's text.
type Search struct {
	Pos      token.Pos
	Text     string
	Function *summary.Function // that searches
}

// searchedFor is what the functions of the package hand to one that searches in its text.
type searchedFor struct {
	calls   map[token.Pos]bool // that came to the search
	service bool               // one of the errors can be a service's
}

// search notes a search in the text of an error.
func (w *watcher) search(o *eval.Observation) {
	for _, argument := range inText(o) {
		other := o.Arguments[0]
		if other == argument {
			other = o.Arguments[1]
		}
		if other.Kind == eval.Option && len(other.Args) == 1 {
			other = other.Args[0]
		}
		if !spellsError(argument) || other.Kind != eval.Constant || other.ConstKind() != constant.String {
			continue
		}
		text := constant.StringVal(other.Const())
		if argument.Kind == eval.Text || strings.Trim(text, "0123456789") != "" {
			w.searched(o.Instruction.Pos, text) // a bare number says nothing of an error of unknown origin
		}
	}
}

// searchBelow notes whose error it is that a function hands to one that searches in its text.
func (w *watcher) searchBelow(o *eval.Observation) {
	for _, argument := range inText(o) {
		below := w.searches[o.Instruction.Pos]
		if below == nil {
			below = &searchedFor{calls: map[token.Pos]bool{}}
			w.searches[o.Instruction.Pos] = below
		}
		below.calls[o.Chain.Up.Call.Pos] = true
		below.service = below.service || !spellsAnothers(argument, 0)
	}
}

// inText returns the first two arguments of a function that searches in texts, as far as they may be an error's text.
func inText(o *eval.Observation) []eval.Value {
	name := o.Callee.Name
	if !strings.HasPrefix(name, "strings.") && !strings.Contains(name, "regexp.") || len(o.Arguments) < 2 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(o.Arguments[:2]), func(v eval.Value) bool { return v.Kind != eval.Text && v.Kind != eval.Free })
}

func spellsError(v eval.Value) bool {
	if v.Kind == eval.Text {
		return eval.HoldsError(v)
	}
	return v.Kind == eval.Free && spellsSymbol(v, 0, func(of eval.Value) bool { return of == nil || !eval.OfAnother(of) })
}

// spellsAnothers reports whether a text is made of that of an error which is certainly not a service's, and of no other.
func spellsAnothers(v eval.Value, depth int) bool {
	another := spellsSymbol(v, depth, func(of eval.Value) bool { return of != nil && eval.OfAnother(of) })
	return another && !spellsError(v)
}

// spellsSymbol reports whether a free text is made of the text of an error that is of some kind; nil is asked about where
// the error is not known.
func spellsSymbol(v eval.Value, depth int, is func(of eval.Value) bool) bool {
	if v.Kind != eval.Free || depth > 4 {
		return false
	}
	if v.Text == eval.TextSymbol {
		if len(v.Args) == 0 {
			return is(nil)
		}
		return is(v.Args[0])
	}
	return slices.ContainsFunc(v.Args, func(part eval.Value) bool { return spellsSymbol(part, depth+1, is) })
}

func (w *watcher) searched(pos token.Pos, text string) {
	for _, known := range w.survey.Searches {
		if known.Pos == pos && known.Text == text {
			return
		}
	}
	w.survey.Searches = append(w.survey.Searches, &Search{pos, text, w.function})
}

// searchesOf leaves out the searches of functions that are handed others' errors alone.
func (s *Survey) searchesOf(w *watcher) {
	s.Searches = slices.DeleteFunc(s.Searches, func(search *Search) bool {
		below := w.searches[search.Pos]
		return below != nil && !below.service && len(s.callers(search.Function)) == len(below.calls)
	})
}
