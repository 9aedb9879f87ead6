package eval

import (
	"go/constant"
	"time"
)

// readTerraform reads a call of terraform-plugin-sdk's RetryContext or Retry: a time for all tries and the function,
// last, which answers with a RetryError that says whether to try again. The error in it is handed back as it was.
func readTerraform(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) < 2 {
		return nil
	}
	round := &rounds{operation: x[len(x)-1], delay: waits, judge: judgeRetryError, gaveUp: func(r *run, s *state, results []Value) [][]Value {
		_, inner := r.retryError(in, s, results[0])
		return [][]Value{{inner}}
	}}
	if all, known := durationOf(x[len(x)-2]); known {
		if all <= 0 {
			return nil // perhaps not even one
		}
		round.once = all <= leastPause
	}
	return round
}

// leastPause is how long RetryContext waits after the first attempt: wait.go, MinTimeout.
const leastPause = 500 * time.Millisecond

func judgeRetryError(r *run, in *invocation, s *state, results []Value) []verdict {
	if len(results) != 1 {
		return nil
	}
	none, some := r.divide(s, r.isNil(s, results[0], r.nilValue(Clean)))
	var verdicts []verdict
	if none != nil {
		verdicts = append(verdicts, verdict{again: r.boolean(false, Clean), results: []Value{r.nilValue(Clean)}, state: none})
	}
	if some != nil {
		again, inner := r.retryError(in, some, results[0])
		verdicts = append(verdicts, verdict{again: again, results: []Value{inner}, state: some})
	}
	return verdicts
}

// retryError reads a RetryError: whether it is worth another try, and the error.
func (r *run) retryError(in *invocation, s *state, answer Value) (again, inner Value) {
	if answer.Kind == Undetermined {
		return answer, answer
	}
	whole := r.load(s, answer, in.f.function.Owner(), -1)
	return r.field(whole, "Retryable"), r.field(whole, "Err")
}

// readStateChange reads a call of StateChangeConf's WaitForState: its Refresh answers with a result, a state and an
// error that ends it.
func readStateChange(r *run, in *invocation) *rounds {
	conf := r.load(in.it.state, in.arguments[0], in.f.function.Owner(), -1)
	if in.arguments[0].Kind == Struct {
		conf = in.arguments[0]
	}
	late := r.make(Node{Kind: OtherError, Text: "timed out"})
	missing := r.make(Node{Kind: OtherError, Text: "not found"})
	path := in.reference.Package
	round := &rounds{operation: r.field(conf, "Refresh"), delay: waits}
	late, missing = r.typedError(late, path, "*TimeoutError"), r.typedError(missing, path, "*NotFoundError")
	round.gaveUp = func(r *run, s *state, results []Value) [][]Value {
		if isFalse(r.isNil(s, results[0], r.nilValue(Clean))) {
			return timedOut(2, late)(r, s, results)
		}
		return timedOut(2, late, missing)(r, s, results) // nothing was found too often
	}
	once, known := r.refreshesOnce(conf)
	if !known {
		return nil
	}
	round.once = once
	if len(in.arguments) > 1 && hasDeadline(in.arguments[1]) {
		round.late = func(r *run, _ []Value) []Value { return deadlineExceeded(r, []Value{r.nilValue(Clean), nil}) }
	}
	round.judge = func(r *run, in *invocation, s *state, results []Value) []verdict {
		if len(results) != 3 {
			return nil
		}
		none, some := r.divide(s, r.isNil(s, results[2], r.nilValue(Clean)))
		var verdicts []verdict
		if some != nil {
			verdicts = append(verdicts, verdict{again: r.boolean(false, Clean), results: []Value{results[0], results[2]}, state: some})
		}
		if none != nil {
			verdicts = append(verdicts, r.judgeState(in, none, conf, results)...)
		}
		return verdicts
	}
	return round
}

// refreshesOnce reports whether the time for all refreshes is over before there is a second one; known is unset where
// perhaps there is not even one.
func (r *run) refreshesOnce(conf Value) (once, known bool) {
	field := func(name string) time.Duration {
		d, known := durationOf(r.field(conf, name))
		if !known {
			return -1
		}
		return d
	}
	timeout, before := field("Timeout"), field("Delay")
	if timeout == 0 || timeout > 0 && before >= timeout {
		return false, false
	}
	if timeout < 0 || before < 0 {
		return false, true // settings of the program's: possible
	}
	pause := field("PollInterval")
	if pause <= 0 || pause >= 180*time.Second { // state.go: otherwise it is what it was, within bounds
		if pause < 0 {
			return false, true
		}
		pause = max(200*time.Millisecond, field("MinTimeout"))
	}
	return before+pause >= timeout, true
}

// judgeState says what a refresh without an error comes to: no result is another round, or the end where nothing is
// waited for; a state is the target, pending, or neither, which ends it with an error.
func (r *run) judgeState(in *invocation, s *state, conf Value, results []Value) []verdict {
	targets, targetsKnown := r.elements(s, r.field(conf, "Target"))
	pending, pendingKnown := r.elements(s, r.field(conf, "Pending"))
	no, found := r.boolean(false, Clean), []Value{results[0], r.nilValue(Clean)}
	if times := r.field(conf, "ContinuousTargetOccurence"); !isZero(times) && !isOne(times) {
		no = r.undetermined("how often the target has to be seen")
	}
	nothing, something := r.divide(s, r.isNil(s, results[0], r.nilValue(Clean)))
	var verdicts []verdict
	if nothing != nil {
		again := r.boolean(true, Clean)
		if !targetsKnown {
			again = r.undetermined("whether there is a target")
		} else if len(targets) == 0 {
			again = no
		}
		verdicts = append(verdicts, verdict{again: again, results: found, state: nothing})
	}
	if something == nil {
		return verdicts
	}
	in1, in2 := r.among(something, results[1], targets, targetsKnown), r.among(something, results[1], pending, pendingKnown)
	reached, other := r.divide(something, in1)
	if reached != nil {
		verdicts = append(verdicts, verdict{again: no, results: found, state: reached})
	}
	if other != nil {
		if pendingKnown && len(pending) == 0 {
			in2 = r.boolean(true, Clean) // any other state is waited through
		}
		err := r.make(Node{Kind: OtherError, Text: "unexpected state"})
		unexpected := []Value{results[0], r.typedError(err, in.reference.Package, "*UnexpectedStateError")}
		verdicts = append(verdicts, verdict{again: in2, results: unexpected, state: other})
	}
	return verdicts
}

// among answers whether a text is one of a list.
func (r *run) among(s *state, text Value, list []Value, known bool) Value {
	settled := known && text.Kind == Constant && text.ConstKind() == constant.String
	for _, element := range list {
		same, ok := r.equal(s, element, text)
		if ok && isTrue(same) {
			return same
		}
		settled = settled && ok && isFalse(same)
	}
	if settled {
		return r.boolean(false, text.Taint)
	}
	if maxTaint(text) == OnRow || maxTaint(list...) == OnRow {
		return r.undetermined("state")
	}
	return r.free("among", 0, append([]Value{text}, list...)...)
}
