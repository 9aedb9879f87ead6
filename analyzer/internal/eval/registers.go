package eval

import (
	"math/bits"
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Few of a function's registers are of use at one place of it: in a block those that are read there or later, and those
// that are written there. An item has room for these alone, its window, so that a function of a thousand registers costs
// no more at a place than a short one, and states that differ only in what nobody reads any more are the same.

// window is what a block has room for.
type window struct {
	numbers []int32 // of the registers, ascending
	entry   []bool  // whether a register holds something at the block's entry; others are written in the block
}

// registers are those of an item. Others hold nothing.
type registers struct {
	window *window // shared
	values []Value // of the window's numbers
	own    bool    // nobody else has the values
	begun  bool    // nobody else has them but who asks for those at the block's entry alone
}

// shared returns the registers for somebody else to have, too.
func (rs *registers) shared() registers {
	rs.own, rs.begun = false, false
	return *rs
}

// arrived returns the registers for somebody who asks for those at the block's entry alone.
func (rs *registers) arrived() registers {
	rs.own, rs.begun = false, rs.own
	return *rs
}

// atEntry returns what a register of the window holds at the block's entry.
func (rs *registers) atEntry(at int) Value {
	if !rs.window.entry[at] {
		return nil
	}
	return rs.values[at]
}

// get returns what a register holds, nil for nothing.
func (rs *registers) get(register int32) Value {
	if at, known := slices.BinarySearch(rs.window.numbers, register); known {
		return rs.values[at]
	}
	return nil
}

// set writes a register, which belongs to this item alone.
func (rs *registers) set(register int32, value Value) {
	at, known := slices.BinarySearch(rs.window.numbers, register)
	if !known {
		rs.window = &window{numbers: slices.Insert(slices.Clone(rs.window.numbers), at, register)}
		rs.values, rs.own, rs.begun = slices.Insert(slices.Clone(rs.values), at, nil), true, false
	}
	if !rs.own && (!rs.begun || rs.window.entry[at]) {
		rs.values, rs.own = slices.Clone(rs.values), true
	}
	rs.values[at] = value
}

// through returns the registers as they are seen through a block's window at its entry.
func (rs *registers) through(w *window) registers {
	seen := registers{window: w, values: make([]Value, len(w.numbers)), own: true}
	numbers, from := rs.window.numbers, 0
	for i, register := range w.numbers {
		if !w.entry[i] {
			continue
		}
		for from < len(numbers) && numbers[from] < register {
			from++
		}
		if from < len(numbers) && numbers[from] == register {
			seen.values[i] = rs.values[from]
		}
	}
	return seen
}

// parameterRegisters returns the registers with which a function begins.
func parameterRegisters(function *summary.Function, arguments []Value) registers {
	count := min(len(arguments), int(function.Registers))
	numbers := make([]int32, count)
	for i := range numbers {
		numbers[i] = int32(i)
	}
	return registers{window: &window{numbers: numbers}, values: arguments[:count]}
}

// windows returns the windows of a function's blocks.
func (s *Session) windows(function *summary.Function) []window {
	if known, ok := s.windowed[function]; ok {
		return known
	}
	live := liveness(function)
	windows := make([]window, len(function.Blocks))
	for b := range windows {
		windows[b] = windowOf(&function.Blocks[b], live[b])
	}
	s.windowed[function] = windows
	return windows
}

func windowOf(block *summary.Block, live []uint64) window {
	var w window
	for i := range live {
		for word := live[i]; word != 0; word &= word - 1 {
			w.numbers = append(w.numbers, int32(i*64+bits.TrailingZeros64(word)))
		}
	}
	for i := range block.Instructions {
		if result := block.Instructions[i].Result; result >= 0 {
			w.numbers = append(w.numbers, result)
		}
	}
	slices.Sort(w.numbers)
	w.numbers = slices.Clip(slices.Compact(w.numbers))
	w.entry = make([]bool, len(w.numbers))
	for i, register := range w.numbers {
		w.entry[i] = live[register/64]&(1<<(register%64)) != 0
	}
	for i := range block.Instructions {
		if phi := &block.Instructions[i]; phi.Op == summary.OpPhi {
			at, _ := slices.BinarySearch(w.numbers, phi.Result)
			w.entry[at] = true
		}
	}
	return w
}
