package analyzer

import (
	"cmp"
	"go/ast"
	"runtime"
	"slices"
	"sync"
)

// turns says which packages are looked at when: as many side by side as there are processors. What is known of a package
// is given up when it has been looked at, and the largest ones take the most memory meanwhile. So there is one of these at
// a time, and the smallest ones beside it. What is found does not depend on it.
type turns struct {
	mutex   sync.Mutex
	changed *sync.Cond
	waiting []*source // in order of their size
	places  int
	taken   int
	large   *source // the one that smaller ones are looked at beside
}

func newTurns() *turns {
	t := &turns{places: runtime.GOMAXPROCS(0)}
	t.changed = sync.NewCond(&t.mutex)
	return t
}

// announce says that a package may be looked at.
func (t *turns) announce(s *source) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	at, _ := slices.BinarySearchFunc(t.waiting, s, bySize)
	t.waiting = slices.Insert(t.waiting, at, s)
}

// withdraw says that a package need not be looked at.
func (t *turns) withdraw(s *source) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.remove(s)
}

// take waits for a package's turn.
func (t *turns) take(s *source) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for t.taken == t.places || slices.Contains(t.waiting, s) && t.next() != s {
		t.changed.Wait()
	}
	t.taken++
	if t.large == nil {
		t.large = s
	}
	t.remove(s)
}

// end ends a package's turn.
func (t *turns) end(s *source) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.taken--
	if t.large == s {
		t.large = nil
	}
	t.changed.Broadcast()
}

// next returns the package whose turn is the next one. Where there is one place, there is nothing beside a large package.
func (t *turns) next() *source {
	if t.large == nil && t.places > 1 {
		return t.waiting[len(t.waiting)-1]
	}
	return t.waiting[0]
}

func (t *turns) remove(s *source) {
	if at := slices.Index(t.waiting, s); at >= 0 {
		t.waiting = slices.Delete(t.waiting, at, at+1)
		t.changed.Broadcast()
	}
}

func bySize(a, b *source) int {
	return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(a.pass.Pkg.Path(), b.pass.Pkg.Path()))
}

// sizeOf returns how large the files of a pass are.
func sizeOf(files []*ast.File) int {
	size := 0
	for _, file := range files {
		size += int(file.FileEnd - file.FileStart)
	}
	return size
}
