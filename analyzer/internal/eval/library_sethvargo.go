package eval

// readSethvargo reads a call of sethvargo/go-retry: context, backoff and function. Only what is marked with
// RetryableError is tried again; the mark is taken off at the end.
func readSethvargo(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) != 3 {
		return nil
	}
	round := &rounds{operation: x[2], arguments: x[:1], delay: waits}
	if name := shortName(in.reference.Name); name == "Do" || name == "DoValue" {
		round.once, round.delay = r.stepsOf(in, in.it.state, x[1])
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

// stepsOf reads a Backoff: whether it stops after one attempt, and whether it waits.
func (r *run) stepsOf(in *invocation, s *state, backoff Value) (once bool, pause delay) {
	name, made := settingName(backoff)
	switch name {
	case "NewConstant", "NewExponential", "NewFibonacci":
		return false, waits // the library refuses a pause of zero
	case "WithMaxRetries":
		once, pause = r.stepsOf(in, s, made.Args[1])
		return once || isZero(made.Args[0]), pause
	case "WithJitter":
		once, pause = r.stepsOf(in, s, made.Args[1])
		return once, min(pause, delayOf(made.Args[0])) // the jitter alone is a wait
	case "WithJitterPercent", "WithCappedDuration", "WithMaxDuration":
		return r.stepsOf(in, s, made.Args[1])
	case "WithFullJitter":
		return r.stepsOf(in, s, made.Args[0])
	}
	function := backoff
	if backoff.Kind == Interface && len(backoff.Args) == 1 {
		function = backoff.Args[0]
	}
	if function.Kind != Function {
		return false, perhaps
	}
	return r.steppedBy(in, s, function)
}

// steppedBy asks a BackoffFunc of the program.
func (r *run) steppedBy(in *invocation, s *state, function Value) (once bool, pause delay) {
	answers := r.ask(in, s, function, nil)
	once, pause = len(answers) > 0, never
	for _, answer := range answers {
		if len(answer.results) != 2 {
			return false, perhaps
		}
		once = once && isTrue(answer.results[1])
		if delayOf(answer.results[0]) != never {
			pause = perhaps
		}
	}
	if len(answers) == 0 {
		pause = perhaps
	}
	return once, pause
}
