package eval

import (
	"go/constant"
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
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
	edge := predecessorIndex(&f.function.Blocks[it.block], it.previous)
	for i := range it.index {
		phi := &f.function.Blocks[it.block].Instructions[i]
		value := it.registers.get(phi.Result)
		if value == nil || value.Taint != Clean || !isCount(value) || !countsUp(seen, phi.Result) {
			continue
		}
		least := Flag(0)
		if edge >= 0 && onlyGrows(f.function, phi.Operands[edge], phi.Result, 0) {
			least = lowerBound(value)
		}
		symbol := r.make(Node{Kind: Free, Text: counter + afterPlace + f.place() + ":" + itoa(int(it.block)) + "." + itoa(i), Flags: least})
		it.registers.set(phi.Result, symbol)
		it.state = it.state.fork()
		r.forgetAssumptions(it.state, symbol)
	}
}

// onlyGrows reports whether an operand is the counter, with or without something added.
func onlyGrows(function *summary.Function, operand summary.Operand, counter int32, depth int) bool {
	if operand.Kind != summary.Register || depth > 3 {
		return false
	}
	if operand.N == counter {
		return true
	}
	made := function.Definition(operand.N)
	switch {
	case made == nil:
	case made.Op == summary.OpPhi:
		for _, edge := range made.Operands {
			if !onlyGrows(function, edge, counter, depth+1) {
				return false
			}
		}
		return true
	case made.Op == summary.OpBinOp && made.Token == token.ADD:
		added := made.Operands[1]
		return added.Kind == summary.Constant && function.Owner().Constants[added.N].Text[0] != '-' && onlyGrows(function, made.Operands[0], counter, depth+1)
	}
	return false
}

// isCount reports whether a value is a number, or something unknown and a number.
func isCount(v Value) bool {
	if v.Kind == Free && v.Text == "+" && len(v.Args) == 2 {
		v = v.Args[1]
	}
	return v.Kind == Constant && v.ConstKind() == constant.Int
}

// countsUp reports whether a register has held enough different numbers at a block's entry.
func countsUp(seen *snapshot, register int32) bool {
	numbers := map[Value]bool{}
	for _, before := range seen.items {
		if value := before.registers.get(register); value != nil && (isCount(value) || value.Kind == Free && strings.HasPrefix(value.Text, counter)) {
			numbers[value] = true
		}
	}
	return len(numbers) >= countedRounds
}

// forgetAssumptions forgets how conditions were taken that a symbol is part of.
func (r *run) forgetAssumptions(s *state, symbol Value) {
	s.assume.each(func(condition int, _ taken) {
		if known := r.conditions[condition]; known != nil && PartOf(symbol, known, maxDeep) {
			s.assumes(condition, 0)
		}
	})
}

// PartOf reports whether a value is another one, or a part of it at most that many levels down.
func PartOf(part, whole Value, levels int) bool {
	if part == whole {
		return true
	}
	for _, argument := range whole.Args {
		if levels > 0 && PartOf(part, argument, levels-1) {
			return true
		}
	}
	return false
}
