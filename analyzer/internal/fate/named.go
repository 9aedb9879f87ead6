package fate

import (
	"go/token"
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A predicate that is hidden where it stands, because it belongs to a dependency or to a generated file, is judged where
// the package makes it a policy's. Literals that a factory's call makes are judged at that call.

// namedPredicate is a place where a hidden predicate becomes a policy's.
type namedPredicate struct {
	closure
	pos      token.Pos
	function *summary.Function
}

// names notes a place where a function becomes a policy's predicate, if it is hidden where it stands.
func (w *watcher) names(function eval.Value, pos token.Pos, memory *eval.Memory) {
	body := w.survey.Session.Body(function)
	if body == nil || !body.Predicate || body.Synthetic || !pos.IsValid() || !w.survey.hidden(body) {
		return
	}
	for _, known := range w.named {
		if known.pos == pos {
			return // another run, or another way to the same place
		}
	}
	w.named = append(w.named, namedPredicate{closure{function, memory}, pos, w.function})
}

// named judges hidden predicates where they are named.
func (s *Survey) named(w *watcher) {
	for _, place := range w.named {
		if slices.ContainsFunc(w.made, func(made instance) bool { return made.value == place.value }) {
			continue
		}
		body := s.Session.Body(place.value)
		s.Session.Scope()
		predicate := &Predicate{Function: body, Pos: place.pos, Values: []eval.Value{place.value}, Base: map[string]Answer{}, Passed: true, Named: true}
		s.uses(predicate)
		s.usesIn(predicate, place.function)
		s.bare[body] = s.askedWithHead(predicate)
		predicate.Answers = s.answers([]closure{place.closure}, body, eval.Asked{})
		s.Predicates = append(s.Predicates, predicate)
	}
}

// usesIn leaves of the policies that a predicate was put into those of one function, where that function has some: the
// same predicate may be in others elsewhere, which have places of their own.
func (s *Survey) usesIn(predicate *Predicate, function *summary.Function) {
	var own []Use
	for _, policy := range s.Policies {
		if policy.Function == function && predicate.isIn(policy.Predicate) {
			own = append(own, Use{OneAttempt: policy.Attempts == 1, Pause: policy.Pause})
		}
	}
	if len(own) == 0 {
		return
	}
	for _, use := range predicate.Uses {
		if use.Operation != "" {
			own = append(own, use)
		}
	}
	predicate.Uses = own
}
