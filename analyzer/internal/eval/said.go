package eval

import (
	"go/constant"
	"go/token"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
)

// The status and the code of a failure are constants of which a run does not see what they are. What is held against them
// is asked of the row, which notes the question: rows that give the same answers share the run.

// said is what the row says itself.
func (r *run) said(part inquiry.Part, row *inquiry.Row) Value {
	r.result.says = true
	return r.make(Node{Kind: Constant, Says: part, Row: row, Taint: OnRow})
}

// Const returns what a constant is. Of one that the row says this is a question to the row, to which no row answers the
// same that says something else.
func (v *Node) Const() constant.Value {
	if v.Says != inquiry.Nothing {
		return v.Row.Is(v.Says)
	}
	return v.fixed
}

// ConstKind returns of what kind a constant is, which is the same for every row.
func (v *Node) ConstKind() constant.Kind {
	if v.Says != inquiry.Nothing {
		return v.Says.Kind()
	}
	return v.fixed.Kind()
}

// sign returns the sign of a number: a status is none below one.
func (v *Node) sign() int {
	if v.Says == inquiry.Status {
		return 1
	}
	return constant.Sign(v.Const())
}

// combined is what an operator makes of two constants.
func combined(x Value, operator token.Token, y Value) constant.Value {
	switch {
	case x.Says != inquiry.Nothing && y.Says == inquiry.Nothing && x.ConstKind() == y.ConstKind():
		return x.Row.Combined(x.Says, operator, y.fixed, false)
	case y.Says != inquiry.Nothing && x.Says == inquiry.Nothing && x.ConstKind() == y.ConstKind():
		return y.Row.Combined(y.Says, operator, x.fixed, true)
	}
	return inquiry.Combined(x.Const(), operator, y.Const())
}

// holds reports whether a comparison of two constants holds.
func holds(x Value, operator token.Token, y Value) bool {
	return constant.BoolVal(combined(x, operator, y))
}

// isSaid reports whether a constant is what the row says for certain, in whole: by itself, or because it is the same.
func (r *run) isSaid(v Value) bool {
	switch {
	case v.Says != inquiry.Nothing:
		return v.Says != inquiry.Digits
	case v.ConstKind() == constant.String:
		return constant.BoolVal(r.row.Combined(inquiry.Code, token.EQL, v.fixed, false))
	case v.ConstKind() == constant.Int:
		return constant.BoolVal(r.row.Combined(inquiry.Status, token.EQL, v.fixed, false))
	}
	return false
}

// digits writes a number as a text.
func (r *run) digits(number Value) Value {
	if number.Says == inquiry.Status {
		return r.make(Node{Kind: Constant, Says: inquiry.Digits, Row: number.Row, Taint: number.Taint})
	}
	return r.text(number.Const().ExactString(), number.Taint)
}

// testSaid answers a test of package strings about what the row says and a text of the program, if it is one.
func (r *run) testSaid(name string, x []Value) (answer Value, isTest bool) {
	if len(x) != 2 || !inquiry.IsTest(name) {
		return nil, false
	}
	said, text := x[0], x[1]
	if name == "EqualFold" && said.Says == inquiry.Nothing {
		said, text = text, said
	}
	if said.Says == inquiry.Nothing || said.ConstKind() != constant.String || text.Kind != Constant || text.Says != inquiry.Nothing || text.ConstKind() != constant.String {
		return nil, false
	}
	return r.boolean(said.Row.Test(said.Says, name, constant.StringVal(text.fixed)), max(said.Taint, text.Taint)), true
}
