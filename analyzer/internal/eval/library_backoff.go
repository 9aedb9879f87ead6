package eval

import (
	"go/constant"
	"strings"
	"time"
)

// readBackoff reads a call of cenkalti/backoff: up to v4 the operation and a BackOff, from v5 on a context, the
// operation and options. Every error but a permanent one is tried again.
func readBackoff(r *run, in *invocation) *rounds {
	_, version := libraryOf(in.reference.Package)
	x, s := in.arguments, in.it.state
	round := &rounds{gaveUp: plain}
	limits := &backoffLimits{elapsed: 15 * time.Minute, elapsedKnown: true}
	switch {
	case version >= 5 && len(x) >= 2:
		round.operation = x[1]
		if !r.readBackoffOptions(in, s, round, limits, x[2:]) {
			return nil
		}
		if hasDeadline(x[0]) {
			round.late = deadlineExceeded
		}
	case version < 5 && len(x) >= 2:
		round.operation = x[0]
		pauses := r.pauses(in, s, x[1], version)
		round.once, round.delay, round.endless = pauses.once, pauses.delay, !pauses.once && !pauses.stops
		if pauses.deadline && version >= 4 { // before, no pause is begun that lasts longer
			round.late = deadlineExceeded
		}
	default:
		return nil
	}
	if version >= 6 {
		round.gaveUp = func(r *run, s *state, results []Value) [][]Value { return r.retryErrors(in, limits, results) }
		if round.late != nil {
			round.late = func(r *run, results []Value) []Value {
				late := deadlineExceeded(r, results)
				return withLast(results, r.retryError6(in, late[len(late)-1], results[len(results)-1]))
			}
		}
	}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		permanent, inner := r.markOf(in, s, err, "Permanent", version >= 4)
		marked := withLast(results, inner)
		if version >= 6 {
			marked = withLast(results, r.retryError6(in, r.sentinelError(in.reference.Package, "ErrPermanent"), inner))
		}
		verdicts := []verdict{{again: r.not(permanent), results: marked, state: s}}
		if version == 5 && limits.tries && !isFalse(permanent) {
			// On the last try v5 looks at the limit before the mark, which stays on the error.
			last := verdict{again: r.boolean(false, Clean), results: results, state: s.fork()}
			if limits.oneTry {
				return []verdict{last}
			}
			verdicts = append(verdicts, last)
		}
		if after, _ := r.markOf(in, s, err, "RetryAfter", true); version >= 5 && isTrue(after) {
			pause := perhaps
			verdicts[0].delay = &pause
		}
		return verdicts
	})
	return round
}

// backoffLimits are what ends the attempts from v5 on.
type backoffLimits struct {
	tries, oneTry bool // a number is set, and it is one
	elapsed       time.Duration
	elapsedKnown  bool
	stops         bool // the BackOff itself may stop
}

// retryErrors are what v6 gives up with, by reason.
func (r *run) retryErrors(in *invocation, limits *backoffLimits, results []Value) [][]Value {
	last := results[len(results)-1]
	var ways [][]Value
	reason := func(cause Value) { ways = append(ways, withLast(results, r.retryError6(in, cause, last))) }
	if limits.tries || limits.stops {
		reason(r.sentinelError(in.reference.Package, "ErrExhausted"))
	}
	if !limits.oneTry && (!limits.elapsedKnown || limits.elapsed != 0) {
		reason(r.sentinelError(in.reference.Package, "ErrMaxElapsedTime"))
	}
	if len(ways) == 0 {
		reason(r.make(Node{Kind: OtherError, Text: contextEnded})) // there is nothing else that ends it
	}
	return ways
}

// retryError6 is the error that Retry of v6 returns for every failure.
func (r *run) retryError6(in *invocation, cause, last Value) Value {
	text := append([]Value{r.free("text of an error", 0, cause), r.text(" (last error: ", Clean)}, r.textOf(last)...)
	parts := append([]Value{r.tuple(cause, last)}, append(text, r.text(")", Clean))...)
	return r.typedError(r.wrap(several, last, parts), in.reference.Package, "*RetryError")
}

// readBackoffOptions reads the options of v5 and later; false when they are not known.
func (r *run) readBackoffOptions(in *invocation, s *state, round *rounds, limits *backoffLimits, variadic []Value) bool {
	_, version := libraryOf(in.reference.Package)
	pauses := backoffPauses{delay: waits, least: 250 * time.Millisecond}
	var options []Value
	if len(variadic) > 0 {
		known := false
		if options, known = r.elements(s, variadic[0]); !known {
			return false
		}
	}
	for _, option := range options {
		name, made := settingName(option)
		switch {
		case name == "":
			return false
		case name == "WithBackOff":
			pauses = r.pauses(in, s, made.Args[0], version)
		case name == "WithMaxTries":
			limits.tries, limits.oneTry = !isZero(made.Args[0]), isOne(made.Args[0])
		case name == "WithMaxElapsedTime":
			limits.elapsed, limits.elapsedKnown = durationOf(made.Args[0])
		}
	}
	round.once, round.delay = pauses.once || limits.oneTry, pauses.delay
	limits.stops = pauses.stops
	round.endless = !round.once && !limits.tries && !limits.stops && limits.elapsedKnown && limits.elapsed == 0
	if limits.elapsedKnown && limits.elapsed != 0 && pauses.least > limits.elapsed {
		round.once = true // the first pause would take longer than all tries may
	}
	return true
}

// durationOf returns a duration that is known.
func durationOf(v Value) (time.Duration, bool) {
	if !isNumber(v) {
		return 0, false
	}
	n, exact := constant.Int64Val(constant.ToInt(v.Const()))
	return time.Duration(n), exact
}

// backoffPauses are what a BackOff comes to.
type backoffPauses struct {
	once     bool // it stops after one attempt
	stops    bool // it may stop at some time
	delay    delay
	least    time.Duration // no pause is shorter; 0 when that is not known
	deadline bool          // its context has a time of its own
}

// pauses reads a BackOff.
func (r *run) pauses(in *invocation, s *state, backOff Value, version int) backoffPauses {
	name, made := settingName(backOff)
	switch name {
	case "NewExponentialBackOff":
		return r.exponential(s, made, version)
	case "NewConstantBackOff":
		interval := made.Args[0]
		if changed := r.settingField(s, made, "Interval"); changed != nil {
			interval = changed
		}
		return constantPause(interval)
	case "WithMaxRetries":
		inner := r.pauses(in, s, made.Args[0], version)
		inner.stops = true
		if version >= 4 {
			inner.once = inner.once || isZero(made.Args[1]) // before, no number is no limit
		}
		return inner
	case "WithContext":
		inner := r.pauses(in, s, made.Args[0], version)
		inner.stops, inner.deadline = true, hasDeadline(made.Args[1])
		return inner
	}
	unknown := backoffPauses{delay: perhaps, stops: true}
	if backOff.Kind != Interface || len(backOff.Args) != 1 {
		return unknown
	}
	switch typeName := backOff.Type.Name; {
	case !strings.Contains(typeName, "cenkalti/backoff"):
		return r.ownPauses(in, backOff)
	case strings.HasSuffix(typeName, ".ZeroBackOff"):
		return backoffPauses{delay: never}
	case strings.HasSuffix(typeName, ".StopBackOff"):
		return backoffPauses{once: true, stops: true}
	case strings.HasSuffix(typeName, ".ConstantBackOff"):
		return constantPause(r.field(r.load(s, backOff.Args[0], in.f.function.Owner(), -1), "Interval"))
	}
	return unknown
}

func constantPause(interval Value) backoffPauses {
	least, _ := durationOf(interval)
	if least < 0 {
		return backoffPauses{once: least == -1, stops: true, delay: perhaps} // Stop
	}
	return backoffPauses{delay: delayOf(interval), least: least, stops: !isNumber(interval)}
}

// exponential reads what NewExponentialBackOff made and what was set on it since.
func (r *run) exponential(s *state, made Value, version int) backoffPauses {
	set := func(field string) Value {
		if changed := r.settingField(s, made, field); changed != nil {
			return changed
		}
		if len(made.Args) == 1 {
			for _, option := range made.Args[0].Args {
				if name, setting := settingName(option); name == "With"+field {
					return setting.Args[0]
				}
			}
		}
		return nil
	}
	initial, elapsed, factor := 500*time.Millisecond, 15*time.Minute, set("RandomizationFactor")
	pauses := backoffPauses{delay: waits, stops: version < 5}
	if value := set("InitialInterval"); value != nil {
		if pauses.delay = delayOf(value); pauses.delay == perhaps {
			return pauses
		}
		initial, _ = durationOf(value)
	}
	if pauses.least = initial / 2; factor != nil {
		pauses.least = 0
		if isZero(factor) {
			pauses.least = initial
		}
	}
	if value, known := set("MaxElapsedTime"), true; version < 5 && value != nil {
		if elapsed, known = durationOf(value); !known {
			return pauses
		}
	}
	pauses.once = version < 5 && elapsed != 0 && pauses.least > elapsed
	pauses.stops = version < 5 && elapsed != 0
	return pauses
}

// ownPauses asks the program's own BackOff, where its answer is a constant.
func (r *run) ownPauses(in *invocation, backOff Value) backoffPauses {
	results, ok := r.callMethod(in, backOff, "NextBackOff")
	if !ok || len(results) != 1 || !isNumber(results[0]) {
		return backoffPauses{delay: perhaps, stops: true}
	}
	return constantPause(results[0])
}
