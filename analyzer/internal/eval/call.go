package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// invocation is one call about to be executed.
type invocation struct {
	f           *frame
	it          *item
	instruction *summary.Instruction
	call        *summary.Call
	reference   summary.Reference
	callee      *callee // what its name says
	function    *summary.Function
	arguments   []Value // receiver first for methods; without the function value of a dynamic call
	value       Value   // function value or interface receiver
	chain       *Chain
	block       int32
	index       int
}

// call executes a call and returns how it can come back.
func (r *run) call(f *frame, it *item, instruction *summary.Instruction) []exit {
	return r.invoke(f, it, instruction, r.operands(f, it, instruction.Operands), it.block, it.index)
}

func (r *run) invoke(f *frame, it *item, instruction *summary.Instruction, operands []Value, block int32, index int) []exit {
	in := &invocation{f: f, it: it, instruction: instruction, call: instruction.Call, arguments: operands, block: block, index: index}
	it.mine, it.calling = nil, true
	owner := f.function.Owner()
	switch in.call.Mode {
	case summary.BuiltinCall:
		return r.builtin(in)
	case summary.StaticCall:
		in.reference = owner.References[in.call.Callee]
		in.function = r.lookup(owner, in.reference)
	case summary.DynamicCall:
		in.value, in.arguments = operands[0], operands[1:]
		if in.value.Kind == Nil {
			return []exit{{state: it.state, fatal: true}}
		}
		r.resolveFunction(in)
	case summary.InterfaceCall:
		in.value = operands[0]
		if in.value.Kind == Nil {
			return []exit{{state: it.state, fatal: true}}
		}
		r.resolveMethod(in)
	}
	in.callee = r.calleeOf(in.reference, in.call.Method)
	in.chain = r.link(f.chain, f.function, instruction, block, int32(index), in.value, r.turn(f, it))
	in.chain.Arguments = in.arguments
	if r.observer != nil {
		r.observer.Call(&Observation{Chain: in.chain, Instruction: instruction, Callee: in.reference, Arguments: in.arguments, Memory: r.shown(it)})
	}
	if in.callee.queues || in.reference.Name == "time.AfterFunc" {
		r.asksAgain(f, it)
	}
	if outcomes, ok := r.modelled(in); ok {
		return outcomes
	}
	if in.call.IsOCI && in.function == nil {
		return r.site(in)
	}
	if outcomes, ok := r.library(in); ok {
		return outcomes
	}
	if in.function != nil && r.worthEntering(in) {
		return r.enterFunction(in)
	}
	if in.call.Mode == summary.DynamicCall && it.state.phase == After && r.onChosenWay(f, it) {
		it.state = it.state.fork()
		it.state.decided = true // a cancel function, or another that ends what goes round
	}
	return r.unknown(in)
}

// resolveFunction finds the body of a function value.
func (r *run) resolveFunction(in *invocation) {
	if in.value.Kind != Function {
		return
	}
	in.reference = summary.Reference{Package: in.value.Path, Name: in.value.Text}
	in.function = r.lookup(in.value.Owner, in.reference)
	if in.function != nil && len(in.value.Args) > 0 {
		in.arguments = append(append([]Value(nil), in.arguments...), in.value.Args...)
	}
}

// resolveMethod finds the method of a dynamic type.
func (r *run) resolveMethod(in *invocation) {
	if in.value.Kind != Interface {
		return
	}
	for _, method := range in.value.Type.Methods {
		if method.Name == in.call.Method && method.Function >= 0 {
			in.reference = in.value.Owner.References[method.Function]
			in.function = r.lookup(in.value.Owner, in.reference)
			in.arguments = append([]Value{in.value.Args[0]}, in.arguments[1:]...)
			return
		}
	}
}

// worthEntering decides whether a body is run. Bodies that touch neither an OCI call, nor the error, nor a function
// value, nor are small are only known by name.
func (r *run) worthEntering(in *invocation) bool {
	if in.f.depth >= maxDepth {
		return false
	}
	again := 0
	for link := in.f.chain; link != nil; link = link.Up {
		if link.Function == in.function {
			again++
		}
	}
	if in.f.function == in.function {
		again++
	}
	if again > maxRecursion {
		return false
	}
	t := r.traitsOf(in.function)
	if t.sends && !r.quiet && (in.it.state.phase == Before || t.sent[in.it.state.target.Operation]) || t.size <= maxSmall && !r.coarse || t.size <= maxTiny {
		return true
	}
	if in.it.state.phase == After && t.waits && t.size <= maxMedium {
		return true
	}
	for _, argument := range in.arguments {
		if maxTaint(argument) > Clean || argument.Kind == Function || argument.Kind == Slice && holdsFunctions(r, in.it.state, argument) {
			return true
		}
	}
	return false
}

const (
	maxRecursion = 5 // frames of one function: a search through a short list by recursion

	maxTiny   = 12  // instructions with callees: a getter
	maxSmall  = 400 // instructions with callees: a constructor, a classifier, a getter
	maxMedium = 2_000
)

func holdsFunctions(r *run, s *state, slice Value) bool {
	elements, _ := r.elements(s, slice)
	for _, element := range elements {
		if element.Kind == Function || element.Kind == Option {
			return true
		}
	}
	return false
}

// enterFunction runs the callee's body.
func (r *run) enterFunction(in *invocation) []exit {
	arguments := in.arguments
	want := len(in.function.Parameters) + len(in.function.FreeVariables)
	for len(arguments) < want {
		arguments = append(arguments[:len(arguments):len(arguments)], r.free("argument:"+in.function.Name+itoa(len(arguments)), 0))
	}
	inner := &frame{session: r.Session, function: in.function, chain: in.chain, depth: in.f.depth + 1, arguments: arguments}
	if in.it.state.phase == After {
		inner.chosen, inner.failing = r.onChosenWay(in.f, in.it), r.onFailingWay(in.f, in.it)
	}
	entry := in.it.state.memory
	exits := r.execute(inner, in.it.state.fork())
	for i := range exits {
		r.sweep(entry, &exits[i])
	}
	return exits
}

// site executes an OCI call.
func (r *run) site(in *invocation) []exit {
	s := in.it.state
	r.sends++
	if s.phase == After {
		return r.laterSend(in)
	}
	if r.sites != nil && (r.sites[in.chain.Key] != nil || in.chain.isRecursive()) {
		return r.anyOutcome(in)
	}
	if !r.quiet {
		r.record(in)
	}
	success := exit{state: in.it.state.fork(), results: r.succeeded(in, 0)}
	return []exit{success}
}

func (r *run) targetOf(in *invocation) *Target {
	t := &Target{Chain: in.chain, Call: in.instruction, Operation: in.call.Operation, Service: in.call.Service}
	if in.call.Request >= 0 {
		t.Request, t.Token, t.Policy = r.requestOf(in)
	} else {
		t.Request = r.deep(in.it.state, r.tuple(in.arguments[1:]...), 0)
	}
	t.Client = r.clientOf(in)
	if in.f.function.Owner() == r.Local && in.call.Request >= 0 && in.chain.Depth == 0 {
		t.Direct = true
	}
	return t
}

func (r *run) requestOf(in *invocation) (request, token, policy Value) {
	shift := 0
	if in.call.Mode == summary.DynamicCall {
		shift = 1
	}
	value := in.arguments[int(in.call.Request)-shift]
	if value.Kind == Pointer || value.Kind == Free && value.Text == "*" {
		value = r.load(in.it.state, value, in.f.function.Owner(), -1)
	}
	token = r.deep(in.it.state, r.field(value, "OpcRetryToken"), 0)
	policy = r.deep(in.it.state, r.field(r.field(value, "RequestMetadata"), "RetryPolicy"), 0)
	return r.deep(in.it.state, value, 0), token, policy
}

// clientOf identifies through what a request is sent.
func (r *run) clientOf(in *invocation) Value {
	switch {
	case in.value != nil:
		return r.deep(in.it.state, in.value, 0)
	case len(in.arguments) > 0 && in.call.Request != 0:
		return r.deep(in.it.state, in.arguments[0], 0)
	}
	return r.nilValue(Clean)
}

// laterSend executes an OCI call after the target answered: the same request again, or something else.
func (r *run) laterSend(in *invocation) []exit {
	s := in.it.state.fork()
	later := r.targetOf(in)
	r.noteToken(in, s, later)
	target := s.target
	if later.Operation == target.Operation {
		if r.row == nil && !s.strayed {
			r.secondSend(target, in.chain) // states are joined: whether the request is the same cannot be told
		}
		again := r.sameValue(s, later.Request, target.Request) || in.instruction == target.Call && fromTheFirst(target.Request, later.Request)
		hangs := r.hangsOn(in, target, later, again)
		if again && later.Client == target.Client && maxTaint(later.Request) < OnRow && !r.anyway(target, in.chain) && !r.looksAnew(s) {
			end := End{Ending: Resent, Second: in.chain, Token: later.Token, Same: r.sameValue(s, later.Token, target.Token), State: s, hangsOn: hangs}
			r.result.Ends = append(r.result.Ends, end)
			if !s.strayed {
				r.secondSend(target, in.chain)
			}
			r.result.Spent = r.result.Spent || s.spent
			return nil
		}
		if in.chain.Key != target.Chain.Key {
			s.looksAt()
		}
	} else if r.Reads(later.Service, later.Operation) {
		s.looksAt()
		s.listed = s.listed || len(s.left) > 0 && !ForElement(later.Request) && !answeredIn(later.Request, maxDeep)
	}
	s.changed = s.changed || !r.Reads(later.Service, later.Operation)
	name := in.chain.Key
	n := s.count(r.object("later:" + name))
	response := r.free("response:later:"+name+"#"+itoa(int(n)), Unique)
	if r.row == nil && in.chain.Key == target.Chain.Key {
		strayed := s.fork()
		strayed.strayed = true
		return []exit{
			{state: s, results: []Value{response, r.nilValue(Clean)}},
			{state: strayed, results: []Value{response, r.free(laterError+name+"#"+itoa(int(n)), Unique|NonNil)}},
		}
	}
	return []exit{{state: s, results: []Value{response, r.free(laterError+name+"#"+itoa(int(n)), Unique)}}}
}

// looksAnew reports whether a second send of the failed target would look at what a state-changing call may have made or
// changed in between, whatever that one answered.
func (r *run) looksAnew(s *state) bool {
	return r.row != nil && s.changed && r.Reads(s.target.Service, s.target.Operation)
}

// answeredIn reports whether another call's answer, or what differs from round to round, is part of a request: the next
// page, or the next thing.
func answeredIn(v Value, levels int) bool {
	for _, kind := range []string{"response:", "join:", "round:", eitherPrefix} {
		if strings.HasPrefix(v.Text, kind) {
			return true
		}
	}
	for _, part := range v.Args {
		if levels > 0 && answeredIn(part, levels-1) {
			return true
		}
	}
	return false
}

// looksAt notes that a path goes on to look at the resource. In another round of a cycle that the target stands in it is
// another thing that is looked at.
func (s *state) looksAt() {
	s.looked = s.looked || !s.again
	s.lookedLate = s.lookedLate || len(s.usedUp) > 0
}

// laterError begins the names of what the calls return that come after the one that has failed.
const laterError = "error:later:"

// anyway reports whether a second send stands elsewhere and success comes to it as well.
func (r *run) anyway(target *Target, second *Chain) bool {
	return r.control != nil && second.Key != target.Chain.Key && r.control.Seconds[target.Chain.Key][second.Key]
}

// secondSend notes where a call's operation is sent again.
func (r *run) secondSend(target *Target, second *Chain) {
	key := target.Chain.Key
	if r.result.Seconds[key] == nil {
		r.result.Seconds[key] = map[string]bool{}
	}
	r.result.Seconds[key][second.Key] = true
}

// succeeded returns the results of an OCI call that succeeded.
func (r *run) succeeded(in *invocation, flags Flag) []Value {
	taint := Clean
	if flags&Outcome != 0 {
		taint = Presence
	}
	n := in.it.state.fork1(in.it).count(r.object("sent:" + in.chain.Key))
	response := r.make(Node{Kind: Free, Text: "response:" + in.chain.Key + "#" + itoa(int(n)), Flags: flags | Unique | NonNil})
	return []Value{response, r.nilValue(taint)}
}

// failed returns the results of an OCI call that the service answered with the row: the caller's response has
// RawResponse and OpcRequestId only.
func (r *run) failed(in *invocation) []Value {
	failure := r.make(Node{Kind: ServiceError, Row: r.row, Taint: OnRow})
	if in.call.Request >= 0 && r.Version.Known {
		if _, _, policy := r.requestOf(in); r.exhausted(policy) {
			failure = r.undetermined("an exhausted policy's error")
		}
	}
	owner := in.f.function.Owner()
	result := owner.TypeAt(in.instruction.Type)
	if result.Kind != summary.TupleType || len(result.Elems) == 0 {
		return []Value{r.undetermined("response"), failure}
	}
	return []Value{r.failedResponse(owner, result.Elems[0]), failure}
}

func (r *run) failedResponse(owner *summary.Package, index int32) Value {
	t := owner.TypeAt(index)
	switch t.Kind {
	case summary.StructType:
		zero := r.expand(r.make(Node{Kind: Zero, Type: t, Owner: owner}))
		fields := append([]Value(nil), zero.Args...)
		for i, field := range t.Fields {
			switch {
			case field.Name == "RawResponse" && !r.Version.Lacks(2, 1, 0):
				fields[i] = r.make(Node{Kind: HTTPResponse, Row: r.row, Taint: OnRow})
			case field.Name == "OpcRequestId" && !r.Version.Lacks(17, 2, 0):
				fields[i] = r.free("OpcRequestId", NonNil)
			}
		}
		return r.make(Node{Kind: Struct, Type: t, Owner: owner, Args: fields})
	case summary.InterfaceType:
		return r.make(Node{Kind: Response, Row: r.row, Taint: OnRow})
	}
	return r.undetermined("response")
}

// httpField reads a field of the failed response.
func (r *run) httpField(x Value, name string) Value {
	r.result.Sensitive = true
	switch name {
	case "StatusCode":
		return r.said(inquiry.Status, x.Row)
	case "Header":
		return r.make(Node{Kind: HTTPHeader, Row: x.Row, Taint: OnRow})
	case "Request":
		return r.free("http request", NonNil)
	}
	return r.undetermined("the response's " + name)
}

// maxDeep bounds how far a request's parts are followed.
const maxDeep = 8

// ignored are the parts of a request that do not make it a different one.
var ignored = map[string]bool{"OpcRetryToken": true, "RequestMetadata": true, "OpcRequestId": true, "OpcClientRequestId": true}

// deep replaces addresses in a value by what they hold, so that two requests built at different places are equal
// exactly when they say the same.
func (r *run) deep(s *state, v Value, depth int) Value {
	if depth > maxDeep {
		return v
	}
	switch v.Kind {
	case Pointer:
		content, ok := r.content(s, v.Object)
		if !ok {
			return v
		}
		return r.make(Node{Kind: Tuple, Text: "&", Args: []Value{r.deep(s, r.at(content, v.Path), depth+1)}})
	case Slice:
		elements, ok := r.elements(s, v)
		if !ok {
			return v
		}
		return r.make(Node{Kind: Array, Args: r.deepAll(s, elements, depth)})
	case Map:
		if content := r.mapContent(s, v); content != nil {
			return r.make(Node{Kind: MapContent, Open: content.Open, Args: r.deepAll(s, content.Args, depth)})
		}
	case Zero:
		return r.deep(s, r.expand(v), depth)
	case Struct:
		parts := make([]Value, len(v.Args))
		for i, part := range v.Args {
			if i < len(v.Type.Fields) && depth == 0 && ignored[v.Type.Fields[i].Name] {
				parts[i] = r.nilValue(Clean)
				continue
			}
			parts[i] = r.deep(s, part, depth+1)
		}
		return r.make(Node{Kind: Struct, Type: v.Type, Owner: v.Owner, Args: parts})
	case Interface, Array, Tuple:
		return r.make(Node{Kind: v.Kind, Type: v.Type, Owner: v.Owner, Text: v.Text, Args: r.deepAll(s, v.Args, depth)})
	case Free:
		if isEither(v) {
			n := *v
			n.Args = append([]Value{v.Args[0]}, r.deepAll(s, v.Args[1:], depth)...)
			return r.make(n)
		}
	}
	return v
}

func (r *run) deepAll(s *state, values []Value, depth int) []Value {
	parts := make([]Value, len(values))
	for i, value := range values {
		parts[i] = r.deep(s, value, depth+1)
	}
	return parts
}

// asItIs tells an address from the same one with another content: what is computed from a buffer is something else once
// the buffer was written to.
func (r *run) asItIs(s *state, v Value) Value {
	switch v.Kind {
	case Pointer, Slice:
		if content, ok := r.content(s, v.Object); ok {
			return r.make(Node{Kind: Tuple, Text: "with", Args: []Value{v, content}})
		}
	case Map:
		if content := r.mapContent(s, v); content != nil {
			return r.make(Node{Kind: Tuple, Text: "with", Args: []Value{v, content}})
		}
	case Interface:
		inner := v.Args[0]
		if changed := r.asItIs(s, inner); changed != inner {
			return r.make(Node{Kind: Interface, Type: v.Type, Owner: v.Owner, Args: []Value{changed}})
		}
		if inner.Kind == Free && (v.Type.Kind == summary.SliceType || v.Type.Kind == summary.PointerType) {
			return r.make(Node{Kind: Interface, Type: v.Type, Owner: v.Owner, Args: []Value{r.lastChanged(s, inner)}})
		}
	}
	return v
}

// lastChanged tells a buffer of which only the address is known from the same one after somebody may have written to it.
func (r *run) lastChanged(s *state, v Value) Value {
	changed := r.object(changedPrefix + itoa(v.ID))
	if s.holds(changed) == nil {
		s.store(changed, r.nilValue(Clean))
	}
	return r.make(Node{Kind: Tuple, Text: "with", Args: []Value{v, s.holds(changed)}})
}

// readBytes returns arguments as they are for a function that reads them.
func (r *run) readBytes(s *state, reference summary.Reference, arguments []Value) []Value {
	seen := make([]Value, len(arguments))
	for i, argument := range arguments {
		seen[i] = r.asItIs(s, argument)
		if argument.Kind == Free && strings.HasPrefix(reference.Package, "encoding/") {
			seen[i] = r.lastChanged(s, argument)
		}
	}
	return seen
}

// bodyCalled returns the body of what an instruction calls, defers or starts, nil if it has none here; operands are the
// instruction's.
func (r *run) bodyCalled(f *frame, instruction *summary.Instruction, operands []Value) *summary.Function {
	owner := f.function.Owner()
	switch instruction.Call.Mode {
	case summary.StaticCall:
		return r.lookup(owner, owner.References[instruction.Call.Callee])
	case summary.DynamicCall:
		return r.Body(operands[0])
	}
	return nil
}

// runDefers runs the deferred calls, the last first, each in every state the ones before left.
func (r *run) runDefers(f *frame, it *item) []*state {
	states := []*state{it.state}
	for d := it.deferred; d != nil; d = d.next {
		var after []*state
		recording := r.recording
		r.recording = false // what a deferred call sends is looked at in its own function
		for _, s := range states {
			inner := *it
			inner.state = s
			for _, outcome := range r.invoke(f, &inner, d.instruction, d.arguments, d.block, int(d.index)) {
				if !outcome.fatal {
					after = append(after, outcome.state)
				}
			}
		}
		r.recording = recording
		states = after
		if len(states) > maxStates {
			states = states[:maxStates]
		}
	}
	return states
}

// goes notes what a goroutine is given; it is not run here, its function is looked at by itself.
func (r *run) goes(f *frame, it *item, instruction *summary.Instruction) {
	it.change()
	r.asksAgain(f, it)
	for _, operand := range instruction.Operands {
		value := r.operand(f, it, operand)
		r.handOver(it.state, value)
		if value.Kind == Function {
			r.havocCaptured(it.state, value, r.free("go:"+f.place()+itoa(it.index), Unique))
		}
	}
}

// handOver notes that somebody got the error and may keep it.
func (r *run) handOver(s *state, v Value) {
	if s.phase == After && !s.kept && r.reaches(s, v, 0) {
		s.noted, s.kept = true, true
	}
}

// tell notes that the error was told: logged, printed, counted.
func (r *run) tell(s *state, v Value) {
	if s.phase == After && !s.noted && r.reaches(s, v, 0) {
		s.noted = true
	}
}

// reaches reports whether the row's error is a value, inside it or behind its addresses.
func (r *run) reaches(s *state, v Value, depth int) bool {
	if holdsError(v) {
		return true
	}
	if depth > 6 {
		return false
	}
	switch v.Kind {
	case Pointer:
		content := s.holds(v.Object)
		return content != nil && r.reaches(s, content, depth+1)
	case Slice:
		content := s.holds(v.Object)
		return content != nil && r.reaches(s, content, depth+1)
	case Map:
		content := s.holds(v.Object)
		return content != nil && r.reaches(s, content, depth+1)
	case Struct, Array, Tuple, MapContent, Interface, Function, Wrapped, Flattened, Text:
		for _, argument := range v.Args {
			if r.reaches(s, argument, depth+1) {
				return true
			}
		}
	case Constant:
		return v.Taint == OnRow
	case Free:
		return isErrorList(v)
	case Undetermined:
		return true
	}
	return false
}

// havoc forgets what an unknown callee may have changed behind an address it was given.
func (r *run) havoc(s *state, v Value, change Value) {
	switch v.Kind {
	case Pointer:
		if content, ok := r.content(s, v.Object); ok {
			if strings.HasPrefix(r.names[v.Object-1], "global:") {
				return
			}
			if maxTaint(content) == OnRow {
				s.store(v.Object, r.with(content, v.Path, r.undetermined("changed"), nil))
				return
			}
			s.store(v.Object, r.with(content, v.Path, r.changed(v.Object, change), nil))
		}
	case Interface:
		r.havoc(s, v.Args[0], change)
	case Function:
		r.havocCaptured(s, v, change)
	case Slice:
		content := s.holds(v.Object)
		if content != nil && content.Kind == Array {
			for _, element := range content.Args {
				r.havoc(s, element, change) // what its elements lead to
			}
		}
		if content != nil && maxTaint(content) == OnRow {
			s.store(v.Object, r.undetermined("changed"))
		} else if content != nil {
			s.store(v.Object, r.changed(v.Object, change))
		}
	case Map:
		if content := s.holds(v.Object); content != nil && content.Kind == MapContent {
			s.store(v.Object, r.make(Node{Kind: MapContent, Args: content.Args, Open: true, Text: change.Text}))
		}
	case Free:
		if v.Text == "slice" && v.Args[0].Kind == Tuple {
			r.havoc(s, v.Args[0].Args[0], change) // a part of it
		}
		if object, loaded := r.known(symbolicPrefix + itoa(v.ID)); loaded && (s.holds(object) == nil || maxTaint(s.holds(object)) < OnRow) {
			s.store(object, r.changed(object, change))
		}
	}
}

// changed is what an object holds after somebody unknown had its address.
func (r *run) changed(object int, change Value) Value {
	return r.make(Node{Kind: Free, Text: "changed:" + itoa(object), Flags: Unique | change.Flags&Fresh, Args: []Value{change}})
}

// havocCaptured forgets what a function value may change when somebody unknown calls it.
func (r *run) havocCaptured(s *state, v Value, change Value) {
	dependent := false
	for _, captured := range v.Args {
		dependent = dependent || r.reaches(s, captured, 0)
	}
	for _, captured := range v.Args {
		if captured.Kind != Pointer {
			continue
		}
		if dependent {
			s.store(captured.Object, r.undetermined("changed"))
		} else {
			r.havoc(s, captured, change)
		}
	}
}
