package eval

// trie is a persistent map from small numbers: a copy costs nothing, a change copies the way to it, and two tries of
// common descent are compared by looking only at what is not shared. The zero value of V stands for absence.
type trie[V comparable] struct {
	root   *trieNode[V]
	height int // levels of children above the values
}

// trieNode has either children or values.
type trieNode[V comparable] struct {
	children []*trieNode[V]
	values   []V
}

const (
	trieBits  = 4
	trieWidth = 1 << trieBits
)

// get returns the value of a key, or the zero value.
func (t trie[V]) get(key int) (value V) {
	node := t.root
	if key>>(trieBits*(t.height+1)) != 0 {
		return value
	}
	for level := t.height; level > 0 && node != nil; level-- {
		node = node.children[key>>(trieBits*level)&(trieWidth-1)]
	}
	if node == nil {
		return value
	}
	return node.values[key&(trieWidth-1)]
}

// with returns a trie in which a key has a value.
func (t trie[V]) with(key int, value V) trie[V] {
	for key>>(trieBits*(t.height+1)) != 0 {
		if t.root != nil {
			above := &trieNode[V]{children: make([]*trieNode[V], trieWidth)}
			above.children[0] = t.root
			t.root = above
		}
		t.height++
	}
	t.root = t.root.with(t.height, key, value)
	return t
}

func (n *trieNode[V]) with(level, key int, value V) *trieNode[V] {
	at := key >> (trieBits * level) & (trieWidth - 1)
	made := &trieNode[V]{}
	if level == 0 {
		made.values = make([]V, trieWidth)
		if n != nil {
			copy(made.values, n.values)
		}
		made.values[at] = value
		return made
	}
	made.children = make([]*trieNode[V], trieWidth)
	if n != nil {
		copy(made.children, n.children)
	}
	made.children[at] = made.children[at].with(level-1, key, value)
	return made
}

// each visits the keys that have a value, in ascending order.
func (t trie[V]) each(visit func(key int, value V)) {
	trie[V]{}.differ(t, func(key int, _, value V) { visit(key, value) })
}

// differ visits the keys whose values differ between two tries, in ascending order.
func (t trie[V]) differ(other trie[V], visit func(key int, mine, theirs V)) {
	for t.height < other.height {
		t = t.raised()
	}
	for other.height < t.height {
		other = other.raised()
	}
	differNodes(t.root, other.root, t.height, 0, visit)
}

func (t trie[V]) raised() trie[V] {
	if t.root == nil {
		return trie[V]{height: t.height + 1}
	}
	above := &trieNode[V]{children: make([]*trieNode[V], trieWidth)}
	above.children[0] = t.root
	return trie[V]{root: above, height: t.height + 1}
}

func differNodes[V comparable](a, b *trieNode[V], level, base int, visit func(key int, mine, theirs V)) {
	if a == b {
		return
	}
	for i := range trieWidth {
		key := base | i<<(trieBits*level)
		if level > 0 {
			var below, otherBelow *trieNode[V]
			if a != nil {
				below = a.children[i]
			}
			if b != nil {
				otherBelow = b.children[i]
			}
			differNodes(below, otherBelow, level-1, key, visit)
			continue
		}
		var mine, theirs V
		if a != nil {
			mine = a.values[i]
		}
		if b != nil {
			theirs = b.values[i]
		}
		if mine != theirs {
			visit(key, mine, theirs)
		}
	}
}
