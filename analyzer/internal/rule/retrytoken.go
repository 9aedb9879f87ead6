package rule

import (
	"go/ast"
	"go/token"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var retrytoken = documented("retrytoken", findRetrytoken)

func findRetrytoken(in *Input) []report.Finding {
	var findings []report.Finding
	for _, row := range in.Survey.Session.Rows {
		if row.Row.Role != catalog.SpentToken {
			continue
		}
		for _, predicate := range in.Survey.Predicates {
			if exempt(predicate) || in.Survey.Session.Version.Lacks(2, 5, 0) {
				continue // there each attempt has a token of its own
			}
			resends := func(answers map[string]fate.Answer) bool {
				others := rowsOf(in, func(other catalog.Row) bool {
					return other.Verdict == catalog.No && other.Role != catalog.SpentToken && !answers[other.String()].No
				})
				return answers[row.Row.String()].Yes && len(others) == 0
			}
			if resends(predicate.Answers) && !resends(predicate.Base) {
				findings = append(findings, on(in, finding("retrytoken", predicate.Pos,
					"retries %s, after which the SDK sends the same token again; the catalog allows the change only with a different token, so answer false", row.Row), ofPredicate(predicate, row.Row)...))
			}
		}
		for _, call := range in.Survey.Calls {
			if pos, ok := call.Retried(row); ok && call.SameToken(row) {
				f := on(in, finding("retrytoken", pos,
					"sends %s again with the same token after %s; the catalog allows it only with a different token, so %s", call.Operation, row.Row, otherToken(in, call, row)),
					append(roundOf(call, row), near(in.Survey.TokenPlace(call), "the token is set here"))...)
				if pos == call.Pos && call.Target.Direct && !sendsFinal(in, call) {
					f.Fixes = newTokenFix(in, call)
				}
				findings = append(findings, f)
			}
		}
	}
	for _, kept := range in.Survey.OutlivingTokens() {
		f := finding("retrytoken", tokenPlace(in, kept.Pos),
			"uses %s as retry token, which outlives its request; %s, or leave it out and the SDK makes one", kept.What, tokenForEach(in))
		f.Fixes = freshFix(in, f.Pos)
		findings = append(findings, f)
	}
	return findings
}

// tokenPlace returns the token expression that a store's position belongs to.
func tokenPlace(in *Input, pos token.Pos) token.Pos {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.KeyValueExpr:
			return n.Value.Pos()
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 {
				return n.Rhs[0].Pos()
			}
			return pos
		}
	}
	return pos
}

// otherToken says how a call gets another token, to whoever sends it again.
func otherToken(in *Input, call *fate.Call, row *eval.Row) string {
	stop, _ := giving(in, call, row)
	if !in.declares("RetryToken") {
		return "set another token or " + stop
	}
	return "set a fresh common.RetryToken() or " + stop
}

func tokenForEach(in *Input) string {
	if !in.declares("RetryToken") {
		return "make one for each request"
	}
	return "use common.RetryToken() for each request"
}

// sendsFinal reports whether a call is sent again after other final rows: to give up after those is to give up after
// this one, too.
func sendsFinal(in *Input, call *fate.Call) bool {
	for _, row := range in.Survey.Session.Rows {
		if _, isRetried := call.Retried(row); isRetried && row.Row.Verdict == catalog.No && row.Row.Role != catalog.SpentToken {
			return true
		}
	}
	return false
}
