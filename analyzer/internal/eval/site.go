package eval

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Site is an OCI call that a run came to before one had failed: what it sends, and everything that is needed to go
// on from there with any answer. What lies before the call does not depend on the answer, so it is run once.
type Site struct {
	Target *Target

	in    *invocation
	state *state
	stack []resumption
	marks []mark
	early bool // a later place stands for it but for the request
	vast  bool // too much follows it
}

// mark tells the executions of one instruction apart: by the entry into its block, and by the execution itself.
type mark struct{ entry, execution, turns int }

// supersedes reports whether a place was come to through a later entry of the same block than another. States that
// meet at a block's entry are joined before a call has failed, so the later one stands for the earlier one too.
func (s *Site) supersedes(earlier *Site) bool {
	if len(s.marks) != len(earlier.marks) {
		return false
	}
	for i, mine := range s.marks {
		switch theirs := earlier.marks[i]; {
		case mine.turns != theirs.turns:
			return false
		case mine.entry != theirs.entry:
			return true
		case mine.execution != theirs.execution:
			return false
		}
	}
	return false
}

// resumption goes on with the outcomes of a call in what waits for them: in a frame to all its ends, or in a model.
type resumption struct {
	frame *frame
	item  *item
	state *state // in which the item has begun to wait; nil when the item is kept as it was then
	call  *summary.Instruction
	then  func(r *run, outcomes []exit) []exit // of a model
}

// keep keeps what waits as it is, while the run goes on.
func (w *resumption) keep() {
	if w.state != nil {
		w.item = w.item.copied()
		w.item.state, w.state = w.state, nil
	}
}

func (w *resumption) goOn(r *run, outcomes []exit) []exit {
	if w.then != nil {
		return w.then(r, outcomes)
	}
	more, exits := r.proceed(w.frame, w.item.copied(), w.call, outcomes, nil, nil)
	return append(exits, r.work(w.frame, more)...)
}

// maxSites bounds the states in which one call is gone on from; a call with more of them is not looked at.
const maxSites = 12

// record notes an OCI call, to be answered later.
func (r *run) record(in *invocation) {
	if !r.recording {
		return
	}
	target := r.targetOf(in)
	r.noteToken(in, in.it.state.fork1(in.it), target)
	key := target.Chain.Key
	if r.result.Sites[key] == nil {
		r.result.Order = append(r.result.Order, key)
	}
	for i := range r.stack {
		r.stack[i].keep()
	}
	copied := *in
	copied.it = in.it.copied()
	site := &Site{Target: target, in: &copied, state: in.it.state.fork(), stack: slices.Clone(r.stack), marks: slices.Clone(r.marks)}
	if r.result.first[key] == nil {
		r.result.first[key] = site
	}
	r.result.Sites[key] = append(slices.DeleteFunc(r.result.Sites[key], site.supersedes), site)
}

// keepFirst keeps the first place where a call was come to also where a later one stands for it, if another request was
// sent there that may be sent again: the first page of a list is asked for again by another round through the whole list.
func (s *Session) keepFirst(run *Run) {
	operations := map[string]int{}
	for _, key := range run.Order {
		operations[run.Sites[key][0].Target.Operation]++
	}
	for _, key := range run.Order {
		first, sites := run.first[key], run.Sites[key]
		if operations[first.Target.Operation] < 2 && s.repeats(first.Target.Chain) < 2 || ForElement(sites[0].Target.Request) {
			continue // nothing comes to it again, or any element of a list stands for the first
		}
		if !slices.ContainsFunc(sites, func(site *Site) bool { return site.Target.Request == first.Target.Request }) {
			early := *first
			early.early = true
			run.Sites[key] = append(sites, &early)
		}
	}
}

// repeats counts the loops and retry helpers around a call.
func (s *Session) repeats(chain *Chain) int {
	count := 0
	for link := chain; link != nil; link = link.Up {
		if s.cycle(link.Function)[link.Block] != 0 {
			count += 1 + len(s.loopsAround(link.Function, link.Block))
		}
		if link.Model != nil {
			count++
		}
	}
	return count
}

// waiting executes a call whose outcomes an item's frame waits for.
func (r *run) waiting(f *frame, it *item, call *summary.Instruction) []exit {
	if !r.recording {
		return r.call(f, it, call)
	}
	r.executions++
	r.marks = append(r.marks, mark{it.entry, r.executions, it.turns})
	r.stack = append(r.stack, resumption{frame: f, item: it, state: it.state, call: call})
	outcomes := r.call(f, it, call)
	r.stack, r.marks = r.stack[:len(r.stack)-1], r.marks[:len(r.marks)-1]
	return outcomes
}

// Answer goes on from all places where a call was come to, with a row as the answer, or with success when it is nil.
// Control is the run of the success: where that sends the operation again, a row's run does not stop, since the second
// send is not there because of the failure.
func (s *Session) Answer(function *summary.Function, sites []*Site, row *Row, control *Run, observer Observer) *Run {
	r := &run{Session: s, control: control, observer: observer, root: function, result: newRun()}
	return s.answeredWith(r, row, sites)
}

// Success goes on from all places where a call was come to, with success as the answer, and tells states apart as
// for a row: its ends say what the function answers when the call succeeds.
func (s *Session) Success(function *summary.Function, sites []*Site) *Run {
	return s.goOn(&run{Session: s, apart: true, root: function, result: newRun()}, sites)
}

// AnswerWithin is Answer for a call in a cycle, where all that follows the cycle is too much: a path that leaves the
// outermost cycle around the call is not followed, and what becomes of it is not known.
func (s *Session) AnswerWithin(function *summary.Function, sites []*Site, row *Row, control *Run) *Run {
	r := &run{Session: s, control: control, root: function, result: newRun(), within: s.outermost(sites[0].Target.Chain)}
	return s.answeredWith(r, row, sites)
}

// answeredWith goes on with a row, of which it notes what is asked, or with success.
func (s *Session) answeredWith(r *run, row *Row, sites []*Site) *Run {
	r.meets(s.answered(sites[0].Target, row), &r.result.inquiry)
	result := s.goOn(r, sites)
	r.asksAboutEnds()
	r.leaves()
	return result
}

// outermost returns the first link of a chain that stands in a cycle of its function, nil when there is none.
func (s *Session) outermost(chain *Chain) *Chain {
	var found *Chain
	for link := chain; link != nil; link = link.Up {
		if s.cycle(link.Function)[link.Block] != 0 {
			found = link
		}
	}
	return found
}

// beyond ends a path that leaves the cycle that is all a run looks at, and reports whether it does: to is the block it
// goes to, or -1.
func (r *run) beyond(f *frame, it *item, to int32) bool {
	if r.within == nil || it.state.phase != After || !r.isFrameOf(f, r.within) {
		return false
	}
	cycles := r.cycle(f.function)
	around := cycles[r.within.Block]
	if cycles[it.block] == around && to >= 0 && cycles[to] == around {
		return false
	}
	r.result.Ends = append(r.result.Ends, End{Ending: Lost, State: it.state})
	return true
}

// isFrameOf reports whether a frame is the one that a link of a chain stands in.
func (r *run) isFrameOf(f *frame, link *Chain) bool {
	return link.Function == f.function && (link.Up == nil) == (f.chain == nil) && (link.Up == nil || link.Up.Key == f.chain.Key)
}

func (s *Session) goOn(r *run, sites []*Site) *Run {
	if len(sites) > maxSites {
		r.result.Spent = true
		return r.result
	}
	r.limit = max(maxSteps>>sites[0].Target.Chain.Distance(), minSteps)
	for _, anyRound := range []bool{true, false} {
		r.anyOfThem = anyRound
		if !anyRound {
			r.limit += r.limit // the second pass has a budget of its own
		}
		before := len(r.result.Ends)
		spare := false
		for _, site := range slices.Backward(sites) { // the first place of all stands last
			r.result.Targets[site.Target.Chain.Key] = site.Target
			r.answerWithin(site, spare)
			if r.result.Spent {
				return r.result
			}
			spare = spare || site.early && !site.vast && r.row != nil
		}
		for i := before; i < len(r.result.Ends); i++ {
			r.result.Ends[i].First = !anyRound || !r.general
		}
		if !r.general {
			break
		}
	}
	r.result.settle()
	return r.result
}

// maxEarlySteps is the budget of a run on from a place that another one stands for but for the request.
const maxEarlySteps = 2_500

// answerWithin goes on from a place within a budget. Where that is too much, what becomes of the call is not known from
// there; if nothing is known of it from elsewhere, either, the whole run is spent.
func (r *run) answerWithin(site *Site, spare bool) {
	if site.early && r.row == nil {
		return // where success gets to, it gets from the later place too
	}
	begun, limit := len(r.result.Ends), r.limit
	if site.early {
		r.limit = min(limit, r.steps+maxEarlySteps)
	}
	if !site.vast {
		r.answer(site)
	}
	r.limit = limit
	if r.result.Spent && (site.early || spare) {
		site.vast, r.result.Spent = true, false
		r.result.inquiry.alone = true // later runs leave the place out
	}
	if site.vast {
		r.result.Ends = append(r.result.Ends[:begun], End{Ending: Lost, State: site.state})
	}
	for i := begun; i < len(r.result.Ends); i++ {
		r.result.Ends[i].Early = site.early
	}
}

func (r *run) answer(site *Site) {
	answered := site.state.fork()
	answered.uncounted()
	answered.phase, answered.target = After, site.Target
	answered.waited, answered.maybe, answered.noted, answered.looked = false, false, false, false
	answered.changed, answered.listed, answered.wrote = false, false, false
	answered.decision, answered.ground, answered.choices = 0, 0, nil
	in := *site.in
	in.it = site.in.it.copied()
	outcome := exit{state: answered}
	if r.row == nil {
		outcome.results = r.succeeded(&in, Outcome)
	} else {
		outcome.results = r.failed(&in)
	}
	r.ended(r.resume(site, outcome))
}

// resume goes on from a call with an outcome, through all frames that wait for it.
func (r *run) resume(site *Site, outcome exit) []exit {
	exits := []exit{outcome}
	for level := len(site.stack) - 1; level >= 0 && len(exits) > 0; level-- {
		r.stack, r.marks = site.stack[:level:level], site.marks[:level:level]
		exits = site.stack[level].goOn(r, exits)
	}
	return exits
}

// ended notes the ends of the function under analysis.
func (r *run) ended(exits []exit) {
	for _, e := range exits {
		if r.observer != nil {
			r.observer.Ended(&Memory{r, e.state}, e.results)
		}
		if e.state.phase != After {
			continue
		}
		if e.state.spent {
			r.result.Spent = true // too many branches that cannot be told: nothing is certain
		}
		end := End{Ending: Returned, Results: e.results, State: e.state}
		if e.fatal {
			end.Ending = Fatal
		}
		r.result.Ends = append(r.result.Ends, end)
	}
}
