package summary

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A package's table is known as long as nobody changes it. Whoever gets hold of the map, the slice or what a pointer
// leads to can: by another name, through a helper, by a method. What is only looked into stays known.

// maxEscape bounds how far what is loaded from a package variable is followed.
const maxEscape = 6

// escapes finds the package variables whose content somebody may change after initialisation, other than by a plain
// store, or whose address goes somewhere.
func (l *lowerer) escapes() {
	for function := range l.queued {
		name := l.functionName(function).Name
		isTest := strings.HasSuffix(function.Prog.Fset.Position(function.Pos()).Filename, "_test.go")
		if function.Blocks == nil || isTest {
			continue
		}
		note := l.escape
		if initialiserName(l.out, name) {
			note = l.keeps
		}
		for _, block := range function.Blocks {
			for _, instruction := range block.Instrs {
				note(instruction)
			}
		}
	}
}

// keeps notes the package variables whose address an initialiser puts somewhere: who finds it there may write through it
// later.
func (l *lowerer) keeps(instruction ssa.Instruction) {
	if store, ok := instruction.(*ssa.Store); ok && !l.intoRequest(store) {
		if global, ok := store.Val.(*ssa.Global); ok {
			l.unstable[l.globalName(global)] = true
		}
	}
}

func (l *lowerer) escape(instruction ssa.Instruction) {
	if load, ok := instruction.(*ssa.UnOp); ok && load.Op == token.MUL {
		if global := rootGlobal(load.X); global != nil && shares(load.Type()) && changes(load, 0) {
			l.unstable[l.globalName(global)] = true
		}
		return
	}
	var room [8]*ssa.Value
	for _, operand := range instruction.Operands(room[:0]) {
		if operand == nil || *operand == nil {
			continue
		}
		if global, ok := (*operand).(*ssa.Global); ok && !readsThrough(instruction, global) && !l.intoRequest(instruction) {
			l.unstable[l.globalName(global)] = true
		}
	}
}

// readsThrough reports whether an instruction takes a package variable's address for nothing but to load, or to store
// something there, which is seen elsewhere.
func readsThrough(instruction ssa.Instruction, global *ssa.Global) bool {
	switch i := instruction.(type) {
	case *ssa.Store:
		return i.Val != ssa.Value(global)
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.DebugRef:
		return true
	case ssa.CallInstruction:
		return true // what is given to a call was noted when it was lowered
	}
	return false
}

// intoRequest reports whether an instruction stores into a struct of the SDK, which only reads what it is given.
func (l *lowerer) intoRequest(instruction ssa.Instruction) bool {
	store, ok := instruction.(*ssa.Store)
	if !ok {
		return false
	}
	field, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	pointer, ok := field.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(pointer.Elem()).(*types.Named)
	return ok && l.source.Recogniser.IsSDK(named.Obj().Pkg())
}

// rootGlobal returns the package variable that an address leads into.
func rootGlobal(address ssa.Value) *ssa.Global {
	for {
		switch a := address.(type) {
		case *ssa.FieldAddr:
			address = a.X
		case *ssa.IndexAddr:
			address = a.X
		case *ssa.Global:
			return a
		default:
			return nil
		}
	}
}

// shares reports whether a copy of a value of a type leads to the same content.
func shares(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Map, *types.Slice:
		return true
	case *types.Pointer:
		_, isBasic := t.Elem().Underlying().(*types.Basic)
		return !isBasic // nobody writes through these but by a plain store
	}
	return false
}

// changes reports whether somebody may write through a map, a slice or a pointer.
func changes(value ssa.Value, depth int) bool {
	if depth > maxEscape {
		return true
	}
	if value.Referrers() == nil {
		return false
	}
	for _, referrer := range *value.Referrers() {
		if changesBy(value, referrer, depth) {
			return true
		}
	}
	return false
}

func changesBy(value ssa.Value, referrer ssa.Instruction, depth int) bool {
	switch r := referrer.(type) {
	case *ssa.MapUpdate:
		return r.Map == value || shares(value.Type())
	case *ssa.Store:
		return r.Addr == value || shares(value.Type())
	case *ssa.Lookup:
		return r.X == value && part(r, depth)
	case *ssa.IndexAddr:
		return changes(r, depth+1)
	case *ssa.FieldAddr:
		return changes(r, depth+1)
	case *ssa.UnOp:
		return r.Op == token.MUL && shares(r.Type()) && changes(r, depth+1)
	case *ssa.Slice:
		return changes(r, depth+1)
	case *ssa.Phi:
		return changes(r, depth+1)
	case *ssa.ChangeType:
		return changes(r, depth+1)
	case *ssa.Extract:
		return shares(r.Type()) && changes(r, depth+1)
	case *ssa.Range:
		return rangeChanges(r, depth)
	case *ssa.MakeInterface:
		return types.NewMethodSet(r.X.Type()).Len() > 0
	case *ssa.MakeClosure, *ssa.Send:
		return true
	case *ssa.Return:
		_, isMap := value.Type().Underlying().(*types.Map)
		return isMap && token.IsExported(r.Parent().Name()) || isPointer(value.Type())
	case ssa.CallInstruction:
		return callChanges(value, r.Common(), depth)
	}
	return false
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// part reports whether what is looked up in a map is changed.
func part(lookup *ssa.Lookup, depth int) bool {
	if lookup.CommaOk {
		return changes(lookup, depth+1) // through what is taken out of the pair
	}
	return shares(lookup.Type()) && changes(lookup, depth+1)
}

func rangeChanges(over *ssa.Range, depth int) bool {
	for _, next := range *over.Referrers() {
		if next, ok := next.(*ssa.Next); ok && changes(next, depth+1) {
			return true
		}
	}
	return false
}

// callChanges reports whether a call may change what it is given.
func callChanges(value ssa.Value, call *ssa.CallCommon, depth int) bool {
	switch callee := call.Value.(type) {
	case *ssa.Builtin:
		switch callee.Name() {
		case "append", "copy", "delete", "clear":
			return len(call.Args) > 0 && call.Args[0] == value
		}
		return false
	case *ssa.Function:
		if callee.Blocks == nil || len(callee.Params) != len(call.Args) {
			return changesByName(callee)
		}
		for i, argument := range call.Args {
			if argument == value && changes(callee.Params[i], depth+1) {
				return true
			}
		}
		return false
	}
	return true // somebody unknown
}

// changesByName reports whether a function of another package says by its name that it changes what it is given.
func changesByName(callee *ssa.Function) bool {
	for _, word := range []string{"Copy", "Delete", "Insert", "Sort", "Reverse", "Replace", "Compact", "Set", "Add", "Remove", "Update", "Merge", "Reset", "Clear", "Unmarshal", "Decode"} {
		if strings.HasPrefix(callee.Name(), word) {
			return true
		}
	}
	return false
}
