package rule

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var deadpolicy = documented("deadpolicy", findDeadpolicy)

func findDeadpolicy(in *Input) []report.Finding {
	var findings []report.Finding
	for _, dead := range in.Survey.DeadLists() {
		if changesInner(in, dead.Pos) {
			continue
		}
		if dead.Refused {
			findings = append(findings, finding("deadpolicy", dead.Pos,
				"sets zero attempts on a policy that handles eventual consistency, so the SDK refuses every call unsent; set how many attempts there may be"))
			continue
		}
		if dead.Unbounded {
			if !names(in, dead.Pos, "UnlimitedNumAttemptsValue") {
				findings = append(findings, finding("deadpolicy", dead.Pos,
					"sets zero attempts, which the SDK takes for attempts without an end; set how many attempts there may be, or say so with common.WithUnlimitedAttempts"))
			}
			continue
		}
		if dead.Lost {
			findings = append(findings, finding("deadpolicy", dead.Pos,
				"sets %s before common.ReplaceWithValuesFromRetryPolicy, which overwrites it, so it is never consulted; put the base first", dead.What))
			continue
		}
		if dead.Endless {
			findings = append(findings, finding("deadpolicy", dead.Pos,
				"sets %s on a policy that handles eventual consistency, so outside a window the eight attempts of the default are made with its pauses, not attempts without an end; set a number of attempts after common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()), or leave this to the default", dead.What))
			continue
		}
		f := finding("deadpolicy", dead.Pos,
			"sets %s on a policy that handles eventual consistency, so outside a window it is never consulted; put common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()) first", dead.What)
		if dead.NoBase {
			f.Fixes = baseFix(in, dead.Pos)
		}
		findings = append(findings, f)
	}
	for _, dead := range in.Survey.DeadAssignments {
		if changesInner(in, dead.Pos) {
			continue
		}
		findings = append(findings, finding("deadpolicy", dead.Pos,
			"sets %s on a policy that handles eventual consistency, so outside a window it is never consulted; start from common.DefaultRetryPolicyWithoutEventualConsistency()", dead.What))
	}
	for _, lost := range in.Survey.Copies {
		findings = append(findings, finding("deadpolicy", lost.Pos,
			"sets %s on a copy of the client that nothing uses afterwards, so it is never consulted; take the client by pointer, or return the copy", lost.What))
	}
	return findings
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

// baseFix puts the missing base in front of the options.
func baseFix(in *Input, pos token.Pos) []analysis.SuggestedFix {
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
		text := pkg.Name + ".ReplaceWithValuesFromRetryPolicy(" + pkg.Name + ".DefaultRetryPolicyWithoutEventualConsistency()), "
		return []analysis.SuggestedFix{{Message: "Start from the default policy without eventual consistency", TextEdits: []analysis.TextEdit{
			{Pos: call.Args[0].Pos(), End: call.Args[0].Pos(), NewText: []byte(text)},
		}}}
	}
	return nil
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
