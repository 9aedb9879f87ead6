package fate

import (
	"go/token"
	"slices"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// A row is dropped where the code goes on as if the call had succeeded: no error comes back, and nothing else tells the
// caller of it.

// dropped reports whether a path goes on as if the call had succeeded. Alike are the ends of a row whose answers are
// taken for the same as this one's, whatever they say; nil for none.
func (s *Survey) dropped(c *Call, end *eval.End, alike []eval.End) bool {
	if end.Ending != eval.Returned || end.Kept() {
		return false
	}
	for i, result := range end.Results {
		if end.Reaches(s.Session, result) {
			return false
		}
		if c.isError(i) {
			if result.Kind != eval.Nil && !eval.Unrelated(result) {
				return false
			}
			continue
		}
		if asksAgain(c.Function.Owner().TypeAt(c.Function.Results[i]).Name, result) {
			return false
		}
	}
	if s.tellsCaller(c, end) && !s.oneAnswer(c, end, alike) {
		return false
	}
	if c.handsError() {
		return !end.Wrote() || !c.handsAnotherError(end)
	}
	return !end.Noted() && !end.Told()
}

// handsAnotherError reports whether a path ends with what may be the error of another call. Where the path has written
// down what became of the call that failed, the other one hands it on: a status is stored.
func (c *Call) handsAnotherError(end *eval.End) bool {
	for i, result := range end.Results {
		if c.isError(i) && result.Kind != eval.Nil {
			return true
		}
	}
	return false
}

// handsError reports whether the function has an error among its results.
func (c *Call) handsError() bool {
	for i := range c.Function.Results {
		if c.isError(i) {
			return true
		}
	}
	return false
}

// isError reports whether a result of the function is an error.
func (c *Call) isError(result int) bool {
	return c.Function.Owner().TypeAt(c.Function.Results[result]).Name == "error"
}

// succeeds reports whether a path ends as it would had the call succeeded: without any error, or with one of an earlier
// call that success hands back as well.
func (s *Survey) succeeds(c *Call, end *eval.End) bool {
	for i, result := range end.Results {
		if c.isError(i) && result.Kind != eval.Nil && !c.successHands(i, result) {
			return false
		}
	}
	return true
}

// successHands reports whether the function hands back another call's error when the call succeeds, too.
func (c *Call) successHands(at int, result eval.Value) bool {
	if c.success == nil || !eval.Unrelated(result) {
		return false
	}
	return slices.ContainsFunc(c.success.Ends, func(end eval.End) bool {
		return !end.Strayed() && at < len(end.Results) && end.Results[at] == result
	})
}

// Succeeds reports whether some path goes on after a row as if the call had succeeded.
func (s *Survey) Succeeds(c *Call, row *eval.Row) bool {
	fate := c.Rows[row.Row.String()]
	if fate == nil {
		return false
	}
	for i := range fate.Ends {
		if end := &fate.Ends[i]; !end.Early && s.dropped(c, end, nil) {
			return true
		}
	}
	return false
}

// lostBelow reports whether a row is lost in what the function calls, by a decision there: then that is the place to tell
// of it. Where the function gets the error, and an answer about it beside, it loses the error itself.
func (s *Survey) lostBelow(c *Call, row *eval.Row, decision token.Pos) bool {
	return decision == c.Pos && c.Target.Chain.Depth > 0 && !s.handsBack[handedBack{c.Pos, c.Target.Chain.Key, row}]
}

// Drop is a selective drop of a row.
type Drop struct {
	Pos    token.Pos
	Late   bool      // once attempts or time are used up
	Ground token.Pos // where the package decides it, in whatever function; 0 when that cannot be told
}

// SelectiveDrop answers rule incorrectstate (a) for a row of a call: it is dropped on every path, on a decision of
// its own, while another row is not or cannot be told, and nobody looks at the resource afterwards.
func (s *Survey) SelectiveDrop(c *Call, row *eval.Row) (Drop, bool) {
	fate := c.Rows[row.Row.String()]
	if fate == nil || len(fate.Ends) == 0 || c.Reads() {
		return Drop{}, false
	}
	alike := s.takenForThere(c, row.Row)
	again := fate.again()
	pos, ground, succeeded := token.NoPos, token.NoPos, false
	for i := range fate.Ends {
		end := &fate.Ends[i]
		if end.Early {
			continue
		}
		if end.Open() {
			return Drop{}, false
		}
		if end.Ending == eval.Resent {
			continue
		}
		if !s.dropped(c, end, alike) || end.Looked() || end.Listed() || len(again) > 0 && end.LookedLate() {
			return Drop{}, false
		}
		succeeded = succeeded || s.succeeds(c, end) && (len(again) == 0 || s.usesUp(c, end, again))
		if end.Decision() > 0 {
			pos, ground = token.Pos(end.Decision()), end.Ground()
		}
	}
	if pos == token.NoPos || !succeeded || s.lostBelow(c, row, pos) {
		return Drop{}, false
	}
	for _, other := range c.Rows {
		if s.toldApart(c, other, alike, len(again) > 0) {
			return Drop{Pos: pos, Late: len(again) > 0, Ground: ground}, true
		}
	}
	return Drop{}, false
}

// again returns the ends of a row at which the request goes out again.
func (f *RowFate) again() []*eval.End {
	var ends []*eval.End
	for i := range f.Ends {
		if end := &f.Ends[i]; end.Ending == eval.Resent {
			ends = append(ends, end)
		}
	}
	return ends
}

// usesUp reports whether an end is come to because the attempts or the time are used up of what sends again at one of
// the others.
func (s *Survey) usesUp(c *Call, end *eval.End, again []*eval.End) bool {
	first := c.Target.Chain.Links()
	for _, other := range again {
		if level := divergence(first, other.Second.Links()); end.UsedUp(s.Session, other, first[level]) {
			return true
		}
	}
	return false
}

// toldApart reports whether another row is not dropped, or cannot be told. Beside a row that is dropped once its attempts
// are used up, one that is sent again as well is what becomes of it then.
func (s *Survey) toldApart(c *Call, other *RowFate, alike []eval.End, late bool) bool {
	ended := false
	for i := range other.Ends {
		end := &other.Ends[i]
		if late && end.Ending == eval.Resent && !end.Undetermined() {
			continue
		}
		if ended = true; end.Undetermined() || !s.dropped(c, end, alike) && !s.answersAsSuccess(c, end) {
			return true
		}
	}
	return !ended
}

// answersAsSuccess reports whether all that a path answers is what it found out about the error, and success answers the
// same: that the error is not the one that was asked for.
func (s *Survey) answersAsSuccess(c *Call, end *eval.End) bool {
	if end.Ending != eval.Returned || end.Kept() || end.Noted() || end.Told() || c.handsError() || len(end.Results) == 0 {
		return false
	}
	for _, result := range end.Results {
		if result.Kind != eval.Constant {
			return false
		}
	}
	return len(c.answers) > 0 && !s.tellsCaller(c, end)
}

// takenForThere returns the ends of the rows by which a creation learns that the thing is there already, and which have
// a row's status: where both get one answer, both are taken for "it is there".
func (s *Survey) takenForThere(c *Call, row catalog.Row) []eval.End {
	var ends []eval.End
	if !creates(c.Operation) {
		return nil
	}
	for _, other := range s.Session.Rows {
		if fate := c.Rows[other.Row.String()]; fate != nil && other.Row.Status == row.Status && len(other.Row.NotFrom) > 0 {
			ends = append(ends, fate.Ends...)
		}
	}
	return ends
}
