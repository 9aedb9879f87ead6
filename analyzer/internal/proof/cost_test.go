package proof

import (
	"fmt"
	"go/token"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// costHeader begins every synthetic program: an operation that is sent through an interface with the SDK's types.
const costHeader = `package cost

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

type volumes interface {
	DeleteVolume(context.Context, core.DeleteVolumeRequest) (core.DeleteVolumeResponse, error)
}

func send(ctx context.Context, client volumes, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	return err
}

var _ = time.Sleep
`

// sites are functions with a loop around an OCI call each.
func sites(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, `
func site%d(ctx context.Context, client volumes, id string) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err == nil || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
`, i)
	}
	return b.String()
}

// deep calls the next function, wide calls all of them, and cyclic calls one another in a ring.
func deep(count int) string {
	var b strings.Builder
	for i := range count {
		next := fmt.Sprintf("deep%d", i+1)
		if i == count-1 {
			next = "send"
		}
		fmt.Fprintf(&b, "\nfunc deep%d(ctx context.Context, client volumes, id string) error { return %s(ctx, client, id) }\n", i, next)
	}
	return b.String()
}

func wide(count int) string {
	var b strings.Builder
	b.WriteString("\nfunc wide(ctx context.Context, client volumes, id string) error {\n")
	for i := range count {
		fmt.Fprintf(&b, "\tif err := narrow%d(ctx, client, id); err != nil {\n\t\treturn err\n\t}\n", i)
	}
	b.WriteString("\treturn nil\n}\n")
	for i := range count {
		fmt.Fprintf(&b, "\nfunc narrow%d(ctx context.Context, client volumes, id string) error { return send(ctx, client, id) }\n", i)
	}
	return b.String()
}

func cyclic(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, `
func ring%d(ctx context.Context, client volumes, id string, left int) error {
	if err := send(ctx, client, id); err == nil || left == 0 {
		return err
	}
	return ring%d(ctx, client, id, left-1)
}
`, i, (i+1)%count)
	}
	return b.String()
}

// branches is one function that tests its input so many times around a call.
func branches(count int) string {
	var b strings.Builder
	b.WriteString("\nfunc branches(ctx context.Context, client volumes, id string, flags []bool) (n int, err error) {\n")
	for i := range count {
		fmt.Fprintf(&b, "\tif flags[%d] {\n\t\tn += %d\n\t}\n", i, i)
		if i == count/2 {
			b.WriteString("\terr = send(ctx, client, id)\n")
		}
	}
	b.WriteString("\treturn n, err\n}\n")
	return b.String()
}

// doubled computes a number of which each step uses the one before twice: its parts are shared, and walked one by one
// they would be as many as two to the power of the steps.
func doubled(count int) string {
	var b strings.Builder
	b.WriteString("\nfunc doubled(ctx context.Context, client volumes, id string, n int) (int, error) {\n")
	for range count {
		b.WriteString("\tn = n*31 + n>>1\n")
	}
	b.WriteString("\terr := send(ctx, client, id)\n\tif n == 7 {\n\t\terr = send(ctx, client, id)\n\t}\n\treturn n, err\n}\n")
	return b.String()
}

// lowered compiles a synthetic program and returns its portable bodies.
func lowered(t testing.TB, source string) *summary.Package {
	t.Helper()
	p := newProgram(t, "package predicates\n", nil)
	p.write(t, "cost/cost.go", costHeader+source)
	return p.lower(t, token.NewFileSet(), "./cost")["testdata/cost"]
}

func surveyed(pkg *summary.Package) *fate.Survey {
	session := sessionOf(map[string]*summary.Package{pkg.Path: pkg}, pkg.Path)
	return fate.Look(session, func(string, string) fate.OwnPolicy { return fate.NoPolicy }, nowhere)
}

// BenchmarkSurvey looks at programs of growing size; ns/site has to stay the same while they grow.
func BenchmarkSurvey(b *testing.B) {
	for _, shape := range []struct {
		name   string
		source func(count int) string
		counts []int
	}{
		{"sites", sites, []int{100, 1_000, 10_000}},
		{"deep", deep, []int{100, 1_000}},
		{"wide", wide, []int{100, 1_000}},
		{"cyclic", cyclic, []int{100, 1_000}},
		{"branches", branches, []int{100, 1_000}},
		{"doubled", doubled, []int{100, 1_000}},
	} {
		for _, count := range shape.counts {
			b.Run(fmt.Sprintf("%s/%d", shape.name, count), func(b *testing.B) {
				pkg := lowered(b, shape.source(count))
				b.ReportAllocs()
				for b.Loop() {
					surveyed(pkg)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(count), "ns/site")
			})
		}
	}
}

// TestTooMuch looks at a function beyond its budget, and at one whose values have too many parts to be walked: both end,
// and nothing is claimed of what becomes of their calls where the budget was spent.
func TestTooMuch(t *testing.T) {
	t.Parallel()
	survey := surveyed(lowered(t, branches(2_000)+doubled(2_000)))
	seen := map[string]bool{}
	for _, call := range survey.Calls {
		seen[call.Function.Name[len("testdata/cost."):]] = true
		for _, row := range survey.Session.Rows {
			if _, retried := call.Retried(row); retried {
				t.Errorf("%s: %s is said to be retried", call.Function.Name, row.Row)
			}
		}
	}
	if !seen["doubled"] {
		t.Errorf("the call within the budget is not looked at: %v", seen)
	}
}

// nowhere hides no predicate.
func nowhere(*summary.Function) bool { return false }
