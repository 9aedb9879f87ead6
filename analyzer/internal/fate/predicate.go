package fate

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// predicates asks every predicate of the package about every row.
func (s *Survey) predicates(w *watcher) {
	usage := s.usage()
	for _, function := range s.Session.Local.Functions {
		if function.Synthetic || !function.Pos.IsValid() {
			continue
		}
		if function.Pause {
			s.Pauses = append(s.Pauses, &Pause{function, function.Pos})
		}
		if !function.Predicate {
			continue
		}
		s.Session.Scope()
		w.function = function
		predicate := &Predicate{Function: function, Pos: function.Pos, Called: usage.called[function.Name], Passed: usage.passed[function.Name]}
		instances := w.closures[function.Name]
		if len(instances) == 0 {
			instances = []closure{{value: s.Session.Value(function)}}
		}
		for _, instance := range instances {
			predicate.Values = append(predicate.Values, instance.value)
		}
		s.uses(predicate)
		s.bare[function] = s.askedWithHead(predicate)
		predicate.Answers = s.answers(instances, function, eval.Asked{Observer: asking{w}, Operations: predicate.operations()})
		if len(instances) > 1 {
			for _, instance := range instances {
				predicate.Each = append(predicate.Each, s.answersOf(instance))
			}
		}
		predicate.Installed = w.installed[function.Name]
		if len(predicate.Uses) == 0 {
			s.within(w.wholes[function.Name], predicate.Answers)
		}
		s.Predicates = append(s.Predicates, predicate)
	}
	s.instances(w)
}

// asked returns a row as a predicate is asked about it.
func (s *Survey) asked(function *summary.Function, row *eval.Row) *eval.Row {
	if s.bare[function] {
		return s.Session.WithoutBody(row)
	}
	return row
}

// asking watches a predicate that is run for a row: only what it asks the error, since all else was seen before.
type asking struct{ *watcher }

// Call notes a question to the error.
func (w asking) Call(o *eval.Observation) {
	if o.Chain.Depth == 0 {
		w.assertionCall(o)
		w.search(o)
	}
}

// Closure notes nothing.
func (w asking) Closure(*eval.Chain, eval.Value, *eval.Memory) {}

// Stored notes nothing.
func (w asking) Stored(*summary.Instruction, eval.Value, eval.Value, eval.Value, *eval.Memory) {}

// answers returns what a predicate answers to each row, whichever of the instances it is.
func (s *Survey) answers(instances []closure, function *summary.Function, asked eval.Asked) map[string]Answer {
	answers := map[string]Answer{}
	var given []givenAnswer
	for _, row := range s.Session.Rows {
		answers[row.Row.String()] = s.given(&given, instances, s.asked(function, row), asked)
	}
	return answers
}

// answersOf returns what a closure answers to each row.
func (s *Survey) answersOf(made closure) map[string]Answer {
	answers := map[string]Answer{}
	for _, row := range s.Session.Rows {
		answers[row.Row.String()] = s.ask(made, row)
	}
	return answers
}

// ask returns what a closure answers to a row when nobody watches. Rules ask about the same policies again and again.
func (s *Survey) ask(made closure, row *eval.Row) Answer {
	given := s.answered[made]
	answer := s.given(&given, []closure{made}, row, eval.Asked{})
	s.answered[made] = given
	return answer
}

// givenAnswer is an answer, and what was asked of the row to come to it.
type givenAnswer struct {
	inquiry *eval.Inquiry
	answer  Answer
}

// given returns the answer to a row: one that was given before, if the row shares that.
func (s *Survey) given(before *[]givenAnswer, instances []closure, row *eval.Row, asked eval.Asked) Answer {
	for _, known := range *before {
		if s.Session.Shares(known.inquiry, row) {
			return known.answer
		}
	}
	asked.Inquiry = &eval.Inquiry{}
	answer := s.answer(instances, row, asked)
	*before = append(*before, givenAnswer{asked.Inquiry, answer})
	return answer
}

func (s *Survey) answer(instances []closure, row *eval.Row, asked eval.Asked) Answer {
	var ends []eval.End
	for _, instance := range instances {
		more := s.Session.Predicate(instance.value, instance.memory, row, asked)
		if more == nil {
			return Answer{}
		}
		ends = append(ends, more...)
	}
	answer := Answer{Yes: eval.Certain(ends, (*eval.End).Yes), No: len(ends) > 0, zero: len(ends) > 0}
	for i := range ends {
		answer.No = answer.No && ends[i].No()
		answer.zero = answer.zero && ends[i].ZeroOnly()
		answer.Waits = answer.Waits || ends[i].Waited() || ends[i].MayWait()
		if !answer.Ground.IsValid() || ends[i].Yes() {
			answer.Ground = ends[i].Ground()
		}
	}
	return answer
}

// uses finds the policies that a predicate was put into.
func (s *Survey) uses(predicate *Predicate) {
	for _, policy := range s.Policies {
		if predicate.isIn(policy.Predicate) {
			predicate.Uses = append(predicate.Uses, Use{OneAttempt: policy.Attempts == 1, Pause: policy.Pause})
		}
	}
	for _, call := range s.Calls {
		if slices.ContainsFunc(s.policiesOn(call), func(policy eval.Value) bool {
			asked := predicateOf(policy)
			return asked != nil && predicate.isIn(asked)
		}) {
			predicate.Uses = append(predicate.Uses, Use{Operation: call.Operation, call: call})
		}
	}
}

// Policies returns what the predicate answers for each policy that it may be in.
func (p *Predicate) Policies() []map[string]Answer {
	if len(p.Each) > 0 {
		return p.Each
	}
	return []map[string]Answer{p.Answers}
}

// operations returns the operations that a predicate is asked about, if the package alone decides that.
func (p *Predicate) operations() []string {
	var operations []string
	for _, use := range p.Uses {
		if use.Operation != "" && !p.Function.Exported {
			operations = append(operations, use.Operation)
		}
	}
	slices.Sort(operations)
	return slices.Compact(operations)
}

// isIn reports whether a policy's predicate is this one: the same function, or for what a call of a factory made the
// same value.
func (p *Predicate) isIn(value eval.Value) bool {
	if value.Kind != eval.Function || value.Text != p.Function.Name {
		return false
	}
	if p.Base == nil {
		return true
	}
	for _, mine := range p.Values {
		if mine == value {
			return true
		}
	}
	return false
}

// OneAttempt reports whether a predicate is only used in policies of one attempt.
func (p *Predicate) OneAttempt() bool {
	one := 0
	for _, use := range p.Uses {
		if use.Operation != "" {
			continue
		}
		if !use.OneAttempt {
			return false
		}
		one++
	}
	return one > 0
}

// OnlyReads reports whether all known uses of a predicate are on reading operations.
func (p *Predicate) OnlyReads() bool {
	reads := 0
	for _, use := range p.Uses {
		if use.Operation == "" {
			continue
		}
		if !use.call.Reads() {
			return false
		}
		reads++
	}
	return reads > 0
}

// Internal reports whether a predicate is unexported, called and never passed on: it is judged through its callers.
func (p *Predicate) Internal() bool {
	return p.Base == nil && !p.Function.Exported && p.Called && !p.Passed
}

// CanMeet reports whether a row can come from an operation that a predicate is used on; with no known use, or where others
// may use it, it can.
func (p *Predicate) CanMeet(row catalog.Row) bool {
	if p.Function.Exported && conditional(row) {
		return true // who knows what else it is used on
	}
	known := false
	for _, use := range p.Uses {
		if use.Operation == "" {
			continue
		}
		if use.call.CanMeet(row) {
			return true
		}
		known = true
	}
	return !known
}
