package eval

import (
	"go/token"
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Budgets of one run. Beyond them the run is spent, and a spent run reports nothing.
const (
	maxSteps  = 40_000 // a function with 2,000 branches takes 10 to 20 instructions for each
	maxAside  = 8_000  // of a function that makes no OCI calls: it is only looked at for the policies it builds
	maxDepth  = 14     // frames; real helper chains are below 8
	maxStates = 48     // told apart at one block; more are joined
	// minSteps is the least budget of a run on from an OCI call. The further down a call stands, the more of what
	// follows was looked at in the functions below, so the budget halves with each frame.
	minSteps = 8_000
	// controlStates is maxStates of a run in which the call succeeds.
	controlStates = 1
	// maxUnrolled bounds the rounds of a loop over a known list that are run by themselves before a call has failed.
	maxUnrolled = 64
	maxForks    = 5 // undetermined or given branches on one path
)

// Ending says how a path ended.
type Ending uint8

// The endings.
const (
	Returned Ending = iota // from the function under analysis, with Results
	Fatal                  // panic, os.Exit, log.Fatal
	Resent                 // the target's request was sent again
	Lost                   // on a budget, or where nothing can be told
)

// End is the end of one path after the target answered.
type End struct {
	Ending  Ending
	Results []Value
	First   bool   // the call failed in the first round of its loops that the run came to
	Early   bool   // from a round before the one that stands for all, for whether the same request is sent again
	Second  *Chain // of the second send
	Same    bool   // its token is the target's
	Token   Value  // of the second send, deep; nil when absent
	State   *state
	hangsOn []int // the conditions by which the second request is the same
}

// Waited reports whether the path waited for certain between the sends.
func (e *End) Waited() bool { return e.State.waited }

// MayWait reports whether something undetermined may have waited.
func (e *End) MayWait() bool { return e.State.maybe }

// Noted reports whether the error was logged, stored or handed on.
func (e *End) Noted() bool { return e.State.noted }

// Kept reports whether somebody other than a logger got the error.
func (e *End) Kept() bool { return e.State.kept }

// Told reports whether the path did something that only failures of the call lead to and that lasts or reaches somebody:
// an answer to a client, a phase in a status. A line in a log is no such thing.
func (e *End) Told() bool { return e.State.told }

// Wrote reports whether the row decided that the path wrote something that is there when the function has returned.
func (e *End) Wrote() bool { return e.State.wrote }

// Strayed reports whether the control went on after another failure of the same call, for something else.
func (e *End) Strayed() bool { return e.State.strayed }

// Looked reports whether the path went on to look at the resource, or asked with a changed request.
func (e *End) Looked() bool { return e.State.looked }

// Listed reports whether the path went on to look anew at all the things that it goes over.
func (e *End) Listed() bool { return e.State.listed }

// Decided reports whether another call's success has decided the way.
func (e *End) Decided() bool { return e.State.decided }

// Decision returns the position of the last branch that the row decided in the function under analysis.
func (e *End) Decision() int { return int(e.State.decision) }

// Ground returns the position where the package decided what became of the row, in whatever function of it; 0 when
// nothing in it did.
func (e *End) Ground() token.Pos { return e.State.ground }

// Target returns the OCI call that answered with the row.
func (e *End) Target() *Target { return e.State.target }

// Open reports whether the path took a branch that was undetermined or a factory's.
func (e *End) Open() bool { return len(e.State.choices) > 0 }

// Undetermined reports whether an undetermined branch lies on the path.
func (e *End) Undetermined() bool {
	for _, c := range e.State.choices {
		if c.undetermined {
			return true
		}
	}
	return false
}

// consistent reports whether two paths can belong to the same choices.
func consistent(a, b []choice) bool {
	for _, c := range a {
		for _, d := range b {
			if c.condition == d.condition && c.taken != d.taken {
				return false
			}
		}
	}
	return true
}

// Certain reports whether, whatever was chosen at the undetermined branches, some feasible path satisfies is.
// With no such branch that is: some path does.
func Certain(ends []End, is func(*End) bool) bool {
	any := false
	for i := range ends {
		found := false
		for j := range ends {
			if is(&ends[j]) && consistent(ends[i].State.choices, ends[j].State.choices) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
		any = true
	}
	return any
}

// Observer is told of every call that a run executes.
type Observer interface {
	// Call is told the call's instruction, the way to it, its arguments and the memory they point into.
	Call(o *Observation)
	// Returned is told the last result of a call by the function under analysis, and which OCI call has answered; nil
	// while none has.
	Returned(call *summary.Instruction, target *Target, result Value)
	// Assertion is told of a type assertion on a value.
	Assertion(chain *Chain, instruction *summary.Instruction, value Value, asserted *summary.Type)
	// Closure is told of every function value that is made.
	Closure(chain *Chain, value Value, memory *Memory)
	// Stored is told of a store by the function under analysis to a part of an object: what the object was before.
	Stored(instruction *summary.Instruction, address, before, value Value, memory *Memory)
	// TokenStored is told of a store to a request's token by a function of the package that the one under analysis calls.
	TokenStored(function *summary.Function, instruction *summary.Instruction, address, before, value Value, memory *Memory)
	// Shared is told of a send by a function of the package with a token that a different request went out with.
	Shared(function *summary.Function, target *Target, memory *Memory)
	// Ended is told the memory at the end of the function under analysis.
	Ended(memory *Memory, results []Value)
}

// Observation is one executed call.
type Observation struct {
	Chain       *Chain
	Instruction *summary.Instruction
	Callee      summary.Reference
	Arguments   []Value
	Memory      *Memory
	Failing     bool
}

// Memory lets observers and rules read objects as they stand at one point of a run.
type Memory struct {
	run   *run
	state *state
}

// Run is the result of running one function.
type Run struct {
	Ends      []End
	Sensitive bool // some branch depended on which row it was
	Spent     bool
	Steps     int                        // instructions run
	inquiry   Inquiry                    // what was asked of the row
	says      bool                       // what the row says by itself was asked for
	Exits     map[string]map[string]bool // ways out of the cycles around each target, by target's key
	Seconds   map[string]map[string]bool // second sends by target's key
	Targets   map[string]*Target
	Sites     map[string][]*Site // the OCI calls that the run came to, by key
	Order     []string           // of the keys
	first     map[string]*Site   // that the run came to, by key
	changes   map[int]bool       // conditions by which some later request is another one
	appends   map[string]bool    // where something is put to a list after the call
	// entries and executions are how many blocks were entered and calls executed while sites were noted.
	entries, executions int
	// Forms are the forms in which the failing call's error came back, by the link that got it: from the call there, or
	// for a retry library from the operation that it calls.
	Forms map[string]Form
	Asked map[string]bool // the links of retry libraries that asked the program which errors to try again
}

// run is one abstract execution.
type run struct {
	*Session
	row      *inquiry.Row // that the call answers with; nil for success
	prepared *Row         // the same, for whoever watches
	inquiry  *Inquiry     // what is asked of it
	// anyOfThem says that a call in a cycle fails in any round of it, not in the one that was come to first; general,
	// that this made a difference.
	anyOfThem, general bool
	observer           Observer
	operations         []string // that a predicate is asked about; none when that is not known
	control            *Run     // of the same call
	within             *Chain   // paths that leave the cycle around it are not followed; nil for none
	apart              bool     // states are told apart in the control as they are for a row
	quiet              bool     // no OCI call fails: the run only looks at values
	coarse             bool     // only bodies that send, and those given the error or a function, are run
	steps              int
	limit              int // of steps
	result             *Run
	root               *summary.Function
	// recording says that OCI calls are noted with the stack of frames that wait for them.
	recording bool
	sites     map[string][]*Site // that were noted before, in a run that goes on from a failure
	stack     []resumption
	marks     []mark  // of the stack
	parting   parting // of the states that are being joined
	// entries and executions count the blocks entered and the calls executed while recording, sends the OCI calls come to.
	entries, executions, sends int

	// where the run is, for what is told of comparisons
	frame *frame
	step  *summary.Instruction
}

// frame is one activation of a function.
type frame struct {
	session   *Session
	function  *summary.Function
	chain     *Chain // of the call that entered it; nil for the root
	depth     int
	arguments []Value
	name      string     // of this frame among all frames of a run
	seen      *snapshot  // of the block that is run
	entered   []snapshot // of all blocks
	chosen    bool       // the row decided that the frame was entered
	failing   bool       // a test of whether the call failed did
}

// item is a place to continue from, with the registers and the state there.
type item struct {
	registers       registers
	state           *state
	mine            *state // the state, where nobody else has it
	deferred        *deferral
	decided         []int32 // blocks whose branches the row decided on the way here
	failed          []int32 // blocks whose branches tested whether the call failed
	index           int
	entry           int // number of the entry into the block
	turns           int // rounds of loops that were run by themselves on the way here
	block, previous int32
	calling         bool // a call is executed, which keeps states as it has met them
	asked           bool // and may ask for the item again when it is gone on with
}

// change returns the item's state to be written to, a copy of its own unless nobody else has it.
func (it *item) change() *state {
	if it.mine == nil || it.mine != it.state {
		it.state = it.state.fork()
		if !it.calling {
			it.mine = it.state
		}
	}
	return it.state
}

// shown returns the memory for an observer, who may keep it.
func (r *run) shown(it *item) *Memory {
	it.mine = nil
	return &Memory{r, it.state}
}

// after returns an item that goes on from one of several outcomes of a call: the same one where nobody asks for it again.
func (it *item) after(outcomes int) *item {
	if outcomes > 1 || it.asked {
		it = it.copied()
	}
	it.mine, it.calling, it.asked = nil, false, false
	return it
}

// copied returns a second item that goes on from the same place.
func (it *item) copied() *item {
	it.mine = nil
	it.registers.shared()
	next := *it
	return &next
}

// split returns a second item that goes on from the same place, with a state of its own.
func (it *item) split() *item {
	mine := it.mine
	other := it.copied()
	other.state = it.state.fork()
	other.mine, it.mine = other.state, mine
	return other
}

// deferral is a deferred call; the last one deferred is first.
type deferral struct {
	next        *deferral
	instruction *summary.Instruction
	arguments   []Value
	block       int32
	index       int32
}

// exit is the end of a frame.
type exit struct {
	state   *state
	results []Value
	fatal   bool
}

// snapshot is what a block has been entered with.
type snapshot struct {
	keys  []identity
	items []arrival
	sends int // OCI calls that the run had come to when the block was entered last
	// decided says that the branch at the end of the block was decided when it was run last.
	decided bool
}

// arrival is what an item came to a block with that others may be joined into.
type arrival struct {
	registers       registers
	state           *state
	decided, failed []int32
}

// arrives returns what an item comes to a block with.
func (it *item) arrives() arrival {
	it.mine = nil
	return arrival{it.registers.arrived(), it.state, it.decided, it.failed}
}

// last returns the last arrival that a state may be joined with: one from the same answer, -1 for none.
func (seen *snapshot) last(s *state) int {
	for at, before := range slices.Backward(seen.items) {
		if before.state.isOfAnswer(s) {
			return at
		}
	}
	return -1
}

// isOfAnswer reports whether two states follow the answer of one call, or none.
func (s *state) isOfAnswer(other *state) bool {
	if s.phase != After || other.phase != After {
		return s.phase == other.phase
	}
	return s.target.Chain.Key == other.target.Chain.Key && s.strayed == other.strayed
}

// execute runs a frame to all its ends.
func (r *run) execute(f *frame, entry *state) []exit {
	begin := &item{previous: -1, registers: parameterRegisters(f.function, f.arguments), state: entry}
	return r.work(f, []*item{begin})
}

// work goes on from items of a frame to all its ends.
func (r *run) work(f *frame, work []*item) []exit {
	snapshots := make([]snapshot, len(f.function.Blocks))
	order := r.order(f.function)
	var exits []exit
	for len(work) > 0 {
		var next *item
		if (r.row != nil || r.apart) && work[0].state.phase == After {
			next, work = work[0], work[1:] // the ways on from a failure take turns: none may starve another
		} else {
			next, work = takeFirst(work, order)
		}
		if r.result.Spent {
			return exits
		}
		f.entered = snapshots
		if next.index == 0 {
			switch r.come(f, next, &snapshots[next.block], false) {
			case known:
				continue
			case unrolled:
				r.startAnew(f, snapshots, next.block)
			case entered:
				next, work = r.gather(f, next, &snapshots[next.block], work)
			}
			r.entries++
			next.entry = r.entries
		}
		f.seen = &snapshots[next.block]
		work, exits = r.block(f, next, work, exits)
	}
	return exits
}

// gather joins an item that has entered a block with those that wait to do so and would be joined with it anyway, so that
// the block is run once for all of them. It returns the item that stands for them, and the work that is left.
func (r *run) gather(f *frame, it *item, seen *snapshot, work []*item) (*item, []*item) {
	if it.state.phase == After && !r.isControl() {
		return it, work // states are told apart
	}
	for i := len(work) - 1; i >= 0; i-- {
		other := work[i]
		if other.block != it.block || other.index != 0 || !other.state.isOfAnswer(it.state) {
			continue
		}
		work = append(work[:i], work[i+1:]...)
		if r.come(f, other, seen, true) == entered {
			it = other
		}
	}
	return it, work
}

// come brings an item into its block.
func (r *run) come(f *frame, it *item, seen *snapshot, gathered bool) entry {
	r.phis(f, it)
	r.anewDecided(f, it)
	return r.enter(f, it, seen, gathered)
}

// startAnew forgets what the other blocks of a loop were entered with.
func (r *run) startAnew(f *frame, snapshots []snapshot, header int32) {
	cycles := r.cycle(f.function)
	for b := range snapshots {
		if int32(b) != header && cycles[b] == cycles[header] {
			snapshots[b] = snapshot{}
		}
	}
}

// takeFirst takes the item whose block comes first, so that all ways into a block are there before it is run; of
// several in one block it takes the last.
func takeFirst(work []*item, order []int32) (*item, []*item) {
	first := len(work) - 1
	for i := first - 1; i >= 0; i-- {
		if order[work[i].block] < order[work[first].block] {
			first = i
		}
	}
	next := work[first]
	return next, append(work[:first], work[first+1:]...)
}

// phis reads the phi nodes of a block in parallel from the edge that was taken, and forgets the registers that are not
// read any more.
func (r *run) phis(f *frame, it *item) {
	block := &f.function.Blocks[it.block]
	edge := predecessorIndex(block, it.previous)
	var values []Value
	for i := range block.Instructions {
		phi := &block.Instructions[i]
		if phi.Op != summary.OpPhi {
			break
		}
		if edge >= 0 {
			values = append(values, r.operand(f, it, phi.Operands[edge]))
		} else {
			values = append(values, r.undetermined("phi without an edge"))
		}
	}
	r.choose(f, it, values)
	it.registers = it.registers.through(&r.windows(f.function)[it.block])
	for i, value := range values {
		it.registers.set(block.Instructions[i].Result, value)
	}
	it.index = len(values)
}

// enter decides whether a block has to be run for this state: not if it was for an equal one. Before the failure,
// and beyond maxStates after it, states are joined with what the block was entered with. What is gathered is joined with what
// has entered the block before it is run.
func (r *run) enter(f *frame, it *item, seen *snapshot, gathered bool) entry {
	at := seen.last(it.state)
	again := at >= 0
	join := again && it.state.phase == Before
	if join && !gathered && seen.decided && it.turns < maxUnrolled && r.goesOnBuilding(f, it, seen) {
		it.turns++
		seen.items[at], seen.sends = it.arrives(), r.sends
		return unrolled
	}
	seen.sends = r.sends
	if it.state.phase == After && len(seen.items) >= r.states() {
		join = again
	}
	if join {
		r.joinItems(f, &seen.items[at], it)
	}
	if it.state.phase == After {
		r.widen(f, it, seen)
	}
	key := r.itemKey(it)
	if slices.Contains(seen.keys, key) {
		return known
	}
	seen.keys = append(seen.keys, key)
	if again && join {
		seen.items[at] = it.arrives()
	} else {
		seen.items = append(seen.items, it.arrives())
	}
	return entered
}

// goesOnBuilding reports whether the round that ends at a block has built something and sent nothing, in a loop of which it
// is decided how many rounds there are: at its head, or wherever it may be left.
func (r *run) goesOnBuilding(f *frame, it *item, seen *snapshot) bool {
	kind := r.builds(f.function, it.block)
	if kind == nothing || kind == ifSilent && r.sends != seen.sends {
		return false
	}
	return r.dominates(f.function, it.block, it.previous) || r.isDecided(f, it.block)
}

// isDecided reports whether it was decided each time whether the innermost loop around a block is left.
func (r *run) isDecided(f *frame, block int32) bool {
	around := members(r.cycle(f.function), block)
	if loops := r.loopsAround(f.function, block); len(loops) > 0 {
		around = loops[len(loops)-1]
	}
	for b := range f.function.Blocks {
		if around[b] && slices.ContainsFunc(f.function.Blocks[b].Successors, func(next int32) bool { return !around[next] }) && !f.entered[b].decided {
			return false
		}
	}
	return true
}

// entry says what becomes of an item that comes to a block.
type entry uint8

// The kinds of entries.
const (
	known    entry = iota // an equal one was there before
	entered               // the block is run for it
	unrolled              // another round of a loop whose end is decided: the loop's blocks start anew
)

// states returns how many states are told apart at one block. The control only has to say where success gets to, but
// for what it answers.
func (r *run) states() int {
	if r.isControl() {
		return controlStates
	}
	return maxStates
}

// isControl reports whether the run has to say only where success gets to.
func (r *run) isControl() bool { return r.row == nil && !r.apart }

// joinItems makes an item stand for what came to its block before, too.
func (r *run) joinItems(f *frame, before *arrival, it *item) {
	defer r.rejoin(r.part(before.state, it.state))
	place := f.place() + ":" + itoa(int(it.block))
	if it.state.phase == After {
		place = afterPlace + place // what goes round after the failure is not what was sent before it
	}
	values := make([]Value, len(it.registers.values))
	for i := range values {
		mine, other := before.registers.atEntry(i), it.registers.values[i]
		switch {
		case mine == nil:
			values[i] = other
		case other == nil || mine == other:
			values[i] = mine
		default:
			values[i] = r.joinValues(place+"r"+itoa(int(it.registers.window.numbers[i])), mine, other)
		}
	}
	it.registers = registers{window: it.registers.window, values: values, own: true}
	decision, ground := it.state.decision, it.state.ground
	it.state = r.join(place, before.state, it.state)
	it.state.decision, it.state.ground = decision, ground
	for _, block := range before.decided {
		it.decided = withBlock(it.decided, block)
	}
	for _, block := range before.failed {
		it.failed = withBlock(it.failed, block)
	}
}

// afterPlace begins the places of joins, and the names of what is made, after the failure.
const afterPlace = "after/"

// place names a frame among all frames of a run.
func (f *frame) place() string {
	if f.name == "" {
		above := ""
		if f.chain != nil {
			above = f.chain.Key
		}
		f.name = f.session.placeKey(place{above, f.function, -1, -1, 0})
	}
	return f.name
}
