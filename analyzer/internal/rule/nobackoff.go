package rule

import (
	"go/token"
	"slices"

	"github.com/ociretry/ociretry/analyzer/catalog"
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
			if row.Row.Verdict != catalog.Backoff {
				continue
			}
			pos, ok := call.Retried(row)
			if !ok || call.Waits(row) || call.LeadsTo(row) != nil {
				continue // where it leads to a loop, the wait that is missing there is told there
			}
			if in.Survey.Delayed(call, row.Row) {
				continue // a policy waits; this is asked last since it has to be run
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

// pausesOf reports policies whose pause can only be zero for a row that their predicate retries.
func pausesOf(in *Input) []report.Finding {
	var findings []report.Finding
	reported := map[token.Pos]bool{}
	for _, policy := range byFactories(in.Survey.Policies) {
		if policy.Attempts == 1 {
			continue
		}
		rows := rowsOf(in, func(row catalog.Row) bool {
			return row.Verdict == catalog.Backoff && in.Survey.PolicyRetries(policy, row) && in.Survey.PauseIsZero(policy, row)
		})
		if len(rows) == 0 {
			continue
		}
		if pos := pausePlace(in, policy, rows[0], reported); pos.IsValid() {
			reported[pos] = true
			findings = append(findings, finding("nobackoff", pos,
				"waits zero between attempts after %s, which the catalog says to retry with backoff; return a growing pause%s", naming(rows), orOption(in)))
		}
	}
	return findings
}

// byFactories puts policies first whose pause was made closer to where they were seen.
func byFactories(policies []*fate.Policy) []*fate.Policy {
	sorted := slices.Clone(policies)
	slices.SortStableFunc(sorted, func(a, b *fate.Policy) int { return len(a.Factories) - len(b.Factories) })
	return sorted
}

// pausePlace returns where a pause is reported: at its function, or at the call of the factory that passes the zero. A
// call further down that does so by itself is the place, so the calls above it are none.
func pausePlace(in *Input, policy *fate.Policy, row catalog.Row, reported map[token.Pos]bool) token.Pos {
	if body := in.Survey.Session.Body(policy.Pause); body != nil && body.Owner() == in.Survey.Session.Local {
		if len(policy.Factories) == 0 || in.Survey.AlwaysZero(policy, row) {
			return body.Pos
		}
	}
	for i, call := range policy.Factories {
		if i > 0 && reported[call] {
			return token.NoPos
		}
	}
	if len(policy.Factories) > 0 {
		return policy.Factories[0]
	}
	return policy.PausePos
}

// orOption adds the SDK's option for a growing pause, where it is declared.
func orOption(in *Input) string {
	if !in.declares("WithExponentialBackoff") {
		return ""
	}
	return ", or use common.WithExponentialBackoff"
}
