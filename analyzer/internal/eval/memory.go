package eval

import (
	"go/constant"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// content returns what an object holds: on this path, or initially for a package variable.
func (r *run) content(s *state, object int) (Value, bool) {
	if value := s.holds(object); value != nil {
		return value, true
	}
	return r.initial(object)
}

// Absence has one meaning: nothing was stored in an object on this path, so it holds what it held before. That is what
// the package's initialisers left, or what is behind an address of which nothing else is known, always as the same
// symbol. What a frame makes is not there before it is made, so nobody reads it; and a note of what has happened says by
// its absence that it has not.

// absent returns what an object holds in which nothing was stored, nil for what nobody reads then.
func (r *run) absent(object int) Value {
	if initial, ok := r.initial(object); ok {
		return initial
	}
	switch name := r.names[object-1]; {
	case isSymbolic(name), strings.HasPrefix(name, "global:"):
		return r.unread(object)
	case strings.HasPrefix(name, changedPrefix):
		return r.nilValue(Clean) // not changed so far
	case strings.HasPrefix(name, queuePrefix):
		return r.make(Node{Kind: Array}) // nothing is in it
	}
	return nil
}

// orAbsent returns what an object holds on a way, where mine is what was stored on it and theirs what was stored on
// another way that it meets. Where nothing can be read without a store, both hold the same.
func (r *run) orAbsent(object int, mine, theirs Value) Value {
	if mine != nil {
		return mine
	}
	if before := r.absent(object); before != nil {
		return before
	}
	return theirs
}

// unread is what an object holds of which nothing is known.
func (r *run) unread(object int) Value {
	if pointer := r.pointees[object]; pointer != nil {
		return r.behind(pointer)
	}
	return r.free("load:", 0, r.pointer(object, ""))
}

// behind is what is behind an address of which nothing else is known.
func (r *run) behind(pointer Value) Value { return r.free("*", pointer.Flags&Unique, pointer) }

// load reads through an address.
func (r *run) load(s *state, address Value, owner *summary.Package, index int32) Value {
	switch address.Kind {
	case Pointer:
		value, ok := r.content(s, address.Object)
		if !ok {
			return r.at(r.unread(address.Object), address.Path)
		}
		value = r.at(value, address.Path)
		if value.Kind == Free && value.Flags&Global == 0 && s.holds(address.Object) == nil && r.isGlobal(address.Object) {
			n := *value
			n.Flags |= Global
			return r.make(n)
		}
		return value
	case HTTPResponse:
		return address
	case Undetermined:
		return address
	case Wrapped, Flattened, OtherError:
		return address // of a library's error
	case Free:
		if value := s.holds(r.pointee(address)); value != nil {
			return value
		}
		return r.behind(address)
	}
	return r.free("load", 0, address)
}

// isGlobal reports whether an object is a package variable, or was made by a package's initialisers.
func (r *run) isGlobal(object int) bool {
	if _, made := r.made[object]; made {
		return true
	}
	return strings.HasPrefix(r.names[object-1], "global:")
}

// at follows a path into a value.
func (r *run) at(value Value, path string) Value {
	for path != "" {
		step, rest := nextStep(path)
		if number, ok := strings.CutPrefix(step, "#"); ok {
			value = r.elementAt(value, number)
		} else {
			value = r.field(value, step)
		}
		path = rest
	}
	return value
}

func nextStep(path string) (step, rest string) {
	path = path[1:]
	if i := strings.IndexByte(path, '/'); i >= 0 {
		return path[:i], path[i:]
	}
	return path, ""
}

func (r *run) elementAt(value Value, number string) Value {
	value = r.expand(value)
	if value.Kind == Array {
		if n := atoi(number); n >= 0 && n < len(value.Args) {
			return value.Args[n]
		}
		if strings.HasPrefix(number, "?") {
			return r.anyOf(number, value.Args)
		}
	}
	if value.Kind == Undetermined {
		return value
	}
	return r.free("["+number+"]", 0, value)
}

// anyOf stands for one of several values: which one is unknown, but the same place has the same one.
func (r *run) anyOf(place string, values []Value) Value {
	if len(values) > 1 || len(values) == 1 && !strings.HasPrefix(place, "?") {
		same := true
		for _, value := range values[1:] {
			same = same && value == values[0]
		}
		if same {
			return values[0]
		}
	}
	if maxTaint(values...) > Clean {
		return r.undetermined("one of several")
	}
	return r.free("any"+place, 0, values...)
}

func atoi(text string) int {
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if text == "" {
		return -1
	}
	return n
}

// store writes through an address.
func (r *run) store(s *state, address, value Value, owner *summary.Package, i *summary.Instruction) {
	switch address.Kind {
	case Pointer:
		if name := r.names[address.Object-1]; isSymbolic(name) || strings.HasPrefix(name, "global:") {
			r.handOver(s, value) // into something that is there when the function has returned
		}
		if address.Path == "" {
			s.store(address.Object, value)
			return
		}
		whole, ok := r.content(s, address.Object)
		if !ok {
			whole = r.unread(address.Object)
		}
		s.store(address.Object, r.with(whole, address.Path, value, owner))
	case Free:
		r.handOver(s, value)
		s.store(r.pointee(address), value)
	case Undetermined, HTTPResponse:
		r.handOver(s, value)
	}
}

// with returns a value with one part replaced.
func (r *run) with(whole Value, path string, value Value, owner *summary.Package) Value {
	if path == "" {
		return value
	}
	step, rest := nextStep(path)
	whole = r.expand(whole)
	if number, ok := strings.CutPrefix(step, "#"); ok {
		n := atoi(number)
		if whole.Kind != Array || n < 0 || n >= len(whole.Args) {
			if maxTaint(whole, value) > Clean {
				return r.undetermined("element")
			}
			return r.free("written", 0, whole, value)
		}
		elements := append([]Value(nil), whole.Args...)
		elements[n] = r.with(elements[n], rest, value, owner)
		return r.make(Node{Kind: Array, Args: elements})
	}
	if whole.Kind == Struct {
		for i, field := range whole.Type.Fields {
			if field.Name == step {
				fields := append([]Value(nil), whole.Args...)
				fields[i] = r.with(fields[i], rest, value, owner)
				return r.make(Node{Kind: Struct, Type: whole.Type, Owner: whole.Owner, Args: fields})
			}
		}
	}
	if whole.Kind == Free && whole.Text != "written" || whole.Kind == Struct {
		return r.partial(whole, step, rest, value, owner)
	}
	if maxTaint(whole, value) > Clean {
		return r.undetermined("field")
	}
	return r.free("written", 0, whole, value)
}

// partial is a free struct of unknown type with some known fields: a struct of just these.
func (r *run) partial(whole Value, step, rest string, value Value, owner *summary.Package) Value {
	base, fields, values := whole, []summary.Field{}, []Value{}
	name := "partial"
	if isPartial(whole) {
		base, fields, values = whole.Args[0], whole.Type.Fields, append([]Value(nil), whole.Args...)
		name = whole.Type.Name
	} else {
		fields, values = append(fields, summary.Field{Name: Base}), append(values, base)
	}
	name += "/" + step
	fields = append(fields[:len(fields):len(fields)], summary.Field{Name: step})
	values = append(values, r.with(r.field(base, step), rest, value, owner))
	return r.make(Node{Kind: Struct, Type: &summary.Type{Name: name, Kind: summary.StructType, Fields: fields, Elem: -1, Key: -1}, Owner: owner, Args: values})
}

// Base is the name under which a free struct with some known fields holds what it was before.
const Base = "\x00base"

func isPartial(v Value) bool { return v.Kind == Struct && strings.HasPrefix(v.Type.Name, "partial") }

// likePartial gives a free struct the known fields of a partial one that was made of it, so that the two can be joined.
func (r *run) likePartial(whole, partial Value) Value {
	values := append([]Value(nil), partial.Args...)
	for i, field := range partial.Type.Fields[1:] {
		values[i+1] = r.field(whole, field.Name)
	}
	return r.make(Node{Kind: Struct, Type: partial.Type, Owner: partial.Owner, Args: values})
}

func (r *run) fieldAddress(s *state, base Value, name string) Value {
	switch base.Kind {
	case Pointer:
		return r.pointer(base.Object, base.Path+"/"+name)
	case HTTPResponse:
		return r.heldBy(s, r.httpField(base, name))
	case Undetermined:
		return base
	case Option:
		return r.pointer(r.object(settingPrefix+itoa(base.ID)), "/"+name)
	case Wrapped, Flattened, OtherError:
		return r.heldBy(s, r.field(base, name)) // of a library's error, which nobody writes to
	case Free:
		return r.pointer(r.target(s, base), "/"+name)
	}
	return r.free("&."+name, NonNil, base)
}

// target returns the object that an unknown pointer points at; its content is a symbol until something is stored.
func (r *run) target(s *state, pointer Value) int {
	object := r.pointee(pointer)
	if s.holds(object) == nil {
		s.store(object, r.behind(pointer))
	}
	return object
}

// symbolicPrefix begins the names of objects of which only an address of unknown origin is known.
const symbolicPrefix = "through:"

func isSymbolic(object string) bool { return strings.HasPrefix(object, symbolicPrefix) }

// pointee returns the object behind an address of which nothing else is known.
func (r *run) pointee(pointer Value) int {
	object := r.object(symbolicPrefix + itoa(pointer.ID))
	r.pointees[object] = pointer
	return object
}

// heldBy returns the address of an object that holds a value.
func (r *run) heldBy(s *state, value Value) Value {
	object := r.object("holds:" + itoa(value.ID))
	s.store(object, value)
	return r.pointer(object, "")
}

func (r *run) indexAddress(s *state, base, index Value) Value {
	if base.Kind == Constant && base.ConstKind() == constant.String {
		return r.heldBy(s, r.index(s, base, index)) // bytes of a known text
	}
	number := "?"
	if index.Kind == Constant && index.ConstKind() == constant.Int {
		n, _ := constant.Int64Val(index.Const())
		number = itoa(int(n))
		if base.Kind == Slice {
			number = itoa(int(n + base.Low))
		}
	} else if base.Kind != Slice && base.Kind != Pointer {
		number = "?" + itoa(index.ID)
	}
	if isErrorList(base) {
		return r.undetermined("element of a list with the error")
	}
	if maxTaint(index) >= Chosen && !r.hasElements(s, base) {
		return r.undetermined("element of unknown data")
	}
	switch base.Kind {
	case Slice, Pointer:
		if number == "?" {
			number = "?" + itoa(index.ID)
		}
		return r.pointer(base.Object, base.Path+"/#"+number)
	case Undetermined:
		return base
	case Array:
		return r.heldBy(s, r.elementAt(base, number))
	case Free:
		return r.pointer(r.target(s, base), "/#"+number)
	}
	if maxTaint(base, index) >= Chosen {
		return r.undetermined("element")
	}
	return r.free("&[]", NonNil, base, index)
}

// hasElements reports whether the elements are known of what an address points into.
func (r *run) hasElements(s *state, base Value) bool {
	if base.Kind != Slice && base.Kind != Pointer {
		return false
	}
	content, ok := r.content(s, base.Object)
	if !ok {
		return false
	}
	whole := r.expand(r.at(content, base.Path))
	return whole.Kind == Array
}

func (r *run) index(s *state, base, index Value) Value {
	if base.Kind == Constant && base.ConstKind() == constant.String {
		if index.Kind == Constant {
			n, _ := constant.Int64Val(index.Const())
			if text := constant.StringVal(base.Const()); n >= 0 && int(n) < len(text) {
				return r.integer(int64(text[n]), max(base.Taint, index.Taint))
			}
		}
	}
	if index.Kind == Constant {
		n, _ := constant.Int64Val(index.Const())
		return r.elementAt(base, itoa(int(n)))
	}
	if maxTaint(base, index) > Clean {
		return r.undetermined("index")
	}
	return r.free("[]", 0, base, index)
}

func (r *run) makeSlice(f *frame, it *item, i *summary.Instruction, values []Value) Value {
	length := int64(-1)
	if values[0].Kind == Constant {
		length, _ = constant.Int64Val(values[0].Const())
	}
	if length < 0 || length > maxArray {
		return r.fresh(f, it, "slice", NonNil)
	}
	it.change()
	object := r.object("slice:" + f.place() + ":" + itoa(int(it.block)) + "." + itoa(it.index))
	owner := f.function.Owner()
	elements := make([]Value, length)
	for n := range elements {
		elements[n] = r.zero(owner, owner.TypeAt(i.Type).Elem)
	}
	it.state.store(object, r.make(Node{Kind: Array, Args: elements}))
	return r.make(Node{Kind: Slice, Object: object, Length: length})
}

func (r *run) slice(s *state, values []Value) Value {
	x := values[0]
	bound := func(v Value, otherwise int64) (int64, bool) {
		if v.Kind == Nil {
			return otherwise, true
		}
		if v.Kind != Constant {
			return 0, false
		}
		n, ok := constant.Int64Val(v.Const())
		return n, ok
	}
	length := int64(-1)
	switch x.Kind {
	case Pointer:
		content, _ := r.content(s, x.Object)
		if content == nil {
			return r.free("slice", NonNil, x)
		}
		content = r.expand(r.at(content, x.Path))
		if content.Kind == Array && x.Path == "" {
			s.store(x.Object, content)
			length = int64(len(content.Args))
		}
	case Slice:
		length = x.Length
	case Constant:
		if x.ConstKind() == constant.String {
			text := constant.StringVal(x.Const())
			low, ok1 := bound(values[1], 0)
			high, ok2 := bound(values[2], int64(len(text)))
			if ok1 && ok2 && (low < 0 || low > high || int(high) > len(text)) {
				return nil // panics
			}
			if ok1 && ok2 && low >= 0 && low <= high && int(high) <= len(text) {
				return r.text(text[low:high], x.Taint)
			}
		}
	}
	low, ok1 := bound(values[1], 0)
	high, ok2 := bound(values[2], length)
	if length >= 0 && ok1 && ok2 && (low < 0 || low > high || x.Kind == Pointer && high > length) {
		return nil // panics
	}
	if length < 0 || !ok1 || !ok2 || low > high || high > length {
		if maxTaint(values...) > Clean {
			return r.undetermined("slice")
		}
		return r.free("slice", 0, append([]Value{r.asItIs(s, x)}, values[1:]...)...)
	}
	return r.make(Node{Kind: Slice, Object: x.Object, Low: x.Low + low, Length: high - low})
}

// elements returns the elements of a slice, if they are known.
func (r *run) elements(s *state, slice Value) ([]Value, bool) {
	if slice.Kind == Nil {
		return nil, true
	}
	if slice.Kind == Array {
		return slice.Args, true
	}
	if slice.Kind != Slice {
		return nil, false
	}
	content, ok := r.content(s, slice.Object)
	if !ok || content.Kind != Array || slice.Low+slice.Length > int64(len(content.Args)) {
		return nil, false
	}
	return content.Args[slice.Low : slice.Low+slice.Length], true
}

// newSlice makes a slice of known elements.
func (r *run) newSlice(s *state, name string, elements []Value) Value {
	object := r.object(name)
	s.store(object, r.make(Node{Kind: Array, Args: elements}))
	return r.make(Node{Kind: Slice, Object: object, Length: int64(len(elements))})
}

// outOfRange reports whether an index certainly lies outside, which panics.
func (r *run) outOfRange(s *state, base, index Value) bool {
	if index.Kind != Constant || index.ConstKind() != constant.Int {
		return false
	}
	n, ok := constant.Int64Val(index.Const())
	if !ok || n < 0 {
		return true
	}
	base = r.expand(base)
	switch base.Kind {
	case Slice:
		return n >= base.Length
	case Array:
		return n >= int64(len(base.Args))
	case Nil:
		return true
	case Constant:
		return base.ConstKind() == constant.String && n >= int64(len(constant.StringVal(base.Const())))
	case Pointer:
		if content, known := r.content(s, base.Object); known && base.Path == "" {
			content = r.expand(content)
			return content.Kind == Array && n >= int64(len(content.Args))
		}
	}
	return false
}
