package proof

import (
	"fmt"
	"strings"
)

// bound writes how many attempts there are.
func (g *siteGenerator) bound() string {
	switch g.Intn(7) {
	case 0:
		return "settings.Attempts()"
	case 1:
		return "maxAttempts"
	case 2:
		name := g.global("attempts")
		g.declare("const %s = %d", name, pick(g.generator, 1, 2, 3, 5))
		return name
	case 3:
		name := g.global("attempts")
		g.declare("var %s = %d", name, pick(g.generator, 2, 3))
		return name
	}
	return pick(g.generator, "2", "3", "3", "5")
}

// ending writes what a site returns after its last attempt; last is the variable of the last error, or "".
func (g *siteGenerator) ending(last string) {
	if last == "" {
		g.line("return %s", pick(g.generator, "errGaveUp", `errors.New("gave up")`, `fmt.Errorf("no attempt left")`))
		return
	}
	g.line("_ = %s", last)
	g.line("return %s", pick(g.generator, last, last, `fmt.Errorf("gave up: %w", `+last+`)`, "errors.Join(errGaveUp, "+last+")", "errGaveUp"))
}

// giving is a statement that returns err, in one way or another.
func (g *siteGenerator) giving() string {
	return pick(g.generator, "return err", "return err", "return err", `return fmt.Errorf("site: %w", err)`, "return &failureError{err}")
}

// bodyOf writes an attempt of a loop that goes round where nothing stops it.
func (g *siteGenerator) bodyOf(stop string) {
	g.starts()
	g.assign(":=")
	switch g.Intn(3) {
	case 0:
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged(stop), stop)
	case 1:
		g.line("if err == nil {\nreturn nil\n}")
		if condition := g.judged(stop); condition != "true" {
			g.line("if %s {", condition)
			g.goesOn(stop)
			g.line("continue\n}")
			g.line("%s", stop)
			return
		}
	default:
		g.line("if err != nil {")
		g.unless(g.judged(stop), stop)
		g.goesOn(stop)
		g.line("continue\n}")
		g.line("return nil")
		return
	}
	g.goesOn(stop)
}

// lastAttempt writes that the last attempt ends the loop by itself, sometimes.
func (g *siteGenerator) lastAttempt(bound, stop string) {
	if g.attempt != "" && g.Intn(4) == 0 {
		g.trait("last attempt")
		g.line("if %s == %s-1 {\n%s\n}", g.attempt, bound, stop)
	}
}

// rounds are the ways to come to another attempt, or not.
var rounds = []manner{
	{"counter", 8, func(g *siteGenerator) {
		g.prepare()
		bound := g.bound()
		g.mayWaitEarly("return ctx.Err()")
		keep := g.Intn(2) == 0
		if keep {
			g.line("var last error")
		}
		g.attempt = "attempt"
		g.line("for attempt := 0; attempt < %s; attempt++ {", bound)
		g.starts()
		g.assign(":=")
		stop := g.giving()
		g.line("if err == nil {\nreturn nil\n}")
		g.lastAttempt(bound, stop)
		g.unless(g.judged(stop), stop)
		if keep {
			g.line("last = err")
		}
		g.goesOn(stop)
		g.line("}")
		if keep {
			g.ending("last")
		} else {
			g.ending("")
		}
	}},
	{"range int", 4, func(g *siteGenerator) {
		g.prepare()
		g.mayWaitEarly("return ctx.Err()")
		if g.Intn(2) == 0 {
			g.attempt = "attempt"
			g.line("for attempt := range %s {", g.bound())
			g.line("_ = attempt")
		} else {
			g.line("for range %s {", g.bound())
		}
		g.bodyOf("return err")
		g.line("}")
		g.ending("")
	}},
	{"endless", 4, func(g *siteGenerator) {
		g.prepare()
		if g.Intn(2) == 0 {
			g.attempt = "attempt"
			g.mayWaitEarly("return ctx.Err()")
			g.line("for attempt := 0; ; attempt++ {\n_ = attempt")
		} else {
			g.line("for {")
		}
		g.bodyOf(g.giving())
		g.line("}")
	}},
	{"while", 5, func(g *siteGenerator) {
		g.prepare()
		question := g.question()
		g.lines(g.each)
		g.assign(":=")
		counted := g.Intn(2) == 0
		if counted {
			g.line("left := %s", g.bound())
		}
		g.line("for err != nil && %s(err) {", question)
		if counted {
			g.line("if left--; left == 0 {\nbreak\n}")
		}
		g.goesOn("return err")
		g.lines(g.each)
		g.assign("=")
		g.line("}")
		g.ending("err")
	}},
	{"goto", 4, func(g *siteGenerator) {
		g.prepare()
		g.attempt = "attempt"
		g.line("attempt := 0\nagain:")
		g.starts()
		g.assign(":=")
		g.line("if err != nil {")
		condition := g.judged("return err")
		g.line("if %s%s {\nattempt++", "("+condition+")", pick(g.generator, "", " && attempt < 3"))
		g.goesOn("return err")
		g.line("goto again\n}\n}")
		g.ending("err")
	}},
	{"labelled", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("var last error\nattempts:\nfor range %s {", g.bound())
		g.lines(g.each)
		g.assign(":=")
		question := g.question()
		g.line("last = err\nswitch {\ncase err == nil:\nbreak attempts\ncase %s(err):", question)
		g.goesOn("break attempts")
		g.line("continue attempts\n}\n%s\n}", pick(g.generator, "break", "return err", "break attempts"))
		g.ending("last")
	}},
	{"switch", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("for n := 0; n < %s; n++ {", g.bound())
		g.lines(g.each)
		g.assign(":=")
		g.line("failure, ok := common.IsServiceError(err)\n_ = failure\nswitch {\ncase err == nil:\nreturn nil\ncase !ok:\nreturn err")
		g.line("case %s:", g.about("failure", "err"))
		g.goesOn("return err")
		g.line("case %s:\nreturn %s", g.about("failure", "err"), pick(g.generator, "nil", "err"))
		g.line("case %s:\nbreak", g.about("failure", "err"))
		g.line("default:\nreturn err\n}\n}")
		g.ending("")
	}},
	{"switch status", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("for n := 1; ; n++ {")
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}\nswitch shared.Status(err) {\ncase %s:", strings.Join(g.siteStatuses(0), ", "))
		g.goesOn("return err")
		g.line("%scase %s:\nif n > 3 {\nreturn err\n}\ndefault:\nreturn err\n}\n}", pick(g.generator, "continue\n", "", "fallthrough\n"), strings.Join(g.siteStatuses(1), ", "))
	}},
	{"recursion", 4, func(g *siteGenerator) { g.recursion() }},
	{"recursive literal", 2, func(g *siteGenerator) {
		g.prepare()
		g.line("var try func(left int) error\ntry = func(left int) error {")
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil || left == 0 {\nreturn err\n}")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("return try(left - 1)\n}\nreturn try(%s)", g.bound())
	}},
	{"recursive site", 1, func(g *siteGenerator) {
		g.prepare()
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("return Site%04d(ctx, client, settings)", g.number)
	}},
	{"second call", 6, func(g *siteGenerator) { g.secondCall() }},
	{"flag", 4, func(g *siteGenerator) {
		g.prepare()
		g.results()
		g.line("done := false\nfor n := 0; !done%s; n++ {", pick(g.generator, "", " && n < 4"))
		g.lines(g.each)
		g.assign("=")
		g.line("if err == nil {\ndone = true\ncontinue\n}")
		g.line("if done = !%s(err); !done {", g.question())
		g.goesOn("return err")
		g.line("}\n}")
		g.ending("err")
	}},
	{"once more", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("retried := false\nfor {")
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil || retried {\nreturn err\n}")
		g.unless(g.judged("return err"), "return err")
		g.line("retried = true")
		g.goesOn("return err")
		g.line("}")
	}},
	{"named result", 4, func(g *siteGenerator) {
		g.trait("named result")
		g.prepare()
		g.line("%s", pick(g.generator, "defer func() {\nif err != nil {\nerr = fmt.Errorf(\"site: %w\", err)\n}\n}()", "defer func() { helper.Log(\"site\", err) }()", "defer func() {\nif recover() != nil {\nerr = errGaveUp\n}\n}()"))
		if g.response {
			g.line("var response core.%sResponse\n_ = response", g.operation)
		}
		g.line("for range %s {", g.bound())
		g.lines(g.each)
		g.assign("=")
		g.line("if err == nil {\nreturn\n}")
		g.unless(g.judged("return"), "return")
		g.goesOn("return")
		g.line("}\nreturn")
	}},
	{"do while", 2, func(g *siteGenerator) {
		g.prepare()
		g.results()
		g.line("for ok := true; ok; ok = err != nil && %s(err) {", g.question())
		g.lines(g.each)
		g.assign("=")
		g.line("if err != nil {")
		g.goesOn("return err")
		g.line("}\n}")
		g.ending("err")
	}},
	{"counter of a struct", 3, func(g *siteGenerator) {
		g.prepare()
		kind := g.global("tries")
		g.declare("type %s struct{ left, made int }", kind)
		g.declare("func (t *%s) next() bool {\nif t.left == 0 {\nreturn false\n}\nt.left--\nt.made++\nreturn true\n}", kind)
		g.line("tries := %s%s{left: %s}\nvar last error\nfor tries.next() {", pick(g.generator, "", "&"), kind, g.bound())
		g.attempt = "tries.made"
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}\nlast = err")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("}")
		g.ending("last")
	}},
	{"budget of the helper", 2, func(g *siteGenerator) {
		g.prepare()
		g.results()
		g.line("for budget := helper.NewBudget(%s); ; {", g.bound())
		g.lines(g.each)
		g.assign("=")
		g.line("if err == nil || !budget.Spend() {\nreturn err\n}")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("}")
	}},
	{"iterator", 2, func(g *siteGenerator) {
		g.prepare()
		g.attempt = "attempt"
		g.line("for attempt := range helper.Attempts(%s) {\n_ = attempt", g.bound())
		g.bodyOf("return err")
		g.line("}")
		g.ending("")
	}},
	{"deadline", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("%s {", pick(g.generator, "deadline := time.Now().Add(time.Minute)\nfor time.Now().Before(deadline)", "started := time.Now()\nfor time.Since(started) < time.Minute", "ctx, cancel := context.WithTimeout(ctx, time.Minute)\ndefer cancel()\nfor ctx.Err() == nil"))
		g.bodyOf("return err")
		g.line("}")
		g.ending("")
	}},
	{"pauses", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("var last error\nfor _, pause := range []time.Duration{%s} {", pick(g.generator, "0, time.Second, 2 * time.Second", "0, 0, 0", "time.Second, time.Minute"))
		g.line("%s", pick(g.generator, "time.Sleep(pause)", "_ = pause", "if pause > 0 {\n<-time.After(pause)\n}"))
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}\nlast = err")
		g.unless(g.judged("return err"), "return err")
		g.lines(g.failed)
		g.line("}")
		g.ending("last")
	}},
	{"waits in the post statement", 2, func(g *siteGenerator) {
		g.prepare()
		g.line("for n := 0; n < %s; n, _ = n+1, %s {", g.bound(), pick(g.generator, "sleepBetween(ctx)", "nextPause(n)", "helper.Backoff(ctx, time.Second)"))
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged("return err"), "return err")
		g.lines(g.failed)
		g.line("}")
		g.ending("")
	}},
	{"collected", 2, func(g *siteGenerator) {
		g.prepare()
		g.line("var all []error\nfor len(all) < %s {", g.bound())
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}\nall = append(all, err)")
		g.unless(g.judged("return errors.Join(all...)"), "break")
		g.goesOn("break")
		g.line("}\nreturn errors.Join(all...)")
	}},
	{"ticker", 2, func(g *siteGenerator) {
		g.prepare()
		g.line("ticker := time.NewTicker(time.Second)\ndefer ticker.Stop()\nfor %s {", pick(g.generator, "range ticker.C", "; ; <-ticker.C", ""))
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged("return err"), "return err")
		g.lines(g.failed)
		g.line("}%s", "\nreturn nil")
	}},
	{"helper", 12, func(g *siteGenerator) { g.helper() }},
	{"helper and loop", 2, func(g *siteGenerator) {
		g.line("var failed error\nfor range %s {", g.bound())
		g.line("failed = func() error {")
		g.helper()
		g.line("}()\nif failed == nil {\nreturn nil\n}")
		g.line("%s", pick(g.generator, "time.Sleep(time.Second)", "if !common.IsErrorRetryableByDefault(failed) {\nreturn failed\n}", "_ = failed", "return failed"))
		g.line("}\nreturn failed")
	}},
	{"items", 4, func(g *siteGenerator) { g.items("continue", "return err") }},
	{"items collected", 2, func(g *siteGenerator) {
		g.line("var all []error")
		g.items("all = append(all, err)", "all = append(all, err)\ncontinue")
	}},
	{"items again", 4, func(g *siteGenerator) { g.itemsAgain() }},
	{"items twice", 2, func(g *siteGenerator) { g.itemsTwice() }},
	{"pages", 4, func(g *siteGenerator) { g.pages() }},
	{"returns", 5, func(g *siteGenerator) {
		g.prepare()
		g.line("for n := 0; n < %s; n++ {", g.bound())
		g.lines(g.each)
		g.assign(":=")
		g.line("if err != nil {")
		g.line("%s", pick(g.generator, "return err", `return fmt.Errorf("attempt %d: %w", n, err)`, "if common.IsErrorRetryableByDefault(err) {\nreturn errGaveUp\n}\nreturn err", "break"))
		g.line("}\n}\nreturn nil")
	}},
	{"periodic", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("for %s {", pick(g.generator, "", "n := 0; n < 3; n++", "range time.Tick(time.Minute)"))
		g.lines(g.each)
		g.assign(":=")
		g.line("%s\ntime.Sleep(time.Second)\n}\nreturn nil", pick(g.generator, "if err != nil {\nhelper.Log(\"failed\", err)\n}", "_ = err"))
	}},
	{"poll", 4, func(g *siteGenerator) { g.poll() }},
	{"answer without error", 3, func(g *siteGenerator) { g.answerWithoutError() }},
	{"changed", 4, func(g *siteGenerator) { g.changed() }},
	{"other client", 2, func(g *siteGenerator) {
		g.prepareElsewhere()
		g.line("for _, client := range []cloud.Volumes{client, settings.Second()} {")
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("}")
		g.ending("")
	}},
	{"service", 4, func(g *siteGenerator) { g.service() }},
	{"two operations", 4, func(g *siteGenerator) { g.twoOperations() }},
	{"stored counter", 4, func(g *siteGenerator) { g.storedCounter() }},
	{"listed items", 3, func(g *siteGenerator) { g.listedItems() }},
	{"function variable", 2, func(g *siteGenerator) {
		variable := g.global("run")
		g.prepare()
		g.line("return %s(%s, func() error {", variable, g.bound())
		g.lines(g.each)
		g.assign(":=")
		g.line("return err\n})")
		g.declare("var %s = func(n int, f func() error) error {\nvar err error\nfor err = f(); err != nil && n > 1 && %s(err); err = f() {\nn--\n%s}\nreturn err\n}", variable, g.question(), pick(g.generator, "", "sleep(time.Second)\n"))
	}},
	{"select loop", 3, func(g *siteGenerator) {
		g.prepare()
		g.line("ticker := time.NewTicker(time.Second)\ndefer ticker.Stop()\nfor {")
		g.lines(g.each)
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged("return err"), "return err")
		g.lines(g.failed)
		g.line("select {\ncase <-ctx.Done():\nreturn ctx.Err()\n%s\n}\n}", pick(g.generator, "case <-ticker.C:", "case <-ticker.C:\ncontinue", "default:"))
	}},
	{"error kept", 2, func(g *siteGenerator) {
		g.prepare()
		kind := g.global("result")
		g.declare("type %s struct {\nerr error\ndone bool\n}", kind)
		g.line("result := %s{}\nfor n := 0; !result.done && n < 4; n++ {", kind)
		g.lines(g.each)
		g.assign(":=")
		g.line("result.err = err\nresult.done = err == nil || %s%s(result.err)", pick(g.generator, "!", ""), g.question())
		g.line("if !result.done {")
		g.goesOn("return err")
		g.line("}\n}\nreturn result.err")
	}},
	{"deferred", 1, func(g *siteGenerator) {
		g.trait("named result")
		g.prepare()
		g.lines(g.each)
		g.line("defer func() {\nif err != nil {")
		g.line("%s\n}\n}()", g.assignmentTo("err", "="))
		g.line("%s", g.assignmentTo("err", "="))
		g.line("return err")
	}},
}

// assignmentTo is an assignment of the error alone.
func (g *siteGenerator) assignmentTo(name, operator string) string {
	if g.plain {
		return "_, " + name + " " + operator + " " + g.send
	}
	return name + " " + operator + " " + g.send
}

// recursion writes a function that calls itself.
func (g *siteGenerator) recursion() {
	g.prepareElsewhere()
	function := g.global("try")
	g.attempt = "attempt"
	inner := g.captured(func() {
		g.line("if attempt == %s {\nreturn errGaveUp\n}", pick(g.generator, "3", "5", "maxAttempts"))
		g.assign(":=")
		g.line("if err == nil {\nreturn nil\n}")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("return %s(ctx, client, settings, request, attempt+1)", function)
	})
	g.declare("func %s(ctx context.Context, client cloud.Volumes, settings cloud.Settings, request %s, attempt int) error {\n%s}", function, g.requestType(), inner)
	g.lines(g.each)
	g.line("return %s(ctx, client, settings, request, 0)", function)
}

// secondCall writes a second call, in the failure branch or not.
func (g *siteGenerator) secondCall() {
	g.prepare()
	g.lines(g.each)
	g.assign(":=")
	switch g.Intn(5) {
	case 0:
		g.trait("second:whatever the first")
		g.line("helper.Log(\"first\", err)")
		g.lines(g.failed)
		g.assign("=")
	case 1:
		g.trait("second:after success")
		g.line("if err != nil {\nreturn err\n}")
		g.assign("=")
	case 2:
		g.trait("second:twice")
		g.line("for range 2 {\nif err == nil {\nbreak\n}")
		g.unless(g.judged("return err"), "break")
		g.goesOn("break")
		g.assign("=")
		g.line("}")
	default:
		g.line("if err != nil {")
		g.line("if %s {", g.judged("return err"))
		g.goesOn("return err")
		g.assign("=")
		g.line("}\n}")
	}
	g.line("return err")
}

// helper writes a call of a retry helper.
func (g *siteGenerator) helper() {
	g.prepare()
	if g.plain && g.Intn(12) == 0 {
		g.trait("helper:value")
		g.line("_, err := helper.Value(%s, %s, func() (core.%sResponse, error) {", g.bound(), g.question(), g.operation)
		g.lines(g.each)
		g.line("return %s\n})\nreturn err", g.send)
		return
	}
	call, returned := g.helperCall(), g.Intn(2) == 0
	g.line("%s%s", map[bool]string{true: "return ", false: "err := "}[returned], call)
	g.lines(g.each)
	g.assign(":=")
	g.helped()
	g.line("})")
	if !returned {
		g.line("return %s", pick(g.generator, "err", "err", "errors.Join(errGaveUp, err)"))
	}
}

// helperCall returns the call of a helper up to the body of the function that it is given.
func (g *siteGenerator) helperCall() string {
	const plain, contextual = "func() error {", "func(ctx context.Context) error {"
	bound := g.bound()
	switch g.Intn(15) {
	case 0, 1:
		return "helper.Times(" + bound + ", " + plain
	case 2:
		return "helper.While(" + g.question() + ", " + plain
	case 3:
		return "helper.WithPause(" + bound + ", " + pick(g.generator, "time.Second", "0", "settings.Pause()") + ", " + plain
	case 4:
		return "helper.Until(ctx, " + pick(g.generator, "nil", g.question()) + ", " + contextual
	case 5:
		return "helper.Until(ctx, " + g.question() + ", " + contextual
	case 6:
		return "helper.Default(" + plain
	case 7:
		g.trait("helper:once")
		return "helper.Once(\"site\", " + plain
	case 8:
		return "helper.Recursive(" + bound + ", " + pick(g.generator, "time.Second", "settings.Pause()") + ", " + plain
	case 9, 10:
		name := g.name("retrier")
		g.line("%s := %shelper.Retrier{Attempts: %s%s%s}", name, pick(g.generator, "", "&"), bound, pick(g.generator, "", ", Pause: time.Second", ", Pause: 0"), pick(g.generator, "", ", Again: "+g.question()))
		return name + ".Do(ctx, " + plain
	case 11:
		return "retryTimes(" + bound + ", " + plain
	case 12:
		return "retryIf(" + bound + ", " + g.question() + ", " + plain
	case 13:
		return "retryIf(" + bound + ", func(err error) bool { return !" + g.question() + "(err) }, " + plain
	}
	return "retrySlowly(" + bound + ", " + pick(g.generator, "nil", g.question()) + ", " + plain
}

// helped writes what the function that a helper calls does with its error.
func (g *siteGenerator) helped() {
	switch g.Intn(5) {
	case 0:
		g.line("if err != nil {\nreturn %s\n}\nreturn nil", pick(g.generator, `fmt.Errorf("inside: %w", err)`, `fmt.Errorf("inside: %v", err)`, "&failureError{err}", "helper.Stop(err)"))
		return
	case 1:
		g.line("if %s(err) {\nreturn helper.Stop(err)\n}", g.question())
	case 2:
		g.lines(g.failed)
	case 3:
		g.line("if err != nil {")
		g.goesOn("return err")
		g.line("}")
	}
	g.line("return err")
}

// items writes a loop over what is sent once each.
func (g *siteGenerator) items(goes, stops string) {
	g.ofOne("UpdateVolume")
	field := "VolumeId"
	ids := pick(g.generator, "settings.IDs()", "settings.IDs()[1:]", `append(settings.IDs(), "last")`, `[]string{"a", "b", "c"}`, `[]string{settings.Next(), settings.Next()}`, `map[string]bool{"a": true, "b": false}`)
	iteration := "_, id"
	if strings.HasPrefix(ids, "map") {
		iteration = "id"
	}
	g.line("ids := %s\nfor %s := range ids {", ids, iteration)
	g.line("%s", pick(g.generator, "request := "+g.literal("id", ""), fmt.Sprintf("request := core.%sRequest{}\nrequest.%s = &id", g.operation, field)))
	choose(g, "send", elsewhere)
	g.assign(":=")
	g.line("if err != nil {")
	g.line("if %s {\n%s\n} else {\n%s\n}\n}\n}", g.question()+"(err)", goes, stops)
	if strings.Contains(goes, "all") {
		g.line("return errors.Join(all...)")
	} else {
		g.line("return nil")
	}
}

// itemsAgain writes a loop over items, each of which is sent in a loop.
func (g *siteGenerator) itemsAgain() {
	g.ofOne("DeleteVolume")
	g.line("for _, id := range %s {", pick(g.generator, "settings.IDs()", `[]string{"a", "b"}`, `[]string{settings.Next()}`))
	g.line("request := %s", g.literal("id", ""))
	choose(g, "send", elsewhere)
	g.attempt = "attempt"
	g.line("for attempt := 0; ; attempt++ {")
	g.starts()
	g.assign(":=")
	g.line("if err == nil {\nbreak\n}\nif attempt == %s {\n%s\n}", pick(g.generator, "2", "settings.Attempts()"), pick(g.generator, "break", "return err"))
	g.unless(g.judged("return err"), pick(g.generator, "break", "return err"))
	g.goesOn("return err")
	g.line("}\n}\nreturn nil")
}

// itemsTwice writes a loop over items inside another loop.
func (g *siteGenerator) itemsTwice() {
	g.ofOne("DeleteVolume")
	ids := pick(g.generator, `[]string{"a", "b"}`, "settings.IDs()")
	g.line("ids := %s\nvar last error\nfor range %s {\nlast = nil", ids, g.bound())
	g.line("for _, id := range ids {")
	g.line("request := %s", g.literal("id", ""))
	choose(g, "send", elsewhere)
	g.assign(":=")
	g.line("if err != nil {")
	g.line("if !%s(err) {\nreturn err\n}\nlast = err\n%s\n}\n}", g.question(), pick(g.generator, "break", "continue", ""))
	g.line("if last == nil {\nbreak\n}")
	g.line("%s\n}\nreturn last", pick(g.generator, "time.Sleep(time.Second)", "pauseBackoff(1)", "_ = last"))
}

// pages writes a loop over pages, which may ask for a page again.
func (g *siteGenerator) pages() {
	g.operation = "ListVolumes"
	g.line("request := core.ListVolumesRequest{CompartmentId: common.String(%s)}", g.identity("compartment"))
	g.line("failures := 0\nfor {")
	g.line("response, err := client.ListVolumes(ctx, request)")
	g.response = true
	g.line("if err != nil {")
	switch g.Intn(3) {
	case 0:
		g.line("_ = failures\nreturn %s", pick(g.generator, "err", `fmt.Errorf("list: %w", err)`))
	default:
		g.line("if failures++; failures > 3 {\nreturn err\n}")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("continue")
	}
	g.line("}")
	g.line("%s", pick(g.generator, "for _, volume := range response.Items {\n_ = volume\n}", "failures = 0", "helper.Log(\"page\", nil)"))
	g.line("if response.OpcNextPage == nil {\nbreak\n}\nrequest.Page = response.OpcNextPage\n}\nreturn nil")
}

// poll writes a loop that waits for a state.
func (g *siteGenerator) poll() {
	g.operation = "GetVolume"
	g.line("request := %s", g.literal(g.identity("volume"), ""))
	g.line("for n := 0; n < 10; n++ {\nresponse, err := client.GetVolume(ctx, request)")
	g.response = true
	switch g.Intn(4) {
	case 0:
		g.line("if err != nil {\nreturn err\n}")
	case 1:
		g.line("if shared.Is(err, 404, \"\") {\nreturn nil\n}\nif err == nil && response.LifecycleState == core.VolumeLifecycleStateAvailable {\nreturn nil\n}")
	default:
		g.line("if err != nil {")
		g.unless(g.judged("return err"), "return err")
		g.goesOn("return err")
		g.line("continue\n}")
	}
	g.line("if response.LifecycleState == core.VolumeLifecycleStateAvailable {\nreturn nil\n}")
	g.line("%s\n}\nreturn errGaveUp", pick(g.generator, "time.Sleep(time.Second)", "_ = n", "pauseBackoff(n)"))
}

// answerWithoutError writes a loop that goes round through a function that hands no error back.
func (g *siteGenerator) answerWithoutError() {
	g.silent = true
	g.prepareElsewhere()
	inner := g.captured(func() {
		g.assign(":=")
		g.line("if err == nil {\nreturn true\n}")
		g.line("return %s", g.judged(pick(g.generator, "return true", "return false")))
	})
	function := g.global("sent")
	g.declare("func %s(ctx context.Context, client cloud.Volumes, settings cloud.Settings, request %s) bool {\n%s}", function, g.requestType(), inner)
	g.line("for range %s {", g.bound())
	g.lines(g.each)
	g.line("if %s(ctx, client, settings, request) {\nreturn nil\n}\n%s\n}\nreturn errGaveUp", function, pick(g.generator, "time.Sleep(time.Second)", "_ = request"))
}

// changed writes a loop whose failure branch changes the request.
func (g *siteGenerator) changed() {
	if g.operation == "GetVolume" || g.operation == "ListVolumes" {
		g.operation = "UpdateVolume"
	}
	g.prepare()
	g.line("for n := 0; n < %s; n++ {", g.bound())
	g.lines(g.each)
	g.assign(":=")
	g.line("if err == nil {\nreturn nil\n}")
	g.unless(g.judged("return err"), "return err")
	if g.operation == "CreateVolume" {
		g.line("%s", pick(g.generator, "request.DisplayName = common.String(settings.Next())", "request.AvailabilityDomain = common.String(fmt.Sprint(n))", "request.OpcRetryToken = helper.Token()", "request.RequestMetadata = common.RequestMetadata{}"))
	} else {
		g.line("%s", pick(g.generator,
			"request.VolumeId = common.String(settings.Next())", "if shared.Status(err) == 404 {\nrequest.VolumeId = common.String(settings.Next())\n}",
			"found, failed := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: request.VolumeId})\nif failed != nil {\nreturn failed\n}\nrequest.IfMatch = found.Etag",
			"request.IfMatch = nil", "request.IfMatch = common.String(\"etag\")", "request.OpcRequestId = common.String(settings.Next())"))
	}
	g.goesOn("return err")
	g.line("}")
	g.ending("")
}

// service writes a method of a type that holds the client and how often to try.
func (g *siteGenerator) service() {
	kind := g.global("service")
	g.declare("type %s struct {\n\tclient cloud.Volumes\n\tattempts int\n\tpause time.Duration\n\tlog func(string, error)\n}", kind)
	g.build()
	g.attempt = "attempt"
	inner := g.captured(func() {
		g.line("client := s.client\n_ = client")
		choose(g, "send", elsewhere)
		g.line("var err error\nfor attempt := 0; attempt < s.attempts; attempt++ {")
		if g.response {
			g.line("var response core.%sResponse\n_ = response", g.operation)
		}
		g.assign("=")
		g.line("if err == nil {\nreturn nil\n}\ns.log(\"attempt\", err)")
		g.unless(g.judged("return err"), "return err")
		g.lines(g.failed)
		g.line("%s\n}\nreturn err", pick(g.generator, "", "time.Sleep(s.pause)", "if s.pause > 0 {\ntime.Sleep(s.pause)\n}", "if attempt < s.attempts-1 {\ntime.Sleep(s.pause)\n}"))
	})
	g.declare("func (s *%s) send(ctx context.Context, settings cloud.Settings, request %s) error {\n%s}", kind, g.requestType(), inner)
	g.lines(g.each)
	g.line("s := &%s{client: client, attempts: %s, pause: %s, log: helper.Log}", kind, g.bound(), pick(g.generator, "time.Second", "0", "settings.Pause()"))
	g.line("return s.send(ctx, settings, request)")
}

// twoOperations writes a loop with a look at the resource before it is changed.
func (g *siteGenerator) twoOperations() {
	if g.operation != "DeleteVolume" {
		g.operation = "UpdateVolume"
	}
	g.prepare()
	g.line("for n := 0; n < %s; n++ {", g.bound())
	g.lines(g.each)
	g.line("found, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: request.VolumeId})\nif err != nil {\n%s\n}", pick(g.generator, "return err", "continue", "if shared.Is(err, 404, \"\") {\nreturn nil\n}\nreturn err", "if common.IsErrorRetryableByDefault(err) {\ncontinue\n}\nreturn err"))
	g.line("%s", pick(g.generator, "_ = found", "request.IfMatch = found.Etag", "if found.LifecycleState == core.VolumeLifecycleStateTerminated {\nreturn nil\n}"))
	g.response = false
	g.assign("=")
	g.line("if err == nil {\nreturn nil\n}")
	g.unless(g.judged("return err"), "return err")
	g.goesOn("return err")
	g.line("}")
	g.ending("")
}

// counter writes a counter that is no variable of its own. It returns what it holds, and what counts.
func (g *siteGenerator) counter() (counter, count string) {
	switch g.Intn(5) {
	case 0:
		g.line("counter := 0\ncount := func() { counter++ }")
		return "counter", "count()"
	case 1:
		g.line("counts := map[string]int{}")
		return `counts["attempts"]`, `counts["attempts"]++`
	case 2:
		g.line("counts := []int{0}")
		return "counts[0]", "counts[0]++"
	case 3:
		g.line("counter := new(int)")
		return "*counter", "*counter++"
	}
	kind := g.global("counts")
	g.declare("type %s struct{ attempts, failures int }", kind)
	g.line("counts := &%s{}", kind)
	return "counts.failures", "counts.failures++"
}

// storedCounter writes a loop that counts its attempts somewhere else than in a variable of its own.
func (g *siteGenerator) storedCounter() {
	g.prepare()
	counter, count := g.counter()
	g.attempt = counter
	g.line("for {")
	g.lines(g.each)
	g.assign(":=")
	g.line("if err == nil {\nreturn nil\n}")
	g.line("%s\nif %s > %s {\nreturn err\n}", count, counter, pick(g.generator, "1", "2", "3"))
	g.unless(g.judged("return err"), "return err")
	if g.Intn(2) == 0 {
		g.trait("wait:by the stored counter")
		g.line("if %s > 1 {\ntime.Sleep(time.Second)\n}", counter)
		g.lines(g.failed)
	} else {
		g.goesOn("return err")
	}
	g.line("}")
}

// listedItems writes a loop over what another call has listed.
func (g *siteGenerator) listedItems() {
	g.ofOne("DeleteVolume")
	g.line("listed, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: common.String(\"compartment\")})\nif err != nil {\nreturn err\n}")
	g.line("failed := 0\nfor _, item := range listed.Items {")
	field := pick(g.generator, "*item.Id", "*item.Id", `"volume"`)
	g.line("request := %s", g.literal(field, ""))
	g.line("_ = item")
	choose(g, "send", elsewhere)
	g.assign(":=")
	g.line("if err != nil {\nfailed++")
	g.line("if %s%s(err) {\n%s\n}\n%s\n}\n}\nif failed > 0 {\nreturn errGaveUp\n}\nreturn nil", pick(g.generator, "!", ""), g.question(), pick(g.generator, "return err", "continue", "break"), pick(g.generator, "continue", "return err", "_ = failed"))
}
