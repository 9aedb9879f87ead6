package proof

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// leastDecided is the share of questions that have to be decided, in percent.
const leastDecided = 95

// seed is what OCIRETRY_SEED says, or 1.
func seed(t testing.TB) int64 {
	if text := os.Getenv("OCIRETRY_SEED"); text != "" {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return number
	}
	return 1 // the same everywhere; set OCIRETRY_SEED for another
}

// programs chooses how many programs are generated: with -short, without, and where OCIRETRY_LONG is set, as .ci/long does.
func programs(short, usual, long int) int {
	switch {
	case testing.Short():
		return short
	case os.Getenv("OCIRETRY_LONG") != "":
		return long
	}
	return usual
}

// generatedProgram writes a program of generated predicates.
func generatedProgram(t testing.TB, seed int64, count int) (*program, []*generated) {
	all := generate(seed, count)
	var source strings.Builder
	var names []string
	source.WriteString(generatedHead)
	for _, one := range all {
		source.WriteString(one.source)
		names = append(names, one.name)
	}
	return newProgram(t, source.String(), names), all
}

// What a predicate does for a row when it runs is what the evaluator says it does, or the evaluator says nothing.
func TestEvaluatorAgreesWithExecution(t *testing.T) {
	t.Parallel()
	number, count := seed(t), programs(500, 1000, 4000)
	t.Logf("OCIRETRY_SEED=%d, %d predicates", number, count)
	p, all := generatedProgram(t, number, count)
	started := time.Now()
	answers := p.run(t)
	ran := time.Since(started)
	started = time.Now()
	session := p.read(t)
	read := time.Since(started)
	started = time.Now()
	if len(answers) != len(all) {
		t.Fatalf("%d lines for %d predicates", len(answers), len(all))
	}
	tally := &tally{undecided: map[string]int{}, all: map[string]int{}, reasons: map[string]int{}, example: map[string]*generated{}}
	for i, one := range all {
		var wrong []string
		for j, row := range session.Rows {
			real := answers[i][j*len(messages) : (j+1)*len(messages)]
			said, why := evaluateWhy(session, one.name, row)
			tally.count(one, said, why)
			if why == retriedToRules && strings.Trim(real, "1") != "" {
				wrong = append(wrong, fmt.Sprintf("%s: %s, %s", row.Row, real, why))
			}
			if !agrees(said, real) {
				wrong = append(wrong, fmt.Sprintf("%s: %s, evaluated to %c", row.Row, real, said))
			}
		}
		if len(wrong) > 0 {
			tally.wrong = append(tally.wrong, disagreement{one, wrong})
		}
	}
	t.Logf("%d of %d questions decided (%.2f%%); built and run in %v, read in %v, evaluated in %v",
		tally.decided, tally.asked, tally.share(), ran.Round(time.Millisecond), read.Round(time.Millisecond), time.Since(started).Round(time.Millisecond))
	t.Logf("answers: %v\nleft open by what predicates are made of:\n%s", tally.letters(answers), tally.open())
	tally.report(t)
	if tally.share() < leastDecided {
		t.Errorf("%.2f%% of the questions are decided, less than %d%%", tally.share(), leastDecided)
	}
}

type disagreement struct {
	predicate *generated
	rows      []string
}

// tally counts what was decided.
type tally struct {
	asked, decided int
	undecided, all map[string]int // by trait
	reasons        map[string]int
	example        map[string]*generated // of a reason, the smallest
	wrong          []disagreement
}

func (t *tally) count(one *generated, said byte, why string) {
	t.asked++
	if said != '?' {
		t.decided++
	} else {
		t.reasons[why]++
		if known := t.example[why]; known == nil || len(one.source) < len(known.source) {
			t.example[why] = one
		}
	}
	for _, trait := range one.traits {
		t.all[trait]++
		if said == '?' {
			t.undecided[trait]++
		}
	}
}

func (t *tally) share() float64 { return 100 * float64(t.decided) / float64(t.asked) }

func (t *tally) letters(answers []string) map[string]int {
	counts := map[string]int{}
	for _, line := range answers {
		for _, letter := range line {
			counts[string(letter)]++
		}
	}
	return counts
}

// open lists the traits whose predicates are left open most often.
func (t *tally) open() string {
	var traits []string
	for trait := range t.undecided {
		traits = append(traits, trait)
	}
	slices.SortFunc(traits, func(a, b string) int {
		return t.undecided[b]*1000/t.all[b] - t.undecided[a]*1000/t.all[a]
	})
	reasons := slices.SortedFunc(maps.Keys(t.reasons), func(a, b string) int { return t.reasons[b] - t.reasons[a] })
	var text strings.Builder
	for _, reason := range reasons[:min(len(reasons), 15)] {
		fmt.Fprintf(&text, "\t%5d because %.120s, such as %s\n", t.reasons[reason], reason, t.example[reason].name)
		if os.Getenv("OCIRETRY_ALL") != "" {
			fmt.Fprintf(&text, "%s\n", t.example[reason].source)
		}
	}
	for _, trait := range traits[:min(len(traits), 25)] {
		fmt.Fprintf(&text, "\t%5.1f%% of %5d with %s\n", 100*float64(t.undecided[trait])/float64(t.all[trait]), t.all[trait], trait)
	}
	return text.String()
}

// report fails for the disagreements, of which it prints the smallest.
func (t *tally) report(tb testing.TB) {
	slices.SortStableFunc(t.wrong, func(a, b disagreement) int { return len(a.predicate.source) - len(b.predicate.source) })
	shown := 5
	if os.Getenv("OCIRETRY_ALL") != "" {
		shown = len(t.wrong)
	}
	for _, one := range t.wrong[:min(len(t.wrong), shown)] {
		tb.Errorf("%s\n\t%s", one.predicate.source, strings.Join(one.rows, "\n\t"))
	}
	if len(t.wrong) > 0 {
		tb.Errorf("%d predicates are not evaluated as they run", len(t.wrong))
	}
}
