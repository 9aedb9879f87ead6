// Package cfg tells from the shape of functions, before anything is run, which of them and which of their OCI calls no
// rule can report.
//
// A call can only be reported if its failure leads somewhere: to another send, or to a question that tells one error
// from another. So the one thing asked of the control-flow graph is what lies on the ways on from a call that has
// failed, up to the ends of its function: the ways are those of the tests of its error for nil. Where nothing lies there
// but logging and a return, the same is asked of the call of that function, and so on up to the function under analysis.
//
// The filter errs on one side. What it lets through is run and may turn out to be nothing; what it takes out is silent
// for certain. So whatever it cannot follow (a function value, a goroutine, a retry helper) it lets through.
package cfg

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Program tells the filter what the bodies do not say by themselves.
type Program interface {
	// Bodies returns the bodies that an instruction may run, as far as they are known: its callee's, and those of the
	// functions that it names.
	Bodies(function *summary.Function, instruction *summary.Instruction) []*summary.Function
	// Body returns the body that a reference of a package names, nil if there is none.
	Body(owner *summary.Package, reference summary.Reference) *summary.Function
	// Helper reports whether a function calls again what it is given, after an error.
	Helper(reference summary.Reference) bool
	// Near returns the packages whose functions the package under analysis names, with itself.
	Near() []*summary.Package
}

// Filter tells what need not be run of one package.
type Filter struct {
	program Program
	local   *summary.Package
	wanted  map[*summary.Instruction]bool
	near    []*summary.Package

	requests map[summary.Reference]bool // variables that may hold a request with a policy

	nodes   map[*summary.Function]*node
	own     map[*summary.Function]*Effects
	stack   []*summary.Function
	counter int
	methods map[*summary.Package]map[method][]*summary.Function
	failing map[place]outcome
	certain map[*summary.Function]bool
	family  map[string][]*summary.Function
}

// place is an instruction of a function.
type place struct {
	function    *summary.Function
	instruction *summary.Instruction
}

// New makes the filter of a package. What the instructions in wanted store somebody asks for: they have to be run.
func New(program Program, local *summary.Package, wanted map[*summary.Instruction]bool) *Filter {
	near := program.Near()
	f := &Filter{
		program: program, local: local, wanted: wanted, near: near,
		requests: requestsIn(near),
		nodes:    map[*summary.Function]*node{}, own: map[*summary.Function]*Effects{},
		methods: map[*summary.Package]map[method][]*summary.Function{}, failing: map[place]outcome{}, certain: map[*summary.Function]bool{}, family: map[string][]*summary.Function{},
	}
	for _, function := range local.Functions {
		name := function.Name
		for {
			f.family[name] = append(f.family[name], function)
			at := strings.LastIndexByte(name, '$')
			if at < 0 {
				break
			}
			name = name[:at]
		}
	}
	return f
}

// Skips reports whether no rule can report anything in a function, so that it need not be run: neither it nor its
// literals ask about errors or set anything, and each call that may send is followed by nothing once it has failed.
func (f *Filter) Skips(function *summary.Function) bool {
	if function.Predicate || function.Pause {
		return false
	}
	for _, member := range f.family[function.Name] {
		own := f.ownEffects(member)
		if own.asks || own.sets || own.again || f.node(member).recursive || !f.sendsInPeace(member) {
			return false
		}
	}
	return true
}

func (f *Filter) node(function *summary.Function) *node {
	f.effectsOf(function)
	return f.nodes[function]
}

// sender is a call of a function that may send.
type sender struct {
	effects *Effects
	certain bool // where one of its OCI calls fails, it returns an error for certain
}

// sendsInPeace reports whether no call of a function gives a rule a reason to run it. A call that may keep a failure to
// itself must not come again, nor another one that may send the same: it may be there because of the failure.
func (f *Filter) sendsInPeace(function *summary.Function) bool {
	var senders []sender
	cycles := Cycles(function)
	for b := range function.Blocks {
		for i := range function.Blocks[b].Instructions {
			instruction := &function.Blocks[b].Instructions[i]
			found, ok := f.sender(function, instruction)
			if !ok || found != nil && !found.certain && cycles[b] != 0 {
				return false
			}
			if found != nil {
				senders = append(senders, *found)
			}
		}
	}
	for i, one := range senders {
		for _, other := range senders[i+1:] {
			if !(one.certain && other.certain) && sendSame(one.effects, other.effects) {
				return false
			}
		}
	}
	return true
}

func sendSame(one, other *Effects) bool {
	for operation := range one.sends {
		if other.sends[operation] {
			return true
		}
	}
	return false
}

// sender returns what an instruction may send, nil if nothing. It is not ok where the instruction is a reason to run its
// function.
func (f *Filter) sender(function *summary.Function, instruction *summary.Instruction) (found *sender, ok bool) {
	call := instruction.Call
	if f.names(function, instruction) {
		return nil, false
	}
	if call == nil {
		return nil, true
	}
	if call.Mode == summary.DynamicCall && !call.IsOCI && !f.isCancel(function, instruction) {
		return nil, false
	}
	e := f.effectsAt(function, instruction)
	if e.quiet() {
		return nil, true
	}
	if e.sets || e.made && f.givesSettings(function, instruction) || call.Blind || instruction.Op != summary.OpCall || len(e.sends) == 0 {
		return nil, false
	}
	outcome := f.ends(function, instruction)
	if outcome == elsewhere {
		return nil, false
	}
	// What is told apart below may get lost here for some errors and not for others.
	if e.asks && (outcome != handedOn || answersBeside(function.Owner(), instruction.Type) || f.givesWords(function, instruction)) {
		return nil, false
	}
	return &sender{e, f.handsOn(function, instruction)}, true
}

// effectsAt returns the effects of a call.
func (f *Filter) effectsAt(function *summary.Function, instruction *summary.Instruction) *Effects {
	e := &Effects{}
	if instruction.Call.IsOCI {
		e.send(instruction.Call.Operation)
	}
	for _, body := range f.bodies(function, instruction) {
		e.add(f.effectsOf(body))
	}
	return e
}

// handsOn reports whether a call returns an error for certain where an OCI call in it fails.
func (f *Filter) handsOn(function *summary.Function, instruction *summary.Instruction) bool {
	for _, body := range f.bodies(function, instruction) {
		if !f.returnsFailures(body) {
			return false
		}
	}
	return true
}

// returnsFailures reports whether a function returns an error for certain where an OCI call in it fails.
func (f *Filter) returnsFailures(function *summary.Function) bool {
	if known, ok := f.certain[function]; ok {
		return known
	}
	f.certain[function] = false // for one that calls itself
	for b := range function.Blocks {
		for i := range function.Blocks[b].Instructions {
			instruction := &function.Blocks[b].Instructions[i]
			if instruction.Call == nil || len(f.effectsAt(function, instruction).sends) == 0 {
				continue
			}
			if f.ends(function, instruction) != handedOn || !f.handsOn(function, instruction) {
				return false
			}
		}
	}
	f.certain[function] = true
	return true
}

// names reports whether an instruction names a function that does what a rule asks about, other than to call it: somebody
// else may call it, once or over and over.
func (f *Filter) names(function *summary.Function, instruction *summary.Instruction) bool {
	for _, operand := range instruction.Operands {
		if operand.Kind != summary.FunctionRef {
			continue
		}
		body := f.program.Body(function.Owner(), function.Owner().References[operand.N])
		if body != nil && !f.effectsOf(body).quiet() {
			return true
		}
	}
	return false
}

// givesSettings reports whether a call is given what a policy may be made of, a number or a function, or what a package
// variable holds.
func (f *Filter) givesSettings(function *summary.Function, instruction *summary.Instruction) bool {
	owner := function.Owner()
	for _, operand := range instruction.Operands {
		switch operand.Kind {
		case summary.Constant:
			if owner.Constants[operand.N].Kind != 's' {
				return true
			}
		case summary.GlobalRef, summary.FunctionRef:
			return true
		case summary.Register:
			t := owner.TypeAt(typeOf(function, operand.N))
			for t.Kind == summary.SliceType || t.Kind == summary.PointerType {
				t = owner.TypeAt(t.Elem)
			}
			if t.Kind == summary.FuncType || t.Name == "time.Duration" || strings.HasPrefix(t.Name, sdk.Common+".") {
				return true
			}
		}
	}
	return false
}

// answersBeside reports whether a call may answer beside its error what it found out about one: a truth, a number, a
// text, an error or anything at all.
func answersBeside(owner *summary.Package, index int32) bool {
	t := owner.TypeAt(index)
	if t.Kind != summary.TupleType {
		return t.Name != "error"
	}
	for i, element := range t.Elems {
		if i == len(t.Elems)-1 && owner.TypeAt(element).Name == "error" {
			continue
		}
		if mayTell(owner, element, 0) {
			return true
		}
	}
	return false
}

// maxFields bounds how far down the fields of a result are looked at.
const maxFields = 3

func mayTell(owner *summary.Package, index int32, depth int) bool {
	switch t := owner.TypeAt(index); t.Kind {
	case summary.BoolType, summary.IntType, summary.UintType, summary.StringType, summary.FloatType:
		return depth == 0
	case summary.PointerType, summary.SliceType:
		return depth < maxFields && mayTell(owner, t.Elem, depth+1)
	case summary.StructType:
		for _, field := range t.Fields {
			if depth < maxFields && mayTell(owner, field.Type, depth+1) {
				return true
			}
		}
		return false
	case summary.InterfaceType:
		return t.Name == "error" || t.Name == "any" || t.Name == "interface{}"
	}
	return depth == 0
}
