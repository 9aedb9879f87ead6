package fate

import (
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// Again is who sends a call again after a row, and what he has of the error.
type Again struct {
	Library string    // how a retry library is told to give up; "" when it is none
	Helper  string    // the name of a helper of the program; "" when it is none
	Here    bool      // it is the function under analysis itself, in a loop or by a second call
	Form    eval.Form // of the error where the decision to give up belongs
}

// Again returns who sends a call again after a row.
func (c *Call) Again(row *eval.Row) Again {
	end := c.resent(row)
	if end == nil {
		return Again{}
	}
	first, second := c.Target.Chain.Links(), end.Second.Links()
	level := divergence(first, second)
	if model := first[level].Model; model != nil {
		words, inOperation := c.final(model)
		again := Again{Library: words, Form: c.form(model, true)}
		if inOperation {
			again.Form = eval.AsItWas
			if level+1 < len(first) {
				again.Form = c.form(first[level+1], false)
			}
		}
		return again
	}
	again := Again{Here: level == 0, Form: c.form(first[level], false)}
	if name := first[level].Function.Name; level > 0 && !strings.Contains(name, "$") { // a function literal has no name
		again.Helper = shortName(name)
	}
	return again
}

// final asks the runs how a retry library is told that an error is final.
func (c *Call) final(model *eval.Chain) (words string, inOperation bool) {
	for _, run := range c.runs {
		if words, inOperation = run.Final(model); !inOperation {
			break // it was seen to ask a function
		}
	}
	return words, inOperation
}

// form returns the worst form in which the error was seen to come to a link.
func (c *Call) form(link *eval.Chain, ofOperation bool) eval.Form {
	form := eval.AsItWas
	for _, run := range c.runs {
		form = max(form, run.FormAt(link, ofOperation))
	}
	return form
}

// Form returns the worst form in which the error was seen to come to the function under analysis.
func (c *Call) Form() eval.Form { return c.form(c.Target.Chain.Root(), false) }

// shortName returns the name of a function or method as it is called: without package, receiver and type arguments.
func shortName(name string) string {
	if receiver, method, isMethod := strings.Cut(name, ")."); isMethod && strings.HasPrefix(receiver, "(") {
		name = method
	}
	name, _, _ = strings.Cut(name, "[")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// MaySendAgain reports whether a row may lead to another send, on some path.
func (c *Call) MaySendAgain(row *eval.Row) bool { return c.resent(row) != nil }

// HandsBack reports whether all that becomes of a row is that the function returns its error as it is, and by which
// branches: nothing is noted, told, stored or looked at before.
func (c *Call) HandsBack(row *eval.Row) (by []token.Pos, ok bool) {
	fate := c.Rows[row.Row.String()]
	if fate == nil || len(fate.Ends) == 0 {
		return nil, false
	}
	for i := range fate.Ends {
		end := &fate.Ends[i]
		if end.Ending != eval.Returned || len(end.Results) == 0 || end.Results[len(end.Results)-1].Kind != eval.ServiceError {
			return nil, false
		}
		if end.Noted() || end.Kept() || end.Told() || end.Looked() || end.Waited() || end.MayWait() {
			return nil, false
		}
		by = append(by, token.Pos(end.Decision()))
	}
	return by, true
}

// Ground returns where the package decides what becomes of a row, in whatever function; 0 when nothing in it does.
func (c *Call) Ground(row *eval.Row) token.Pos {
	fate := c.Rows[row.Row.String()]
	if fate == nil || len(fate.Ends) == 0 {
		return token.NoPos
	}
	return fate.Ends[0].Ground()
}

// ForHead reports whether a predicate is only asked about operations that are sent with HEAD.
func (s *Survey) ForHead(p *Predicate) bool { return s.bare[p.Function] }
