package eval

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/cfg"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A loop over items with a loop of attempts in it is one cycle of the control flow graph. Whether an attempt is made
// because the one before failed is the inner loop's business: its ways out are what the outcome decides. So a path
// notes which of the loops around the call it has left, and the ways out that count are those of the innermost loop that it
// has stayed in.

// blockOf is a block of a function.
type blockOf struct {
	function *summary.Function
	block    int32
}

// loopsAround returns the loops inside its cycle that a block lies in, from the outermost to the innermost, each as the
// blocks that are in it. A loop inside a cycle is what is a cycle still without the block by which the other is entered.
func (s *Session) loopsAround(function *summary.Function, block int32) [][]bool {
	key := blockOf{function, block}
	if known, ok := s.loops[key]; ok {
		return known
	}
	var loops [][]bool
	outer := members(s.cycle(function), block)
	for outer != nil {
		entry, single := entryOf(function, outer)
		if !single {
			break // what is inside depends on where one begins
		}
		inner := members(cfg.CyclesAmong(function, func(b int32) bool { return outer[b] && b != entry }), block)
		if inner != nil {
			loops = append(loops, inner)
		}
		outer = inner
	}
	s.loops[key] = loops
	return loops
}

// members returns the blocks of the cycle that a block lies in, nil when it lies in none.
func members(cycles []int32, block int32) []bool {
	if cycles[block] == 0 {
		return nil
	}
	in := make([]bool, len(cycles))
	for b := range cycles {
		in[b] = cycles[b] == cycles[block]
	}
	return in
}

// entryOf tells the block by which a cycle is entered, and whether there is just one.
func entryOf(function *summary.Function, cycle []bool) (entry int32, single bool) {
	entry = -1
	for b := range function.Blocks {
		if cycle[b] {
			continue
		}
		for _, to := range function.Blocks[b].Successors {
			if cycle[to] && entry != to {
				if entry >= 0 {
					return 0, false
				}
				entry = to
			}
		}
	}
	return entry, entry >= 0
}

// wayOut names a way out of the cycle around a call, or of one of the loops inside it.
func wayOut(around string, from, to int32) string {
	return around + "/" + itoa(int(from)) + "-" + itoa(int(to))
}

// loopName names a loop inside the cycle around a call, the nth from outside.
func loopName(link *Chain, n int) string { return link.Key + "#" + itoa(n) }

// leaveLoops notes which of the loops around a call, inside its cycle, a path leaves: to is the block it goes to, or -1.
func (r *run) leaveLoops(f *frame, it *item, link *Chain, to int32) {
	for n, loop := range r.loopsAround(f.function, link.Block) {
		if !loop[it.block] || to >= 0 && loop[to] {
			continue
		}
		name := loopName(link, n)
		if slices.Contains(it.state.left, name) {
			continue
		}
		r.noteExit(it, wayOut(name, it.block, to))
		it.change()
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
	for n := range s.loopsAround(link.Function, link.Block) {
		name := loopName(link, n)
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
