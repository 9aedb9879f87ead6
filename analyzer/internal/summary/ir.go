// Package summary holds what crosses a function or package boundary: function bodies in a small portable form that
// is lowered from go/ssa once, evaluated wherever it is needed, and gob-encoded into the facts of a package.
//
// Local functions and functions of other packages are the same thing to the evaluator, so findings do not depend on
// the driver that carried the bodies. What cannot be expressed (too large, assembly, a panic of go/ssa) has no body,
// and a function without a body is undetermined.
package summary

import (
	"go/token"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// Operation code of an instruction. They follow go/ssa's instructions one to one.
type Op uint8

// The instructions.
const (
	OpInvalid Op = iota
	OpAlloc
	OpPhi
	OpCall
	OpGo
	OpDefer
	OpRunDefers
	OpBinOp
	OpUnOp
	OpLoad
	OpReceive
	OpStore
	OpChangeType
	OpConvert
	OpChangeInterface
	OpMakeInterface
	OpMakeClosure
	OpMakeMap
	OpMakeSlice
	OpMakeChan
	OpSlice
	OpFieldAddr
	OpField
	OpIndexAddr
	OpIndex
	OpLookup
	OpMapUpdate
	OpSelect
	OpRange
	OpNext
	OpTypeAssert
	OpExtract
	OpJump
	OpIf
	OpReturn
	OpPanic
	OpSend
)

// OperandKind says what an operand names.
type OperandKind uint8

// The kinds of operands.
const (
	Register    OperandKind = iota
	Constant                // index into Package.Constants
	Nil                     // zero value of Instruction's operand type: nil
	Zero                    // zero value of the type with this index
	FunctionRef             // index into Package.References
	GlobalRef               // index into Package.References
	BuiltinRef              // index into Package.References
)

// Operand is one input of an instruction.
type Operand struct {
	Kind OperandKind
	N    int32
}

// ConstantValue is a compile-time constant: its exact text and its kind.
type ConstantValue struct {
	Kind uint8 // 'b' bool, 'i' integer, 'f' float, 's' string
	Text string
	Type int32
}

// Reference names a function, global variable or builtin.
type Reference struct {
	Package string
	Name    string // unique across the program: "(*path.T).Method", "path.F$1"
}

// Field is a struct's field.
type Field struct {
	Name string
	Type int32
}

// TypeKind is the shape of a type's underlying type.
type TypeKind uint8

// The shapes.
const (
	OtherType TypeKind = iota
	BoolType
	IntType
	UintType
	FloatType
	StringType
	PointerType
	StructType
	ArrayType
	SliceType
	MapType
	InterfaceType
	FuncType
	ChanType
	TupleType
	ParameterType // a type parameter: nothing is known of it
)

// Type is what the evaluator needs to know of a type. Two types are identical when their names are.
type Type struct {
	Name    string // with canonical package paths
	Kind    TypeKind
	Elem    int32 // of a pointer, slice, array, map (its values) or channel; -1
	Key     int32 // of a map; -1
	Length  int64 // of an array
	Bits    uint8 // of an integer type: 8, 16, 32 or 64
	Fields  []Field
	Elems   []int32  // of a tuple
	Methods []Method // of an interface: what it asks; of another type: what implements them
	HasSets bool     // Methods is the full method set
}

// Method of a type: Name and Signature tell whether an interface is satisfied, Function is what runs.
type Method struct {
	Name      string
	Signature string
	Function  int32 // index into Package.References, or -1 in interfaces
}

// Instruction is one step of a function.
type Instruction struct {
	Op       Op
	Result   int32 // register, or -1
	Type     int32 // of the result; asserted type of a type assertion
	Index    int32 // field, tuple index, number of bindings …
	Token    token.Token
	CommaOK  bool
	Name     string // field name
	Heap     bool   // an allocation that outlives its frame
	Base     int32  // struct type of a field (address), element type of an element address
	Operands []Operand
	Call     *Call
	Pos      token.Pos // 0 in a body that came from a fact
}

// Call holds what a call instruction needs beyond its operands (the arguments; for a method call through an
// interface and for a call of a function value operand 0 is the receiver or the value).
type Call struct {
	Mode      CallMode
	Callee    int32  // static: index into References
	Method    string // interface: its name
	Signature string // interface: its signature
	Receiver  string // interface: the name of its type, "path.Limiter"; "" when it has none
	Variadic  bool
	Operation string // of an OCI call
	Service   string // package of the request or response struct
	Request   int32  // operand index of the request, -1 if none
	IsOCI     bool
	Results   int32 // number of results
	NoBody    bool
	Blind     bool // the error result is never looked at
}

// CallMode says how the callee is found.
type CallMode uint8

// The call modes.
const (
	StaticCall CallMode = iota
	InterfaceCall
	DynamicCall
	BuiltinCall
)

// Block is a basic block.
type Block struct {
	Instructions []Instruction
	Successors   []int32
	Predecessors []int32
}

// Function is a function's body.
type Function struct {
	Name          string
	Package       string
	Registers     int32
	Parameters    []int32  // types; parameters take the first registers
	Called        []string // what the parameters are called
	FreeVariables []int32  // types; they take the next registers
	Results       []int32  // types
	ResultNames   []string
	Blocks        []Block
	Recover       int32  // block, -1 if none
	Rebound       uint64 // bits of the captured variables that are written to after the literal was made
	Variadic      bool
	Parent        string // of a function literal
	Synthetic     bool
	LoopBody      bool // of a range over a function
	Predicate     bool
	Pause         bool
	Exported      bool
	Test          bool
	Dependency    bool // of another module than the one under analysis
	Generated     bool // stands in a generated file
	Pos           token.Pos

	owner *Package
}

// Owner returns the package tables that the function's indices refer to.
func (f *Function) Owner() *Package { return f.owner }

// Each calls visit for each instruction of the function, block by block.
func (f *Function) Each(visit func(*Instruction)) {
	for b := range f.Blocks {
		for i := range f.Blocks[b].Instructions {
			visit(&f.Blocks[b].Instructions[i])
		}
	}
}

// Definition returns the instruction that computes a register, nil for a parameter.
func (f *Function) Definition(register int32) *Instruction {
	for b := range f.Blocks {
		for i := range f.Blocks[b].Instructions {
			if made := &f.Blocks[b].Instructions[i]; made.Result == register {
				return made
			}
		}
	}
	return nil
}

// Global is a package-level variable.
type Global struct {
	Name     string
	Type     int32 // of the variable, not of its address
	Stable   bool  // never written, nor its address given away, outside of initialisers
	Exported bool
	Assigned bool // has an initial value in the source
	Pos      token.Pos
}

// Package is the portable form of one package.
type Package struct {
	Path       string
	SDK        bool // part of a copy of the SDK: bodies are modelled, not carried
	Constants  []ConstantValue
	References []Reference
	Types      []Type
	Globals    []Global
	Functions  []*Function
	Defaults   []string    // SDK service package: operations that start from the default retry policy
	Gets       []string    // SDK service package: operations sent with GET whose name does not tell that they read
	Heads      []string    // SDK service package: operations sent with HEAD
	Known      bool        // Defaults, Gets and Heads have been read from the source
	Version    sdk.Version // of the SDK that the package is part of, or is built with
	Sets       Sets        // what the package, and those that it imports, set

	functions map[string]*Function
	globals   map[string]*Global
	types     map[string]*Type
}

// Link builds the lookup tables; it has to be called after decoding.
func (p *Package) Link() *Package {
	p.functions = make(map[string]*Function, len(p.Functions))
	for _, function := range p.Functions {
		function.owner = p
		p.functions[function.Name] = function
	}
	p.globals = make(map[string]*Global, len(p.Globals))
	for i := range p.Globals {
		p.globals[p.Globals[i].Name] = &p.Globals[i]
	}
	p.types = make(map[string]*Type, len(p.Types))
	for i := range p.Types {
		if known := p.types[p.Types[i].Name]; known == nil || p.Types[i].HasSets {
			p.types[p.Types[i].Name] = &p.Types[i]
		}
	}
	return p
}

// Function returns the body with this name, or nil.
func (p *Package) Function(name string) *Function { return p.functions[name] }

// Global returns the variable with this name, or nil.
func (p *Package) Global(name string) *Global { return p.globals[name] }

// TypeNamed returns the type with this name, or nil.
func (p *Package) TypeNamed(name string) *Type { return p.types[name] }

// TypeAt returns the type with this index.
func (p *Package) TypeAt(index int32) *Type {
	if index < 0 || int(index) >= len(p.Types) {
		return &Type{Elem: -1, Key: -1}
	}
	return &p.Types[index]
}
