package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A field that holds a function or an interface, and that the code of its package fills with one function, or with values
// of one type, holds that or nothing. Only fields count that no other package can fill, and tests are left aside.

// filling is what fills a field: a function, or values of a type. Several things fill it where both are missing.
type filling struct {
	function *summary.Reference
	concrete *summary.Type
	index    int32 // of the type in its package
}

// fieldOfType is a field of a struct type.
type fieldOfType struct{ structure, field string }

// fillers are what fills the fields of a package's types.
func (s *Session) fillers(pkg *summary.Package) map[fieldOfType]*filling {
	if known, ok := s.filled[pkg]; ok {
		return known
	}
	found := map[fieldOfType]*filling{}
	s.filled[pkg] = found
	for _, function := range pkg.Functions {
		if !function.Test {
			fillersIn(function, found)
		}
	}
	return found
}

// fillersIn notes what a function does with the addresses of fields.
func fillersIn(function *summary.Function, found map[fieldOfType]*filling) {
	fields := map[int32]fieldOfType{}
	for b := range function.Blocks {
		for i := range function.Blocks[b].Instructions {
			instruction := &function.Blocks[b].Instructions[i]
			if instruction.Op == summary.OpFieldAddr && instruction.Base >= 0 {
				fields[instruction.Result] = fieldOfType{function.Owner().TypeAt(instruction.Base).Name, instruction.Name}
			}
		}
	}
	for b := range function.Blocks {
		for i := range function.Blocks[b].Instructions {
			instruction := &function.Blocks[b].Instructions[i]
			for n, operand := range instruction.Operands {
				field, ok := fields[operand.N]
				if operand.Kind != summary.Register || !ok || instruction.Op == summary.OpLoad {
					continue
				}
				if instruction.Op != summary.OpStore || n != 0 {
					found[field] = &filling{} // somebody has its address
					continue
				}
				if nothing, with := filledWith(function, instruction.Operands[1], 0); !nothing {
					found[field] = filledByBoth(found[field], with)
				}
			}
		}
	}
}

// filledByBoth is what fills a field that two things fill, of which the first may be missing.
func filledByBoth(one *filling, other filling) *filling {
	switch {
	case one == nil:
		return &other
	case one.function != nil && other.function != nil && *one.function == *other.function,
		one.concrete != nil && other.concrete != nil && one.concrete.Name == other.concrete.Name:
		return one
	}
	return &filling{}
}

// filledWith returns what an operand is, and whether it is nothing at all.
func filledWith(function *summary.Function, operand summary.Operand, depth int) (nothing bool, with filling) {
	owner := function.Owner()
	switch operand.Kind {
	case summary.Nil, summary.Zero:
		return true, filling{}
	case summary.FunctionRef:
		return false, filling{function: &owner.References[operand.N]}
	case summary.Register:
		made := function.Definition(operand.N)
		switch {
		case made == nil:
		case made.Op == summary.OpMakeInterface:
			return false, filling{concrete: owner.TypeAt(made.Type), index: made.Type}
		case made.Op == summary.OpMakeClosure && len(made.Operands) == 2 && isBound(owner.References[made.Operands[0].N].Name):
			return false, filling{function: &owner.References[made.Operands[0].N]} // a method, of whichever receiver
		case made.Op == summary.OpMakeClosure && len(made.Operands) == 1,
			(made.Op == summary.OpChangeType || made.Op == summary.OpChangeInterface) && depth < 3:
			return filledWith(function, made.Operands[0], depth+1)
		}
	}
	return false, filling{}
}

// isBound reports whether a function is a method value's.
func isBound(name string) bool { return strings.HasSuffix(name, "$bound") }

// holding returns what the field holds whose address or value an operand is; nil where that is not known.
func (s *Session) holding(function *summary.Function, operand summary.Operand) *filling {
	if operand.Kind != summary.Register {
		return nil
	}
	made := function.Definition(operand.N)
	for made != nil && (made.Op == summary.OpLoad || made.Op == summary.OpChangeType) && made.Operands[0].Kind == summary.Register {
		made = function.Definition(made.Operands[0].N)
	}
	if made == nil {
		return nil
	}
	return s.fillingOf(function, made)
}

// fillingOf returns what the field holds that an instruction reads or takes the address of; nil where that is not known.
func (s *Session) fillingOf(function *summary.Function, made *summary.Instruction) *filling {
	if made.Op != summary.OpFieldAddr && made.Op != summary.OpField || made.Base < 0 {
		return nil
	}
	owner := function.Owner()
	field := fieldOfType{owner.TypeAt(made.Base).Name, made.Name}
	name, isLocal := strings.CutPrefix(field.structure, owner.Path+".")
	if !isLocal || startsUpper(name) && startsUpper(field.field) {
		return nil // others may fill it
	}
	with := s.fillers(owner)[field]
	if with == nil || with.function == nil && with.concrete == nil {
		return nil
	}
	return with
}

func startsUpper(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(first)
}

// bodyHeld returns what is called when a method of what fills a field is called, or the function that does.
func (s *Session) bodyHeld(owner *summary.Package, with *filling, method string) *summary.Function {
	if with == nil {
		return nil
	}
	if with.function != nil {
		return s.lookup(owner, *with.function)
	}
	for _, known := range with.concrete.Methods {
		if known.Name == method && known.Function >= 0 {
			return s.lookup(owner, owner.References[known.Function])
		}
	}
	return nil
}

// bodyMade returns the method that a call through an interface comes to where the function has put the value into the
// interface itself, or got it from a function that does; nil where that is not known.
func (s *Session) bodyMade(function *summary.Function, instruction *summary.Instruction) *summary.Function {
	if instruction.Call.Mode != summary.InterfaceCall {
		return nil
	}
	owner, operand := function.Owner(), instruction.Operands[0]
	made := comesFrom(function, operand)
	if made != nil && made.Op == summary.OpCall && made.Call.Mode == summary.StaticCall {
		constructor := s.lookup(owner, owner.References[made.Call.Callee])
		if constructor == nil {
			return nil
		}
		result := 0
		if extracted := function.Definition(operand.N); extracted.Op == summary.OpExtract {
			result = int(extracted.Index)
		}
		function, operand = constructor, summary.Operand{Kind: summary.Nil}
		owner = function.Owner()
		for b := range function.Blocks {
			for i := range function.Blocks[b].Instructions {
				if returned := &function.Blocks[b].Instructions[i]; returned.Op == summary.OpReturn && result < len(returned.Operands) && returned.Operands[result].Kind == summary.Register {
					operand = returned.Operands[result]
				}
			}
		}
	}
	if _, with := filledWith(function, operand, 0); with.concrete != nil {
		return s.bodyHeld(owner, &with, instruction.Call.Method)
	}
	return nil
}

// comesFrom returns the instruction that an operand comes from, whichever of its results that is; nil where there is none.
func comesFrom(function *summary.Function, operand summary.Operand) *summary.Instruction {
	if operand.Kind != summary.Register {
		return nil
	}
	made := function.Definition(operand.N)
	if made != nil && made.Op == summary.OpExtract && made.Operands[0].Kind == summary.Register {
		return function.Definition(made.Operands[0].N)
	}
	return made
}

// fromField returns the value that was read of a field: what alone fills it, where nothing else is known.
func (r *run) fromField(f *frame, i *summary.Instruction, value Value) Value {
	owner := f.function.Owner()
	kind := owner.TypeAt(i.Type).Kind
	if value.Kind != Free || value.Taint > Clean || kind != summary.InterfaceType && kind != summary.FuncType {
		return value
	}
	with := r.fillingOf(f.function, i)
	if i.Op == summary.OpLoad {
		with = r.holding(f.function, i.Operands[0])
	}
	switch {
	case with == nil:
		return value
	case with.function != nil:
		var receiver []Value
		if isBound(with.function.Name) {
			receiver = []Value{r.make(Node{Kind: Free, Text: "filled", Flags: NonNil, Args: []Value{value}})}
		}
		return r.make(Node{Kind: Function, Text: with.function.Name, Path: with.function.Package, Owner: owner, Flags: MaybeNil, Args: receiver})
	case with.concrete.Kind == summary.PointerType:
		inside := r.make(Node{Kind: Free, Text: "filled", Flags: NonNil, Args: []Value{value}})
		return r.make(Node{Kind: Interface, Type: with.concrete, Owner: owner, Args: []Value{inside}, Flags: MaybeNil})
	}
	inside := r.unfold(r.free("filled", 0, value), owner, with.index)
	return r.make(Node{Kind: Interface, Type: with.concrete, Owner: owner, Args: []Value{inside}, Flags: MaybeNil})
}
