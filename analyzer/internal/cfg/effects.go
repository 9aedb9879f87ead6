package cfg

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Effects are what a function, or something that it may call, does as far as the rules ask about it.
type Effects struct {
	sends map[string]bool // the operations of its OCI calls
	asks  bool            // it may tell one error of a service from another
	sets  bool            // a function of the package has to do with retry policies, clients' settings or retry tokens
	made  bool            // a function of another package has to do with retry policies or clients' settings
	again bool            // it hands something to a helper that may call it again
}

func (e *Effects) add(other *Effects) {
	for operation := range other.sends {
		e.send(operation)
	}
	e.asks, e.again = e.asks || other.asks, e.again || other.again
	e.sets, e.made = e.sets || other.sets, e.made || other.made
}

func (e *Effects) send(operation string) {
	if e.sends == nil {
		e.sends = map[string]bool{}
	}
	e.sends[operation] = true
}

// quiet reports whether nothing is done that a rule asks about.
func (e *Effects) quiet() bool { return len(e.sends) == 0 && !e.asks && !e.sets && !e.made && !e.again }

// effectsOf returns a function's effects with those of all that it may call: one set for each strongly connected
// component of the call graph, bottom up (Tarjan).
func (f *Filter) effectsOf(function *summary.Function) *Effects {
	if n := f.nodes[function]; n != nil && n.done {
		return n.effects
	}
	return f.visit(function).effects
}

// node is a function in the walk over the call graph.
type node struct {
	index, low int
	done       bool
	recursive  bool // it may come to be called by itself
	effects    *Effects
}

func (f *Filter) visit(function *summary.Function) *node {
	f.counter++
	n := &node{index: f.counter, low: f.counter, effects: f.ownEffects(function)}
	f.nodes[function] = n
	f.stack = append(f.stack, function)
	for _, callee := range f.callees(function) {
		other := f.nodes[callee]
		switch {
		case other == nil:
			other = f.visit(callee)
			n.low = min(n.low, other.low)
		case !other.done:
			n.low = min(n.low, other.index)
		}
		n.recursive = n.recursive || callee == function
		n.effects.add(other.effects)
	}
	if n.low != n.index {
		return n
	}
	at := len(f.stack) - 1
	for f.stack[at] != function {
		at--
	}
	for _, member := range f.stack[at:] { // what one of them does all may do
		n.effects.add(f.nodes[member].effects)
	}
	for _, member := range f.stack[at:] {
		known := f.nodes[member]
		known.effects, known.done = n.effects, true
		known.recursive = known.recursive || len(f.stack)-at > 1
	}
	f.stack = f.stack[:at]
	return n
}

// callees returns the bodies that a function may run.
func (f *Filter) callees(function *summary.Function) []*summary.Function {
	var found []*summary.Function
	function.Each(func(instruction *summary.Instruction) {
		found = append(found, f.bodies(function, instruction)...)
	})
	return found
}

// bodies returns the bodies that an instruction may run: those of its callee, of what an interface may hold, and of the
// functions that it names, whoever calls them.
func (f *Filter) bodies(function *summary.Function, instruction *summary.Instruction) []*summary.Function {
	found := f.program.Bodies(function, instruction)
	call := instruction.Call
	if call == nil || call.Mode != summary.InterfaceCall {
		return found
	}
	key := method{call.Method, call.Signature}
	for _, pkg := range append([]*summary.Package{function.Owner()}, f.near...) {
		found = append(found, f.methodsOf(pkg)[key]...)
	}
	return found
}

// method is a method by what an interface asks of it.
type method struct{ name, signature string }

// methodsOf returns the methods of all types that a package speaks of.
func (f *Filter) methodsOf(pkg *summary.Package) map[method][]*summary.Function {
	if known, ok := f.methods[pkg]; ok {
		return known
	}
	found := map[method][]*summary.Function{}
	f.methods[pkg] = found
	for i := range pkg.Types {
		if pkg.Types[i].Kind == summary.InterfaceType {
			continue
		}
		for _, m := range pkg.Types[i].Methods {
			if m.Function < 0 {
				continue
			}
			if body := f.program.Body(pkg, pkg.References[m.Function]); body != nil {
				key := method{m.Name, m.Signature}
				found[key] = append(found[key], body)
			}
		}
	}
	return found
}

// ownEffects returns what a function's own instructions do.
func (f *Filter) ownEffects(function *summary.Function) *Effects {
	if known := f.own[function]; known != nil {
		copied := &Effects{}
		copied.add(known)
		return copied
	}
	e := &Effects{}
	uses := usesOf(function)
	function.Each(func(instruction *summary.Instruction) {
		if call := instruction.Call; call != nil {
			if call.IsOCI {
				e.send(call.Operation)
			}
			e.again = e.again || f.isHelper(function, call)
		}
		e.asks = e.asks || asks(function, instruction, uses)
		policies := f.setsPolicies(function.Owner(), instruction)
		if function.Owner() == f.local {
			e.sets = e.sets || policies || setsToken(instruction) || f.wanted[instruction]
		} else {
			e.made = e.made || policies // the tokens of another package are its own business
		}
	})
	f.own[function] = e
	return f.ownEffects(function)
}

// isHelper reports whether a call is one of a retry helper, or of the SDK's own.
func (f *Filter) isHelper(function *summary.Function, call *summary.Call) bool {
	if call.Mode != summary.StaticCall {
		return false
	}
	reference := function.Owner().References[call.Callee]
	return f.program.Helper(reference) || reference.Name == sdk.Common+".Retry"
}

// setsToken reports whether an instruction has to do with a request's retry token.
func setsToken(instruction *summary.Instruction) bool { return instruction.Name == "OpcRetryToken" }

// setsPolicies reports whether an instruction has to do with retry policies, or with how clients are set up.
func (f *Filter) setsPolicies(owner *summary.Package, instruction *summary.Instruction) bool {
	if instruction.Type >= 0 && setsType(owner.TypeAt(instruction.Type).Name) {
		return true
	}
	if call := instruction.Call; call != nil && call.Mode == summary.StaticCall && setsFunction(owner.References[call.Callee]) {
		return true
	}
	for _, operand := range instruction.Operands {
		switch operand.Kind {
		case summary.FunctionRef:
			if setsFunction(owner.References[operand.N]) {
				return true
			}
		case summary.GlobalRef:
			if reference := owner.References[operand.N]; reference.Package == sdk.Common || f.requests[reference] {
				return true
			}
		}
	}
	return false
}

// requestsIn returns the variables of some packages that may hold a request, or what a request takes along, with a policy.
func requestsIn(packages []*summary.Package) map[summary.Reference]bool {
	found := map[summary.Reference]bool{}
	for _, pkg := range packages {
		for i := range pkg.Globals {
			if global := &pkg.Globals[i]; holdsPolicies(pkg, global.Type, 0) {
				found[summary.Reference{Package: pkg.Path, Name: global.Name}] = true
			}
		}
	}
	return found
}

// holdsPolicies reports whether a value of a type has a policy somewhere in its fields and elements.
func holdsPolicies(owner *summary.Package, index int32, depth int) bool {
	t := owner.TypeAt(index)
	if depth > maxFields || setsType(t.Name) {
		return setsType(t.Name)
	}
	if t.Kind == summary.StructType {
		for _, field := range t.Fields {
			if holdsPolicies(owner, field.Type, depth+1) {
				return true
			}
		}
	}
	return t.Elem >= 0 && holdsPolicies(owner, t.Elem, depth+1)
}

func setsType(name string) bool {
	for {
		_, rest, found := strings.Cut(name, sdk.Common+".")
		if !found {
			return false
		}
		for _, counts := range []string{"RetryPolicy", "RequestMetadata", "OCIOperationResponse", "CustomClientConfiguration"} {
			if strings.HasPrefix(rest, counts) {
				return true
			}
		}
		name = rest
	}
}

// setsFunction reports whether a function of the SDK's common package makes a policy, an option or a token, or sets up a
// client.
func setsFunction(reference summary.Reference) bool {
	if strings.HasSuffix(reference.Name, ".SetCustomClientConfiguration") {
		return true
	}
	if reference.Package != sdk.Common {
		return false
	}
	name := reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]
	return strings.Contains(name, "Retry") && !strings.HasPrefix(name, "Is") || strings.HasPrefix(name, "With") || name == "NoPause"
}
