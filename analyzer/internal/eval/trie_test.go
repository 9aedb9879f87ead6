package eval

import (
	"maps"
	"math/rand"
	"slices"
	"testing"
)

// TestTrie compares tries with maps: what they hold, what is left of earlier versions, in which order keys are visited, and
// that the same entries make the same tree.
func TestTrie(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	key := func() int {
		if random.Intn(2) == 0 {
			return random.Intn(40)
		}
		return random.Intn(1 << 20)
	}
	type version struct {
		tree trie[int]
		held map[int]int
	}
	versions := []version{{held: map[int]int{}}}
	for range 4000 {
		from := versions[random.Intn(len(versions))]
		k, v := key(), random.Intn(3)
		if len(from.held) > 0 && random.Intn(3) == 0 {
			k = slices.Sorted(maps.Keys(from.held))[random.Intn(len(from.held))]
		}
		next := version{from.tree.with(k, v), maps.Clone(from.held)}
		next.held[k] = v
		if v == 0 {
			delete(next.held, k)
		}
		versions = append(versions, next)
	}
	for n, a := range versions {
		visited := map[int]int{}
		last := -1
		a.tree.each(func(k, v int) {
			if k <= last || a.tree.get(k) != v {
				t.Fatalf("%d after %d, with %d", k, last, v)
			}
			visited[k], last = v, k
		})
		if !maps.Equal(visited, a.held) || a.tree.get(1<<19+1) != a.held[1<<19+1] {
			t.Fatalf("version %d holds %v, not %v", n, visited, a.held)
		}
		checkDiffer(t, a.tree, versions[random.Intn(len(versions))].tree)
		var again trie[int]
		for k, v := range a.held {
			again = again.with(k, v)
		}
		if !sameShape(a.tree.root, again.root) {
			t.Fatalf("version %d has another shape when it is built anew", n)
		}
	}
}

func checkDiffer(t *testing.T, a, b trie[int]) {
	last, differing := -1, map[int]bool{}
	a.differ(b, func(k, mine, theirs int) {
		if k <= last || mine == theirs || a.get(k) != mine || b.get(k) != theirs {
			t.Fatalf("%d after %d: %d and %d", k, last, mine, theirs)
		}
		differing[k], last = true, k
	})
	for _, side := range []trie[int]{a, b} {
		side.each(func(k, _ int) {
			if a.get(k) != b.get(k) && !differing[k] {
				t.Fatalf("%d differs and was not visited", k)
			}
		})
	}
}

// TestTrieCombined compares what two tries are combined to with what comes of combining them key by key.
func TestTrieCombined(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	tries := []trie[int]{{}}
	for range 3000 {
		from := tries[random.Intn(len(tries))]
		tries = append(tries, from.with(random.Intn(60)*random.Intn(60), random.Intn(4)))
	}
	for range 3000 {
		a, b := tries[random.Intn(len(tries))], tries[random.Intn(len(tries))]
		key := func(k, mine, theirs int) int { return (mine + 2*theirs + k%3) % 4 }
		want := a
		var visited, combined []int
		a.differ(b, func(k, mine, theirs int) {
			visited = append(visited, k)
			want = want.with(k, key(k, mine, theirs))
		})
		got := a.combined(b, func(k, mine, theirs int) int {
			combined = append(combined, k)
			return key(k, mine, theirs)
		})
		if !slices.Equal(visited, combined) || !sameShape(want.root, got.root) {
			t.Fatalf("visited %v, not %v", combined, visited)
		}
		if theirs := a.combined(b, func(_, _, theirs int) int { return theirs }); theirs.root != b.root && !sameShape(theirs.root, b.root) {
			t.Fatal("another trie is not what it was")
		}
	}
}

func sameShape(a, b *trieNode[int]) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.prefix != b.prefix || a.span != b.span || a.value != b.value {
		return false
	}
	for i := range a.children {
		if !sameShape(a.children[i], b.children[i]) {
			return false
		}
	}
	return true
}
