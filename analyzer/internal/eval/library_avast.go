package eval

import "strings"

// avastSettings are what the options of avast/retry-go come to.
type avastSettings struct {
	attempts  Value // nil: the default, ten
	retryIf   Value // nil: the default, all but what is marked Unrecoverable
	last      Value // LastErrorOnly; nil: the default, a list
	delayType Value // nil: the default, a growing delay with jitter
	delay     Value // nil: the default, 100 ms
	forError  []avastLimit
	context   Value // nil: none
}

// avastLimit is a number of attempts for one error.
type avastLimit struct{ attempts, err Value }

// readAvast reads a call of avast/retry-go: the function and options, or from v5 on the function alone, on a retrier
// that was made of options.
func readAvast(r *run, in *invocation) *rounds {
	_, version := libraryOf(in.reference.Package)
	x, s := in.arguments, in.it.state
	round := &rounds{}
	var options []Value
	known := true
	switch {
	case strings.Contains(in.reference.Name, ")."):
		name, made := settingName(x[0])
		if name != "New" && name != "NewWithData" || len(x) != 2 || len(made.Args) != 1 || made.Args[0].Kind != Array && made.Args[0].Kind != Nil {
			return nil
		}
		options, round.operation = made.Args[0].Args, x[1]
	default:
		round.operation = x[0]
		if len(x) > 1 {
			options, known = r.elements(s, x[1])
		}
	}
	settings, ok := readAvastOptions(options, r.integer(0, Clean))
	if !known || !ok {
		return nil
	}
	endless := settings.attempts != nil && isZero(settings.attempts)
	if endless && version < 4 {
		return nil // not even one attempt
	}
	round.once = settings.attempts != nil && isOne(settings.attempts)
	round.delay = r.avastDelay(in, s, settings)
	round.endless = endless
	finish := r.avastResult(in, settings, version, endless)
	all, _ := attemptsOf(settings.attempts)
	round.gaveUp = func(r *run, s *state, results []Value) [][]Value {
		return [][]Value{withLast(results, finish(r, s, results[len(results)-1], all))}
	}
	if settings.context != nil && hasDeadline(settings.context) {
		round.late = func(r *run, results []Value) []Value {
			if version < 4 || settings.last != nil && isTrue(settings.last) {
				return deadlineExceeded(r, results)
			}
			return withLast(results, r.undetermined(notNilButUnknown)) // a list that ends with the context's error, or that alone
		}
	}
	round.judge = onError(func(r *run, in *invocation, s *state, results []Value, err Value) []verdict {
		tried := int64(0)
		if round.number == 1 && s.phase == After {
			tried = 1
		}
		stop := func(r *run, err Value) []Value { return withLast(results, finish(r, s, err, tried)) }
		if !endless || version >= 5 {
			if enough := r.enoughFor(in.at(s), settings.forError, version, err); !isFalse(enough) {
				return []verdict{{again: r.not(enough), results: stop(r, err), state: s}}
			}
		}
		return r.avastJudge(in, s, settings, version, endless, err, stop)
	})
	return round
}

// attemptsOf returns a known number of attempts; ten where none is set.
func attemptsOf(attempts Value) (int64, bool) {
	if attempts == nil {
		return 10, true
	}
	n, exact := durationOf(attempts)
	if !exact || n > maxListed {
		return 0, false
	}
	return int64(n), true
}

// enoughFor answers whether the attempts for an error of this kind are used up after one.
func (r *run) enoughFor(in *invocation, limits []avastLimit, version int, err Value) Value {
	enough := r.boolean(false, Clean)
	for _, limit := range limits {
		is := r.errorsIs(in, err, limit.err)
		switch {
		case isFalse(is):
		case isOne(limit.attempts) || isZero(limit.attempts) && version >= 5:
			return is
		case !isNumber(limit.attempts) || !isTrue(is):
			enough = r.undetermined("attempts for one error") // how many there are
		}
	}
	return enough
}

func readAvastOptions(options []Value, zero Value) (avastSettings, bool) {
	var settings avastSettings
	for _, option := range options {
		name, made := settingName(option)
		switch name {
		case "":
			return settings, false
		case "Attempts":
			settings.attempts = made.Args[0]
		case "UntilSucceeded":
			settings.attempts = zero
		case "RetryIf":
			settings.retryIf = made.Args[0]
		case "LastErrorOnly":
			settings.last = made.Args[0]
		case "DelayType":
			settings.delayType = made.Args[0]
		case "Delay":
			settings.delay = made.Args[0]
		case "Context":
			settings.context = made.Args[0]
		case "AttemptsForError":
			settings.forError = append(settings.forError, avastLimit{made.Args[0], made.Args[1]})
		}
	}
	return settings, true
}

// avastJudge asks the mark and RetryIf. A RetryIf of the program's own takes the place of the default, which looks for
// the mark; without a limit of attempts v4 and later look for it first.
func (r *run) avastJudge(in *invocation, s *state, settings avastSettings, version int, endless bool, err Value, stop func(*run, Value) []Value) []verdict {
	marked, _ := r.markOf(in, s, err, "Unrecoverable", version >= 4)
	stopped := stop(r, err)
	if settings.retryIf == nil {
		return []verdict{{again: r.not(marked), results: stopped, state: s}}
	}
	var verdicts []verdict
	asked := s
	if endless {
		unmarked, is := r.divide(s, r.not(marked))
		if is != nil {
			verdicts = append(verdicts, verdict{again: r.boolean(false, Clean), results: stopped, state: is})
		}
		asked = unmarked
	}
	if asked == nil {
		return verdicts
	}
	for _, answer := range r.ask(in, asked, settings.retryIf, []Value{err}) {
		verdicts = append(verdicts, verdict{again: answer.again, results: stopped, state: answer.state})
	}
	return verdicts
}

// avastResult returns what becomes of the last error, given the number of attempts, 0 where that is not known: the list
// of all of them, which v4 and later unwrap, or with LastErrorOnly or without a limit the error itself. Where there is a
// limit a mark at the error's head is taken off.
func (r *run) avastResult(in *invocation, settings avastSettings, version int, endless bool) func(r *run, s *state, err Value, attempts int64) Value {
	return func(r *run, s *state, err Value, attempts int64) Value {
		if endless {
			return err
		}
		if marked, inner := r.markOf(in, s, err, "Unrecoverable", false); isTrue(marked) {
			err = inner
		}
		switch {
		case settings.last != nil && isTrue(settings.last):
			return err
		case settings.last != nil && !isFalse(settings.last), err.Kind == Undetermined:
			return r.undetermined("the last error or a list of all")
		}
		text := append([]Value{r.text("All attempts fail:\n", Clean)}, r.textOf(err)...)
		list := Node{Kind: Wrapped, Text: listOfErrors, Args: append([]Value{err}, text...), Taint: err.Taint, Length: attempts}
		if version < 4 {
			list.Kind, list.Length, list.Args = Flattened, 0, text
		}
		return r.typedError(r.make(list), in.reference.Package, "Error")
	}
}

// avastDelay says whether the delay is one: the default types add jitter even to a delay of zero.
func (r *run) avastDelay(in *invocation, s *state, settings avastSettings) delay {
	if settings.delayType == nil {
		return waits
	}
	if settings.delayType.Kind != Function {
		return perhaps
	}
	switch name := settings.delayType.Text; {
	case strings.HasSuffix(name, ".FixedDelay"):
		if settings.delay == nil {
			return waits
		}
		return delayOf(settings.delay)
	case strings.Contains(name, "avast/retry-go"):
		return waits
	}
	return r.askedDelay(in, s, settings.delayType)
}

// askedDelay asks a function of the program for a pause, without knowing what it is given.
func (r *run) askedDelay(in *invocation, s *state, function Value) delay {
	body := r.Body(function)
	if body == nil {
		return perhaps
	}
	var arguments []Value
	for i := range body.Parameters {
		arguments = append(arguments, r.free("asked:"+in.chain.Key+":"+itoa(i), NonNil))
	}
	answers := r.ask(in, s, function, arguments)
	for _, answer := range answers {
		if delayOf(answer.again) != never {
			return perhaps
		}
	}
	if len(answers) == 0 {
		return perhaps
	}
	return never
}
