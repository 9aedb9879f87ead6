package eval

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A loop over items with a loop of attempts in it is one cycle of the control flow graph. Whether an attempt is made
// because the one before failed is the inner loop's business: its ways out are what the outcome decides. So a path
// notes which of the loops around the call it has left, and the ways out that count are those of the innermost loop that it
// has stayed in.

// nest returns for each block the loops inside its cycle that it lies in, from the outermost to the innermost. A loop
// inside a cycle is what is a cycle still without the block by which the other is entered.
func (s *Session) nest(function *summary.Function) [][]int32 {
	if known, ok := s.nests[function]; ok {
		return known
	}
	nest, number := make([][]int32, len(function.Blocks)), int32(0)
	entries := entriesOf(function)
	var divide func(cycles []int32)
	divide = func(cycles []int32) {
		for _, cycle := range distinct(cycles) {
			entry, single := entries(cycles, cycle)
			if !single {
				continue // what is inside depends on where one begins
			}
			inner := components(function, func(b int32) bool { return cycles[b] == cycle && b != entry })
			for _, loop := range distinct(inner) {
				number++
				for b := range nest {
					if inner[b] == loop {
						nest[b] = append(nest[b], number)
					}
				}
			}
			divide(inner)
		}
	}
	divide(s.cycle(function))
	s.nests[function] = nest
	return nest
}

// distinct returns the numbers of the cycles that blocks lie in.
func distinct(cycles []int32) []int32 {
	var found []int32
	for _, cycle := range cycles {
		if cycle != 0 && !slices.Contains(found, cycle) {
			found = append(found, cycle)
		}
	}
	return found
}

// entriesOf returns a function that tells the block by which a cycle is entered, and whether there is just one.
func entriesOf(function *summary.Function) func(cycles []int32, cycle int32) (int32, bool) {
	return func(cycles []int32, cycle int32) (entry int32, single bool) {
		entry = -1
		for b := range function.Blocks {
			if cycles[b] == cycle {
				continue
			}
			for _, to := range function.Blocks[b].Successors {
				if cycles[to] == cycle && entry != to {
					if entry >= 0 {
						return 0, false
					}
					entry = to
				}
			}
		}
		return entry, entry >= 0
	}
}

// wayOut names a way out of the cycle around a call, or of one of the loops inside it.
func wayOut(around string, from, to int32) string {
	return around + "/" + itoa(int(from)) + "-" + itoa(int(to))
}

// loopName names a loop inside the cycle around a call.
func loopName(link *Chain, loop int32) string { return link.Key + "#" + itoa(int(loop)) }

// leaveLoops notes which of the loops around a call, inside its cycle, a path leaves: to is the block it goes to, or -1.
func (r *run) leaveLoops(f *frame, it *item, link *Chain, to int32) {
	nest := r.nest(f.function)
	for _, loop := range nest[link.Block] {
		if !slices.Contains(nest[it.block], loop) || to >= 0 && slices.Contains(nest[to], loop) {
			continue
		}
		name := loopName(link, loop)
		if slices.Contains(it.state.left, name) {
			continue
		}
		r.noteExit(it, wayOut(name, it.block, to))
		it.state = it.state.fork()
		it.state.left = append(it.state.left[:len(it.state.left):len(it.state.left)], name)
		slices.Sort(it.state.left)
	}
}

func (r *run) noteExit(it *item, exit string) {
	key := it.state.target.Chain.Key
	if r.result.Exits[key] == nil {
		r.result.Exits[key] = map[string]bool{}
	}
	r.result.Exits[key][exit] = true
}

// Around names the innermost loop around a call of a chain that the way to an end has not left. The run's ways out of it
// are those of Run.Exits whose names begin with it and a slash.
func (s *Session) Around(e *End, link *Chain) string {
	around := link.Key
	for _, loop := range s.nest(link.Function)[link.Block] {
		name := loopName(link, loop)
		if slices.Contains(e.State.left, name) {
			break
		}
		around = name
	}
	return around
}

// union returns the names that are in either of two sorted lists.
func union(a, b []string) []string {
	if slices.Equal(a, b) {
		return a
	}
	both := append(append([]string(nil), a...), b...)
	slices.Sort(both)
	return slices.Compact(both)
}
