package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// mapContent returns the content of a map, nil when it is not known.
func (r *run) mapContent(s *state, m Value) Value {
	if m.Kind == Nil {
		return r.make(Node{Kind: MapContent})
	}
	if m.Kind != Map {
		return nil
	}
	content, ok := r.content(s, m.Object)
	if !ok || content.Kind != MapContent {
		return nil
	}
	return content
}

// lookupMap reads a map. A key that is not comparable for certain (a service error) panics.
func (r *run) lookupMap(f *frame, it *item, i *summary.Instruction, values []Value) (Value, bool) {
	owner := f.function.Owner()
	element := i.Type
	if i.CommaOK {
		element = owner.TypeAt(i.Type).Elems[0]
	}
	if values[0].Kind == Constant {
		return r.index(it.state, values[0], values[1]), true
	}
	if holdsServiceError(values[1]) && !isFalse(r.comparing()) {
		return nil, false
	}
	value, found := r.findKey(f, it, i, values[0], values[1], owner, element)
	if i.CommaOK {
		return r.tuple(value, found), true
	}
	return value, true
}

func (r *run) findKey(f *frame, it *item, i *summary.Instruction, m, key Value, owner *summary.Package, element int32) (value, found Value) {
	taint := maxTaint(key)
	content := r.mapContent(it.state, m)
	if updated, known := r.known("updated:" + itoa(m.ID)); known && it.state.holds(updated) != nil {
		reason := r.undetermined("lookup in a map that was updated")
		return reason, reason
	}
	if content == nil || content.Open {
		return r.unknownKey(r.asItIs(it.state, m), key)
	}
	for n := 0; n < len(content.Args); n += 2 {
		same, ok := r.equal(it.state, content.Args[n], key)
		switch {
		case !ok:
			return r.unknownKey(r.asItIs(it.state, m), key)
		case isTrue(same):
			return r.selected(content.Args[n+1], taint, 0), r.boolean(true, taint)
		case !isFalse(same):
			return r.eitherEntry(f, it, i, content, key, owner, element)
		}
	}
	return r.tainted(r.zero(owner, element), taint), r.boolean(false, taint)
}

func (r *run) unknownKey(m, key Value) (value, found Value) {
	if maxTaint(m, key) >= Chosen {
		reason := r.undetermined("lookup in an unknown map")
		return reason, reason
	}
	return r.free("lookup", 0, m, key), r.free("found", 0, m, key)
}

// maxEntries bounds the tables whose entries are told apart for a free key.
const maxEntries = 12

// lookupForks follows the lookup of a free key in a small known table once for each entry, and once for none.
func (r *run) lookupForks(f *frame, it *item, i *summary.Instruction) []*item {
	m, key := r.operand(f, it, i.Operands[0]), r.operand(f, it, i.Operands[1])
	content := r.mapContent(it.state, m)
	if content == nil || content.Open || len(content.Args) == 0 || len(content.Args) > 2*maxEntries || maxTaint(key) >= Chosen || key.Kind == Constant {
		return nil
	}
	owner := f.function.Owner()
	element := i.Type
	if i.CommaOK {
		element = owner.TypeAt(i.Type).Elems[0]
	}
	var items []*item
	rest := it.state.fork()
	follow := func(s *state, value Value, found bool) {
		next := it.copied()
		next.state = s
		next.index++
		if i.CommaOK {
			value = r.tuple(value, r.boolean(found, Clean))
		}
		next.registers.set(i.Result, value)
		items = append(items, next)
	}
	for n := 0; n < len(content.Args); n += 2 {
		same, ok := r.equal(it.state, content.Args[n], key)
		if !ok || isTrue(same) || same.Kind == Undetermined {
			return nil
		}
		if isFalse(same) {
			continue
		}
		taken, known := r.assumed(rest, same)
		if known && !taken {
			continue
		}
		s := rest.fork()
		r.suppose(s, same, true)
		follow(s, content.Args[n+1], true)
		if known {
			return items
		}
		r.suppose(rest, same, false)
		rest.spent = it.state.spent
	}
	follow(rest, r.zero(owner, element), false)
	return items
}

// eitherEntry stands for the lookup of a free key in a large known table: any entry may be meant.
func (r *run) eitherEntry(f *frame, it *item, i *summary.Instruction, content, key Value, owner *summary.Package, element int32) (value, found Value) {
	if maxTaint(key) >= Chosen {
		reason := r.undetermined("lookup of an unknown key")
		return reason, reason
	}
	return r.free("entry", 0, content, key), r.free("found", 0, content, key)
}

// tainted marks a decided value as depending on what selected it.
func (r *run) tainted(v Value, taint Taint) Value {
	if v.Taint >= taint || v.Kind != Constant && v.Kind != Nil {
		return v
	}
	n := *v
	n.Taint = taint
	return r.make(n)
}

// selected marks an entry of a table, and what is in it, as depending on what selected it.
func (r *run) selected(v Value, taint Taint, depth int) Value {
	n := *v
	switch {
	case v.Kind == Function && v.Taint < taint:
		n.Taint = taint
	case (v.Kind == Struct || v.Kind == Interface) && depth < 2 && taint > Clean:
		n.Args = make([]Value, len(v.Args))
		for i, part := range v.Args {
			n.Args[i] = r.selected(part, taint, depth+1)
		}
	default:
		return r.tainted(v, taint)
	}
	return r.make(n)
}

func (r *run) updateMap(s *state, values []Value) {
	m, key, value := values[0], values[1], values[2]
	if m.Kind != Map {
		r.handOver(s, value)
		if maxTaint(value) >= Chosen {
			s.store(r.object("updated:"+itoa(m.ID)), value)
		}
		return
	}
	content, ok := r.content(s, m.Object)
	if !ok || content.Kind != MapContent {
		return
	}
	entries := append([]Value(nil), content.Args...)
	open := content.Open
	for n := 0; n < len(entries); n += 2 {
		same, ok := r.equal(s, entries[n], key)
		if ok && isTrue(same) {
			entries[n+1] = value
			s.store(m.Object, r.make(Node{Kind: MapContent, Args: entries, Open: open}))
			return
		}
		if !ok || !isFalse(same) {
			open = true
		}
	}
	if key.Kind == Free || key.Kind == Undetermined {
		open = true
	}
	entries = append(entries, key, value)
	s.store(m.Object, r.make(Node{Kind: MapContent, Args: entries, Open: open}))
}
