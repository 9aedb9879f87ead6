package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// noteToken remembers which request a token that stays the same went out with, and tells the observer when it goes out
// with a different one.
func (r *run) noteToken(in *invocation, s *state, target *Target) {
	token := target.Token
	if token == nil || token.Kind != Tuple || len(token.Args) != 1 || token.Args[0].Flags&Fresh == 0 && !r.stays(token.Args[0], maxDeep) {
		return
	}
	object := r.object("token:" + itoa(token.Args[0].ID))
	before := s.holds(object)
	if before == nil {
		s.store(object, r.make(Node{Kind: Tuple, Text: target.Operation, Args: []Value{target.Request}}))
		return
	}
	if r.observer == nil || in.f.function.Owner() != r.Local || before.Kind != Tuple || len(before.Args) != 1 {
		return
	}
	if before.Text != target.Operation || certainlyDiffer(before.Args[0], target.Request) {
		r.observer.Shared(in.f.function, target, &Memory{r, s})
	}
}

// stays reports whether a token is made of nothing but what a function was given, or what its receiver holds: another
// one is made only when somebody gives it something else. What is named by the identity of a thing is that thing's.
func (r *run) stays(v Value, levels int) bool {
	switch {
	case v.Kind == Free && strings.HasPrefix(v.Text, parameter):
		return !r.isIdentity(r.nameOfParameter(v))
	case v.Kind != Free || levels == 0 || len(v.Args) == 0 || v.Flags&(Unique|Outside) != 0 || elementOf(v) != "" || Carried(v) || isEither(v):
		return false
	}
	if field, ok := strings.CutPrefix(v.Text, "."); ok && r.isIdentity(field) {
		return false
	}
	given := false
	for _, part := range v.Args {
		if part.Kind == Constant || part.Flags&Fresh != 0 {
			continue
		}
		if given = true; !r.stays(part, levels-1) {
			return false
		}
	}
	return given
}

// parameter begins the names of what a function is given.
const parameter = "parameter:"

// nameOfParameter returns what a parameter is called in the source, "" where that is not known.
func (r *run) nameOfParameter(v Value) string {
	if function, n := r.ParameterOf(v); function != nil && n < len(function.Called) {
		return function.Called[n]
	}
	return ""
}

// ParameterOf returns the function of the local package whose parameter a symbol is, and which one of them; nil for others.
func (s *Session) ParameterOf(symbol Value) (*summary.Function, int) {
	name, isParameter := strings.CutPrefix(symbol.Text, parameter)
	at := strings.LastIndexByte(name, ':')
	if !isParameter || at < 0 {
		return nil, 0
	}
	function, n := s.Local.Function(name[:at]), atoi(name[at+1:])
	if function == nil || n < 0 || n >= len(function.Parameters) {
		return nil, 0
	}
	return function, n
}

// isIdentity reports whether something is called the identity of a thing: a UID, however it is written.
func (r *run) isIdentity(name string) bool {
	folded := lower(name)
	return strings.Contains(name, "UID") || strings.Contains(name, "Uid") || strings.HasPrefix(folded, "uid") || strings.Contains(folded, "uuid")
}

// makers are packages whose functions make something that was never there before.
var makers = map[string]bool{
	"github.com/google/uuid": true, "github.com/gofrs/uuid": true, "github.com/gofrs/uuid/v5": true,
	"github.com/satori/go.uuid": true, "github.com/hashicorp/go-uuid": true, "k8s.io/apimachinery/pkg/util/uuid": true,
	"github.com/rs/xid": true, "github.com/segmentio/ksuid": true, "github.com/oklog/ulid/v2": true, "crypto/rand": true,
}

// madeAnew says whether an unknown callee's answer is made anew: by a maker that is given nothing, or nothing but what
// was made anew. A name-based UUID is derived from what it is given.
func madeAnew(in *invocation) Flag {
	if !makers[in.reference.Package] {
		return 0
	}
	for _, argument := range in.arguments {
		if argument.Flags&Fresh == 0 && argument.Kind != Nil {
			return 0
		}
	}
	return Fresh
}

// certainlyDiffer reports whether two requests say something different for certain: another constant, another
// operation's type, or another element of the same list.
func certainlyDiffer(a, b Value) bool { return differWithin(a, b, maxDeep) }

// differWithin looks that many levels down: parts are shared, so there is no end to the ways down.
func differWithin(a, b Value, levels int) bool {
	switch {
	case a == b || levels == 0 || strings.HasPrefix(a.Text, eitherPrefix) || strings.HasPrefix(b.Text, eitherPrefix):
		return false
	case a.Kind == Constant && b.Kind == Constant:
		return a.Const().ExactString() != b.Const().ExactString()
	case a.Kind == Free && b.Kind == Free && elementOf(a) != "" && elementOf(a) == elementOf(b):
		return true
	case a.Kind == Free && b.Kind == Free && a.Text != b.Text && strings.HasPrefix(a.Text, parameter) && strings.HasPrefix(b.Text, parameter):
		return true // two things that a function is given
	case a.Kind != b.Kind || len(a.Args) != len(b.Args):
		return false
	case a.Kind == Free && a.Text != b.Text:
		return false
	case a.Kind == Struct && a.Type.Name != b.Type.Name:
		return false
	}
	for i := range a.Args {
		if differWithin(a.Args[i], b.Args[i], levels-1) {
			return true
		}
	}
	return false
}

// fromTheFirst reports whether a request is for the first element of the list that another one is for any element of:
// a loop over the list has started over, and comes to that element again.
func fromTheFirst(any, first Value) bool { return firstWithin(any, first, maxDeep) }

func firstWithin(any, first Value, levels int) bool {
	switch {
	case any == first || levels == 0:
		return false
	case any.Kind == Free && first.Kind == Free && first.Text == "[0]" && elementOf(any) != "" && elementOf(any) == elementOf(first):
		return true
	case any.Kind == Free && strings.HasPrefix(any.Text, "any?") && first == any.Args[0]:
		return true
	case any.Kind != first.Kind || len(any.Args) != len(first.Args) || any.Kind == Free && any.Text != first.Text || any.Text != first.Text:
		return false
	}
	found := false
	for i := range any.Args {
		switch {
		case any.Args[i] == first.Args[i]:
		case firstWithin(any.Args[i], first.Args[i], levels-1):
			found = true
		default:
			return false
		}
	}
	return found
}

// ForElement reports whether a request is made of an element of a list, unknown which.
func ForElement(request Value) bool { return elementWithin(request, maxDeep) }

func elementWithin(v Value, levels int) bool {
	if levels == 0 {
		return false
	}
	if v.Kind == Free && elementOf(v) != "" {
		return true
	}
	for _, part := range v.Args {
		if elementWithin(part, levels-1) {
			return true
		}
	}
	return false
}

// elementOf names the list that a value is an element of, "" for others: two different elements of one name are two
// rounds of one loop.
func elementOf(v Value) string {
	text := strings.TrimPrefix(v.Text, afterPlace)
	for _, kind := range []string{"element:", "key:"} {
		if strings.HasPrefix(text, kind) {
			name, _, _ := strings.Cut(text, "#")
			return name
		}
	}
	if strings.HasPrefix(text, "any?") && len(v.Args) > 0 {
		return "any" + itoa(v.Args[0].ID) + "/" + itoa(len(v.Args))
	}
	if strings.HasPrefix(text, "[") && len(v.Args) == 1 {
		return "[" + itoa(v.Args[0].ID)
	}
	return ""
}
