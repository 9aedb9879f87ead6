package cfg

import (
	"strconv"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// maxMade bounds how far back it is followed what an argument was made of; what is further back may be anything.
const maxMade = 8

// givesWords reports whether a call may be given a text or a status that the package has written down, by itself or inside
// something: what is called may compare an error with it, and only here it is known what with.
func (f *Filter) givesWords(function *summary.Function, instruction *summary.Instruction) bool {
	for _, operand := range instruction.Operands {
		if holdsWords(function, operand, 0) {
			return true
		}
	}
	return false
}

// holdsWords reports whether an operand may hold a text or a status that is not the function's caller's.
func holdsWords(function *summary.Function, operand summary.Operand, depth int) bool {
	owner := function.Owner()
	switch operand.Kind {
	case summary.Constant:
		return isWord(&owner.Constants[operand.N])
	case summary.GlobalRef:
		return true
	case summary.Register:
	default:
		return false // a function that asks is a reason to run the call anyway
	}
	made := function.Definition(operand.N)
	if made == nil {
		return false
	}
	if depth > maxMade {
		return true
	}
	switch made.Op {
	case summary.OpAlloc, summary.OpMakeSlice, summary.OpMakeMap:
		return mayHoldWords(owner, made.Type, 0)
	}
	for _, part := range made.Operands {
		if holdsWords(function, part, depth+1) {
			return true
		}
	}
	return false
}

// isWord reports whether a constant may be an error code, or a status.
func isWord(c *summary.ConstantValue) bool {
	if c.Kind == 's' {
		return strings.Trim(c.Text, `"`) != ""
	}
	status, err := strconv.Atoi(c.Text)
	return c.Kind == 'i' && err == nil && 300 <= status && status < 600
}

// mayHoldWords reports whether what is made of a type may hold texts or numbers. A request of the SDK holds none that an
// error is compared with.
func mayHoldWords(owner *summary.Package, index int32, depth int) bool {
	t := owner.TypeAt(index)
	if depth > maxFields {
		return true
	}
	switch t.Kind {
	case summary.StringType, summary.IntType, summary.UintType, summary.InterfaceType:
		return true
	case summary.StructType:
		if strings.HasPrefix(t.Name, "oci/") {
			return false
		}
		for _, field := range t.Fields {
			if mayHoldWords(owner, field.Type, depth+1) {
				return true
			}
		}
		return false
	}
	return t.Elem >= 0 && mayHoldWords(owner, t.Elem, depth+1) || t.Key >= 0 && mayHoldWords(owner, t.Key, depth+1)
}
