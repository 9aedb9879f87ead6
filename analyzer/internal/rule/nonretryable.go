package rule

import (
	"go/token"
	"strings"

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
			findings = append(findings, on(in, finding("nonretryable", predicate.Pos,
				"retries %s, which the catalog says not to retry; %s", naming(rows), predicateAdvice(in, predicate)), ofPredicate(predicate, rows[0])...))
		}
	}
	places, retried := retriedCalls(in, func(row catalog.Row) bool {
		return row.Verdict == catalog.No && row.Role != catalog.SpentToken
	})
	for _, pos := range places {
		f := on(in, finding("nonretryable", pos,
			"sends %s again after %s, which the catalog says not to retry; %s",
			retried[pos].call.Operation, naming(retried[pos].rows), callAdvice(in, retried[pos].call, retried[pos].first)), roundOf(retried[pos].call, retried[pos].first)...)
		if !in.Survey.Wraps(retried[pos].call) {
			f.Fixes = guardFix(in, retried[pos].call)
		}
		findings = append(findings, f)
	}
	return findings
}

// predicateAdvice says what a predicate that retries too much should do: ask the SDK, unless it is there for rows that
// the SDK does not retry by itself.
func predicateAdvice(in *Input, predicate *fate.Predicate) string {
	others := rowsOf(in, func(row catalog.Row) bool {
		return row.Verdict == catalog.Backoff && predicate.Answers[row.String()].Yes && !eval.RetriedByDefault(row.Status, row.Code)
	})
	byDefault := rowsOf(in, func(row catalog.Row) bool {
		return row.Verdict == catalog.Backoff && predicate.Answers[row.String()].Yes && eval.RetriedByDefault(row.Status, row.Code)
	})
	switch {
	case len(byDefault) > 0:
		return "answer false unless common.IsErrorRetryableByDefault(r.Error)"
	case len(others) > 0:
		return "ask for the code, and answer true for " + naming(others) + " only"
	}
	return "answer false"
}

// callAdvice says how to give up after what is final, to whoever sends a call again.
func callAdvice(in *Input, call *fate.Call, row *eval.Row) string {
	library, helper := call.Giving(row)
	stop, of := "return the error", "(err)"
	switch {
	case library != "":
		stop = library
	case helper != "":
		stop = "have " + helper + " give up"
	case in.Survey.Wraps(call):
		of = " of the error that is wrapped in it"
	}
	return stop + keeping(in, call, of)
}

// keeping names what is to be sent again after all: what the SDK would, or the rows with backoff that a call is sent
// again for.
func keeping(in *Input, call *fate.Call, of string) string {
	var others []catalog.Row
	for _, prepared := range in.Survey.Session.Rows {
		if row := prepared.Row; row.Verdict == catalog.Backoff {
			_, isRetried := call.Retried(prepared)
			switch {
			case isRetried && eval.RetriedByDefault(row.Status, row.Code):
				return " unless common.IsErrorRetryableByDefault" + of
			case isRetried:
				others = append(others, row)
			}
		}
	}
	if len(others) > 0 {
		return " unless it is " + strings.ReplaceAll(naming(others), " and ", " or ")
	}
	return ""
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
