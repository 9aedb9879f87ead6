package fate

import (
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A predicate that is unexported, called and never passed on is judged through its callers. So is a function literal in
// a local variable that is only called, by the function itself or by literals that capture the variable.

// usage holds the functions of a package that are called, and those that go somewhere as values, by name.
type usage struct {
	called, passed map[string]bool
	survey         *Survey
}

func (s *Survey) usage() usage {
	if s.used != nil {
		return *s.used
	}
	u := usage{map[string]bool{}, map[string]bool{}, s}
	for _, function := range s.Session.Local.Functions {
		function.Each(func(instruction *summary.Instruction) { u.note(function, instruction) })
	}
	s.used = &u
	return u
}

func (u usage) note(function *summary.Function, instruction *summary.Instruction) {
	owner := function.Owner()
	if instruction.Call != nil && instruction.Call.Mode == summary.StaticCall {
		name := owner.References[instruction.Call.Callee].Name
		u.called[name] = true
		if function.Synthetic { // a method value: whoever has it may call it
			u.passed[name] = true
		}
	}
	if instruction.Op == summary.OpMakeClosure {
		u.uses(function, owner.References[instruction.Operands[0].N].Name, instruction.Result)
		return
	}
	for n, operand := range instruction.Operands {
		if operand.Kind == summary.FunctionRef {
			u.use(function, owner.References[operand.N].Name, instruction, n)
		}
	}
}

// uses notes what a function does with a function value in a register.
func (u usage) uses(function *summary.Function, name string, register int32) {
	function.Each(func(instruction *summary.Instruction) {
		for n, operand := range instruction.Operands {
			if operand.Kind == summary.Register && operand.N == register {
				u.use(function, name, instruction, n)
			}
		}
	})
}

// use notes what an instruction does with a function value, its operand n.
func (u usage) use(function *summary.Function, name string, instruction *summary.Instruction, n int) {
	switch {
	case n == 0 && instruction.Call != nil && instruction.Call.Mode == summary.DynamicCall:
		u.called[name] = true
	case instruction.Op == summary.OpStore && n == 1 && isLocal(function, instruction.Operands[0]):
		u.variable(function, name, instruction.Operands[0].N, 0)
	default:
		u.passed[name] = true
	}
}

// isLocal reports whether an address is that of a local variable.
func isLocal(function *summary.Function, address summary.Operand) bool {
	local := false
	function.Each(func(instruction *summary.Instruction) {
		local = local || address.Kind == summary.Register && instruction.Op == summary.OpAlloc && instruction.Result == address.N
	})
	return local
}

// maxCaptures bounds how far a variable is followed into literals within literals.
const maxCaptures = 4

// variable notes what is done with a function value in a variable, whose address is in a register.
func (u usage) variable(function *summary.Function, name string, address int32, depth int) {
	function.Each(func(instruction *summary.Instruction) {
		for n, operand := range instruction.Operands {
			if operand.Kind != summary.Register || operand.N != address {
				continue
			}
			switch {
			case instruction.Op == summary.OpStore && n == 0:
			case instruction.Op == summary.OpLoad:
				u.uses(function, name, instruction.Result)
			case instruction.Op == summary.OpMakeClosure && n > 0 && depth < maxCaptures:
				u.captured(function, name, instruction, n-1, depth)
			default:
				u.passed[name] = true
			}
		}
	})
}

// captured goes on in the literal that captures a variable.
func (u usage) captured(function *summary.Function, name string, made *summary.Instruction, at, depth int) {
	literal := function.Owner().References[made.Operands[0].N].Name
	for _, other := range u.survey.Session.Local.Functions {
		if other.Name == literal {
			u.variable(other, name, int32(len(other.Parameters)+at), depth+1)
			return
		}
	}
	u.passed[name] = true
}
