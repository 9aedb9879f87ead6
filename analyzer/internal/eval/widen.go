package eval

import (
	"go/constant"
)

// After the failure states are not joined, so the counter of a loop that nothing known bounds would go on for ever: round
// for round another number. From the fourth on it is any number.

// countedRounds is how many rounds of such a loop are told apart.
const countedRounds = 3

// widen makes the counters free of a loop that has gone round often enough. What was assumed of a counter in one round
// is forgotten for the next.
func (r *run) widen(f *frame, it *item, seen *snapshot) {
	if seen.decided || len(seen.items) < countedRounds || !r.dominates(f.function, it.block, it.previous) {
		return // not on the way back to the loop's head
	}
	for i := range it.index {
		register := f.function.Blocks[it.block].Instructions[i].Result
		value := it.registers[register]
		if value == nil || value.Taint != Clean {
			continue
		}
		symbol := seen.counters[register]
		if symbol == nil {
			least, enough := countsUp(seen, register)
			if !enough || !isCount(value) {
				continue
			}
			symbol = r.make(Node{Kind: Free, Text: "round:" + f.place() + ":" + itoa(int(it.block)) + "." + itoa(i), Flags: least & lowerBound(value)})
			if seen.counters == nil {
				seen.counters = map[int32]Value{}
			}
			seen.counters[register] = symbol
		}
		if isCount(value) {
			it.set(register, symbol)
			it.state = it.state.fork()
			r.forgetAssumptions(it.state, symbol)
		}
	}
}

// isCount reports whether a value is a number, or something unknown and a number.
func isCount(v Value) bool {
	if v.Kind == Free && v.Text == "+" && len(v.Args) == 2 {
		v = v.Args[1]
	}
	return v.Kind == Constant && v.Const.Kind() == constant.Int
}

// countsUp reports whether a register has held enough different numbers at a block's entry, and the least of them.
func countsUp(seen *snapshot, register int32) (least Flag, enough bool) {
	least = ^Flag(0)
	numbers := map[Value]bool{}
	for _, before := range seen.items {
		if value := before.registers[register]; value != nil && isCount(value) {
			numbers[value] = true
			least &= lowerBound(value)
		}
	}
	return least, len(numbers) >= countedRounds
}

// forgetAssumptions forgets how conditions were taken that a symbol is part of.
func (r *run) forgetAssumptions(s *state, symbol Value) {
	s.assume.each(func(condition int, _ taken) {
		if known := r.conditions[condition]; known != nil && partOf(symbol, known, 0) {
			s.assumes(condition, 0)
		}
	})
}

func partOf(part, whole Value, depth int) bool {
	if part == whole {
		return true
	}
	for _, argument := range whole.Args {
		if depth < maxDeep && partOf(part, argument, depth+1) {
			return true
		}
	}
	return false
}
