package rule

import (
	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var missedretry = documented("missedretry", findMissedretry)

func findMissedretry(in *Input) []report.Finding {
	var findings []report.Finding
	for _, predicate := range in.Survey.Predicates {
		if exempt(predicate) {
			continue
		}
		missed := func(answers map[string]fate.Answer) []catalog.Row {
			if !general(in, func(row catalog.Row) bool { return answers[row.String()].Yes }) {
				return nil
			}
			return rowsOf(in, func(row catalog.Row) bool {
				return row.Verdict == catalog.Backoff && row.Role != catalog.RequiredState && answers[row.String()].No && predicate.CanMeet(row)
			})
		}
		// All policies that it may be in have to miss something; the rows are those of the first.
		rows := missed(predicate.Policies()[0])
		for _, answers := range predicate.Policies() {
			if len(missed(answers)) == 0 {
				rows = nil
			}
		}
		if len(rows) > 0 && len(missed(predicate.Base)) == 0 {
			findings = append(findings, on(in, finding("missedretry", predicate.Pos,
				"retries throttling and service errors but never %s, which the catalog says to retry with backoff; add %s", naming(rows), themOrIt(rows)), ofPredicate(predicate, rows[0])...))
		}
	}
	for _, place := range generalCalls(in) {
		rows := rowsOf(in, func(row catalog.Row) bool {
			if row.Verdict != catalog.Backoff || row.Role == catalog.RequiredState {
				return false
			}
			possible := false
			for _, call := range place.calls {
				possible = possible || call.CanMeet(row)
			}
			return possible && place.never(row)
		})
		if len(rows) > 0 {
			findings = append(findings, on(in, finding("missedretry", place.pos,
				"sends %s again after throttling and service errors but never after %s, which the catalog says to retry with backoff; add %s", place.calls[0].Operation, naming(rows), themOrIt(rows)),
				near(place.calls[0].Ground(prepared(in, rows[0])), "this decides that it is not sent again")))
		}
	}
	return findings
}

func themOrIt(rows []catalog.Row) string {
	if len(rows) == 1 {
		return "it"
	}
	return "them"
}

// prepared returns a row as it was evaluated.
func prepared(in *Input, row catalog.Row) *eval.Row {
	for _, evaluated := range in.Survey.Session.Rows {
		if evaluated.Row.Status == row.Status && evaluated.Row.Code == row.Code {
			return evaluated
		}
	}
	return nil
}
