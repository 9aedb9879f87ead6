package fate

import (
	"go/token"
	"slices"
	"strings"
	"unicode"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Assertion is an assertion to the SDK's service error.
type Assertion struct {
	Pos      token.Pos
	Question string // the SDK's function that asserts; "" for an assertion of the program's own
	Values   []eval.Value
	Caller   token.Pos // of the function that asserts, where its callers alone decide what it is about; 0 otherwise
}

// handedDown is what the functions of the package hand to one that asserts something about it.
type handedDown struct {
	calls  map[token.Pos]bool // that came to the assertion
	values []eval.Value
}

func (w *watcher) assertionCall(o *eval.Observation) {
	name, isCommon := strings.CutPrefix(o.Callee.Name, sdk.Common+".")
	if !isCommon || !strings.HasPrefix(name, "IsServiceError") && !builtOnAssertion[name] {
		return
	}
	w.asserted(o.Chain.Up, o.Instruction, name, o.Memory.Asserted(o.Arguments[0], true))
}

// builtOnAssertion are the SDK's questions about an error that it answers by such an assertion.
var builtOnAssertion = map[string]bool{"IsErrorRetryableByDefault": true, "IsErrorAffectedByEventualConsistency": true}

// IsBuilt reports whether the SDK's function asks more than the assertion.
func (a *Assertion) IsBuilt() bool { return builtOnAssertion[a.Question] }

// Assertion notes an assertion to the service error's interface.
func (w *watcher) Assertion(chain *eval.Chain, instruction *summary.Instruction, value eval.Value, asserted *summary.Type) {
	if strings.HasPrefix(asserted.Name, sdk.Common+".ServiceError") {
		w.asserted(chain, instruction, "", value)
	}
}

// asserted notes what an assertion is about: in the function under analysis, or in one that it calls.
func (w *watcher) asserted(chain *eval.Chain, instruction *summary.Instruction, question string, value eval.Value) {
	switch {
	case w.control:
	case chain == nil:
		known := w.assertions[instruction.Pos]
		if known == nil {
			known = &Assertion{Pos: instruction.Pos, Question: question}
			w.assertions[instruction.Pos] = known
		}
		known.Values = withValue(known.Values, value)
	case chain.Depth == 0 && instruction.Pos.IsValid():
		below := w.below[instruction.Pos]
		if below == nil {
			below = &handedDown{calls: map[token.Pos]bool{}}
			w.below[instruction.Pos] = below
		}
		below.calls[chain.Call.Pos] = true
		below.values = withValue(below.values, value)
	}
}

func withValue(values []eval.Value, value eval.Value) []eval.Value {
	if slices.Contains(values, value) {
		return values
	}
	return append(values, value)
}

// assertionsOf collects the assertions of the functions that were gone through on all ways.
func (s *Survey) assertionsOf(w *watcher) {
	for _, function := range s.Session.Local.Functions {
		if s.Unfinished[function] {
			continue
		}
		for _, block := range function.Blocks {
			for i := range block.Instructions {
				found := w.assertions[block.Instructions[i].Pos]
				if found == nil || !block.Instructions[i].Pos.IsValid() {
					continue
				}
				if below := w.below[found.Pos]; below != nil {
					if calls := s.callers(function); len(calls) > 0 && len(calls) == len(below.calls) {
						found.Values, found.Caller = below.values, calls[0]
					}
				}
				s.Assertions = append(s.Assertions, found)
				delete(w.assertions, found.Pos)
			}
		}
	}
}

// callers returns the calls of a function if they alone decide what it is given, and none otherwise: nobody outside the
// package can call it, nobody calls it through a value, and what it asserts is about what it is given, since it sends
// nothing itself. Tests are left aside.
func (s *Survey) callers(function *summary.Function) []token.Pos {
	short := strings.TrimPrefix(function.Name, s.Session.Local.Path+".")
	if strings.ContainsAny(short, "().$[") || unicode.IsUpper([]rune(short)[0]) || function.Synthetic || s.Session.Sends(function) {
		return nil
	}
	var calls []token.Pos
	for _, caller := range s.Session.Local.Functions {
		if caller.Test {
			continue
		}
		found, others := callsOf(caller, function.Name)
		if others || len(found) > 0 && (s.Unfinished[caller] || caller.Synthetic) {
			return nil
		}
		calls = append(calls, found...)
	}
	return calls
}

// callsOf returns where a function calls another one, and whether it does anything else with it.
func callsOf(caller *summary.Function, name string) (calls []token.Pos, others bool) {
	named := func(index int32) bool { return caller.Owner().References[index].Name == name }
	caller.Each(func(instruction *summary.Instruction) {
		if instruction.Call != nil && instruction.Call.Mode == summary.StaticCall && named(instruction.Call.Callee) {
			calls = append(calls, instruction.Pos)
			others = others || instruction.Op != summary.OpCall
		}
		for _, operand := range instruction.Operands {
			others = others || operand.Kind == summary.FunctionRef && named(operand.N)
		}
	})
	return calls, others
}

// WrappedAt returns where the function that asserts something about a wrapped or flattened error got it; 0 when it did
// not make it, nor call what made it.
func (s *Survey) WrappedAt(err eval.Value) token.Pos { return s.wrappedAt[err] }
