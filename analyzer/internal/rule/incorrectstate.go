package rule

import (
	"go/token"
	"slices"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var incorrectstate = documented("incorrectstate", findIncorrectstate)

func findIncorrectstate(in *Input) []report.Finding {
	var findings []report.Finding
	for _, row := range in.Survey.Session.Rows {
		if row.Row.Role != catalog.RequiredState {
			continue
		}
		for _, call := range in.Survey.Calls {
			if drop, ok := in.Survey.SelectiveDrop(call, row); ok {
				when := ""
				if drop.Late {
					when = " once its attempts or its time are used up"
				}
				findings = append(findings, on(in, finding("incorrectstate", drop.Pos,
					"takes %s of %s as success%s, which the catalog says to retry with backoff once the required state is reached; %s",
					row.Row, call.Operation, when, returningIt(in, row.Row, drop)), near(drop.Ground, "this decides that it is taken as success"), near(call.Pos, "the call whose error this is")))
			}
		}
		for _, blind := range in.Survey.BlindDrops(row) {
			findings = append(findings, finding("incorrectstate", blind.Pos,
				"never looks at the error of %s, so %s gets lost, which the catalog says to retry with backoff; check the error",
				blind.Operation, row.Row))
		}
		findings = append(findings, leftOut(in, row.Row)...)
	}
	return findings
}

// returningIt says how a row is returned that is taken as success: it has to be told apart first, unless it is its own
// code that decides.
func returningIt(in *Input, row catalog.Row, drop fate.Drop) string {
	for _, comparison := range in.Survey.Compared[row.Code] {
		if comparison.Pos == drop.Ground || comparison.Pos == drop.Pos {
			return "return it"
		}
	}
	return "tell it apart by its code and return it"
}

// leftOut reports general-purpose predicates, loops and helpers that can never retry the row.
func leftOut(in *Input, row catalog.Row) []report.Finding {
	var findings []report.Finding
	for _, predicate := range in.Survey.Predicates {
		if exempt(predicate) || predicate.OnlyReads() || !predicate.Answers[row.String()].No {
			continue
		}
		lost := func(answers map[string]fate.Answer) bool {
			return answers[row.String()].No && general(in, func(other catalog.Row) bool { return answers[other.String()].Yes })
		}
		keeps := func(answers map[string]fate.Answer) bool { return !lost(answers) }
		if !slices.ContainsFunc(predicate.Policies(), keeps) && !lost(predicate.Base) {
			findings = append(findings, on(in, finding("incorrectstate", predicate.Pos,
				"retries throttling and service errors but never %s, which the catalog says to retry with backoff; add it%s", row, orAskDefault(in, in.Survey.Asks(predicate.Function, byDefault), "r.Error")), ofPredicate(predicate, row)...))
		}
	}
	for _, place := range generalCalls(in) {
		for _, prepared := range in.Survey.Session.Rows {
			if !holdsRow([]catalog.Row{row}, prepared.Row) || !place.never(prepared.Row) || place.onlyReads() {
				continue
			}
			call := place.calls[0]
			asks := in.Survey.Asks(call.Function, byDefault) || call.Again(place.first).Form != eval.AsItWas
			findings = append(findings, on(in, finding("incorrectstate", place.pos,
				"sends %s again after throttling and service errors but never after %s, which the catalog says to retry with backoff; add it%s",
				call.Operation, row, orAskDefault(in, asks, "err")), near(call.Ground(prepared), "this decides that it is not sent again")))
		}
	}
	return findings
}

// place is where a general-purpose loop or helper is reported, with the calls that it sends again.
type place struct {
	pos   token.Pos
	calls []*fate.Call
	first *eval.Row // that is sent again
	in    *Input
}

// never reports whether none of the calls is sent again after a row, for certain, and nothing else retries it. A row
// that a loop takes for success is what it waits for.
func (p *place) never(row catalog.Row) bool {
	for _, prepared := range p.in.Survey.Session.Rows {
		if prepared.Row.Status != row.Status || prepared.Row.Code != row.Code {
			continue
		}
		for _, call := range p.calls {
			if call.CanMeet(row) && (!call.Never(prepared) || p.in.Survey.Delayed(call, row) || p.in.Survey.Succeeds(call, prepared)) {
				return false
			}
		}
	}
	return true
}

func (p *place) onlyReads() bool {
	for _, call := range p.calls {
		if !call.Reads() {
			return false
		}
	}
	return true
}

// generalCalls returns the places whose loop or helper retries throttling and service errors.
func generalCalls(in *Input) []*place {
	var places []*place
	for _, call := range in.Survey.Calls {
		at, first := token.NoPos, (*eval.Row)(nil)
		isGeneral := general(in, func(row catalog.Row) bool {
			for _, prepared := range in.Survey.Session.Rows {
				if prepared.Row.Status == row.Status && prepared.Row.Code == row.Code {
					pos, ok := call.Retried(prepared)
					if ok {
						at, first = pos, prepared
					}
					return ok
				}
			}
			return false
		})
		if !isGeneral || !at.IsValid() {
			continue
		}
		known := false
		for _, p := range places {
			if p.pos == at {
				p.calls, known = append(p.calls, call), true
			}
		}
		if !known {
			places = append(places, &place{pos: at, calls: []*fate.Call{call}, first: first, in: in})
		}
	}
	return places
}
