package eval

import (
	"go/constant"
	"strings"
	"time"
)

const (
	waitPackage = "k8s.io/apimachinery/pkg/util/wait"
)

// readPoll reads a call of k8s.io/apimachinery's wait: a condition, last but for a stop channel, that answers whether
// it is done, and an error that ends it. Not done without an error is another round.
func readPoll(r *run, in *invocation) *rounds {
	x := in.arguments
	round := &rounds{delay: waits, judge: judgeCondition}
	name := shortName(in.reference.Name)
	at := len(x) - 1
	if name == "PollUntil" || name == "PollImmediateUntil" {
		at--
	}
	if at < 1 {
		return nil
	}
	round.operation = x[at]
	withContext := strings.Contains(name, "Context")
	if withContext {
		round.arguments = x[:1]
	}
	late := r.timedOutBy(waitPackage, "ErrWaitTimeout", "errInterrupted")
	deadline, stopped := r.timedOutBy("context", "DeadlineExceeded", "deadlineExceededError"), late
	ok := true
	switch {
	case strings.HasPrefix(name, "ExponentialBackoff"):
		round.once, round.delay, ok = r.stepsAndPause(x[at-1])
		stopped = deadline
	case name == "PollUntilContextTimeout":
		late, stopped = deadline, deadline
		ok = pollUntilContext(round, x[1:])
	case name == "PollUntilContextCancel":
		round.delay, round.endless, stopped = pollPause(x[1]), true, deadline
	default:
		round.endless = strings.Contains(name, "Until") || strings.Contains(name, "Infinite") // until somebody stops it
		ok = pollBefore(round, x[:at], withContext, strings.Contains(name, "Immediate"))
	}
	if !ok {
		return nil
	}
	round.gaveUp = timedOut(1, late)
	if withContext && hasDeadline(x[0]) {
		round.late = func(*run, []Value) []Value { return []Value{stopped} }
	}
	return round
}

// pollUntilContext reads interval, time for all and whether the first attempt is made at once. An interval that is not
// below the time for all leaves the first attempt alone, if it is made at once: loop.go, loopConditionUntilContext.
func pollUntilContext(round *rounds, x []Value) bool {
	round.delay = pollPause(x[0])
	interval, known := durationOf(x[0])
	all, allKnown := durationOf(x[1])
	if !known || !allKnown || interval < all {
		return true
	}
	round.once = isTrue(x[2])
	return round.once
}

// pollPause reads an interval: without one there is no pause at all.
func pollPause(interval Value) delay {
	if d, known := durationOf(interval); known && d < 0 {
		return never
	}
	return delayOf(interval)
}

// pollBefore reads the functions that came before those: an interval, which must be a pause, and for some a time for all.
// When that is over the condition is asked once more: wait.go, waitForWithContext.
func pollBefore(round *rounds, x []Value, withContext, atOnce bool) bool {
	if withContext {
		x = x[1:]
	}
	interval, known := durationOf(x[0])
	if known && interval <= 0 {
		return false
	}
	if len(x) < 2 || round.endless {
		return true
	}
	all, allKnown := durationOf(x[1])
	round.endless = allKnown && all == 0
	switch {
	case !known || !allKnown || all == 0 || interval < all || atOnce:
		return true
	case interval == all:
		return false // one or two
	}
	round.once = true
	return true
}

func judgeCondition(r *run, in *invocation, s *state, results []Value) []verdict {
	if len(results) != 2 {
		return nil
	}
	done, err := results[0], results[1]
	none, some := r.divide(s, r.isNil(s, err, r.nilValue(Clean)))
	var verdicts []verdict
	if some != nil {
		verdicts = append(verdicts, verdict{again: r.boolean(false, Clean), results: []Value{err}, state: some})
	}
	if none != nil {
		verdicts = append(verdicts, verdict{again: r.not(done), results: []Value{r.nilValue(Clean)}, state: none})
	}
	return verdicts
}

// stepsAndPause reads a wait.Backoff: whether it comes to one attempt, and whether its first pause, from which the
// others grow, is one. A backoff without a step does nothing at all; the steps are over as soon as a pause would be
// longer than Cap: backoff.go, delay.
func (r *run) stepsAndPause(backoff Value) (once bool, pause delay, ok bool) {
	backoff = r.expand(backoff)
	if backoff.Kind != Struct {
		return false, perhaps, true // one of the library's own, or the program's configuration
	}
	steps, duration := r.field(backoff, "Steps"), r.field(backoff, "Duration")
	if isNumber(steps) && constant.Sign(steps.Const()) <= 0 {
		return false, perhaps, false
	}
	first, firstKnown := durationOf(duration)
	limit, limitKnown := durationOf(r.field(backoff, "Cap"))
	factor := r.field(backoff, "Factor")
	once = isOne(steps)
	if firstKnown && limitKnown && limit > 0 && isNumber(factor) && !isZero(factor) {
		times, _ := constant.Float64Val(constant.ToFloat(factor.Const()))
		once = once || time.Duration(float64(first)*times) > limit
	}
	return once, delayOf(duration), true
}

// readOnError reads a call of client-go's retry.OnError: backoff, what is worth another try, function.
func readOnError(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) != 3 {
		return nil
	}
	round := &rounds{operation: x[2], gaveUp: plain}
	var ok bool
	if round.once, round.delay, ok = r.stepsAndPause(x[0]); !ok {
		return nil
	}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		var verdicts []verdict
		for _, answer := range r.ask(in, s, x[1], []Value{err}) {
			verdicts = append(verdicts, verdict{again: answer.again, results: results, state: answer.state})
		}
		return verdicts
	})
	return round
}

// readOnConflict reads a call of client-go's retry.RetryOnConflict, which tries again after a conflict of Kubernetes
// alone: no error of OCI is one.
func readOnConflict(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) != 2 {
		return nil
	}
	round := &rounds{operation: x[1], gaveUp: plain, delay: waits}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		again := r.free("conflict:"+in.chain.Key, Unique)
		if r.reaches(s, err, 0) {
			again = r.boolean(false, Presence)
		}
		return []verdict{{again: again, results: results, state: s}}
	})
	return round
}
