package eval

import (
	"maps"
	"slices"
	"strings"
)

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
	made := map[int]Value{}
	var roots []Value
	entry.differ(outcome.state.memory, func(object int, before, after Value) {
		if before == nil && r.owned[object-1] {
			made[object] = after
			return
		}
		roots = append(roots, after)
	})
	if len(made) == 0 {
		return
	}
	seen := map[int]bool{}
	var visit func(v Value)
	visit = func(v Value) {
		if v == nil || seen[v.ID] {
			return
		}
		seen[v.ID] = true
		switch v.Kind {
		case Pointer, Slice, Map:
			content := made[v.Object]
			delete(made, v.Object)
			visit(content)
		}
		for _, part := range v.Args {
			visit(part)
		}
	}
	for _, root := range append(roots, outcome.results...) {
		visit(root)
	}
	outcome.state = outcome.state.fork() // observers may have kept the one they were shown
	for _, object := range slices.Sorted(maps.Keys(made)) {
		outcome.state.forget(object)
	}
}
