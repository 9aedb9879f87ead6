package fate

import (
	"go/constant"
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Policy is a policy value that the package builds.
type Policy struct {
	Attempts  int64 // -1 unknown
	Predicate eval.Value
	Pause     eval.Value
	Memory    *eval.Memory
	PausePos  token.Pos
	Function  *summary.Function // that it was seen in
	Factories []token.Pos       // the calls that lead to where the pause was made, from the package's function down
}

// PolicyRetries reports whether a policy retries a row for certain.
func (s *Survey) PolicyRetries(policy *Policy, row catalog.Row) bool {
	for _, prepared := range s.Session.Rows {
		if prepared.Row.Status != row.Status || prepared.Row.Code != row.Code {
			continue
		}
		switch name := policy.Predicate.Text; {
		case policy.Predicate.Kind != eval.Function:
			return false
		case strings.HasSuffix(name, ".DefaultShouldRetryOperation"), strings.HasSuffix(name, ".EventuallyConsistentShouldRetryOperation"):
			retried, known := s.Session.RetriedByDefault(row.Status, row.Code)
			return retried && known
		}
		if body := s.Session.Body(policy.Predicate); body != nil {
			prepared = s.asked(body, prepared)
		}
		answer := s.ask(closure{policy.Predicate, policy.Memory}, prepared)
		return answer.Yes && !answer.Waits
	}
	return false
}

// AlwaysZero reports whether a policy's pause can only be zero for a row, whatever the factory was given that made it.
func (s *Survey) AlwaysZero(policy *Policy, row catalog.Row) bool {
	body := s.Session.Body(policy.Pause)
	return body != nil && s.PauseIsZero(&Policy{Pause: s.Session.Value(body)}, row)
}

// PauseIsZero reports whether a policy's pause can only be zero for a row, without waiting by itself.
func (s *Survey) PauseIsZero(policy *Policy, row catalog.Row) bool {
	pause := policy.Pause
	if pause.Kind == eval.Option {
		return pause.Text == "WithFixedBackoff" && pause.Args[0].Kind == eval.Constant && constant.Sign(pause.Args[0].Const()) <= 0
	}
	if pause.Kind != eval.Function {
		return false
	}
	if strings.HasSuffix(pause.Text, sdk.Common+".NoPause") {
		return true
	}
	for _, prepared := range s.Session.Rows {
		if prepared.Row.Status != row.Status || prepared.Row.Code != row.Code {
			continue
		}
		answer := s.ask(closure{pause, policy.Memory}, prepared)
		return answer.zero && !answer.Waits
	}
	return false
}

// Pause is a NextDuration function.
type Pause struct {
	Function *summary.Function
	Pos      token.Pos
}

// OptionList is a call of NewRetryPolicyWithOptions.
type OptionList struct {
	Pos     token.Pos
	Options []eval.Value
	Known   bool
}

const policyType = sdk.Common + ".RetryPolicy"

// policyIn finds policies in a value, to know what predicates and pauses they are made of.
func (w *watcher) policyIn(v eval.Value, memory *eval.Memory, depth int) {
	if depth > 4 {
		return
	}
	switch v.Kind {
	case eval.Struct:
		if strings.HasSuffix(v.Type.Name, policyType) {
			w.policy(v, memory)
			return
		}
		for _, part := range v.Args {
			w.policyIn(part, memory, depth+1)
		}
	case eval.Array, eval.Tuple, eval.Interface:
		for _, part := range v.Args {
			w.policyIn(part, memory, depth+1)
		}
	}
}

func (w *watcher) policy(v eval.Value, memory *eval.Memory) {
	key := seenPolicy{v.ID, w.function}
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	policy := &Policy{Function: w.function, Attempts: -1, Predicate: memory.Field(v, "ShouldRetryOperation"), Pause: memory.Field(v, "NextDuration"), Memory: memory}
	if attempts := memory.Field(v, "MaximumNumberAttempts"); attempts.Kind == eval.Constant {
		policy.Attempts, _ = constant.Int64Val(attempts.Const())
	}
	policy.PausePos = w.pausePos[policy.Pause.ID]
	if made := w.factoryCalls[policy.Pause]; made != nil {
		for _, link := range made.Links() {
			policy.Factories = append(policy.Factories, link.Call.Pos)
		}
	}
	if policy.Pause.Kind == eval.Option && len(policy.Pause.Args) > 0 {
		for _, fixed := range w.fixed {
			if fixed.pause == policy.Pause.Args[0] && fixed.function == w.function {
				policy.PausePos = fixed.pos
			}
		}
	}
	w.survey.Policies = append(w.survey.Policies, policy)
}

// built notes a call of NewRetryPolicy for one attempt: what becomes of that policy on some way may not be told at the end.
func (w *watcher) built(o *eval.Observation) {
	if o.Callee.Package != sdk.Common || !strings.HasSuffix(o.Callee.Name, ".NewRetryPolicy") || len(o.Arguments) < 3 {
		return
	}
	if attempts := o.Arguments[0]; attempts.Kind == eval.Constant && attempts.Const().ExactString() == "1" {
		w.survey.Policies = append(w.survey.Policies, &Policy{Function: w.function, Attempts: 1, Predicate: o.Arguments[1], Pause: o.Arguments[2], Memory: o.Memory})
	}
}

// optionList notes a call of NewRetryPolicyWithOptions.
func (w *watcher) optionList(o *eval.Observation) {
	if o.Callee.Package != sdk.Common || !strings.HasSuffix(o.Callee.Name, ".NewRetryPolicyWithOptions") {
		return
	}
	for _, list := range eval.Alternatives(o.Arguments[0]) {
		options, known := o.Memory.Elements(list)
		w.survey.Options = append(w.survey.Options, &OptionList{Pos: o.Instruction.Pos, Options: options, Known: known})
	}
}

// installs notes where a call of the SDK's policy functions makes a function a policy's predicate.
func (w *watcher) installs(o *eval.Observation) {
	if o.Callee.Package != sdk.Common || !strings.Contains(o.Callee.Name, "Retry") {
		return
	}
	for _, argument := range o.Arguments {
		if argument.Kind == eval.Function {
			w.install(argument, o.Instruction.Pos, o.Memory)
		}
	}
}

// install keeps the first place in source order, and each place of a predicate that is hidden where it stands.
func (w *watcher) install(function eval.Value, pos token.Pos, memory *eval.Memory) {
	name := function.Text
	if known, ok := w.installed[name]; !ok || w.survey.Session.Before(pos, known) {
		w.installed[name] = pos
	}
	w.names(function, pos, memory)
}

// pauseArgument notes where a call names a pause option or an SDK function as pause, to report there.
func (w *watcher) pauseArgument(o *eval.Observation) {
	for _, argument := range o.Arguments {
		if argument.Kind == eval.Function && strings.HasSuffix(argument.Text, sdk.Common+".NoPause") {
			w.pausePos[argument.ID] = o.Instruction.Pos
		}
	}
	if o.Callee.Package == sdk.Common && strings.HasSuffix(o.Callee.Name, ".WithFixedBackoff") {
		w.fixed = append(w.fixed, fixedPause{o.Instruction.Pos, o.Arguments[0], w.function})
	}
}

type fixedPause struct {
	pos      token.Pos
	pause    eval.Value
	function *summary.Function
}

type seenPolicy struct {
	value    int
	function *summary.Function
}
