package eval

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
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
	memory  trie[Value] // by object
	assume  trie[taken] // by condition
	counts  trie[uint8] // by what happened, as an object number
	choices []choice
	digest  digest // of memory, assume and counts
	target  *Target
	left    []string // the loops around the target, inside its cycle, that the path has left since; sorted
	// usedUp are the loops around the target and the library's calls whose attempts or time were used up; sorted.
	usedUp []string
	// decision is the last branch that the row decided, in the function under analysis.
	decision token.Pos
	// ground is where the package decides, in whatever function of it: the branch, or the answer that a branch hangs on.
	ground token.Pos

	phase      Phase
	waited     bool // on the way from the target
	maybe      bool // an undetermined callee may have waited on the way
	noted      bool // the error was logged, stored or handed to somebody
	kept       bool // somebody other than a logger got it
	told       bool // somebody was told, by a call or a store that the row decided to come to, what became of the call
	again      bool // the path has gone round a cycle the target stands in
	looked     bool // a reading call, or a changed request, followed the failure
	lookedLate bool // and did so when the attempts or the time were used up
	changed    bool // a state-changing call followed the failure, whatever that one answered
	listed     bool // behind the loop over some things, all of them are looked at anew
	wrote      bool // the row decided that something is written which lasts
	decided    bool // another call's success has decided the way since
	strayed    bool // in the control: the call was sent once more, for something else, and has failed
	spent      bool
}

func newState() *state { return &state{} }

func (s *state) fork() *state {
	copied := *s
	copied.choices = s.choices[:len(s.choices):len(s.choices)]
	return &copied
}

// holds returns what an object holds on this path, nil when nothing was stored.
func (s *state) holds(object int) Value { return s.memory.get(object) }

func (s *state) store(object int, value Value) {
	before := s.memory.get(object)
	if before == value {
		return
	}
	s.digest.holds(object, before, value)
	s.memory = s.memory.with(object, value)
}

// forget takes an object out of the memory.
func (s *state) forget(object int) {
	s.digest.holds(object, s.memory.get(object), nil)
	s.memory = s.memory.with(object, nil)
}

// taken says how a condition was taken on a path.
type taken uint8

// The ways; the zero value says that the condition was not met yet.
const (
	takenTrue taken = iota + 1
	takenFalse
)

func wayOf(condition bool) taken {
	if condition {
		return takenTrue
	}
	return takenFalse
}

// digest sums up a state's memory, assumptions and counts, whatever their order: equal states have equal digests, and
// that two different ones have the same is as unlikely as two texts of one 64-bit hash. It follows each change.
type digest [2]uint64

// toggle puts an entry into a digest, or takes it out.
func (d *digest) toggle(entry uint64) {
	d[0] ^= scramble(entry + 0x9e3779b97f4a7c15)
	d[1] ^= scramble(entry ^ 0xd1b54a32d192ed03)
}

// holds follows an object that holds another value than before; nil is none.
func (d *digest) holds(object int, before, after Value) {
	if before == after {
		return
	}
	if before != nil {
		d.toggle(uint64(object)<<32 | uint64(uint32(before.ID)))
	}
	if after != nil {
		d.toggle(uint64(object)<<32 | uint64(uint32(after.ID)))
	}
}

// assumes follows a condition that is taken another way; the highest bits tell it from what an object holds.
func (d *digest) assumes(condition int, before, after taken) {
	d.follows(1<<63|uint64(condition)<<2, uint64(before), uint64(after))
}

// counts follows what has happened more often.
func (d *digest) counts(what int, before, after uint8) {
	d.follows(1<<62|uint64(what)<<2, uint64(before), uint64(after))
}

func (d *digest) follows(of, before, after uint64) {
	if before == after {
		return
	}
	if before != 0 {
		d.toggle(of | before)
	}
	if after != 0 {
		d.toggle(of | after)
	}
}

// scramble is the finaliser of splitmix64: every bit of its input decides every bit of its output.
func scramble(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// assumes notes that a condition is taken one way.
func (s *state) assumes(condition int, way taken) {
	s.digest.assumes(condition, s.assume.get(condition), way)
	s.assume = s.assume.with(condition, way)
}

// counted notes how often something has happened.
func (s *state) counted(what int, n uint8) {
	s.digest.counts(what, s.counts.get(what), n)
	s.counts = s.counts.with(what, n)
}

// uncounted forgets what has happened.
func (s *state) uncounted() {
	s.counts.each(func(what int, n uint8) { s.digest.counts(what, n, 0) })
	s.counts = trie[uint8]{}
}

// count returns how often something has happened on this path, at most twice: beyond that rounds look alike.
func (s *state) count(what int) uint8 {
	n := s.counts.get(what)
	if n < 2 {
		s.counted(what, n+1)
	}
	return n
}

// join merges another state into a copy of s: what differs is free, or undetermined where it depends on the error.
func (r *run) join(place string, s, other *state) *state {
	defer r.rejoin(r.part(s, other))
	joined := s.fork()
	joined.memory = s.memory.combined(other.memory, func(object int, mine, theirs Value) Value {
		before := mine
		mine, theirs = r.orAbsent(object, mine, theirs), r.orAbsent(object, theirs, mine)
		both := r.joinValues(place+"@"+r.names[object-1], mine, theirs)
		joined.digest.holds(object, before, both)
		return both
	})
	joined.assume = s.assume.combined(other.assume, func(condition int, mine, _ taken) taken {
		joined.digest.assumes(condition, mine, 0)
		return 0
	})
	joined.choices = nil
	for _, c := range s.choices {
		for _, d := range other.choices {
			if c == d {
				joined.choices = append(joined.choices, c)
				break
			}
		}
	}
	joined.counts = s.counts.combined(other.counts, func(what int, mine, theirs uint8) uint8 {
		joined.digest.counts(what, mine, max(mine, theirs))
		return max(mine, theirs)
	})
	joined.waited = s.waited && other.waited
	joined.maybe = s.maybe || other.maybe || s.waited != other.waited
	joined.noted = s.noted || other.noted
	joined.looked = s.looked || other.looked
	joined.changed = s.changed || other.changed
	joined.listed = s.listed || other.listed
	joined.kept = s.kept || other.kept
	joined.told, joined.wrote = s.told || other.told, s.wrote || other.wrote
	joined.again = s.again || other.again
	joined.strayed = s.strayed && other.strayed
	joined.decided = s.decided && other.decided
	joined.left = union(s.left, other.left)
	joined.usedUp = both(s.usedUp, other.usedUp)
	joined.lookedLate = s.lookedLate || other.lookedLate
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
			if a.Args[i] == b.Args[i] {
				fields[i] = a.Args[i]
				continue
			}
			fields[i] = r.joinValues(place+"/"+a.Type.Fields[i].Name, a.Args[i], b.Args[i])
		}
		return r.make(Node{Kind: Struct, Type: a.Type, Owner: a.Owner, Args: fields})
	}
	switch {
	case isPartial(a) && a.Args[0] == b:
		return r.joinValues(place, a, r.likePartial(b, a))
	case isPartial(b) && b.Args[0] == a:
		return r.joinValues(place, r.likePartial(a, b), b)
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
	joined := Node{Kind: Free, Text: "join:" + place, Flags: flags | lowerBound(a)&lowerBound(b)}
	if noService(a) && noService(b) && (a.Kind != Nil || b.Kind != Nil) {
		joined.Text = anothers + place
	}
	joined.Args = eitherList(a, b)
	if joined.Args == nil {
		if either := r.either(place, joined.Flags, a, b); either != nil {
			return either
		}
	}
	return r.make(joined)
}

// maxLists bounds the lists that a value is known to be one of.
const maxLists = 4

// eitherList returns the lists that two values are one of; nil if one of them may be something else, or they are many.
func eitherList(a, b Value) []Value {
	if !isOneOfLists(a) || !isOneOfLists(b) {
		return nil
	}
	var lists []Value
	for _, list := range append(append([]Value(nil), Alternatives(a)...), Alternatives(b)...) {
		if list.Kind != Slice && list.Kind != Nil {
			return nil
		}
		if !slices.Contains(lists, list) {
			lists = append(lists, list)
		}
	}
	if len(lists) > maxLists || len(lists) < 2 {
		return nil
	}
	return lists
}

// Alternatives returns the lists that a value is one of, or else the value itself.
func Alternatives(v Value) []Value {
	if hasAlternatives(v) {
		return v.Args
	}
	return []Value{v}
}

func hasAlternatives(v Value) bool {
	return v.Kind == Free && len(v.Args) > 1 && (strings.HasPrefix(v.Text, "join:") || strings.HasPrefix(v.Text, longer))
}

// isOneOfLists reports whether the first thing that a value may be is a list.
func isOneOfLists(v Value) bool {
	if hasAlternatives(v) {
		v = v.Args[0]
	}
	return v.Kind == Slice || v.Kind == Nil
}

// lowerBound returns what is known of the least that a number can be: at least 1, and so never negative, and so at
// least -1.
func lowerBound(v Value) Flag {
	switch {
	case v.Flags&Positive != 0 || notNegative(v) && v.sign() > 0:
		return Positive | Clock | Index
	case v.Flags&Clock != 0 || notNegative(v):
		return Clock | Index
	case v.Flags&Index != 0 || isMinusOne(v):
		return Index
	}
	return 0
}

func notNegative(v Value) bool {
	return v.Kind == Constant && v.ConstKind() == constant.Int && v.sign() >= 0
}

func isMinusOne(v Value) bool {
	return v.Kind == Constant && v.Says == inquiry.Nothing && v.ConstKind() == constant.Int && v.Const().ExactString() == "-1"
}
