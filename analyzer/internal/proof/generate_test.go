package proof

import (
	"fmt"
	"math/rand"
	"slices"
	"strconv"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
)

// generated is one predicate and all that it alone uses.
type generated struct {
	name   string
	source string
	traits []string // what it is made of
}

// generator writes predicates. Each answers for a row in exactly one way.
type generator struct {
	*rand.Rand
	number int
	decls  strings.Builder // of the predicate being written
	body   strings.Builder
	traits map[string]bool
	fresh  int
	depth  int // of nested expressions

	status, code, err, text string // expressions in scope; "" when there is none
}

const generatedHead = `package predicates

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/oracle/oci-go-sdk/v65/common"

	"testdata/shared"
)

var (
	_ = errors.New
	_ = fmt.Sprint
	_ = http.StatusOK
	_ = slices.Contains[[]int]
	_ = sort.SearchStrings
	_ = strconv.Itoa
	_ = strings.Contains
	_ = sync.OnceFunc
	_ = shared.Is
)

type pair struct {
	status int
	code   string
}

type verdict int

const (
	stop verdict = iota
	again
	later
)

type classifier interface{ classify(status int, code string) verdict }

type byStatus struct{ statuses []int }

func (b byStatus) classify(status int, _ string) verdict {
	for _, s := range b.statuses {
		if s == status {
			return again
		}
	}
	return stop
}

type byCode map[string]verdict

func (b byCode) classify(_ int, code string) verdict { return b[code] }

type failureError struct{ cause error }

func (f *failureError) Error() string { return "failure: " + f.cause.Error() }
func (f *failureError) Unwrap() error { return f.cause }

type hidingError struct{ cause error }

func (h hidingError) Error() string { return "hidden: " + h.cause.Error() }

type serviceError interface {
	error
	common.ServiceError
}

type holder struct {
	common.ServiceError
	note string
}

type named struct {
	common.ServiceError
	name string
}

func (n named) Error() string { return n.name }

type context struct {
	holder
	err error
}

func (c *context) status() int { return c.GetHTTPStatusCode() }
func (c context) has(code string) bool { return c.GetCode() == code }

var errSentinel = errors.New("sentinel")

func oneOf[T comparable](x T, list ...T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

func sought(list []string, code string) bool {
	i := sort.SearchStrings(list, code)
	return i < len(list) && list[i] == code
}

func either[T any](x T, tests ...func(T) bool) bool {
	for _, test := range tests {
		if test(x) {
			return true
		}
	}
	return false
}

type set[T comparable] map[T]struct{}

func (s set[T]) has(x T) bool {
	_, ok := s[x]
	return ok
}

func find[E error](err error) (E, bool) {
	var found E
	ok := errors.As(err, &found)
	return found, ok
}

func listed(codes []string, code string) bool {
	if len(codes) == 0 {
		return false
	}
	return codes[0] == code || listed(codes[1:], code)
}

func read(err error) (status int, code string, ok bool) {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return
	}
	return failure.GetHTTPStatusCode(), failure.GetCode(), true
}

func not(f func(int, string) bool) func(int, string) bool {
	return func(status int, code string) bool { return !f(status, code) }
}

`

// generate writes count predicates.
func generate(seed int64, count int) []*generated {
	g := &generator{Rand: rand.New(rand.NewSource(seed))}
	var all []*generated
	for range count {
		all = append(all, g.predicate())
	}
	return all
}

func (g *generator) predicate() *generated {
	g.number++
	g.decls.Reset()
	g.body.Reset()
	g.traits, g.fresh, g.depth = map[string]bool{}, 0, 0
	g.status, g.code, g.err, g.text = "", "", "r.Error", "r.Error.Error()"
	name := fmt.Sprintf("P%04d", g.number)
	results := "bool"
	ways := weigh(accesses)
	access := ways[g.Intn(len(ways))]
	if g.Intn(12) == 0 {
		g.trait("access:none") // only the error itself
	} else {
		g.trait("access:" + access.name)
		access.write(g)
	}
	shapes := weigh(frames)
	shape := shapes[g.Intn(len(shapes))]
	g.trait("frame:" + shape.name)
	shape.write(g)
	if strings.Contains(g.body.String(), "retry =") || strings.Contains(g.body.String(), "\treturn\n") {
		results = "(retry bool)"
	}
	source := fmt.Sprintf("%sfunc %s(r common.OCIOperationResponse) %s {\n%s}\n\n", g.decls.String(), name, results, g.body.String())
	traits := []string{}
	for trait := range g.traits {
		traits = append(traits, trait)
	}
	slices.Sort(traits)
	return &generated{name, source, traits}
}

// way is one of the alternatives that the generator picks from.
type way struct {
	name   string
	weight int
	write  func(g *generator)
}

func weigh(ways []way) []way {
	var all []way
	for _, w := range ways {
		for range max(w.weight, 1) {
			all = append(all, w)
		}
	}
	return all
}

func (g *generator) trait(name string) { g.traits[name] = true }

func (g *generator) name(prefix string) string {
	g.fresh++
	return fmt.Sprintf("%s%d", prefix, g.fresh)
}

// global returns a name for a declaration of this predicate alone.
func (g *generator) global(prefix string) string {
	g.fresh++
	return fmt.Sprintf("%s%04dx%d", prefix, g.number, g.fresh)
}

func (g *generator) line(format string, arguments ...any) {
	fmt.Fprintf(&g.body, "\t"+format+"\n", arguments...)
}

func (g *generator) declare(format string, arguments ...any) {
	fmt.Fprintf(&g.decls, format+"\n\n", arguments...)
}

func pick[T any](g *generator, list ...T) T { return list[g.Intn(len(list))] }

// verb picks one of the first two formats, rarely another one.
func (g *generator) verb(formats ...string) string {
	if g.Intn(8) > 0 {
		return formats[g.Intn(2)]
	}
	g.trait("odd verb")
	return pick(g, formats...)
}

func (g *generator) bool() string { return pick(g, "true", "false") }

// Sources of constants.

func (g *generator) row() catalog.Row {
	rows := catalog.Default().Rows()
	return rows[g.Intn(len(rows))]
}

func (g *generator) aStatus() int {
	if g.Intn(5) == 0 {
		return pick(g, 0, 200, 299, 300, 399, 402, 408, 413, 422, 428, 430, 499, 502, 504, 505, 599, 600)
	}
	return g.row().Status
}

var statusNames = map[int]string{
	400: "http.StatusBadRequest", 401: "http.StatusUnauthorized", 403: "http.StatusForbidden", 404: "http.StatusNotFound",
	409: "http.StatusConflict", 412: "http.StatusPreconditionFailed", 429: "http.StatusTooManyRequests",
	500: "http.StatusInternalServerError", 501: "http.StatusNotImplemented", 503: "http.StatusServiceUnavailable",
}

func (g *generator) statusText() string {
	status := g.aStatus()
	if name := statusNames[status]; name != "" && g.Intn(3) == 0 {
		return name
	}
	return strconv.Itoa(status)
}

func (g *generator) aCode() string {
	switch g.Intn(10) {
	case 0:
		return pick(g, "LockConflict", "Conflict", "BucketNotFound", "ExternalServerTimeout", "ResourceAlreadyExists", "")
	case 1:
		return strings.ToLower(g.row().Code)
	}
	return g.row().Code
}

func (g *generator) codeText() string { return strconv.Quote(g.aCode()) }

// piece is a part of a code.
func (g *generator) piece() string {
	code := g.row().Code
	from := g.Intn(len(code) - 1)
	to := from + 1 + g.Intn(len(code)-from)
	return code[from:min(to, len(code))]
}

// several returns different texts that one of the sources gives.
func (g *generator) several(n int, source func() string) []string {
	var all []string
	for range n * 4 {
		if text := source(); len(all) < n && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

// statuses are different in value, so that they can be the cases of one switch.
func (g *generator) statuses(n int) []string {
	return g.several(n, func() string { return strconv.Itoa(g.aStatus()) })
}

func (g *generator) codes(n int) []string { return g.several(n, g.codeText) }

// Ways to get at the status and the code.

func (g *generator) fail() string { return "return " + g.bool() }

func (g *generator) have(status, code string) { g.status, g.code = status, code }

func (g *generator) methods(f string) {
	g.line("_ = %s", f)
	g.have(f+".GetHTTPStatusCode()", f+".GetCode()")
}

// locals puts the status and the code into variables, sometimes.
func (g *generator) locals() {
	if g.Intn(2) == 0 {
		g.line("status, code := %s, %s", g.status, g.code)
		g.line("_, _ = status, code")
		g.have("status", "code")
	}
}

var accesses = []way{
	{"isServiceError", 6, func(g *generator) {
		function := pick(g, "IsServiceError", "IsServiceErrorRichInfo", "IsServiceErrorLocalizationMessage")
		g.line("failure, ok := common.%s(r.Error)", function)
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		g.methods("failure")
		g.locals()
	}},
	{"assertion", 2, func(g *generator) {
		g.line("failure, ok := r.Error.(common.%s)", pick(g, "ServiceError", "ServiceErrorRichInfo", "ServiceErrorLocalizationMessage"))
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		g.methods("failure")
		g.locals()
	}},
	{"ownInterface", 1, func(g *generator) {
		g.line("failure, ok := r.Error.(interface {\n\t\tGetHTTPStatusCode() int\n\t\tGetCode() string\n\t})")
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		g.methods("failure")
		g.locals()
	}},
	{"as", 3, func(g *generator) {
		g.line("var failure common.%s", pick(g, "ServiceError", "ServiceErrorRichInfo"))
		g.line("if !errors.As(r.Error, &failure) {\n\t\t%s\n\t}", g.fail())
		g.methods("failure")
		g.locals()
	}},
	{"asWrapped", 4, func(g *generator) {
		g.wrapped()
		g.line("var failure common.ServiceError")
		if g.Intn(2) == 0 {
			g.line("if !errors.As(err, &failure) {\n\t\treturn %s\n\t}", g.aboutErr("err"))
		} else {
			g.line("if errors.As(err, &failure) == false {\n\t\t%s\n\t}", g.fail())
		}
		g.methods("failure")
		g.locals()
		g.err = pick(g, "err", "r.Error")
		g.text = g.err + ".Error()"
	}},
	{"wrappedAssertion", 2, func(g *generator) {
		g.wrapped()
		g.line("failure, ok := common.IsServiceError(err)")
		g.line("if !ok {\n\t\treturn %s\n\t}", g.aboutErr("err"))
		g.methods("failure")
		g.locals()
	}},
	{"asType", 1, func(g *generator) {
		g.line("failure, ok := errors.AsType[serviceError](r.Error)")
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		g.methods("failure")
	}},
	{"genericAs", 1, func(g *generator) {
		g.line("failure, ok := find[serviceError](r.Error)")
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		g.methods("failure")
		g.locals()
	}},
	{"response", 3, func(g *generator) {
		g.line("if r.Response == nil || r.Response.HTTPResponse() == nil {\n\t\t%s\n\t}", g.fail())
		g.line("status := r.Response.HTTPResponse().StatusCode")
		g.line("_ = status")
		g.have("status", "")
	}},
	{"responseVariable", 2, func(g *generator) {
		g.line("if r.Response == nil {\n\t\t%s\n\t}", g.fail())
		g.line("response := r.Response.HTTPResponse()")
		g.line("if response != nil {")
		g.line("\tif response.StatusCode == %s {\n\t\t\treturn %s\n\t\t}", g.statusText(), g.bool())
		g.line("}")
		g.line("if response == nil {\n\t\t%s\n\t}", g.fail())
		g.have("response.StatusCode", "")
	}},
	{"helper", 3, func(g *generator) {
		g.line("status, code, ok := read(%s)", pick(g, "r.Error", "r.Error", "r.Error", `fmt.Errorf("%w", r.Error)`))
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		g.line("_, _ = status, code")
		g.have("status", "code")
	}},
	{"holder", 2, func(g *generator) {
		g.line("failure, ok := common.IsServiceError(r.Error)")
		g.line("if !ok {\n\t\t%s\n\t}", g.fail())
		if g.Intn(2) == 0 {
			g.line("h := holder{failure, %s}", g.codeText())
		} else {
			g.line("h := &context{holder: holder{ServiceError: failure}, err: r.Error}")
			if g.Intn(2) == 0 {
				g.line("if h.has(%s) || h.status() > %d {\n\t\t%s\n\t}", g.codeText(), g.aStatus(), g.fail())
			}
		}
		g.methods("h")
		g.locals()
	}},
	{"methodValue", 2, func(g *generator) {
		g.line("failure, _ := common.IsServiceError(r.Error)")
		g.line("status, code := failure.GetHTTPStatusCode, failure.GetCode")
		g.line("_, _ = status, code")
		g.have("status()", "code()")
	}},
	{"methodExpression", 1, func(g *generator) {
		g.line("failure, _ := common.IsServiceError(r.Error)")
		g.line("_ = failure")
		g.have("common.ServiceError.GetHTTPStatusCode(failure)", "common.ServiceError.GetCode(failure)")
	}},
	{"unwrapLoop", 2, func(g *generator) {
		g.line("err := error(&failureError{fmt.Errorf(%q, r.Error)})", pick(g, "a: %w", "b: %v"))
		g.line("status, code := 0, \"\"")
		g.line("for err != nil {")
		g.line("\tif failure, ok := common.IsServiceError(err); ok {")
		g.line("\t\tstatus, code = failure.GetHTTPStatusCode(), failure.GetCode()")
		g.line("\t\tbreak\n\t\t}")
		g.line("\terr = errors.Unwrap(err)\n\t}")
		g.line("_, _ = status, code")
		g.have("status", "code")
	}},
	{"typeSwitch", 2, func(g *generator) {
		g.line("status, code := 0, \"\"")
		g.line("switch failure := r.Error.(type) {")
		g.line("case nil:\n\t\t%s", g.fail())
		g.line("case *failureError:\n\t\treturn failure.cause == nil")
		g.line("case common.ServiceError:\n\t\tstatus, code = failure.GetHTTPStatusCode(), failure.GetCode()")
		g.line("default:\n\t\t%s\n\t}", g.fail())
		g.line("_, _ = status, code")
		g.have("status", "code")
	}},
	{"closure", 1, func(g *generator) {
		g.line("status, code := 0, \"\"")
		g.line("look := func(err error) {")
		g.line("\tif failure, ok := common.IsServiceError(err); ok {\n\t\t\tstatus, code = failure.GetHTTPStatusCode(), failure.GetCode()\n\t\t}\n\t}")
		g.line("look(r.Error)")
		g.line("_, _ = status, code")
		g.have("status", "code")
	}},
	{"own", 1, func(g *generator) {
		g.line("failure, _ := common.IsServiceError(r.Error)")
		g.line("own := named{failure, %q}", "own")
		g.line("err := error(own)\n\t_ = err")
		g.methods("own")
		g.err, g.text = "err", "err.Error()"
		g.trait("own error type")
	}},
	{"shared", 1, func(g *generator) {
		g.line("status := shared.Status(%s)", pick(g, "r.Error", "&shared.Failure{Operation: \"get\", Cause: r.Error}", "shared.Opaque{Cause: r.Error}"))
		g.line("_ = status")
		g.have("status", "")
	}},
}

// wrapped declares err, which may hold the row's error.
func (g *generator) wrapped() {
	g.trait("wrapped")
	if g.Intn(20) == 0 {
		g.trait("odd verb")
		g.line("err := fmt.Errorf(%q, r.Error)", pick(g, "%T", "%q", "%.20s", "%x"))
		return
	}
	g.line("err := %s", pick(g,
		`fmt.Errorf("call: %w", r.Error)`, `fmt.Errorf("call: %v", r.Error)`, `fmt.Errorf("call %d of %s: %w", 3, "get", r.Error)`,
		`fmt.Errorf("%w: %w", errSentinel, r.Error)`, `fmt.Errorf("%w: %v", errSentinel, r.Error)`, `errors.Join(r.Error)`,
		`errors.Join(errSentinel, r.Error)`, `errors.Join(nil, r.Error, nil)`, `errors.New(r.Error.Error())`,
		`error(&failureError{r.Error})`, `error(hidingError{r.Error})`, `fmt.Errorf("outer: %w", &failureError{r.Error})`,
		`error(&failureError{fmt.Errorf("inner: %v", r.Error)})`, `error(&shared.Failure{Operation: "get", Cause: r.Error})`,
		`fmt.Errorf("x: %w", hidingError{r.Error})`, `fmt.Errorf("a: %w", fmt.Errorf("b: %w", r.Error))`, `fmt.Errorf("%s", r.Error)`,
		`errors.Unwrap(fmt.Errorf("x: %w", r.Error))`,
	))
}

// aboutErr is a question about an error that may be another one than the row's.
func (g *generator) aboutErr(err string) string {
	return pick(g,
		"true", "false", "errors.Is("+err+", errSentinel)", "errors.Is("+err+", r.Error)",
		"common.IsErrorRetryableByDefault("+err+")", "common.IsErrorAffectedByEventualConsistency("+err+")",
		"errors.Unwrap("+err+") == nil", "errors.Unwrap("+err+") != nil", "error("+err+") != nil",
		fmt.Sprintf("strings.Contains(%s.Error(), %s)", err, g.errorPiece()),
		"shared.Is("+err+", "+g.statusText()+", \"\")", "shared.Is("+err+", 0, "+g.codeText()+")",
		"shared.IsTransient("+err+")", "common.IsNetworkError("+err+")", "common.IsCircuitBreakerError("+err+")",
		"common.DefaultShouldRetryOperation(common.OCIOperationResponse{Response: r.Response, Error: "+err+"})",
	)
}

// errorPiece is a text that is looked for in an error's text. A code is certainly there or not; what a code stands in
// is certain only for its own row.
func (g *generator) errorPiece() string {
	row := g.row()
	switch g.Intn(15) {
	case 0:
		return strconv.Quote(fmt.Sprintf("Http Status Code: %d. Error Code: %s.", row.Status, row.Code))
	case 1:
		return strconv.Quote("Error Code: " + row.Code)
	case 2:
		return strconv.Quote("Error Code: ")
	}
	return strconv.Quote(row.Code)
}

// Expressions.

var operators = []string{"==", "!=", "<", "<=", ">", ">="}

// number writes an expression of the status or the code and a constant near what it can be.
func (g *generator) numeric() (expression, constant string) {
	status := g.status
	if status == "" {
		status = "len(" + g.code + ")"
		return status, strconv.Itoa(8 + g.Intn(20))
	}
	n := g.aStatus()
	choices := []func() (string, string){
		func() (string, string) { return status, g.statusText() },
		func() (string, string) { return status, g.statusText() },
		func() (string, string) { return status, g.statusText() },
		func() (string, string) { return status + "/100", strconv.Itoa(pick(g, 3, 4, 5, n/100)) },
		func() (string, string) { return status + "%100", strconv.Itoa(n % 100) },
		func() (string, string) { return status + "&0xff", strconv.Itoa(n & 0xff) },
		func() (string, string) { return status + ">>2", strconv.Itoa(n >> 2) },
		func() (string, string) { return status + "<<1", strconv.Itoa(n << 1) },
		func() (string, string) { return status + "-400", strconv.Itoa(n - 400) },
		func() (string, string) { return "-" + status, strconv.Itoa(-n) },
		func() (string, string) { return "^" + status, strconv.Itoa(^n) },
		func() (string, string) { return status + "^409", strconv.Itoa(n ^ 409) },
		func() (string, string) { return status + "|1", strconv.Itoa(n | 1) },
		func() (string, string) { return status + "&^1", strconv.Itoa(n &^ 1) },
		func() (string, string) { return "(400-" + status + ")/3", strconv.Itoa((400 - n) / 3) },
		func() (string, string) { return "(400-" + status + ")%7", strconv.Itoa((400 - n) % 7) },
		func() (string, string) { return "uint8(" + status + ")", strconv.Itoa(int(uint8(n))) },
		func() (string, string) { return "int8(" + status + ")", strconv.Itoa(int(int8(n))) },
		func() (string, string) { return "uint32(" + status + ")-450", strconv.Itoa(int(uint32(n))) },
		func() (string, string) { return "int16(" + status + ")*100", strconv.Itoa(int(int16(n) * 100)) },
		func() (string, string) { return "int64(" + status + ")", strconv.Itoa(n) },
		func() (string, string) {
			return "float64(" + status + ")/100", pick(g, "4", "4.04", "5.0", "4.5", "5.03")
		},
		func() (string, string) { return "int(float64(" + status + ")/100)", strconv.Itoa(n / 100) },
		func() (string, string) { return "max(" + status + ", 404)", strconv.Itoa(max(n, 404)) },
		func() (string, string) { return "min(" + status + ", 500)", strconv.Itoa(min(n, 500)) },
		func() (string, string) { return "len(strconv.Itoa(" + status + "))", "3" },
	}
	if g.code != "" {
		code, aCode := g.code, g.row().Code
		choices = append(choices,
			func() (string, string) { return "len(" + code + ")", strconv.Itoa(len(aCode)) },
			func() (string, string) {
				return fmt.Sprintf("strings.Index(%s, %q)", code, aCode[:3]), pick(g, "0", "-1")
			},
			func() (string, string) {
				return fmt.Sprintf("strings.Count(%s, %q)", code, pick(g, "o", "t", "Not")), pick(g, "1", "2")
			},
			func() (string, string) { return code + "[0]", pick(g, "'I'", "'N'", "'T'") },
			func() (string, string) { return status + "+len(" + code + ")", strconv.Itoa(n + len(aCode)) },
		)
	}
	return choices[g.Intn(len(choices))]()
}

func (g *generator) onStatus() string {
	if g.status == "" {
		return g.onError()
	}
	g.trait("status")
	status := g.status
	switch g.Intn(14) {
	case 0:
		low := g.aStatus()
		return fmt.Sprintf("(%s %s %d && %s %s %d)", status, pick(g, ">=", ">"), low, status, pick(g, "<", "<="), low+pick(g, 0, 1, 10, 100))
	case 1:
		return fmt.Sprintf("(%s < %d || %s > %d)", status, g.aStatus(), status, g.aStatus())
	case 2:
		g.trait("slices")
		return fmt.Sprintf("slices.Contains([]int{%s}, %s)", strings.Join(g.statuses(1+g.Intn(4)), ", "), status)
	case 3:
		g.trait("generic")
		return fmt.Sprintf("oneOf(%s, %s)", status, strings.Join(g.statuses(1+g.Intn(4)), ", "))
	case 4:
		g.trait("table")
		table := g.global("statuses")
		var entries []string
		for _, s := range g.statuses(1 + g.Intn(4)) {
			entries = append(entries, s+": "+g.bool())
		}
		g.declare("var %s = map[int]bool{%s}", table, strings.Join(entries, ", "))
		return table + "[" + status + "]"
	case 5:
		g.trait("generic set")
		var entries []string
		for _, s := range g.statuses(1 + g.Intn(4)) {
			entries = append(entries, s+": {}")
		}
		return fmt.Sprintf("(set[int]{%s}).has(%s)", strings.Join(entries, ", "), status)
	case 6:
		g.trait("array")
		return fmt.Sprintf("([%d]bool{%d: true})[%s/100]", pick(g, 6, 6, 6, 5), pick(g, 0, 4), status)
	case 7:
		g.trait("text of status")
		return fmt.Sprintf("strconv.Itoa(%s) == %q", status, strconv.Itoa(g.aStatus()))
	case 8:
		g.trait("text of status")
		return fmt.Sprintf("strings.HasPrefix(fmt.Sprintf(%q, %s), %q)", g.verb("%d", "%v", "%05d", "%x", "%5d", "%+d"), status, pick(g, "4", "5", "40", "0", " ", "1"))
	}
	g.trait("numeric")
	expression, constant := g.numeric()
	operator := pick(g, operators...)
	if g.Intn(5) == 0 && !strings.HasPrefix(constant, "-") {
		return fmt.Sprintf("%s %s %s", constant, operator, expression)
	}
	return fmt.Sprintf("%s %s %s", expression, operator, constant)
}

func (g *generator) onCode() string {
	if g.code == "" {
		return g.onStatus()
	}
	g.trait("code")
	code := g.code
	switch g.Intn(24) {
	case 0:
		return fmt.Sprintf("strings.%s(%s, %q)", pick(g, "HasPrefix", "HasSuffix", "Contains"), code, g.piece())
	case 1:
		return fmt.Sprintf("strings.EqualFold(%s, %s)", code, g.codeText())
	case 2:
		return fmt.Sprintf("strings.ToLower(%s) == %q", code, strings.ToLower(g.aCode()))
	case 3:
		return fmt.Sprintf("strings.Contains(strings.ToLower(%s), %q)", code, strings.ToLower(g.piece()))
	case 4:
		g.trait("slices")
		return fmt.Sprintf("slices.Contains([]string{%s}, %s)", strings.Join(g.codes(1+g.Intn(4)), ", "), code)
	case 5:
		g.trait("table")
		table := g.global("codes")
		g.declare("var %s = []string{%s}", table, strings.Join(g.codes(1+g.Intn(4)), ", "))
		return fmt.Sprintf(pick(g, "slices.Contains(%s, %s)", "listed(%s, %s)", "slices.Index(%s, %s) >= 0", "slices.Index(%s, %s) == 1"), table, code)
	case 6:
		g.trait("table")
		table := g.global("codes")
		var entries []string
		for _, c := range g.codes(1 + g.Intn(4)) {
			entries = append(entries, c+": "+g.bool())
		}
		g.declare("var %s = map[string]bool{%s}", table, strings.Join(entries, ", "))
		return table + "[" + code + "]"
	case 7:
		g.trait("generic")
		return fmt.Sprintf("oneOf(%s, %s)", code, strings.Join(g.codes(1+g.Intn(4)), ", "))
	case 8:
		g.trait("recursion")
		return fmt.Sprintf("listed([]string{%s}, %s)", strings.Join(g.codes(1+g.Intn(4)), ", "), code)
	case 9:
		g.trait("slices func")
		return fmt.Sprintf("slices.ContainsFunc([]string{%s}, func(c string) bool { return strings.%s(%s, c) })",
			strings.Join(g.codes(1+g.Intn(4)), ", "), pick(g, "EqualFold", "HasPrefix", "Contains"), code)
	case 10:
		return fmt.Sprintf("%s %s %s", code, pick(g, operators...), strconv.Quote(g.piece()))
	case 11:
		g.trait("generic func")
		return fmt.Sprintf("either(%s, func(c string) bool { return c == %s }, func(c string) bool { return len(c) %s %d })", code, g.codeText(), pick(g, operators...), len(g.row().Code))
	case 12:
		g.trait("trim")
		row := g.row().Code
		return fmt.Sprintf("strings.%s(%s, %q) == %q", pick(g, "TrimPrefix", "TrimSuffix", "Trim"), code, pick(g, row[:3], row[len(row)-3:]), pick(g, row[3:], row[:len(row)-3]))
	case 13:
		g.trait("slicing")
		return fmt.Sprintf("%s[%s] == %q", code, pick(g, ":3", "3:6", "len("+code+")-5:"), pick(g, "Not", "Inv", "Too", "Int", "Found", "State", "ors"))
	case 14:
		g.trait("join")
		return fmt.Sprintf("%q + %s == %q", "x", code, "x"+g.aCode())
	case 15:
		if g.status != "" {
			g.trait("sprintf")
			row := g.row()
			return fmt.Sprintf("fmt.Sprintf(%q, %s, %s) == %q", "%d/%s", g.status, code, fmt.Sprintf("%d/%s", row.Status, row.Code))
		}
	case 16:
		g.trait("sprintf")
		return fmt.Sprintf("fmt.Sprintf(%q, %s) == %q", g.verb("%s", "%v", "<%s>", "%q", "%-3s", "%d", "%T", "%.3s"), code, pick(g, `"`+g.aCode()+`"`, g.aCode(), "string", g.row().Code[:3], "<"+g.aCode()+">"))
	case 17:
		if g.status != "" {
			g.trait("pair")
			var entries []string
			for range 1 + g.Intn(3) {
				row := g.row()
				entry := fmt.Sprintf("{%d, %q}: ", row.Status, row.Code)
				if !slices.ContainsFunc(entries, func(e string) bool { return strings.HasPrefix(e, entry) }) {
					entries = append(entries, entry+g.bool())
				}
			}
			table := g.global("pairs")
			g.declare("var %s = map[pair]bool{%s}", table, strings.Join(entries, ", "))
			return fmt.Sprintf("%s[pair{%s, %s}]", table, g.status, code)
		}
	case 18:
		if g.status != "" {
			g.trait("pair")
			row := g.row()
			return fmt.Sprintf("(pair{%s, %s}) %s (pair{%d, %q})", g.status, code, pick(g, "==", "!="), row.Status, row.Code)
		}
	case 19:
		g.trait("search")
		codes := g.codes(1 + g.Intn(5))
		slices.Sort(codes)
		list := "[]string{" + strings.Join(codes, ", ") + "}"
		return fmt.Sprintf(pick(g, "sought(%s, %s)", "sort.SearchStrings(%s, %s) == 1"), list, code)
	case 20:
		g.trait("once")
		table := g.global("first")
		g.declare("var %s = sync.OnceValues(func() ([]string, map[string]bool) { return []string{%s}, map[string]bool{%s: true} })", table, strings.Join(g.codes(1+g.Intn(4)), ", "), g.codeText())
		once := g.name("once")
		return fmt.Sprintf("func() bool { %s, of := %s(); return of[%s] || slices.Contains(%s, %s) }()", once, table, code, once, code)
	}
	return fmt.Sprintf("%s %s %s", code, pick(g, "==", "==", "!="), g.codeText())
}

func (g *generator) onError() string {
	g.trait("error")
	err := g.err
	switch g.Intn(16) {
	case 0:
		return "error(" + err + ")" + pick(g, " != nil", " == nil")
	case 1:
		g.trait("text")
		return fmt.Sprintf("strings.Contains(%s, %s)", g.text, g.errorPiece())
	case 2:
		g.trait("text")
		return fmt.Sprintf("strings.Contains(strings.ToLower(%s), %s)", g.text, strings.ToLower(g.errorPiece()))
	case 3:
		g.trait("text")
		return fmt.Sprintf("strings.%s(%s, %s)", pick(g, "HasPrefix", "HasSuffix", "EqualFold"), g.text, strconv.Quote(g.row().Code))
	case 4:
		g.trait("text")
		return fmt.Sprintf("%s == %s", g.text, strconv.Quote(g.row().Code))
	case 5:
		g.trait("text")
		return fmt.Sprintf("strings.Index(%s, %s) %s", g.text, g.errorPiece(), pick(g, "< 0", "!= -1", ">= 0", "== -1"))
	case 6:
		g.trait("default")
		return "common.DefaultShouldRetryOperation(r)"
	case 7:
		g.trait("default")
		return fmt.Sprintf("common.%s(%s)", pick(g, "IsErrorRetryableByDefault", "IsErrorAffectedByEventualConsistency", "IsNetworkError", "IsCircuitBreakerError"), err)
	case 8:
		g.trait("shared")
		return fmt.Sprintf("shared.Is(%s, %s, %s)", err, pick(g, "0", g.statusText()), pick(g, `""`, g.codeText()))
	case 9:
		g.trait("shared")
		return "shared.IsTransient(" + err + ")"
	case 10:
		return fmt.Sprintf("errors.Is(%s, %s)", err, pick(g, "errSentinel", err, "nil"))
	case 11:
		g.trait("shared")
		return fmt.Sprintf("slices.Contains(shared.Transient, %s)", pick(g, g.codeOr(), g.codeText()))
	case 12:
		if g.status != "" {
			g.trait("shared")
			return fmt.Sprintf("shared.Statuses[%s]", g.status)
		}
	case 13:
		if g.Intn(3) == 0 {
			g.trait("panics")
			return pick(g, "r.Error == r.Error", "(map[error]bool{})[r.Error]", "any(r.Error) == any(r.Error)", "len([]int{}[1:]) == 0")
		}
	case 14:
		g.trait("text")
		return fmt.Sprintf("strings.Contains(fmt.Sprintf(%q, %s), %s)", g.verb("%v", "call: %s", "%T", "%q"), err, strconv.Quote(g.row().Code))
	}
	if g.Intn(30) == 0 {
		g.trait("unknown text")
		return fmt.Sprintf("strings.Contains(%s, %q)", g.text, pick(g, "try again later", "404", "timed out", "Try again", "too many requests"))
	}
	return fmt.Sprintf("r.Response.HTTPResponse().StatusCode %s %s", pick(g, operators...), g.statusText())
}

func (g *generator) codeOr() string {
	if g.code == "" {
		return g.codeText()
	}
	return g.code
}

// condition writes a boolean expression about the row.
func (g *generator) condition() string {
	g.depth++
	defer func() { g.depth-- }()
	if g.depth < 4 {
		switch g.Intn(9) {
		case 0:
			return "(" + g.condition() + " && " + g.condition() + ")"
		case 1:
			return "(" + g.condition() + " || " + g.condition() + ")"
		case 2:
			return "!(" + g.condition() + ")"
		case 3:
			if g.Intn(2) == 0 {
				g.trait("bool equality")
				return "((" + g.condition() + ") " + pick(g, "==", "!=") + " (" + g.condition() + "))"
			}
		case 4:
			if g.Intn(3) == 0 {
				g.trait("literal called")
				return "func() bool { return " + g.condition() + " }()"
			}
		}
	}
	switch g.Intn(9) {
	case 0, 1, 2:
		return g.onStatus()
	case 3, 4, 5, 6:
		return g.onCode()
	}
	return g.onError()
}

// Bodies.

func (g *generator) statusOr() string {
	if g.status == "" {
		return "r.Response.HTTPResponse().StatusCode"
	}
	return g.status
}

var frames = []way{
	{"return", 4, func(g *generator) { g.line("return %s", g.condition()) }},
	{"if", 4, func(g *generator) {
		answer := g.bool()
		g.line("if %s {\n\t\treturn %s\n\t}", g.condition(), answer)
		g.line("return %s", pick(g, "!"+answer, g.condition()))
	}},
	{"early", 4, func(g *generator) {
		for range 2 + g.Intn(3) {
			g.line("if %s {\n\t\t%s\n\t}", g.condition(), g.fail())
		}
		g.line("%s", g.fail())
	}},
	{"nested", 2, func(g *generator) {
		g.line("if %s {\n\t\tif %s {\n\t\t\t%s\n\t\t} else if %s {\n\t\t\t%s\n\t\t}\n\t} else {\n\t\t%s\n\t}", g.condition(), g.condition(), g.fail(), g.condition(), g.fail(), g.fail())
		g.line("return %s", g.condition())
	}},
	{"switchStatus", 4, func(g *generator) {
		g.line("switch %s {", g.statusOr())
		statuses := g.statuses(5)
		g.line("case %s:\n\t\t%s", statuses[0], pick(g, g.fail(), "fallthrough"))
		g.line("case %s:\n\t\treturn %s", strings.Join(statuses[1:3], ", "), g.condition())
		g.line("case %s:\n\t\t%s", strings.Join(statuses[3:], ", "), g.fail())
		if g.Intn(2) == 0 {
			g.line("default:\n\t\t%s", pick(g, g.fail(), "break"))
		}
		g.line("}\n\treturn %s", g.condition())
	}},
	{"switchCode", 4, func(g *generator) {
		g.line("switch %s {", g.codeOr2())
		codes := g.codes(5)
		if g.Intn(3) == 0 {
			g.line("default:\n\t\t%s", pick(g, g.fail(), "fallthrough"))
		}
		g.line("case %s:\n\t\t%s", strings.Join(codes[:2], ", "), pick(g, g.fail(), "fallthrough"))
		g.line("case %s:\n\t\tif %s {\n\t\t\tbreak\n\t\t}\n\t\t%s", codes[2], g.condition(), g.fail())
		g.line("case %s:\n\t\treturn %s", strings.Join(codes[3:], ", "), g.condition())
		g.line("}\n\t%s", g.fail())
	}},
	{"switchTrue", 3, func(g *generator) {
		g.line("switch {")
		g.line("case %s:\n\t\t%s", g.condition(), pick(g, g.fail(), "fallthrough"))
		g.line("case %s, %s:\n\t\t%s", g.condition(), g.condition(), g.fail())
		g.line("case %s:\n\t\treturn %s", g.condition(), g.condition())
		g.line("}\n\t%s", g.fail())
	}},
	{"deferred", 3, func(g *generator) {
		g.line("defer func() {\n\t\tif %s {\n\t\t\tretry = %s\n\t\t}\n\t}()", g.condition(), pick(g, "true", "false", "!retry"))
		if g.Intn(2) == 0 {
			g.line("defer func() { retry = retry != (%s) }()", g.condition())
		}
		g.line("return %s", g.condition())
	}},
	{"namedResult", 3, func(g *generator) {
		g.line("retry = %s", g.condition())
		g.line("if retry {\n\t\treturn\n\t}")
		g.line("retry = %s", g.condition())
		g.line("return")
	}},
	{"recovered", 2, func(g *generator) {
		g.line("defer func() {\n\t\tif recover() != nil {\n\t\t\tretry = %s\n\t\t}\n\t}()", pick(g, "true", "false", g.condition()))
		g.line("if %s {\n\t\tpanic(r.Error)\n\t}", g.condition())
		g.line("return %s", g.condition())
	}},
	{"panic", 1, func(g *generator) {
		g.line("if %s {\n\t\tpanic(%s)\n\t}", g.condition(), pick(g, "r.Error", `"no"`))
		g.line("return %s", g.condition())
	}},
	{"loop", 3, func(g *generator) {
		table := g.global("codes")
		g.declare("var %s = %s{%s}", table, pick(g, "[]string", "[...]string"), strings.Join(g.codes(2+g.Intn(4)), ", "))
		g.line("for %s := range %s {", pick(g, "_, entry", "i, entry"), table)
		text := g.body.String()
		if strings.HasSuffix(text, "for i, entry := range "+table+" {\n") {
			g.line("\tif i %s %d {\n\t\t\t%s\n\t\t}", pick(g, operators...), g.Intn(4), pick(g, "continue", "break"))
		}
		g.line("\tif %s {\n\t\t\t%s\n\t\t}", pick(g, "entry == "+g.codeOr2(), "strings.Contains("+g.codeOr2()+", entry)", "strings.EqualFold(entry, "+g.codeOr2()+")"), g.fail())
		g.line("}\n\treturn %s", g.condition())
	}},
	{"structLoop", 2, func(g *generator) {
		table := g.global("rules")
		var entries []string
		for range 1 + g.Intn(4) {
			row := g.row()
			entries = append(entries, fmt.Sprintf("{%s, %s, %s}", pick(g, "0", strconv.Itoa(row.Status)), pick(g, `""`, strconv.Quote(row.Code)), g.bool()))
		}
		g.declare("var %s = []struct {\n\tstatus int\n\tcode   string\n\tretry  bool\n}{%s}", table, strings.Join(entries, ", "))
		g.line("for _, entry := range %s {", table)
		g.line("\tif (entry.status == 0 || entry.status == %s) && (entry.code == \"\" || entry.code == %s) {\n\t\t\treturn entry.retry\n\t\t}", g.statusOr(), g.codeOr2())
		g.line("}\n\treturn %s", g.condition())
	}},
	{"count", 2, func(g *generator) {
		g.line("n := 0")
		for i := range 2 + g.Intn(3) {
			g.line("if %s {\n\t\tn %s\n\t}", g.condition(), pick(g, "++", fmt.Sprintf("+= %d", i+1), fmt.Sprintf("|= 1 << %d", i)))
		}
		g.line("return n %s %d", pick(g, operators...), g.Intn(5))
	}},
	{"functionTable", 2, func(g *generator) {
		table := g.global("tests")
		g.status, g.code = "status", "code"
		err, text := g.err, g.text
		outer := g.status
		_ = outer
		var entries []string
		for range 1 + g.Intn(3) {
			entries = append(entries, "func(status int, code string) bool { return "+pick(g, g.onCode(), g.onStatus())+" }")
		}
		g.err, g.text = err, text
		g.declare("var %s = []func(int, string) bool{\n\t%s,\n}", table, strings.Join(entries, ",\n\t"))
		g.line("failed, _ := common.IsServiceError(r.Error)")
		g.line("for _, test := range %s {\n\t\tif %s(failed.GetHTTPStatusCode(), failed.GetCode()) {\n\t\t\t%s\n\t\t}\n\t}", table, pick(g, "test", "not(test)"), g.fail())
		g.line("%s", g.fail())
	}},
	{"interfaces", 2, func(g *generator) {
		g.line("for _, c := range []classifier{byStatus{[]int{%s}}, byCode{%s: %s, %s: later}} {", strings.Join(g.statuses(2), ", "), strconv.Quote(g.row().Code), pick(g, "again", "later"), strconv.Quote("x"+g.aCode()))
		g.line("\tif v := c.classify(%s, %s); v %s %s {\n\t\t\t%s\n\t\t}\n\t}", g.statusOr(), g.codeOr2(), pick(g, "==", "!="), pick(g, "stop", "again", "later"), g.fail())
		g.line("return %s", g.condition())
	}},
	{"closures", 2, func(g *generator) {
		g.line("is := func(s int, c string) bool { return %s == s && (c == \"\" || %s == c) }", g.statusOr(), g.codeOr2())
		g.line("return %sis(%s, %s) %s is(%s, \"\") || %s", pick(g, "", "!"), g.statusText(), g.codeText(), pick(g, "||", "&&"), g.statusText(), g.condition())
	}},
	{"builtMap", 2, func(g *generator) {
		g.line("seen := make(map[string]int)")
		for _, code := range g.codes(1 + g.Intn(3)) {
			g.line("seen[%s] %s %d", code, pick(g, "=", "+="), g.Intn(3))
		}
		g.line("if %s {\n\t\tseen[%s]++\n\t}", g.condition(), g.codeOr2())
		if g.Intn(3) == 0 {
			g.line("delete(seen, %s)", g.codeText())
		}
		g.line("n, ok := seen[%s]", g.codeOr2())
		g.line("return ok %s n %s %d", pick(g, "&&", "||"), pick(g, operators...), g.Intn(3))
	}},
	{"builtSlice", 2, func(g *generator) {
		g.line("codes := append([]string{%s}, %s)", g.codeText(), g.codeText())
		g.line("if %s {\n\t\tcodes = append(codes, %s)\n\t}", g.condition(), g.codeOr2())
		g.line("return %s", pick(g, "slices.Contains(codes, "+g.codeOr2()+")", "listed(codes, "+g.codeOr2()+")", "len(codes) > 2", "codes[len(codes)-1] == "+g.codeText()))
	}},
	{"runes", 1, func(g *generator) {
		g.line("n := 0")
		g.line("for %s {\n\t\tif 'A' <= c && c <= 'Z' {\n\t\t\tn++\n\t\t}\n\t}", pick(g, "_, c := range "+g.codeOr2(), "_, c := range []byte("+g.codeOr2()+")"))
		g.line("return n %s %d", pick(g, operators...), 1+g.Intn(5))
	}},
	{"goto", 1, func(g *generator) {
		g.line("if %s {\n\t\tgoto yes\n\t}", g.condition())
		g.line("if %s {\n\t\tgoto no\n\t}", g.condition())
		g.line("if %s {\n\t\treturn %s\n\t}", g.condition(), g.bool())
		g.line("goto no\nyes:\n\treturn true\nno:\n\treturn false")
	}},
	{"pointer", 1, func(g *generator) {
		g.line("answer := %s", g.condition())
		g.line("p := &answer")
		g.line("if %s {\n\t\t*p = !*p\n\t}", g.condition())
		g.line("return answer")
	}},
	{"enum", 2, func(g *generator) {
		function := g.global("kind")
		status, code, err, text := g.status, g.code, g.err, g.text
		g.status, g.code, g.err, g.text = "status", "code", "err", "err.Error()"
		body := fmt.Sprintf("switch {\n\tcase %s:\n\t\treturn again\n\tcase %s:\n\t\treturn later\n\t}\n\treturn stop", g.onCode(), g.onStatus())
		body = strings.ReplaceAll(body, "r.Error", "err")
		g.status, g.code, g.err, g.text = status, code, err, text
		if strings.Contains(body, "r.Response") || strings.Contains(body, "(r)") {
			body = "if status > 450 {\n\t\treturn again\n\t}\n\treturn stop"
		}
		g.declare("func %s(status int, code string, err error) (v verdict) {\n\t%s\n}", function, body)
		g.line("return %s(%s, %s, %s) %s %s", function, g.statusOr(), g.codeOr2(), g.err, pick(g, "==", "!=", ">="), pick(g, "again", "later"))
	}},
	{"bounded", 1, func(g *generator) {
		g.line("var rest = %s", g.statusOr())
		g.line("for rest > 9 {\n\t\trest /= 10\n\t}")
		g.line("return rest %s %d", pick(g, operators...), 3+g.Intn(3))
	}},
	{"labels", 1, func(g *generator) {
		g.line("outer:\n\tfor _, s := range []int{%s} {\n\t\tfor _, c := range []string{%s} {", strings.Join(g.statuses(3), ", "), strings.Join(g.codes(3), ", "))
		g.line("\t\tif s != %s {\n\t\t\t\tcontinue outer\n\t\t\t}", g.statusOr())
		g.line("\t\tif c == %s {\n\t\t\t\t%s\n\t\t\t}", g.codeOr2(), pick(g, "break outer", "return true"))
		g.line("\t}\n\t}\n\treturn %s", g.condition())
	}},
}

// codeOr2 is an expression of the code, or of the error where the code is not at hand.
func (g *generator) codeOr2() string {
	if g.code == "" {
		return `func() string { f, _ := common.IsServiceError(r.Error); return f.GetCode() }()`
	}
	return g.code
}
