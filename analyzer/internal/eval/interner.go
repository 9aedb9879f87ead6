package eval

import (
	"go/constant"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// interner makes equal values one pointer. What belongs to one function is forgotten after it, what package
// initialisers leave stays: values of two functions are never compared by pointer.
type interner struct {
	nodes    nodes // of this scope
	lasts    nodes // what stays
	objects  scoped[string, int]
	last     int                              // number of the last node
	makings  map[making]*times                // in this scope
	literals map[*summary.ConstantValue]Value // in this scope
	names    []string                         // of objects
	owned    []bool                           // by object: whether it is only known by its address
	lasting  int                              // not 0 while initialisers are run
	// pointees leads from objects of which only an address of unknown origin is known to that address.
	pointees map[int]Value
	nils     [OnRow + 1]Value       // of each taint, in this scope
	truths   [2 * (OnRow + 1)]Value // false of each taint, and then true
	seed     maphash.Seed
}

// scoped is a map of what stays and of what belongs to the function that is looked at.
type scoped[K comparable, V any] struct{ stays, here map[K]V }

func (m *scoped[K, V]) get(key K, lasting bool) (value V, known bool) {
	if value, known = m.here[key]; !known {
		value, known = m.stays[key]
	} else if lasting {
		m.stays[key] = value
	}
	return value, known
}

func (m *scoped[K, V]) put(key K, value V, lasting bool) {
	if lasting {
		m.stays[key] = value
		return
	}
	m.here[key] = value
}

func newInterner() *interner {
	in := &interner{seed: maphash.MakeSeed()}
	in.lasts, in.objects.stays = nodes{}, map[string]int{}
	in.forgetScope()
	return in
}

// forgetScope forgets the values of the function that was looked at.
func (in *interner) forgetScope() {
	in.nodes, in.objects.here, in.pointees = nodes{}, map[string]int{}, map[int]Value{}
	in.makings, in.literals = map[making]*times{}, map[*summary.ConstantValue]Value{}
	clear(in.nils[:])
	clear(in.truths[:])
}

// make returns the one value with a node's content.
func (in *interner) make(n Node) Value {
	hash := in.hash(&n)
	if known := in.nodes.find(hash, &n); known != nil {
		if in.lasting > 0 {
			in.nodes.drop(hash, known)
			in.lasts.add(hash, known)
		}
		return known
	}
	if known := in.lasts.find(hash, &n); known != nil {
		return known
	}
	in.last++
	made := new(Node) // a copy: most values that are asked for are there already, and n need not outlive the call then
	*made = n
	made.ID = in.last
	made.sumUp()
	if in.lasting > 0 {
		in.lasts.add(hash, made)
	} else {
		in.nodes.add(hash, made)
	}
	return made
}

// nodes are values by the hash of their content, those of one hash in a chain.
type nodes map[uint64]Value

func (ns nodes) find(hash uint64, n *Node) Value {
	for known := ns[hash]; known != nil; known = known.next {
		if alike(known, n) {
			return known
		}
	}
	return nil
}

func (ns nodes) add(hash uint64, n Value) {
	n.next = ns[hash]
	ns[hash] = n
}

func (ns nodes) drop(hash uint64, n Value) {
	if ns[hash] == n {
		ns[hash] = n.next
		return
	}
	before := ns[hash]
	for before.next != n {
		before = before.next
	}
	before.next = n.next
}

// hash sums up all that tells a node from others.
func (in *interner) hash(n *Node) uint64 {
	hash := uint64(n.Kind) | uint64(n.Taint)<<8 | uint64(n.Flags)<<16
	if n.Open {
		hash |= 1 << 32
	}
	hash = scramble(hash ^ uint64(n.Object)<<33)
	hash = scramble(hash ^ uint64(n.Low)<<32 ^ uint64(n.Length))
	if n.fixed != nil {
		hash = scramble(scramble(hash^uint64(n.fixed.Kind())) ^ in.hashConstant(n.fixed))
	}
	for _, text := range [...]string{n.Text, n.Path, n.typeName()} {
		if text != "" {
			hash ^= maphash.String(in.seed, text)
		}
		hash = scramble(hash)
	}
	if n.Row != nil {
		hash = scramble(hash ^ maphash.String(in.seed, n.Row.Name()) ^ uint64(n.Says))
	}
	for _, argument := range n.Args {
		hash = scramble(hash ^ uint64(argument.ID))
	}
	return hash
}

func (in *interner) hashConstant(value constant.Value) uint64 {
	switch value.Kind() {
	case constant.String:
		return maphash.String(in.seed, constant.StringVal(value))
	case constant.Int:
		n, _ := constant.Int64Val(value)
		return uint64(n)
	}
	return maphash.String(in.seed, value.ExactString())
}

// alike reports whether two nodes have the same content, whoever owns their type.
func alike(a, b *Node) bool {
	return a.Kind == b.Kind && a.Taint == b.Taint && a.Flags == b.Flags && a.Open == b.Open &&
		a.Object == b.Object && a.Low == b.Low && a.Length == b.Length &&
		a.Text == b.Text && a.Path == b.Path && a.typeName() == b.typeName() &&
		sameConstant(a.fixed, b.fixed) && a.Says == b.Says && sameRow(a.Row, b.Row) && slices.Equal(a.Args, b.Args)
}

func (v *Node) typeName() string {
	if v.Type == nil {
		return ""
	}
	return v.Type.Name
}

func sameConstant(a, b constant.Value) bool {
	if a == nil || b == nil || a.Kind() != b.Kind() {
		return a == nil && b == nil
	}
	switch a.Kind() {
	case constant.String:
		return constant.StringVal(a) == constant.StringVal(b)
	case constant.Int:
		n, small := constant.Int64Val(a)
		m, alsoSmall := constant.Int64Val(b)
		if small && alsoSmall {
			return n == m
		}
	}
	return a.ExactString() == b.ExactString()
}

func sameRow(a, b *inquiry.Row) bool {
	return a == b || a != nil && b != nil && a.Name() == b.Name()
}

// object returns the number of the object with this name.
func (in *interner) object(name string) int {
	lasting := in.lasting > 0 || strings.HasPrefix(name, "global:")
	number, ok := in.objects.get(name, lasting)
	if !ok {
		number = len(in.names) + 1
		in.objects.put(name, number, lasting)
		in.names = append(in.names, name)
		in.owned = append(in.owned, isOwn(name))
	}
	return number
}

// known returns the number of an object that has been named already.
func (in *interner) known(name string) (number int, ok bool) { return in.objects.get(name, false) }

func (in *interner) constant(value constant.Value, taint Taint) Value {
	return in.make(Node{Kind: Constant, fixed: value, Taint: taint})
}

func (in *interner) boolean(value bool, taint Taint) Value {
	known := &in.truths[taint]
	if value {
		known = &in.truths[OnRow+1+taint]
	}
	if *known == nil || in.lasting > 0 { // else what lasts would not be noted as such
		*known = in.constant(constant.MakeBool(value), taint)
	}
	return *known
}

func (in *interner) text(value string, taint Taint) Value {
	return in.constant(constant.MakeString(value), taint)
}

func (in *interner) integer(value int64, taint Taint) Value {
	return in.constant(constant.MakeInt64(value), taint)
}

func (in *interner) nilValue(taint Taint) Value {
	if in.nils[taint] == nil || in.lasting > 0 {
		in.nils[taint] = in.make(Node{Kind: Nil, Taint: taint})
	}
	return in.nils[taint]
}

func (in *interner) free(symbol string, flags Flag, arguments ...Value) Value {
	for _, argument := range arguments {
		if maxTaint(argument) >= Chosen {
			return in.undetermined(symbol) // what is made of the row is never free
		}
		flags |= argument.Flags&(Given|Outcome|Outside) | flagsOf(argument)&Fresh
	}
	return in.make(Node{Kind: Free, Text: symbol, Flags: flags, Args: arguments})
}

func (in *interner) undetermined(reason string) Value {
	return in.make(Node{Kind: Undetermined, Text: reason, Taint: OnRow})
}

func (in *interner) tuple(values ...Value) Value {
	return in.make(Node{Kind: Tuple, Args: values})
}

func (in *interner) pointer(object int, path string) Value {
	return in.make(Node{Kind: Pointer, Object: object, Path: path})
}
