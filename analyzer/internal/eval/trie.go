package eval

import "math/bits"

// trie is a persistent map from small numbers: a copy costs nothing, a change copies the way to it, and two tries of
// common descent are compared by looking only at what is not shared. The zero value of V stands for absence. The same
// entries make the same tree, in whatever order they came.
type trie[V comparable] struct{ root *trieNode[V] }

// trieNode is one entry, or a branch by two bits of the keys: nodes stand only where keys part, so that few keys make few
// nodes however large they are.
type trieNode[V comparable] struct {
	prefix   uint32 // of an entry its key, of a branch what its keys have in common
	span     uint8  // bits in which a branch's keys differ, from the lowest on; 0 of an entry
	value    V
	children [trieWidth]*trieNode[V]
}

const (
	trieBits  = 2
	trieWidth = 1 << trieBits
)

// covers reports whether a key belongs below a node.
func (n *trieNode[V]) covers(key uint32) bool { return (n.prefix^key)>>n.span == 0 }

// digit returns which child of a branch a key belongs to.
func (n *trieNode[V]) digit(key uint32) uint32 { return key >> (n.span - trieBits) & (trieWidth - 1) }

// get returns the value of a key, or the zero value.
func (t trie[V]) get(key int) (value V) {
	n := t.root
	for n != nil && n.covers(uint32(key)) {
		if n.span == 0 {
			return n.value
		}
		n = n.children[n.digit(uint32(key))]
	}
	return value
}

// with returns a trie in which a key has a value.
func (t trie[V]) with(key int, value V) trie[V] {
	var none V
	if value == none {
		return trie[V]{t.root.without(uint32(key))}
	}
	return trie[V]{t.root.with(uint32(key), value)}
}

func (n *trieNode[V]) with(key uint32, value V) *trieNode[V] {
	if n != nil && n.span != 0 && n.covers(key) {
		changed := *n
		at := n.digit(key)
		changed.children[at] = n.children[at].with(key, value)
		return &changed
	}
	made := &trieNode[V]{prefix: key, value: value}
	if n == nil || n.prefix == key && n.span == 0 {
		return made
	}
	return branchOf(n, made)
}

// branchOf returns the branch at which two nodes part.
func branchOf[V comparable](a, b *trieNode[V]) *trieNode[V] {
	span := (bits.Len32(a.prefix^b.prefix) + trieBits - 1) / trieBits * trieBits
	branch := &trieNode[V]{prefix: a.prefix >> span << span, span: uint8(span)}
	branch.children[branch.digit(a.prefix)], branch.children[branch.digit(b.prefix)] = a, b
	return branch
}

func (n *trieNode[V]) without(key uint32) *trieNode[V] {
	if n == nil || !n.covers(key) {
		return n
	}
	if n.span == 0 {
		return nil
	}
	at := n.digit(key)
	left := n.children[at].without(key)
	if left == n.children[at] {
		return n
	}
	if left == nil {
		if only := n.onlyBut(at); only != nil {
			return only
		}
	}
	changed := *n
	changed.children[at] = left
	return &changed
}

// onlyBut returns the one child of a branch besides another one; nil if there are several.
func (n *trieNode[V]) onlyBut(at uint32) (only *trieNode[V]) {
	for i, child := range n.children {
		if child == nil || uint32(i) == at {
			continue
		}
		if only != nil {
			return nil
		}
		only = child
	}
	return only
}

// each visits the keys that have a value, in ascending order.
func (t trie[V]) each(visit func(key int, value V)) {
	trie[V]{}.differ(t, func(key int, _, value V) { visit(key, value) })
}

// differ visits the keys whose values differ between two tries, in ascending order.
func (t trie[V]) differ(other trie[V], visit func(key int, mine, theirs V)) {
	differNodes(t.root, other.root, visit)
}

func differNodes[V comparable](a, b *trieNode[V], visit func(key int, mine, theirs V)) {
	var none V
	switch {
	case a == b:
	case a == nil && b.span == 0:
		visit(int(b.prefix), none, b.value)
	case b == nil && a.span == 0:
		visit(int(a.prefix), a.value, none)
	case a == nil:
		for _, child := range b.children {
			differNodes(nil, child, visit)
		}
	case b == nil:
		for _, child := range a.children {
			differNodes(child, nil, visit)
		}
	case a.span == b.span && a.prefix == b.prefix:
		differAlike(a, b, visit)
	case a.span > b.span && a.covers(b.prefix):
		for i, child := range a.children {
			differNodes(child, b.ifAt(a.digit(b.prefix), i), visit)
		}
	case b.span > a.span && b.covers(a.prefix):
		for i, child := range b.children {
			differNodes(a.ifAt(b.digit(a.prefix), i), child, visit)
		}
	case a.prefix < b.prefix:
		differNodes(a, nil, visit)
		differNodes(nil, b, visit)
	default:
		differNodes(nil, b, visit)
		differNodes(a, nil, visit)
	}
}

// differAlike visits what differs between two nodes that stand for the same keys.
func differAlike[V comparable](a, b *trieNode[V], visit func(key int, mine, theirs V)) {
	if a.span != 0 {
		for i, child := range a.children {
			differNodes(child, b.children[i], visit)
		}
	} else if a.value != b.value {
		visit(int(a.prefix), a.value, b.value)
	}
}

// ifAt returns a node where it belongs, nil elsewhere.
func (n *trieNode[V]) ifAt(digit uint32, at int) *trieNode[V] {
	if digit == uint32(at) {
		return n
	}
	return nil
}

// combined returns a trie in which the keys whose values differ between two tries have the value that combine gives them;
// they are visited in ascending order. What it has in common with either of them is shared.
func (t trie[V]) combined(other trie[V], combine func(key int, mine, theirs V) V) trie[V] {
	return trie[V]{combineNodes(t.root, other.root, combine)}
}

func combineNodes[V comparable](a, b *trieNode[V], combine func(key int, mine, theirs V) V) *trieNode[V] {
	switch {
	case a == b:
		return a
	case a == nil:
		return combineBelow(b, a, b, combine)
	case b == nil:
		return combineBelow(a, a, b, combine)
	case a.prefix == b.prefix && a.span == b.span, a.span > b.span && a.covers(b.prefix):
		return combineBelow(a, a, b, combine)
	case b.span > a.span && b.covers(a.prefix):
		return combineBelow(b, a, b, combine)
	case a.prefix < b.prefix:
		first := combineNodes(a, nil, combine)
		return joined(first, combineNodes(nil, b, combine))
	}
	first := combineNodes(nil, b, combine)
	return joined(first, combineNodes(a, nil, combine))
}

// combineBelow combines two nodes of which one stands where the result does.
func combineBelow[V comparable](at, a, b *trieNode[V], combine func(key int, mine, theirs V) V) *trieNode[V] {
	if at.span == 0 {
		return at.entryOf(a, b, combine)
	}
	made := trieNode[V]{prefix: at.prefix, span: at.span}
	for i := range made.children {
		made.children[i] = combineNodes(a.below(at, i), b.below(at, i), combine)
	}
	for _, known := range [...]*trieNode[V]{a, b} {
		if known != nil && *known == made {
			return known
		}
	}
	return made.settled()
}

// below returns the part of a node that belongs to a child of another one, which may be the same.
func (n *trieNode[V]) below(at *trieNode[V], child int) *trieNode[V] {
	switch {
	case n == nil:
		return nil
	case n.span == at.span:
		return n.children[child]
	}
	return n.ifAt(at.digit(n.prefix), child)
}

// entryOf combines two entries of one key, or one with none.
func (n *trieNode[V]) entryOf(a, b *trieNode[V], combine func(key int, mine, theirs V) V) *trieNode[V] {
	var mine, theirs, none V
	if a != nil {
		mine = a.value
	}
	if b != nil {
		theirs = b.value
	}
	value := mine
	if mine != theirs {
		value = combine(int(n.prefix), mine, theirs)
	}
	switch {
	case value == none:
		return nil
	case a != nil && value == mine:
		return a
	case b != nil && value == theirs:
		return b
	}
	return &trieNode[V]{prefix: n.prefix, value: value}
}

// settled returns a branch if it has children that part, else what is left of it.
func (n *trieNode[V]) settled() *trieNode[V] {
	var only *trieNode[V]
	for _, child := range n.children {
		switch {
		case child == nil:
		case only != nil:
			branch := *n
			return &branch
		default:
			only = child
		}
	}
	return only
}

// joined returns what holds the entries of two nodes that have no keys in common.
func joined[V comparable](a, b *trieNode[V]) *trieNode[V] {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return branchOf(a, b)
}
