package cfg

import "github.com/ociretry/ociretry/analyzer/internal/summary"

// Cycles returns for each block of a function the number of the cycle it lies in, 0 for none: the strongly connected
// components of the control-flow graph (Tarjan), of which a loop, however written, is one.
func Cycles(function *summary.Function) []int32 {
	return CyclesAmong(function, func(int32) bool { return true })
}

// CyclesAmong returns for each of some blocks the number of the cycle of such blocks that it lies in, 0 for none.
func CyclesAmong(function *summary.Function, among func(int32) bool) []int32 {
	n := len(function.Blocks)
	t := &tarjan{function: function, among: among, index: make([]int32, n), low: make([]int32, n), on: make([]bool, n), component: make([]int32, n)}
	for b := range int32(n) {
		if t.index[b] == 0 && among(b) {
			t.visit(b)
		}
	}
	return t.component
}

type tarjan struct {
	function  *summary.Function
	among     func(int32) bool // the blocks that count
	index     []int32
	low       []int32
	on        []bool
	stack     []int32
	counter   int32
	component []int32
	number    int32
}

func (t *tarjan) visit(b int32) {
	t.counter++
	t.index[b], t.low[b] = t.counter, t.counter
	t.stack = append(t.stack, b)
	t.on[b] = true
	loops := false
	for _, successor := range t.function.Blocks[b].Successors {
		if !t.among(successor) {
			continue
		}
		if successor == b {
			loops = true
		}
		if t.index[successor] == 0 {
			t.visit(successor)
			t.low[b] = min(t.low[b], t.low[successor])
		} else if t.on[successor] {
			t.low[b] = min(t.low[b], t.index[successor])
		}
	}
	if t.low[b] != t.index[b] {
		return
	}
	members := []int32{}
	for {
		top := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.on[top] = false
		members = append(members, top)
		if top == b {
			break
		}
	}
	if len(members) > 1 || loops {
		t.number++
		for _, member := range members {
			t.component[member] = t.number
		}
	}
}
