package eval

import (
	"go/token"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// decidesHere notes a branch that the row decides as the ground of what follows. Where the branch asks a function of the
// package, what decided there stays the ground.
func (r *run) decidesHere(f *frame, it *item, branch *summary.Instruction) {
	if it.state.ground.IsValid() {
		if call := answeredBy(f.function, branch.Operands[0], 0); call != nil && r.runsHere(f, call) {
			return
		}
	}
	r.ground(f, it, branch.Pos)
}

// answersHere notes a condition that is handed back as the ground of what follows: one that the row decides, or that there
// is an error at all, if nothing else has decided.
func (r *run) answersHere(f *frame, it *item, answer *summary.Instruction, results []Value) {
	for i, result := range results {
		if !isCondition(f.function, i) {
			continue
		}
		taint := maxTaint(result)
		if taint == OnRow && !r.isAnswerOf(f, answer.Operands[i], it) || taint == Presence && !it.state.ground.IsValid() {
			r.ground(f, it, answer.Pos)
		}
	}
}

// isAnswerOf reports whether an operand is what another function of the package has answered, which is the ground then.
func (r *run) isAnswerOf(f *frame, operand summary.Operand, it *item) bool {
	call := answeredBy(f.function, operand, 0)
	return call != nil && it.state.ground.IsValid() && r.runsHere(f, call)
}

func (r *run) ground(f *frame, it *item, pos token.Pos) {
	if pos.IsValid() && f.function.Owner() == r.Local {
		it.change().ground = pos
	}
}

// runsHere reports whether a call is of something that has a body in the package, as far as that can be told from the
// call alone.
func (r *run) runsHere(f *frame, call *summary.Instruction) bool {
	switch call.Call.Mode {
	case summary.StaticCall:
		owner := f.function.Owner()
		body := r.lookup(owner, owner.References[call.Call.Callee])
		return body != nil && body.Owner() == r.Local
	case summary.DynamicCall:
		return true
	}
	return false
}

func isCondition(function *summary.Function, result int) bool {
	return result < len(function.Results) && function.Owner().TypeAt(function.Results[result]).Name == "bool"
}
