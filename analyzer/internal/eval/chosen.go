package eval

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A known value can depend on the row without being computed from it: a branch that the row decides assigns one constant
// or another. Compared with something known it is decided like any other; compared with something unknown the answer
// depends on the row in a way that cannot be told. Such a value is Chosen.

// choose marks the phi values of a block that branches on the row have chosen.
func (r *run) choose(f *frame, it *item, values []Value) {
	if len(it.decided) == 0 {
		return
	}
	block := &f.function.Blocks[it.block]
	for i, value := range values {
		if value.Kind == Constant && value.Taint < Chosen && !allSame(block.Instructions[i].Operands) && r.decidedTo(f, it, it.block) {
			values[i] = r.tainted(value, Chosen)
		}
	}
}

func allSame(operands []summary.Operand) bool {
	for _, operand := range operands {
		if operand != operands[0] {
			return false
		}
	}
	return true
}

// returnsChosen marks the results of a function that branches on the row have chosen among several returns.
func (r *run) returnsChosen(f *frame, it *item, results []Value) {
	if f.chain == nil || len(it.decided) == 0 || !r.decidedTo(f, it, -1) {
		return
	}
	for i, value := range results {
		results[i] = r.chosenParts(value, 0)
		if inner := innermost(value); inner.Kind == OtherError || r.isSentinel(inner) {
			it.change().store(r.object("chosen:"+itoa(inner.ID)), r.nilValue(Clean))
		}
	}
}

// innermost returns what an error wraps in the end.
func innermost(err Value) Value {
	for err.Kind == Wrapped {
		err = err.Args[0]
	}
	return err
}

// choseError reports whether an error is a sentinel that the row chose, as far down as it is wrapped.
func (r *run) choseError(s *state, err Value) bool {
	object, noted := r.known("chosen:" + itoa(innermost(err).ID))
	return noted && s.holds(object) != nil
}

// chosenParts marks a constant, or the constants in a struct.
func (r *run) chosenParts(v Value, depth int) Value {
	switch {
	case v.Kind == Constant:
		return r.tainted(v, Chosen)
	case v.Kind == Struct && depth < 2 || v.Kind == Interface && depth < 2:
		n := *v
		n.Args = make([]Value, len(v.Args))
		for i, part := range v.Args {
			n.Args[i] = r.chosenParts(part, depth+1)
		}
		return r.make(n)
	}
	return v
}

// storedByChoice returns what a store leaves: where a predicate's row decides that something is written which is there
// between two questions, such as a count of failures, what is read of it later depends on the row.
func (r *run) storedByChoice(f *frame, it *item, address, value Value) Value {
	lasting := address.Kind == Free || address.Kind == Pointer && (isSymbolic(r.names[address.Object-1]) || r.isGlobal(address.Object))
	if it.state.phase != After || !lasting {
		return value
	}
	r.tellsOutcome(f, it)
	if !r.onChosenWay(f, it) {
		return value
	}
	if !it.state.wrote {
		it.change().wrote = true
	}
	if !r.quiet {
		return value
	}
	return r.undetermined("written by what the row chose")
}

// decidedTo reports whether some branch on the way here, decided by the row, told which way leads into a block; the
// block -1 stands for the function's returns.
func (r *run) decidedTo(f *frame, it *item, to int32) bool {
	for _, branch := range it.decided {
		if r.steers(f.function, branch, to) {
			return true
		}
	}
	return false
}

// withBlock adds a block to those whose branches were decided on the way, which paths share.
func withBlock(blocks []int32, block int32) []int32 {
	if slices.Contains(blocks, block) {
		return blocks
	}
	return append(blocks[:len(blocks):len(blocks)], block)
}

// anewDecided forgets at the head of a loop what was decided in the round before.
func (r *run) anewDecided(f *frame, it *item) {
	if len(it.decided)+len(it.failed) == 0 || it.previous < 0 || !r.dominates(f.function, it.block, it.previous) {
		return
	}
	it.decided, it.failed = r.before(f, it.decided, it.block), r.before(f, it.failed, it.block)
}

// before returns the blocks that do not lie behind another one.
func (r *run) before(f *frame, blocks []int32, head int32) []int32 {
	var kept []int32
	for _, block := range blocks {
		if !r.dominates(f.function, head, block) {
			kept = append(kept, block)
		}
	}
	return kept
}

// steer is a branch and a block it may lead to.
type steer struct {
	function   *summary.Function
	branch, to int32
}

// steers reports whether both ways from a branch lead into a block, but not over the same edges: then the branch tells
// which of the block's phi values is taken. Ways that go round through what stands above both are others' rounds.
func (s *Session) steers(function *summary.Function, branch, to int32) bool {
	key := steer{function, branch, to}
	if known, ok := s.steering[key]; ok {
		return known
	}
	successors := function.Blocks[branch].Successors
	answer := false
	if len(successors) == 2 {
		above := int32(-1)
		if to >= 0 {
			above = s.dominators(function)[to]
		}
		one, other := waysInto(function, branch, successors[0], to, above), waysInto(function, branch, successors[1], to, above)
		answer = len(one) > 0 && len(other) > 0 && !slices.Equal(one, other)
	}
	s.steering[key] = answer
	return answer
}

// waysInto returns in order the blocks from which a block is entered on the ways from one side of a branch, without
// going through above; for -1 the blocks that return.
func waysInto(function *summary.Function, branch, side, to, above int32) []int32 {
	if side == to {
		return []int32{branch}
	}
	visited := make([]bool, len(function.Blocks))
	var found []int32
	work := []int32{side}
	for len(work) > 0 {
		block := work[len(work)-1]
		work = work[:len(work)-1]
		if visited[block] || block == above {
			continue
		}
		visited[block] = true
		instructions := function.Blocks[block].Instructions
		if to < 0 && len(instructions) > 0 && instructions[len(instructions)-1].Op == summary.OpReturn {
			found = append(found, block)
		}
		for _, successor := range function.Blocks[block].Successors {
			if successor == to {
				found = append(found, block)
			} else {
				work = append(work, successor)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// dominates reports whether every way to a block leads through another one.
func (s *Session) dominates(function *summary.Function, above, block int32) bool {
	dominators := s.dominators(function)
	for block >= 0 && block != above {
		block = dominators[block]
	}
	return block == above
}

// dominators returns for each block its immediate dominator, -1 for the entry (Cooper, Harvey and Kennedy).
func (s *Session) dominators(function *summary.Function) []int32 {
	if known, ok := s.dominating[function]; ok {
		return known
	}
	order := s.order(function)
	byOrder := make([]int32, len(order))
	for block := range byOrder {
		byOrder[block] = int32(block)
	}
	slices.SortFunc(byOrder, func(a, b int32) int { return int(order[a] - order[b]) })
	above := make([]int32, len(order))
	for block := range above {
		above[block] = -1
	}
	known := make([]bool, len(order))
	known[0] = true
	meet := func(a, b int32) int32 {
		for a != b {
			for order[a] > order[b] {
				a = above[a]
			}
			for order[b] > order[a] {
				b = above[b]
			}
		}
		return a
	}
	for changed := true; changed; {
		changed = false
		for _, block := range byOrder {
			nearest := int32(-1)
			for _, predecessor := range function.Blocks[block].Predecessors {
				switch {
				case block == 0 || !known[predecessor]:
				case nearest < 0:
					nearest = predecessor
				default:
					nearest = meet(nearest, predecessor)
				}
			}
			if nearest >= 0 && (!known[block] || above[block] != nearest) {
				above[block], known[block], changed = nearest, true, true
			}
		}
	}
	s.dominating[function] = above
	return above
}
