package proof

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

// callers is how many functions a generated package of callers has.
const callers = 16

// newCallersProgram makes a module of a package "callers", whose functions make OCI calls and call each other, and of a
// package "below" that they use, made in the same way.
func newCallersProgram(t testing.TB, seed int64) *program {
	t.Helper()
	p := newModule(t)
	below := &callersGenerator{Rand: rand.New(rand.NewSource(seed)), name: "Below"}
	p.write(t, "below/below.go", below.write("below", "", callers/4))
	above := &callersGenerator{Rand: below.Rand, name: "Caller"}
	for _, made := range below.made {
		made.name = "below." + made.name
		above.made = append(above.made, made)
	}
	p.write(t, "callers/callers.go", above.write("callers", "\t\"testdata/below\"\n", callers))
	return p
}

// callersGenerator writes functions each of which makes some OCI calls, or calls functions written before.
type callersGenerator struct {
	*rand.Rand
	name  string
	made  []madeCaller
	body  strings.Builder
	last  string // what follows a failure at the end: the function's way to return an error
	plain bool   // the function sends once, and only hands on what comes back
	depth int    // of the calls down from the function
}

type madeCaller struct {
	name, result string
	plain        bool
	depth        int
}

// maxCallers bounds how deep the generated functions call each other.
const maxCallers = 3

// callersHead is what all functions of a package may use. Which of it a function does decides whether its calls can be
// reported.
const callersHead = `
type Clients struct {
	compute core.ComputeClient
	backup  Instances
	seen    error
	calls   int
}

// Instances is what a client of the service is for.
type Instances interface {
	GetInstance(context.Context, core.GetInstanceRequest) (core.GetInstanceResponse, error)
	TerminateInstance(context.Context, core.TerminateInstanceRequest) (core.TerminateInstanceResponse, error)
	UpdateInstance(context.Context, core.UpdateInstanceRequest) (core.UpdateInstanceResponse, error)
	LaunchInstance(context.Context, core.LaunchInstanceRequest) (core.LaunchInstanceResponse, error)
}

var errGone = errors.New("gone")

var always = common.NewRetryPolicy(4, func(r common.OCIOperationResponse) bool { return r.Error != nil }, func(common.OCIOperationResponse) time.Duration { return 0 })

var insistent = common.RequestMetadata{RetryPolicy: &always}

var prepared = core.GetInstanceRequest{InstanceId: common.String("i"), RequestMetadata: insistent}

func isGone(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 404
}

func codeOf(err error) string {
	var failure common.ServiceError
	if errors.As(err, &failure) {
		return failure.GetCode()
	}
	return ""
}

func describe(what string, err error) error { return fmt.Errorf("%s: %w", what, err) }

func insist(times int, send func() error) (err error) {
	for range times {
		if err = send(); err == nil {
			return nil
		}
	}
	return err
}

func codeIs(ctx context.Context, client Instances, id, code string) error {
	_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	if codeOf(err) == code {
		return nil
	}
	return err
}

func statusIs(ctx context.Context, client Instances, id string, status int) error {
	_, err := client.UpdateInstance(ctx, core.UpdateInstanceRequest{InstanceId: &id})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == status {
		return nil
	}
	return err
}

func codeIn(ctx context.Context, client Instances, id string, codes ...string) error {
	_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	if slices.Contains(codes, codeOf(err)) {
		return nil
	}
	return err
}

func statusIn(ctx context.Context, client Instances, id string, statuses map[int]bool) error {
	_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	if failure, ok := common.IsServiceError(err); ok && statuses[failure.GetHTTPStatusCode()] {
		return nil
	}
	return err
}

type options struct {
	code   string
	status int
}

func optionIs(ctx context.Context, client Instances, id string, o *options) error {
	_, err := client.UpdateInstance(ctx, core.UpdateInstanceRequest{InstanceId: &id})
	if failure, ok := common.IsServiceError(err); ok && (failure.GetCode() == o.code || failure.GetHTTPStatusCode() == o.status) {
		return nil
	}
	return err
}

func judged(ctx context.Context, client Instances, id string, judge func(error) bool) error {
	_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	if judge(err) {
		return nil
	}
	return err
}

func count(labels ...string) { metrics[strings.Join(labels, "/")]++ }

func countError(err error) {
	if isGone(err) {
		count("gone")
	}
}

var metrics = map[string]int{}

var queue = make(chan error, 1)
`

func (g *callersGenerator) write(pkg, imports string, functions int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "package %s\n\nimport (\n\t\"context\"\n\t\"errors\"\n\t\"fmt\"\n\t\"log\"\n\t\"slices\"\n\t\"strings\"\n\t\"time\"\n\n\t\"github.com/oracle/oci-go-sdk/v65/common\"\n\t\"github.com/oracle/oci-go-sdk/v65/core\"\n%s)\n%s", pkg, imports, callersHead)
	for i := range functions {
		text.WriteString(g.function(i))
	}
	text.WriteString("\nvar _ = log.Println\n")
	if imports != "" {
		text.WriteString("\nvar _ below.Instances\n")
	}
	return text.String()
}

// oneOf picks one of some texts.
func (g *callersGenerator) oneOf(texts ...string) string { return texts[g.Intn(len(texts))] }

func (g *callersGenerator) line(format string, arguments ...any) {
	fmt.Fprintf(&g.body, format+"\n", arguments...)
}

// function writes one function.
func (g *callersGenerator) function(number int) string {
	result := g.oneOf("error", "error", "error", "(string, error)", "(*string, error)", "(bool, error)", "bool", "")
	g.body.Reset()
	g.plain, g.depth = g.Intn(2) == 0, 0
	switch result {
	case "error":
		g.last = "return err"
	case "(string, error)":
		g.last = g.oneOf(`return "", err`, `return "none", err`)
	case "(*string, error)":
		g.last = "return nil, err"
	case "(bool, error)":
		g.last = g.oneOf("return false, err", "return isGone(err), err")
	case "bool":
		g.last = g.oneOf("return false", "return err == nil", "return isGone(err)")
	default:
		g.last = "return"
	}
	g.line("var err error")
	if !g.plain && g.Intn(12) == 0 {
		g.line("%s", g.oneOf(`defer func() { log.Println(err) }()`, `defer func() { clients.seen = err }()`, `defer func() { countError(err) }()`, `defer func() { if isGone(err) { err = nil } }()`))
	}
	for range 1 + g.Intn(3) {
		g.step(g.Intn(2))
	}
	g.line("_ = err")
	switch success := g.last; result {
	case "error":
		g.line("%s", g.oneOf("return nil", "return err"))
	case "(string, error)":
		g.line(`return "some", nil`)
	case "(*string, error)":
		g.line(`return new(string), nil`)
	case "(bool, error)":
		g.line("return true, nil")
	case "bool":
		g.line("return true")
	default:
		g.line("%s", success)
	}
	made := madeCaller{fmt.Sprintf("%s%02d", g.name, number), result, g.plain, g.depth + 1}
	g.made = append(g.made, made)
	return fmt.Sprintf("\nfunc %s(ctx context.Context, client Instances, clients *Clients, id string) %s {\n%s}\n", made.name, result, g.body.String())
}

// step writes a call, what surrounds it and what follows its failure.
func (g *callersGenerator) step(nested int) {
	kind := g.Intn(16)
	if g.plain {
		kind = 16
	}
	switch kind {
	case 0, 1:
		g.line("for range %d {", 2+g.Intn(2))
		g.call()
		g.failure()
		if g.Intn(2) == 0 {
			g.line("if err == nil { break }")
		}
		if g.Intn(2) == 0 {
			g.line("time.Sleep(time.Second)")
		}
		g.line("}")
	case 2:
		g.line("for _, id := range strings.Fields(id) {\n_ = id")
		g.call()
		g.failure()
		g.line("}")
	case 3:
		g.line("err = insist(3, func() (err error) {")
		g.call()
		g.line("return err })")
		g.failure()
	case 4:
		g.line("if err == nil {")
		g.call()
		g.failure()
		g.line("}")
	case 5:
		g.line("go func() {")
		g.call()
		g.line("_ = err }()")
	case 6:
		g.line("{ send := func() (err error) {")
		g.call()
		g.line("return err }")
		g.line("err = send() }")
		g.failure()
	case 7:
		g.call()
		g.line("if err != nil {")
		if nested > 0 {
			g.step(nested - 1)
		} else {
			g.call()
		}
		g.line("}")
		g.failure()
	default:
		g.call()
		g.failure()
	}
}

// callee picks a function to call, nil for none. A plain one calls plain ones alone.
func (g *callersGenerator) callee() *madeCaller {
	if len(g.made) == 0 || g.Intn(3) == 0 {
		return nil
	}
	made := &g.made[g.Intn(len(g.made))]
	if made.depth >= maxCallers || g.plain && !made.plain {
		return nil
	}
	return made
}

// call writes an OCI call, or a call of a function written before, whose error goes to err.
func (g *callersGenerator) call() {
	if callee := g.callee(); callee != nil {
		g.depth = max(g.depth, callee.depth)
		arguments := "(ctx, client, clients, id)"
		if strings.HasPrefix(callee.name, "below.") {
			arguments = "(ctx, client, nil, id)"
		}
		switch callee.result {
		case "error":
			g.line("err = %s%s", callee.name, arguments)
		case "(string, error)", "(*string, error)", "(bool, error)":
			g.line("_, err = %s%s", callee.name, arguments)
		case "bool":
			g.line("if !%s%s { err = errGone }", callee.name, arguments)
		default:
			g.line("%s%s", callee.name, arguments)
		}
		return
	}
	if g.Intn(8) == 0 {
		g.line("err = %s", g.oneOf(
			`codeIs(ctx, client, id, "IncorrectState")`, `codeIs(ctx, client, id, "NotFound")`, "codeIs(ctx, client, id, id)",
			"statusIs(ctx, client, id, 409)", "statusIs(ctx, client, id, len(id))",
			`codeIs(ctx, client, id, "notfound")`, `codeIn(ctx, client, id, "IncorectState", "NotFond")`, `codeIn(ctx, client, id, strings.Fields("IncorectState NotFond")...)`,
			`codeIn(ctx, client, id, "IncorrectState", "NotFound")`, "codeIn(ctx, client, id)",
			"statusIn(ctx, client, id, map[int]bool{409: true})", "statusIn(ctx, client, id, nil)",
			`optionIs(ctx, client, id, &options{code: "IncorectState"})`, `optionIs(ctx, client, id, &options{"NotFound", 409})`,
			`optionIs(ctx, client, id, &options{code: "IncorrectState"})`, "optionIs(ctx, client, id, &options{status: 409})", "optionIs(ctx, client, id, new(options))",
			"judged(ctx, client, id, isGone)", `judged(ctx, client, id, func(err error) bool { return codeOf(err) == "IncorrectState" })`,
		))
		return
	}
	operation := g.oneOf("GetInstance", "TerminateInstance", "UpdateInstance", "LaunchInstance")
	fields := g.oneOf("", "", "", "", "", "InstanceId: &id", "InstanceId: &id", "RequestMetadata: insistent", "RequestMetadata: common.RequestMetadata{RetryPolicy: &always}", `OpcRetryToken: common.String("t")`)
	if strings.HasPrefix(fields, "InstanceId") && operation == "LaunchInstance" || strings.HasPrefix(fields, "OpcRetryToken") && operation != "LaunchInstance" {
		fields = ""
	}
	request := fmt.Sprintf("core.%sRequest{%s}", operation, fields)
	if operation == "GetInstance" && g.Intn(8) == 0 {
		request = "prepared"
	}
	g.line("_, err = %s.%s(ctx, %s)", g.oneOf("client", "client", "clients.compute", "clients.backup"), operation, request)
}

// failure writes what follows a call.
func (g *callersGenerator) failure() {
	if g.plain {
		g.line("%s", strings.ReplaceAll(g.oneOf(
			"if err != nil { LAST }",
			`if err != nil { log.Println("failed", err); LAST }`,
			`if err != nil { err = fmt.Errorf("call: %w", err); LAST }`,
			"count(id); if nil != err { LAST }",
		), "LAST", g.last))
		return
	}
	g.line("%s", strings.ReplaceAll(g.oneOf(
		"if err != nil { LAST }",
		"if err != nil { LAST }",
		"if err != nil { LAST }",
		`if err != nil { log.Println("failed", err); LAST }`,
		`if err != nil { err = fmt.Errorf("call: %w", err); LAST }`,
		`if err != nil { err = describe("call", err); LAST }`,
		`if err != nil { err = errors.New("call failed"); LAST }`,
		"if nil != err { LAST }",
		`if err != nil { log.Println("failed", err) }`,
		"_ = err",
		"count(id); if err != nil { LAST }",
		"countError(err); if err != nil { LAST }",
		"if isGone(err) { err = nil } else if err != nil { LAST }",
		"if err != nil && !isGone(err) { LAST }",
		`if codeOf(err) == "IncorrectState" { LAST }`,
		`if err != nil { if strings.Contains(err.Error(), "404") { err = errGone }; LAST }`,
		"if errors.Is(err, errGone) { LAST }",
		"if err != nil { clients.seen = err; LAST }",
		"if err != nil { queue <- err; LAST }",
		`if err != nil { panic(err) }`,
		`switch { case err == nil: case isGone(err): err = nil; default: LAST }`,
		`if err != nil { if clients.calls++; clients.calls > 3 { LAST } }`,
	), "LAST", g.last))
}
