package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Work that is put into a queue, sent to somebody or started for later because of the failure is not lost: the path asks
// for another round. That counts where the row decided to come there; what every path does, such as to say that an item
// is done, asks for nothing.

// asksAgain notes that a path asks for another round, if the row decided to come to an instruction.
func (r *run) asksAgain(f *frame, it *item) {
	if it.state.phase == After && !it.state.kept && r.onChosenWay(f, it) {
		it.change()
		it.state.noted, it.state.kept = true, true
	}
}

// tellsOutcome notes that a path does something that it would not do had the call succeeded, and that somebody can see.
func (r *run) tellsOutcome(f *frame, it *item) {
	if it.state.phase == After && !it.state.told && (r.onChosenWay(f, it) || r.onFailingWay(f, it)) {
		it.change().told = true
	}
}

// onChosenWay reports whether the row decided that an item's block is run, here or in a frame above.
func (r *run) onChosenWay(f *frame, it *item) bool {
	return f.chosen || r.onWayFrom(f, it, it.decided)
}

// onFailingWay reports whether a test of whether the call failed decided that an item's block is run, here or in a frame
// above.
func (r *run) onFailingWay(f *frame, it *item) bool {
	return f.failing || r.onWayFrom(f, it, it.failed)
}

// onWayFrom reports whether an item's block is come to from one side only of some of the branches.
func (r *run) onWayFrom(f *frame, it *item, branches []int32) bool {
	for _, branch := range branches {
		if r.oneSided(f.function, branch, it.block) {
			return true
		}
	}
	return false
}

// oneSided reports whether a block is come to from one side of a branch only, in the round of the branch.
func (s *Session) oneSided(function *summary.Function, branch, block int32) bool {
	key := steer{function, branch, -2 - block}
	if known, ok := s.steering[key]; ok {
		return known
	}
	successors, answer := function.Blocks[branch].Successors, false
	if len(successors) == 2 {
		above := s.dominators(function)[branch]
		one, other := waysInto(function, branch, successors[0], block, above), waysInto(function, branch, successors[1], block, above)
		answer = len(one) > 0 != (len(other) > 0)
	}
	s.steering[key] = answer
	return answer
}
