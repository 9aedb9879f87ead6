package eval

// readSethvargo reads a call of sethvargo/go-retry: context, backoff and function. Only what is marked with
// RetryableError is tried again; the mark is taken off at the end.
func readSethvargo(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) != 3 {
		return nil
	}
	round := &rounds{operation: x[2], arguments: x[:1], delay: waits}
	round.endless = true // with a pause alone
	if name := shortName(in.reference.Name); name == "Do" || name == "DoValue" {
		steps := r.stepsOf(in, in.it.state, x[1])
		round.once, round.delay, round.endless = steps.once, steps.delay, !steps.stops
	}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		retryable, _ := r.markOf(in, s, err, "RetryableError", true)
		return []verdict{{again: retryable, results: results, state: s}}
	})
	if hasDeadline(x[0]) {
		round.late = deadlineExceeded
	}
	round.gaveUp = func(r *run, s *state, results []Value) [][]Value {
		_, inner := r.markOf(in, s, results[len(results)-1], "RetryableError", true)
		return [][]Value{withLast(results, inner)}
	}
	return round
}

// steps are what a Backoff comes to.
type steps struct {
	once  bool // it stops after one attempt
	stops bool // it may stop at some time
	delay delay
}

// stepsOf reads a Backoff.
func (r *run) stepsOf(in *invocation, s *state, backoff Value) steps {
	name, made := settingName(backoff)
	switch name {
	case "NewConstant", "NewExponential", "NewFibonacci":
		return steps{delay: waits} // the library refuses a pause of zero
	case "WithMaxRetries":
		inner := r.stepsOf(in, s, made.Args[1])
		inner.once, inner.stops = inner.once || isZero(made.Args[0]), true
		return inner
	case "WithMaxDuration":
		inner := r.stepsOf(in, s, made.Args[1])
		inner.stops = true // the last pause is only cut short
		return inner
	case "WithJitter":
		inner := r.stepsOf(in, s, made.Args[1])
		inner.delay = min(inner.delay, delayOf(made.Args[0])) // the jitter alone is a wait
		return inner
	case "WithJitterPercent", "WithCappedDuration":
		return r.stepsOf(in, s, made.Args[1])
	case "WithFullJitter":
		return r.stepsOf(in, s, made.Args[0])
	}
	function := backoff
	if backoff.Kind == Interface && len(backoff.Args) == 1 {
		function = backoff.Args[0]
	}
	if function.Kind != Function {
		return steps{stops: true, delay: perhaps}
	}
	return r.steppedBy(in, s, function)
}

// steppedBy asks a BackoffFunc of the program.
func (r *run) steppedBy(in *invocation, s *state, function Value) steps {
	answers := r.ask(in, s, function, nil)
	asked := steps{once: len(answers) > 0, delay: never}
	for _, answer := range answers {
		if len(answer.results) != 2 {
			return steps{stops: true, delay: perhaps}
		}
		asked.once, asked.stops = asked.once && isTrue(answer.results[1]), asked.stops || !isFalse(answer.results[1])
		if delayOf(answer.results[0]) != never {
			asked.delay = perhaps
		}
	}
	if len(answers) == 0 {
		asked.delay, asked.stops = perhaps, true
	}
	return asked
}
