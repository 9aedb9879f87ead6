package eval

import "github.com/ociretry/ociretry/analyzer/internal/summary"

// making is a place where something is made each time that it is come to: what it is, or what part of what somebody answers.
type making struct {
	what, of     string
	part         int // -1 for none
	place        string
	block, index int32
	after        bool // the failure
}

func (m making) name() string {
	name := m.what + m.of
	if m.part >= 0 {
		name += "#" + itoa(m.part)
	}
	name += ":" + m.place + ":" + itoa(int(m.block)) + "." + itoa(int(m.index))
	if m.after {
		return afterPlace + name
	}
	return name
}

// maxTimes is how often something is told apart that is made at one place: never before, once, more often.
const maxTimes = 3

// times is what is made at one place.
type times struct {
	object int              // that counts how often
	names  [maxTimes]string // of what is made; "" while it was not
}

// timesOf returns what is made at a place.
func (in *interner) timesOf(m making) *times {
	known := in.makings[m]
	if known == nil || in.lasting > 0 { // else what lasts would not be noted as such
		known = &times{object: in.object(m.name())}
		in.makings[m] = known
	}
	return known
}

// nth returns the name of what is made at a place for the nth time.
func (in *interner) nth(made *times, n uint8) string {
	if made.names[n] == "" {
		made.names[n] = in.names[made.object-1] + "#" + itoa(int(n))
	}
	return made.names[n]
}

// fresh returns a symbol of its own for each time an instruction is executed.
func (r *run) fresh(f *frame, it *item, what string, flags Flag, arguments ...Value) Value {
	return r.freshPart(f, it, making{what: what, part: -1}, flags, arguments...)
}

// freshPart is fresh for a part of what somebody answers.
func (r *run) freshPart(f *frame, it *item, m making, flags Flag, arguments ...Value) Value {
	it.change()
	m.place, m.block, m.index, m.after = f.place(), it.block, int32(it.index), it.state.phase == After
	made := r.timesOf(m)
	n := it.state.count(made.object)
	for _, argument := range arguments {
		flags |= flagsOf(argument) & (Outcome | Outside)
	}
	if n > 1 {
		flags &^= Fresh // from here on a loop's symbols repeat
	}
	return r.make(Node{Kind: Free, Text: r.nth(made, n), Flags: flags | Unique})
}

func (r *run) alloc(f *frame, it *item, i *summary.Instruction) Value {
	made := r.timesOf(making{what: "alloc", part: -1, place: f.place(), block: it.block, index: int32(it.index)})
	it.change()
	object := made.object
	if i.Heap && r.cycle(f.function)[it.block] != 0 {
		object = r.object(r.nth(made, it.state.count(object))) // each round has its own
	}
	it.state.store(object, r.zero(f.function.Owner(), i.Type))
	return r.pointer(object, "")
}
