package eval

import (
	"fmt"

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

func (c *Chain) link(function *summary.Function, call *summary.Instruction, block, index int32, passed Value) *Chain {
	link := &Chain{Up: c, Function: function, Call: call, Block: block, Passed: passed}
	prefix := ""
	if c != nil {
		prefix = c.Key + ">"
		link.Depth = c.Depth + 1
	}
	link.Key = fmt.Sprintf("%s%s:%d.%d", prefix, function.Name, block, index)
	return link
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
