package rule

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var deadpolicy = documented("deadpolicy", findDeadpolicy)

func findDeadpolicy(in *Input) []report.Finding {
	var findings []report.Finding
	for _, dead := range in.Survey.DeadLists() {
		if changesInner(in, dead.Pos) {
			continue
		}
		if f, ok := deadList(in, dead); ok {
			findings = append(findings, on(in, f, near(dead.Set, "it is set here")))
		}
	}
	for _, dead := range in.Survey.DeadAssignments {
		if changesInner(in, dead.Pos) {
			continue
		}
		findings = append(findings, finding("deadpolicy", dead.Pos,
			"sets %s on a policy that handles eventual consistency, %s; start from common.DefaultRetryPolicyWithoutEventualConsistency()", dead.What, elsewhere))
	}
	for _, lost := range in.Survey.Copies {
		findings = append(findings, finding("deadpolicy", lost.Pos,
			"sets %s on a copy of the client that nothing uses afterwards, so it is never consulted; take the client by pointer, or return the copy", lost.What))
	}
	return findings
}

// elsewhere says when a policy that handles eventual consistency is used. The SDK opens the window after each change that
// a client of package identity has made, for 240 seconds and for the process.
const elsewhere = "which the SDK uses only in an eventual-consistency window, the four minutes after the process has changed something in identity, and else the policy inside it"

const base = "common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())"

// deadList tells what is wrong with an option list. Attempts that are none, or without an end, have no fix: what the
// program wants instead of them nobody but its author knows.
func deadList(in *Input, dead fate.Dead) (f report.Finding, ok bool) {
	switch {
	case dead.Refused:
		return finding("deadpolicy", dead.Pos,
			"sets zero attempts on a policy that handles eventual consistency, so the SDK refuses every call unsent; set how many attempts there may be"), true
	case dead.Unbounded:
		return finding("deadpolicy", dead.Pos,
				"sets zero attempts, which the SDK takes for attempts without an end; set how many attempts there may be, or say so with common.WithUnlimitedAttempts"),
			!names(in, dead.Pos, "UnlimitedNumAttemptsValue")
	case dead.Lost:
		f = finding("deadpolicy", dead.Pos,
			"sets %s before common.ReplaceWithValuesFromRetryPolicy, which overwrites it, so it is never consulted; put the base first", dead.What)
		f.Fixes = baseFix(in, dead.Pos, true)
		return f, true
	case dead.Endless:
		return finding("deadpolicy", dead.Pos,
			"sets %s on a policy that handles eventual consistency, %s: its eight attempts and its pauses, not attempts without an end; set a number of attempts after %s, or leave this to the default", dead.What, elsewhere, base), true
	}
	f = finding("deadpolicy", dead.Pos,
		"sets %s on a policy that handles eventual consistency, %s; put %s first", dead.What, elsewhere, base)
	if dead.NoBase {
		f.Fixes = baseFix(in, dead.Pos, false)
	}
	return f, true
}

// names reports whether the innermost statement around a position names something of the SDK.
func names(in *Input, pos token.Pos, name string) bool {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		if _, ok := path[i].(ast.Stmt); !ok {
			continue
		}
		found := false
		ast.Inspect(path[i], func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			found = found || ok && selector.Sel.Name == name
			return !found
		})
		return found
	}
	return false
}

// baseFix puts the base in front of the options: the missing one, or one that stands further back.
func baseFix(in *Input, pos token.Pos, stands bool) []analysis.SuggestedFix {
	path := nodeAt(in.Files, pos)
	for i := len(path) - 1; i >= 0; i-- {
		call, ok := path[i].(*ast.CallExpr)
		if !ok || call.Lparen != pos {
			continue
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || call.Ellipsis.IsValid() || len(call.Args) == 0 {
			return nil
		}
		pkg, ok := selector.X.(*ast.Ident)
		if !ok {
			return nil
		}
		between := ", "
		if in.Fset.Position(call.Lparen).Line != in.Fset.Position(call.Args[0].Pos()).Line {
			between = ",\n" // the options have lines of their own
		}
		text := pkg.Name + ".ReplaceWithValuesFromRetryPolicy(" + pkg.Name + ".DefaultRetryPolicyWithoutEventualConsistency())" + between
		edits := []analysis.TextEdit{{Pos: call.Args[0].Pos(), End: call.Args[0].Pos(), NewText: []byte(text)}}
		if stands {
			from, to := baseIn(in, path[0], call)
			if !from.IsValid() {
				return nil
			}
			edits = append(edits, analysis.TextEdit{Pos: from, End: to})
		}
		return []analysis.SuggestedFix{{Message: "Start from the default policy without eventual consistency", TextEdits: edits}}
	}
	return nil
}

// baseIn returns where the base stands among a call's options, from the end of the option before it. It is certain where
// the base is written out, there is one alone, no comment belongs to it, and no other option has a say in what comes of it
// further in front: a window, or attempts without an end, which were overwritten so far.
func baseIn(in *Input, file ast.Node, call *ast.CallExpr) (from, to token.Pos) {
	for i, option := range call.Args {
		made, ok := option.(*ast.CallExpr)
		if !ok {
			return token.NoPos, token.NoPos
		}
		switch calledName(made) {
		case "ReplaceWithValuesFromRetryPolicy":
			policy, ok := made.Args[0].(*ast.CallExpr)
			if from.IsValid() || i == 0 || !ok || calledName(policy) != "DefaultRetryPolicyWithoutEventualConsistency" {
				return token.NoPos, token.NoPos
			}
			from, to = call.Args[i-1].End(), made.End()
		case "WithMaximumNumberAttempts", "WithShouldRetryOperation", "WithFixedBackoff", "WithExponentialBackoff":
		default:
			return token.NoPos, token.NoPos
		}
	}
	commented := func(group *ast.CommentGroup) bool {
		return group.End() > from && in.Fset.Position(group.Pos()).Line <= in.Fset.Position(to).Line && group.Pos() < call.Rparen
	}
	if syntax, ok := file.(*ast.File); !ok || slices.ContainsFunc(syntax.Comments, commented) {
		return token.NoPos, token.NoPos
	}
	return from, to
}

// calledName returns the name of the package's function that a call calls, "" for other calls.
func calledName(call *ast.CallExpr) string {
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
		return selector.Sel.Name
	}
	return ""
}

// changesInner reports whether the function around a position touches the inner policy, or how the policy is chosen, or
// gives somebody a policy's address to do so.
func changesInner(in *Input, pos token.Pos) bool {
	for _, n := range nodeAt(in.Files, pos) {
		function, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		found := false
		ast.Inspect(function, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				found = found || n.Name == "NonEventuallyConsistentPolicy" || n.Name == "DeterminePolicyToUse"
			case *ast.CallExpr:
				found = found || slices.ContainsFunc(n.Args, func(argument ast.Expr) bool { return isPolicyAddress(in, argument) })
			}
			return !found
		})
		return found
	}
	return false
}

// isPolicyAddress reports whether an argument is the address of a policy, for a function of the program to change it.
func isPolicyAddress(in *Input, argument ast.Expr) bool {
	address, ok := argument.(*ast.UnaryExpr)
	if !ok || address.Op != token.AND {
		return false
	}
	named, ok := types.Unalias(in.Info.TypeOf(address.X)).(*types.Named)
	return ok && named.Obj().Name() == "RetryPolicy" && named.Obj().Pkg() != nil && strings.HasSuffix(named.Obj().Pkg().Path(), "/common")
}
