package proof

import (
	"cmp"
	"fmt"
	"go/format"
	"math/rand"
	"regexp"
	"slices"
	"strings"
)

// predicateCount is how many generated predicates the call sites can ask.
const predicateCount = 60

// callSite is one function that makes OCI calls, and all that it alone uses.
type callSite struct {
	name   string
	source string // a file
	traits []string
	// silent says that SPEC takes what the site does for no retry, although the same request goes out again.
	silent bool
}

// siteGenerator writes call sites. A site is made of a way to go round, a way to send, what is sent, what decides
// whether to go round, and a wait, each written by a function of its own.
type siteGenerator struct {
	*generator
	operation string
	each      []string // lines at the start of each attempt
	failed    []string // lines on the way to the next attempt
	// send is what is sent, to be assigned to errors alone, or to a response and an error where plain is true.
	send     string
	request  string
	plain    bool
	response bool // the response is kept in a variable
	attempt  string
	stop     string // the statement that ends the attempts where a judge or a wait stands
	again    string // the condition of another attempt
	early    bool   // the wait stands at the start of an attempt
	silent   bool
}

// manner is one of the alternatives that the generator of call sites picks from.
type manner struct {
	name   string
	weight int
	write  func(g *siteGenerator)
}

func choose(g *siteGenerator, kind string, manners []manner) {
	total := 0
	for _, m := range manners {
		total += m.weight
	}
	n := g.Intn(total)
	for _, m := range manners {
		if n -= m.weight; n < 0 {
			g.trait(kind + ":" + m.name)
			m.write(g)
			return
		}
	}
}

// generateSites writes count call sites.
func generateSites(seed int64, count int) []*callSite {
	g := &siteGenerator{generator: &generator{Rand: rand.New(rand.NewSource(seed))}}
	var all []*callSite
	for range count {
		all = append(all, g.siteOf("round", rounds))
	}
	return all
}

// siteOf writes a call site in one of several manners.
func (g *siteGenerator) siteOf(kind string, manners []manner) *callSite {
	plain := &generator{Rand: g.Rand, number: g.number + 1, traits: map[string]bool{}}
	*g = siteGenerator{generator: plain, request: "request"}
	g.operation = pick(g.generator, "CreateVolume", "CreateVolume", "CreateVolume", "UpdateVolume", "DeleteVolume", "DeleteVolume", "DeleteVolume", "GetVolume", "ListVolumes")
	if own := g.Rand; g.number%4 == 0 {
		g.Rand = rand.New(rand.NewSource(int64(g.number))) // what else is generated stays what it is
		choose(g, "behind", behind)
		g.Rand = own
	}
	choose(g, kind, manners)
	name := fmt.Sprintf("Site%04d", g.number)
	body := g.body.String()
	results := "error"
	if g.traits["named result"] {
		results = "(err error)"
	}
	text := fmt.Sprintf("%s\nfunc %s(ctx context.Context, client cloud.Volumes, settings cloud.Settings) %s {\n%s}\n", g.decls.String(), name, results, body)
	traits := []string{}
	for trait := range g.traits {
		traits = append(traits, trait)
	}
	slices.Sort(traits)
	return &callSite{name, siteFile(text), traits, g.silent}
}

// behind are the ways to come to a site's attempts only when another call has failed, which one always does.
var behind = []manner{
	{"any failure", 3, func(g *siteGenerator) {
		g.line("if _, err := client.GetVolumeBackup(ctx, core.GetVolumeBackupRequest{VolumeBackupId: common.String(%s)}); err == nil {\nreturn nil\n}", `"backup"`)
	}},
	{"one status", 3, func(g *siteGenerator) {
		g.line("if _, err := client.GetVolumeBackup(ctx, core.GetVolumeBackupRequest{}); !isMissing(err) {\nreturn err\n}")
	}},
	{"a helper's failure", 3, func(g *siteGenerator) {
		g.line("if err := lookUp(ctx, client); err == nil {\nreturn nil\n}")
	}},
	{"two failures", 2, func(g *siteGenerator) {
		g.line("if err := lookUp(ctx, client); err == nil {\nreturn nil\n}")
		g.line("if _, err := client.GetVolumeBackup(ctx, core.GetVolumeBackupRequest{}); !isMissing(err) {\nreturn err\n}")
	}},
}

// siteImports are the packages that a site's file may use, by name.
var siteImports = []struct{ name, path string }{
	{"context", "context"}, {"errors", "errors"}, {"fmt", "fmt"}, {"http", "net/http"}, {"slices", "slices"}, {"sort", "sort"}, {"strconv", "strconv"},
	{"strings", "strings"}, {"sync", "sync"}, {"time", "time"}, {"common", "github.com/oracle/oci-go-sdk/v65/common"}, {"core", "github.com/oracle/oci-go-sdk/v65/core"},
	{"backoffv4", "github.com/cenkalti/backoff/v4"}, {"backoffv5", "github.com/cenkalti/backoff/v5"}, {"backoffv6", "github.com/cenkalti/backoff/v6"}, {"backoffv3", "github.com/cenkalti/backoff/v3"}, {"retryv4", "github.com/avast/retry-go/v4"}, {"retryv5", "github.com/avast/retry-go/v5"},
	{"avastv3", "github.com/avast/retry-go"}, {"os", "os"}, {"io", "io"}, {"apierrors", "k8s.io/apimachinery/pkg/api/errors"}, {"sethvargo", "github.com/sethvargo/go-retry"}, {"wait", "k8s.io/apimachinery/pkg/util/wait"}, {"kretry", "k8s.io/client-go/util/retry"}, {"terraform", "github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"},
	{"failsafe", "github.com/failsafe-go/failsafe-go"}, {"retrypolicy", "github.com/failsafe-go/failsafe-go/retrypolicy"},
	{"cloud", "testdata/cloud"}, {"helper", "testdata/helper"}, {"predicates", "testdata/predicates"}, {"shared", "testdata/shared"},
}

// siteFile makes a file of a site's declarations, with the imports that they use.
func siteFile(text string) string {
	var imports strings.Builder
	for _, known := range siteImports {
		if regexp.MustCompile(`\b` + known.name + `\.[A-Z]`).MatchString(text) {
			if !strings.HasSuffix("/"+known.path, "/"+known.name) {
				imports.WriteString(known.name)
			}
			fmt.Fprintf(&imports, " %q\n", known.path)
		}
	}
	source := "package sites\n\nimport (\n" + imports.String() + ")\n\n" + text
	formatted, err := format.Source([]byte(source))
	if err != nil {
		panic(fmt.Sprintf("%v in\n%s", err, source))
	}
	return string(formatted)
}

// sitesSource is what the call sites of the package share: what predicates share, and waits of the package's own.
func sitesSource() string {
	_, declarations, _ := strings.Cut(generatedHead, "\ntype pair struct")
	declarations = "type pair struct" + declarations
	declarations = strings.NewReplacer("type context struct", "type holding struct", "(c *context)", "(c *holding)", "(c context)", "(c holding)").Replace(declarations)
	return `package sites

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/cloud"
)

func lookUp(ctx context.Context, client cloud.Volumes) error {
	if _, err := client.GetVolumeBackup(ctx, core.GetVolumeBackupRequest{}); err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	return nil
}

func isMissing(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 404
}

var sleep = time.Sleep

const maxAttempts = 4

var errGaveUp = errors.New("gave up")

func pauseBackoff(attempt int) { time.Sleep(time.Duration(attempt+1) * time.Second) }

func sleepBetween(ctx context.Context) error {
	select {
	case <-time.After(time.Second):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func nextPause(attempt int) time.Duration { return time.Duration(1<<attempt) * time.Second }

func noPause(int) time.Duration { return 0 }

func invoke[Request, Response any](ctx context.Context, call func(context.Context, Request) (Response, error), request Request) (Response, error) {
	return call(ctx, request)
}

func retryTimes(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return
		}
	}
	return
}

func retryIf(n int, again func(error) bool, f func() error) error {
	err := f()
	for ; n > 1 && err != nil && again(err); n-- {
		err = f()
	}
	return err
}

func retrySlowly(n int, again func(error) bool, f func() error) error {
	for attempt := 0; ; attempt++ {
		err := f()
		if err == nil {
			return nil
		}
		if attempt == n || again != nil && !again(err) {
			return err
		}
		sleep(nextPause(attempt))
	}
}

` + declarations
}

// What is sent.

// prepare writes what stands before the attempts, and decides how they send.
func (g *siteGenerator) prepare() {
	g.build()
	choose(g, "send", senders)
}

// prepareElsewhere is prepare for attempts that stand in another function, or where the client is another one.
func (g *siteGenerator) prepareElsewhere() {
	g.build()
	choose(g, "send", elsewhere)
}

// captured returns what write writes, for another function's body.
func (g *siteGenerator) captured(write func()) string {
	outer := g.body.String()
	g.body.Reset()
	write()
	inner := g.body.String()
	g.body.Reset()
	g.body.WriteString(outer)
	return inner
}

// requestType is the type of the variable that holds the request.
func (g *siteGenerator) requestType() string {
	return strings.TrimSuffix(g.request, "request") + "core." + g.operation + "Request"
}

// ofOne leaves an operation on one volume; others become this one.
func (g *siteGenerator) ofOne(operation string) {
	if g.operation == "CreateVolume" || g.operation == "ListVolumes" {
		g.operation = operation
	}
}

// identity writes an expression for a text that is the same at every attempt.
func (g *siteGenerator) identity(what string) string {
	switch g.Intn(3) {
	case 0:
		name := g.name("id")
		g.line("%s := settings.%s()", name, pick(g.generator, "Next", "Name"))
		return name
	case 1:
		name := g.global("name")
		g.declare("const %s = %q", name, what)
		return name
	}
	return fmt.Sprintf("%q", what)
}

// literal writes the request as a literal.
func (g *siteGenerator) literal(id, token string) string {
	id = "common.String(" + id + ")"
	switch g.operation {
	case "CreateVolume":
		if token != "" {
			token = ", OpcRetryToken: " + token
		}
		return "core.CreateVolumeRequest{CreateVolumeDetails: core.CreateVolumeDetails{DisplayName: " + id + "}" + token + "}"
	case "UpdateVolume":
		return "core.UpdateVolumeRequest{VolumeId: " + id + ", UpdateVolumeDetails: core.UpdateVolumeDetails{DisplayName: common.String(\"new\")}}"
	case "ListVolumes":
		return "core.ListVolumesRequest{CompartmentId: " + id + "}"
	}
	return "core." + g.operation + "Request{VolumeId: " + id + "}"
}

// build writes how the request is made: before the attempts, in each of them, or by a function.
func (g *siteGenerator) build() {
	token := ""
	id := g.identity("volume")
	if g.operation == "CreateVolume" {
		token = g.token()
	}
	kind := g.Intn(8)
	if kind == 0 && len(g.failed) > 0 {
		kind = 7 // what happens on failure must last
	}
	switch kind {
	case 0:
		g.trait("built:each time")
		g.each = append([]string{"request := " + g.literal(id, token)}, g.each...)
	case 1:
		g.trait("built:function")
		function := g.global("newRequest")
		g.declare("func %s(id string) core.%sRequest { return %s }", function, g.operation, g.literal("id", ""))
		g.line("request := %s(%s)", function, id)
		g.putToken(token)
	case 2:
		g.trait("built:fields")
		fields := map[string]string{"CreateVolume": "DisplayName", "ListVolumes": "CompartmentId"}
		g.line("var request core.%sRequest\nrequest.%s = common.String(%s)", g.operation, cmp.Or(fields[g.operation], "VolumeId"), id)
		g.putToken(token)
	case 3:
		g.trait("built:pointer")
		g.line("request := &%s", g.literal(id, token))
		g.request = "*request"
	default:
		g.trait("built:before")
		g.line("request := %s", g.literal(id, token))
	}
}

func (g *siteGenerator) putToken(token string) {
	if token != "" {
		g.line("request.OpcRetryToken = %s", token)
	}
}

// token writes how a request gets its token. It returns the expression that is put into the request.
func (g *siteGenerator) token() string {
	kinds := []string{"none", "none", "constant", "kept", "fresh each time", "fresh after failure", "fresh after spent", "function", "fixed function", "dropped", "empty", "name", "variable"}
	kind := pick(g.generator, kinds...)
	g.trait("token:" + kind)
	name := g.name("token")
	switch kind {
	case "constant":
		return fmt.Sprintf("common.String(%q)", "token of "+name)
	case "kept":
		g.line("%s := common.RetryToken()", name)
		return "&" + name
	case "fresh each time":
		g.each = append(g.each, "request.OpcRetryToken = common.String(common.RetryToken())")
	case "fresh after failure":
		g.failed = append(g.failed, "request.OpcRetryToken = helper.Token()")
		return "common.String(\"first\")"
	case "fresh after spent":
		g.failed = append(g.failed, "if shared.Is(err, 409, \"InvalidatedRetryToken\") {\nrequest.OpcRetryToken = common.String(common.RetryToken())\n}")
		return "helper.Token()"
	case "function":
		g.line("%s := helper.Token()", name)
		return name
	case "fixed function":
		return "helper.FixedToken(\"volume\")"
	case "dropped":
		g.failed = append(g.failed, "request.OpcRetryToken = nil")
		return "common.String(\"once\")"
	case "empty":
		return "common.String(\"\")"
	case "name":
		g.line("%s := \"create-\" + settings.Next()", name)
		return "&" + name
	case "variable":
		global := g.global("token")
		g.declare("var %s = %s", global, pick(g.generator, `"fixed"`, "common.RetryToken()"))
		return "&" + global
	}
	return ""
}

// inner reports whether the request is made anew in each attempt, so that nothing outside can refer to it.
func (g *siteGenerator) inner() bool { return g.traits["built:each time"] }

// elsewhere are the ways to send that need no variable but the client and the request.
var elsewhere = senders[:4]

// senders are the ways to send. The first ones need no variable of their own.
var senders = []manner{
	{"direct", 8, func(g *siteGenerator) {
		g.send, g.plain = "client."+g.operation+"(ctx, "+g.request+")", true
		g.response = g.Intn(3) == 0
	}},
	{"wrapper", 3, func(g *siteGenerator) {
		function := g.global("send")
		g.declare("func %s(ctx context.Context, client cloud.Volumes, request core.%sRequest) %s", function, g.operation, g.wrapperBody("client."))
		g.send = function + "(ctx, client, " + g.request + ")"
	}},
	{"helper package", 2, func(g *siteGenerator) {
		g.send = "helper." + strings.TrimSuffix(strings.TrimSuffix(g.operation, "s"), "Volume") + "(ctx, client, " + g.request + ")"
	}},
	{"generic", 1, func(g *siteGenerator) { g.send, g.plain = "invoke(ctx, client."+g.operation+", "+g.request+")", true }},
	{"value", 1, func(g *siteGenerator) {
		name := g.name("call")
		g.line("%s := client.%s", name, g.operation)
		g.send, g.plain = name+"(ctx, "+g.request+")", true
	}},
	{"method", 2, func(g *siteGenerator) {
		manager := g.global("manager")
		g.declare("type %s struct {\n\tclient cloud.Volumes\n\tcalls int\n}", manager)
		g.declare("func (m *%s) send(ctx context.Context, request core.%sRequest) %s", manager, g.operation, g.wrapperBody(pick(g.generator, "m.calls++\n", "")+"m.client."))
		name := g.name("manager")
		g.line("%s := &%s{client: client}", name, manager)
		g.send = name + ".send(ctx, " + g.request + ")"
	}},
	{"literal", 2, func(g *siteGenerator) {
		name := g.name("send")
		if g.inner() {
			g.line("%s := func(request core.%sRequest) %s", name, g.operation, g.wrapperBody("client."))
			g.send = name + "(request)"
			return
		}
		g.line("%s := func() %s", name, strings.Replace(g.wrapperBody("client."), "(ctx, request)", "(ctx, "+g.request+")", 1))
		g.send = name + "()"
	}},
}

// wrapperBody writes the body of a function that sends and hands the error back; what stands before the client comes
// first.
func (g *siteGenerator) wrapperBody(client string) string {
	before, client, found := strings.Cut(client, "\n")
	if !found {
		before, client = "", before
	}
	call := client + g.operation + "(ctx, request)"
	kind := pick(g.generator, "plain", "plain", "plain", "wrapped", "flattened", "own type", "named result", "joined")
	g.trait("error:" + kind)
	switch kind {
	case "wrapped":
		return fmt.Sprintf("error {\n%s\nif _, err := %s; err != nil {\nreturn fmt.Errorf(\"send: %%w\", err)\n}\nreturn nil\n}", before, call)
	case "flattened":
		return fmt.Sprintf("error {\n%s\nif _, err := %s; err != nil {\nreturn fmt.Errorf(\"send: %%v\", err)\n}\nreturn nil\n}", before, call)
	case "own type":
		return fmt.Sprintf("error {\n%s\n_, err := %s\nif err == nil {\nreturn nil\n}\nreturn %s\n}", before, call,
			pick(g.generator, "&failureError{err}", "hidingError{err}", `&shared.Failure{Operation: "send", Cause: err}`))
	case "named result":
		return fmt.Sprintf("(err error) {\ndefer func() {\nif err != nil {\nerr = fmt.Errorf(\"deferred: %%w\", err)\n}\n}()\n%s\n_, err = %s\nreturn\n}", before, call)
	case "joined":
		return fmt.Sprintf("error {\n%s\n_, err := %s\nreturn errors.Join(err)\n}", before, call)
	}
	return fmt.Sprintf("error {\n%s\n_, err := %s\nreturn err\n}", before, call)
}

// assign writes a send whose results go to new variables with ":=", or to known ones with "=".
func (g *siteGenerator) assign(operator string) {
	g.line("%s", g.assignment(operator))
	if g.response && operator == ":=" {
		g.line("_ = response")
	}
}

func (g *siteGenerator) assignment(operator string) string {
	switch {
	case g.response:
		return "response, err " + operator + " " + g.send
	case g.plain:
		return "_, err " + operator + " " + g.send
	}
	return "err " + operator + " " + g.send
}

// results declares what "=" assigns to.
func (g *siteGenerator) results() {
	g.line("var err error")
	if g.response {
		g.line("var response core.%sResponse\n_ = response", g.operation)
	}
}

func (g *siteGenerator) lines(lines []string) {
	for _, line := range lines {
		g.line("%s", line)
	}
}
