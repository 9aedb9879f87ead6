package eval

import (
	"go/constant"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

func itoa(n int) string { return strconv.Itoa(n) }

// block runs the instructions of a block from an item on. It adds where to go on and the frame's ends.
func (r *run) block(f *frame, it *item, more []*item, exits []exit) ([]*item, []exit) {
	block := &f.function.Blocks[it.block]
	for it.index < len(block.Instructions) {
		instruction := &block.Instructions[it.index]
		r.steps++
		r.result.Steps = r.steps
		r.frame, r.step = f, instruction
		if r.steps > r.limit {
			r.result.Spent = true
			return more, exits
		}
		switch instruction.Op {
		case summary.OpJump:
			return r.edge(f, it, 0, more), exits
		case summary.OpIf:
			return r.branch(f, it, instruction, more), exits
		case summary.OpReturn:
			results := make([]Value, len(instruction.Operands))
			for i, operand := range instruction.Operands {
				results[i] = r.operand(f, it, operand)
			}
			r.returnsChosen(f, it, results)
			r.answersHere(f, it, instruction, results)
			r.leave(f, it, -1)
			if r.beyond(f, it, -1) {
				return more, exits
			}
			return more, append(exits, exit{state: it.state, results: results})
		case summary.OpPanic:
			r.leave(f, it, -1)
			return more, append(exits, r.panics(f, it, it.state))
		case summary.OpLookup:
			if forks := r.lookupForks(f, it, instruction); forks != nil {
				return append(more, forks...), exits
			}
			if !r.simple(f, it, instruction) {
				r.leave(f, it, -1)
				return more, append(exits, r.panics(f, it, it.state))
			}
		case summary.OpCall:
			outcomes := r.waiting(f, it, instruction)
			if len(outcomes) > 1 {
				outcomes = r.joinOutcomes(f, it, outcomes)
			}
			return r.proceed(f, it, instruction, outcomes, more, exits)
		case summary.OpDefer:
			if f.function.LoopBody && r.bodyCalled(f, instruction, r.operands(f, it, instruction.Operands)) != nil {
				// It runs when the function around the loop returns, which is another frame's: nothing is certain there.
				it.change().spent = true
			}
			it.deferred = &deferral{next: it.deferred, instruction: instruction, arguments: r.operands(f, it, instruction.Operands), block: it.block, index: int32(it.index)}
		case summary.OpRunDefers:
			if it.deferred != nil {
				states := r.runDefers(f, it)
				for _, s := range states {
					next := it.copied()
					next.index++
					next.deferred, next.state = nil, s
					more = append(more, next)
				}
				return more, exits
			}
		case summary.OpGo:
			if r.isAwaited(f, it, instruction) {
				outcomes := r.waiting(f, it, instruction)
				return r.proceed(f, it, instruction, r.joinOutcomes(f, it, outcomes), more, exits)
			}
			r.goes(f, it, instruction)
		case summary.OpSelect:
			if forks := r.selectForks(f, it, instruction); forks != nil {
				return append(more, forks...), exits
			}
			r.simple(f, it, instruction)
		default:
			if !r.simple(f, it, instruction) {
				// A certain nil dereference or a panicking comparison.
				r.leave(f, it, -1)
				return more, append(exits, r.panics(f, it, it.state))
			}
		}
		it.index++
	}
	return more, exits
}

// proceed goes on after a call in each way in which it came back. It adds where to go on and the frame's ends.
func (r *run) proceed(f *frame, it *item, instruction *summary.Instruction, outcomes []exit, more []*item, exits []exit) ([]*item, []exit) {
	phase, index := it.state.phase, it.index
	for _, outcome := range outcomes {
		if outcome.fatal {
			failed := it.copied()
			if outcome.state.phase == After {
				failed.state = outcome.state
			}
			r.leave(f, failed, -1)
			exits = append(exits, r.panics(f, failed, outcome.state))
			continue
		}
		next := it.after(len(outcomes))
		next.index, next.state = index+1, outcome.state
		if instruction.Result >= 0 {
			next.registers.set(instruction.Result, r.result1(outcome.results, instruction.Call.Results))
		}
		if phase == Before && outcome.state.phase == After && r.anyOfThem {
			r.anyRound(f, next)
		}
		r.returned(f, instruction, outcome)
		if outcome.state.phase == After {
			r.handed(func() string {
				return r.link(f.chain, f.function, instruction, it.block, int32(index), nil, r.turn(f, it)).Key
			}, outcome)
		}
		more = append(more, next)
	}
	return more, exits
}

// returned tells the observer what a call of the function under analysis came back with.
func (r *run) returned(f *frame, instruction *summary.Instruction, outcome exit) {
	if r.observer != nil && f.chain == nil && len(outcome.results) > 0 && instruction.Call.Mode != summary.BuiltinCall {
		r.observer.Returned(instruction, outcome.state.target, outcome.results[len(outcome.results)-1])
	}
}

// joinOutcomes makes one of the ways in which a call can come back alike, as long as no OCI call has failed: a row
// of calls in one block would multiply them. Ways that a branch may tell apart, by a constant or nil, stay apart, but
// not in a coarse run.
func (r *run) joinOutcomes(f *frame, it *item, outcomes []exit) []exit {
	var kept []exit
	var first []told
	for _, outcome := range outcomes {
		if outcome.fatal || outcome.state.phase != Before && (r.row != nil || r.quiet || it.state.phase == Before) {
			kept = append(kept, outcome)
			continue
		}
		same := slices.IndexFunc(first, func(t told) bool { return r.coarse || toldAlike(t.results, outcome.results) })
		if same < 0 {
			first = append(first, told{outcome.results, len(kept)})
			kept = append(kept, outcome)
			continue
		}
		at := first[same].at
		kept[at] = r.joinExits(f.place()+":"+itoa(int(it.block))+"."+itoa(it.index), kept[at], outcome)
	}
	return kept
}

// told says which of the kept ways back of a call those are joined into that have results alike.
type told struct {
	results []Value
	at      int
}

// toldAlike reports whether no branch on results can tell for certain which ones they are.
func toldAlike(a, b []Value) bool {
	return slices.EqualFunc(a, b, func(x, y Value) bool { return x == y || !isTold(x) && !isTold(y) })
}

// isTold reports whether a branch on a result may tell it from others.
func isTold(result Value) bool {
	return result.Kind == Constant || result.Kind == Nil || result.Taint > Clean
}

func (r *run) joinExits(place string, a, b exit) exit {
	joined := exit{state: r.join(place, a.state, b.state)}
	defer r.rejoin(r.part(a.state, b.state))
	for i := range min(len(a.results), len(b.results)) {
		joined.results = append(joined.results, r.joinValues(place+"="+itoa(i), a.results[i], b.results[i]))
	}
	return joined
}

func (r *run) result1(results []Value, count int32) Value {
	if count == 1 && len(results) == 1 {
		return results[0]
	}
	return r.tuple(results...)
}

// turn returns the round of a loop that builds something in which an item stands, 0 outside: what is made there is another
// thing in each.
func (r *run) turn(f *frame, it *item) int {
	if r.cycle(f.function)[it.block] == 0 {
		return 0
	}
	return it.turns
}

// edge follows a successor of an item's block, and adds it to where to go on.
func (r *run) edge(f *frame, it *item, successor int, more []*item) []*item {
	to := f.function.Blocks[it.block].Successors[successor]
	r.leave(f, it, to)
	if r.beyond(f, it, to) {
		return more
	}
	if cycles := r.cycle(f.function); cycles[to] != cycles[it.block] {
		it.turns = 0
	}
	it.previous, it.block, it.index = it.block, to, 0
	return append(more, it)
}

// leave notes when a path leaves a cycle that the target stands in: to is the block it goes to, or -1.
func (r *run) leave(f *frame, it *item, to int32) {
	if it.state.phase != After || it.state.strayed {
		return // what other failures lead to says nothing of success
	}
	for link := it.state.target.Chain; link != nil; link = link.Up {
		if !r.isFrameOf(f, link) {
			continue
		}
		cycles := r.cycle(f.function)
		around := cycles[link.Block]
		if around != 0 && to >= 0 && cycles[it.block] == around && cycles[to] == around && to <= it.block {
			it.change().again = true
		}
		if around == 0 || cycles[it.block] != around {
			continue
		}
		r.leaveLoops(f, it, link, to)
		if to < 0 || cycles[to] != around {
			r.noteExit(it, wayOut(link.Key, it.block, to))
		}
	}
}

// branch follows an if: decided conditions one way, others both. It adds where to go on.
func (r *run) branch(f *frame, it *item, instruction *summary.Instruction, more []*item) []*item {
	condition := r.operand(f, it, instruction.Operands[0])
	condition, negated := unwrapNot(condition)
	taint := maxTaint(condition)
	if taint >= Chosen {
		r.result.Sensitive = r.result.Sensitive || taint == OnRow
		it.change()
		at := r.positionIn(f, instruction)
		if call := answeredBy(f.function, instruction.Operands[0], 0); call != nil && (taint == Chosen || !at.IsValid()) {
			at = r.positionIn(f, call) // the other function's decision
		}
		if at.IsValid() { // not in what the compiler makes of a range over a function
			it.state.decision = at
		}
		r.decidesHere(f, it, instruction)
		it.decided = withBlock(it.decided, it.block)
	} else if taint == Presence {
		it.failed = withBlock(it.failed, it.block)
	}
	f.seen.decided = false
	if isTrue(condition) || isFalse(condition) {
		f.seen.decided = taint == Clean
		if isTrue(condition) != negated {
			return r.edge(f, it, 0, more)
		}
		return r.edge(f, it, 1, more)
	}
	if condition.Kind == Undetermined {
		// Two things that cannot be told are two: that both were told alike means nothing.
		condition = r.undetermined(condition.Text + "@" + itoa(r.steps))
	}
	if taken, known := r.assumed(it.state, condition); known {
		successor := 1
		if taken != negated {
			successor = 0
		}
		r.usesUp(f, it, instruction, condition, f.function.Blocks[it.block].Successors[successor])
		return r.edge(f, it, successor, more)
	}
	for _, taken := range []bool{true, false} {
		next := it
		if taken {
			next = it.split()
		}
		r.suppose(next.change(), condition, taken)
		successor := 1
		if taken != negated {
			successor = 0
		}
		r.usesUp(f, next, instruction, condition, f.function.Blocks[it.block].Successors[successor])
		more = r.edge(f, next, successor, more)
	}
	return more
}

// assumed returns how a condition was taken before on this path.
func (r *run) assumed(s *state, condition Value) (taken, known bool) {
	if way := s.assume.get(condition.ID); way != 0 {
		return way == takenTrue, true
	}
	if r.isLastChannel(s, condition) {
		return true, true
	}
	for _, c := range s.choices {
		if c.condition == condition {
			return c.taken, true
		}
	}
	if x, is := comparedWith(condition); x != nil {
		for _, other := range r.equalities[x.ID] {
			if _, another := comparedWith(other); s.assume.get(other.ID) == takenTrue && another.ConstKind() == is.ConstKind() && !constant.Compare(another.Const(), token.EQL, is.Const()) {
				return false, true // it is something else
			}
		}
	}
	return false, false
}

// comparedWith returns what a condition says to be equal to a number or a text, and that; nil for other conditions.
func comparedWith(condition Value) (x, is Value) {
	if condition.Kind != Free || condition.Text != "==" || len(condition.Args) != 2 {
		return nil, nil
	}
	x, is = condition.Args[0], condition.Args[1]
	if x.Kind == Constant {
		x, is = is, x
	}
	if is.Kind != Constant || is.ConstKind() != constant.Int && is.ConstKind() != constant.String {
		return nil, nil
	}
	return x, is
}

// suppose notes that a condition is taken one way. A path that has forked too often to be told is spent. What a
// predicate's factory is given is a choice of its caller; what a function that sends is given is data like any other.
func (r *run) suppose(s *state, condition Value, taken bool) {
	undetermined := condition.Kind == Undetermined || maxTaint(condition) == OnRow
	if undetermined || r.quiet && flagsOf(condition)&Given != 0 {
		if len(s.choices) >= maxForks {
			s.spent = true
		}
		s.choices = append(s.choices[:len(s.choices):len(s.choices)], choice{condition, taken, undetermined})
		return
	}
	if taken && s.phase == After && !s.again && isLaterSuccess(condition) {
		s.decided = true
	}
	s.assumes(condition.ID, wayOf(taken))
	if r.conditions[condition.ID] == nil {
		r.conditions[condition.ID] = condition
		if x, _ := comparedWith(condition); x != nil {
			r.equalities[x.ID] = append(r.equalities[x.ID], condition)
		}
	}
	if taken && condition.Kind == Free && condition.Text == "<" && condition.Args[0].Flags&Clock != 0 {
		// What is above something never negative is above zero: a list with an element is not empty.
		if above, _ := r.binary(s, token.LSS, r.integer(0, Clean), condition.Args[1]); above.Kind == Free {
			s.assumes(above.ID, takenTrue)
		}
	}
}

// isLaterSuccess reports whether a condition says that another OCI call has succeeded.
func isLaterSuccess(condition Value) bool {
	return condition.Kind == Free && condition.Text == "==nil" && strings.HasPrefix(condition.Args[0].Text, laterError)
}

// unwrapNot strips negations of a free condition, so that x and !x are one condition.
func unwrapNot(condition Value) (Value, bool) {
	negated := false
	for condition.Kind == Free && condition.Text == "!" && len(condition.Args) == 1 {
		condition, negated = condition.Args[0], !negated
	}
	return condition, negated
}

// positionIn returns the position in the function under analysis that led to an instruction of a frame: its own where
// it stands in a function literal of that function.
func (r *run) positionIn(f *frame, instruction *summary.Instruction) token.Pos {
	if f.chain == nil || strings.HasPrefix(f.function.Name, f.chain.Root().Function.Name+"$") {
		return instruction.Pos
	}
	return f.chain.Root().Call.Pos
}

// answeredBy returns the call whose answer a condition is, or compares; nil where there is none.
func answeredBy(function *summary.Function, condition summary.Operand, depth int) *summary.Instruction {
	if condition.Kind != summary.Register || depth > 3 {
		return nil
	}
	made := function.Definition(condition.N)
	if made == nil {
		return nil
	}
	switch made.Op {
	case summary.OpCall:
		return made
	case summary.OpBinOp, summary.OpUnOp, summary.OpExtract, summary.OpConvert:
		for _, operand := range made.Operands {
			if call := answeredBy(function, operand, depth+1); call != nil {
				return call
			}
		}
	}
	return nil
}

func (r *run) operands(f *frame, it *item, operands []summary.Operand) []Value {
	values := make([]Value, len(operands))
	for i, operand := range operands {
		values[i] = r.operand(f, it, operand)
	}
	return values
}

// operand returns the value of an operand.
func (r *run) operand(f *frame, it *item, operand summary.Operand) Value {
	owner := f.function.Owner()
	switch operand.Kind {
	case summary.Register:
		if value := it.registers.get(operand.N); value != nil {
			return value
		}
		return r.free("register:"+f.place()+":"+itoa(int(operand.N)), 0)
	case summary.Constant:
		return r.literal(&owner.Constants[operand.N])
	case summary.Nil:
		return r.nilValue(Clean)
	case summary.Zero:
		return r.zero(owner, operand.N)
	case summary.FunctionRef:
		reference := owner.References[operand.N]
		return r.function(owner, reference)
	case summary.GlobalRef:
		return r.pointer(r.object("global:"+owner.References[operand.N].Package+"#"+owner.References[operand.N].Name), "")
	}
	return r.free("builtin", 0)
}

func (in *interner) function(owner *summary.Package, reference summary.Reference, captured ...Value) Value {
	return in.make(Node{Kind: Function, Text: reference.Name, Path: reference.Package, Owner: owner, Args: captured})
}

// literal returns the value of a constant.
func (in *interner) literal(c *summary.ConstantValue) Value {
	value := in.literals[c]
	if value == nil || in.lasting > 0 { // else what lasts would not be noted as such
		value = in.read(c)
		in.literals[c] = value
	}
	return value
}

func (in *interner) read(c *summary.ConstantValue) Value {
	switch c.Kind {
	case 'b':
		return in.boolean(c.Text == "true", Clean)
	case 's':
		return in.text(c.Text, Clean)
	case 'i':
		return in.constant(constant.ToInt(constant.MakeFromLiteral(c.Text, token.INT, 0)), Clean).orFree(in, c.Text)
	}
	if above, below, ok := strings.Cut(c.Text, "/"); ok {
		x, y := constant.MakeFromLiteral(strings.TrimPrefix(above, "-"), token.INT, 0), constant.MakeFromLiteral(below, token.INT, 0)
		if x.Kind() == constant.Int && y.Kind() == constant.Int && constant.Sign(y) != 0 {
			value := constant.BinaryOp(constant.ToFloat(x), token.QUO, constant.ToFloat(y))
			if strings.HasPrefix(above, "-") {
				value = constant.UnaryOp(token.SUB, value, 0)
			}
			return in.constant(rounded(value), Clean)
		}
	}
	if value := constant.MakeFromLiteral(c.Text, token.FLOAT, 0); value.Kind() != constant.Unknown {
		return in.constant(constant.ToFloat(value), Clean)
	}
	return in.free("literal:"+c.Text, 0)
}

// orFree handles negative numbers, which are no literals.
func (v *Node) orFree(in *interner, text string) Value {
	if v.ConstKind() != constant.Unknown {
		return v
	}
	if len(text) > 1 && text[0] == '-' {
		return in.constant(constant.UnaryOp(token.SUB, constant.MakeFromLiteral(text[1:], token.INT, 0), 0), Clean)
	}
	return in.free("literal:"+text, 0)
}

// zero returns the zero value of a type.
func (in *interner) zero(owner *summary.Package, index int32) Value {
	t := owner.TypeAt(index)
	switch t.Kind {
	case summary.BoolType:
		return in.boolean(false, Clean)
	case summary.IntType, summary.UintType:
		return in.integer(0, Clean)
	case summary.FloatType:
		return in.constant(constant.MakeFloat64(0), Clean)
	case summary.StringType:
		return in.text("", Clean)
	case summary.StructType, summary.ArrayType:
		return in.make(Node{Kind: Zero, Type: t, Owner: owner})
	case summary.ParameterType, summary.OtherType, summary.TupleType:
		return in.free("zero:"+t.Name, 0)
	}
	return in.nilValue(Clean)
}

// maxArray bounds the arrays that are told apart by element.
const maxArray = 1024

// expand turns a zero aggregate into its parts.
func (in *interner) expand(v Value) Value {
	if v.Kind != Zero {
		return v
	}
	if v.Type.Kind == summary.ArrayType {
		if v.Type.Length > maxArray {
			return in.free("array", 0)
		}
		elements := make([]Value, v.Type.Length)
		for i := range elements {
			elements[i] = in.zero(v.Owner, v.Type.Elem)
		}
		return in.make(Node{Kind: Array, Args: elements})
	}
	fields := make([]Value, len(v.Type.Fields))
	for i, field := range v.Type.Fields {
		fields[i] = in.zero(v.Owner, field.Type)
	}
	return in.make(Node{Kind: Struct, Type: v.Type, Owner: v.Owner, Args: fields})
}

// unfold gives a free struct its fields as symbols of their own.
func (in *interner) unfold(v Value, owner *summary.Package, index int32) Value {
	t := owner.TypeAt(index)
	if t.Kind != summary.StructType || v.Kind != Free && v.Kind != Undetermined {
		return v
	}
	fields := make([]Value, len(t.Fields))
	for i, field := range t.Fields {
		fields[i] = in.fieldOf(v, field.Name)
	}
	return in.make(Node{Kind: Struct, Type: t, Owner: owner, Args: fields})
}

func (in *interner) fieldOf(v Value, name string) Value {
	if v.Kind == Undetermined {
		return v
	}
	return in.free("."+name, 0, v)
}

// counter begins the names of what counters are in any round.
const counter = "round:"

// anyRound forgets which round of a cycle a failing call stands in: a counter is free, never negative, wherever the
// cycle keeps it.
func (r *run) anyRound(f *frame, it *item) {
	r.anyArgument(f, it)
	cycles := r.cycle(f.function)
	around := cycles[it.block]
	if around == 0 {
		return
	}
	for b := range f.function.Blocks {
		if cycles[b] != around {
			continue
		}
		for i := range f.function.Blocks[b].Instructions {
			r.anyCount(f, it, &f.function.Blocks[b].Instructions[i])
		}
	}
}

// anyArgument makes the parameters free that a counter of a cycle further up was handed on to, in their registers and in
// the variables that hold them because a function literal captures them.
func (r *run) anyArgument(f *frame, it *item) {
	for n := range f.function.Parameters {
		v := it.registers.get(int32(n))
		if v == nil && n < len(f.arguments) {
			v = f.arguments[n] // its register is not read any more
		}
		if v == nil || !counts(v) || !r.countedAbove(f.chain, n) {
			continue
		}
		free := r.make(Node{Kind: Free, Text: counter + f.place() + ":" + itoa(n), Flags: lowerBound(v)})
		r.general = true
		it.registers.set(int32(n), free)
		for b := range f.function.Blocks {
			for i := range f.function.Blocks[b].Instructions {
				held := &f.function.Blocks[b].Instructions[i]
				if held.Op != summary.OpStore || held.Operands[1].Kind != summary.Register || held.Operands[1].N != int32(n) {
					continue
				}
				address := r.addressIn(f, it, held.Operands[0])
				if address.Kind != Pointer || r.isGlobal(address.Object) {
					continue
				}
				if content, known := r.content(it.state, address.Object); known && r.at(content, address.Path) == v {
					it.change().store(address.Object, r.with(content, address.Path, free, nil))
				}
			}
		}
	}
}

// countedAbove reports whether the call that a link is hands a parameter of its callee a cycle's counter, or what was
// computed from one, in its own function or in one further up.
func (s *Session) countedAbove(link *Chain, parameter int) bool {
	if link == nil || link.Call.Call == nil || link.Model != nil {
		return false
	}
	if link.Call.Call.Mode == summary.DynamicCall {
		parameter++ // what is called stands first
	}
	return parameter < len(link.Call.Operands) && s.isCounted(link, link.Call.Operands[parameter], 0)
}

// maxCounted bounds how far down a counter is looked for in what an argument was computed from.
const maxCounted = 4

func (s *Session) isCounted(link *Chain, operand summary.Operand, depth int) bool {
	if operand.Kind != summary.Register || depth > maxCounted {
		return false
	}
	if int(operand.N) < len(link.Function.Parameters) {
		return s.countedAbove(link.Up, int(operand.N))
	}
	made := link.Function.Definition(operand.N)
	if made == nil {
		return false
	}
	switch made.Op {
	case summary.OpPhi:
		cycles := s.cycle(link.Function)
		return cycles[link.Block] != 0 && cycles[link.Block] == cycles[blockWith(link.Function, made)]
	case summary.OpBinOp, summary.OpConvert:
		for _, part := range made.Operands {
			if s.isCounted(link, part, depth+1) {
				return true
			}
		}
	}
	return false
}

// blockWith returns the block that an instruction stands in.
func blockWith(function *summary.Function, instruction *summary.Instruction) int32 {
	for b := range function.Blocks {
		for i := range function.Blocks[b].Instructions {
			if &function.Blocks[b].Instructions[i] == instruction {
				return int32(b)
			}
		}
	}
	return -1
}

// anyCount makes the counter free that an instruction of a cycle keeps: in a register, a variable or a map.
func (r *run) anyCount(f *frame, it *item, instruction *summary.Instruction) {
	name := counter + f.place() + ":"
	free := func(at string, now Value) Value {
		r.general = true
		return r.make(Node{Kind: Free, Text: name + at, Flags: lowerBound(now)})
	}
	switch instruction.Op {
	case summary.OpPhi:
		if v := it.registers.get(instruction.Result); v != nil && counts(v) {
			it.registers.set(instruction.Result, free(itoa(int(instruction.Result)), v))
		}
	case summary.OpStore:
		if instruction.Operands[1].Kind == summary.Constant {
			return // a state or a beginning: what counts is computed
		}
		address := r.addressIn(f, it, instruction.Operands[0])
		if address.Kind != Pointer || r.isGlobal(address.Object) {
			return
		}
		content, known := r.content(it.state, address.Object)
		if !known {
			return
		}
		if now := r.at(content, address.Path); counts(now) {
			it.change().store(address.Object, r.with(content, address.Path, free(itoa(address.Object)+address.Path, now), nil))
		}
	case summary.OpCall:
		if instruction.Call.Mode != summary.DynamicCall {
			return
		}
		callee := r.addressIn(f, it, instruction.Operands[0])
		for n, captured := range callee.Args {
			if captured.Kind != Pointer || r.isGlobal(captured.Object) || r.onlySets(callee, n) {
				continue
			}
			if now := it.state.holds(captured.Object); now != nil && counts(now) {
				it.change().store(captured.Object, free(itoa(captured.Object), now))
			}
		}
	case summary.OpMapUpdate:
		m, key := r.addressIn(f, it, instruction.Operands[0]), r.operand(f, it, instruction.Operands[1])
		content := r.mapContent(it.state, m)
		if content == nil || m.Kind != Map || !computed(f.function, instruction.Operands[2]) {
			return
		}
		for n := 0; n < len(content.Args); n += 2 {
			if content.Args[n] == key && counts(content.Args[n+1]) {
				it.change()
				r.updateMap(it.state, []Value{m, key, free(itoa(m.Object)+"."+itoa(key.ID), content.Args[n+1])})
				return
			}
		}
		it.change()
		r.updateMap(it.state, []Value{m, key, free(itoa(m.Object)+"."+itoa(key.ID), r.integer(0, Clean))}) // zero so far
	}
}

// counts reports whether a value may be a counter's or a flag's: a known number or truth that does not come from the error.
func counts(v Value) bool {
	return v.Kind == Constant && v.Taint == Clean && (v.ConstKind() == constant.Int || v.ConstKind() == constant.Bool)
}

// addressIn returns an operand that may not have been computed yet: an address of a field is followed to its variable.
func (r *run) addressIn(f *frame, it *item, operand summary.Operand) Value {
	if operand.Kind != summary.Register || it.registers.get(operand.N) != nil {
		return r.operand(f, it, operand)
	}
	made := f.function.Definition(operand.N)
	switch {
	case made == nil:
	case made.Op == summary.OpFieldAddr:
		return r.fieldAddress(it.state, r.addressIn(f, it, made.Operands[0]), made.Name)
	case made.Op == summary.OpIndexAddr:
		return r.indexAddress(it.state, r.addressIn(f, it, made.Operands[0]), r.operand(f, it, made.Operands[1]))
	case made.Op == summary.OpLoad:
		return r.load(it.state, r.addressIn(f, it, made.Operands[0]), f.function.Owner(), made.Type)
	}
	return r.operand(f, it, operand)
}

// onlySets reports whether a function literal stores nothing but constants in a variable that it captures.
func (r *run) onlySets(literal Value, captured int) bool {
	body := r.Body(literal)
	if body == nil {
		return false
	}
	register := int32(len(body.Parameters) + captured)
	for b := range body.Blocks {
		for i := range body.Blocks[b].Instructions {
			instruction := &body.Blocks[b].Instructions[i]
			for n, operand := range instruction.Operands {
				if operand.Kind != summary.Register || operand.N != register {
					continue
				}
				sets := instruction.Op == summary.OpStore && n == 0 && instruction.Operands[1].Kind == summary.Constant
				if !sets && instruction.Op != summary.OpLoad {
					return false
				}
			}
		}
	}
	return true
}

// computed reports whether an operand is the result of arithmetic.
func computed(function *summary.Function, operand summary.Operand) bool {
	if operand.Kind != summary.Register {
		return false
	}
	made := function.Definition(operand.N)
	return made != nil && made.Op == summary.OpBinOp
}

// panics is the end of a frame that panics: fatal, unless something deferred may recover, and then what it answers
// cannot be told.
func (r *run) panics(f *frame, it *item, s *state) exit {
	if it.deferred == nil {
		return exit{state: s, fatal: true}
	}
	results := make([]Value, len(f.function.Results))
	for i := range results {
		results[i] = r.undetermined("recovered")
	}
	return exit{state: s, results: results}
}
