package proof

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

// leastLibraries is leastResent of the call sites that go round through a library.
const leastLibraries = 80

// What the fates of a call that a retry library makes say for certain is what the library does.
func TestLibraryFatesAgreeWithExecution(t *testing.T) {
	t.Parallel()
	number, count := seed(t), programs(100, 300, 1000)
	t.Logf("OCIRETRY_SEED=%d, %d call sites", number, count)
	compareSites(t, newSitesProgram(t, number, generateLibrarySites(number, count)), leastLibraries)
}

// generateLibrarySites writes count call sites that hand their calls to a retry library.
func generateLibrarySites(seed int64, count int) []*callSite {
	g := &siteGenerator{generator: &generator{Rand: rand.New(rand.NewSource(seed))}}
	var all []*callSite
	for range count {
		all = append(all, g.siteOf("library", libraries))
	}
	return all
}

// quietly returns a question about an error that never panics: a library may ask it in a goroutine of its own.
func (g *siteGenerator) quietly() string {
	name := g.global("again")
	g.declare("func %s(err error) bool { return %s }", name, pick(g.generator,
		"common.IsErrorRetryableByDefault(err)", "!common.IsErrorRetryableByDefault(err)", "shared.IsTransient(err)", "!shared.Is(err, 404, \"\")",
		"shared.Status(err) >= 500", "shared.Is(err, "+g.statusText()+", \"\")", "!shared.Is(err, 0, "+g.codeText()+")", "err != nil", "err == nil"))
	return name
}

// around writes a call of a library whose last argument begins what is called, and what is done with its answer.
// Inside it writes what is called: the attempt, then rest.
func (g *siteGenerator) around(call, signature string, rest func(), after string) {
	g.aroundAsking(call, signature, rest, after)
}

// aroundAsking also takes what the library's callers ask of the error that comes back.
func (g *siteGenerator) aroundAsking(call, signature string, rest func(), after string, own ...string) {
	g.line("%s%s", call, signature)
	g.lines(g.each)
	g.assign(":=")
	g.lines(g.failed)
	rest()
	g.line("}%s", after)
	switch g.Intn(5) {
	case 4:
		own = append(own, "os.IsNotExist(failed)", "errors.Is(failed, io.EOF)", "wait.Interrupted(failed)", "apierrors.IsConflict(failed)")
		g.line("if %s%s {\nreturn nil\n}", pick(g.generator, "", "failed != nil && !"), pick(g.generator, own...))
	case 0:
		g.line("if shared.Is(failed, %s, \"\") {\nreturn nil\n}", pick(g.generator, "404", "409"))
	case 1:
		g.line("if failure, ok := common.IsServiceError(failed); ok && failure.GetHTTPStatusCode() == 409 {\nreturn nil\n}")
	}
	g.line("return %s", pick(g.generator, "failed", "failed", `fmt.Errorf("library: %w", failed)`))
}

// marking writes that an error is marked where a question says so, and handed back.
func (g *siteGenerator) marking(mark, zero string) func() {
	return func() {
		switch g.Intn(4) {
		case 0:
			g.line("return %serr", zero)
		case 1:
			g.line("if err != nil {\nreturn %s%s(err)\n}\nreturn %snil", zero, mark, zero)
		default:
			g.line("if err != nil && %s%s(err) {\nreturn %s%s\n}\nreturn %serr", pick(g.generator, "", "!"), g.quietly(), zero,
				pick(g.generator, mark+"(err)", mark+"(err)", `fmt.Errorf("marked: %w", `+mark+"(err))", mark+`(fmt.Errorf("inside: %w", err))`), zero)
		}
	}
}

// options writes some of a function's optional arguments.
func (g *siteGenerator) options(all ...string) string {
	var text strings.Builder
	for _, option := range all {
		if g.Intn(3) == 0 {
			text.WriteString(", " + option)
		}
	}
	return text.String()
}

func (g *siteGenerator) backOff(name string) string {
	plain := pick(g.generator, name+".NewExponentialBackOff()", name+".NewConstantBackOff(time.Second)", name+".NewConstantBackOff(0)", "&"+name+".ZeroBackOff{}", "&"+name+".StopBackOff{}")
	if name == "backoffv5" || name == "backoffv6" {
		return plain
	}
	return pick(g.generator, plain, name+".WithMaxRetries("+plain+", "+pick(g.generator, "0", "1", "3")+")", name+".WithContext("+plain+", ctx)")
}

// kubernetesSteps writes how wait.ExponentialBackoff and retry.OnError wait.
func (g *siteGenerator) kubernetesSteps() string {
	return pick(g.generator, "wait.Backoff{Steps: 3}", "wait.Backoff{Steps: 6, Duration: 10 * time.Second, Factor: 2, Cap: 15 * time.Second}", "wait.Backoff{Steps: 6, Duration: 10 * time.Second, Factor: 2, Cap: 25 * time.Second}", "wait.Backoff{Steps: 1}", "wait.Backoff{Steps: 4, Duration: time.Second, Factor: 2}", "wait.Backoff{Steps: 2, Duration: time.Millisecond}", "kretry.DefaultRetry", "kretry.DefaultBackoff")
}

// polling writes what a poll calls: whether it is done, or the error that ends it.
func (g *siteGenerator) polling() {
	switch g.Intn(3) {
	case 0:
		g.line("return err == nil, nil")
	case 1:
		g.line("return err == nil, err")
	default:
		g.line("if err != nil && %s(err) {\nreturn false, nil\n}\nreturn err == nil, err", g.quietly())
	}
}

// libraries are the calls of the libraries that the evaluator knows by its table.
var libraries = []manner{
	{"backoff v4", 4, func(g *siteGenerator) {
		g.prepare()
		switch g.Intn(3) {
		case 0:
			g.around("failed := backoffv4.Retry(", "func() error {", g.marking("backoffv4.Permanent", ""), ", "+g.backOff("backoffv4")+")")
		case 1:
			g.around("failed := backoffv4.RetryNotify(", "func() error {", g.marking("backoffv4.Permanent", ""), ", "+g.backOff("backoffv4")+", func(err error, _ time.Duration) { helper.Log(\"again\", err) })")
		default:
			g.around("_, failed := backoffv4.RetryWithData(", "func() (int, error) {", g.marking("backoffv4.Permanent", "0, "), ", "+g.backOff("backoffv4")+")")
		}
	}},
	{"backoff v3", 2, func(g *siteGenerator) {
		g.prepare()
		g.around("failed := backoffv3.Retry(", "func() error {", g.marking("backoffv3.Permanent", ""), ", backoffv3.WithMaxRetries("+g.backOff("backoffv3")+", 2))")
	}},
	{"backoff v6", 4, func(g *siteGenerator) {
		g.prepare()
		options := g.options("backoffv6.WithBackOff("+g.backOff("backoffv6")+")", "backoffv6.WithMaxTries("+pick(g.generator, "1", "3")+")", "backoffv6.WithMaxElapsedTime("+pick(g.generator, "0", "time.Minute", "100*time.Millisecond")+")")
		g.aroundAsking("_, failed := backoffv6.Retry(ctx, ", "func() (int, error) {", g.marking("backoffv6.Permanent", "0, "), options+")",
			"errors.Is(failed, backoffv6.ErrPermanent)", "errors.Is(failed, backoffv6.ErrExhausted)", "errors.Is(failed, backoffv6.ErrMaxElapsedTime)", "(backoffv6.AsRetryError(failed) != nil)")
	}},
	{"avast v3", 2, func(g *siteGenerator) {
		g.prepare()
		options := g.options("avastv3.Attempts("+pick(g.generator, "1", "3")+")", "avastv3.RetryIf("+g.quietly()+")", "avastv3.LastErrorOnly(true)")
		g.around("failed := avastv3.Do(", "func() error {", g.marking("avastv3.Unrecoverable", ""), options+")")
	}},
	{"backoff v5", 4, func(g *siteGenerator) {
		g.prepare()
		options := g.options("backoffv5.WithBackOff("+g.backOff("backoffv5")+")", "backoffv5.WithMaxTries("+pick(g.generator, "1", "3")+")", "backoffv5.WithMaxElapsedTime(time.Minute)")
		g.around("_, failed := backoffv5.Retry(ctx, ", "func() (int, error) {", g.marking("backoffv5.Permanent", "0, "), options+")")
	}},
	{"avast v4", 4, func(g *siteGenerator) {
		g.prepare()
		options := g.options("retryv4.Attempts("+pick(g.generator, "1", "3")+")", "retryv4.Delay("+pick(g.generator, "0", "time.Second")+")", "retryv4.DelayType("+pick(g.generator, "retryv4.FixedDelay", "retryv4.BackOffDelay")+")",
			"retryv4.RetryIf("+g.quietly()+")", "retryv4.LastErrorOnly(true)", "retryv4.Context(ctx)", "retryv4.OnRetry(func(_ uint, err error) { helper.Log(\"again\", err) })")
		if g.Intn(6) == 0 {
			options += ", retryv4.UntilSucceeded()"
		}
		if g.Intn(2) == 0 {
			g.around("failed := retryv4.Do(", "func() error {", g.marking("retryv4.Unrecoverable", ""), options+")")
			return
		}
		g.around("_, failed := retryv4.DoWithData(", "func() (int, error) {", g.marking("retryv4.Unrecoverable", "0, "), options+")")
	}},
	{"avast v5", 3, func(g *siteGenerator) {
		g.prepare()
		options := g.options("retryv5.Attempts("+pick(g.generator, "1", "3")+")", "retryv5.Delay("+pick(g.generator, "0", "time.Second")+")", "retryv5.DelayType("+pick(g.generator, "retryv5.FixedDelay", "retryv5.BackOffDelay")+")",
			"retryv5.RetryIf("+g.quietly()+")", "retryv5.LastErrorOnly(true)", "retryv5.Context(ctx)")
		g.line("retrier := retryv5.New(%s)", strings.TrimPrefix(options, ", "))
		g.around("failed := retrier.Do(", "func() error {", g.marking("retryv5.Unrecoverable", ""), ")")
	}},
	{"sethvargo", 4, func(g *siteGenerator) {
		g.prepare()
		plain := pick(g.generator, "sethvargo.NewConstant(time.Second)", "sethvargo.NewExponential(time.Second)", "sethvargo.NewFibonacci(time.Second)", "sethvargo.BackoffFunc(func() (time.Duration, bool) { return 0, false })")
		plain = pick(g.generator, plain, "sethvargo.WithMaxRetries("+pick(g.generator, "0", "1", "3")+", "+plain+")", "sethvargo.WithMaxDuration(time.Minute, "+plain+")", "sethvargo.WithJitter(time.Millisecond, "+plain+")")
		g.around("failed := sethvargo.Do(ctx, "+plain+", ", "func(ctx context.Context) error {", g.marking("sethvargo.RetryableError", ""), ")")
	}},
	{"wait", 4, func(g *siteGenerator) {
		g.prepare()
		call := pick(g.generator, "wait.PollUntilContextTimeout(ctx, time.Minute, 30 * time.Second, true, ", "wait.PollUntilContextTimeout(ctx, 0, time.Second, true, ", "wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, ", "wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, false, ", "wait.ExponentialBackoffWithContext(ctx, "+g.kubernetesSteps()+", ")
		g.around("failed := "+call, "func(ctx context.Context) (bool, error) {", g.polling, ")")
	}},
	{"wait without context", 2, func(g *siteGenerator) {
		g.prepare()
		call := pick(g.generator, "wait.ExponentialBackoff("+g.kubernetesSteps()+", ", "wait.PollImmediate(time.Second, time.Minute, ", "wait.Poll(time.Second, time.Minute, ", "wait.PollImmediate(time.Minute, time.Second, ", "wait.Poll(time.Minute, time.Second, ")
		g.around("failed := "+call, "func() (bool, error) {", g.polling, ")")
	}},
	{"on error", 4, func(g *siteGenerator) {
		g.prepare()
		call := pick(g.generator, fmt.Sprintf("kretry.OnError(%s, %s, ", g.kubernetesSteps(), g.quietly()), "kretry.RetryOnConflict("+g.kubernetesSteps()+", ")
		g.around("failed := "+call, "func() error {", g.marking("helper.Stop", ""), ")")
	}},
	{"failsafe", 4, func(g *siteGenerator) {
		g.prepare()
		var policy strings.Builder
		policy.WriteString("retrypolicy.NewBuilder[any]()")
		for _, setting := range []string{
			".WithMaxRetries(" + pick(g.generator, "0", "1", "5") + ")", ".WithMaxAttempts(" + pick(g.generator, "1", "2", "4") + ")", ".WithDelay(" + pick(g.generator, "0", "time.Second") + ")",
			".WithBackoff(time.Second, time.Minute)", ".HandleIf(func(_ any, err error) bool { return " + g.quietly() + "(err) })", ".AbortIf(func(_ any, err error) bool { return " + g.quietly() + "(err) })", ".ReturnLastFailure()",
		} {
			if g.Intn(4) == 0 {
				policy.WriteString(setting)
			}
		}
		g.line("policy := %s.Build()", policy.String())
		call := pick(g.generator, "failsafe.With(policy).Run(", "failsafe.With(policy).WithContext(ctx).Run(")
		g.aroundAsking("failed := "+call, "func() error {", g.marking("helper.Stop", ""), ")", "retrypolicy.IsExceededError(failed)", "errors.Is(failed, retrypolicy.ErrExceeded)")
	}},
	{"terraform", 3, func(g *siteGenerator) {
		g.prepare()
		again := g.quietly()
		g.around("failed := terraform.RetryContext(ctx, "+pick(g.generator, "time.Minute", "time.Minute", "300*time.Millisecond")+", ", "func() *terraform.RetryError {", func() {
			switch g.Intn(5) {
			case 4:
				g.line("if err == nil {\nreturn nil\n}\nanswer := terraform.RetryableError(err)\nanswer.Retryable = %s(err)\nreturn answer", again)
			case 0:
				g.line("if err == nil {\nreturn nil\n}\nreturn &terraform.RetryError{Err: err, Retryable: %s(err)}", again)
			case 1:
				g.line("if err == nil {\nreturn nil\n}\nreturn terraform.%s(err)", pick(g.generator, "RetryableError", "NonRetryableError"))
			default:
				g.line("if err == nil {\nreturn nil\n}\nif %s(err) {\nreturn terraform.RetryableError(err)\n}\nreturn terraform.NonRetryableError(err)", again)
			}
		}, ")")
	}},
}
