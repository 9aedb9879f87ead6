package fate

import (
	"sort"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// instance is a predicate that a call of its factory makes: what it answers hangs on what that call passes.
type instance struct {
	closure
	chain *eval.Chain // of the factory's frame: its first link is the call in the function that was looked at
}

// maxInstances bounds the calls of factories that are judged in one package.
const maxInstances = 4_000

func (w *watcher) madeBy(chain *eval.Chain, value eval.Value, memory *eval.Memory) {
	body := w.survey.Session.Body(value)
	if len(w.made) >= maxInstances || !body.Predicate || chain.Root().Function.Owner() != w.survey.Session.Local {
		return
	}
	w.made = append(w.made, instance{closure{value, memory}, chain})
}

// instances judges what each call of a factory makes. A call further down that passes all that matters is the place
// itself, so the calls above it are not judged.
func (s *Survey) instances(w *watcher) {
	sort.SliceStable(w.made, func(i, j int) bool { return w.made[i].chain.Depth < w.made[j].chain.Depth })
	byCall := map[*summary.Instruction]*Predicate{}
	var order []*Predicate
	for _, made := range w.made {
		body, call := s.Session.Body(made.value), made.chain.Root().Call
		inner := innerCall(byCall, made.chain)
		if inner != nil && inner.decided() {
			continue
		}
		predicate := byCall[call]
		if predicate == nil {
			predicate = &Predicate{Function: body, Pos: call.Pos, Answers: map[string]Answer{}, Base: s.base(body)}
			if inner != nil {
				predicate.Base = inner.Answers
			}
			byCall[call] = predicate
			order = append(order, predicate)
		} else if predicate.Function != body {
			continue // a call that makes several predicates is judged by the first
		}
		predicate.Values = append(predicate.Values, made.value)
		s.addInstance(predicate, made.closure)
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

// addInstance adds the answers of one more closure of the same call: what all of them answer.
func (s *Survey) addInstance(predicate *Predicate, made closure) {
	for _, row := range s.Session.Rows {
		answer := s.answer([]closure{made}, row)
		if before, known := predicate.Answers[row.Row.String()]; known {
			answer = Answer{Yes: answer.Yes && before.Yes, No: answer.No && before.No, Waits: answer.Waits || before.Waits}
		}
		predicate.Answers[row.Row.String()] = answer
	}
}

// base returns what a factory's predicate answers whatever the factory is given.
func (s *Survey) base(body *summary.Function) map[string]Answer {
	for _, known := range s.Predicates {
		if known.Function == body && known.Base == nil {
			return known.Answers
		}
	}
	answers := map[string]Answer{}
	for _, row := range s.Session.Rows {
		answers[row.Row.String()] = s.answer([]closure{{value: s.Session.Value(body)}}, row)
	}
	return answers
}
