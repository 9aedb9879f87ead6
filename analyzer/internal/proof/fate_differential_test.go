package proof

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
)

// leastResent is the share of the requests that really go out again because of a row for which that has to be
// decided, in percent.
const leastResent = 80

// What the fates of a generated call site say for certain is what happens when it runs.
func TestFatesAgreeWithExecution(t *testing.T) {
	t.Parallel()
	number, count := seed(t), programs(150, 500, 2000)
	t.Logf("OCIRETRY_SEED=%d, %d call sites", number, count)
	compareSites(t, newSitesProgram(t, number, generateSites(number, count)), leastResent)
}

// compareSites runs a program and compares what it did with what its fates say.
func compareSites(t *testing.T, p *sitesProgram, least float64) {
	started := time.Now()
	outcomes := p.run(t)
	ran := time.Since(started)
	started = time.Now()
	survey, files := p.survey(t)
	c := &comparison{program: p, survey: survey, files: files, outcomes: outcomes, calls: map[string][]*fate.Call{}, counts: map[string]int{}, missed: map[string]int{}, all: map[string]int{}}
	for _, call := range survey.Calls {
		name, _, _ := strings.Cut(filepath.Base(files.Position(call.Pos).Filename), ".")
		c.calls[name] = append(c.calls[name], call)
	}
	for i := range p.sites {
		c.site(i)
	}
	t.Logf("built and run in %v, surveyed in %v", ran.Round(time.Millisecond), time.Since(started).Round(time.Millisecond))
	c.report(t, least)
}

// comparison counts how fates and executions agree.
type comparison struct {
	program  *sitesProgram
	survey   *fate.Survey
	files    *token.FileSet
	outcomes [][]outcome
	calls    map[string][]*fate.Call // by the name of the site that they stand in
	counts   map[string]int
	wrong    []siteDisagreement
	missed   map[string]int // really sent again and not decided, by trait
	all      map[string]int // really sent again, by trait
}

type siteDisagreement struct {
	site *callSite
	said map[string][]string // rows by what is wrong
}

// site compares all calls of one site.
func (c *comparison) site(i int) {
	site := c.program.sites[i]
	d := siteDisagreement{site, map[string][]string{}}
	claimed := map[string]bool{}
	for _, call := range c.calls[site.name] {
		c.call(&d, call, c.outcomes[i], claimed)
	}
	if len(d.said) > 0 {
		c.wrong = append(c.wrong, d)
	}
	for j, row := range c.survey.Session.Rows {
		if site.silent || !c.really(c.outcomes[i], j) || !row.Row.CanComeFrom(c.operation(site.name)) {
			continue
		}
		c.counts["sent again because of the row"]++
		if claimed[row.Row.String()] {
			c.counts["of these decided"]++
		}
		for _, trait := range site.traits {
			c.all[trait]++
			if !claimed[row.Row.String()] {
				c.missed[trait]++
			}
		}
	}
}

// operation is what a site sends.
func (c *comparison) operation(site string) string {
	for _, call := range c.calls[site] {
		if call.Operation != "GetVolumeBackup" {
			return call.Operation
		}
	}
	return ""
}

// really reports whether a request goes out again for a row, on a decision that the outcome makes.
func (c *comparison) really(outcomes []outcome, row int) bool {
	return slices.ContainsFunc(outcomes, func(o outcome) bool { return o.depends && o.rows[row]&because != 0 })
}

// call compares what is decided of one call.
func (c *comparison) call(d *siteDisagreement, call *fate.Call, outcomes []outcome, claimed map[string]bool) {
	own := call.Function.Name == "testdata/sites."+d.site.name
	bits, depends := c.happened(call, outcomes)
	if bits == nil {
		c.counts["calls that never fail first"]++
		return
	}
	for i, row := range c.survey.Session.Rows {
		if bits[i]&reached == 0 || call.Rows[row.Row.String()] == nil {
			continue
		}
		name := row.Row.String()
		_, retried := call.Retried(row)
		wrong := func(what string) { d.said[what] = append(d.said[what], name) }
		if retried {
			claimed[name] = true
			c.retried(d, bits[i], depends, wrong)
		}
		if own && retried && bits[i]&resent != 0 {
			c.between(call, row, bits[i], wrong)
		}
		if own && call.Never(row) {
			c.counts["decided: never sent again"]++
			if bits[i]&because != 0 {
				wrong("never sent again, it is said")
			}
		}
		if own && row.Row.Role != 0 {
			c.dropped(call, row, bits[i], wrong)
		}
	}
}

// retried compares a retry that is certain.
func (c *comparison) retried(d *siteDisagreement, bits int, depends bool, wrong func(string)) {
	c.counts["decided: sent again"]++
	switch {
	case bits&resent == 0:
		wrong("sent again, it is said")
	case d.site.silent:
		wrong("sent again, it is said, in a loop that no call stands in")
	case !depends:
		wrong("sent again because of the failure, it is said")
	}
}

// between compares what is certain to lie between two sends. What a function below a site is said to do is left out:
// the other send may be there because of what the site does.
func (c *comparison) between(call *fate.Call, row *eval.Row, bits int, wrong func(string)) {
	switch waits := call.Waits(row); {
	case !waits:
		c.counts["decided: without a wait"]++
		if bits&waited != 0 {
			wrong("sent again without a wait, it is said")
		}
	case bits&waited == 0:
		c.counts["sent again at once, but taken for a wait"]++
	}
	if call.SameToken(row) {
		c.counts["decided: with the same token"]++
		if bits&kept == 0 {
			wrong("sent again with the same token, it is said")
		}
	} else if bits&kept != 0 {
		c.counts["sent again with the same token, undecided"]++
	}
}

// dropped compares an error that is dropped for certain.
func (c *comparison) dropped(call *fate.Call, row *eval.Row, bits int, wrong func(string)) {
	drop, dropped := c.survey.SelectiveDrop(call, row)
	if !dropped {
		return
	}
	if drop.Late && bits&unended != 0 {
		c.counts["decided: dropped at an end that was not waited for"]++
		return
	}
	c.counts["decided: dropped"]++
	if bits&failing != 0 {
		wrong("dropped, it is said")
	}
}

// happened finds what became of the rows after a call. It returns nil when the call never was the first to fail.
func (c *comparison) happened(call *fate.Call, outcomes []outcome) (bits []int, depends bool) {
	var lines, inside []string // inside what a library calls, perhaps in a goroutine of its own
	library := ""
	for link := call.Target.Chain; link != nil; link = link.Up {
		if link.Model != nil && library == "" {
			inside = lines
			library = fmt.Sprintf("%s:%d", filepath.Base(c.files.Position(link.Call.Pos).Filename), c.files.Position(link.Call.Pos).Line)
		}
		if position := c.files.Position(link.Call.Pos); position.IsValid() { // else a method value's own function
			lines = append(lines, fmt.Sprintf("%s:%d", filepath.Base(position.Filename), position.Line))
		}
	}
	site, _, _ := strings.Cut(lines[len(lines)-1], ":")
	for _, one := range outcomes {
		if one.lines[0] != lines[0] {
			continue
		}
		elsewhere := !slices.ContainsFunc(one.lines, func(line string) bool { return strings.HasPrefix(line, site+":") })
		aside := len(inside) > 0 && !slices.Contains(one.lines, library) && within(inside, one.lines)
		if !elsewhere && !aside && !within(lines, one.lines) {
			continue // in a goroutine of a library nothing of the way there is left
		}
		if bits == nil {
			bits = make([]int, len(one.rows))
		}
		for i, b := range one.rows {
			bits[i] |= b
		}
		depends = depends || one.depends
	}
	return bits, depends
}

// within reports whether places are all on a way, in its order.
func within(places, way []string) bool {
	for _, place := range way {
		if len(places) > 0 && places[0] == place {
			places = places[1:]
		}
	}
	return len(places) == 0
}

// report prints the counts and fails for disagreements, of which it prints the smallest.
func (c *comparison) report(t *testing.T, least float64) {
	for _, what := range slices.Sorted(maps.Keys(c.counts)) {
		t.Logf("%7d %s", c.counts[what], what)
	}
	traits := slices.SortedFunc(maps.Keys(c.missed), func(a, b string) int { return c.missed[b]*1000/c.all[b] - c.missed[a]*1000/c.all[a] })
	for _, trait := range traits[:min(len(traits), 40)] {
		t.Logf("%5.1f%% of %5d undecided with %s", 100*float64(c.missed[trait])/float64(c.all[trait]), c.all[trait], trait)
	}
	slices.SortStableFunc(c.wrong, func(a, b siteDisagreement) int { return len(a.site.source) - len(b.site.source) })
	shown := 8
	if os.Getenv("OCIRETRY_ALL") != "" {
		shown = len(c.wrong)
	}
	for _, d := range c.wrong[:min(len(c.wrong), shown)] {
		var text strings.Builder
		for _, what := range slices.Sorted(maps.Keys(d.said)) {
			fmt.Fprintf(&text, "\t%s: %s\n", what, strings.Join(d.said[what], ", "))
		}
		t.Errorf("%s\n%s\tmade of %s", d.site.source, text.String(), strings.Join(d.site.traits, ", "))
	}
	if len(c.wrong) > 0 {
		t.Errorf("%d call sites do otherwise than their fates say", len(c.wrong))
	}
	share := 100 * float64(c.counts["of these decided"]) / float64(max(c.counts["sent again because of the row"], 1))
	if t.Logf("%.1f%% of what goes out again is decided", share); share < least {
		t.Errorf("%.1f%% of what goes out again is decided, less than %.0f%%", share, least)
	}
}
