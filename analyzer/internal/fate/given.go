package fate

import (
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Given returns which parameters of the function that is called at Call, the receiver first, may hold what the error is
// compared with, told from the data flow of the functions in between. It is not known where a library or a function literal
// stands between the two.
func (c *Comparison) Given() (parameters map[int32]bool, known bool) {
	function, looked := c.where.Function, c.where.Instruction.Operands
	for link := c.where.Chain; link != nil; link = link.Up {
		flow := flowOf(function, looked)
		if flow.captured || link.Model != nil || link.Call.Call == nil {
			return nil, false
		}
		parameters, looked = flow.parameters, nil
		for parameter := range parameters {
			if link.Call.Call.Mode == summary.DynamicCall {
				parameter++ // the first operand is the function value
			}
			if int(parameter) >= len(link.Call.Operands) {
				return nil, false
			}
			looked = append(looked, link.Call.Operands[parameter])
		}
		function = link.Function
	}
	return parameters, true
}

// flow is where the values of some operands may come from, within their function.
type flow struct {
	function   *summary.Function
	parameters map[int32]bool
	captured   bool // or from a variable of the function around it
	seen       map[int32]bool
	rest       []summary.Operand
}

func flowOf(function *summary.Function, operands []summary.Operand) *flow {
	f := &flow{function: function, parameters: map[int32]bool{}, seen: map[int32]bool{}, rest: operands}
	for len(f.rest) > 0 {
		operand := f.rest[0]
		f.rest = f.rest[1:]
		if operand.Kind == summary.Register && !f.seen[operand.N] {
			f.seen[operand.N] = true
			f.follow(operand.N)
		}
	}
	return f
}

// follow goes on from a register to what it is computed from.
func (f *flow) follow(register int32) {
	parameters := int32(len(f.function.Parameters))
	switch made := f.function.Definition(register); {
	case register < parameters:
		f.parameters[register] = true
	case register < parameters+int32(len(f.function.FreeVariables)):
		f.captured = true
	case made != nil:
		f.rest = append(f.rest[:len(f.rest):len(f.rest)], made.Operands...)
		switch made.Op {
		case summary.OpAlloc, summary.OpMakeMap, summary.OpMakeSlice, summary.OpMakeChan:
			f.followContent(register)
		}
	}
}

// followContent goes on from what is made in a function to all that is put into it. What a call puts into it is left out.
func (f *flow) followContent(register int32) {
	f.function.Each(func(instruction *summary.Instruction) {
		switch instruction.Op {
		case summary.OpStore, summary.OpMapUpdate, summary.OpSend:
			if into := instruction.Operands[0]; into.Kind == summary.Register && f.base(into.N) == register {
				f.rest = append(f.rest[:len(f.rest):len(f.rest)], instruction.Operands[1:]...)
			}
		}
	})
}

// base returns the register of what a place lies in, itself where it is no place in anything.
func (f *flow) base(register int32) int32 {
	for {
		made := f.function.Definition(register)
		if made == nil || len(made.Operands) == 0 || made.Operands[0].Kind != summary.Register {
			return register
		}
		switch made.Op {
		case summary.OpFieldAddr, summary.OpIndexAddr, summary.OpSlice, summary.OpChangeType, summary.OpMakeInterface:
			register = made.Operands[0].N
		default:
			return register
		}
	}
}
