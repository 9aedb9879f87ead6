package fate

import (
	"go/constant"
	"go/token"
	"sort"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// OutlivingToken is a token that is not made for its request alone.
type OutlivingToken struct {
	Pos  token.Pos
	What string
}

// OutlivingTokens returns the token expressions that are constants, package variables, or shared by requests.
func (s *Survey) OutlivingTokens() []OutlivingToken {
	var found []OutlivingToken
	byPlace := map[token.Pos][]eval.Value{}
	var places []token.Pos
	for _, stored := range s.Tokens {
		if s.replaced(stored) {
			continue
		}
		if byPlace[stored.Pos] == nil {
			places = append(places, stored.Pos)
		}
		byPlace[stored.Pos] = append(byPlace[stored.Pos], stored.Value)
	}
	sort.Slice(places, func(i, j int) bool { return places[i] < places[j] })
	for _, pos := range places {
		what := ""
		for _, value := range byPlace[pos] {
			kind := outlives(value)
			if kind == "" {
				what = ""
				break
			}
			what = kind
		}
		if what == "" && s.Shared[pos] {
			what = "the token of another request"
		}
		if what != "" {
			found = append(found, OutlivingToken{pos, what})
		}
	}
	return found
}

// replaced reports whether a token never goes out: the function that puts it into a request sends such requests, and
// none with this token.
func (s *Survey) replaced(stored *Token) bool {
	sends := false
	for _, sent := range s.sent {
		if sent.function != stored.Function || sent.request != stored.Request {
			continue
		}
		if sends = true; sent.value != nil && eval.PartOf(stored.Value, sent.value, 6) {
			return false
		}
	}
	return sends && stored.Value.Kind == eval.Tuple
}

// TokenPlace returns where the token that a call sends was put into its request, or if that cannot be told where the
// function of the call, with its function literals, puts one into a request; 0 when it does not, or in several places.
func (s *Survey) TokenPlace(call *Call) token.Pos {
	sent := s.onlyPlace(func(stored *Token) bool { return stored.Value == call.Target.Token })
	if sent.IsValid() {
		return sent
	}
	return s.onlyPlace(func(stored *Token) bool {
		return stored.Function == call.Function || strings.HasPrefix(stored.Function.Name, call.Function.Name+"$")
	})
}

// onlyPlace returns the place of the tokens that a test accepts, 0 when there are several or none.
func (s *Survey) onlyPlace(accept func(stored *Token) bool) token.Pos {
	found := token.NoPos
	for _, stored := range s.Tokens {
		switch {
		case !accept(stored) || stored.Pos == found:
		case found.IsValid():
			return token.NoPos
		default:
			found = stored.Pos
		}
	}
	return found
}

// token notes what is stored into a request's token.
func (w *watcher) token(pos token.Pos, value eval.Value, memory *eval.Memory, request string) {
	if value.Kind == eval.Pointer && memory.OfPackage(value) {
		value = memory.Global(value)
	} else {
		value = memory.Deep(value)
	}
	for _, known := range w.survey.Tokens {
		if known.Pos == pos && known.Value == value {
			return
		}
	}
	w.survey.Tokens = append(w.survey.Tokens, &Token{pos, value, w.function, request})
}

// outlives says why a token outlives its request, or "".
func outlives(token eval.Value) string {
	if token.Kind == eval.Free && token.Text == eval.PackageVariable {
		return "a package variable"
	}
	if token.Kind != eval.Tuple || len(token.Args) != 1 {
		return ""
	}
	inner := token.Args[0]
	if inner.Kind == eval.Free && inner.Flags&eval.Global != 0 && inner.Flags&(eval.Outside|eval.Given) == 0 && inner.Flags&eval.Fresh != 0 {
		return "a package variable"
	}
	if inner.Kind == eval.Constant && inner.ConstKind() == constant.String && constant.StringVal(inner.Const()) != "" {
		return "a constant"
	}
	return ""
}
