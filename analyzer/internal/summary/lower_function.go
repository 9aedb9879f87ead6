package summary

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// function lowers one body. It returns why the function is left without a body, or "".
func (l *lowerer) function(source *ssa.Function) (reason string) {
	defer func() {
		if failure := recover(); failure != nil {
			reason = fmt.Sprintf("lowering: %v", failure)
		}
	}()
	size := 0
	for _, block := range source.Blocks {
		size += len(block.Instrs)
	}
	if size > maxInstructions {
		return fmt.Sprintf("%d instructions, more than %d", size, maxInstructions)
	}
	name := l.functionName(source)
	function := &Function{
		Name: name.Name, Package: name.Package, Recover: -1, Variadic: source.Signature.Variadic(),
		Synthetic: source.Synthetic != "", LoopBody: source.Synthetic == "range-over-func yield", Pos: source.Pos(),
		Predicate: l.source.Recogniser.IsPredicate(source.Signature) && source.Signature.Recv() == nil || l.predicateMethod(source),
		Pause:     l.source.Recogniser.IsPause(source.Signature),
		Test:      strings.HasSuffix(l.source.Fset.Position(source.Pos()).Filename, "_test.go"),
	}
	if source.Parent() != nil {
		function.Parent = l.functionName(source.Parent()).Name
	}
	if object := source.Object(); object != nil {
		function.Exported = object.Exported()
	}
	body := &body{lowerer: l, registers: make(map[ssa.Value]int32, size), function: function}
	for _, parameter := range source.Params {
		body.register(parameter)
		function.Parameters = append(function.Parameters, l.typeIndex(parameter.Type()))
		function.Called = append(function.Called, parameter.Name())
	}
	for _, variable := range source.FreeVars {
		body.register(variable)
		function.FreeVariables = append(function.FreeVariables, l.typeIndex(variable.Type()))
	}
	results := source.Signature.Results()
	for i := range results.Len() {
		function.Results = append(function.Results, l.typeIndex(results.At(i).Type()))
		function.ResultNames = append(function.ResultNames, results.At(i).Name())
	}
	function.Blocks = make([]Block, len(source.Blocks))
	for i, block := range source.Blocks {
		function.Blocks[i] = body.block(block)
	}
	if source.Recover != nil {
		function.Recover = int32(source.Recover.Index)
	}
	function.Registers = int32(len(body.registers))
	for _, anonymous := range source.AnonFuncs {
		l.enqueue(anonymous)
	}
	l.out.Functions = append(l.out.Functions, function)
	return ""
}

// predicateMethod reports whether a method is a predicate by its parameters (its value can be put into a policy).
func (l *lowerer) predicateMethod(source *ssa.Function) bool {
	return source.Signature.Recv() != nil && source.Synthetic == "" && l.source.Recogniser.IsPredicate(source.Signature)
}

type body struct {
	*lowerer
	registers map[ssa.Value]int32
	function  *Function
}

func (b *body) register(value ssa.Value) int32 {
	index, ok := b.registers[value]
	if !ok {
		index = int32(len(b.registers))
		b.registers[value] = index
	}
	return index
}

func (b *body) operand(value ssa.Value) Operand {
	switch value := value.(type) {
	case *ssa.Const:
		return b.constant(value)
	case *ssa.Function:
		return Operand{Kind: FunctionRef, N: b.functionReference(value)}
	case *ssa.Global:
		return Operand{Kind: GlobalRef, N: b.reference(Reference{Package: b.packagePath(value.Pkg.Pkg), Name: b.globalName(value)})}
	case *ssa.Builtin:
		return Operand{Kind: BuiltinRef, N: b.reference(Reference{Name: value.Name()})}
	}
	return Operand{Kind: Register, N: b.register(value)}
}

func (b *body) operands(values ...ssa.Value) []Operand {
	result := make([]Operand, len(values))
	for i, value := range values {
		if value != nil {
			result[i] = b.operand(value)
		} else {
			result[i] = Operand{Kind: Nil}
		}
	}
	return result
}

func (b *body) block(source *ssa.BasicBlock) Block {
	block := Block{Instructions: make([]Instruction, 0, len(source.Instrs)), Successors: indicesOf(source.Succs), Predecessors: indicesOf(source.Preds)}
	for _, instruction := range b.inOrder(source) {
		if lowered, ok := b.instruction(instruction); ok {
			block.Instructions = append(block.Instructions, lowered)
		}
	}
	return block
}

func indicesOf(blocks []*ssa.BasicBlock) []int32 {
	indices := make([]int32, len(blocks))
	for i, block := range blocks {
		indices[i] = int32(block.Index)
	}
	return indices
}

func (b *body) instruction(source ssa.Instruction) (Instruction, bool) {
	i := Instruction{Result: -1, Type: -1, Pos: source.Pos()}
	if value, ok := source.(ssa.Value); ok {
		i.Result = b.register(value)
		i.Type = b.typeIndex(value.Type())
	}
	switch source := source.(type) {
	case *ssa.DebugRef:
		return i, false
	case *ssa.Alloc:
		i.Heap = source.Heap
		i.Op, i.Type = OpAlloc, b.typeIndex(source.Type().Underlying().(*types.Pointer).Elem())
	case *ssa.Phi:
		i.Op, i.Operands = OpPhi, b.operands(source.Edges...)
	case *ssa.Call:
		i.Op = OpCall
		b.call(&i, &source.Call)
		i.Call.Blind = b.blind(source)
	case *ssa.Go:
		i.Op = OpGo
		b.call(&i, &source.Call)
	case *ssa.Defer:
		i.Op = OpDefer
		b.call(&i, &source.Call)
	case *ssa.RunDefers:
		i.Op = OpRunDefers
	case *ssa.BinOp:
		i.Op, i.Token, i.Operands = OpBinOp, source.Op, b.operands(source.X, source.Y)
	case *ssa.UnOp:
		i.Op, i.Token, i.CommaOK, i.Operands = OpUnOp, source.Op, source.CommaOk, b.operands(source.X)
		switch source.Op {
		case token.MUL:
			i.Op = OpLoad
		case token.ARROW:
			i.Op = OpReceive
		}
	case *ssa.Store:
		i.Op, i.Operands = OpStore, b.operands(source.Addr, source.Val)
	case *ssa.ChangeType:
		i.Op, i.Operands = OpChangeType, b.operands(source.X)
	case *ssa.Convert:
		i.Op, i.Operands = OpConvert, b.operands(source.X)
	case *ssa.MultiConvert:
		i.Op, i.Operands = OpConvert, b.operands(source.X)
	case *ssa.ChangeInterface:
		i.Op, i.Operands = OpChangeInterface, b.operands(source.X)
	case *ssa.MakeInterface:
		i.Op, i.Operands, i.Type = OpMakeInterface, b.operands(source.X), b.dynamicType(source.X.Type())
	case *ssa.MakeClosure:
		i.Op = OpMakeClosure
		i.Operands = append(b.operands(source.Fn), b.operands(source.Bindings...)...)
		b.noteRebound(source)
	case *ssa.MakeMap:
		i.Op = OpMakeMap
	case *ssa.MakeSlice:
		i.Op, i.Operands = OpMakeSlice, b.operands(source.Len, source.Cap)
	case *ssa.MakeChan:
		i.Op = OpMakeChan
	case *ssa.Slice:
		i.Op, i.Operands = OpSlice, b.operands(source.X, source.Low, source.High, source.Max)
	case *ssa.FieldAddr:
		i.Op, i.Index, i.Operands = OpFieldAddr, int32(source.Field), b.operands(source.X)
		b.field(&i, source.X.Type().Underlying().(*types.Pointer).Elem())
	case *ssa.Field:
		i.Op, i.Index, i.Operands = OpField, int32(source.Field), b.operands(source.X)
		b.field(&i, source.X.Type())
	case *ssa.IndexAddr:
		i.Op, i.Operands = OpIndexAddr, b.operands(source.X, source.Index)
		i.Base = b.typeIndex(source.Type().Underlying().(*types.Pointer).Elem())
	case *ssa.Index:
		i.Op, i.Operands = OpIndex, b.operands(source.X, source.Index)
	case *ssa.Lookup:
		i.Op, i.CommaOK, i.Operands = OpLookup, source.CommaOk, b.operands(source.X, source.Index)
	case *ssa.MapUpdate:
		i.Op, i.Operands = OpMapUpdate, b.operands(source.Map, source.Key, source.Value)
		b.written(source.Map)
	case *ssa.Select:
		i.Op, i.Index = OpSelect, int32(len(source.States))
		i.CommaOK = source.Blocking
		for _, state := range source.States {
			i.Operands = append(i.Operands, b.operand(state.Chan))
		}
		for _, state := range source.States {
			if state.Send != nil {
				i.Operands = append(i.Operands, b.operand(state.Chan), b.operand(state.Send))
			}
		}
	case *ssa.Range:
		i.Op, i.Operands = OpRange, b.operands(source.X)
	case *ssa.Next:
		i.Op, i.CommaOK, i.Operands = OpNext, source.IsString, b.operands(source.Iter)
	case *ssa.TypeAssert:
		i.Op, i.CommaOK, i.Operands = OpTypeAssert, source.CommaOk, b.operands(source.X)
		i.Index = b.typeIndex(source.AssertedType)
		i.Type = i.Index
	case *ssa.Extract:
		i.Op, i.Index, i.Operands = OpExtract, int32(source.Index), b.operands(source.Tuple)
	case *ssa.Jump:
		i.Op = OpJump
	case *ssa.If:
		i.Op, i.Operands = OpIf, b.operands(source.Cond)
		if !i.Pos.IsValid() {
			i.Pos = source.Cond.Pos()
		}
		if found, ok := source.Cond.(*ssa.Extract); ok {
			if lookup, ok := found.Tuple.(*ssa.Lookup); ok {
				i.Pos = lookup.Pos() // whether a table has an entry
			}
		}
	case *ssa.Return:
		i.Op, i.Operands = OpReturn, b.operands(source.Results...)
	case *ssa.Panic:
		i.Op, i.Operands = OpPanic, b.operands(source.X)
	case *ssa.Send:
		i.Op, i.Operands = OpSend, b.operands(source.Chan, source.X)
	default:
		i.Op = OpInvalid
		for _, operand := range source.Operands(nil) {
			if *operand != nil {
				i.Operands = append(i.Operands, b.operand(*operand))
			}
		}
	}
	return i, true
}

func (b *body) field(i *Instruction, structure types.Type) {
	i.Base = b.typeIndex(structure)
	if u, ok := structure.Underlying().(*types.Struct); ok {
		i.Name = u.Field(int(i.Index)).Name()
	} else if i.Base >= 0 { // a core type of a type parameter
		i.Name = fmt.Sprintf("field%d", i.Index)
	}
}

// call lowers a call: how the callee is found, the arguments, and whether it is an OCI call by its signature.
func (b *body) call(i *Instruction, common *ssa.CallCommon) {
	call := &Call{Request: -1, Results: int32(common.Signature().Results().Len()), Variadic: common.Signature().Variadic()}
	i.Call = call
	i.Pos = common.Pos()
	name, receiver, shift := "", types.Type(nil), 0
	switch callee := common.Value.(type) {
	case *ssa.Builtin:
		call.Mode, call.Method = BuiltinCall, callee.Name()
	case *ssa.Function:
		call.Mode, call.Callee = StaticCall, b.functionReference(callee)
		name = callee.Name()
		if callee.Signature.Recv() != nil {
			receiver, shift = callee.Signature.Recv().Type(), 1
		}
		call.NoBody = callee.Blocks == nil
	default:
		call.Mode, shift = DynamicCall, 1
		i.Operands = append(i.Operands, b.operand(common.Value))
	}
	if common.IsInvoke() {
		call.Mode, call.Method, call.Signature = InterfaceCall, common.Method.Name(), b.typeName(common.Method.Type())
		name = call.Method
		if named, ok := types.Unalias(common.Value.Type()).(*types.Named); ok && named.Obj().Pkg() != nil {
			call.Receiver = b.packagePath(named.Obj().Pkg()) + "." + named.Obj().Name()
		}
	}
	for _, argument := range common.Args {
		i.Operands = append(i.Operands, b.operand(argument))
		b.givenAway(argument)
	}
	if call.Mode == BuiltinCall {
		if (call.Method == "delete" || call.Method == "clear") && len(common.Args) > 0 {
			b.written(common.Args[0])
		}
		return
	}
	if operation, ok := b.source.Recogniser.OperationOf(name, common.Signature(), receiver); ok {
		call.IsOCI, call.Operation, call.Service = true, operation.Name, operation.Service
		if operation.Request >= 0 {
			call.Request = int32(operation.Request + shift)
		}
	}
	if callee, ok := common.Value.(*ssa.Function); ok && callee.Pkg != nil && name == "Retry" && b.source.Recogniser.IsCommon(callee.Pkg.Pkg) {
		b.commonRetry(call, common.Args)
	}
}

// commonRetry takes the SDK's common.Retry for a call of the operation whose request it is given. Which policy the
// operation starts from says nothing of it, so no service is named.
func (b *body) commonRetry(call *Call, arguments []ssa.Value) {
	for i, argument := range arguments {
		if boxed, ok := argument.(*ssa.MakeInterface); ok {
			if operation, ok := b.source.Recogniser.RequestOperation(boxed.X.Type()); ok {
				call.IsOCI, call.Operation, call.Request = true, operation, int32(i)
				return
			}
		}
	}
}

// written notes that the content of a package variable changes after initialisation.
func (b *body) written(value ssa.Value) {
	if b.function.Test || initialises(b.out, b.function) {
		return
	}
	if load, ok := value.(*ssa.UnOp); ok && load.Op == token.MUL {
		b.givenAway(load.X)
	}
}

// givenAway notes that the address of a package variable, or of a part of it, goes somewhere.
func (b *body) givenAway(value ssa.Value) {
	if b.function.Test {
		return
	}
	for {
		switch v := value.(type) {
		case *ssa.FieldAddr:
			value = v.X
			continue
		case *ssa.IndexAddr:
			value = v.X
			continue
		case *ssa.UnOp:
			if _, ok := v.Type().Underlying().(*types.Slice); ok && v.Op == token.MUL {
				return
			}
			return
		case *ssa.MakeInterface:
			value = v.X
			continue
		case *ssa.Global:
			if b.function.Name != b.out.Path+".init" {
				b.unstable[b.globalName(v)] = true
			}
		}
		return
	}
}

// stability decides which package variables keep their initial value: no store outside the initialisers, tests left
// aside, and no address given away.
func (l *lowerer) stability() {
	for _, function := range l.out.Functions {
		if function.Test || initialises(l.out, function) {
			continue
		}
		addresses := map[int32]int32{} // register of an address or element address → reference of its variable
		for _, block := range function.Blocks {
			for _, instruction := range block.Instructions {
				l.noteStore(function, instruction, addresses)
			}
		}
	}
	l.escapes()
	for _, function := range l.out.Functions {
		function.Rebound = l.rebound[function.Name]
	}
	for i := range l.out.Globals {
		global := &l.out.Globals[i]
		global.Stable = !l.unstable[global.Name]
	}
}

// initialises reports whether a function is one of a package's initialisers: of its variables, or named init.
func initialises(pkg *Package, function *Function) bool { return initialiserName(pkg, function.Name) }

// initialiserName does so by its name. A function literal of an initialiser is none: who knows when it is called.
func initialiserName(pkg *Package, name string) bool {
	name, ok := strings.CutPrefix(name, pkg.Path+".init")
	return ok && (name == "" || name[0] == '#' && !strings.Contains(name, "$"))
}

func (l *lowerer) noteStore(function *Function, instruction Instruction, addresses map[int32]int32) {
	global := func(operand Operand) (int32, bool) {
		switch operand.Kind {
		case GlobalRef:
			return operand.N, true
		case Register:
			reference, ok := addresses[operand.N]
			return reference, ok
		}
		return 0, false
	}
	switch instruction.Op {
	case OpFieldAddr, OpIndexAddr:
		if reference, ok := global(instruction.Operands[0]); ok {
			addresses[instruction.Result] = reference
		}
	case OpLoad:
		kind := l.out.TypeAt(instruction.Type).Kind
		if reference, ok := global(instruction.Operands[0]); ok && (kind == SliceType || kind == PointerType) {
			addresses[instruction.Result] = reference
		}
	case OpStore:
		if reference, ok := global(instruction.Operands[0]); ok {
			l.unstable[l.out.References[reference].Name] = true
		}
	}
}
