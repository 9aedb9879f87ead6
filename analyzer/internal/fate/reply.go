package fate

import (
	"go/constant"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// What a function answers beside its error, or without one, tells its caller of a failure if success cannot give the
// same. The two are compared part by part: fields, what an address points at, elements.

// asksAgain reports whether a result asks its caller to come again: a time to come again after, or a framework's result
// that says so.
func asksAgain(typeName string, result eval.Value) bool {
	if typeName == "time.Duration" {
		return result.Kind != eval.Constant || constant.Sign(result.Const()) != 0
	}
	if result.Kind != eval.Struct {
		return false
	}
	for i, field := range result.Type.Fields {
		if strings.HasPrefix(field.Name, "Requeue") && i < len(result.Args) && !isZero(result.Args[i]) {
			return true
		}
	}
	return false
}

// isZero reports whether a value is certainly the zero value of its type, in all its parts.
func isZero(v eval.Value) bool {
	switch v.Kind {
	case eval.Nil, eval.Zero:
		return true
	case eval.Constant:
		switch v.ConstKind() {
		case constant.Bool:
			return !constant.BoolVal(v.Const())
		case constant.String:
			return constant.StringVal(v.Const()) == ""
		}
		return constant.Sign(v.Const()) == 0
	case eval.Struct, eval.Array:
		for _, part := range v.Args {
			if !isZero(part) {
				return false
			}
		}
		return true
	case eval.Tuple:
		return len(v.Args) == 1 && isZero(v.Args[0])
	}
	return false
}

// mayTell reports whether it has to be known what a call's function answers when the call succeeds: it answers more than
// an error, in a result or behind an address that it was given, and for a row that must not get lost some path hands back none.
func (s *Survey) mayTell(c *Call) bool {
	if c.Reads() || len(c.places) == 0 && (len(c.Function.Results) == 0 || len(c.Function.Results) == 1 && c.handsError()) {
		return false
	}
	for _, row := range s.Session.Rows {
		fate := c.Rows[row.Row.String()]
		if row.Row.Role != catalog.RequiredState || fate == nil {
			continue
		}
		for i := range fate.Ends {
			if end := &fate.Ends[i]; end.Ending == eval.Returned && s.handsNoError(c, end) {
				return true
			}
		}
	}
	return false
}

// tellsCaller reports whether what a path answers differs from all that success can give.
func (s *Survey) tellsCaller(c *Call, end *eval.End) bool {
	compared := false
	for _, success := range c.answers {
		if success.Ending != eval.Returned || success.Strayed() || len(success.Results) != len(end.Results) || !s.handsNoError(c, &success) && !sameErrors(c, end, &success) {
			continue // another failure's answer
		}
		compared = true
		if !s.differ(c, end, &success) {
			return false
		}
	}
	return compared
}

// sameErrors reports whether two paths end with the same errors: those of an earlier call.
func sameErrors(c *Call, end, other *eval.End) bool {
	for i, result := range end.Results {
		if c.isError(i) && result != other.Results[i] {
			return false
		}
	}
	return true
}

// handsNoError reports whether a path may end without an error.
func (s *Survey) handsNoError(c *Call, end *eval.End) bool {
	for i, result := range end.Results {
		if c.isError(i) && !end.NoError(s.Session, result) {
			return false
		}
	}
	return true
}

// differ reports whether what two paths answer differs in some result that is no error, or in what the first has left
// where its caller told it to, so that a caller can tell.
func (s *Survey) differ(c *Call, end, other *eval.End) bool {
	for i, result := range end.Results {
		if c.isError(i) {
			continue
		}
		if tells(end.Content(s.Session, result), other.Content(s.Session, other.Results[i]), maxParts) {
			return true
		}
	}
	for _, at := range c.places {
		left, written := end.Left(s.Session, at)
		if success, too := other.Left(s.Session, at); written && (!too || tells(left, success, maxParts)) {
			return true
		}
	}
	return false
}

// oneAnswer reports whether a path answers what one of the others does, none of them with an error: its caller cannot
// tell the two apart. An answer to somebody who asks until it is done is no such thing: he goes on asking.
func (s *Survey) oneAnswer(c *Call, end *eval.End, others []eval.End) bool {
	for i := range others {
		other := &others[i]
		if other.Ending == eval.Returned && len(other.Results) == len(end.Results) && s.handsNoError(c, other) && !s.differ(c, end, other) {
			return !s.isCondition(c)
		}
	}
	return false
}

// isCondition reports whether the function of a call answers a bool and goes somewhere as a value, where it may be asked
// until it answers true.
func (s *Survey) isCondition(c *Call) bool {
	for _, result := range c.Function.Results {
		if c.Function.Owner().TypeAt(result).Kind == summary.BoolType {
			return strings.Contains(c.Function.Name, "$") || s.usage().passed[c.Function.Name]
		}
	}
	return false
}

// creates reports whether an operation makes something.
func creates(operation string) bool {
	return strings.HasPrefix(operation, "Create") || strings.HasPrefix(operation, "Launch")
}

// maxParts bounds how far down parts are compared.
const maxParts = 8

// tells reports whether a value differs from what success gives in its place, so that whoever gets it can tell.
func tells(v, success eval.Value, levels int) bool {
	if v == success || levels == 0 {
		return false
	}
	if success.Kind == eval.Undetermined {
		return true // it may be anything: nothing is certain
	}
	if v.Kind == eval.Interface && success.Kind == eval.Interface && v.Type.Name != success.Type.Name {
		return true
	}
	v, success = plain(v), plain(success)
	switch {
	case v.Kind == success.Kind && v.Kind == eval.Constant:
		return v.Const().ExactString() != success.Const().ExactString()
	case v.Kind == success.Kind && v.Kind == eval.Nil, v.Kind == success.Kind && v.Kind == eval.Zero:
		return false
	case v.Kind == success.Kind && isWhole(v):
		return partsTell(v, success, levels)
	case isWhole(v) && isZero(success), isWhole(success) && isZero(v) && v.Kind != eval.Nil:
		return !isZero(v) || !isZero(success) || len(v.Args) != len(success.Args) && !isNothing(v)
	case success.Kind == eval.Free:
		return tellsData(v, success)
	}
	return !isNothing(v) || !isNothing(success)
}

// plain sees through interfaces.
func plain(v eval.Value) eval.Value {
	for v.Kind == eval.Interface && len(v.Args) == 1 {
		v = v.Args[0]
	}
	return v
}

// isWhole reports whether a value has parts to be compared.
func isWhole(v eval.Value) bool {
	switch v.Kind {
	case eval.Struct, eval.Array, eval.Tuple, eval.MapContent:
		return true
	}
	return false
}

// isNothing reports whether a value is nil or an empty list.
func isNothing(v eval.Value) bool {
	return v.Kind == eval.Nil || (v.Kind == eval.Array || v.Kind == eval.MapContent && !v.Open) && len(v.Args) == 0
}

// partsTell compares the parts of two values of one kind.
func partsTell(v, success eval.Value, levels int) bool {
	if v.Open || success.Open {
		return false
	}
	if len(v.Args) != len(success.Args) {
		return true
	}
	for i := range v.Args {
		if tells(v.Args[i], success.Args[i], levels-1) {
			return true
		}
	}
	return false
}

// tellsData reports whether a value stands out where success gives data, which may be anything: nil or a negative number
// are no data, and what the program has written down is not what was asked for. An empty text, a zero and a struct that
// nobody has filled tell nothing. What a round leaves as it was is another one than what a round has changed, and what the
// function was given, handed back as it came, another one than what success makes.
func tellsData(v, data eval.Value) bool {
	switch {
	case v.Kind == eval.Free:
		return eval.Carried(v) != eval.Carried(data) || eval.HandedIn(v) && !eval.MayBe(data, v)
	case eval.Carried(data), isNothing(v):
		return true
	case v.Kind == eval.Constant && v.ConstKind() == constant.Bool:
		return !constant.BoolVal(v.Const())
	}
	return !isZero(v)
}
