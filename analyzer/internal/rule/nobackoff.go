package rule

import (
	"go/token"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var nobackoff = documented("nobackoff", findNobackoff)

func findNobackoff(in *Input) []report.Finding {
	findings := pausesOf(in)
	var places []token.Pos
	found := map[token.Pos]*retriedRows{}
	for _, call := range in.Survey.Calls {
		for _, row := range in.Survey.Session.Rows {
			if row.Row.Verdict != catalog.Backoff || delayedBySDK(call, row.Row) {
				continue
			}
			pos, ok := call.Retried(row)
			if !ok || call.Waits(row) {
				continue
			}
			if found[pos] == nil {
				found[pos] = &retriedRows{call: call, first: row}
				places = append(places, pos)
			}
			if !holdsRow(found[pos].rows, row.Row) {
				found[pos].rows = append(found[pos].rows, row.Row)
			}
		}
	}
	for _, pos := range places {
		findings = append(findings, on(in, finding("nobackoff", pos,
			"sends %s again at once after %s, which the catalog says to retry with backoff; wait between attempts",
			found[pos].call.Operation, naming(found[pos].rows)), roundOf(found[pos].call, found[pos].first)...))
	}
	return findings
}

// delayedBySDK reports whether the SDK's own policy may already have waited for a row: it does where the operation
// starts from the default policy, and where the request carries a policy of its own nothing is known.
func delayedBySDK(call *fate.Call, row catalog.Row) bool {
	switch call.OwnPolicy() {
	case fate.NoPolicy:
		return false
	case fate.DefaultPolicy, fate.UnknownPolicy:
		return eval.RetriedByDefault(row.Status, row.Code)
	}
	return true
}

// pausesOf reports policies whose pause can only be zero for a row that their predicate retries.
func pausesOf(in *Input) []report.Finding {
	var findings []report.Finding
	for _, policy := range in.Survey.Policies {
		if policy.Attempts == 1 {
			continue
		}
		rows := rowsOf(in, func(row catalog.Row) bool {
			return row.Verdict == catalog.Backoff && in.Survey.PolicyRetries(policy, row) && in.Survey.PauseIsZero(policy, row)
		})
		if len(rows) == 0 {
			continue
		}
		if pos := pausePlace(in, policy); pos.IsValid() {
			findings = append(findings, finding("nobackoff", pos,
				"waits zero between attempts after %s, which the catalog says to retry with backoff; return a growing pause, or use common.WithExponentialBackoff", naming(rows)))
		}
	}
	return findings
}

func pausePlace(in *Input, policy *fate.Policy) token.Pos {
	if body := in.Survey.Session.Body(policy.Pause); body != nil && body.Owner() == in.Survey.Session.Local {
		return body.Pos
	}
	return policy.PausePos
}
