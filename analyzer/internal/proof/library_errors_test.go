package proof

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/catalog"
)

// An ending is a way in which a retry library ends its attempts, written as statements that leave err. The operation
// fails with cause each time.
type ending struct {
	library string // import path
	name    string // of the import
	how     string // attempts, time, mark, predicate or context
	body    string
	own     []string // the library's own questions, besides those of all
}

const (
	backoff2Path = "github.com/cenkalti/backoff"
	backoff3Path = "github.com/cenkalti/backoff/v3"
	backoff4Path = "github.com/cenkalti/backoff/v4"
	backoff5Path = "github.com/cenkalti/backoff/v5"
	backoff6Path = "github.com/cenkalti/backoff/v6"
	avast3Path   = "github.com/avast/retry-go"
	avast4Path   = "github.com/avast/retry-go/v4"
	avast5Path   = "github.com/avast/retry-go/v5"
	sethvargoAt  = "github.com/sethvargo/go-retry"
	waitPath     = "k8s.io/apimachinery/pkg/util/wait"
	clientRetry  = "k8s.io/client-go/util/retry"
	terraformAt  = "github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	failsafePath = "github.com/failsafe-go/failsafe-go/retrypolicy"
)

var (
	permanentQuestions = []string{`var p *LIB.PermanentError; return errors.As(err, &p)`, `_, is := err.(*LIB.PermanentError); return is`, `var p *LIB.PermanentError; return errors.As(err, &p) && p.Err == nil`}
	retryErrors        = []string{
		`_, is := err.(*LIB.RetryError); return is`, `e, is := err.(*LIB.RetryError); return is && e.LastErr != nil`,
		`e := LIB.AsRetryError(err); return e != nil`, `e := LIB.AsRetryError(err); if e == nil { return false }; f, is := common.IsServiceError(e.LastErr); return is && f.GetHTTPStatusCode() == 409`,
		`e := LIB.AsRetryError(err); return e != nil && e.Cause == LIB.ErrPermanent`, `e := LIB.AsRetryError(err); return e != nil && errors.Is(e.Cause, LIB.ErrExhausted)`,
		`return errors.Is(err, LIB.ErrPermanent)`, `return errors.Is(err, LIB.ErrExhausted)`, `return errors.Is(err, LIB.ErrMaxElapsedTime)`,
		`var e *LIB.RetryError; return errors.As(err, &e) && e.Cause != nil`, `_, is := err.(interface{ Unwrap() []error }); return is`,
		`_, is := err.(interface{ Unwrap() error }); return is`, `return strings.Contains(err.Error(), "last error")`,
	}
	lists = []string{
		`_, is := err.(LIB.Error); return is`, `l, is := err.(LIB.Error); return is && len(l) == 1`, `l, is := err.(LIB.Error); return is && len(l) > 1`,
		`l, is := err.(LIB.Error); if !is { return false }; f, is := common.IsServiceError(l[0]); return is && f.GetHTTPStatusCode() == 409`,
		`l, is := err.(LIB.Error); if !is { return false }; f, is := common.IsServiceError(l[len(l)-1]); return is && f.GetHTTPStatusCode() == 409`,
		`l, is := err.(LIB.Error); if !is { return false }; for _, e := range l { if f, is := common.IsServiceError(e); is && f.GetHTTPStatusCode() == 404 { return true } }; return false`,
		`l, is := err.(LIB.Error); if !is { return false }; for _, e := range l.WrappedErrors() { if f, is := common.IsServiceError(e); is && f.GetHTTPStatusCode() == 404 { return true } }; return false`,
		`_, is := err.(interface{ WrappedErrors() []error }); return is`, `_, is := err.(interface{ Unwrap() []error }); return is`, `_, is := err.(interface{ Unwrap() error }); return is`,
		`return LIB.IsRecoverable(err)`,
	}
	avast4Lists = append([]string{`var l LIB.Error; return errors.As(err, &l)`, `var l LIB.Error; return errors.As(err, &l) && errors.Is(l, errOther)`}, lists...)
	avast5Lists = append([]string{
		`l, is := err.(LIB.Error); if !is { return false }; f, is := common.IsServiceError(l.LastError()); return is && f.GetHTTPStatusCode() == 409`,
		`_, is := err.(interface{ LastError() error }); return is`,
	}, avast4Lists...)
	exceeded = []string{
		`return LIB.IsExceededError(err)`, `return errors.Is(err, LIB.ErrExceeded)`, `return LIB.AsExceededError(err) != nil`, `_, is := err.(LIB.ExceededError); return is`,
		`var e LIB.ExceededError; return errors.As(err, &e)`, `e := LIB.AsExceededError(err); if e == nil { return false }; f, is := common.IsServiceError(e.LastError); return is && f.GetHTTPStatusCode() == 409`,
		`var e LIB.ExceededError; if !errors.As(err, &e) { return false }; f, is := common.IsServiceError(e.LastError); return is && f.GetHTTPStatusCode() == 409`,
	}
	interrupted = []string{
		`return LIB.Interrupted(err)`, `return errors.Is(err, LIB.ErrWaitTimeout)`, `return err == LIB.ErrWaitTimeout`, `return err == context.DeadlineExceeded`,
	}
	terraformErrors = []string{
		`_, is := err.(*LIB.TimeoutError); return is`, `var e *LIB.TimeoutError; return errors.As(err, &e)`, `var e *LIB.TimeoutError; return errors.As(err, &e) && e.LastError == nil`,
		`_, is := err.(*LIB.NotFoundError); return is`, `var e *LIB.NotFoundError; return errors.As(err, &e)`,
		`_, is := err.(*LIB.UnexpectedStateError); return is`, `var e *LIB.UnexpectedStateError; return errors.As(err, &e) && e.State != ""`,
		`return errors.Unwrap(err) == nil`,
	}
)

// generalQuestions are what any caller may ask of an error.
var generalQuestions = []string{
	`return err == nil`,
	`_, is := common.IsServiceError(err); return is`,
	`f, is := err.(common.ServiceError); return is && f.GetHTTPStatusCode() == 409`,
	`f, is := common.IsServiceError(errors.Unwrap(err)); return is && f.GetHTTPStatusCode() == 409`,
	`var f common.ServiceError; return errors.As(err, &f) && f.GetCode() == "IncorrectState"`,
	`var e net.Error; return errors.As(err, &e)`,
	`_, is := err.(net.Error); return is`,
	`var e *url.Error; return errors.As(err, &e)`,
	`return errors.Is(err, io.EOF)`,
	`return errors.Is(err, context.Canceled)`,
	`return errors.Is(err, context.DeadlineExceeded)`,
	`return errors.Is(err, sql.ErrNoRows)`,
	`return os.IsTimeout(err)`,
	`return os.IsNotExist(err)`,
	`return errors.Unwrap(err) != nil`,
	`return err != nil && strings.Contains(err.Error(), "409")`,
	`return common.IsErrorRetryableByDefault(err)`,
	`return apierrors.IsNotFound(err)`,
	`return wait.Interrupted(err)`,
	`switch err.(type) { case nil: return false; case interface{ Temporary() bool }: return true; case interface{ Is(error) bool }: return errors.Is(err, fs.ErrExist) }; return false`,
}

// endings are the libraries' ways to end. The operation counts its attempts in tries.
func endings() []ending {
	var all []ending
	add := func(path, name, how, body string, own []string) {
		all = append(all, ending{path, name, how, body, own})
	}
	for _, version := range []string{backoff2Path, backoff3Path, backoff4Path} {
		call := func(mark, pauses string) string {
			return "err := LIB.Retry(func() error { return " + mark + " }, " + pauses + ")"
		}
		constant := "LIB.NewConstantBackOff(time.Second)"
		add(version, "backoff", "attempts", call("cause", "LIB.WithMaxRetries("+constant+", 2)"), permanentQuestions)
		add(version, "backoff", "attempts", call("cause", "&LIB.StopBackOff{}"), permanentQuestions)
		add(version, "backoff", "time", "pauses := LIB.NewExponentialBackOff(); pauses.MaxElapsedTime = 10 * time.Second; "+call("cause", "pauses"), permanentQuestions)
		add(version, "backoff", "mark", call("LIB.Permanent(cause)", constant), permanentQuestions)
		add(version, "backoff", "mark", call("LIB.Permanent(fmt.Errorf(\"inside: %w\", cause))", constant), permanentQuestions)
		add(version, "backoff", "mark", call("fmt.Errorf(\"outside: %w\", LIB.Permanent(cause))", "LIB.WithMaxRetries("+constant+", 1)"), permanentQuestions)
		add(version, "backoff", "predicate", call("func() error { if f, is := common.IsServiceError(cause); is && f.GetHTTPStatusCode() < 429 { return LIB.Permanent(cause) }; return cause }()", "LIB.WithMaxRetries("+constant+", 1)"), permanentQuestions)
		add(version, "backoff", "nil", call("LIB.Permanent(nil)", constant), permanentQuestions)
	}
	add(backoff4Path, "backoff", "context", "ctx, cancel := context.WithTimeout(context.Background(), 3 * time.Second); defer cancel(); err := LIB.Retry(func() error { return cause }, LIB.WithContext(LIB.NewConstantBackOff(2 * time.Second), ctx))", nil)
	for _, version := range []string{backoff5Path, backoff6Path} {
		own := permanentQuestions
		if version == backoff6Path {
			own = retryErrors
		}
		call := func(mark, options string) string {
			return "_, err := LIB.Retry(context.Background(), func() (int, error) { return 0, " + mark + " }" + options + ")"
		}
		constant := ", LIB.WithBackOff(LIB.NewConstantBackOff(time.Second))"
		add(version, "backoff", "attempts", call("cause", ", LIB.WithMaxTries(3)"), own)
		add(version, "backoff", "attempts", call("cause", ", LIB.WithMaxTries(1)"), own)
		add(version, "backoff", "attempts", call("cause", ", LIB.WithBackOff(&LIB.StopBackOff{})"), own)
		add(version, "backoff", "time", call("cause", constant+", LIB.WithMaxElapsedTime(10 * time.Second)"), own)
		add(version, "backoff", "time", call("cause", ", LIB.WithBackOff(LIB.NewConstantBackOff(20 * time.Minute))"), own)
		add(version, "backoff", "time", call("cause", ""), own)
		add(version, "backoff", "mark", call("LIB.Permanent(cause)", constant), own)
		add(version, "backoff", "mark", call("LIB.Permanent(cause)", ", LIB.WithMaxTries(1)"), own)
		add(version, "backoff", "mark", call("LIB.Permanent(cause)", constant+", LIB.WithMaxTries(4)"), own)
		add(version, "backoff", "mark", call("fmt.Errorf(\"outside: %w\", LIB.Permanent(cause))", constant), own)
		add(version, "backoff", "mark", call("errors.Join(errOther, LIB.Permanent(cause))", constant+", LIB.WithMaxTries(2)"), own)
		add(version, "backoff", "predicate", call("func() error { if common.IsErrorRetryableByDefault(cause) { return cause }; return LIB.Permanent(cause) }()", constant+", LIB.WithMaxTries(2)"), own)
		add(version, "backoff", "context", "ctx, cancel := context.WithTimeout(context.Background(), 3 * time.Second); defer cancel(); _, err := LIB.Retry(ctx, func() (int, error) { return 0, cause }"+constant+")", own)
	}
	for _, version := range []string{avast3Path, avast4Path, avast5Path} {
		own := map[string][]string{avast3Path: lists, avast4Path: avast4Lists, avast5Path: avast5Lists}[version]
		call := func(mark string, options ...string) string {
			operation := "func() error { return " + mark + " }"
			if version == avast5Path {
				return "err := LIB.New(" + strings.Join(options, ", ") + ").Do(" + operation + ")"
			}
			return "err := LIB.Do(" + strings.Join(append([]string{operation}, options...), ", ") + ")"
		}
		predicate := "LIB.RetryIf(func(err error) bool { return common.IsErrorRetryableByDefault(err) })"
		add(version, "retry", "attempts", call("cause"), own)
		add(version, "retry", "attempts", call("cause", "LIB.Attempts(3)"), own)
		add(version, "retry", "attempts", call("cause", "LIB.Attempts(1)"), own)
		add(version, "retry", "attempts", call("cause", "LIB.Attempts(2)", "LIB.LastErrorOnly(true)"), own)
		add(version, "retry", "attempts", call("fmt.Errorf(\"%w: %w\", errOther, cause)", "LIB.Attempts(2)"), own)
		add(version, "retry", "mark", call("LIB.Unrecoverable(cause)"), own)
		add(version, "retry", "mark", call("LIB.Unrecoverable(cause)", "LIB.LastErrorOnly(true)"), own)
		add(version, "retry", "mark", call("fmt.Errorf(\"outside: %w\", LIB.Unrecoverable(cause))", "LIB.Attempts(2)"), own)
		add(version, "retry", "predicate", call("cause", predicate), own)
		add(version, "retry", "predicate", call("LIB.Unrecoverable(cause)", predicate, "LIB.Attempts(2)"), own)
		add(version, "retry", "context", "ctx, cancel := context.WithTimeout(context.Background(), time.Second); defer cancel(); "+call("cause", "LIB.Context(ctx)", "LIB.Attempts(20)", "LIB.Delay(400 * time.Millisecond)"), own)
		if version != avast3Path {
			add(version, "retry", "attempts", call("cause", "LIB.AttemptsForError(1, errOther)", "LIB.Attempts(3)"), own)
			add(version, "retry", "attempts", call("fmt.Errorf(\"%w: %w\", errOther, cause)", "LIB.AttemptsForError(1, errOther)", "LIB.Attempts(3)"), own)
			add(version, "retry", "mark", call("LIB.Unrecoverable(cause)", "LIB.UntilSucceeded()"), own)
			add(version, "retry", "predicate", call("cause", "LIB.UntilSucceeded()", "LIB.RetryIf(func(error) bool { return false })"), own)
		}
	}
	for _, how := range [][2]string{
		{"attempts", "LIB.WithMaxRetries(2, LIB.NewFibonacci(time.Second))|LIB.RetryableError(cause)"}, {"attempts", "LIB.WithMaxRetries(0, LIB.NewConstant(time.Second))|fmt.Errorf(\"outside: %w\", LIB.RetryableError(cause))"},
		{"time", "LIB.WithMaxDuration(5 * time.Second, LIB.NewConstant(time.Second))|LIB.RetryableError(fmt.Errorf(\"inside: %w\", cause))"}, {"mark", "LIB.NewConstant(time.Second)|cause"},
		{"predicate", "LIB.WithMaxRetries(1, LIB.NewConstant(time.Second))|func() error { if common.IsErrorRetryableByDefault(cause) { return LIB.RetryableError(cause) }; return cause }()"},
		{"nil", "LIB.NewConstant(time.Second)|LIB.RetryableError(nil)"},
	} {
		pauses, mark, _ := strings.Cut(how[1], "|")
		add(sethvargoAt, "sethvargo", how[0], "err := LIB.Do(context.Background(), "+pauses+", func(context.Context) error { return "+mark+" })", nil)
	}
	for _, how := range [][2]string{
		{"attempts", "LIB.ExponentialBackoff(LIB.Backoff{Steps: 3, Duration: time.Second}, func() (bool, error) { return cause == nil, nil })"},
		{"attempts", "LIB.ExponentialBackoff(LIB.Backoff{Steps: 6, Duration: 10 * time.Second, Factor: 2, Cap: 15 * time.Second}, func() (bool, error) { return cause == nil, nil })"},
		{"attempts", "LIB.ExponentialBackoffWithContext(context.Background(), LIB.Backoff{Steps: 2}, func(context.Context) (bool, error) { return false, nil })"},
		{"time", "LIB.PollUntilContextTimeout(context.Background(), time.Second, 5 * time.Second, true, func(context.Context) (bool, error) { return false, nil })"},
		{"time", "LIB.PollUntilContextTimeout(context.Background(), 10 * time.Second, 5 * time.Second, true, func(context.Context) (bool, error) { return false, nil })"},
		{"time", "LIB.Poll(time.Second, 5 * time.Second, func() (bool, error) { return false, nil })"},
		{"time", "LIB.PollImmediate(time.Second, 5 * time.Second, func() (bool, error) { return cause == nil, nil })"},
		{"predicate", "LIB.PollImmediate(time.Second, 5 * time.Second, func() (bool, error) { if common.IsErrorRetryableByDefault(cause) { return false, nil }; return true, cause })"},
		{"predicate", "LIB.PollUntilContextTimeout(context.Background(), time.Second, 5 * time.Second, false, func(context.Context) (bool, error) { if f, is := common.IsServiceError(cause); is && f.GetHTTPStatusCode() == 409 { return false, nil }; return false, cause })"},
	} {
		add(waitPath, "wait", how[0], "err := "+how[1], interrupted)
	}
	add(waitPath, "wait", "context", "ctx, cancel := context.WithTimeout(context.Background(), 3 * time.Second); defer cancel(); err := LIB.PollUntilContextCancel(ctx, time.Second, true, func(context.Context) (bool, error) { return false, nil })", interrupted)
	for _, how := range [][2]string{
		{"attempts", "LIB.OnError(LIB.DefaultRetry, func(error) bool { return true }, func() error { return cause })"}, {"attempts", "LIB.RetryOnConflict(LIB.DefaultBackoff, func() error { return cause })"},
		{"predicate", "LIB.OnError(LIB.DefaultBackoff, common.IsErrorRetryableByDefault, func() error { return fmt.Errorf(\"inside: %w\", cause) })"},
	} {
		add(clientRetry, "clientretry", how[0], "err := "+how[1], nil)
	}
	for _, how := range [][2]string{
		{"time", "err := LIB.RetryContext(context.Background(), 5 * time.Second, func() *LIB.RetryError { return LIB.RetryableError(cause) })"},
		{"time", "err := LIB.RetryContext(context.Background(), 300 * time.Millisecond, func() *LIB.RetryError { return LIB.RetryableError(cause) })"},
		{"mark", "err := LIB.RetryContext(context.Background(), 5 * time.Second, func() *LIB.RetryError { return LIB.NonRetryableError(cause) })"},
		{"nil", "err := LIB.RetryContext(context.Background(), 5 * time.Second, func() *LIB.RetryError { return LIB.NonRetryableError(nil) })"},
		{"nil", "err := LIB.RetryContext(context.Background(), 5 * time.Second, func() *LIB.RetryError { return LIB.RetryableError(nil) })"},
		{"predicate", "err := LIB.RetryContext(context.Background(), 5 * time.Second, func() *LIB.RetryError { e := LIB.RetryableError(cause); e.Retryable = common.IsErrorRetryableByDefault(e.Err); return e })"},
		{"time", "conf := LIB.StateChangeConf{Pending: []string{\"wait\"}, Target: []string{\"done\"}, Timeout: 5 * time.Second, Refresh: func() (any, string, error) { return 1, \"wait\", nil }}; _, err := conf.WaitForStateContext(context.Background())"},
		{"time", "conf := &LIB.StateChangeConf{Pending: []string{\"wait\"}, Target: []string{\"done\"}, Timeout: 5 * time.Second, PollInterval: 10 * time.Second, Refresh: func() (any, string, error) { return 1, \"wait\", nil }}; _, err := conf.WaitForStateContext(context.Background())"},
		{"attempts", "conf := &LIB.StateChangeConf{Pending: []string{\"wait\"}, Target: []string{\"done\"}, Timeout: time.Hour, Refresh: func() (any, string, error) { return nil, \"\", nil }}; _, err := conf.WaitForStateContext(context.Background())"},
		{"predicate", "conf := &LIB.StateChangeConf{Pending: []string{\"wait\"}, Target: []string{\"done\"}, Timeout: 5 * time.Second, Refresh: func() (any, string, error) { return 1, \"other\", nil }}; _, err := conf.WaitForStateContext(context.Background())"},
		{"predicate", "conf := &LIB.StateChangeConf{Pending: []string{\"wait\"}, Target: []string{\"done\"}, Timeout: 5 * time.Second, Refresh: func() (any, string, error) { return 1, \"wait\", cause }}; _, err := conf.WaitForStateContext(context.Background())"},
	} {
		add(terraformAt, "terraform", how[0], how[1], terraformErrors)
	}
	for _, how := range [][2]string{
		{"attempts", ""}, {"attempts", ".WithMaxAttempts(1)"}, {"attempts", ".ReturnLastFailure()"}, {"attempts", ".WithMaxRetries(4).WithDelay(time.Second)"},
		{"time", ".WithMaxAttempts(-1).WithMaxDuration(5 * time.Second).WithDelay(time.Second)"}, {"time", ".WithMaxAttempts(0).WithMaxDuration(5 * time.Second).WithDelay(time.Second)"},
		{"predicate", ".HandleIf(func(_ any, err error) bool { return common.IsErrorRetryableByDefault(err) })"}, {"predicate", ".AbortIf(func(_ any, err error) bool { return !common.IsErrorRetryableByDefault(err) })"},
		{"predicate", ".AbortIf(func(_ any, err error) bool { return true }).WithMaxAttempts(1)"}, {"predicate", ".AbortOnErrors(errOther)"}, {"predicate", ".HandleErrors(errOther, io.EOF)"},
		{"predicate", ".HandleErrors(errOther).AbortIf(func(_ any, err error) bool { return false })"},
	} {
		add(failsafePath, "retrypolicy", how[0], "err := failsafe.With[any](LIB.NewBuilder[any]()"+how[1]+".Build()).Run(func() error { time.Sleep(time.Millisecond); return cause })", exceeded) // it ends only after the time
	}
	return all
}

// Whatever the evaluator says for certain of the error that a library hands back is what the library's error answers.
func TestLibraryErrors(t *testing.T) {
	t.Parallel()
	var names, questions []string
	var text strings.Builder
	perEnding := map[string]int{}
	for i, e := range endings() {
		for j, ask := range append(generalQuestions[:len(generalQuestions):len(generalQuestions)], e.own...) {
			if testing.Short() && (i+j)%6 != 0 {
				continue
			}
			name := fmt.Sprintf("Q%03dQ%02d", i, j)
			body := strings.ReplaceAll(e.body+"; "+ask, "LIB.", libraryName(e)+".")
			fmt.Fprintf(&text, "\nfunc %s(r common.OCIOperationResponse) bool {\ncause := r.Error\n_ = cause\n%s\n}\n", name, strings.ReplaceAll(body, "; ", "\n"))
			names, questions = append(names, name), append(questions, e.library+" "+e.how+"\n\t"+body)
			perEnding[e.library]++
		}
	}
	p := newProgram(t, importing(text.String()), names)
	answers := p.runInBubble(t)
	width := len(answers[0]) / len(catalog.Default().Rows())
	session := p.read(t)
	if len(answers) != len(names) {
		t.Fatalf("%d lines for %d questions", len(answers), len(names))
	}
	decided, open, wrong := 0, map[string]int{}, 0
	for i, name := range names {
		differs, undecided := map[string][]string{}, 0
		for j, row := range session.Rows {
			real := answers[i][j*width : (j+1)*width]
			switch said := evaluate(session, name, row); {
			case said == '?':
				undecided++
			case !agrees(said, real):
				what := fmt.Sprintf("%s, and %c, the evaluator says", real, said)
				differs[what] = append(differs[what], row.Row.Code)
			default:
				decided++
			}
		}
		if undecided > 0 {
			open[questions[i]] = undecided
		}
		for what, codes := range differs {
			t.Errorf("%s\n\t%s: %s", questions[i], what, strings.Join(codes, ", "))
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d questions are answered otherwise than by the libraries", wrong, len(names))
	}
	undetermined := 0
	for _, n := range open {
		undetermined += n
	}
	t.Logf("%d questions about %d ways to end, %d answers are certain, %d undetermined", len(names), len(endings()), decided, undetermined)
	if os.Getenv("OCIRETRY_ALL") != "" {
		for question, n := range open {
			t.Logf("undetermined for %d rows: %s", n, question)
		}
	}
	if least := 80; decided*100 < least*(decided+undetermined) {
		t.Errorf("less than %d%% of the answers are certain", least)
	}
}

// libraryName is the name under which the test program imports an ending's library: with its version, if it has one.
func libraryName(e ending) string {
	last := e.library[strings.LastIndexByte(e.library, '/')+1:]
	if strings.Trim(last, "v0123456789") == "" {
		return e.name + last
	}
	return e.name
}

// importing returns a source of package predicates with the imports that it needs.
func importing(text string) string {
	imports := []struct{ name, path string }{
		{"apierrors", "k8s.io/apimachinery/pkg/api/errors"}, {"common", "github.com/oracle/oci-go-sdk/v65/common"}, {"context", "context"}, {"errors", "errors"},
		{"failsafe", "github.com/failsafe-go/failsafe-go"}, {"fmt", "fmt"}, {"fs", "io/fs"}, {"io", "io"}, {"net", "net"}, {"os", "os"}, {"sql", "database/sql"},
		{"strings", "strings"}, {"syscall", "syscall"}, {"time", "time"}, {"url", "net/url"}, {"utilnet", "k8s.io/apimachinery/pkg/util/net"},
	}
	for _, e := range endings() {
		imports = append(imports, struct{ name, path string }{libraryName(e), e.library})
	}
	var source strings.Builder
	source.WriteString("package predicates\n\nimport (\n")
	seen := map[string]bool{}
	for _, known := range imports {
		if strings.Contains(text, known.name+".") && !seen[known.path] {
			seen[known.path] = true
			fmt.Fprintf(&source, "\t%s %q\n", known.name, known.path)
		}
	}
	return source.String() + ")\n\nvar errOther = errors.New(\"another\")\n" + text
}

// runInBubble runs the program with simulated time.
func (p *program) runInBubble(t testing.TB) []string {
	t.Helper()
	p.write(t, "bubble_test.go", bubble)
	source, err := os.ReadFile(filepath.Join(p.directory, "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	one := strings.Replace(string(source), fmt.Sprintf("%#v", messages), fmt.Sprintf("%#v", messages[1:]), 1) // each takes its time
	p.write(t, "main.go", one)
	command := exec.Command("go", "test", "-count=1", "-run=TestBubble", "-gcflags=testdata/predicates=-N -l", ".")
	command.Dir, command.Env = p.directory, environment()
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go test: %v\n%s", err, output)
	}
	answers, err := os.ReadFile(filepath.Join(p.directory, "answers.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(answers), "\n"), "\n")
}

const bubble = `package main

import (
	"bufio"
	"io"
	"log"
	"os"
	"testing"
	"testing/synctest"
)

func TestBubble(t *testing.T) {
	log.SetOutput(io.Discard) // terraform's
	file, err := os.Create("answers.txt")
	check(err)
	out := bufio.NewWriter(file)
	responses := prepared()
	synctest.Test(t, func(t *testing.T) { answer(out, responses) })
	check(out.Flush())
}
`
