package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/cfg"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// liveness returns for each block the set of registers that are read in it or later before they are written.
func liveness(function *summary.Function) [][]uint64 {
	words := int(function.Registers+63) / 64
	in := make([][]uint64, len(function.Blocks))
	for i := range in {
		in[i] = make([]uint64, words)
	}
	for changed := true; changed; {
		changed = false
		for b := len(function.Blocks) - 1; b >= 0; b-- {
			if liveIn(function, in, b, words) {
				changed = true
			}
		}
	}
	return in
}

func liveIn(function *summary.Function, in [][]uint64, b, words int) bool {
	block := &function.Blocks[b]
	set := make([]uint64, words)
	for _, successor := range block.Successors {
		for i, word := range in[successor] {
			set[i] |= word
		}
		edge := predecessorIndex(&function.Blocks[successor], int32(b))
		for i := range function.Blocks[successor].Instructions {
			phi := &function.Blocks[successor].Instructions[i]
			if phi.Op != summary.OpPhi {
				break
			}
			if edge >= 0 {
				setBit(set, phi.Operands[edge])
			}
		}
	}
	for i := len(block.Instructions) - 1; i >= 0; i-- {
		instruction := &block.Instructions[i]
		if instruction.Result >= 0 {
			set[instruction.Result/64] &^= 1 << (instruction.Result % 64)
		}
		if instruction.Op != summary.OpPhi {
			for _, operand := range instruction.Operands {
				setBit(set, operand)
			}
		}
	}
	changed := false
	for i, word := range set {
		if in[b][i] != word {
			in[b][i], changed = word, true
		}
	}
	return changed
}

func setBit(set []uint64, operand summary.Operand) {
	if operand.Kind == summary.Register {
		set[operand.N/64] |= 1 << (operand.N % 64)
	}
}

func predecessorIndex(block *summary.Block, from int32) int {
	for i, predecessor := range block.Predecessors {
		if predecessor == from {
			return i
		}
	}
	return -1
}

// order returns for each block its number in reverse postorder: but for the ways back of loops, a block comes after
// all that lead to it.
func (s *Session) order(function *summary.Function) []int32 {
	if known, ok := s.orders[function]; ok {
		return known
	}
	order := make([]int32, len(function.Blocks))
	visited := make([]bool, len(function.Blocks))
	number := int32(len(function.Blocks))
	var visit func(b int32)
	visit = func(b int32) {
		visited[b] = true
		successors := function.Blocks[b].Successors
		for i := len(successors) - 1; i >= 0; i-- {
			if !visited[successors[i]] {
				visit(successors[i])
			}
		}
		number--
		order[b] = number
	}
	if len(order) > 0 {
		visit(0)
	}
	s.orders[function] = order
	return order
}

// cycle returns for each block the number of the cycle it lies in, 0 for none.
func (s *Session) cycle(function *summary.Function) []int32 {
	if known, ok := s.cycles[function]; ok {
		return known
	}
	s.cycles[function] = cfg.Cycles(function)
	return s.cycles[function]
}

// builds says what a loop around a block is there for: to build a table, settings or a chain of functions. The rounds of
// other loops are attempts, which are not told apart.
type builds uint8

// The kinds of loops.
const (
	nothing   builds = iota
	something        // makes no OCI call and calls nothing that it holds in a variable but options
	ifSilent         // calls what it holds in a variable, too: it builds something if that sends nothing
)

func (s *Session) builds(function *summary.Function, b int32) builds {
	at := blockOf{function, b}
	kind, known := s.building[at]
	if !known {
		kind = s.readsLoop(function, b)
		s.building[at] = kind
	}
	return kind
}

func (s *Session) readsLoop(function *summary.Function, b int32) builds {
	cycles := s.cycle(function)
	if cycles[b] == 0 {
		return nothing
	}
	kind := something
	for at := range function.Blocks {
		if cycles[at] != cycles[b] {
			continue
		}
		for i := range function.Blocks[at].Instructions {
			call := function.Blocks[at].Instructions[i].Call
			if call == nil || call.Mode == summary.BuiltinCall || configures(function, &function.Blocks[at].Instructions[i]) {
				continue
			}
			if call.IsOCI {
				return nothing
			}
			if call.Mode != summary.StaticCall {
				kind = ifSilent
				continue
			}
			reference := function.Owner().References[call.Callee]
			if s.sendsBy(function, reference) || isLibraryCall(reference) || s.passesSender(function, &function.Blocks[at].Instructions[i]) {
				return nothing
			}
		}
	}
	return kind
}

// configures reports whether an instruction calls somebody with nothing but something made here and gets
// nothing back: an option that is applied to settings.
func configures(function *summary.Function, instruction *summary.Instruction) bool {
	call := instruction.Call
	if call.Mode != summary.DynamicCall && call.Mode != summary.InterfaceCall || call.Results != 0 || len(instruction.Operands) != 2 {
		return false
	}
	if instruction.Operands[1].Kind != summary.Register {
		return false
	}
	made := function.Definition(instruction.Operands[1].N)
	return made != nil && (made.Op == summary.OpAlloc || made.Op == summary.OpCall)
}

// sendsBy reports whether what a reference of a function names makes OCI calls.
func (s *Session) sendsBy(function *summary.Function, reference summary.Reference) bool {
	callee := s.lookup(function.Owner(), reference)
	return callee != nil && s.traitsOf(callee).sends
}

// passesSender reports whether an instruction is given a function that makes OCI calls.
func (s *Session) passesSender(function *summary.Function, instruction *summary.Instruction) bool {
	for _, operand := range instruction.Operands {
		if operand.Kind == summary.Register {
			made := function.Definition(operand.N)
			if made == nil || made.Op != summary.OpMakeClosure {
				continue
			}
			operand = made.Operands[0]
		}
		if operand.Kind == summary.FunctionRef && s.sendsBy(function, function.Owner().References[operand.N]) {
			return true
		}
	}
	return false
}
