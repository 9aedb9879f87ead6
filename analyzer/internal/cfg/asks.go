package cfg

import (
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// uses are the instructions that read each register of a function.
type uses map[int32][]*summary.Instruction

func usesOf(function *summary.Function) uses {
	found := uses{}
	function.Each(func(instruction *summary.Instruction) {
		for _, operand := range instruction.Operands {
			if operand.Kind == summary.Register {
				found[operand.N] = append(found[operand.N], instruction)
			}
		}
	})
	return found
}

// aboutErrors are the methods by which an error or a failed response tells which one it is.
var aboutErrors = map[string]bool{
	"GetHTTPStatusCode": true, "GetCode": true, "GetMessage": true, "HTTPResponse": true,
	"Unwrap": true, "Cause": true, "Is": true, "As": true, "Timeout": true, "Temporary": true,
}

// asks reports whether an instruction may tell one error of a service from another: by a question of the SDK or of the
// standard library, an assertion, a comparison, its text, or by a function that is not known.
func asks(function *summary.Function, instruction *summary.Instruction, uses uses) bool {
	owner := function.Owner()
	switch instruction.Op {
	case summary.OpTypeAssert:
		return isError(function, instruction.Operands[0]) || strings.Contains(owner.TypeAt(instruction.Type).Name, sdk.Common+".ServiceError")
	case summary.OpBinOp:
		return comparesErrors(function, instruction)
	case summary.OpField, summary.OpFieldAddr:
		return instruction.Name == "StatusCode" || instruction.Name == "RawResponse"
	case summary.OpLookup, summary.OpMapUpdate:
		return len(instruction.Operands) > 1 && isError(function, instruction.Operands[1])
	}
	call := instruction.Call
	if call == nil {
		return false
	}
	if call.Mode == summary.InterfaceCall {
		return aboutErrors[call.Method] || call.Method == "Error" && readsText(function, instruction, uses)
	}
	if call.Mode != summary.StaticCall {
		return false
	}
	return asksFunction(function, instruction, uses)
}

// asksFunction is asks for a call of a function that is named.
func asksFunction(function *summary.Function, instruction *summary.Instruction, uses uses) bool {
	owner := function.Owner()
	reference := owner.References[instruction.Call.Callee]
	short := reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]
	switch {
	case reference.Package == "errors":
		return short != "New" && short != "Join"
	case reference.Package == sdk.Common:
		return strings.HasPrefix(short, "Is") || strings.HasSuffix(short, "ShouldRetryOperation")
	case aboutErrors[short] && strings.HasPrefix(reference.Name, "("):
		return true
	case strings.HasPrefix(reference.Name, "fmt.Sprint"), strings.HasPrefix(reference.Name, "fmt.Append"):
		return boxesErrors(function) && readsText(function, instruction, uses)
	case owner.Function(reference.Name) != nil:
		return false // its body tells
	}
	for _, operand := range instruction.Operands {
		if isError(function, operand) && answersAbout(owner, instruction.Type) {
			return true
		}
	}
	return false
}

// answersAbout reports whether a result of a type may be an answer about an error: a truth, a number or a text.
func answersAbout(owner *summary.Package, index int32) bool {
	if index < 0 {
		return false
	}
	switch t := owner.TypeAt(index); t.Kind {
	case summary.BoolType, summary.IntType, summary.UintType, summary.StringType:
		return true
	case summary.TupleType:
		for _, element := range t.Elems {
			if answersAbout(owner, element) {
				return true
			}
		}
	}
	return false
}

// comparesErrors reports whether an instruction compares an error with anything but nil.
func comparesErrors(function *summary.Function, instruction *summary.Instruction) bool {
	if instruction.Token != token.EQL && instruction.Token != token.NEQ {
		return false
	}
	x, y := instruction.Operands[0], instruction.Operands[1]
	return x.Kind != summary.Nil && y.Kind != summary.Nil && (isError(function, x) || isError(function, y))
}

// isError reports whether an operand is of the type error, or of the SDK's service error.
func isError(function *summary.Function, operand summary.Operand) bool {
	if operand.Kind != summary.Register {
		return false
	}
	name := function.Owner().TypeAt(typeOf(function, operand.N)).Name
	return name == "error" || strings.HasPrefix(name, sdk.Common+".ServiceError")
}

// typeOf returns the type of a register.
func typeOf(function *summary.Function, register int32) int32 {
	n := int(register)
	if n < len(function.Parameters) {
		return function.Parameters[n]
	}
	if n -= len(function.Parameters); n < len(function.FreeVariables) {
		return function.FreeVariables[n]
	}
	if made := function.Definition(register); made != nil {
		return made.Type
	}
	return -1
}

// boxesErrors reports whether a function puts an error where any value may stand: a text may be made of it.
func boxesErrors(function *summary.Function) bool {
	found := false
	function.Each(func(instruction *summary.Instruction) {
		found = found || (instruction.Op == summary.OpChangeInterface || instruction.Op == summary.OpMakeInterface) && isError(function, instruction.Operands[0])
	})
	return found
}

// readsText reports whether anything but a printer gets a text.
func readsText(function *summary.Function, text *summary.Instruction, uses uses) bool {
	for _, user := range uses[text.Result] {
		switch {
		case user.Op == summary.OpMakeInterface, user.Op == summary.OpReturn, user.Op == summary.OpPanic:
		case user.Call != nil && user.Call.Mode == summary.StaticCall && prints(function.Owner().References[user.Call.Callee]):
		default:
			return true
		}
	}
	return false
}

// prints reports whether a function makes an error of a text, or prints it.
func prints(reference summary.Reference) bool {
	switch reference.Package {
	case "fmt", "log", "errors", "log/slog", "testing":
		return true
	}
	return false
}
