package eval

import (
	"go/constant"
)

// builtin executes a call of a predeclared function.
func (r *run) builtin(in *invocation) []exit {
	s := in.it.state.fork()
	in.it.state = s
	x := in.arguments
	var result Value
	switch in.call.Method {
	case "len", "cap":
		result = r.lengthOf(s, x[0])
	case "append":
		if !r.successAppends(in) {
			r.asksAgain(in.f, in.it) // the row has put something aside
		}
		s = in.it.state.fork()
		in.it.state = s
		result = r.appended(in, s)
	case "copy":
		r.havoc(s, x[0], r.free("copied", 0, x...))
		result = r.free("copy", Clock, x...)
	case "delete", "clear":
		if x[0].Kind == Map {
			r.deleteKey(s, x)
		}
	case "recover":
		result = r.nilValue(Clean)
	case "min", "max":
		result = x[0]
		for _, other := range x[1:] {
			result = r.extreme(s, in.call.Method == "min", result, other)
		}
	case "ssa:wrapnilchk":
		if x[0].Kind == Nil {
			return []exit{{state: s, fatal: true}}
		}
		result = x[0]
	case "print", "println":
		for _, argument := range x {
			r.tell(s, argument)
		}
	default: // complex, real, imag
		result = r.free(in.call.Method, 0, x...)
	}
	if result == nil {
		return []exit{{state: s}}
	}
	return []exit{{state: s, results: []Value{result}}}
}

func (r *run) extreme(s *state, least bool, x, y Value) Value {
	if x.Kind == Constant && y.Kind == Constant && (x.ConstKind() == constant.String) == (y.ConstKind() == constant.String) {
		if holds(x, lessToken, y) == least {
			return x
		}
		return y
	}
	if maxTaint(x, y) == OnRow {
		return r.undetermined("min or max")
	}
	flags := Flag(0)
	if (x.Flags&Clock != 0 || notNegative(x)) && (y.Flags&Clock != 0 || notNegative(y)) {
		flags = Clock
	}
	return r.free("extreme", flags, x, y)
}

func (r *run) lengthOf(s *state, x Value) Value {
	x = r.expand(x)
	switch x.Kind {
	case Constant:
		if x.ConstKind() == constant.String {
			return r.integer(int64(len(constant.StringVal(x.Const()))), x.Taint)
		}
	case Nil:
		return r.integer(0, x.Taint)
	case Slice:
		return r.integer(x.Length, Clean)
	case Array:
		return r.integer(int64(len(x.Args)), Clean)
	case Map:
		if content := r.mapContent(s, x); content != nil && !content.Open {
			return r.integer(int64(len(content.Args)/2), Clean)
		}
	case Text, Undetermined:
		return r.undetermined("length")
	}
	return r.free("len", Clock, x)
}

func (r *run) appended(in *invocation, s *state) Value {
	lists := Alternatives(in.arguments[0])
	if len(lists) == 1 {
		return r.appendedTo(in, s, "append:"+in.chainKey())
	}
	for i, list := range lists {
		one := *in
		one.arguments = append([]Value{list}, in.arguments[1:]...)
		lists = append(lists[:i:i], append([]Value{r.appendedTo(&one, s, "append:"+in.chainKey()+"/"+itoa(i))}, lists[i+1:]...)...)
	}
	return r.make(Node{Kind: Free, Text: longer + in.chainKey(), Flags: NonNil, Args: lists})
}

// successAppends reports whether something is put to a list here when the call succeeds as well. The control notes it.
func (r *run) successAppends(in *invocation) bool {
	if s := in.it.state; r.row == nil && s.phase == After && !s.strayed {
		r.result.appends[in.chainKey()] = true
	}
	return r.control != nil && r.control.appends[in.chainKey()]
}

// longer begins the names of lists that are one of several, each with something put to it.
const longer = "longer:"

// errorList names lists of which only this is known that the row's error is among their elements.
const errorList = "list with an error"

func isErrorList(v Value) bool { return v.Kind == Free && v.Text == errorList }

func (r *run) appendedTo(in *invocation, s *state, name string) Value {
	base, ok := r.elements(s, in.arguments[0])
	var more []Value
	if ok && len(in.arguments) > 1 {
		more, ok = r.elements(s, in.arguments[1])
	}
	if !ok || len(base)+len(more) > maxArray {
		for _, argument := range in.arguments {
			r.handOver(s, argument)
		}
		if len(in.arguments) > 1 && r.reaches(s, in.arguments[1], 0) {
			// The error lives on in the list.
			return r.make(Node{Kind: Free, Text: errorList, Flags: NonNil, Args: in.arguments})
		}
		return r.free("append", NonNil, in.arguments...)
	}
	elements := append([]Value(nil), base...)
	for _, element := range more {
		elements = append(elements, r.setAside(s, element))
	}
	return r.newSlice(s, name, elements)
}

// setAside returns what a list holds of something that was put into it right after the failure: who goes over the list
// later goes over another one, and what comes out of it is not what was sent before.
func (r *run) setAside(s *state, element Value) Value {
	if s.phase != After || s.again || maxTaint(element) > Clean || r.reaches(s, element, 0) {
		return element
	}
	switch element.Kind {
	case Free, Pointer:
		return r.free("set aside", element.Flags&^Fresh, element)
	case Struct:
		n := *element
		n.Args = make([]Value, len(element.Args))
		for i, part := range element.Args {
			n.Args[i] = r.setAside(s, part)
		}
		return r.make(n)
	}
	return element
}

func (in *invocation) chainKey() string {
	return in.f.place() + ":" + itoa(int(in.block)) + "." + itoa(in.index)
}

func (r *run) deleteKey(s *state, x []Value) {
	content, ok := r.content(s, x[0].Object)
	if !ok || content.Kind != MapContent {
		return
	}
	if len(x) == 1 {
		s.store(x[0].Object, r.make(Node{Kind: MapContent}))
		return
	}
	var kept []Value
	open := content.Open
	for n := 0; n < len(content.Args); n += 2 {
		same, ok := r.equal(s, content.Args[n], x[1])
		if ok && isTrue(same) {
			continue
		}
		open = open || !ok || !isFalse(same)
		kept = append(kept, content.Args[n], content.Args[n+1])
	}
	s.store(x[0].Object, r.make(Node{Kind: MapContent, Args: kept, Open: open}))
}
