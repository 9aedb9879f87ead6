package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// rounds is a call of a retry helper, read from its settings: what it calls, when it calls that again, and what it
// returns.
type rounds struct {
	operation Value
	arguments []Value // of the operation
	once      bool    // one attempt at most
	delay     delay   // between two attempts
	endless   bool    // never gives up
	number    int     // of the attempt that is judged
	// judge says what becomes of the operation's results: each verdict is a way on.
	judge func(r *run, in *invocation, s *state, results []Value) []verdict
	// gaveUp returns what the helper returns when it gives up after these results: one for each reason that it can have.
	gaveUp func(r *run, s *state, results []Value) [][]Value
	// late returns what the helper returns when the context's time is over; nil where no time is known to be set, or
	// where that is as if it had given up.
	late func(r *run, results []Value) []Value
}

// delay says whether a helper waits between two attempts.
type delay uint8

// The delays. What cannot be told is a delay that perhaps is one.
const (
	waits delay = iota
	perhaps
	never
)

// verdict is what a helper does after one attempt: whether it tries again (a condition, as a branch would ask it), what
// it returns if not, and the state after asking.
type verdict struct {
	again   Value
	results []Value
	state   *state
	delay   *delay // instead of the helper's own
}

// maxRounds bounds the attempts that are followed: after the first the others look alike.
const maxRounds = 3

// library executes a call of a retry helper of the table, or of what its settings are made with.
func (r *run) library(in *invocation) ([]exit, bool) {
	entry := in.callee.helper
	if entry == noHelper {
		entry = libraryMethod(in)
	}
	if entry == noHelper {
		return r.librarySetting(in)
	}
	round := entry.read(r, in)
	if round == nil || round.operation.Kind != Function || r.lookup(round.operation.Owner, summary.Reference{Package: round.operation.Path, Name: round.operation.Text}) == nil {
		return nil, false
	}
	return r.attempt(in, in.it.state, round, 1), true
}

// attempt calls the operation and goes on as the helper does.
func (r *run) attempt(in *invocation, s *state, round *rounds, number int) []exit {
	return r.callBack(in, s, round.operation, round.arguments, func(r *run, outcomes []exit) []exit {
		var exits []exit
		for _, outcome := range outcomes {
			if outcome.fatal {
				exits = append(exits, outcome)
				continue
			}
			round.number = number
			if outcome.state.phase == After {
				r.handed(func() string { return operationOf + in.chain.Key }, outcome)
			}
			for _, v := range round.judge(r, in, outcome.state, outcome.results) {
				exits = append(exits, r.follow(in, round, v, outcome.results, number)...)
			}
		}
		return exits
	})
}

// follow goes on after one verdict.
func (r *run) follow(in *invocation, round *rounds, v verdict, results []Value, number int) []exit {
	if at := r.positionIn(in.f, in.instruction); maxTaint(v.again) == OnRow && v.state.phase == After && at.IsValid() {
		v.state = v.state.fork()
		v.state.decision = at // by what the helper asks
	}
	again, stop := r.divide(v.state, v.again)
	var exits []exit
	if stop != nil {
		exits = append(exits, exit{state: stop, results: v.results})
	}
	if again == nil {
		return exits
	}
	if round.once || !round.endless || number >= maxRounds || again.phase == Before { // before a failure anybody may stop it
		for _, left := range round.gaveUp(r, again, results) {
			exits = append(exits, exit{state: again.spend(in.chain.Key), results: left})
		}
	}
	if round.late != nil && !round.once {
		exits = append(exits, exit{state: again.spend(in.chain.Key), results: round.late(r, results)})
	}
	if round.once || again.phase == Before || number >= maxRounds {
		return exits // before a failure another round only does the same again
	}
	pause := round.delay
	if v.delay != nil {
		pause = *v.delay
	}
	again.waited = again.waited || pause == waits
	again.maybe = again.maybe || pause == perhaps
	return append(exits, r.attempt(in, again, round, number+1)...)
}

// divide returns the states in which a condition holds and does not hold; nil for one that cannot be.
func (r *run) divide(s *state, condition Value) (holds, fails *state) {
	condition, negated := unwrapNot(condition)
	if maxTaint(condition) == OnRow {
		r.result.Sensitive = true
	}
	if condition.Kind == Undetermined {
		condition = r.undetermined(condition.Text + "@" + itoa(r.steps))
	}
	taken, known := r.assumed(s, condition)
	switch {
	case isTrue(condition), known && taken:
		holds = s
	case isFalse(condition), known:
		fails = s
	default:
		holds, fails = s.fork(), s.fork()
		r.suppose(holds, condition, true)
		r.suppose(fails, condition, false)
	}
	if negated {
		holds, fails = fails, holds
	}
	return holds, fails
}

// callBack calls a function value from inside another call and goes on with its outcomes. Unlike callValue it can be
// gone on from when an OCI call inside is answered later.
func (r *run) callBack(in *invocation, s *state, function Value, arguments []Value, then func(r *run, outcomes []exit) []exit) []exit {
	if r.recording {
		r.executions++
		r.marks = append(r.marks, mark{0, r.executions, 0})
		r.stack = append(r.stack, resumption{then: then})
		in.it.asked = true
		defer func() { r.stack, r.marks = r.stack[:len(r.stack)-1], r.marks[:len(r.marks)-1] }()
	}
	outcomes, ok := r.callValue(in, s, function, arguments)
	if !ok {
		return []exit{{state: s, results: r.unknownResults(in)}}
	}
	return then(r, outcomes)
}

// unknownResults are the results of a helper of which nothing is known.
func (r *run) unknownResults(in *invocation) []Value {
	results := make([]Value, in.call.Results)
	for i := range results {
		results[i] = r.undetermined("answer of " + in.reference.Name)
	}
	return results
}

// ask calls a function that decides something, and returns each answer with the state after it.
func (r *run) ask(in *invocation, s *state, function Value, arguments []Value) []verdict {
	if maxTaint(arguments...) > Clean {
		r.result.Asked[in.chain.Key] = true
	}
	recording := r.recording
	r.recording = false // what decides sends nothing
	outcomes, ok := r.callValue(in, s, function, arguments)
	if !ok {
		outcomes, ok = r.askModel(in, s, function, arguments)
	}
	r.recording = recording
	if !ok {
		if maxTaint(arguments...) > Clean {
			return []verdict{{again: r.undetermined("answer of an unknown function"), state: s}}
		}
		return []verdict{{again: r.free("answer:"+in.chain.Key, Unique), state: s}}
	}
	var answers []verdict
	for _, outcome := range outcomes {
		if !outcome.fatal && len(outcome.results) > 0 {
			answers = append(answers, verdict{again: outcome.results[0], results: outcome.results, state: outcome.state})
		}
	}
	return answers
}

// askModel asks a function that is known without a body: one of the SDK's.
func (r *run) askModel(in *invocation, s *state, function Value, arguments []Value) ([]exit, bool) {
	if function.Kind != Function {
		return nil, false
	}
	asked, call := in.at(s), *in.call
	call.Mode, call.Results = summary.StaticCall, 1
	asked.call, asked.arguments, asked.value = &call, arguments, nil
	asked.reference, asked.function = summary.Reference{Package: function.Path, Name: function.Text}, nil
	asked.callee = r.calleeOf(asked.reference, "")
	return r.modelled(asked)
}

// onError is the judgement of helpers whose operation returns an error last: none ends it, and what becomes of one is
// for failed to say.
func onError(failed func(r *run, in *invocation, s *state, results []Value, err Value) []verdict) func(*run, *invocation, *state, []Value) []verdict {
	return func(r *run, in *invocation, s *state, results []Value) []verdict {
		if len(results) == 0 {
			return []verdict{{again: r.boolean(false, Clean), results: results, state: s}}
		}
		err := results[len(results)-1]
		none, some := r.divide(s, r.isNil(s, err, r.nilValue(Clean)))
		var verdicts []verdict
		if none != nil {
			verdicts = append(verdicts, verdict{again: r.boolean(false, Clean), results: withLast(results, r.nilValue(err.Taint)), state: none})
		}
		if some != nil {
			verdicts = append(verdicts, failed(r, in, some, results, err)...)
		}
		return verdicts
	}
}

// withLast returns results with another error.
func withLast(results []Value, err Value) []Value {
	changed := append([]Value(nil), results...)
	changed[len(changed)-1] = err
	return changed
}

// hasDeadline reports whether a context was made with a time of its own.
func hasDeadline(ctx Value) bool {
	for ctx.Kind == Free && strings.HasPrefix(ctx.Text, "#") && len(ctx.Args) == 1 {
		ctx = ctx.Args[0]
	}
	return ctx.Kind == Free && (strings.Contains(ctx.Text, "call:context.WithTimeout#0:") || strings.Contains(ctx.Text, "call:context.WithDeadline#0:"))
}

// deadlineExceeded is late of helpers that return the context's error.
func deadlineExceeded(r *run, results []Value) []Value {
	return withLast(results, r.timedOutBy("context", "DeadlineExceeded", "deadlineExceededError"))
}

// plain is gaveUp of helpers that hand the last error back as it is.
func plain(_ *run, _ *state, results []Value) [][]Value { return [][]Value{results} }

// timedOut is gaveUp of helpers that return an error of their own, one of these, after count-1 results of nothing.
func timedOut(count int, errs ...Value) func(r *run, s *state, results []Value) [][]Value {
	return func(r *run, _ *state, _ []Value) [][]Value {
		var ways [][]Value
		for _, err := range errs {
			results := make([]Value, count)
			for i := range results {
				results[i] = r.nilValue(Clean)
			}
			results[count-1] = err
			ways = append(ways, results)
		}
		return ways
	}
}
