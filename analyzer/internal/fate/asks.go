package fate

import (
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// maxAsked bounds how far the functions that a function calls are looked into; deeper ones are taken not to ask.
const maxAsked = 6

// Asks reports whether a function, or something that it calls or hands on, calls a function of the SDK's common package.
func (s *Survey) Asks(function *summary.Function, name string) bool {
	return s.asks(function, sdk.Common+"."+name, map[*summary.Function]bool{}, 0)
}

func (s *Survey) asks(function *summary.Function, name string, seen map[*summary.Function]bool, depth int) bool {
	if function == nil || seen[function] || depth > maxAsked {
		return false
	}
	seen[function] = true
	owner, found := function.Owner(), false
	look := func(reference summary.Reference) {
		found = found || reference.Name == name || s.asks(s.Session.BodyOf(owner, reference), name, seen, depth+1)
	}
	function.Each(func(instruction *summary.Instruction) {
		if instruction.Call != nil && instruction.Call.Mode == summary.StaticCall {
			look(owner.References[instruction.Call.Callee])
		}
		for _, operand := range instruction.Operands {
			if operand.Kind == summary.FunctionRef {
				look(owner.References[operand.N])
			}
		}
	})
	return found
}
