package fate

import (
	"fmt"
	"sort"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// instance is a predicate that a call of its factory makes: what it answers hangs on what that call passes.
type instance struct {
	closure
	chain *eval.Chain // of the factory's frame: its first link is the call in the function that was looked at
	given string      // the factory's predicate and what the calls to it pass
}

// maxInstances bounds the calls of factories that are judged in one package.
const maxInstances = 4_000

func (w *watcher) madeBy(chain *eval.Chain, value eval.Value, memory *eval.Memory) {
	body := w.survey.Session.Body(value)
	if len(w.made) >= maxInstances || !body.Predicate || chain.Root().Function.Owner() != w.survey.Session.Local {
		return
	}
	call := chain.Root().Call
	if w.madeAt[call] >= maxMadeAt {
		return // another run, or another way to the same call
	}
	w.madeAt[call]++
	w.made = append(w.made, instance{closure{value, memory}, chain, body.Name + given(chain, value, memory)})
}

// partsOf notes the predicates that another one holds, to ask them: what they answer alone is not the policy's answer.
func (w *watcher) partsOf(whole eval.Value, memory *eval.Memory) {
	var visit func(v eval.Value, depth int)
	visit = func(v eval.Value, depth int) {
		if v.Kind == eval.Function {
			if body := w.survey.Session.Body(v); body != nil && body.Predicate {
				w.parts[v] = true
				if len(w.wholes[body.Name]) < maxWholes {
					w.wholes[body.Name] = append(w.wholes[body.Name], closure{whole, memory})
				}
			}
			return
		}
		for _, part := range v.Args {
			if depth < 6 {
				visit(part, depth+1)
			}
		}
	}
	for _, held := range whole.Args {
		visit(memory.Deep(held), 0)
	}
}

// maxWholes bounds the predicates that are asked of those that hold another one.
const maxWholes = 8

// within takes back what a part answers where one that holds it certainly answers the opposite.
func (s *Survey) within(wholes []closure, answers map[string]Answer) {
	for _, row := range s.Session.Rows {
		answer := answers[row.Row.String()]
		for _, whole := range wholes {
			if answer.Yes || answer.No {
				of := s.ask(whole, row)
				answer.Yes, answer.No = answer.Yes && !of.No, answer.No && !of.Yes
			}
		}
		answers[row.Row.String()] = answer
	}
}

// partOnly reports whether a predicate is held by another one and in no policy by itself.
func (w *watcher) partOnly(value eval.Value) bool {
	if !w.parts[value] {
		return false
	}
	for _, policy := range w.survey.Policies {
		if policy.Predicate == value {
			return false
		}
	}
	return true
}

// maxMadeAt bounds what is judged of one call: the ways to it that differ in what it passes are few.
const maxMadeAt = 2

// given tells what a factory's call passes and what the predicate holds of it, as far as its answers can hang on that:
// two calls of which both are the same make the same predicate.
func given(chain *eval.Chain, made eval.Value, memory *eval.Memory) string {
	var b strings.Builder
	for _, captured := range made.Args {
		tell(&b, memory.Deep(captured), 0)
	}
	for link := chain; link != nil; link = link.Up {
		b.WriteByte('/')
		for _, argument := range link.Arguments {
			tell(&b, memory.Deep(argument), 0)
		}
	}
	return b.String()
}

func tell(b *strings.Builder, v eval.Value, depth int) {
	fmt.Fprintf(b, "%d.%d", v.Kind, v.Flags)
	switch {
	case v.Kind == eval.Constant:
		b.WriteString(v.Const().ExactString())
	case v.Kind == eval.Function:
		b.WriteString(v.Text)
	case v.Kind == eval.Free || depth > 4:
		return // whatever it is called, nothing is known of it
	}
	b.WriteByte('(')
	for _, part := range v.Args {
		tell(b, part, depth+1)
	}
	b.WriteByte(')')
}

// instances judges what each call of a factory makes. A call further down that passes all that matters is the place
// itself, so the calls above it are not judged.
func (s *Survey) instances(w *watcher) {
	sort.SliceStable(w.made, func(i, j int) bool { return w.made[i].chain.Depth < w.made[j].chain.Depth })
	byCall := map[*summary.Instruction]*Predicate{}
	answered, bases := map[string]map[string]Answer{}, map[*summary.Function]map[string]Answer{}
	var order []*Predicate
	for _, made := range w.made {
		if w.partOnly(made.value) {
			continue
		}
		body, call := s.Session.Body(made.value), made.chain.Root().Call
		inner := innerCall(byCall, made.chain)
		if inner != nil && inner.decided() {
			continue
		}
		predicate := byCall[call]
		if predicate == nil {
			general := body
			if method := made.memory.Bound(made.value); method != nil {
				general = method
			}
			if bases[general] == nil {
				bases[general] = s.base(general)
			}
			predicate = &Predicate{Function: body, Pos: call.Pos, Answers: map[string]Answer{}, Base: bases[general]}
			if s.hidden(general) {
				predicate.Base = map[string]Answer{} // what it answers to all is told here or nowhere
			}
			if inner != nil {
				predicate.Base = inner.Answers
			}
			byCall[call] = predicate
			order = append(order, predicate)
		} else if predicate.Function != body {
			continue // a call that makes several predicates is judged by the first
		}
		predicate.Values = append(predicate.Values, made.value)
		if answered[made.given] == nil {
			answered[made.given] = s.answersOf(made.closure)
		}
		predicate.add(answered[made.given])
	}
	for _, predicate := range order {
		s.uses(predicate)
		s.Predicates = append(s.Predicates, predicate)
	}
}

// innerCall returns the predicate of the innermost call below the first of a chain that was judged by itself.
func innerCall(byCall map[*summary.Instruction]*Predicate, chain *eval.Chain) *Predicate {
	for link := chain; link.Up != nil; link = link.Up {
		if inner := byCall[link.Call]; inner != nil {
			return inner
		}
	}
	return nil
}

// decided reports whether every row's answer is certain.
func (p *Predicate) decided() bool {
	for _, answer := range p.Answers {
		if !answer.Yes && !answer.No {
			return false
		}
	}
	return true
}

// add adds the answers of one more closure of the same call: what all of them answer.
func (p *Predicate) add(answers map[string]Answer) {
	for row, answer := range answers {
		if before, known := p.Answers[row]; known {
			answer = Answer{Yes: answer.Yes && before.Yes, No: answer.No && before.No, Waits: answer.Waits || before.Waits, Ground: before.Ground}
		}
		p.Answers[row] = answer
	}
}

// base returns what a factory's predicate answers whatever the factory is given.
func (s *Survey) base(body *summary.Function) map[string]Answer {
	for _, known := range s.Predicates {
		if known.Function == body && known.Base == nil {
			return known.Answers
		}
	}
	return s.answersOf(closure{value: s.Session.Value(body)})
}
