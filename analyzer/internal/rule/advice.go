package rule

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// Advice says what to do, to which errors, and what goes on as before. It is about errors of the service alone, because
// refused and broken connections, and a poll's answers without an error, are to be treated as they were. It names only
// what the SDK declares, and nothing that the code does already.

// The SDK's two questions about an error.
const (
	byDefault  = "IsErrorRetryableByDefault"
	isAffected = "IsErrorAffectedByEventualConsistency"
)

// declares reports whether the SDK that the package uses declares a name in its common package.
func (in *Input) declares(name string) bool {
	known, asked := in.declared[name]
	if !asked {
		known = sdk.NewRecogniser().Declares(in.Package, name)
		if in.declared == nil {
			in.declared = map[string]bool{}
		}
		in.declared[name] = known
	}
	return known
}

// unless names the errors that are sent again as before, those of the rows given: by the SDK's questions about err where
// they fit, others by their rows. It is not ok where that takes a question that the SDK does not declare.
func unless(in *Input, kept []catalog.Row, err string) (clause string, ok bool) {
	var asked []string
	var affected, named []catalog.Row
	for _, row := range kept {
		switch {
		case in.isByDefault(row):
			if len(asked) == 0 {
				asked = append(asked, "common."+byDefault+"("+err+")")
			}
		case in.isAffectedByWindow(row):
			affected = append(affected, row)
		default:
			named = append(named, row)
		}
	}
	switch {
	case len(kept) == 0:
		return "", true
	case len(asked) == 0:
		return " unless it is " + either(kept), true
	case !in.declares(byDefault):
		return "", false
	case len(affected) > 1 && in.declares(isAffected):
		asked = append(asked, "common."+isAffected+"("+err+")")
	default:
		named = slices.DeleteFunc(slices.Clone(kept), in.isByDefault)
	}
	clause = " unless " + strings.Join(asked, " or ")
	if len(named) > 0 {
		clause += " or it is " + either(named)
	}
	return clause, true
}

// either lists rows of which any may be meant.
func either(rows []catalog.Row) string { return strings.ReplaceAll(naming(rows), " and ", " or ") }

// predicateAdvice says what a predicate that retries too much should do.
func predicateAdvice(in *Input, predicate *fate.Predicate, wrong []catalog.Row) string {
	if predicate.Named {
		return "use a predicate of your own and " + answerAdvice(in, predicate, wrong)
	}
	return answerAdvice(in, predicate, wrong)
}

// answerAdvice says what a predicate should answer.
func answerAdvice(in *Input, predicate *fate.Predicate, wrong []catalog.Row) string {
	kept := rowsOf(in, func(row catalog.Row) bool {
		return row.Verdict == catalog.Backoff && predicate.Answers[row.String()].Yes
	})
	if !slices.ContainsFunc(kept, in.isByDefault) {
		if len(kept) == 0 {
			return "answer false to " + themOrIt(wrong)
		}
		return "of the service's errors answer true to " + naming(kept) + " only, told by the code"
	}
	if clause, ok := unless(in, kept, "r.Error"); ok && !in.Survey.Asks(predicate.Function, byDefault) {
		return "answer false to the service's errors" + clause
	}
	return "answer false to " + themOrIt(wrong) + apartFrom(kept, wrong)
}

// isByDefault reports whether the SDK under analysis sends a row again by default.
func (in *Input) isByDefault(row catalog.Row) bool {
	answer, known := in.Survey.Session.RetriedByDefault(row.Status, row.Code)
	return answer && known
}

// isAffectedByWindow reports whether the SDK under analysis sends a row again in an eventual-consistency window.
func (in *Input) isAffectedByWindow(row catalog.Row) bool {
	answer, known := in.Survey.Session.Affected(row.Status, row.Code)
	return answer && known
}

// apartFrom says by what wrong rows are told from those that share a status with them.
func apartFrom(kept, wrong []catalog.Row) string {
	var sharing []catalog.Row
	for _, row := range kept {
		if slices.ContainsFunc(wrong, func(other catalog.Row) bool { return other.Status == row.Status }) {
			sharing = append(sharing, row)
		}
	}
	if len(sharing) == 0 {
		return ""
	}
	return ": the code tells " + themOrIt(wrong) + " from " + either(sharing)
}

// giving says how whoever sends a call again after a row is told to give up: altogether, and on the service's errors.
func giving(in *Input, call *fate.Call, row *eval.Row) (up, upOnErrors string) {
	again := call.Again(row)
	const plain = "return the error"
	switch {
	case again.Library != "" && again.Library != plain:
		return again.Library, again.Library + " for the service's errors"
	case again.Helper == "":
		return plain, "return the service's errors"
	}
	if decision, _ := call.Way(row); answers(in, decision) {
		asked := functionAt(in, decision)
		if asked == "" {
			asked = "the function that " + again.Helper + " asks"
		}
		return "have " + asked + " answer false", "have " + asked + " answer false to the service's errors"
	}
	return "have " + again.Helper + " give up", "have " + again.Helper + " give up on the service's errors"
}

// callAdvice says how to give up after the wrong rows, to whoever sends a call again after the first of them.
func callAdvice(in *Input, call *fate.Call, first *eval.Row, wrong []catalog.Row) string {
	stop, errors := giving(in, call, first)
	switch call.Again(first).Form {
	case eval.InChain:
		return stop + " instead; the error comes wrapped, so find its code by errors.As with a common.ServiceError variable"
	case eval.TextAlone:
		return stop + " instead; the error comes as text and its chain is lost, so wrap it with %w and find its code by errors.As with a common.ServiceError variable"
	}
	var kept []catalog.Row
	for _, row := range in.Survey.Session.Rows {
		if row.Row.Verdict == catalog.Backoff && call.MaySendAgain(row) {
			kept = append(kept, row.Row)
		}
	}
	switch clause, ok := unless(in, kept, "err"); {
	case call.SentWithHead() && len(kept) > 0:
		return errors + ofStatus(in, kept)
	case len(kept) == 0:
		return stop + " instead"
	case !ok || slices.ContainsFunc(kept, in.isByDefault) && in.Survey.Asks(call.Function, byDefault):
		return stop + " instead" + apartFrom(kept, wrong)
	default:
		return errors + clause
	}
}

// answers reports whether the function around a position answers a question: it returns a bool alone.
func answers(in *Input, pos token.Pos) bool {
	results := functionTypeAt(in, pos).results()
	if results.NumFields() != 1 {
		return false
	}
	basic, ok := in.Info.TypeOf(results.List[0].Type).Underlying().(*types.Basic)
	return ok && basic.Kind() == types.Bool
}

// functionAt returns the name of the function around a position, "" for a function literal and where there is none.
func functionAt(in *Input, pos token.Pos) string { return functionTypeAt(in, pos).name }

func functionTypeAt(in *Input, pos token.Pos) function { return innermost(nodeAt(in.Files, pos)) }

// function is a function in the source, with its name if it has one.
type function struct {
	name string
	head *ast.FuncType
	body *ast.BlockStmt
}

// results are what it returns, nil for nothing.
func (f function) results() *ast.FieldList {
	if f.head == nil {
		return nil
	}
	return f.head.Results
}

// innermost returns the innermost function of a path, nothing where there is none.
func innermost(path []ast.Node) function {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.FuncLit:
			return function{"", n.Type, n.Body}
		case *ast.FuncDecl:
			return function{n.Name.Name, n.Type, n.Body}
		}
	}
	return function{}
}

// ofStatus names the statuses of rows that no other row shares which is final: of an operation that is sent with HEAD
// the code is not known.
func ofStatus(in *Input, kept []catalog.Row) string {
	var statuses []string
	for _, row := range kept {
		isFinal := func(other catalog.Row) bool { return other.Verdict == catalog.No }
		if status := strconv.Itoa(row.Status); !slices.ContainsFunc(in.Catalog.ByStatus(row.Status), isFinal) && !slices.Contains(statuses, status) {
			statuses = append(statuses, status)
		}
	}
	switch len(statuses) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(" unless the status is %s", statuses[0])
	}
	last := len(statuses) - 1
	return fmt.Sprintf(" unless the status is %s or %s", strings.Join(statuses[:last], ", "), statuses[last])
}

// orAskDefault adds that the SDK's question may be asked instead, where it is declared and the code does not ask it.
func orAskDefault(in *Input, asks bool, err string) string {
	if asks || !in.declares(byDefault) {
		return ""
	}
	return ", or ask common." + byDefault + "(" + err + ")"
}
