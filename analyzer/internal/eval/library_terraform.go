package eval

import "go/constant"

// readTerraform reads a call of terraform-plugin-sdk's RetryContext or Retry: the function, last, answers with a
// RetryError that says whether to try again. The error in it is handed back as it was.
func readTerraform(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) < 2 {
		return nil
	}
	return &rounds{operation: x[len(x)-1], delay: waits, judge: judgeRetryError, gaveUp: func(r *run, results []Value) []Value {
		_, inner := r.retryError(in, in.it.state, results[0])
		return []Value{inner}
	}}
}

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
	if answer.Kind == Wrapped {
		retryable, found := r.markOf(in, s, answer, "RetryableError", "", false)
		if isTrue(retryable) {
			return retryable, found
		}
		_, found = r.markOf(in, s, answer, "NonRetryableError", "", false)
		return r.boolean(false, Presence), found
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
	round := &rounds{operation: r.field(conf, "Refresh"), delay: waits, gaveUp: timedOut(2)}
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

// judgeState says what a refresh without an error comes to: no result is another round, or the end where nothing is
// waited for; a state is the target, pending, or neither, which ends it with an error.
func (r *run) judgeState(in *invocation, s *state, conf Value, results []Value) []verdict {
	targets, targetsKnown := r.elements(s, r.field(conf, "Target"))
	pending, pendingKnown := r.elements(s, r.field(conf, "Pending"))
	no, found := r.boolean(false, Clean), []Value{results[0], r.nilValue(Clean)}
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
		unexpected := []Value{results[0], r.make(Node{Kind: OtherError, Text: "unexpected state"})}
		verdicts = append(verdicts, verdict{again: in2, results: unexpected, state: other})
	}
	return verdicts
}

// among answers whether a text is one of a list.
func (r *run) among(s *state, text Value, list []Value, known bool) Value {
	settled := known && text.Kind == Constant && text.Const.Kind() == constant.String
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
