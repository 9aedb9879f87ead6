package rule

import (
	"go/token"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var nonretryable = documented("nonretryable", findNonretryable)

func findNonretryable(in *Input) []report.Finding {
	var findings []report.Finding
	for _, predicate := range in.Survey.Predicates {
		if exempt(predicate) {
			continue
		}
		retried := func(answers map[string]fate.Answer) []catalog.Row {
			return rowsOf(in, func(row catalog.Row) bool {
				return row.Verdict == catalog.No && row.Role != catalog.SpentToken && answers[row.String()].Yes && predicate.CanMeet(row)
			})
		}
		if rows := retried(predicate.Answers); len(rows) > 0 && len(retried(predicate.Base)) == 0 {
			rows = withSpent(in, rows, func(row catalog.Row) bool { return predicate.Answers[row.String()].Yes && predicate.CanMeet(row) })
			f := on(in, finding("nonretryable", predicate.Pos,
				"retries %s, which the catalog says not to retry; %s", naming(rows), predicateAdvice(in, predicate, rows)), ofPredicate(predicate, rows[0])...)
			f.Fixes = predicateFix(in, predicate, rows)
			findings = append(findings, f)
		}
	}
	places, retried := retriedCalls(in, func(row catalog.Row) bool {
		return row.Verdict == catalog.No && row.Role != catalog.SpentToken
	})
	for _, pos := range places {
		retried[pos].rows = withSpent(in, retried[pos].rows, func(row catalog.Row) bool { return sendsSpent(in, pos, row) })
		f := on(in, finding("nonretryable", pos,
			"sends %s again after %s, which the catalog says not to retry; %s",
			retried[pos].call.Operation, naming(retried[pos].rows), callAdvice(in, retried[pos].call, retried[pos].first, retried[pos].rows)), roundOf(retried[pos].call, retried[pos].first)...)
		f.Fixes = guardFix(in, retried[pos])
		findings = append(findings, f)
	}
	return findings
}

// withSpent adds to final rows that are retried the one that spends a token, in the order of the table, if it is retried
// with the token: alone it is the business of retrytoken.
func withSpent(in *Input, rows []catalog.Row, retried func(row catalog.Row) bool) []catalog.Row {
	return rowsOf(in, func(row catalog.Row) bool {
		return holdsRow(rows, row) || row.Verdict == catalog.No && row.Role == catalog.SpentToken && retried(row)
	})
}

// sendsSpent reports whether a token that a row has spent is sent again by a call that is reported at a place.
func sendsSpent(in *Input, at token.Pos, row catalog.Row) bool {
	for _, call := range in.Survey.Calls {
		for _, prepared := range in.Survey.Session.Rows {
			if prepared.Row.Status != row.Status || prepared.Row.Code != row.Code {
				continue
			}
			if pos, ok := call.Retried(prepared); ok && pos == at && call.SameToken(prepared) {
				return true
			}
		}
	}
	return false
}

// exempt reports whether a predicate is judged elsewhere, or retries nothing because its policies try once.
func exempt(predicate *fate.Predicate) bool {
	return predicate.OneAttempt() || predicate.Internal()
}

type retriedRows struct {
	call  *fate.Call
	first *eval.Row
	rows  []catalog.Row
}

// retriedCalls returns the places where accepted rows are retried, and which.
func retriedCalls(in *Input, accept func(row catalog.Row) bool) ([]token.Pos, map[token.Pos]*retriedRows) {
	var places []token.Pos
	found := map[token.Pos]*retriedRows{}
	for _, call := range in.Survey.Calls {
		for _, row := range in.Survey.Session.Rows {
			if !accept(row.Row) {
				continue
			}
			pos, ok := call.Retried(row)
			if !ok {
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
	return places, found
}

func holdsRow(rows []catalog.Row, row catalog.Row) bool {
	for _, known := range rows {
		if known.Status == row.Status && known.Code == row.Code {
			return true
		}
	}
	return false
}
