package inquiry

import (
	"go/constant"
	"go/token"
	"regexp"
	"strconv"
	"testing"
)

func row(status int, code, meant string) *Row {
	made := &Row{}
	made.Say(Says{Status: status, Code: code, Meant: meant, Texts: []string{"Error Code: " + code + "."}, Begins: "Error returned by "})
	return made
}

// others are rows, each of which may answer a question as the one that is asked does.
func others() []*Row {
	return []*Row{row(404, "NotFound", ""), row(404, "NotAuthorizedOrNotFound", ""), row(409, "IncorrectState", ""), row(409, "NotFound", "IncorrectState")}
}

func number(n int64) constant.Value { return constant.MakeInt64(n) }

// Whatever is asked of a row is noted: exactly the rows share that answer the same.
func TestQuestions(t *testing.T) {
	isNotFound := func(_ int, code string) (answer, known bool) { return code == "NotFound", true }
	for name, question := range map[string]struct {
		ask    func(r *Row)
		shares string // a letter for each of the others
	}{
		"nothing":    {func(*Row) {}, "yyyy"},
		"status":     {func(r *Row) { r.Is(Status) }, "yynn"},
		"digits":     {func(r *Row) { r.Is(Digits) }, "yynn"},
		"code":       {func(r *Row) { r.Is(Code) }, "ynny"},
		"comparison": {func(r *Row) { r.Combined(Status, token.LSS, number(500), false) }, "yyyy"},
		"of both": {func(r *Row) {
			r.Combined(Status, token.LSS, number(405), false)
			r.Combined(Code, token.EQL, constant.MakeString("NotFound"), false)
		}, "ynnn"},
		"operand":     {func(r *Row) { r.Combined(Status, token.SUB, number(404), true) }, "yynn"},
		"division":    {func(r *Row) { r.Combined(Status, token.QUO_ASSIGN, number(100), false) }, "yyyy"},
		"test":        {func(r *Row) { r.Test(Code, "HasSuffix", "NotFound") }, "yyny"},
		"of digits":   {func(r *Row) { r.Test(Digits, "Contains", "9") }, "yynn"},
		"text":        {func(r *Row) { r.Contains("Code: Not", false) }, "yyny"},
		"folded text": {func(r *Row) { r.Contains("notfound.", true) }, "yyny"},
		"whole":       {func(r *Row) { r.MayBe("Error Code: NotFound.") }, "ynny"},
		"beginning":   {func(r *Row) { r.Begins("NotFound") }, "yyyy"},
		"expression":  {func(r *Row) { r.Matches(regexp.MustCompile("Code: (Not|In)")) }, "yyyy"},
		"table":       {func(r *Row) { r.LooksUp("isNotFound", isNotFound) }, "ynnn"}, // of the last it is not known
	} {
		asked, inquiry := row(404, "NotFound", ""), &Inquiry{}
		question.ask(asked)
		asked.Begin(inquiry)
		question.ask(asked)
		question.ask(asked)
		asked.End()
		asked.Is(Code)
		shares := ""
		for _, other := range others() {
			if inquiry.Holds(other) {
				shares += "y"
			} else {
				shares += "n"
			}
		}
		if shares != question.shares {
			t.Errorf("%s: %s share, want %s", name, shares, question.shares)
		}
	}
}

// Of more questions than are kept no row shares.
func TestManyQuestions(t *testing.T) {
	asked, inquiry := row(404, "NotFound", ""), &Inquiry{}
	asked.Begin(inquiry)
	for n := range maxAsked {
		asked.Contains(strconv.Itoa(n), false)
	}
	if !inquiry.Holds(row(404, "NotFound", "")) {
		t.Error("a row does not share its own answers")
	}
	asked.Contains("one more", false)
	if inquiry.Holds(row(404, "NotFound", "")) {
		t.Error("a row shares answers that were not kept")
	}
}

func TestNames(t *testing.T) {
	names := map[string]bool{}
	for _, one := range others() {
		names[one.Name()] = true
	}
	if len(names) != len(others()) {
		t.Errorf("%v", names)
	}
}
