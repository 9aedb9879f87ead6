package proof

import (
	"cmp"
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// testdata is the module whose go.mod names the SDK that programs are run against.
const testdata = "../../../testdata"

// messages are the words of the service that each row's error is made with. An answer that is certain may not depend
// on them. The second one says what only a guess could rely on.
var messages = []string{
	"x",
	"Try again later: request 404 of 503 timed out, conflict 409 in progress, 429 too many requests, internal error 500",
}

// program is a temporary module with predicates that can be run and read.
type program struct {
	directory string
}

// newModule makes a module that requires what testdata does, and has no package yet.
func newModule(t testing.TB) *program {
	t.Helper()
	p := &program{t.TempDir()}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(testdata, name))
		if err != nil {
			t.Fatal(err)
		}
		p.write(t, name, string(text))
	}
	return p
}

// newProgram makes a module of a package "predicates" with this source and a main package that asks each of these
// predicates about each row.
func newProgram(t testing.TB, source string, names []string) *program {
	t.Helper()
	p := newModule(t)
	var list strings.Builder
	for _, name := range names {
		fmt.Fprintf(&list, "\tpredicates.%s,\n", name)
	}
	var rows strings.Builder
	for _, row := range catalog.Default().Rows() {
		fmt.Fprintf(&rows, "\t{%d, %q},\n", row.Status, row.Code)
	}
	p.write(t, "main.go", strings.NewReplacer("PREDICATES", list.String(), "ROWS", rows.String(), "MESSAGES", fmt.Sprintf("%#v", messages)).Replace(asker))
	p.write(t, "shared/shared.go", sharedSource)
	p.write(t, "predicates/predicates.go", source)
	return p
}

func (p *program) write(t testing.TB, name, text string) {
	t.Helper()
	file := filepath.Join(p.directory, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func environment() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "OCI_GO_SDK_DEBUG=", "OCI_SDK_DEFAULT_RETRY_ENABLED=")
}

// run runs the program: one line for each predicate, one letter for each row and message.
func (p *program) run(t testing.TB) []string {
	t.Helper()
	// Not optimised: building costs more than running.
	command := exec.Command("go", "run", "-gcflags=testdata/predicates=-N -l", ".")
	command.Dir, command.Env = p.directory, environment()
	var problems strings.Builder
	command.Stderr = &problems
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go run: %v\n%s", err, problems.String())
	}
	return strings.Split(strings.TrimSuffix(string(output), "\n"), "\n")
}

// read type-checks and lowers the program's packages and prepares their evaluation.
func (p *program) read(t testing.TB) *eval.Session {
	t.Helper()
	return sessionOf(p.lower(t, token.NewFileSet(), "./predicates", "./shared"), "testdata/predicates")
}

// sessionOf prepares the evaluation of one of several lowered packages.
func sessionOf(lowered map[string]*summary.Package, path string) *eval.Session {
	session := eval.NewSession(lowered[path], catalog.Default(), func(path string) *summary.Package { return lowered[path] })
	session.For(proved)
	return session
}

// proved is the version of the SDK that the programs are built with.
var proved = sdk.Version{Known: true, Major: 65, Minor: 129}

// lower type-checks and lowers packages of the program, all of them without a function left out.
func (p *program) lower(t testing.TB, files *token.FileSet, patterns ...string) map[string]*summary.Package {
	t.Helper()
	return lowerAll(t, p.load(t, files, patterns...))
}

// load type-checks packages of the program.
func (p *program) load(t testing.TB, files *token.FileSet, patterns ...string) []*packages.Package {
	t.Helper()
	variables := environment()
	if p.directory == testdata {
		variables = append(variables, "GOFLAGS=-mod=readonly") // what lies in the repository stays as it is
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax, Dir: p.directory, Env: variables, Fset: files,
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range loaded {
		for _, problem := range pkg.Errors {
			t.Fatal(problem)
		}
	}
	return loaded
}

// lowerAll lowers packages, all of them without a function left out.
func lowerAll(t testing.TB, loaded []*packages.Package) map[string]*summary.Package {
	t.Helper()
	lowered, recogniser := map[string]*summary.Package{}, sdk.NewRecogniser()
	for _, pkg := range loaded {
		made, skipped := summary.Lower(summary.Source{
			Fset: pkg.Fset, Files: pkg.Syntax, Package: pkg.Types, Info: pkg.TypesInfo, Recogniser: recogniser,
		})
		if len(skipped) > 0 {
			t.Fatalf("left without a body: %q", skipped)
		}
		lowered[pkg.PkgPath] = made
	}
	return lowered
}

// again returns a session over the same packages that has not evaluated anything.
func (p *program) again(session *eval.Session) *eval.Session {
	fresh := eval.NewSession(session.Local, session.Catalog, session.Packages)
	fresh.For(session.Version)
	return fresh
}

// evaluate asks the evaluator what a predicate answers for a row: '1', '0', 'p' for a panic, '?' when it is not
// decided.
func evaluate(session *eval.Session, name string, row *eval.Row) byte {
	answer, _ := evaluateWhy(session, name, row)
	return answer
}

// evaluateWhy also returns why an answer is not decided.
func evaluateWhy(session *eval.Session, name string, row *eval.Row) (answer byte, why string) {
	function := session.Local.Function(session.Local.Path + "." + name)
	if function == nil {
		return '?', "no body"
	}
	ends := session.Predicate(session.Value(function), nil, row, eval.Asked{})
	if len(ends) == 0 {
		return '?', "no end"
	}
	if eval.Certain(ends, (*eval.End).Yes) {
		why = retriedToRules
	}
	answer = answerOf(&ends[0])
	for i := range ends {
		switch next := answerOf(&ends[i]); {
		case next == '?':
			return '?', cmp.Or(why, ends[i].Results[0].String())
		case next != answer:
			return '?', cmp.Or(why, "answers both ways")
		}
	}
	if answer == '1' && !eval.Certain(ends, (*eval.End).Yes) || answer == '0' && slices.ContainsFunc(ends, func(e eval.End) bool { return !e.No() }) {
		return '?', "not certain"
	}
	return answer, ""
}

// retriedToRules is why an answer is open that is open here and yet certain to be yes for the rules: they take what
// is free for possible, so it must not be what the row decides.
const retriedToRules = "free, so the rules take it for a yes"

func answerOf(end *eval.End) byte {
	switch {
	case end.Ending == eval.Fatal:
		return 'p'
	case len(end.Results) == 1 && end.Results[0].Kind == eval.Constant && end.Yes():
		return '1'
	case end.No():
		return '0'
	}
	return '?'
}

// asker is the main package: it makes each row's error by sending a request through a real client, and hands the
// predicates what the SDK's own retry loop handed to the policy.
const asker = `package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"

	"testdata/predicates"
)

var asked = []func(common.OCIOperationResponse) bool{
PREDICATES}

var rows = []struct {
	status int
	code   string
}{
ROWS}

var messages = MESSAGES

// service answers every request with one error.
type service struct {
	status        int
	code, message string
}

func (s service) Do(request *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"code": s.code, "message": s.message})
	if err != nil {
		return nil, err
	}
	header := http.Header{"Content-Type": {"application/json"}, "Opc-Request-Id": {"ABCDEF"}, "Date": {"Wed, 04 Mar 2026 10:20:30 GMT"}}
	return &http.Response{StatusCode: s.status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Request: request}, nil
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answer(out, prepared())
}

// prepared returns what a predicate is given for each row and message.
func prepared() (responses []common.OCIOperationResponse) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(err)
	text := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	provider := common.NewRawConfigurationProvider("ocid1.tenancy.oc1..a", "ocid1.user.oc1..a", "us-ashburn-1", "aa:bb", string(text), nil)
	for _, row := range rows {
		for _, message := range messages {
			responses = append(responses, fail(provider, service{row.status, row.code, message}))
		}
	}
	return responses
}

// answer asks all predicates.
func answer(out *bufio.Writer, responses []common.OCIOperationResponse) {
	for _, predicate := range asked {
		for _, response := range responses {
			out.WriteByte(ask(predicate, response))
		}
		out.WriteByte('\n')
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fail returns what a policy's predicate is given when the service answers so.
func fail(provider common.ConfigurationProvider, answer service) (given common.OCIOperationResponse) {
	client, err := identity.NewIdentityClientWithConfigurationProvider(provider)
	check(err)
	client.HTTPClient = answer
	calls := 0
	policy := common.NewRetryPolicy(1, func(r common.OCIOperationResponse) bool {
		given = r
		calls++
		return false
	}, func(common.OCIOperationResponse) time.Duration { return 0 })
	user := "ocid1.user.oc1..a"
	_, err = client.GetUser(context.Background(), identity.GetUserRequest{UserId: &user, RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	failure, is := common.IsServiceError(err)
	if calls != 1 || !is || failure.GetHTTPStatusCode() != answer.status || failure.GetCode() != answer.code {
		check(fmt.Errorf("%v: not the service's error after %d questions: %v", answer, calls, err))
	}
	return given
}

func ask(predicate func(common.OCIOperationResponse) bool, response common.OCIOperationResponse) (answer byte) {
	defer func() {
		if recover() != nil {
			answer = 'p'
		}
	}()
	if predicate(response) {
		return '1'
	}
	return '0'
}
`

// sharedSource is a package that predicates of another one use.
const sharedSource = `package shared

import (
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// Transient lists codes; Statuses tells statuses.
var (
	Transient = []string{"TooManyRequests", "InternalServerError", "ServiceUnavailable"}
	Statuses  = map[int]bool{429: true, 500: true, 503: true, 501: false}
)

// Is answers whether an error has a status and a code, one of them left out with 0 or "".
func Is(err error, status int, code string) bool {
	var failure common.ServiceError
	if !errors.As(err, &failure) {
		return false
	}
	return (status == 0 || failure.GetHTTPStatusCode() == status) && (code == "" || failure.GetCode() == code)
}

// IsTransient looks into the package's own lists.
func IsTransient(err error) bool {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return false
	}
	for _, code := range Transient {
		if code == failure.GetCode() {
			return true
		}
	}
	return Statuses[failure.GetHTTPStatusCode()]
}

// Failure is an error with an operation's name.
type Failure struct {
	Operation string
	Cause     error
}

func (f *Failure) Error() string { return f.Operation + ": " + f.Cause.Error() }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// Opaque is an error that hides its cause.
type Opaque struct{ Cause error }

func (o Opaque) Error() string { return "failed: " + o.Cause.Error() }

// Status returns the status of an error's cause, 0 if it has none.
func Status(err error) (status int) {
	var failure common.ServiceError
	if errors.As(err, &failure) {
		status = failure.GetHTTPStatusCode()
	}
	return
}
`
