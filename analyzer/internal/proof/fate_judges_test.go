package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// What decides.

// about has conditions speak of these expressions, and returns one that speaks of nothing else.
func (g *siteGenerator) about(failure, err string) string {
	g.status, g.code, g.err, g.generator.text = failure+".GetHTTPStatusCode()", failure+".GetCode()", err, err+".Error()"
	for {
		before := g.decls.String()
		g.depth = 1 + g.Intn(3)
		condition := g.condition()
		if !regexp.MustCompile(`\br\b`).MatchString(condition) {
			return condition
		}
		g.decls.Reset()
		g.decls.WriteString(before)
	}
}

// judged writes what looks at err and stops with this statement. It returns the condition of another attempt.
func (g *siteGenerator) judged(stop string) string {
	outer := g.stop
	g.stop = stop
	choose(g, "judge", judges())
	g.stop = outer
	return g.again
}

// unless writes that the attempts stop unless a condition holds.
func (g *siteGenerator) unless(condition, stop string) {
	if condition != "true" {
		g.line("if !(%s) {\n%s\n}", condition, stop)
	}
}

// question declares a function that judges an error. It returns its name.
func (g *siteGenerator) question() string {
	name := g.global("again")
	response, condition := g.response, ""
	g.response = false
	text := g.captured(func() { condition = g.judged("return " + g.bool()) })
	g.response = response
	if strings.Contains(text+condition, "settings.") {
		text, condition = "", "common.IsErrorRetryableByDefault(err)"
	}
	g.declare("func %s(err error) bool {\n%sreturn %s\n}", name, text, condition)
	return name
}

// judges are the ways to decide: they write lines that may stop, and leave in again what says that there is another
// attempt. Some ask others.
func judges() []manner {
	return []manner{
		{"always", 4, func(g *siteGenerator) { g.again = "true" }},
		{"default", 4, func(g *siteGenerator) { g.again = "common.IsErrorRetryableByDefault(err)" }},
		{"asserted", 5, func(g *siteGenerator) {
			g.line("failure, ok := common.IsServiceError(err)\nif !ok {\n%s\n}\n_ = failure", g.stop)
			g.again = g.about("failure", "err")
		}},
		{"assertedInCondition", 3, func(g *siteGenerator) {
			g.line("failure, ok := common.IsServiceError(err)\n_ = failure")
			g.again = pick(g.generator, "ok && ", "!ok || ") + "(" + g.about("failure", "err") + ")"
		}},
		{"found", 5, func(g *siteGenerator) {
			g.line("var failure common.ServiceError\nif !errors.As(err, &failure) {\n%s\n}\n_ = failure", g.stop)
			g.again = g.about("failure", "err")
		}},
		{"foundInCondition", 2, func(g *siteGenerator) {
			g.line("var failure common.ServiceError\n_ = failure")
			g.again = "errors.As(err, &failure) && (" + g.about("failure", "err") + ")"
		}},
		{"wrappedBefore", 2, func(g *siteGenerator) {
			g.line("err = fmt.Errorf(%q, err)", pick(g.generator, "call: %w", "call: %v"))
			g.line("var failure common.ServiceError\nif !errors.As(err, &failure) {\n%s\n}\n_ = failure", g.stop)
			g.again = g.about("failure", "err")
		}},
		{"predicate", 4, func(g *siteGenerator) {
			response := ""
			if g.response {
				response = "Response: response, "
			}
			g.again = fmt.Sprintf("predicates.P%04d(common.OCIOperationResponse{%sError: err})", 1+g.Intn(predicateCount), response)
		}},
		{"flag", 3, func(g *siteGenerator) {
			g.line("retry := %s", g.bool())
			g.line("if failure, ok := common.IsServiceError(err); ok {")
			g.line("switch failure.GetHTTPStatusCode() {\ncase %s:\nretry = true\ncase %s:\nretry = %s\n}\n}", strings.Join(g.siteStatuses(0), ", "), strings.Join(g.siteStatuses(1), ", "), g.about("failure", "err"))
			g.again = "retry"
		}},
		{"switchCode", 3, func(g *siteGenerator) {
			g.line("failure, _ := common.IsServiceError(err)\nif failure == nil {\n%s\n}", g.stop)
			codes := g.codes(4)
			g.line("switch failure.GetCode() {\ncase %s:\n%s\ncase %s:\nif %s {\n%s\n}\n}", strings.Join(codes[:2], ", "), g.stop, strings.Join(codes[2:], ", "), g.about("failure", "err"), g.stop)
			g.again = "true"
		}},
		{"function", 4, func(g *siteGenerator) { g.again = g.question() + "(err)" }},
		{"notFunction", 2, func(g *siteGenerator) { g.again = "!" + g.question() + "(err)" }},
		{"functionValue", 1, func(g *siteGenerator) {
			name := g.name("again")
			g.line("%s := %s", name, g.question())
			g.again = name + "(err)"
		}},
		{"verdict", 2, func(g *siteGenerator) {
			function := g.global("judge")
			g.declare("func %s(err error) verdict {\nvar failure common.ServiceError\nif !errors.As(err, &failure) {\nreturn %s\n}\n_ = failure\nswitch {\ncase %s:\nreturn again\ncase %s:\nreturn later\n}\nreturn stop\n}",
				function, pick(g.generator, "stop", "again"), g.about("failure", "err"), g.about("failure", "err"))
			g.line("v := %s(err)\nif v == stop {\n%s\n}", function, g.stop)
			g.again = pick(g.generator, "true", "v == again", "v != later")
		}},
		{"shared", 2, func(g *siteGenerator) {
			g.again = pick(g.generator, "shared.IsTransient(err)", "shared.Is(err, "+g.statusText()+", \"\")", "!shared.Is(err, 0, "+g.codeText()+")", "shared.Status(err) >= 500", "shared.Statuses[shared.Status(err)]")
		}},
		{"ownError", 2, func(g *siteGenerator) {
			g.line("var failure *failureError\n_ = failure")
			g.again = pick(g.generator, "errors.As(err, &failure)", "!errors.As(err, &failure)", "!errors.Is(err, errSentinel)")
		}},
		{"response", 2, func(g *siteGenerator) {
			if !g.response {
				g.again = "common.IsErrorAffectedByEventualConsistency(err)"
				return
			}
			g.again = "response.RawResponse != nil && response.RawResponse.StatusCode " + pick(g.generator, "== ", ">= ", "!= ") + g.statusText()
		}},
		{"typeSwitch", 2, func(g *siteGenerator) {
			g.line("var retry bool\nswitch failure := err.(type) {\ncase common.ServiceError:\n_ = failure\nretry = %s\ncase *failureError:\nretry = true\ndefault:\n%s\n}", g.about("failure", "err"), g.stop)
			g.again = "retry"
		}},
		{"settings", 1, func(g *siteGenerator) {
			g.again = pick(g.generator, "settings.Enabled() && ", "settings.Enabled() || ") + "common.IsErrorRetryableByDefault(err)"
		}},
		{"unwrapped", 1, func(g *siteGenerator) {
			g.line("var cause error\nfor cause = err; errors.Unwrap(cause) != nil; {\ncause = errors.Unwrap(cause)\n}\nfailure, ok := cause.(common.ServiceError)\nif !ok {\n%s\n}\n_ = failure", g.stop)
			g.again = g.about("failure", "cause")
		}},
	}
}

// siteStatuses returns some statuses, others for each part.
func (g *siteGenerator) siteStatuses(part int) []string {
	all := [][]string{{"429", "500", "503"}, {"404", "409", "401", "502"}}[part]
	return all[:1+g.Intn(len(all))]
}

// How attempts wait.

// waits are written where an attempt has failed and another one follows. Some only look as if they waited.
var waits = []manner{
	{"none", 12, func(g *siteGenerator) {}},
	{"sleep", 4, func(g *siteGenerator) {
		g.line("time.Sleep(%s)", pick(g.generator, "time.Second", "settings.Pause()", "5*time.Millisecond"))
	}},
	{"sleep of nothing", 1, func(g *siteGenerator) { g.line("time.Sleep(%s)", pick(g.generator, "0", "noPause(1)")) }},
	{"growing", 2, func(g *siteGenerator) {
		if g.attempt == "" {
			g.line("time.Sleep(nextPause(2))")
			return
		}
		g.line("time.Sleep(%s)", pick(g.generator, "time.Duration("+g.attempt+"+1)*time.Second", "nextPause("+g.attempt+")", "time.Duration("+g.attempt+")*time.Second"))
	}},
	{"select", 3, func(g *siteGenerator) {
		g.line("select {\ncase <-ctx.Done():\n%s\ncase <-time.After(%s):\n}", pick(g.generator, g.stop, "panic(ctx.Err())"), pick(g.generator, "time.Second", "settings.Pause()"))
	}},
	{"select default", 1, func(g *siteGenerator) { g.line("select {\ncase <-ctx.Done():\n%s\ndefault:\n}", g.stop) }},
	{"timer", 2, func(g *siteGenerator) {
		name := g.name("timer")
		g.line("%s := time.NewTimer(time.Second)\n<-%s.C", name, name)
	}},
	{"received", 1, func(g *siteGenerator) { g.line("<-time.After(time.Second)") }},
	{"not received", 1, func(g *siteGenerator) { g.line("_ = time.After(time.Second)") }},
	{"function", 3, func(g *siteGenerator) { g.line("pauseBackoff(%s)", pick(g.generator, "0", "1")) }},
	{"function with error", 2, func(g *siteGenerator) {
		g.line("if wait := %s; wait != nil {\n%s\n}", pick(g.generator, "sleepBetween(ctx)", "helper.Backoff(ctx, settings.Pause())", "settings.WaitTurn(ctx)"), g.stop)
	}},
	{"helper", 2, func(g *siteGenerator) {
		g.line("helper.SleepBetween(%s)", pick(g.generator, "time.Second", "settings.Pause()"))
	}},
	{"variable", 2, func(g *siteGenerator) { g.line("sleep(time.Second)") }},
	{"sometimes", 1, func(g *siteGenerator) { g.line("if settings.Enabled() {\ntime.Sleep(time.Second)\n}") }},
	{"later", 3, func(g *siteGenerator) {
		if g.attempt != "" {
			g.line("if %s %s {\ntime.Sleep(time.Second)\n}", g.attempt, pick(g.generator, "> 0", "> 1", "== 1", "== 0", "%2 == 1", "!= 0"))
		}
	}},
	{"for some", 3, func(g *siteGenerator) {
		g.line("if %s {\ntime.Sleep(time.Second)\n}", pick(g.generator, "common.IsErrorRetryableByDefault(err)", "shared.Is(err, 429, \"\")", "shared.IsTransient(err)", "!shared.Is(err, 404, \"\")", "shared.Status(err) == 500"))
	}},
	{"deferred literal", 1, func(g *siteGenerator) { g.line("func() {\ndefer time.Sleep(time.Second)\n}()") }},
	{"only looks", 2, func(g *siteGenerator) {
		g.line("%s", pick(g.generator, "_ = helper.Elapsed(time.Now())", "_ = nextPause(1)", "helper.Log(\"again\", err)", "_ = time.Now().Add(time.Second)"))
	}},
}

// starts writes the start of an attempt.
func (g *siteGenerator) starts() {
	if g.early && g.attempt != "" {
		g.line("if %s > %d {", g.attempt, 0)
		g.waitsNow()
		g.line("}")
	}
	g.lines(g.each)
}

// waitsNow writes a wait; at the start of an attempt one that does not ask what the last one came to.
func (g *siteGenerator) waitsNow() {
	if g.early {
		choose(g, "wait", slices.DeleteFunc(slices.Clone(waits), func(m manner) bool { return m.name == "for some" || m.name == "only looks" }))
		return
	}
	choose(g, "wait", waits)
}

// goesOn writes what stands between a failed attempt and the next one.
func (g *siteGenerator) goesOn(stop string) {
	g.stop = stop
	g.lines(g.failed)
	if g.early && g.attempt != "" {
		return
	}
	g.early = false
	g.waitsNow()
}

// mayWaitEarly decides that the wait stands at the start of an attempt; only where the attempt is counted from 0.
func (g *siteGenerator) mayWaitEarly(stop string) {
	g.stop = stop
	if g.early = g.Intn(4) == 0; g.early {
		g.trait("wait:early")
	}
}
