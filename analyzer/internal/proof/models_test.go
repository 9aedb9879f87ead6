package proof

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// modelled are the SDK's functions that the evaluator answers without running them, each in a predicate.
var modelled = []struct {
	name, body string
	want       func(row *eval.Row) bool // what the model's own table says; nil when it has none
}{
	{"serviceError", `_, ok := common.IsServiceError(r.Error); return ok`, always},
	{"richInfo", `_, ok := common.IsServiceErrorRichInfo(r.Error); return ok`, always},
	{"localization", `_, ok := common.IsServiceErrorLocalizationMessage(r.Error); return ok`, always},
	{"wrappedServiceError", `_, ok := common.IsServiceError(fmt.Errorf("x: %w", r.Error)); return ok`, never},
	{"wrappedRichInfo", `_, ok := common.IsServiceErrorRichInfo(fmt.Errorf("x: %w", r.Error)); return ok`, never},
	{"wrappedLocalization", `_, ok := common.IsServiceErrorLocalizationMessage(fmt.Errorf("x: %w", r.Error)); return ok`, never},
	{"retryable", `return common.IsErrorRetryableByDefault(r.Error)`, retried},
	{"retryableWrapped", `return common.IsErrorRetryableByDefault(fmt.Errorf("x: %w", r.Error))`, never},
	{"retryableEOF", `return common.IsErrorRetryableByDefault(io.EOF)`, nil},
	{"retryableNil", `return common.IsErrorRetryableByDefault(nil)`, never},
	{"affected", `return common.IsErrorAffectedByEventualConsistency(r.Error)`, affected},
	{"affectedWrapped", `return common.IsErrorAffectedByEventualConsistency(fmt.Errorf("x: %w", r.Error))`, never},
	{"network", `return common.IsNetworkError(r.Error)`, never},
	{"circuitBreaker", `return common.IsCircuitBreakerError(r.Error)`, never},
	{"circuitBreakerText", `return common.IsCircuitBreakerError(errors.New("circuit breaker is open"))`, nil},
	{"defaultShouldRetry", `return common.DefaultShouldRetryOperation(r)`, retried},
	{"consistent", `r.EndOfWindowTime = nil; return common.EventuallyConsistentShouldRetryOperation(r)`, nil},
	{"consistentAsGiven", `return common.EventuallyConsistentShouldRetryOperation(r)`, nil},
	{"responseThere", `return r.Response != nil && r.Response.HTTPResponse() != nil`, always},
	{"responseStatus", `return r.Response.HTTPResponse().StatusCode >= 500`, func(row *eval.Row) bool { return row.Row.Status >= 500 }},
	{"status", `f, _ := common.IsServiceError(r.Error); return f.GetHTTPStatusCode() == 409`, func(row *eval.Row) bool { return row.Row.Status == 409 }},
	{"code", `f, _ := common.IsServiceError(r.Error); return f.GetCode() == "NotFound"`, func(row *eval.Row) bool { return row.Row.Code == "NotFound" }},
	{"self", `return r.Error == r.Error`, nil},
	{"isSelf", `return errors.Is(r.Error, r.Error)`, never},
	{"unwrap", `return errors.Unwrap(r.Error) == nil`, always},
	{"notSuccess", `return !(r.Error == nil && 199 < r.Response.HTTPResponse().StatusCode && r.Response.HTTPResponse().StatusCode < 300)`, always},
}

func always(*eval.Row) bool { return true }
func never(*eval.Row) bool  { return false }
func retried(row *eval.Row) bool {
	answer, known := sessionOf(nil, "").RetriedByDefault(row.Row.Status, row.Row.Code)
	return answer && known
}
func affected(row *eval.Row) bool {
	answer, known := sessionOf(nil, "").Affected(row.Row.Status, row.Row.Code)
	return answer && known
}

// Every modelled function must answer as the SDK's does, for every row.
func TestModelsAgreeWithTheSDK(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	source.WriteString("package predicates\n\nimport (\n\t\"errors\"\n\t\"fmt\"\n\t\"io\"\n\t\"strings\"\n\n\t\"github.com/oracle/oci-go-sdk/v65/common\"\n)\n\nvar _ = io.EOF\nvar _ = strings.Contains\n")
	var names []string
	write := func(name, body string) {
		name = "Model" + name
		names = append(names, name)
		fmt.Fprintf(&source, "\nfunc %s(r common.OCIOperationResponse) bool {\n\t%s\n}\n", name, strings.ReplaceAll(body, "; ", "\n\t"))
	}
	for _, model := range modelled {
		write(model.name, model.body)
	}
	rows := preparedRows()
	for i, row := range rows {
		for j, fixed := range row.Fixed {
			write(fmt.Sprintf("Fixed%dOf%d", j, i), fmt.Sprintf("return strings.Contains(r.Error.Error(), %q)", fixed))
		}
	}
	p := newProgram(t, source.String(), names)
	answers := p.run(t)
	session := p.read(t)
	if len(answers) != len(names) {
		t.Fatalf("%d lines for %d predicates", len(answers), len(names))
	}
	for i, model := range modelled {
		for j, row := range session.Rows {
			real := answers[i][j*len(messages) : (j+1)*len(messages)]
			if model.want != nil && real != strings.Repeat(bit(model.want(row)), len(messages)) {
				t.Errorf("%s: the SDK answers %s for %s, the model's table %s", model.name, real, row.Row, bit(model.want(row)))
			}
			if said := evaluate(session, names[i], row); !agrees(said, real) {
				t.Errorf("%s: %s answers %s for %s, the evaluator says %c", model.name, model.body, real, row.Row, said)
			} else if said == '?' && model.want != nil {
				t.Errorf("%s: %s is not decided for %s", model.name, model.body, row.Row)
			}
		}
	}
	// The fixed parts of a row's text are in that row's text, whatever the service says.
	at := len(modelled)
	for i, row := range rows {
		for j, fixed := range row.Fixed {
			if real := answers[at][i*len(messages) : (i+1)*len(messages)]; strings.Trim(real, "1") != "" {
				t.Errorf("the text of %s lacks %q", row.Row, fixed)
			}
			for n, other := range session.Rows {
				real := answers[at][n*len(messages) : (n+1)*len(messages)]
				if said := evaluate(session, names[at], other); !agrees(said, real) {
					t.Errorf("part %d of %s in %s: %s, the evaluator says %c", j, row.Row, other.Row, real, said)
				}
			}
			at++
		}
	}
}

func preparedRows() []*eval.Row {
	return sessionOf(nil, "").Rows
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// agrees reports whether what the evaluator says is what happened with every message.
func agrees(said byte, real string) bool {
	return said == '?' || strings.Trim(real, string(said)) == ""
}
