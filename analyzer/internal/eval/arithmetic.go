package eval

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// binary evaluates a binary operator. It returns false when the comparison panics.
func (r *run) binary(s *state, operator token.Token, x, y Value) (Value, bool) {
	switch operator {
	case token.EQL:
		return r.equal(s, x, y)
	case token.NEQ:
		same, ok := r.equal(s, x, y)
		if !ok {
			return nil, false
		}
		return r.unary(token.NOT, same), true
	}
	taint := max(x.Taint, y.Taint)
	if x.Kind == Undetermined || y.Kind == Undetermined {
		return r.undetermined("operand of " + operator.String()), true
	}
	if x.Kind == Constant && y.Kind == Constant {
		return r.constants(operator, x, y, taint), true
	}
	if x.Kind == Text || y.Kind == Text {
		return r.textual(operator, x, y), true
	}
	return r.symbolic(operator, x, y), true
}

func (r *run) constants(operator token.Token, x, y Value, taint Taint) Value {
	if x.ConstKind() == constant.Bool || y.ConstKind() == constant.Bool {
		return r.free(operator.String(), 0, x, y)
	}
	switch operator {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return r.boolean(holds(x, operator, y), taint)
	case token.SHL, token.SHR:
		if x.ConstKind() != constant.Int {
			return r.free("shift", 0, x, y)
		}
		n, ok := constant.Uint64Val(constant.ToInt(y.Const()))
		if !ok || n > 512 {
			return r.free("shift", 0)
		}
		return r.constant(constant.Shift(constant.ToInt(x.Const()), operator, uint(n)), taint)
	case token.QUO:
		if constant.Sign(y.Const()) == 0 {
			return r.undetermined("division by zero")
		}
		if x.ConstKind() == constant.Int && y.ConstKind() == constant.Int {
			operator = token.QUO_ASSIGN // integer division
		}
	case token.REM:
		if constant.Sign(y.Const()) == 0 {
			return r.free("division", 0)
		}
	}
	if x.ConstKind() == constant.String != (y.ConstKind() == constant.String) {
		return r.free(operator.String(), 0, x, y)
	}
	return r.constant(combined(x, operator, y), taint)
}

// symbolic combines values of which one is free.
func (r *run) symbolic(operator token.Token, x, y Value) Value {
	clock := (x.Flags | y.Flags) & Clock
	switch operator {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if less, ok := fromTheSame(operator, x, y); ok {
			return r.boolean(less, Clean)
		}
		if decided, ok := boundCompare(operator, x, y); ok {
			return r.boolean(decided, max(maxTaint(x), maxTaint(y)))
		}
		if clock != 0 && x.Kind == Free && x.Taint == OnRow || y.Kind == Free && y.Taint == OnRow {
			return r.undetermined("position in the error's text")
		}
		if clock != 0 {
			// A counter or an elapsed time against whatever bounds it: both ways, whoever gave the bound.
			return r.make(Node{Kind: Free, Text: operator.String(), Args: []Value{r.plain(x), r.plain(y)}})
		}
	}
	if clock != 0 {
		x, y = r.plain(x), r.plain(y)
	}
	if maxTaint(x, y) >= Chosen && clock == 0 {
		return r.undetermined("the error against unknown data")
	}
	// Normal form: a > b is b < a, a >= b is not a < b.
	switch operator {
	case token.GTR:
		return r.free("<", 0, y, x)
	case token.GEQ:
		return r.unary(token.NOT, r.free("<", 0, x, y))
	case token.LEQ:
		return r.unary(token.NOT, r.free("<", 0, y, x))
	}
	flags := Flag(0)
	if (operator == token.ADD || operator == token.MUL || operator == token.QUO || operator == token.REM || operator == token.SHL) &&
		(x.Flags&Clock != 0 || notNegative(x)) && (y.Flags&Clock != 0 || notNegative(y)) {
		flags = Clock
	}
	if operator == token.ADD && notNegative(y) && constant.Sign(y.Const()) > 0 {
		switch {
		case x.Flags&Clock != 0:
			flags = Clock | Index | Positive
		case x.Flags&Index != 0:
			flags = Clock | Index
		}
	}
	return r.free(operator.String(), flags, x, y)
}

// plain returns a constant without what it depends on: a pause that the row chose, added to a time that nobody knows, is
// a time that nobody knows.
func (r *run) plain(v Value) Value {
	if v.Kind != Constant || v.Taint == Clean {
		return v
	}
	return r.constant(v.Const(), Clean)
}

// fromTheSame decides comparisons of a number with itself, or with what was added to it: a counter that was set to its
// limit has reached it.
func fromTheSame(operator token.Token, x, y Value) (decided, ok bool) {
	base := func(v Value) (Value, constant.Value) {
		if v.Kind == Free && v.Text == "+" && len(v.Args) == 2 && v.Args[1].Kind == Constant && v.Args[1].ConstKind() == constant.Int {
			return v.Args[0], v.Args[1].Const()
		}
		return v, constant.MakeInt64(0)
	}
	mine, added := base(x)
	theirs, more := base(y)
	if mine != theirs || mine.Kind != Free {
		return false, false
	}
	return constant.Compare(added, operator, more), true
}

// boundCompare decides comparisons of something that has a least value with a constant below or at it.
func boundCompare(operator token.Token, x, y Value) (decided, ok bool) {
	if y.Flags&Clock != 0 && x.Kind == Constant {
		return boundCompare(mirrored(operator), y, x)
	}
	if x.Flags&Clock == 0 || y.Kind != Constant || y.ConstKind() == constant.String {
		return false, false
	}
	least := constant.MakeInt64(0)
	if x.Flags&Positive != 0 {
		least = constant.MakeInt64(1)
	}
	switch operator {
	case token.LSS:
		return false, constant.Compare(y.Const(), token.LEQ, least)
	case token.GEQ:
		return true, constant.Compare(y.Const(), token.LEQ, least)
	case token.LEQ:
		return false, constant.Compare(y.Const(), token.LSS, least)
	case token.GTR:
		return true, constant.Compare(y.Const(), token.LSS, least)
	}
	return false, false
}

func mirrored(operator token.Token) token.Token {
	switch operator {
	case token.LSS:
		return token.GTR
	case token.LEQ:
		return token.GEQ
	case token.GTR:
		return token.LSS
	case token.GEQ:
		return token.LEQ
	}
	return operator
}

// equal compares two values. It returns false when the comparison panics.
func (r *run) equal(s *state, x, y Value) (Value, bool) {
	if x.Kind == Nil || y.Kind == Nil {
		return r.isNil(s, x, y), true
	}
	if x.Kind == ServiceError && y.Kind == ServiceError {
		return r.serviceErrorsCompared()
	}
	r.comparedSymbol(x, y)
	taint := max(maxTaint(x), maxTaint(y))
	if isError(x) || isError(y) {
		return r.equalErrors(x, y), true
	}
	if x.Kind == Undetermined || y.Kind == Undetermined {
		return r.undetermined("compared"), true
	}
	if x.Kind == Text || y.Kind == Text {
		return r.textual(token.EQL, x, y), true
	}
	if x.Kind == Constant && y.Kind == Constant {
		if x.ConstKind() == constant.Bool && y.ConstKind() == constant.Bool {
			return r.boolean(constant.BoolVal(x.Const()) == constant.BoolVal(y.Const()), taint), true
		}
		if (x.ConstKind() == constant.String) != (y.ConstKind() == constant.String) ||
			(x.ConstKind() == constant.Bool) != (y.ConstKind() == constant.Bool) {
			return r.boolean(false, taint), true
		}
		r.compared(x, y)
		return r.boolean(holds(x, token.EQL, y), taint), true
	}
	if x == y && holdsServiceError(x) {
		return r.serviceErrorsCompared()
	}
	if x == y && x.Kind != Free {
		return r.boolean(true, taint), true
	}
	if x == y {
		return r.boolean(true, Clean), true
	}
	x, y = r.expand(x), r.expand(y)
	if parts, ok := r.equalParts(s, x, y); ok {
		return parts, parts != nil
	}
	if y.Kind == Constant && y.ConstKind() == constant.Bool {
		x, y = y, x
	}
	if x.Kind == Constant && x.ConstKind() == constant.Bool && x.Taint < Chosen {
		if isTrue(x) {
			return y, true
		}
		return r.unary(token.NOT, y), true
	}
	if x.Flags&Clock != 0 || y.Flags&Clock != 0 {
		if atMost, ok := boundCompare(token.LEQ, x, y); ok && !atMost {
			return r.boolean(false, taint), true
		}
		if atLeast, ok := boundCompare(token.GEQ, x, y); ok && !atLeast {
			return r.boolean(false, taint), true
		}
		if x.Taint < Chosen && y.Taint < Chosen {
			return r.make(Node{Kind: Free, Text: "==", Args: ordered(x, y)}), true
		}
	}
	if taint >= Chosen {
		return r.undetermined("the error against unknown data"), true
	}
	return r.free("==", 0, ordered(x, y)...), true
}

// compared tells the watcher of a comparison of the whole code, or the status, with a constant of the program.
func (r *run) compared(x, y Value) {
	if r.Watch == nil || r.row == nil || r.step == nil {
		return
	}
	if x.Taint != OnRow {
		x, y = y, x
	}
	if x.Taint != OnRow || y.Taint != Clean {
		return
	}
	if r.isSaid(x) {
		r.tellCompared(y)
	}
}

// comparedSymbol tells the watcher of a comparison of a code of which nothing is known.
func (r *run) comparedSymbol(x, y Value) {
	if y.Kind == Free {
		x, y = y, x
	}
	if r.Watch != nil && r.step != nil && x.Kind == Free && x.Text == CodeSymbol && y.Kind == Constant && y.ConstKind() == constant.String {
		var row *Row
		if ofAnotherCall(x, 0) || r.sites != nil && hasJoin(x, 0) {
			row = AnotherCall
		}
		r.Watch(r.compares(), row, y.Const())
	}
}

// serviceErrorsCompared is the answer to a comparison of two service errors: it panics, or cannot be told.
func (r *run) serviceErrorsCompared() (Value, bool) {
	if isTrue(r.comparing()) {
		return nil, false
	}
	return r.undetermined("service errors compared"), true
}

// AnotherCall stands for the row in comparisons with the code of another OCI call's error, which is judged for itself.
var AnotherCall = &Row{}

// ofAnotherCall reports whether a symbol was made of the error of another OCI call than the one that is judged.
func ofAnotherCall(v Value, depth int) bool {
	if v.Kind != Free || depth > maxSymbol {
		return false
	}
	return strings.HasPrefix(v.Text, earlierError) || strings.HasPrefix(v.Text, laterError) ||
		slices.ContainsFunc(v.Args, func(part Value) bool { return ofAnotherCall(part, depth+1) })
}

// hasJoin reports whether a symbol stands for one of several values. In a run that looks for the calls in failure branches
// they are errors of calls that were noted before: what else may be one of them was seen by the run before.
func hasJoin(v Value, depth int) bool {
	return v.Kind == Free && depth <= maxSymbol && (strings.HasPrefix(v.Text, "join:") ||
		slices.ContainsFunc(v.Args, func(part Value) bool { return hasJoin(part, depth+1) }))
}

// maxSymbol bounds how far the parts of a symbol are looked at.
const maxSymbol = 6

func ordered(x, y Value) []Value {
	if x.ID > y.ID {
		x, y = y, x
	}
	return []Value{x, y}
}

// equalParts compares aggregates part by part; a nil value with true means that a part panics.
func (r *run) equalParts(s *state, x, y Value) (Value, bool) {
	switch {
	case x.Kind == Struct && y.Kind == Struct && len(x.Args) == len(y.Args),
		x.Kind == Array && y.Kind == Array && len(x.Args) == len(y.Args):
		result := r.boolean(true, Clean)
		for i := range x.Args {
			part, ok := r.equal(s, x.Args[i], y.Args[i])
			if !ok {
				return nil, true
			}
			if isFalse(part) {
				return r.boolean(false, max(maxTaint(x), maxTaint(y))), true
			}
			if !isTrue(part) {
				result = r.both(result, part)
			} else if result.Kind == Constant {
				result = r.boolean(true, max(result.Taint, part.Taint))
			}
		}
		return result, true
	case x.Kind == Interface && y.Kind == Interface:
		if x.Type.Name != y.Type.Name {
			return r.boolean(false, Clean), true
		}
		part, ok := r.equal(s, x.Args[0], y.Args[0])
		if !ok {
			return nil, true
		}
		return part, true
	case x.Kind == Pointer && y.Kind == Pointer && x != y:
		// Two objects of the program; an object reached through an unknown pointer may be either.
		if x.Path == y.Path && (isSymbolic(r.names[x.Object-1]) || isSymbolic(r.names[y.Object-1])) {
			return r.free("==", 0, ordered(x, y)...), true
		}
		return r.boolean(false, Clean), true
	}
	return nil, false
}

// both is the conjunction of two undecided conditions.
func (r *run) both(x, y Value) Value {
	if isTrue(x) {
		return y
	}
	if x.Kind == Undetermined || y.Kind == Undetermined || maxTaint(x, y) >= Chosen {
		return r.undetermined("both")
	}
	return r.free("&&", 0, x, y)
}

func isError(v Value) bool {
	switch v.Kind {
	case ServiceError, Wrapped, Flattened, OtherError:
		return true
	}
	return false
}

// equalErrors compares errors by identity: the row's error was made by this call, so no other value is it.
func (r *run) equalErrors(x, y Value) Value {
	if x.Kind == Undetermined || y.Kind == Undetermined {
		return r.undetermined("compared")
	}
	if x.Kind == ServiceError && y.Kind == ServiceError {
		return r.boolean(false, Presence) // not comparable, so errors.Is never finds it
	}
	if x == y && x.Kind != OtherError {
		return r.undetermined("the same wrapped error, or one like it")
	}
	if isError(x) && isError(y) {
		return r.boolean(x == y, Presence)
	}
	if !isError(x) {
		x, y = y, x
	}
	switch {
	case y.Kind == Interface:
		return r.boolean(false, Presence)
	case x.Kind == OtherError && !isOpen(x) && r.isSentinel(y):
		return r.boolean(x.Text == r.sentinelOf(y), Clean)
	case x.Kind == OtherError:
		return r.free("==", 0, ordered(x, y)...)
	case r.isSentinel(y):
		return r.boolean(false, Presence)
	}
	return r.undetermined("the error against an unknown error")
}

// isSentinel reports whether a value is a package variable of somebody else: what the service has just answered with was
// never put there.
func (r *run) isSentinel(v Value) bool {
	if v.Kind != Free || v.Text != "load:" || len(v.Args) != 1 || v.Args[0].Kind != Pointer {
		return false
	}
	global, ok := strings.CutPrefix(r.names[v.Args[0].Object-1], "global:")
	path, _, _ := strings.Cut(global, "#")
	return ok && r.packageAt(path) == nil
}

// isNil compares with nil.
func (r *run) isNil(s *state, x, y Value) Value {
	if x.Kind != Nil {
		x, y = y, x
	}
	// Have: x is nil.
	if y.Flags&MaybeNil != 0 {
		return r.free("==nil", 0, y)
	}
	switch y.Kind {
	case Nil:
		return r.boolean(true, max(x.Taint, y.Taint))
	case Undetermined:
		if y.Text == notNilButUnknown {
			return r.boolean(false, Presence)
		}
		return r.undetermined("nil test")
	case ServiceError, Wrapped, Flattened:
		return r.boolean(false, Presence)
	case Function:
		return r.boolean(false, y.Taint)
	case OtherError, Pointer, Map, Slice, Option:
		return r.boolean(false, Clean)
	case Response, HTTPResponse:
		return r.boolean(false, Presence)
	case Interface:
		return r.boolean(false, maxTaint(y))
	case Free:
		if y.Flags&NonNil != 0 {
			return r.boolean(false, Clean)
		}
		return r.free("==nil", 0, y)
	}
	return r.free("==nil", 0, y)
}

// statusBits are the bits that any status fits into.
const statusBits = 10

const notNilButUnknown = "an error that is not nil"

// wrapAround keeps an integer within its type, as the machine does.
func (r *run) wrapAround(t *summary.Type, v Value) Value {
	if v.Kind == Constant && t.Kind == summary.FloatType && v.ConstKind() == constant.Float {
		return r.constant(rounded(v.Const()), v.Taint)
	}
	if v.Kind != Constant || v.Says != inquiry.Nothing && t.Bits > statusBits || v.ConstKind() != constant.Int || t.Bits == 0 || t.Kind != summary.IntType && t.Kind != summary.UintType {
		return v
	}
	if fits(t, v.Const()) {
		return r.constant(v.Const(), v.Taint)
	}
	size := constant.Shift(constant.MakeInt64(1), token.SHL, uint(t.Bits))
	mask := constant.BinaryOp(size, token.SUB, constant.MakeInt64(1))
	wrapped := constant.BinaryOp(v.Const(), token.AND, mask)
	half := constant.Shift(constant.MakeInt64(1), token.SHL, uint(t.Bits)-1)
	if t.Kind == summary.IntType && constant.Compare(wrapped, token.GEQ, half) {
		wrapped = constant.BinaryOp(wrapped, token.SUB, size)
	}
	return r.constant(wrapped, v.Taint)
}

// fits reports whether a number is one of an integer type, as far as it is small enough to tell at once.
func fits(t *summary.Type, number constant.Value) bool {
	n, exact := constant.Int64Val(number)
	if t.Kind == summary.IntType {
		return exact && n>>(t.Bits-1) == n>>63
	}
	return exact && n >= 0 && (t.Bits >= 64 || n>>t.Bits == 0)
}

// holdsServiceError reports whether comparing a value compares a service error, which panics.
func holdsServiceError(v Value) bool {
	switch v.Kind {
	case ServiceError:
		return true
	case Interface, Struct, Array:
		for _, part := range v.Args {
			if holdsServiceError(part) {
				return true
			}
		}
	}
	return false
}

// below reports whether a value is certainly negative.
// rounded is a number as a float64 holds it.
func rounded(value constant.Value) constant.Value {
	near, _ := constant.Float64Val(value)
	return constant.ToFloat(constant.MakeFloat64(near))
}
