// Package inquiry knows a catalog row as a run meets it: what can be asked of it, and what a run has asked. Another row
// that gives the same answers would have sent the run the same way, so it shares what the run came to.
//
// A row tells nothing of itself but through its questions, each of which is noted.
package inquiry

import (
	"go/constant"
	"go/token"
	"strconv"
	"strings"
)

// Row is a row as a run meets it, once it says something. It is used by one goroutine.
type Row struct {
	says  Says
	name  string
	noted *Inquiry // what is being asked; nil when nobody wants to know
}

// Says is what the error of a row says.
type Says struct {
	Status int
	Code   string
	Meant  string   // the code that the service means, where the answer has no body to say it in
	Texts  []string // what every text of the error contains for certain
	Begins string   // how such a text begins, as far as that is known
}

// Say has a row say something, from here on.
func (r *Row) Say(says Says) {
	r.says = says
	r.name = strings.TrimSpace(strconv.Itoa(says.Status) + " " + says.Code + " " + says.Meant)
}

// Name tells values of one row from those of another, and is for nothing else.
func (r *Row) Name() string { return r.name }

// Inquiry is what was asked of a row, with the answers.
type Inquiry struct {
	asked []answered
	all   bool // more than can be kept: no other row shares
}

type answered struct {
	question question
	answer   constant.Value
}

// maxAsked bounds the questions that are kept.
const maxAsked = 64

// Begin notes what is asked from here on, after what an inquiry has already.
func (r *Row) Begin(into *Inquiry) { r.noted = into }

// End stops noting.
func (r *Row) End() { r.noted = nil }

// Holds reports whether a row gives the answers that another one gave.
func (i *Inquiry) Holds(row *Row) bool {
	if i.all {
		return false
	}
	for _, before := range i.asked {
		if !same(before.question.of(&row.says), before.answer) {
			return false
		}
	}
	return true
}

// answer answers a question and notes it.
func (r *Row) answer(q question) constant.Value {
	if r.noted == nil {
		return q.of(&r.says)
	}
	for _, before := range r.noted.asked {
		if before.question.is(q) {
			return before.answer
		}
	}
	answer := q.of(&r.says)
	if r.noted.all = r.noted.all || len(r.noted.asked) == maxAsked; !r.noted.all {
		r.noted.asked = append(r.noted.asked, answered{q, answer})
	}
	return answer
}

// same reports whether two answers are one, as two are that are not known.
func same(a, b constant.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	return a.Kind() == constant.Unknown || constant.Compare(a, token.EQL, b)
}
