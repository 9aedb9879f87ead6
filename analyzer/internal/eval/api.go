package eval

import (
	"go/constant"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Options of a run of a function.
type Options struct {
	Observer Observer // may be nil
	Coarse   bool     // bodies that have nothing to do with OCI calls or the error are not run, but for getters
}

// Function runs a function of the program from its entry, with free parameters and OCI calls that succeed. It notes
// every OCI call that it comes to, to be answered otherwise.
func (s *Session) Function(function *summary.Function, options Options) *Run {
	r := &run{Session: s, observer: options.Observer, coarse: options.Coarse, root: function, recording: true, result: newRun(), limit: maxSteps}
	if !s.traitsOf(function).sends {
		r.limit = maxAside
	}
	arguments := r.parameters(function)
	r.ended(r.execute(&frame{session: s, function: function, arguments: arguments}, newState()))
	r.result.entries, r.result.executions = r.entries, r.executions
	return r.result
}

// parameters makes a function's parameters symbols: a receiver and those that only bound time or attempts are free,
// others are a factory's, known where it is called.
func (r *run) parameters(function *summary.Function) []Value {
	var arguments []Value
	owner := function.Owner()
	for i, index := range function.Parameters {
		t := owner.TypeAt(index)
		flags := Given
		if i == 0 && strings.HasPrefix(function.Name, "(") {
			flags = 0 // nobody passes what a receiver holds where the method is called
		}
		switch t.Name {
		case "time.Duration", "context.Context":
			flags = 0
		case "time.Time":
			flags = Clock
		}
		symbol := r.make(Node{Kind: Free, Text: parameter + function.Name + ":" + itoa(i), Flags: flags})
		arguments = append(arguments, r.unfold(symbol, owner, index))
	}
	for i := range function.FreeVariables {
		arguments = append(arguments, r.make(Node{Kind: Free, Text: "captured:" + function.Name + ":" + itoa(i), Flags: NonNil}))
	}
	return arguments
}

// Asked is how a predicate is asked: by whom it is watched, if anybody does, and about which operations, if that is known.
type Asked struct {
	Observer   Observer
	Operations []string
	Inquiry    *Inquiry // where what it asks of the row is noted; may be nil
}

// Predicate runs a retry predicate, or a policy's pause, for a row. It returns how it can answer.
func (s *Session) Predicate(function Value, memory *Memory, row *Row, asked Asked) []End {
	r := &run{Session: s, observer: asked.Observer, operations: asked.Operations, quiet: true, result: newRun(), limit: maxSteps}
	if asked.Inquiry == nil {
		asked.Inquiry = &Inquiry{}
	}
	r.meets(row, asked.Inquiry)
	defer r.leaves()
	reference := summary.Reference{Package: function.Path, Name: function.Text}
	body := s.lookup(function.Owner, reference)
	if body == nil || len(body.Parameters) == 0 {
		return nil
	}
	r.root = body
	if len(r.operations) == 0 {
		r.operations = soleOperation(body)
	}
	start := newState()
	if memory != nil {
		start = memory.state.fork()
		start.choices = nil
		start.uncounted()
	}
	start.phase, start.target = After, &Target{Chain: s.link(nil, body, &summary.Instruction{}, 0, 0, nil, 0), Request: r.nilValue(Clean)}
	arguments := r.parameters(body)
	at := 0
	for i, index := range body.Parameters {
		if body.Owner().TypeAt(index).Name == operationResponse {
			at = i
		}
	}
	// Have: a method's receiver is whatever it is; what it holds is free.
	for i := range arguments {
		arguments[i] = r.ungiven(arguments[i])
	}
	arguments[at] = r.operationResponse(body.Owner(), body.Parameters[at])
	for i, captured := range function.Args {
		if len(body.Parameters)+i < len(arguments) {
			arguments[len(body.Parameters)+i] = captured
			if body.Rebound>>i&1 != 0 {
				arguments[len(body.Parameters)+i] = r.free("rebound:"+body.Name+itoa(i), NonNil|Given) // what it holds later is not known
			}
		}
	}
	exits := r.execute(&frame{session: s, function: body, arguments: arguments}, start)
	if r.result.Spent {
		return nil
	}
	var ends []End
	for _, e := range exits {
		if e.state.spent {
			return nil
		}
		end := End{Ending: Returned, Results: e.results, State: e.state}
		if e.fatal {
			end.Ending = Fatal
		}
		ends = append(ends, end)
	}
	return ends
}

// soleOperation returns the operation of the only response type that a predicate asks for: it is made for that one.
func soleOperation(body *summary.Function) []string {
	var operations []string
	for _, block := range body.Blocks {
		for i := range block.Instructions {
			if instruction := &block.Instructions[i]; instruction.Op == summary.OpTypeAssert {
				asserted := body.Owner().TypeAt(instruction.Index)
				operation, ok := strings.CutSuffix(asserted.Name[strings.LastIndexByte(asserted.Name, '.')+1:], "Response")
				if ok && asserted.Kind == summary.StructType && !slices.Contains(operations, operation) {
					operations = append(operations, operation)
				}
			}
		}
	}
	if len(operations) != 1 {
		return nil
	}
	return operations
}

func (r *run) ungiven(v Value) Value {
	if v.Kind == Free {
		return r.make(Node{Kind: Free, Text: v.Text, Flags: v.Flags &^ Given})
	}
	if v.Kind == Struct {
		parts := make([]Value, len(v.Args))
		for i, part := range v.Args {
			n := *part
			n.Flags &^= Given
			n.Args = nil
			for _, inner := range part.Args {
				n.Args = append(n.Args, r.ungiven(inner))
			}
			parts[i] = r.make(n)
		}
		return r.make(Node{Kind: Struct, Type: v.Type, Owner: v.Owner, Args: parts})
	}
	return v
}

const operationResponse = "oci/common.OCIOperationResponse"

// operationResponse is what a predicate is given for a row: the row's error, and a response with RawResponse alone.
func (r *run) operationResponse(owner *summary.Package, index int32) Value {
	zero := r.expand(r.make(Node{Kind: Zero, Type: owner.TypeAt(index), Owner: owner}))
	fields := append([]Value(nil), zero.Args...)
	for i, field := range zero.Type.Fields {
		switch field.Name {
		case "Response":
			fields[i] = r.make(Node{Kind: Response, Row: r.row, Taint: OnRow})
		case "Error":
			fields[i] = r.make(Node{Kind: ServiceError, Row: r.row, Taint: OnRow})
		case "AttemptNumber":
			fields[i] = r.make(Node{Kind: Free, Text: "response's " + field.Name, Flags: Positive | Clock})
		case "EndOfWindowTime":
			fields[i] = r.free("response's "+field.Name, 0)
		default:
			fields[i] = r.make(Node{Kind: Free, Text: "response's " + field.Name, Flags: Clock})
		}
	}
	return r.make(Node{Kind: Struct, Type: zero.Type, Owner: owner, Args: fields})
}

// Yes reports whether a path can answer true, whatever a factory was given.
func (e *End) Yes() bool {
	if e.Ending != Returned || len(e.Results) != 1 {
		return false
	}
	answer := e.Results[0]
	return isTrue(answer) || answer.Kind == Free && maxTaint(answer) < OnRow && (flagsOf(answer)&Given == 0 || isNoneOf(answer))
}

// isNoneOf reports whether a condition is that something is not what a factory was given, or not among it: that holds
// whatever is given, but for the one value.
func isNoneOf(condition Value) bool {
	return condition.Text == "!" && len(condition.Args[0].Args) >= 2
}

// No reports whether a path can only answer false, or panics.
func (e *End) No() bool {
	return e.Ending == Fatal || len(e.Results) == 1 && isFalse(e.Results[0])
}

// ZeroOnly reports whether a path answers the constant zero.
func (e *End) ZeroOnly() bool {
	if e.Ending != Returned || len(e.Results) != 1 {
		return false
	}
	v := e.Results[0]
	return v.Kind == Constant && v.ConstKind() == constant.Int && v.sign() == 0
}

// Load reads through an address as the memory stands.
func (m *Memory) Load(address Value) Value {
	if address.Kind == Pointer {
		return m.run.load(m.state, address, nil, -1)
	}
	return address
}

// Deep replaces addresses in a value by what they hold.
func (m *Memory) Deep(v Value) Value { return m.run.deep(m.state, v, 0) }

// Asserted returns what an error is to a type assertion for the service error: one of the program's own types around
// the row's error is a wrapped one, or without Unwrap a flattened one. One that has the service error's methods is none of
// these, but to the SDK's own question before v65.0.0.
func (m *Memory) Asserted(err Value, bySDK bool) Value {
	if none, known := m.run.assumed(m.state, m.run.isNil(m.state, err, m.run.nilValue(Clean))); known && none {
		return m.run.nilValue(Clean) // another call's, which has not failed on this path
	}
	looksLike := err.Kind == Interface && hasMethod(err.Type, "GetCode") && !(bySDK && m.run.Version.Lacks(65, 0, 0))
	if err.Kind != Interface || looksLike || !m.run.reaches(m.state, err, 0) {
		return err
	}
	if hasMethod(err.Type, "Unwrap") {
		return m.run.make(Node{Kind: Wrapped, Text: "own", Args: []Value{m.run.nilValue(OnRow)}})
	}
	return m.run.make(Node{Kind: Flattened, Taint: OnRow})
}

// Elements returns a slice's elements, if they are known.
func (m *Memory) Elements(slice Value) ([]Value, bool) { return m.run.elements(m.state, slice) }

// Field reads a field of a struct value.
func (m *Memory) Field(v Value, name string) Value { return m.run.field(v, name) }

// Objects calls visit for each object that the run's memory holds, in a fixed order.
func (m *Memory) Objects(visit func(content Value)) {
	m.state.memory.each(func(_ int, content Value) { visit(content) })
}

// Part follows a path into a value.
func (m *Memory) Part(v Value, path string) Value { return m.run.at(v, path) }

// Request returns what an object holds as a request that is sent from there.
func (m *Memory) Request(object int) Value {
	content, ok := m.run.content(m.state, object)
	if !ok {
		return m.run.nilValue(Clean)
	}
	return m.run.deep(m.state, content, 0)
}

// Body returns the body of a function value, nil if it has none here.
func (s *Session) Body(function Value) *summary.Function {
	if function.Kind != Function {
		return nil
	}
	return s.lookup(function.Owner, summary.Reference{Package: function.Path, Name: function.Text})
}

// BodyOf returns the body that a reference of a package names, nil if it has none here.
func (s *Session) BodyOf(owner *summary.Package, reference summary.Reference) *summary.Function {
	return s.lookup(owner, reference)
}

// Bound returns the method that a method value calls: its receiver's, where the value was taken of an interface. It is
// nil for other functions.
func (m *Memory) Bound(function Value) *summary.Function {
	name, ok := strings.CutSuffix(function.Text, "$bound")
	if !ok || len(function.Args) != 1 {
		return nil
	}
	receiver := m.Deep(function.Args[0])
	for receiver.Kind == Tuple && len(receiver.Args) == 1 {
		receiver = receiver.Args[0]
	}
	if receiver.Kind == Interface {
		short := name[strings.LastIndexByte(name, '.')+1:]
		for _, method := range receiver.Type.Methods {
			if method.Name == short && method.Function >= 0 {
				return m.run.lookup(receiver.Owner, receiver.Owner.References[method.Function])
			}
		}
		return nil
	}
	return m.run.lookup(function.Owner, summary.Reference{Package: function.Path, Name: name})
}

// Unrelated reports whether a value is free of the error: another call's answer.
func Unrelated(v Value) bool {
	for v.Kind == Wrapped {
		v = v.Args[0]
	}
	return v.Kind == Free && maxTaint(v) == Clean
}

// HandedIn reports whether a value is what a function was given, as it came, or a part of that.
func HandedIn(v Value) bool {
	for v.Kind == Free && len(v.Args) == 1 && (strings.HasPrefix(v.Text, ".") || v.Text == "*") {
		v = v.Args[0]
	}
	return v.Kind == Free && strings.HasPrefix(v.Text, parameter)
}

// MayBe reports whether a value may be another one because ways have met: on one of them it is.
func MayBe(v, other Value) bool {
	return v == other || v.Kind == Free && (isEither(v) || strings.HasPrefix(v.Text, "join:")) && PartOf(other, v, maxDeep)
}

// Carried reports whether a value is what a variable of a loop holds in any round, before the call.
func Carried(v Value) bool {
	if v.Kind != Free {
		return false
	}
	place, isCounter := strings.CutPrefix(v.Text, counter)
	if !isCounter {
		var isJoined bool
		if place, isJoined = strings.CutPrefix(v.Text, "join:"); !isJoined {
			return false
		}
	}
	return !strings.HasPrefix(place, afterPlace)
}

// Content returns a result with what its addresses hold at a path's end.
func (e *End) Content(s *Session, result Value) Value {
	return (&run{Session: s}).deep(e.State, result, 1)
}

// Place is what a pointer that a function is given points at: what it writes there, its caller gets.
type Place struct {
	object int
	before Value
}

// Places returns where a function may leave something for its caller: behind the pointers among its parameters. What a
// receiver holds is the object's own.
func (s *Session) Places(function *summary.Function) []Place {
	r, owner := &run{Session: s}, function.Owner()
	var places []Place
	for i, argument := range r.parameters(function) {
		if i >= len(function.Parameters) || i == 0 && strings.HasPrefix(function.Name, "(") {
			continue
		}
		if owner.TypeAt(function.Parameters[i]).Kind == summary.PointerType && argument.Kind == Free {
			places = append(places, Place{r.pointee(argument), r.behind(argument)})
		}
	}
	return places
}

// Left returns what a path has left at a place, and whether it has written anything there.
func (e *End) Left(s *Session, at Place) (Value, bool) {
	now := e.State.holds(at.object)
	if now == nil || now == at.before {
		return at.before, false
	}
	return e.Content(s, now), true
}

// NoError reports whether an error that a path ends with may be none.
func (e *End) NoError(s *Session, err Value) bool {
	r := &run{Session: s}
	none := r.isNil(e.State, err, r.nilValue(Clean))
	if taken, known := r.assumed(e.State, none); known {
		return taken
	}
	return !isFalse(none)
}

// OfRow reports whether a value is, holds or was made of the row's error.
func OfRow(v Value) bool { return maxTaint(v) == OnRow }

// HoldsError reports whether the row's error is a value or inside it.
func HoldsError(v Value) bool { return holdsError(v) }

// Reaches reports whether the row's error is in a value or behind its addresses at a path's end.
func (e *End) Reaches(s *Session, v Value) bool {
	return (&run{Session: s}).reaches(e.State, v, 0)
}

// Sends reports whether a function, or something it calls, makes OCI calls.
func (s *Session) Sends(function *summary.Function) bool {
	t := s.traitsOf(function)
	return t.sends
}

// Concerns reports whether a function, or something it calls, has to do with what the rules ask about.
func (s *Session) Concerns(function *summary.Function) bool {
	t := s.traitsOf(function)
	return t.sends || t.concern || t.tells || s.handsToTeller(function)
}

// handsToTeller reports whether a function calls one of its package that takes an error and asks for its text.
func (s *Session) handsToTeller(function *summary.Function) bool {
	for _, block := range function.Blocks {
		for i := range block.Instructions {
			call := block.Instructions[i].Call
			if call == nil || call.Mode != summary.StaticCall {
				continue
			}
			callee := s.Local.Function(function.Owner().References[call.Callee].Name)
			if callee != nil && errorParameter(callee) >= 0 && s.traitsOf(callee).tells {
				return true
			}
		}
	}
	return false
}

// Value returns a function of the local package as a value that captures nothing.
func (s *Session) Value(function *summary.Function) Value {
	return s.function(function.Owner(), summary.Reference{Package: function.Package, Name: function.Name})
}

// Unknown is a value of which nothing is known.
func (s *Session) Unknown(why string) Value { return s.undetermined(why) }

// PackageVariable is the symbol under which the address of a package variable is told.
const PackageVariable = "package variable"

// OfPackage reports whether an address is that of a package variable, or of something a package variable holds.
func (m *Memory) OfPackage(address Value) bool {
	return m.run.isGlobal(address.Object) && m.state.holds(address.Object) == nil
}

// Global stands for a package variable's address: its symbol, flagged when its value comes from outside.
func (m *Memory) Global(address Value) Value {
	content := m.run.load(m.state, address, nil, -1)
	if content.Flags&Outside != 0 || m.filledLater(address.Object) {
		return content
	}
	if content.Kind == Constant && content.Const().ExactString() == `""` || content.Kind == Nil {
		return content
	}
	return m.run.free(PackageVariable, 0, m.run.pointer(address.Object, ""))
}

// TakesError reports whether a function takes an error, or the SDK's service error, as a parameter.
func (s *Session) TakesError(function *summary.Function) bool {
	return errorParameter(function) >= 0
}

func errorParameter(function *summary.Function) int {
	for i, index := range function.Parameters {
		switch function.Owner().TypeAt(index).Name {
		case "error", "oci/common.ServiceError", "oci/common.ServiceErrorRichInfo":
			return i
		}
	}
	return -1
}

// Classifier runs a function that takes an error with a row in it, for what the observer sees. It reports whether the
// answer may be different for another row.
func (s *Session) Classifier(function *summary.Function, row *Row, observer Observer, asked *Inquiry) (sensitive, spent bool) {
	r := &run{Session: s, observer: observer, quiet: true, root: function, result: newRun(), limit: maxSteps}
	r.meets(row, asked)
	defer r.leaves()
	start := newState()
	start.phase, start.target = After, &Target{Chain: s.link(nil, function, &summary.Instruction{}, 0, 0, nil, 0), Request: r.nilValue(Clean)}
	arguments := r.parameters(function)
	arguments[errorParameter(function)] = r.make(Node{Kind: ServiceError, Row: r.row, Taint: OnRow})
	r.execute(&frame{session: s, function: function, arguments: arguments}, start)
	return r.result.Sensitive, r.result.Spent
}

// filledLater reports whether a package variable has no value of its own and its address is given away: a flag or the
// environment fills it.
func (m *Memory) filledLater(object int) bool {
	name, isVariable := strings.CutPrefix(m.run.names[object-1], "global:")
	if !isVariable {
		return false
	}
	path, variable, _ := strings.Cut(name, "#")
	pkg := m.run.packageAt(path)
	if pkg == nil {
		return true
	}
	known := pkg.Global(variable)
	return known == nil || !known.Stable && !known.Assigned
}
