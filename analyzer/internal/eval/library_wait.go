package eval

import (
	"go/constant"
	"strings"
)

// readPoll reads a call of k8s.io/apimachinery's wait: a condition, last but for a stop channel, that answers whether
// it is done, and an error that ends it. Not done without an error is another round.
func readPoll(r *run, in *invocation) *rounds {
	x := in.arguments
	round := &rounds{delay: waits, gaveUp: timedOut(1), judge: judgeCondition}
	name := shortName(in.reference.Name)
	at := len(x) - 1
	if name == "PollUntil" || name == "PollImmediateUntil" {
		at--
	}
	if at < 1 {
		return nil
	}
	round.operation = x[at]
	if strings.Contains(name, "Context") {
		round.arguments = x[:1]
	}
	if strings.HasPrefix(name, "ExponentialBackoff") {
		var ok bool
		if round.once, round.delay, ok = r.stepsAndPause(in.it.state, x[at-1]); !ok {
			return nil
		}
	}
	round.endless = strings.Contains(name, "Infinite")
	return round
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

// stepsAndPause reads a wait.Backoff: whether it has one step, and whether its first pause, from which the others
// grow, is one. A backoff without a step does nothing at all.
func (r *run) stepsAndPause(s *state, backoff Value) (once bool, pause delay, ok bool) {
	backoff = r.expand(backoff)
	if backoff.Kind != Struct {
		return false, perhaps, true // one of the library's own, or the program's configuration
	}
	steps, duration := r.field(backoff, "Steps"), r.field(backoff, "Duration")
	if isNumber(steps) && constant.Sign(steps.Const) <= 0 {
		return false, perhaps, false
	}
	return isOne(steps), delayOf(duration), true
}

// readOnError reads a call of client-go's retry.OnError: backoff, what is worth another try, function.
func readOnError(r *run, in *invocation) *rounds {
	x := in.arguments
	if len(x) != 3 {
		return nil
	}
	round := &rounds{operation: x[2], gaveUp: plain}
	var ok bool
	if round.once, round.delay, ok = r.stepsAndPause(in.it.state, x[0]); !ok {
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
