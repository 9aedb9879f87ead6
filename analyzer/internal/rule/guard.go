package rule

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
)

// A guard gives up after answers of the service that are final, and has no say in anything else: each row of the catalog
// has a duty, and where no condition does justice to all of them there is no guard.

// duty is what a guard owes to a row.
type duty uint8

// The duties.
const (
	goOn   duty = iota // the row is treated as before
	giveUp             // the row is what the guard is for
	asItIs             // to give up is what the code does by itself
)

// maxCodes bounds the codes that a guard compares: a longer list is for a person to write.
const maxCodes = 4

// duties holds the rows of the catalog by what a guard owes to them.
type duties map[duty][]catalog.Row

// guard returns the condition of a guard about an error, as what stands between "if" and the brace. It is not ok where
// no condition fits, or the SDK does not declare what it takes.
func (d duties) guard(in *Input, common, err string) (condition string, ok bool) {
	if len(d[giveUp]) == 0 || !in.declares("IsServiceError") {
		return "", false
	}
	if len(d[giveUp]) > maxFew {
		if condition, ok = d.byQuestion(in, common, err); ok {
			return condition, true
		}
	}
	return d.byCode(common, err)
}

// maxFew final rows are rather named in a guard than told by the SDK's question.
const maxFew = 2

// byQuestion gives up on all answers of the service that the SDK would not send again.
func (d duties) byQuestion(in *Input, common, err string) (condition string, ok bool) {
	if !in.declares(byDefault) || slices.ContainsFunc(d[giveUp], in.isByDefault) {
		return "", false
	}
	condition = "ok && !" + common + "." + byDefault + "(" + err + ")"
	asksAffected := slices.ContainsFunc(d[goOn], in.isAffectedByWindow) && !slices.ContainsFunc(d[giveUp], in.isAffectedByWindow) && in.declares(isAffected)
	if asksAffected {
		condition += " && !" + common + "." + isAffected + "(" + err + ")"
	}
	failure, compared := "_", []string(nil)
	for _, row := range d[goOn] {
		if in.isByDefault(row) || asksAffected && in.isAffectedByWindow(row) || slices.Contains(compared, row.Code) {
			continue
		}
		if hasCode(d[giveUp], row.Code) {
			return "", false
		}
		failure, compared = "failure", append(compared, row.Code)
		condition += " && failure.GetCode() != " + strconv.Quote(row.Code)
	}
	return failure + ", ok := " + common + ".IsServiceError(" + err + "); " + condition, len(compared) <= maxCodes
}

// byCode gives up on the codes of the final rows alone.
func (d duties) byCode(common, err string) (condition string, ok bool) {
	var tests []string
	for _, row := range d[giveUp] {
		if hasCode(d[goOn], row.Code) {
			return "", false
		}
		tests = append(tests, "failure.GetCode() == "+strconv.Quote(row.Code))
	}
	condition = strings.Join(tests, " || ")
	if len(tests) > 1 {
		condition = "(" + condition + ")"
	}
	return "failure, ok := " + common + ".IsServiceError(" + err + "); ok && " + condition, len(tests) <= maxCodes
}

func hasCode(rows []catalog.Row, code string) bool {
	return slices.ContainsFunc(rows, func(row catalog.Row) bool { return row.Code == code })
}

// guardFix returns what is final right after the call that is sent again. It is certain where the function itself sends
// it again, has the error as it was, and returns an error alone.
func guardFix(in *Input, found *retriedRows) []analysis.SuggestedFix {
	path := nodeAt(in.Files, found.call.Pos)
	for i := len(path) - 1; i > 0; i-- {
		switch n := path[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		case *ast.AssignStmt:
			block, inBlock := path[i-1].(*ast.BlockStmt)
			if !inBlock || len(n.Rhs) != 1 || !isCallAt(n.Rhs[0], found.call.Pos) || !returnsError(in, path[:i]) {
				return nil
			}
			failure, ok := n.Lhs[len(n.Lhs)-1].(*ast.Ident)
			common := commonName(in, path[0], n.End())
			if !ok || !isPlainName(failure.Name) || common == "" || !isErrorType(in.Info.TypeOf(failure)) {
				return nil
			}
			condition, ok := callDuties(in, found).guard(in, common, failure.Name)
			if !ok {
				return nil
			}
			guard := "if " + condition + " {\nreturn " + failure.Name + "\n}"
			return []analysis.SuggestedFix{{Message: "Return what is final", TextEdits: []analysis.TextEdit{after(block, n, guard)}}}
		}
	}
	return nil
}

// callDuties is what a guard owes to each row after the calls that stand at one place; nothing where the error does not
// come as it was, or somebody else sends again.
func callDuties(in *Input, found *retriedRows) duties {
	d := duties{}
	for _, row := range in.Survey.Session.Rows {
		owed := asItIs
		for _, call := range in.Survey.Calls {
			if call.Pos != found.call.Pos || call.Function != found.call.Function {
				continue
			}
			if call.Rows == nil || call.SentWithHead() || call.Form() != eval.AsItWas || call.MaySendAgain(row) && !call.Again(row).Here {
				return nil
			}
			if call.MaySendAgain(row) && in.Survey.Succeeds(call, row) {
				return nil // whoever gives up at last says that all is well: to return the error would be another answer
			}
			if call.Rows[row.Row.String()] == nil || justReturned(in, call, row) {
				continue // it cannot come from the operation, or is given back as it is
			}
			if isFinal := holdsRow(found.rows, row.Row) || row.Row.Role == catalog.SpentToken && call.MaySendAgain(row); !isFinal {
				owed = goOn
			} else if owed == asItIs {
				owed = giveUp
			}
		}
		d[owed] = append(d[owed], row.Row)
	}
	return d
}

// justReturned reports whether a row's error is given back as it is, by branches that do nothing else.
func justReturned(in *Input, call *fate.Call, row *eval.Row) bool {
	branches, ok := call.HandsBack(row)
	return ok && !slices.ContainsFunc(branches, func(branch token.Pos) bool { return !returnsAlone(in, branch) })
}

// returnsAlone reports whether the branch whose condition is at a position holds nothing but a return of what is there.
func returnsAlone(in *Input, pos token.Pos) bool {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.IfStmt:
			return pos < n.Body.Pos() && isReturn(n.Body.List)
		case *ast.CaseClause:
			return pos < n.Colon && isReturn(n.Body)
		case *ast.BlockStmt, *ast.FuncLit:
			return false
		}
	}
	return false
}

func isReturn(list []ast.Stmt) bool {
	if len(list) != 1 {
		return false
	}
	returned, ok := list[0].(*ast.ReturnStmt)
	isName := func(result ast.Expr) bool { _, ok := result.(*ast.Ident); return ok }
	return ok && !slices.ContainsFunc(returned.Results, func(result ast.Expr) bool { return !isName(result) })
}

// predicateFix has a predicate answer false to what is final before anything else.
func predicateFix(in *Input, predicate *fate.Predicate, wrong []catalog.Row) []analysis.SuggestedFix {
	if predicate.Base != nil || in.Survey.ForHead(predicate) {
		return nil
	}
	d := duties{}
	for _, row := range in.Catalog.Rows() {
		answer := predicate.Answers[row.String()]
		owed := goOn
		switch {
		case answer.No, !predicate.CanMeet(row):
			owed = asItIs
		case answer.Yes && (holdsRow(wrong, row) || row.Role == catalog.SpentToken):
			owed = giveUp
		}
		d[owed] = append(d[owed], row)
	}
	path := nodeAt(in.Files, predicate.Pos)
	around := innermost(path)
	if around.body == nil || len(around.body.List) == 0 {
		return nil
	}
	asked := responseName(in, around.head)
	common := commonName(in, path[0], around.body.Lbrace+1)
	if asked == "" || common == "" {
		return nil
	}
	condition, ok := d.guard(in, common, asked+".Error")
	if !ok {
		return nil
	}
	first := beginningOf(in, path[0].(*ast.File), around.body)
	edit := analysis.TextEdit{Pos: first, End: first, NewText: []byte("if " + condition + " {\nreturn false\n}\n")}
	return []analysis.SuggestedFix{{Message: "Answer false to what is final", TextEdits: []analysis.TextEdit{edit}}}
}

// beginningOf returns where the first statement of a body begins, with the comments above it: what stands behind the
// brace stays there.
func beginningOf(in *Input, file *ast.File, body *ast.BlockStmt) token.Pos {
	first, line := body.List[0].Pos(), in.Fset.Position(body.Lbrace).Line
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if body.Lbrace < comment.Pos() && comment.Pos() < first && in.Fset.Position(comment.Pos()).Line > line {
				return comment.Pos()
			}
		}
	}
	return first
}

// responseName returns the name of the only parameter of a predicate, "" where it has none to ask by.
func responseName(in *Input, function *ast.FuncType) string {
	if function.Params.NumFields() != 1 || len(function.Params.List[0].Names) != 1 {
		return ""
	}
	name := function.Params.List[0].Names[0]
	if _, isStruct := in.Info.TypeOf(name).Underlying().(*types.Struct); !isStruct || !isPlainName(name.Name) {
		return ""
	}
	return name.Name
}

// isPlainName reports whether a variable can be named in a guard: the guard has variables of its own.
func isPlainName(name string) bool { return name != "_" && name != "ok" && name != "failure" }

func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// returnsError reports whether the innermost function of a path returns an error and nothing else.
func returnsError(in *Input, path []ast.Node) bool {
	results := innermost(path).results()
	return results.NumFields() == 1 && isErrorType(in.Info.TypeOf(results.List[0].Type))
}
