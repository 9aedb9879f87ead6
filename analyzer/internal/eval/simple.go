package eval

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// simple runs an instruction that neither branches nor calls. It returns false when the program panics there.
func (r *run) simple(f *frame, it *item, i *summary.Instruction) bool {
	values := r.operands(f, it, i.Operands)
	owner := f.function.Owner()
	var result Value
	switch i.Op {
	case summary.OpAlloc:
		result = r.alloc(f, it, i)
	case summary.OpBinOp:
		var ok bool
		if result, ok = r.binary(it.state, i.Token, values[0], values[1]); !ok {
			return false
		}
		result = r.wrapAround(owner.TypeAt(i.Type), result)
	case summary.OpUnOp:
		result = r.wrapAround(owner.TypeAt(i.Type), r.unary(i.Token, values[0]))
	case summary.OpLoad:
		if values[0].Kind == Nil {
			return false
		}
		result = r.fromField(f, i, r.load(it.state, values[0], owner, i.Type))
	case summary.OpReceive:
		it.change().waited = true
		var known bool
		if result, known = r.received(it.state, values[0]); known {
			if i.CommaOK {
				result = r.tuple(result, r.boolean(true, Clean))
			}
			break
		}
		result = r.fresh(f, it, "receive", 0, values...)
		if r.carries(it.state, values...) || r.answeredElsewhere(it.state) {
			result = r.undetermined("receive")
		}
		if i.CommaOK {
			result = r.tuple(result, r.fresh(f, it, "ok", 0))
		}
	case summary.OpStore:
		if values[0].Kind == Nil {
			return false
		}
		it.change()
		if r.observer != nil && f.chain == nil && values[0].Kind == Pointer {
			before, _ := r.content(it.state, values[0].Object)
			if before == nil && r.isGlobal(values[0].Object) {
				before = r.nilValue(Clean) // of another package
			}
			if before != nil && (values[0].Path != "" || r.isGlobal(values[0].Object)) {
				r.observer.Stored(i, values[0], before, values[1], r.shown(it))
			}
		}
		if r.observer != nil && f.chain != nil && f.function.Owner() == r.Local && values[0].Kind == Pointer && strings.HasSuffix(values[0].Path, "/OpcRetryToken") {
			before, _ := r.content(it.state, values[0].Object)
			r.observer.TokenStored(f.function, i, values[0], before, values[1], r.shown(it))
		}
		r.store(it.state, values[0], r.storedByChoice(f, it, values[0], values[1]), owner, i)
	case summary.OpChangeType, summary.OpChangeInterface:
		result = values[0]
	case summary.OpConvert:
		result = r.converted(it.change(), owner.TypeAt(i.Type), values[0])
	case summary.OpMakeInterface:
		result = r.boxed(owner, i.Type, values[0])
	case summary.OpMakeClosure:
		result = r.closure(f, it, values)
	case summary.OpMakeMap:
		object := r.object("map:" + f.place() + ":" + itoa(int(it.block)) + "." + itoa(it.index) + "#" + itoa(int(it.change().count(r.object("map:"+f.place()+itoa(int(i.Result)))))))
		it.state.store(object, r.make(Node{Kind: MapContent}))
		result = r.make(Node{Kind: Map, Object: object})
	case summary.OpMakeSlice:
		if values[0].Kind == Constant && constant.Sign(values[0].Const()) < 0 {
			return false
		}
		result = r.makeSlice(f, it, i, values)
	case summary.OpMakeChan:
		result = r.fresh(f, it, madeChannel, NonNil)
		r.emptied(it.state, result)
	case summary.OpSlice:
		if result = r.slice(it.state, values); result == nil {
			return false
		}
	case summary.OpFieldAddr:
		if values[0].Kind == Nil {
			return false
		}
		result = r.fieldAddress(it.state, values[0], i.Name)
	case summary.OpField:
		result = r.fromField(f, i, r.field(values[0], i.Name))
	case summary.OpIndexAddr:
		if r.outOfRange(it.state, values[0], values[1]) {
			return false
		}
		result = r.indexAddress(it.state, values[0], values[1])
	case summary.OpIndex:
		if r.outOfRange(it.state, values[0], values[1]) {
			return false
		}
		result = r.index(it.state, values[0], values[1])
	case summary.OpLookup:
		var ok bool
		if result, ok = r.lookupMap(f, it, i, values); !ok {
			return false
		}
	case summary.OpMapUpdate:
		if values[0].Kind == Nil || holdsServiceError(values[1]) && !isFalse(r.comparing()) {
			return false
		}
		if values[0].Kind != Map {
			r.tellsOutcome(f, it)
		}
		it.change()
		r.updateMap(it.state, values)
	case summary.OpSelect:
		result = r.selects(f, it, i)
	case summary.OpRange:
		result = r.make(Node{Kind: Iterator, Args: values})
		if values[0].Kind == Constant && values[0].ConstKind() == constant.String {
			result = r.make(Node{Kind: Iterator, Text: "known", Args: []Value{r.runes(values[0])}})
		}
		if content := r.mapContent(it.state, values[0]); content != nil && !content.Open {
			result = r.make(Node{Kind: Iterator, Text: "known", Args: []Value{content}})
		}
	case summary.OpNext:
		result = r.next(f, it, i, values[0])
	case summary.OpTypeAssert:
		var ok bool
		if result, ok = r.assert(f, it, i, values[0]); !ok {
			return false
		}
	case summary.OpExtract:
		result = r.extract(values[0], int(i.Index))
	case summary.OpSend:
		if !r.isKnownQueue(it.state, values[0]) { // else whoever receives goes on with it
			r.asksAgain(f, it)
		}
		it.change()
		r.send(it.state, values[0], values[1])
	case summary.OpInvalid:
		result = r.free("invalid:"+f.place()+itoa(it.index), 0, values...)
	}
	if i.Result >= 0 && result != nil {
		it.registers.set(i.Result, result)
	}
	return true
}

// fork1 replaces an item's state by a copy of its own and returns it.
func (s *state) fork1(it *item) *state {
	it.state = s.fork()
	return it.state
}

func (r *run) unary(operator token.Token, x Value) Value {
	switch {
	case x.Kind == Undetermined:
		return x
	case operator == token.NOT && (isTrue(x) || isFalse(x)):
		return r.boolean(isFalse(x), x.Taint)
	case operator == token.NOT:
		if inner, negated := unwrapNot(x); negated {
			return inner
		}
		return r.free("!", 0, x)
	case x.Kind == Constant && operator == token.XOR && x.ConstKind() == constant.Int:
		return r.constant(constant.BinaryOp(constant.UnaryOp(token.SUB, x.Const(), 0), token.SUB, constant.MakeInt64(1)), x.Taint)
	case x.Kind == Constant && operator == token.SUB:
		return r.constant(constant.UnaryOp(token.SUB, x.Const(), 0), x.Taint)
	}
	return r.free(operator.String(), 0, x)
}

// converted converts a value in memory: a text made of a buffer holds what the buffer held then.
func (r *run) converted(s *state, t *summary.Type, x Value) Value {
	switch {
	case t.Kind != summary.StringType || x.Flags&Clock != 0:
	case x.Kind == Slice:
		return r.free("convert:"+t.Name, 0, r.asItIs(s, x))
	case x.Kind == Free:
		return r.free("convert:"+t.Name, x.Flags&^Unique, r.lastChanged(s, x))
	}
	return r.wrapAround(t, r.convert(t, x))
}

func (r *run) convert(t *summary.Type, x Value) Value {
	if x.Kind != Constant {
		if x.Kind == Free && x.Flags&Clock == 0 {
			return r.free("convert:"+t.Name, x.Flags&^Unique, x)
		}
		return x
	}
	switch t.Kind {
	case summary.IntType, summary.UintType:
		if x.Says == inquiry.Status {
			return x
		}
		if v := constant.ToInt(x.Const()); v.Kind() == constant.Int {
			return r.constant(v, x.Taint)
		}
		if v, exact := constant.Float64Val(x.Const()); exact || v != 0 {
			return r.integer(int64(v), x.Taint)
		}
	case summary.FloatType:
		return r.constant(constant.ToFloat(x.Const()), x.Taint)
	case summary.StringType:
		if x.ConstKind() == constant.String {
			return x
		}
		if n, ok := constant.Int64Val(constant.ToInt(x.Const())); ok {
			return r.text(string(rune(n)), x.Taint)
		}
	case summary.SliceType:
		return x // []byte(text): kept as the text
	}
	return x
}

// boxed puts a value into an interface.
func (r *run) boxed(owner *summary.Package, index int32, x Value) Value {
	switch x.Kind {
	case ServiceError, Wrapped, Flattened, OtherError, Interface, Undetermined, Response:
		return x
	}
	t := owner.TypeAt(index)
	return r.make(Node{Kind: Interface, Type: t, Owner: owner, Args: []Value{x}})
}

func (r *run) closure(f *frame, it *item, values []Value) Value {
	function := values[0]
	made := r.function(function.Owner, summary.Reference{Package: function.Path, Name: function.Text}, values[1:]...)
	if r.observer != nil {
		r.observer.Closure(f.chain, made, r.shown(it))
	}
	return made
}

func (r *run) extract(tuple Value, index int) Value {
	if tuple.Kind == Tuple && index < len(tuple.Args) {
		return tuple.Args[index]
	}
	if tuple.Kind == Undetermined {
		return tuple
	}
	return r.free("#"+itoa(index), tuple.Flags&(Fresh|Unique), tuple)
}

func (r *run) field(x Value, name string) Value {
	x = r.expand(x)
	switch x.Kind {
	case Struct:
		for i, field := range x.Type.Fields {
			if field.Name == name {
				return x.Args[i]
			}
		}
		if isPartial(x) {
			return r.field(x.Args[0], name)
		}
	case HTTPResponse:
		return r.httpField(x, name)
	case Wrapped, Flattened, OtherError:
		if x.Path != "" {
			return r.libraryField(x, name)
		}
	case Interface:
		return r.field(x.Args[0], name)
	}
	return r.fieldOf(x, name)
}

func (r *run) selects(f *frame, it *item, i *summary.Instruction) Value {
	it.change()
	if i.CommaOK {
		it.state.waited = true
	} // with a default it does not wait
	values := r.operands(f, it, i.Operands)
	for sent := int(i.Index); sent+1 < len(values); sent += 2 {
		r.mayBeSent(it.state, values[sent], values[sent+1])
	}
	if r.carries(it.state, values[:i.Index]...) {
		unknown := r.undetermined("select")
		return r.tuple(slices.Repeat([]Value{unknown}, 2+int(i.Index))...)
	}
	chosen := *r.fresh(f, it, "select", Clock)
	chosen.Args = r.timers(values[:i.Index])
	elements := []Value{r.make(chosen)}
	if !i.CommaOK {
		elements[0] = r.fresh(f, it, "select", 0)
	}
	elements = append(elements, r.fresh(f, it, "selectOK", 0))
	for n := range i.Index {
		elements = append(elements, r.fresh(f, it, "selected"+itoa(int(n)), 0))
	}
	return r.tuple(elements...)
}

func (r *run) next(f *frame, it *item, i *summary.Instruction, iterator Value) Value {
	if iterator.Kind == Iterator && iterator.Text == "known" {
		return r.nextKnown(f, it, i, iterator.Args[0])
	}
	if maxTaint(iterator) == OnRow {
		unknown := r.undetermined("range")
		return r.tuple(unknown, unknown, unknown)
	}
	return r.tuple(r.fresh(f, it, "more", 0), r.fresh(f, it, "key", 0), r.fresh(f, it, "element", 0))
}

// nextKnown steps through a known map in its order of insertion: the order does not matter to any, all or membership
// tests, and a program for which it does matters less than one whose table is unknown.
func (r *run) nextKnown(f *frame, it *item, i *summary.Instruction, content Value) Value {
	it.change()
	object := r.object("next:" + f.place() + ":" + itoa(int(i.Operands[0].N)))
	at := 0
	if value := it.state.holds(object); value != nil && value.Kind == Constant && value.Taint == Clean {
		n, _ := constant.Int64Val(value.Const())
		at = int(n)
	}
	if 2*at >= len(content.Args) {
		it.state.store(object, r.integer(0, Clean))
		return r.tuple(r.boolean(false, Clean), r.nilValue(Clean), r.nilValue(Clean))
	}
	it.state.store(object, r.integer(int64(at+1), Clean))
	return r.tuple(r.boolean(true, Clean), content.Args[2*at], content.Args[2*at+1])
}

// runes lists a known text's positions and letters, as a range over it visits them.
func (r *run) runes(text Value) Value {
	var entries []Value
	for at, letter := range constant.StringVal(text.Const()) {
		entries = append(entries, r.integer(int64(at), text.Taint), r.integer(int64(letter), text.Taint))
	}
	return r.make(Node{Kind: MapContent, Args: entries})
}
