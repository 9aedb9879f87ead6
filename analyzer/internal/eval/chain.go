package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Chain is the way from the function under analysis down to an instruction: one link for each frame.
type Chain struct {
	Up       *Chain
	Function *summary.Function
	Call     *summary.Instruction
	Block    int32
	Key      string
	Depth    int
	// Passed holds the function value that a dynamic call called, to tell who passed it.
	Passed Value
	// Arguments of the call.
	Arguments []Value
	// Model is the call of a retry library that called this function value; two links of one model are rounds of it.
	Model *Chain
}

// link adds a frame's call to a chain.
func (s *Session) link(up *Chain, function *summary.Function, call *summary.Instruction, block, index int32, passed Value, turn int) *Chain {
	link := &Chain{Up: up, Function: function, Call: call, Block: block, Passed: passed}
	above := ""
	if up != nil {
		above = up.Key
		link.Depth = up.Depth + 1
	}
	link.Key = s.placeKey(place{above, function, block, index, turn})
	return link
}

// place is an instruction, or with block -1 the whole, of a function that a chain leads to.
type place struct {
	above    string
	function *summary.Function
	block    int32
	index    int32
	turn     int // of a loop that builds something, where the instruction stands in one
}

// placeKey returns the short name of a place in this session: equal places have equal names.
func (s *Session) placeKey(p place) string {
	key, known := s.places[p]
	if !known {
		s.placed++
		key = "~" + itoa(s.placed)
		s.places[p] = key
	}
	return key
}

// InCycle reports whether a link, or one above it, stands in a cycle of its function.
func (s *Session) InCycle(link *Chain) bool {
	for ; link != nil; link = link.Up {
		if s.cycle(link.Function)[link.Block] != 0 {
			return true
		}
	}
	return false
}

// Distance returns how far a call stands from the function under analysis: the frames between them, but at most one
// for a call in a function literal of it, whoever calls that.
func (c *Chain) Distance() int {
	root := c.Root().Function.Name
	for link := c; link != nil; link = link.Up {
		if link.Depth > 0 && strings.HasPrefix(link.Function.Name, root+"$") {
			return 1
		}
	}
	return c.Depth
}

// isRecursive reports whether a function stands twice on the way down: then the call is one that is judged further up.
func (c *Chain) isRecursive() bool {
	for link := c; link != nil; link = link.Up {
		for above := link.Up; above != nil; above = above.Up {
			if above.Function == link.Function {
				return true
			}
		}
	}
	return false
}

// Root returns the link of the function under analysis.
func (c *Chain) Root() *Chain {
	for c.Up != nil {
		c = c.Up
	}
	return c
}

// Links returns the links from the root down.
func (c *Chain) Links() []*Chain {
	links := make([]*Chain, c.Depth+1)
	for link := c; link != nil; link = link.Up {
		links[link.Depth] = link
	}
	return links
}
