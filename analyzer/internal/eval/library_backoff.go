package eval

import (
	"go/constant"
	"strings"
)

// readBackoff reads a call of cenkalti/backoff: up to v4 the operation and a BackOff, from v5 on a context, the
// operation and options. Every error but a permanent one is tried again.
func readBackoff(r *run, in *invocation) *rounds {
	_, version := libraryOf(in.reference.Package)
	x, s := in.arguments, in.it.state
	round := &rounds{gaveUp: plain}
	switch {
	case version >= 5 && len(x) >= 2:
		round.operation = x[1]
		if !r.readBackoffOptions(in, s, round, x[2:]) {
			return nil
		}
	case version < 5 && len(x) >= 2:
		round.operation = x[0]
		round.once, round.delay = r.pauses(in, s, x[1])
	default:
		return nil
	}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		permanent, inner := r.markOf(in, s, err, "Permanent", "PermanentError", version >= 4)
		verdicts := []verdict{{again: r.not(permanent), results: withLast(results, inner), state: s}}
		if round.tries && !isFalse(permanent) {
			// On the last try the limit is looked at before the mark, which stays on the error.
			verdicts = append(verdicts, verdict{again: r.boolean(false, Clean), results: results, state: s.fork()})
		}
		if after, _ := r.markOf(in, s, err, "RetryAfter", "RetryAfterError", true); version >= 5 && isTrue(after) {
			pause := waits
			verdicts[0].delay = &pause
		}
		return verdicts
	})
	return round
}

// readBackoffOptions reads the options of v5; false when they are not known.
func (r *run) readBackoffOptions(in *invocation, s *state, round *rounds, variadic []Value) bool {
	if len(variadic) == 0 {
		return true
	}
	options, known := r.elements(s, variadic[0])
	if !known {
		return false
	}
	for _, option := range options {
		name, made := settingName(option)
		switch {
		case name == "":
			return false
		case name == "WithBackOff":
			var once bool
			once, round.delay = r.pauses(in, s, made.Args[0])
			round.once = round.once || once
		case name == "WithMaxTries":
			round.tries = true
			round.once = round.once || isOne(made.Args[0])
		}
	}
	return true
}

// pauses reads a BackOff: whether it stops after one attempt, and whether it waits.
func (r *run) pauses(in *invocation, s *state, backOff Value) (once bool, pause delay) {
	name, made := settingName(backOff)
	switch name {
	case "NewExponentialBackOff":
		return false, waits
	case "NewConstantBackOff":
		return false, delayOf(made.Args[0])
	case "WithMaxRetries":
		once, pause = r.pauses(in, s, made.Args[0])
		return once || isZero(made.Args[1]), pause
	case "WithContext":
		return r.pauses(in, s, made.Args[0])
	}
	if backOff.Kind != Interface || len(backOff.Args) != 1 {
		return false, perhaps
	}
	switch typeName := backOff.Type.Name; {
	case !strings.Contains(typeName, "cenkalti/backoff"):
		return r.ownPauses(in, backOff)
	case strings.HasSuffix(typeName, ".ZeroBackOff"):
		return false, never
	case strings.HasSuffix(typeName, ".StopBackOff"):
		return true, waits
	case strings.HasSuffix(typeName, ".ConstantBackOff"):
		return false, delayOf(r.field(r.load(s, backOff.Args[0], in.f.function.Owner(), -1), "Interval"))
	}
	return false, waits
}

// ownPauses asks the program's own BackOff, where its answer is a constant.
func (r *run) ownPauses(in *invocation, backOff Value) (once bool, pause delay) {
	results, ok := r.callMethod(in, backOff, "NextBackOff")
	if !ok || len(results) != 1 || !isNumber(results[0]) {
		return false, perhaps
	}
	if constant.Sign(results[0].Const) < 0 {
		return true, waits // Stop
	}
	return false, delayOf(results[0])
}
