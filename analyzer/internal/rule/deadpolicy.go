package rule

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var deadpolicy = documented("deadpolicy", findDeadpolicy)

func findDeadpolicy(in *Input) []report.Finding {
	var findings []report.Finding
	for _, dead := range in.Survey.DeadLists() {
		if dead.Lost {
			findings = append(findings, finding("deadpolicy", dead.Pos,
				"sets %s before common.ReplaceWithValuesFromRetryPolicy, which overwrites it, so it is never consulted; put the base first", dead.What))
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
	return findings
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

// changesInner reports whether the function around a position touches the inner policy, or how the policy is chosen.
func changesInner(in *Input, pos token.Pos) bool {
	for _, n := range nodeAt(in.Files, pos) {
		function, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		found := false
		ast.Inspect(function, func(n ast.Node) bool {
			name, ok := n.(*ast.Ident)
			found = found || ok && (name.Name == "NonEventuallyConsistentPolicy" || name.Name == "DeterminePolicyToUse")
			return !found
		})
		return found
	}
	return false
}
