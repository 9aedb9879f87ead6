package inquiry

import (
	"go/constant"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// Part is something that an error says by itself, as a number or a text.
type Part uint8

// The parts.
const (
	Nothing Part = iota
	Status
	Code
	Digits // of the status, as a text
)

// Kind is of what kind a part is, whatever the row.
func (p Part) Kind() constant.Kind {
	if p == Status {
		return constant.Int
	}
	return constant.String
}

func (p Part) of(says *Says) constant.Value {
	switch p {
	case Status:
		return constant.MakeInt64(int64(says.Status))
	case Digits:
		return constant.MakeString(strconv.Itoa(says.Status))
	}
	return constant.MakeString(says.Code)
}

// matter is what a question is about.
type matter uint8

const (
	itself    matter = iota // what a part is
	operation               // what an operation makes of a part and a number or a text
	test                    // whether a test of texts holds of a part
	within                  // whether the error's text contains one for certain
	whole                   // whether a text contains all that is certain of the error's
	begin                   // whether the error's text begins with one; unknown where its beginning is too short to tell
	match                   // whether an expression matches what is certain of the error's text
	listed                  // what a table of the SDK says
)

type question struct {
	matter   matter
	part     Part
	operator token.Token
	operand  constant.Value
	first    bool   // the operand stands first
	text     string // that is looked for, or the name of a table
	name     string // of a test
	folded   bool
	lookUp   func(status int, code string) (answer, known bool)
	pattern  *regexp.Regexp
}

// is reports whether two questions are one.
func (q *question) is(other question) bool {
	return q.matter == other.matter && q.part == other.part && q.operator == other.operator && q.first == other.first &&
		q.folded == other.folded && q.text == other.text && q.name == other.name &&
		(q.operand == nil || same(q.operand, other.operand))
}

// of answers a question for what a row says.
func (q *question) of(says *Says) constant.Value {
	switch q.matter {
	case itself:
		return q.part.of(says)
	case operation:
		if q.first {
			return Combined(q.operand, q.operator, q.part.of(says))
		}
		return Combined(q.part.of(says), q.operator, q.operand)
	case test:
		return constant.MakeBool(tests[q.name](constant.StringVal(q.part.of(says)), q.text))
	case within:
		return constant.MakeBool(some(says.Texts, func(text string) bool {
			if q.folded {
				text = strings.ToLower(text)
			}
			return strings.Contains(text, q.text)
		}))
	case whole:
		return constant.MakeBool(!some(says.Texts, func(text string) bool {
			return !strings.Contains(q.text, text) && !strings.Contains(q.text, strings.ToLower(text))
		}))
	case begin:
		return begins(says.Begins, q.text)
	case match:
		return constant.MakeBool(some(says.Texts, q.pattern.MatchString))
	}
	return q.looksUp(says)
}

// looksUp answers what a table says of a row. Where the answer has no body, the table may say otherwise than it would of
// what the service means: that is answered wrongly, which is not the program's fault.
func (q *question) looksUp(says *Says) constant.Value {
	answer, known := q.lookUp(says.Status, says.Code)
	if says.Meant != "" {
		meant, _ := q.lookUp(says.Status, says.Meant)
		known = known && answer == meant
	}
	if !known {
		return constant.MakeUnknown()
	}
	return constant.MakeBool(answer)
}

func some(texts []string, is func(text string) bool) bool {
	for _, text := range texts {
		if is(text) {
			return true
		}
	}
	return false
}

func begins(known, text string) constant.Value {
	switch {
	case known == "":
	case strings.HasPrefix(known, text):
		return constant.MakeBool(true)
	case !strings.HasPrefix(text, known):
		return constant.MakeBool(false)
	}
	return constant.MakeUnknown()
}

// Combined is what an operator makes of two numbers or two texts.
func Combined(x constant.Value, operator token.Token, y constant.Value) constant.Value {
	switch operator {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return constant.MakeBool(constant.Compare(x, operator, y))
	}
	return constant.BinaryOp(x, operator, y)
}

// tests are what package strings tells of two texts.
var tests = map[string]func(code, text string) bool{
	"Contains": strings.Contains, "HasPrefix": strings.HasPrefix, "HasSuffix": strings.HasSuffix, "EqualFold": strings.EqualFold,
}

// IsTest reports whether a function of package strings is a test that can be asked.
func IsTest(name string) bool { return tests[name] != nil }

// Is tells what a part is, whatever is done with it then: only rows of which it is the same share.
func (r *Row) Is(part Part) constant.Value { return r.answer(question{matter: itself, part: part}) }

// Combined tells what an operator makes of a part and an operand, which stands first or last.
func (r *Row) Combined(part Part, operator token.Token, operand constant.Value, first bool) constant.Value {
	return r.answer(question{matter: operation, part: part, operator: operator, operand: operand, first: first})
}

// Test tells whether a test of package strings holds of a part and a text.
func (r *Row) Test(part Part, name, text string) bool {
	return constant.BoolVal(r.answer(question{matter: test, part: part, name: name, text: text}))
}

// Contains tells whether the error's text contains another one for certain; folded, in lower case.
func (r *Row) Contains(text string, folded bool) bool {
	return constant.BoolVal(r.answer(question{matter: within, text: text, folded: folded}))
}

// MayBe tells whether all that is certain of the error's text is in another one, in whatever case.
func (r *Row) MayBe(text string) bool {
	return constant.BoolVal(r.answer(question{matter: whole, text: text}))
}

// Begins tells whether the error's text begins with another one, if that is known.
func (r *Row) Begins(text string) (answer, known bool) {
	return truth(r.answer(question{matter: begin, text: text}))
}

// Matches tells whether an expression matches in what is certain of the error's text.
func (r *Row) Matches(pattern *regexp.Regexp) bool {
	return constant.BoolVal(r.answer(question{matter: match, text: pattern.String(), pattern: pattern}))
}

// LooksUp tells what a table of the SDK says of the row, if that is known.
func (r *Row) LooksUp(name string, table func(status int, code string) (answer, known bool)) (answer, known bool) {
	return truth(r.answer(question{matter: listed, text: name, lookUp: table}))
}

// truth is an answer as a condition, if it is known.
func truth(answer constant.Value) (is, known bool) {
	if answer.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(answer), true
}
