package misspelling

import "testing"

func TestDistance(t *testing.T) {
	for pair, want := range map[[2]string]int{
		{"", ""}: 0, {"", "ab"}: 2, {"ab", ""}: 2, {"state", "state"}: 0, {"state", "stage"}: 1,
		{"state", "sttae"}: 1, {"state", "status"}: 2, {"server", "service"}: 3, {"found", "fuond"}: 1,
	} {
		if got := Distance(pair[0], pair[1]); got != want {
			t.Errorf("Distance(%q, %q) = %d, want %d", pair[0], pair[1], got, want)
		}
	}
}

// The names of linters and checks that stand in comments beside ours, and words that are parts of our names: none of
// them is a slip of the pen.
func TestNearest(t *testing.T) {
	names := []string{"ociretry", "nonretryable", "nobackoff", "incorrectstate", "retrytoken", "unknowncode", "wrappederror", "deadpolicy", "missedretry", "textmatch"}
	for text, want := range map[string]string{
		"nonretriable": "nonretryable", "NonRetryable": "nonretryable", "non-retryable": "nonretryable", "nonretyrable": "nonretryable",
		"nobackof": "nobackoff", "no_backoff": "nobackoff", "nobackofff": "nobackoff", "incorectState": "incorrectstate",
		"retrytokens": "retrytoken", "unknownCode": "unknowncode", "unknowcodes": "unknowncode", "wraperror": "wrappederror",
		"deadpolicies": "deadpolicy", "missed-retry": "missedretry", "textmach": "textmatch", "OCIRetry": "ociretry",
		"ociretries": "ociretry", "oci-retry": "ociretry",
	} {
		if got, ok := Nearest(text, names); !ok || got != want {
			t.Errorf("Nearest(%q) = %q, want %q", text, got, want)
		}
	}
	for _, text := range append(others, names...) {
		if got, ok := Nearest(text, names); ok {
			t.Errorf("Nearest(%q) = %q, want nothing", text, got)
		}
	}
}

var others = []string{
	"", "*", "all", "retry", "token", "state", "code", "error", "policy", "backoff", "match", "oci", "retryable", "SA1019", "ST1005", "U1000", "S1000", "QF1001",
	"asasalint", "asciicheck", "bidichk", "bodyclose", "canonicalheader", "containedctx", "contextcheck", "copyloopvar", "cyclop", "deadcode",
	"decorder", "depguard", "dogsled", "dupl", "dupword", "durationcheck", "errcheck", "errchkjson", "errname", "errorlint", "exhaustive",
	"exhaustruct", "exptostd", "faillint", "fatcontext", "forbidigo", "forcetypeassert", "funlen", "ginkgolinter", "gocheckcompilerdirectives",
	"gochecknoglobals", "gochecknoinits", "gochecksumtype", "gocognit", "goconst", "gocritic", "gocyclo", "godot", "godox", "goheader",
	"gomoddirectives", "gomodguard", "goprintffuncname", "gosec", "gosimple", "gosmopolitan", "govet", "grouper", "iface", "importas",
	"inamedparam", "ineffassign", "interfacebloat", "intrange", "ireturn", "lll", "loggercheck", "maintidx", "makezero", "mirror", "misspell",
	"mnd", "musttag", "nakedret", "nestif", "nilerr", "nilnesserr", "nilnil", "nlreturn", "noctx", "noinlineerr", "nolintlint", "nonamedreturns",
	"nosprintfhostport", "paralleltest", "perfsprint", "prealloc", "predeclared", "promlinter", "protogetter", "reassign", "recvcheck", "revive",
	"rowserrcheck", "sloglint", "spancheck", "sqlclosecheck", "staticcheck", "structcheck", "stylecheck", "tagalign", "tagliatelle", "tenv",
	"testableexamples", "testifylint", "testpackage", "thelper", "tparallel", "typecheck", "unconvert", "unparam", "unused", "usestdlibvars",
	"usetesting", "varcheck", "varnamelen", "wastedassign", "whitespace", "wrapcheck", "wsl", "zerologlint",
}
