package eval

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A loop of attempts ends when the attempts or the time are used up: that end counts as what becomes of the row, unlike
// one that the program's own switch leads to. A path notes the loops that it has left so, and the calls of retry
// libraries that have given up so.

// usesUp notes that a path leaves loops around the target by a condition that limits attempts or time: to is the block
// it goes to.
func (r *run) usesUp(f *frame, it *item, branch *summary.Instruction, condition Value, to int32) {
	if it.state.phase != After || it.state.strayed || !limits(condition, maxLimit) && !asksCounter(f.function, branch.Operands[0]) {
		return
	}
	for link := it.state.target.Chain; link != nil; link = link.Up {
		if !r.isFrameOf(f, link) {
			continue
		}
		cycles := r.cycle(f.function)
		around := cycles[link.Block]
		if around == 0 || cycles[it.block] != around {
			continue
		}
		if cycles[to] != around {
			it.state = it.state.spend(link.Key)
		}
		for n, loop := range r.loopsAround(f.function, link.Block) {
			if name := loopName(link, n); loop[it.block] && !loop[to] && !slices.Contains(it.state.left, name) {
				it.state = it.state.spend(name)
			}
		}
	}
}

// spend returns a state in which the attempts or the time of a loop, or of a library's call, are used up.
func (s *state) spend(name string) *state {
	s = s.fork()
	s.usedUp = union(s.usedUp, []string{name})
	return s
}

// both returns the names that are in both of two sorted lists.
func both(a, b []string) []string {
	if slices.Equal(a, b) {
		return a
	}
	var names []string
	for _, name := range a {
		if slices.Contains(b, name) {
			names = append(names, name)
		}
	}
	return names
}

// maxLimit bounds how far down the parts of a condition are looked at.
const maxLimit = 5

// clocks begin the names of what comes from the clock.
var clocks = []string{"now:", "elapsed:", clock, timer}

const (
	clock = "clock:"
	timer = "timer:"
)

// selected begins the names of which channel a select takes.
const selected = "select:"

// limits reports whether a condition asks for the number of an attempt or for the time.
func limits(condition Value, levels int) bool {
	if condition.Kind == Free {
		name := strings.TrimPrefix(condition.Text, afterPlace)
		if strings.HasPrefix(name, selected) {
			return false // which of its channels, that is asked where it is compared
		}
		if channel := comparedChannel(condition); channel != nil {
			return limits(channel, levels)
		}
		if strings.HasPrefix(name, counter) || slices.ContainsFunc(clocks, func(begins string) bool { return strings.HasPrefix(name, begins) }) {
			return true
		}
	}
	if condition.Kind == Free && levels > 0 {
		return slices.ContainsFunc(condition.Args, func(part Value) bool { return limits(part, levels-1) })
	}
	return false
}

// asksCounter reports whether a condition compares a variable to which each round of a loop adds a number, or takes one
// away.
func asksCounter(function *summary.Function, condition summary.Operand) bool {
	made := madeBy(function, condition)
	if made == nil {
		return false
	}
	switch made.Op {
	case summary.OpUnOp:
		return asksCounter(function, made.Operands[0])
	case summary.OpBinOp:
		for _, operand := range made.Operands {
			if counted := countedIn(function, operand); counted != nil {
				return slices.ContainsFunc(counted.Operands, func(edge summary.Operand) bool { return stepsFrom(function, edge, counted.Result, maxLimit) })
			}
		}
	}
	return false
}

// madeBy returns the instruction that an operand is the result of, nil for none.
func madeBy(function *summary.Function, operand summary.Operand) *summary.Instruction {
	if operand.Kind != summary.Register {
		return nil
	}
	return function.Definition(operand.N)
}

// countedIn returns the phi that an operand is, or is a number away from; nil for others.
func countedIn(function *summary.Function, operand summary.Operand) *summary.Instruction {
	made := madeBy(function, operand)
	switch {
	case made == nil:
	case made.Op == summary.OpPhi:
		return made
	case isStep(made):
		if inner := madeBy(function, made.Operands[0]); inner != nil && inner.Op == summary.OpPhi {
			return inner
		}
	}
	return nil
}

// stepsFrom reports whether an operand is a register with a number added or taken away, on some way at least.
func stepsFrom(function *summary.Function, operand summary.Operand, register int32, levels int) bool {
	made := madeBy(function, operand)
	switch {
	case made == nil || levels == 0:
	case isStep(made):
		return made.Operands[0] == (summary.Operand{Kind: summary.Register, N: register}) || stepsFrom(function, made.Operands[0], register, levels-1)
	case made.Op == summary.OpPhi && made.Result != register:
		return slices.ContainsFunc(made.Operands, func(edge summary.Operand) bool { return stepsFrom(function, edge, register, levels-1) })
	}
	return false
}

// isStep reports whether an instruction adds a constant, or takes one away.
func isStep(i *summary.Instruction) bool {
	return i.Op == summary.OpBinOp && (i.Token == token.ADD || i.Token == token.SUB) && i.Operands[1].Kind == summary.Constant
}

// comparedChannel returns the timer that a condition asks whether a select has taken it; nil for other conditions.
func comparedChannel(condition Value) Value {
	if which, n := channelAsked(condition); which != nil {
		return which.Args[n]
	}
	return nil
}

// channelAsked returns which channel a select takes, and the number of the one that a condition asks for; nil for other
// conditions.
func channelAsked(condition Value) (which Value, n int) {
	if condition.Text != "==" || len(condition.Args) != 2 {
		return nil, 0
	}
	which, number := condition.Args[0], condition.Args[1]
	if which.Kind == Constant {
		which, number = number, which
	}
	if number.Kind != Constant || !strings.HasPrefix(strings.TrimPrefix(which.Text, afterPlace), selected) {
		return nil, 0
	}
	if at, exact := constant.Int64Val(number.Const()); exact && at >= 0 && int(at) < len(which.Args) {
		return which, int(at)
	}
	return nil, 0
}

// isLastChannel reports whether a condition asks for the only channel that a select can still have taken on a path.
func (r *run) isLastChannel(s *state, condition Value) bool {
	which, n := channelAsked(condition)
	if which == nil {
		return false
	}
	for other := range which.Args {
		is := r.free("==", 0, ordered(which, r.integer(int64(other), Clean))...)
		if other != n && s.assume.get(is.ID) != takenFalse {
			return false
		}
	}
	return true
}

// UsedUp reports whether the attempts or the time of what sends again at another end were used up on the way to this
// one: of the loop around the call there, or of the library's call.
func (e *End) UsedUp(s *Session, again *End, call *Chain) bool {
	if call.Model != nil && slices.Contains(e.State.usedUp, call.Model.Key) {
		return true
	}
	return slices.Contains(e.State.usedUp, s.Around(again, call))
}

// LookedLate reports whether the path went on to look at the resource once the attempts or the time were used up.
func (e *End) LookedLate() bool { return e.State.lookedLate }

// timers returns which of the channels of a select are timers, nil for the others.
func (r *run) timers(channels []Value) []Value {
	found := make([]Value, len(channels))
	for i, channel := range channels {
		if found[i] = r.nilValue(Clean); limits(channel, maxLimit) {
			found[i] = channel
		}
	}
	return found
}
