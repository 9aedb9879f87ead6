package eval

import (
	"go/constant"
	"go/token"
	"maps"
	"sort"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// choice is a branch that was taken without knowing: on a factory's parameter or on something undetermined.
type choice struct {
	condition    Value
	taken        bool
	undetermined bool
}

// Phase says where a path stands with regard to the call under evaluation.
type Phase uint8

// The phases.
const (
	Before Phase = iota // no OCI call has failed yet
	After               // the target has answered
)

// Target is the OCI call that answers with the row, and what was sent.
type Target struct {
	Chain     *Chain // the call instruction and the calls above it
	Call      *summary.Instruction
	Operation string
	Service   string
	Request   Value // as it stood when it was sent, deep
	Token     Value // deep; nil when absent
	Policy    Value // deep: RequestMetadata.RetryPolicy
	Client    Value
	Direct    bool // sent by the function under analysis itself
}

// state is what a path knows besides its registers. It is copied when paths fork.
type state struct {
	memory  map[int]Value
	shared  bool // memory has to be copied before a write
	assume  map[int]bool
	choices []choice
	counts  map[string]uint8
	phase   Phase
	target  *Target
	waited  bool // on the way from the target
	maybe   bool // an undetermined callee may have waited on the way
	noted   bool // the error was logged, stored or handed to somebody
	kept    bool // somebody other than a logger got it
	again   bool // the path has gone round a cycle the target stands in
	looked  bool // a reading call, or a changed request, followed the failure
	// decision is the last branch that the row decided, in the function under analysis.
	decision token.Pos
	spent    bool
}

func newState() *state {
	return &state{memory: map[int]Value{}, assume: map[int]bool{}, counts: map[string]uint8{}}
}

func (s *state) fork() *state {
	copied := *s
	s.shared, copied.shared = true, true
	copied.choices = s.choices[:len(s.choices):len(s.choices)]
	return &copied
}

func (s *state) own() {
	if s.shared {
		s.memory, s.assume, s.counts = maps.Clone(s.memory), maps.Clone(s.assume), maps.Clone(s.counts)
		s.shared = false
	}
}

func (s *state) store(object int, value Value) {
	s.own()
	s.memory[object] = value
}

// count returns how often something has happened on this path, at most twice: beyond that rounds look alike.
func (s *state) count(what string) uint8 {
	n := s.counts[what]
	if n < 2 {
		s.own()
		s.counts[what] = n + 1
	}
	return n
}

// key identifies a state for merging; what is only told to the user is left out.
func (s *state) key(b *strings.Builder) {
	b.WriteByte(byte(s.phase))
	writeBits(b, s.waited, s.maybe, s.noted, s.looked, s.kept)
	writeBits(b, s.again)
	if s.target != nil {
		writeInt(b, s.target.Request.ID)
		b.WriteString(s.target.Chain.Key)
	}
	for _, object := range sortedKeys(s.memory) {
		writeInt(b, object)
		writeInt(b, s.memory[object].ID)
	}
	b.WriteByte('|')
	for _, c := range s.choices {
		writeInt(b, c.condition.ID)
		writeBits(b, c.taken)
	}
	b.WriteByte('|')
	for _, condition := range sortedKeys(s.assume) {
		writeInt(b, condition)
		writeBits(b, s.assume[condition])
	}
	names := make([]string, 0, len(s.counts))
	for name, n := range s.counts {
		names = append(names, name+string(rune('0'+n)))
	}
	sort.Strings(names)
	for _, name := range names {
		b.WriteString(name)
	}
}

func writeBits(b *strings.Builder, bits ...bool) {
	n := byte('a')
	for i, bit := range bits {
		if bit {
			n += 1 << i
		}
	}
	b.WriteByte(n)
}

func writeInt(b *strings.Builder, n int) {
	b.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
}

func sortedKeys[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Ints(keys)
	return keys
}

// join merges another state into a copy of s: what differs is free, or undetermined where it depends on the error.
func (r *run) join(place string, s, other *state) *state {
	joined := s.fork()
	joined.own()
	for object, value := range other.memory {
		mine, ok := joined.memory[object]
		if !ok {
			joined.memory[object] = value
			continue
		}
		joined.memory[object] = r.joinValues(place+"@"+r.names[object-1], mine, value)
	}
	for condition, taken := range s.assume {
		if known, ok := other.assume[condition]; !ok || known != taken {
			delete(joined.assume, condition)
		}
	}
	joined.choices = nil
	for _, c := range s.choices {
		for _, d := range other.choices {
			if c == d {
				joined.choices = append(joined.choices, c)
				break
			}
		}
	}
	for what, n := range other.counts {
		joined.counts[what] = max(n, joined.counts[what])
	}
	joined.waited = s.waited && other.waited
	joined.maybe = s.maybe || other.maybe || s.waited != other.waited
	joined.noted = s.noted || other.noted
	joined.looked = s.looked || other.looked
	joined.kept = s.kept || other.kept
	joined.again = s.again || other.again
	return joined
}

// joinValues returns a value that stands for both.
func (r *run) joinValues(place string, a, b Value) Value {
	if a == b {
		return a
	}
	if a.Kind == Struct && b.Kind == Struct && a.Type.Name == b.Type.Name && len(a.Args) == len(b.Args) {
		fields := make([]Value, len(a.Args))
		for i := range fields {
			fields[i] = r.joinValues(place+"/"+a.Type.Fields[i].Name, a.Args[i], b.Args[i])
		}
		return r.make(Node{Kind: Struct, Type: a.Type, Owner: a.Owner, Args: fields})
	}
	if a.Kind == Struct && b.Kind == Zero {
		return r.joinValues(place, a, r.expand(b))
	}
	if a.Kind == Zero && b.Kind == Struct {
		return r.joinValues(place, r.expand(a), b)
	}
	if maxTaint(a, b) > Clean || strings.HasPrefix(place, afterPlace) && a.Kind == Constant && b.Kind == Constant {
		return r.undetermined("joined") // which round it is may depend on the row
	}
	flags := (a.Flags | b.Flags) & (Given | Outcome | Outside)
	if (a.Flags&Clock != 0 || notNegative(a)) && (b.Flags&Clock != 0 || notNegative(b)) {
		flags |= Clock
	}
	return r.make(Node{Kind: Free, Text: "join:" + place, Flags: flags})
}

func notNegative(v Value) bool {
	return v.Kind == Constant && v.Const.Kind() == constant.Int && constant.Sign(v.Const) >= 0
}
