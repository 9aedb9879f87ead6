package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// readFailsafe reads a call of failsafe-go: the function, with policies beside it or in the executor it is called on.
// Nothing is tried again without a retry policy; beside other policies nothing can be told.
func readFailsafe(r *run, in *invocation) *rounds {
	x, s := in.arguments, in.it.state
	var policies []Value
	if in.call.Mode == summary.InterfaceCall {
		x = x[1:]
		policies = executorPolicies(in.value)
	} else if len(x) > 1 {
		policies, _ = r.elements(s, x[1])
	}
	if len(policies) != 1 || len(x) == 0 {
		return nil
	}
	settings, ok := retryPolicySettings(policies[0])
	if !ok {
		return nil
	}
	round := &rounds{operation: x[0], delay: settings.delay, once: settings.once, endless: settings.endless}
	if strings.HasSuffix(in.call.Method, "WithExecution") || strings.HasSuffix(in.reference.Name, "WithExecution") {
		round.arguments = []Value{r.free("execution:"+in.chain.Key, NonNil)}
	}
	if ended := executorContext(in.value); ended != nil && hasDeadline(ended) {
		round.late = func(r *run, results []Value) []Value { return withLast(results, r.undetermined(notNilButUnknown)) }
	}
	round.gaveUp = func(r *run, s *state, results []Value) [][]Value {
		if settings.lastFailure {
			return [][]Value{results}
		}
		err := results[len(results)-1]
		text := []Value{r.text("retries exceeded. last result: ", Clean), r.free("printed", 0), r.text(", last error: ", Clean)}
		exceeded := r.wrap("exceeded", err, append(text, r.textOf(err)...))
		return [][]Value{withLast(results, r.typedError(exceeded, retryPolicies, "ExceededError"))}
	}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		if r.handlesSuccess(in, s, settings.handle) {
			return []verdict{{again: r.undetermined("a condition that handles success as well"), results: results, state: s}}
		}
		return r.judgeFailsafe(in, s, settings, results, round.gaveUp(r, s, results)[0], err)
	})
	return round
}

// handlesSuccess reports whether a condition may affirm that success is a failure: then what goes round does so anyhow.
func (r *run) handlesSuccess(in *invocation, s *state, conditions []Value) bool {
	for _, condition := range conditions {
		for _, answer := range r.ask(in, s.fork(), condition, []Value{r.free("result:"+in.chain.Key, 0), r.nilValue(Clean)}) {
			if isTrue(answer.again) {
				return true
			}
		}
	}
	return false
}

// executorPolicies returns the policies that an executor was made with.
func executorPolicies(executor Value) []Value {
	for {
		name, made := settingName(executor)
		switch name {
		case "With", "NewExecutor":
			if len(made.Args) == 1 {
				return made.Args[0].Args
			}
			return nil
		case "WithContext", "OnDone", "OnSuccess", "OnFailure":
			executor = made.Args[0]
		default:
			return nil
		}
	}
}

// executorContext returns the context that an executor was given, nil if it was given none.
func executorContext(executor Value) Value {
	for executor != nil {
		name, made := settingName(executor)
		if name == "WithContext" {
			return made.Args[1]
		}
		if !settings[failsafe][name] || name == "With" || name == "NewExecutor" {
			return nil
		}
		executor = made.Args[0]
	}
	return nil
}

// failsafeSettings are what the calls on a retry policy's builder come to.
type failsafeSettings struct {
	once, endless, lastFailure bool
	delay                      delay
	handle, abort              []Value // functions of result and error
	handleErrors, abortErrors  []Value // lists of errors that are looked for
	checked                    bool    // a condition about errors replaces the default, all of them
	unknown                    bool    // a condition by type
}

// failsafe is failsafe-go's path, and retryPolicies is where it has its retry policies.
const (
	failsafe      = "github.com/failsafe-go/failsafe-go"
	retryPolicies = failsafe + "/retrypolicy"
)

// retryPolicySettings reads a retry policy back to front.
func retryPolicySettings(policy Value) (failsafeSettings, bool) {
	var settings failsafeSettings
	settings.delay = never
	attempts, delaySet, timed := false, false, false
	for {
		name, made := settingName(policy)
		switch name {
		case "NewWithDefaults", "WithDefaults", "NewBuilder", "Builder":
			settings.endless = settings.endless && !timed
			return settings, true
		case "WithMaxDuration":
			timed = true
		case "":
			return settings, false
		case "WithMaxAttempts", "WithMaxRetries":
			if !attempts {
				retries, known := durationOf(made.Args[1])
				if name == "WithMaxAttempts" && retries != -1 {
					retries-- // so that none at all are any number
				}
				settings.once = known && (retries == 0 || retries < -1)
				settings.endless = known && retries == -1
			}
			attempts = true
		case "WithDelay", "WithBackoff", "WithBackoffFactor", "WithRandomDelay", "WithDelayFunc", "WithDelayFn":
			if !delaySet {
				settings.delay = perhaps
				if name == "WithDelay" {
					settings.delay = delayOf(made.Args[1])
				} else if !strings.HasPrefix(name, "WithDelayF") {
					settings.delay = waits
				}
			}
			delaySet = true
		case "HandleIf":
			settings.handle, settings.checked = append(settings.handle, made.Args[1]), true
		case "HandleErrors":
			settings.handleErrors, settings.checked = append(settings.handleErrors, made.Args[1]), true
		case "HandleErrorTypes":
			settings.unknown, settings.checked = true, true
		case "AbortIf":
			settings.abort = append(settings.abort, made.Args[1])
		case "AbortOnErrors":
			settings.abortErrors = append(settings.abortErrors, made.Args[1])
		case "AbortOnErrorTypes":
			settings.unknown = true
		case "ReturnLastFailure":
			settings.lastFailure = true
		}
		policy = made.Args[0]
	}
}

// judgeFailsafe asks the policy's conditions: what one of them handles, or any error where none is about errors, is
// tried again unless a condition aborts it.
func (r *run) judgeFailsafe(in *invocation, s *state, settings failsafeSettings, results, exceeded []Value, err Value) []verdict {
	value := r.nilValue(Clean)
	if len(results) > 1 {
		value = results[0]
	}
	handled, aborted := r.amongErrors(in.at(s), err, settings.handleErrors), r.amongErrors(in.at(s), err, settings.abortErrors)
	if settings.unknown || !isFalse(handled) || !isFalse(aborted) {
		return []verdict{{again: r.undetermined("a condition by type or identity"), results: results, state: s}}
	}
	if len(settings.handle)+len(settings.abort) > 1 {
		return []verdict{{again: r.undetermined("several conditions"), results: results, state: s}}
	}
	aborts := results
	if settings.once {
		aborts = exceeded // the last attempt's error is told so, aborted or not
	}
	var verdicts []verdict
	for _, condition := range settings.handle {
		for _, answer := range r.ask(in, s, condition, []Value{value, err}) {
			verdicts = append(verdicts, verdict{again: answer.again, results: results, state: answer.state})
		}
	}
	for _, condition := range settings.abort {
		for _, answer := range r.ask(in, s, condition, []Value{value, err}) {
			again := r.not(answer.again)
			if settings.checked && len(settings.handle) == 0 {
				again, aborts = r.boolean(false, Presence), results // it is none of the errors that are handled
			}
			verdicts = append(verdicts, verdict{again: again, results: aborts, state: answer.state})
		}
	}
	if len(settings.handle)+len(settings.abort) == 0 {
		verdicts = append(verdicts, verdict{again: r.boolean(!settings.checked, Presence), results: results, state: s})
	}
	return verdicts
}

// amongErrors answers whether an error is, or wraps, one of some lists.
func (r *run) amongErrors(in *invocation, err Value, lists []Value) Value {
	for _, list := range lists {
		errs, known := r.elements(in.it.state, list)
		if !known {
			return r.undetermined("a list of errors")
		}
		for _, target := range errs {
			if is := r.errorsIs(in, err, target); !isFalse(is) {
				return is
			}
		}
	}
	return r.boolean(false, Clean)
}
