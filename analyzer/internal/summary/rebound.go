package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A function literal reads its captured variables when it is called. What they held when it was made is what it reads
// only if nobody writes to them in between.

// noteRebound notes for a function literal which of its captured variables are written to after it was made.
func (b *body) noteRebound(made *ssa.MakeClosure) {
	function, ok := made.Fn.(*ssa.Function)
	if !ok {
		return
	}
	name := b.functionName(function).Name
	for i, binding := range made.Bindings {
		if variable, ok := binding.(*ssa.Alloc); ok && i < 64 && writtenAfter(variable, made) {
			b.rebound[name] |= 1 << i
		}
	}
}

// writtenAfter reports whether a variable may be written to after a function literal was made that captures it.
func writtenAfter(variable *ssa.Alloc, made *ssa.MakeClosure) bool {
	w := captured{variable.Block(), made}
	return w.written(variable, 0)
}

// captured is a function literal and where a variable that it captures is declared.
type captured struct {
	declared *ssa.BasicBlock
	made     *ssa.MakeClosure
}

// written reports whether something is written to an address, or may be by somebody who gets it.
func (c captured) written(address ssa.Value, depth int) bool {
	for _, user := range *address.Referrers() {
		if c.writtenBy(address, user, depth) {
			return true
		}
	}
	return false
}

func (c captured) writtenBy(address ssa.Value, user ssa.Instruction, depth int) bool {
	if depth > maxEscape {
		return true
	}
	later := c.comesAfter(user)
	switch u := user.(type) {
	case *ssa.Store:
		return later && u.Addr == address || u.Val == address
	case *ssa.MakeClosure:
		return u != c.made && setsCaptured(u, address)
	case *ssa.FieldAddr:
		return c.written(u, depth+1)
	case *ssa.IndexAddr:
		return c.written(u, depth+1)
	case *ssa.UnOp:
		return later && shares(u.Type()) && changes(u, 0)
	case ssa.CallInstruction:
		return later
	case *ssa.Return, *ssa.Send, *ssa.MapUpdate, *ssa.MakeInterface:
		return later
	}
	return false
}

// setsCaptured reports whether another function literal writes to a variable that it captures.
func setsCaptured(other *ssa.MakeClosure, variable ssa.Value) bool {
	function, ok := other.Fn.(*ssa.Function)
	at := slices.Index(other.Bindings, variable)
	if !ok || at < 0 || at >= len(function.FreeVars) {
		return true
	}
	for _, user := range *function.FreeVars[at].Referrers() {
		switch u := user.(type) {
		case *ssa.Store:
			return true
		case *ssa.UnOp:
			if shares(u.Type()) && changes(u, 0) {
				return true
			}
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.DebugRef:
		default:
			return true
		}
	}
	return false
}

// comesAfter reports whether an instruction may be run after the literal was made, for the same variable: what leads
// back to where it is declared leads to another variable.
func (c captured) comesAfter(instruction ssa.Instruction) bool {
	block, start := instruction.Block(), c.made.Block()
	if block == start {
		for _, other := range block.Instrs {
			if other == instruction {
				break
			}
			if other == ssa.Instruction(c.made) {
				return true
			}
		}
	}
	visited := map[*ssa.BasicBlock]bool{c.declared: true}
	work := slices.Clone(start.Succs)
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if visited[next] {
			continue
		}
		visited[next] = true
		if next == block {
			return true
		}
		work = append(work, next.Succs...)
	}
	return false
}
