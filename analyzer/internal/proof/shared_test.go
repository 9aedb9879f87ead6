package proof

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A row that shares another one's run has the fate that a run of its own gives it.
func TestSharedRuns(t *testing.T) {
	t.Parallel()
	number := seed(t)
	sites := []string{"./sites", "./helper", "./cloud", "./predicates", "./shared"}
	for name, lower := range map[string]func(t *testing.T) map[string]*summary.Package{
		"sites": func(t *testing.T) map[string]*summary.Package {
			return newSitesProgram(t, number, generateSites(number, programs(100, 300, 2000))).lower(t, token.NewFileSet(), sites...)
		},
		"libraries": func(t *testing.T) map[string]*summary.Package {
			return newSitesProgram(t, number, generateLibrarySites(number, programs(60, 150, 1000))).lower(t, token.NewFileSet(), sites...)
		},
		"small sites": func(t *testing.T) map[string]*summary.Package {
			return newSitesProgram(t, number, smallCallSites()).lower(t, token.NewFileSet(), sites...)
		},
		"predicates": func(t *testing.T) map[string]*summary.Package {
			p, _ := generatedProgram(t, number, programs(300, 600, 4000))
			return p.lower(t, token.NewFileSet(), "./predicates", "./shared")
		},
		"small predicates": func(t *testing.T) map[string]*summary.Package {
			p, _ := smallProgram(t)
			return p.lower(t, token.NewFileSet(), "./predicates", "./shared")
		},
		"answers": func(t *testing.T) map[string]*summary.Package {
			pkg := lowered(t, answering)
			return map[string]*summary.Package{pkg.Path: pkg}
		},
		"testdata": func(t *testing.T) map[string]*summary.Package {
			return (&program{testdata}).lower(t, token.NewFileSet(), "./...")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compareShared(t, lower(t))
		})
	}
}

// answering is a function that answers with what the service says, which is for some rows what success gives in its place.
const answering = `
func status(ctx context.Context, client volumes, id string) int {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	failure, is := common.IsServiceError(err)
	if is && failure.GetCode() == "IncorrectState" {
		return 400
	}
	if is {
		return failure.GetHTTPStatusCode()
	}
	return 400
}
`

// setting is what rows and their errors are like.
type setting struct {
	edition string
	version sdk.Version
	heads   []string // operations that are sent with HEAD
}

// settings are the one of the programs, and one in which rows differ in other things: of one code and several statuses, with
// less that is certain of a text, and for some operations without any code.
var settings = []setting{
	{version: proved},
	{edition: "2024-06", heads: []string{"DeleteVolume", "GetVolume", "CreateVolume", "HeadObject", "HeadBucket"}},
}

// compareShared surveys packages with runs that rows share, and with a run for each row.
func compareShared(t *testing.T, lowered map[string]*summary.Package) {
	shared, apart := 0, 0
	for _, with := range settings {
		for _, path := range slices.Sorted(maps.Keys(lowered)) {
			one, another := with.survey(t, lowered, path, false), with.survey(t, lowered, path, true)
			shared, apart = shared+one.Effort.Runs, apart+another.Effort.Runs
			if said, want := described(one), described(another); said != want {
				t.Fatalf("%s, %+v: with shared runs\n%s", path, with, difference(said, want))
			}
		}
	}
	t.Logf("%d runs where each row has its own, %d where they share", apart, shared)
	if shared > apart {
		t.Errorf("%d runs where each row has its own, %d where they share", apart, shared)
	}
}

func (s setting) survey(t *testing.T, lowered map[string]*summary.Package, path string, apart bool) *fate.Survey {
	t.Helper()
	table, err := catalog.Load(s.edition)
	if err != nil {
		t.Fatal(err)
	}
	session := eval.NewSession(lowered[path], table, func(path string) *summary.Package { return lowered[path] })
	session.For(s.version)
	session.Apart = apart
	session.Services = func(string) *summary.Package { return &summary.Package{Heads: s.heads} }
	return fate.Look(session, func(string, string) fate.OwnPolicy { return fate.NoPolicy }, nowhere)
}

// difference shows the first lines that differ.
func difference(said, want string) string {
	mine, theirs := strings.Split(said, "\n"), strings.Split(want, "\n")
	for i, line := range mine {
		if i >= len(theirs) || line != theirs[i] {
			return fmt.Sprintf("%s\nand with a run for each row\n%s", line, strings.Join(theirs[min(i, len(theirs)-1):min(i+1, len(theirs))], "\n"))
		}
	}
	return fmt.Sprintf("%d lines, and %d with a run for each row", len(mine), len(theirs))
}

// described tells all that rules can ask a survey about rows, with the names of nothing that is only counted.
func described(s *fate.Survey) string {
	b := &strings.Builder{}
	for _, call := range s.Calls {
		fmt.Fprintf(b, "call %s in %s: %d\n", call.Operation, call.Function.Name, call.Pos)
		for _, row := range s.Session.Rows {
			describeRow(b, s, call, row)
		}
	}
	for _, predicate := range s.Predicates {
		fmt.Fprintf(b, "predicate %s at %d: %v %v %v\n", predicate.Function.Name, predicate.Pos, predicate.Answers, predicate.Each, predicate.Base)
	}
	for _, policy := range s.Policies {
		fmt.Fprintf(b, "policy in %s:", policy.Function.Name)
		for _, row := range s.Session.Rows {
			fmt.Fprintf(b, " %t %t %t", s.PolicyRetries(policy, row.Row), s.PauseIsZero(policy, row.Row), s.AlwaysZero(policy, row.Row))
		}
		b.WriteByte('\n')
	}
	for _, compared := range []map[string][]fate.Comparison{s.Compared, s.ComparedStatus} {
		for _, with := range slices.Sorted(maps.Keys(compared)) {
			for _, one := range compared[with] {
				fmt.Fprintf(b, "compared with %q at %d, called at %d, in %s: %v %v %t\n", with, one.Pos, one.Call, one.Function.Name, one.Statuses, one.Codes, one.Others)
			}
		}
	}
	for _, one := range s.Assertions {
		fmt.Fprintf(b, "assertion at %d: %q of %v from %d\n", one.Pos, one.Question, shapes(one.Values), one.Caller)
	}
	for _, one := range s.Searches {
		fmt.Fprintf(b, "search at %d: %q\n", one.Pos, one.Text)
	}
	for _, one := range s.OutlivingTokens() {
		fmt.Fprintf(b, "token at %d: %s\n", one.Pos, one.What)
	}
	for _, function := range s.Session.Local.Functions {
		if s.Unfinished[function] {
			fmt.Fprintf(b, "unfinished %s\n", function.Name)
		}
	}
	fmt.Fprintf(b, "%v %d %v %v %v\n", s.Shared, len(s.Effort.Spent), s.DeadAssignments, s.Copies, s.Effort.Calls)
	return b.String()
}

// describeRow tells what became of a row of a call, path for path and in all.
func describeRow(b *strings.Builder, s *fate.Survey, call *fate.Call, row *eval.Row) {
	found := call.Rows[row.Row.String()]
	if found == nil {
		fmt.Fprintf(b, "\t%s: nothing\n", row.Row)
		return
	}
	for i := range found.Ends {
		describeEnd(b, row, &found.Ends[i])
	}
	at, retried := call.Retried(row)
	drop, dropped := s.SelectiveDrop(call, row)
	by, hands := call.HandsBack(row)
	decision, second := call.Way(row)
	fmt.Fprintf(b, "\t%s: retried %d %t, dropped %v %t, handed back %v %t, way %d %d, ground %d, waits %t, same token %t, never %t, again %v, leads %t, succeeds %t, delayed %t\n",
		row.Row, at, retried, drop, dropped, by, hands, decision, second, call.Ground(row), call.Waits(row), call.SameToken(row), call.Never(row), call.Again(row),
		call.LeadsTo(row) != nil, s.Succeeds(call, row), s.Delayed(call, row.Row))
}

func describeEnd(b *strings.Builder, row *eval.Row, end *eval.End) {
	fmt.Fprintf(b, "\t%s: ends %d", row.Row, end.Ending)
	for _, is := range []bool{
		end.First, end.Early, end.Same, end.Waited(), end.MayWait(), end.Noted(), end.Kept(), end.Told(), end.Wrote(), end.Strayed(), end.Looked(),
		end.Listed(), end.LookedLate(), end.Decided(), end.Open(), end.Undetermined(),
	} {
		fmt.Fprintf(b, " %t", is)
	}
	fmt.Fprintf(b, " %d %d %v", end.Decision(), end.Ground(), shapes(end.Results))
	if end.Second != nil {
		for _, link := range end.Second.Links() {
			fmt.Fprintf(b, "/%s %d", link.Function.Name, link.Call.Pos)
		}
	}
	b.WriteByte('\n')
}

// shapes tells of what kinds values are: what they are named, and which row they are of, is another matter.
func shapes(values []eval.Value) []string {
	var all []string
	for _, value := range values {
		shape := fmt.Sprintf("%d.%d", value.Kind, value.Taint)
		if value.Kind == eval.Constant && value.Taint < eval.OnRow {
			shape += value.String()
		}
		all = append(all, shape+strings.Join(shapes(value.Args), ","))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
