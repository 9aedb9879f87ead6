package proof

import (
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
)

// What became of one row after a call, over all runs in which that call was the first to fail. The runner has the same.
const (
	reached = 1 << iota // the call did fail with the row
	resent              // the same request went out again
	because             // and it does not when the call succeeds
	waited              // time passed between a send and the next one of the same request
	kept                // it went out again with a token that it had gone out with
	failing             // the site ended otherwise than with nil
	unended             // or had not ended when it was stopped
)

// sitesProgram is a temporary module with call sites that can be run and read.
type sitesProgram struct {
	program
	sites []*callSite
}

// outcome is what happened after one call of a site, by row.
type outcome struct {
	lines []string // of the send and of the calls above it, the innermost first
	rows  []int
	// depends says that how often the request went out again is not the same for every answer.
	depends bool
}

// newSitesProgram makes a module of a package "sites" with these call sites, the packages that they use, and a test
// that runs each of them with every row.
func newSitesProgram(t testing.TB, seed int64, sites []*callSite) *sitesProgram {
	t.Helper()
	p := &sitesProgram{*newModule(t), sites}
	var rows, list, predicates strings.Builder
	for _, row := range catalog.Default().Rows() {
		fmt.Fprintf(&rows, "\t{%d, %q},\n", row.Status, row.Code)
	}
	for _, site := range sites {
		fmt.Fprintf(&list, "\tsites.%s,\n", site.name)
		p.write(t, "sites/"+site.name+".go", site.source)
	}
	predicates.WriteString(generatedHead)
	for _, one := range generate(seed, predicateCount) {
		predicates.WriteString(one.source)
	}
	p.write(t, "predicates/predicates.go", predicates.String())
	p.write(t, "shared/shared.go", sharedSource)
	p.write(t, "cloud/cloud.go", cloudSource)
	p.write(t, "helper/helper.go", helperSource)
	p.write(t, "sites/sites.go", sitesSource())
	p.write(t, "run/run_test.go", strings.NewReplacer("SITES", list.String(), "ROWS", rows.String()).Replace(runner))
	return p
}

// run runs every site with every row. It returns what happened after each call of each site.
func (p *sitesProgram) run(t testing.TB) [][]outcome {
	t.Helper()
	command := exec.Command("go", "test", "-count=1", "-vet=off", "-timeout=20m", "-gcflags=testdata/sites=-N -l", "./run")
	command.Dir, command.Env = p.directory, environment()
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go test: %v\n%.8000s", err, output)
	}
	text, err := os.ReadFile(filepath.Join(p.directory, "run", "answers.txt"))
	if err != nil {
		t.Fatal(err)
	}
	outcomes := make([][]outcome, len(p.sites))
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		site, err := strconv.Atoi(fields[0])
		if err != nil || len(fields) != 4 {
			t.Fatalf("not an answer: %q", line)
		}
		one := outcome{lines: strings.Split(fields[1], ","), depends: fields[2] == "true"}
		for _, number := range strings.Split(fields[3], ",") {
			bits, err := strconv.Atoi(number)
			if err != nil {
				t.Fatalf("not an answer: %q", line)
			}
			one.rows = append(one.rows, bits)
		}
		outcomes[site] = append(outcomes[site], one)
	}
	return outcomes
}

// survey lowers the program's packages and decides the fates of the calls of package "sites".
func (p *sitesProgram) survey(t testing.TB) (*fate.Survey, *token.FileSet) {
	t.Helper()
	files := token.NewFileSet()
	lowered := p.lower(t, files, "./sites", "./helper", "./cloud", "./predicates", "./shared")
	session := sessionOf(lowered, "testdata/sites")
	return fate.Look(session, func(string, string) fate.OwnPolicy { return fate.NoPolicy }, nowhere), files
}

// cloudSource is the package of what a site is given: the operations, and what a program is configured with.
const cloudSource = `package cloud

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/core"
)

// Volumes are operations of the block storage client.
type Volumes interface {
	CreateVolume(ctx context.Context, request core.CreateVolumeRequest) (core.CreateVolumeResponse, error)
	UpdateVolume(ctx context.Context, request core.UpdateVolumeRequest) (core.UpdateVolumeResponse, error)
	DeleteVolume(ctx context.Context, request core.DeleteVolumeRequest) (core.DeleteVolumeResponse, error)
	GetVolume(ctx context.Context, request core.GetVolumeRequest) (core.GetVolumeResponse, error)
	ListVolumes(ctx context.Context, request core.ListVolumesRequest) (core.ListVolumesResponse, error)
	// GetVolumeBackup always fails: there is none. What comes after that is what a site is about.
	GetVolumeBackup(ctx context.Context, request core.GetVolumeBackupRequest) (core.GetVolumeBackupResponse, error)
}

// Settings are what a program is configured with and what goes on around it.
type Settings interface {
	Enabled() bool              // either
	Attempts() int              // several
	Pause() time.Duration       // more than none
	Name() string               // the same until something else is asked
	Next() string               // another one each time
	IDs() []string              // several
	WaitTurn(ctx context.Context) error
	Second() Volumes            // the client of another region
}
`

// helperSource is a package with the retry helpers, the waits and the wrappers that a program shares.
const helperSource = `package helper

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/cloud"
)

// Times calls f until it succeeds, at most n times.
func Times(n int, f func() error) error {
	var err error
	for i := 0; i < n; i++ {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

// While calls f as long as again says so.
func While(again func(error) bool, f func() error) error {
	for {
		err := f()
		if err == nil || !again(err) {
			return err
		}
	}
}

// WithPause calls f until it succeeds and sleeps in between.
func WithPause(n int, pause time.Duration, f func() error) error {
	var err error
	for i := range n {
		if i > 0 {
			time.Sleep(pause)
		}
		if err = f(); err == nil {
			return nil
		}
	}
	return fmt.Errorf("after %d attempts: %w", n, err)
}

// Until calls f with growing pauses, as long as again says so and the context lasts.
func Until(ctx context.Context, again func(error) bool, f func(ctx context.Context) error) error {
	for pause := time.Second; ; pause *= 2 {
		err := f(ctx)
		if err == nil || again != nil && !again(err) || pause > time.Minute {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

// Default calls f again after what the SDK retries by default.
func Default(f func() error) error {
	return While(common.IsErrorRetryableByDefault, f)
}

// Once only adds the operation's name.
func Once(name string, f func() error) error {
	if err := f(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Recursive calls itself.
func Recursive(left int, pause time.Duration, f func() error) error {
	err := f()
	if err != nil && left > 1 {
		time.Sleep(pause)
		return Recursive(left-1, 2*pause, f)
	}
	return err
}

// Value hands back what f returns.
func Value[T any](n int, again func(error) bool, f func() (T, error)) (T, error) {
	var value T
	var err error
	for ; n > 0; n-- {
		value, err = f()
		if err == nil || !again(err) {
			break
		}
	}
	return value, err
}

// Permanent is an error that Retrier does not try again after.
type Permanent struct{ Cause error }

func (p *Permanent) Error() string { return p.Cause.Error() }

// Unwrap returns the cause.
func (p *Permanent) Unwrap() error { return p.Cause }

// Stop makes an error permanent.
func Stop(err error) error { return &Permanent{err} }

// Retrier is a helper with settings.
type Retrier struct {
	Attempts int
	Pause    time.Duration
	Again    func(error) bool
}

// Do calls f as the settings say.
func (r *Retrier) Do(ctx context.Context, f func() error) error {
	var last error
	for attempt := 1; attempt <= r.Attempts; attempt++ {
		if last = f(); last == nil {
			return nil
		}
		var permanent *Permanent
		if errors.As(last, &permanent) {
			return permanent.Cause
		}
		if r.Again != nil && !r.Again(last) {
			return last
		}
		if r.Pause > 0 {
			if err := Backoff(ctx, r.Pause); err != nil {
				return err
			}
		}
	}
	return last
}

// Attempts counts to n.
func Attempts(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

// SleepBetween sleeps.
func SleepBetween(pause time.Duration) { time.Sleep(pause) }

// Backoff waits unless the context is done.
func Backoff(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Elapsed does not wait.
func Elapsed(since time.Time) time.Duration { return time.Since(since) }

// Log does nothing of interest.
func Log(what string, err error) { _ = fmt.Sprint(what, err) }

// Budget counts attempts.
type Budget struct{ left int }

// NewBudget returns a budget of n attempts.
func NewBudget(n int) *Budget { return &Budget{n} }

// Spend reports whether there is another attempt.
func (b *Budget) Spend() bool {
	b.left--
	return b.left > 0
}

// Create returns the plain error.
func Create(ctx context.Context, client cloud.Volumes, request core.CreateVolumeRequest) error {
	_, err := client.CreateVolume(ctx, request)
	return err
}

// Update wraps the error.
func Update(ctx context.Context, client cloud.Volumes, request core.UpdateVolumeRequest) error {
	if _, err := client.UpdateVolume(ctx, request); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

// Delete flattens the error.
func Delete(ctx context.Context, client cloud.Volumes, request core.DeleteVolumeRequest) error {
	if _, err := client.DeleteVolume(ctx, request); err != nil {
		return fmt.Errorf("delete: %v", err)
	}
	return nil
}

// Get returns the plain error.
func Get(ctx context.Context, client cloud.Volumes, request core.GetVolumeRequest) error {
	_, err := client.GetVolume(ctx, request)
	return err
}

// List tries twice by itself.
func List(ctx context.Context, client cloud.Volumes, request core.ListVolumesRequest) error {
	_, err := client.ListVolumes(ctx, request)
	if common.IsErrorRetryableByDefault(err) {
		time.Sleep(time.Second)
		_, err = client.ListVolumes(ctx, request)
	}
	return err
}

// Token makes a token.
func Token() *string {
	token := common.RetryToken()
	return &token
}

// FixedToken is no token to send twice.
func FixedToken(name string) *string {
	token := "token-of-" + name
	return &token
}
`

// runner runs the sites. The clock is the fake one of testing/synctest, on which time passes only while somebody
// waits: so a wait between two sends shows in their times, whatever it is made of.
const runner = `package run

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
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"

	"testdata/cloud"
	"testdata/sites"
)

var all = []func(context.Context, cloud.Volumes, cloud.Settings) error{
SITES}

var rows = []struct {
	status int
	code   string
}{
ROWS}

var failures []error // by row

// What became of a row.
const (
	reached = 1 << iota
	resent
	because
	waited
	kept
	failing
	unended
)

// limit ends a site that would go on for ever.
const limit = 24

// What fails after the first failure.
const (
	everything = iota
	sameOperation
	sameRequest
	scopes
)

// patterns are in how many ways the settings answer.
const patterns = 4

// plan says how a run goes: the first sends succeed, then they fail with the row; no row is below 0.
type plan struct{ row, lead, scope, pattern int }

// send is one request that went out.
type send struct {
	key, operation, token string
	at                    time.Time
	callers               []uintptr
}

// execution is one run of a site.
type execution struct {
	plan
	sends    []send
	cut      bool // by the limit
	ended    bool // with nil
	asked    int  // how often the settings were asked what may be either way
	counter  int
}

func (e *execution) failed() int {
	if e.row < 0 || len(e.sends) <= e.lead {
		return -1
	}
	return e.lead
}

// answer notes a request and says whether it fails.
func (e *execution) answer(region, operation string, token *string, parts ...any) (*http.Response, error) {
	if len(e.sends) == limit {
		e.cut = true
		runtime.Goexit()
	}
	callers := make([]uintptr, 40)
	next := send{key: fmt.Sprint(append(parts, region, operation)...), operation: operation, at: time.Now(), callers: callers[:runtime.Callers(3, callers)]}
	if token != nil {
		next.token = *token
	}
	e.sends = append(e.sends, next)
	first := e.failed()
	if first < 0 || e.scope == sameOperation && e.sends[first].operation != operation || e.scope == sameRequest && e.sends[first].key != next.key {
		return &http.Response{StatusCode: 200, Header: http.Header{}}, nil
	}
	return &http.Response{StatusCode: rows[e.row].status, Header: http.Header{}}, failures[e.row]
}

// volumes is the client of one region.
type volumes struct {
	*execution
	region string
}

func text(p *string) string {
	if p == nil {
		return "-"
	}
	return strconv.Quote(*p)
}

func (v volumes) CreateVolume(_ context.Context, r core.CreateVolumeRequest) (response core.CreateVolumeResponse, err error) {
	response.RawResponse, err = v.answer(v.region, "CreateVolume", r.OpcRetryToken, text(r.DisplayName), text(r.CompartmentId), text(r.AvailabilityDomain))
	response.OpcRequestId = common.String("request")
	if err == nil {
		response.Id, response.LifecycleState = common.String("created"), core.VolumeLifecycleStateProvisioning
	}
	return response, err
}

func (v volumes) UpdateVolume(_ context.Context, r core.UpdateVolumeRequest) (response core.UpdateVolumeResponse, err error) {
	response.RawResponse, err = v.answer(v.region, "UpdateVolume", nil, text(r.VolumeId), text(r.IfMatch), text(r.DisplayName))
	response.OpcRequestId = common.String("request")
	return response, err
}

func (v volumes) DeleteVolume(_ context.Context, r core.DeleteVolumeRequest) (response core.DeleteVolumeResponse, err error) {
	response.RawResponse, err = v.answer(v.region, "DeleteVolume", nil, text(r.VolumeId), text(r.IfMatch))
	response.OpcRequestId = common.String("request")
	return response, err
}

// GetVolume answers with a new etag each time; every third answer is that of a volume that is available.
func (v volumes) GetVolume(_ context.Context, r core.GetVolumeRequest) (response core.GetVolumeResponse, err error) {
	response.RawResponse, err = v.answer(v.region, "GetVolume", nil, text(r.VolumeId))
	response.OpcRequestId = common.String("request")
	if err == nil {
		response.Id, response.Etag = r.VolumeId, common.String(fmt.Sprint("etag", len(v.sends)))
		response.LifecycleState = core.VolumeLifecycleStateProvisioning
		if len(v.sends)%3 == 0 {
			response.LifecycleState = core.VolumeLifecycleStateAvailable
		}
	}
	return response, err
}

// ListVolumes answers with three pages.
func (v volumes) ListVolumes(_ context.Context, r core.ListVolumesRequest) (response core.ListVolumesResponse, err error) {
	response.RawResponse, err = v.answer(v.region, "ListVolumes", nil, text(r.CompartmentId), text(r.Page), text(r.DisplayName))
	response.OpcRequestId = common.String("request")
	if err == nil {
		response.Items = []core.Volume{{Id: common.String("one of " + text(r.Page))}, {Id: common.String("two of " + text(r.Page))}}
		switch text(r.Page) {
		case "-":
			response.OpcNextPage = common.String("second")
		case "\"second\"":
			response.OpcNextPage = common.String("third")
		}
	}
	return response, err
}

func (v volumes) GetVolumeBackup(context.Context, core.GetVolumeBackupRequest) (response core.GetVolumeBackupResponse, err error) {
	for i := range rows {
		if rows[i].status == 404 {
			response.RawResponse = &http.Response{StatusCode: 404, Header: http.Header{}}
			return response, failures[i]
		}
	}
	panic("no row for what is not there")
}

// settings answer as the pattern says.
type settings struct{ *execution }

func (s settings) Enabled() bool {
	s.asked++
	s.counter++
	switch s.pattern {
	case 0:
		return true
	case 1:
		return false
	}
	return s.asked%2 == s.pattern%2
}

func (s settings) Attempts() int {
	s.counter++
	return 3
}

func (s settings) Pause() time.Duration {
	s.counter++
	return time.Second
}

func (s settings) Name() string { return fmt.Sprint("name", s.counter) }

func (s settings) IDs() []string {
	s.counter++
	return []string{s.Name(), "two", "three"}
}

func (s settings) Next() string {
	s.counter++
	return fmt.Sprint("id", s.counter)
}

func (s settings) WaitTurn(context.Context) error {
	s.counter++
	time.Sleep(time.Second)
	return nil
}

func (s settings) Second() cloud.Volumes {
	s.counter++
	return volumes{s.execution, "second"}
}

// execute runs a site once.
func execute(site func(context.Context, cloud.Volumes, cloud.Settings) error, p plan) *execution {
	e := &execution{plan: p}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }()
		e.ended = site(context.Background(), volumes{e, "first"}, settings{e}) == nil
	}()
	<-done
	return e
}

// summary is what became of the rows after one call.
type summary struct {
	rows    []int
	depends bool
}

// verdict is what makes two answers of a call different: what went out afterwards.
type verdict struct {
	again int
	cut   bool
}

func (e *execution) verdict(at int) verdict {
	v := verdict{cut: e.cut}
	for _, s := range e.sends[at+1:] {
		if s.key == e.sends[at].key {
			v.again++
		}
	}
	return v
}

// bits tells what a run says about its row.
func (e *execution) bits(success *execution) int {
	bits, last := reached, e.lead
	for i := e.lead + 1; i < len(e.sends); i++ {
		if e.sends[i].key != e.sends[e.lead].key {
			continue
		}
		bits |= resent
		if e.sends[i].at.After(e.sends[last].at) {
			bits |= waited
		}
		if e.used(e.sends[i].token, i) {
			bits |= kept
		}
		last = i
	}
	if bits&resent != 0 && success.verdict(e.lead).again == 0 {
		bits |= because
	}
	if !e.ended {
		bits |= failing
	}
	if e.cut {
		bits |= unended
	}
	return bits
}

// used reports whether the request that failed first had gone out with a token before.
func (e *execution) used(token string, before int) bool {
	for _, earlier := range e.sends[e.lead:before] {
		if earlier.key == e.sends[e.lead].key && earlier.token == token && token != "" {
			return true
		}
	}
	return false
}

// look runs a site in every way.
func look(site func(context.Context, cloud.Volumes, cloud.Settings) error) (map[string]*summary, []string) {
	found, order := map[string]*summary{}, []string{}
	for pattern := range patterns {
		success, asked := execute(site, plan{-1, 0, 0, pattern}), 0
		for lead := range min(len(success.sends), 4) {
			where := lines(success.sends[lead].callers)
			if found[where] == nil {
				found[where] = &summary{rows: make([]int, len(rows))}
				order = append(order, where)
			}
			seen := map[verdict]bool{success.verdict(lead): true}
			for row := range rows {
				for scope := range scopes {
					e := execute(site, plan{row, lead, scope, pattern})
					if len(e.sends) <= lead {
						panic("not the way of the success")
					}
					found[where].rows[row] |= e.bits(success)
					seen[e.verdict(lead)] = true
					asked += e.asked
					if !e.differs() {
						break
					}
				}
			}
			found[where].depends = found[where].depends || len(seen) > 1
		}
		if asked+success.asked == 0 {
			break
		}
	}
	return found, order
}

// differs reports whether other requests than the one that failed first went out.
func (e *execution) differs() bool {
	for _, s := range e.sends[e.lead:] {
		if s.key != e.sends[e.lead].key {
			return true
		}
	}
	return false
}

var places = map[uintptr]string{}

// lines names the places of the calls that led to a send, the innermost first.
func lines(callers []uintptr) string {
	var all []string
	for _, caller := range callers {
		name, known := places[caller]
		if !known {
			frames := runtime.CallersFrames([]uintptr{caller})
			var parts []string
			for {
				frame, more := frames.Next()
				if strings.HasPrefix(frame.Function, "testdata/") && !strings.HasPrefix(frame.Function, "testdata/run") && frame.File != "<autogenerated>" {
					parts = append(parts, fmt.Sprint(filepath.Base(frame.File), ":", frame.Line))
				}
				if !more {
					break
				}
			}
			name = strings.Join(parts, ",")
			places[caller] = name
		}
		if name != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, ",")
}

func TestRun(t *testing.T) {
	prepare(t)
	file, err := os.Create("answers.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	synctest.Test(t, func(t *testing.T) {
		for i, site := range all {
			found, order := look(site)
			for _, where := range order {
				numbers := make([]string, len(rows))
				for row, bits := range found[where].rows {
					numbers[row] = strconv.Itoa(bits)
				}
				fmt.Fprintf(out, "%d\t%s\t%t\t%s\n", i, where, found[where].depends, strings.Join(numbers, ","))
			}
		}
	})
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
}

// service answers every request with one error.
type service struct {
	status int
	code   string
}

func (s service) Do(request *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"code": s.code, "message": "x"})
	if err != nil {
		return nil, err
	}
	header := http.Header{"Content-Type": {"application/json"}, "Opc-Request-Id": {"ABCDEF"}, "Date": {"Wed, 04 Mar 2026 10:20:30 GMT"}}
	return &http.Response{StatusCode: s.status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Request: request}, nil
}

// prepare makes each row's error by sending a request through a real client.
func prepare(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	secret := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	provider := common.NewRawConfigurationProvider("ocid1.tenancy.oc1..a", "ocid1.user.oc1..a", "us-ashburn-1", "aa:bb", string(secret), nil)
	policy := common.NoRetryPolicy()
	for _, row := range rows {
		client, err := identity.NewIdentityClientWithConfigurationProvider(provider)
		if err != nil {
			t.Fatal(err)
		}
		client.HTTPClient = service{row.status, row.code}
		_, err = client.GetUser(context.Background(), identity.GetUserRequest{UserId: common.String("ocid1.user.oc1..a"), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
		failure, is := common.IsServiceError(err)
		if !is || failure.GetHTTPStatusCode() != row.status || failure.GetCode() != row.code {
			t.Fatalf("%v: not the service's error: %v", row, err)
		}
		failures = append(failures, err)
	}
}
`
