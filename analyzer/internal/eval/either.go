package eval

import (
	"slices"
	"strings"
)

// Where ways that a free condition has parted come together again, a value that differs is the one or the other by that
// condition. A request that is built in the same way for each attempt has such values in the same places: under the
// same condition it is the same request.

// eitherPrefix begins the names of such values; their parts are the condition and what is there when it holds and when
// it does not.
const eitherPrefix = "either:"

func isEither(v Value) bool { return v.Kind == Free && strings.HasPrefix(v.Text, eitherPrefix) }

// parting is how two states that are being joined have parted: by a condition that the first took one way and the second
// the other.
type parting struct {
	states    [2]*state // none after the failure
	known     bool      // the condition was looked for
	condition Value     // nil when there is none
	holds     bool      // in the first of them
}

// part notes which states have parted, for the values that are joined until rejoin is called with what it returns.
func (r *run) part(s, other *state) (before parting) {
	before = r.parting
	switch {
	case s.phase != Before:
		r.parting = parting{}
	case before.states != [2]*state{s, other}: // else whoever joins more than the states has noted them
		r.parting = parting{states: [2]*state{s, other}}
	}
	return before
}

// rejoin forgets how two states have parted.
func (r *run) rejoin(before parting) {
	if r.parting.states != before.states {
		r.parting = before
	}
}

// find looks for the condition by which the states have parted.
func (p *parting) find(conditions map[int]Value) {
	p.known = true
	p.states[0].assume.differ(p.states[1].assume, func(condition int, mine, theirs taken) {
		if mine != 0 && theirs != 0 && conditions[condition] != nil {
			p.condition, p.holds = conditions[condition], mine == takenTrue
		}
	})
}

// either returns a value that is the one or the other by what two states have parted by, nil if that is not known.
func (r *run) either(place string, flags Flag, a, b Value) Value {
	if r.parting.states[0] == nil {
		return nil
	}
	if r.isWithin(r.parting.states[0], a, b) {
		return b
	}
	if r.isWithin(r.parting.states[1], b, a) {
		return a
	}
	if !r.parting.known {
		r.parting.find(r.conditions)
	}
	if r.parting.condition == nil {
		return nil
	}
	if !r.parting.holds {
		a, b = b, a
	}
	return r.make(Node{Kind: Free, Text: eitherPrefix + place, Flags: flags, Args: []Value{r.parting.condition, a, b}})
}

// isWithin reports whether a value is what another one is by the conditions as a state has taken them.
func (r *run) isWithin(s *state, v, either Value) bool {
	return isEither(either) && r.resolved(s, either, maxDeep) == v
}

// resolved puts into a value what is there by the conditions as a path has taken them.
func (r *run) resolved(s *state, v Value, levels int) Value {
	if levels == 0 || len(v.Args) == 0 {
		return v
	}
	if isEither(v) {
		switch s.assume.get(v.Args[0].ID) {
		case takenTrue:
			return r.resolved(s, v.Args[1], levels-1)
		case takenFalse:
			return r.resolved(s, v.Args[2], levels-1)
		}
		return v
	}
	parts := v.Args
	for i, part := range v.Args {
		resolved := r.resolved(s, part, levels-1)
		if resolved == part {
			continue
		}
		if &parts[0] == &v.Args[0] {
			parts = slices.Clone(parts)
		}
		parts[i] = resolved
	}
	if &parts[0] == &v.Args[0] {
		return v
	}
	n := *v
	n.Args = parts
	return r.make(n)
}

// sameValue reports whether two values are the same by the conditions as a path has taken them.
func (r *run) sameValue(s *state, a, b Value) bool {
	return a == b || a != nil && b != nil && r.resolved(s, a, maxDeep) == r.resolved(s, b, maxDeep)
}

// hangsOn returns the conditions that a request hangs on that is sent again as the same. It notes them if it is not the
// same: a request that is another one one way or the other is not simply sent again.
func (r *run) hangsOn(in *invocation, target, later *Target, again bool) []int {
	if r.row == nil || in.chain.Key != target.Chain.Key {
		return nil
	}
	conditions := conditionsIn(target.Request, maxDeep, nil)
	if again {
		return conditions
	}
	for _, condition := range conditions {
		r.result.changes[condition] = true
	}
	return nil
}

// conditionsIn returns the conditions that parts of a value hang on.
func conditionsIn(v Value, levels int, found []int) []int {
	if levels == 0 {
		return found
	}
	if isEither(v) {
		found = append(found, v.Args[0].ID)
	}
	for _, part := range v.Args {
		found = conditionsIn(part, levels-1, found)
	}
	return found
}

// settle takes back the second sends that are the same by a condition by which another one is not.
func (r *Run) settle() {
	for i := range r.Ends {
		for _, condition := range r.Ends[i].hangsOn {
			if r.changes[condition] {
				r.Ends[i].Ending = Lost
			}
		}
	}
}
