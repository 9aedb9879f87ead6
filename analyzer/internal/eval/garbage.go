package eval

import "strings"

// ownKinds begin the names of objects that are made where a frame runs and are only known by their addresses.
var ownKinds = []string{"alloc:", "map:", "slice:", "append:", "box:", "next:", "holds:"}

// isOwn reports whether an object with this name is gone when nothing holds its address any more.
func isOwn(name string) bool {
	for _, kind := range ownKinds {
		if strings.HasPrefix(name, kind) {
			return true
		}
	}
	return false
}

// sweep forgets the objects that a frame made and that cannot be reached any more when it has returned, so that
// states which differ only in them are the same. Entry is the memory at its start: what was there then, and did not
// change, holds no address of a new object.
func (r *run) sweep(entry trie[Value], outcome *exit) {
	var made map[int]Value
	var roots []Value
	entry.differ(outcome.state.memory, func(object int, before, after Value) {
		if before == nil && r.owned[object-1] {
			if made == nil {
				made = map[int]Value{}
			}
			made[object] = after
			return
		}
		roots = append(roots, after)
	})
	if len(made) == 0 {
		return
	}
	seen := map[Value]bool{}
	for _, root := range append(roots, outcome.results...) {
		reach(root, made, seen)
	}
	s := outcome.state.fork() // observers may have kept the one they were shown
	s.memory = entry.combined(s.memory, func(object int, _, after Value) Value {
		if made[object] == nil {
			return after
		}
		s.digest.holds(object, after, nil)
		return nil
	})
	outcome.state = s
}

// reach takes out of what was made what can be reached from a value.
func reach(v Value, made map[int]Value, seen map[Value]bool) {
	if v == nil || seen[v] {
		return
	}
	switch v.Kind {
	case Pointer, Slice, Map:
		content := made[v.Object]
		delete(made, v.Object)
		reach(content, made, seen)
	}
	if len(v.Args) > 0 {
		seen[v] = true
	}
	for _, part := range v.Args {
		reach(part, made, seen)
	}
}
