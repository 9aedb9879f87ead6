package fate

import (
	"go/token"
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A failed operation sent with HEAD has no code. A comparison with one that only such failures come to is never true.

// WithoutCode returns the comparisons with a text to which only failures of operations sent with HEAD come, one for each
// place.
func (s *Survey) WithoutCode(text string) []Comparison {
	var found []Comparison
	for _, comparison := range s.Compared[text] {
		same := func(other Comparison) bool { return other.Pos == comparison.Pos }
		if text != eval.NoCode && !slices.ContainsFunc(found, same) && s.onlyWithoutCode(text, comparison.Pos) {
			found = append(found, comparison)
		}
	}
	return found
}

// onlyWithoutCode reports whether nothing but failures without a code comes to a comparison.
func (s *Survey) onlyWithoutCode(text string, pos token.Pos) bool {
	some := false
	for _, seen := range s.Compared[text] {
		if seen.Pos != pos {
			continue
		}
		if s.Unfinished[seen.Function] {
			return false
		}
		_, bare := seen.Codes[eval.NoCode]
		switch {
		case !seen.Call.IsValid() && s.bare[seen.Function]:
			// A predicate: what it is asked about is known, though the function by itself takes any error.
		case !seen.Call.IsValid() && s.judgedByCallers(seen.Function, text, pos):
			continue
		case seen.Others || !bare || len(seen.Codes) > 1:
			return false
		}
		some = some || bare
	}
	return some
}

// judgedByCallers reports whether a function that takes an error is only called, and a comparison in it was seen from
// each of the calls.
func (s *Survey) judgedByCallers(function *summary.Function, text string, pos token.Pos) bool {
	if function.Exported || !s.Session.TakesError(function) || !s.usage().called[function.Name] || s.usage().passed[function.Name] {
		return false
	}
	for _, caller := range s.Session.Local.Functions {
		seen := true
		caller.Each(func(instruction *summary.Instruction) {
			if instruction.Call == nil || instruction.Call.Mode != summary.StaticCall || caller.Owner().References[instruction.Call.Callee].Name != function.Name {
				return
			}
			seen = seen && slices.ContainsFunc(s.Compared[text], func(other Comparison) bool {
				return other.Pos == pos && other.Call == instruction.Pos
			})
		})
		if !seen {
			return false
		}
	}
	return true
}

// askedWithHead reports whether a predicate is only asked by policies of operations sent with HEAD.
func (s *Survey) askedWithHead(predicate *Predicate) bool {
	if predicate.Function.Exported || predicate.Called {
		return false
	}
	sends := map[*summary.Function]bool{}
	for _, use := range predicate.Uses {
		if use.call == nil {
			continue
		}
		if !use.call.SentWithHead() {
			return false
		}
		sends[use.call.Function] = true
	}
	policies := 0
	for _, policy := range s.Policies {
		if !predicate.isIn(policy.Predicate) {
			continue
		}
		policies++
		if !sends[policy.Function] && !s.onlyHandsTo(policy.Function, sends) {
			return false
		}
	}
	return len(sends) > 0 && policies > 0
}

// onlyHandsTo reports whether a policy that a function makes only gets to functions that are known: it is a factory that
// is only called, where the policy was seen too, or the initialiser of package variables that only those read.
func (s *Survey) onlyHandsTo(function *summary.Function, sends map[*summary.Function]bool) bool {
	if function.Name != s.Session.Local.Path+".init" {
		return !function.Exported && s.usage().called[function.Name] && !s.usage().passed[function.Name] && returnsPolicy(function)
	}
	for i := range s.Session.Local.Globals {
		if global := &s.Session.Local.Globals[i]; isPolicy(s.Session.Local.TypeAt(global.Type), s.Session.Local) && (global.Exported || !s.readOnlyBy(global, sends)) {
			return false
		}
	}
	return true
}

// readOnlyBy reports whether no other functions than some, and the initialisers, name a package variable.
func (s *Survey) readOnlyBy(global *summary.Global, known map[*summary.Function]bool) bool {
	for _, function := range s.Session.Local.Functions {
		if known[function] || function.Name == s.Session.Local.Path+".init" {
			continue
		}
		named := false
		function.Each(func(instruction *summary.Instruction) {
			for _, operand := range instruction.Operands {
				named = named || operand.Kind == summary.GlobalRef && function.Owner().References[operand.N].Name == global.Name
			}
		})
		if named {
			return false
		}
	}
	return true
}

func returnsPolicy(function *summary.Function) bool {
	return slices.ContainsFunc(function.Results, func(result int32) bool {
		return isPolicy(function.Owner().TypeAt(result), function.Owner())
	})
}

// isPolicy reports whether a type is the SDK's retry policy, or a pointer to it.
func isPolicy(t *summary.Type, owner *summary.Package) bool {
	if t.Kind == summary.PointerType {
		t = owner.TypeAt(t.Elem)
	}
	return hasSuffix(t.Name, policyType)
}
