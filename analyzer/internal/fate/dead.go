package fate

import (
	"go/constant"
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// Dead is a setting of a policy that is never consulted outside an eventual-consistency window.
type Dead struct {
	Pos    token.Pos
	What   string
	Set    token.Pos // where the package makes the setting; 0 when it does not, or in several places
	NoBase bool      // no policy without eventual consistency is among the options at all
	Lost   bool      // the base comes later and overwrites it
	// Endless says that the list asks for attempts without an end, and Refused and Unbounded what zero attempts do: the SDK
	// refuses every call unsent where eventual consistency is handled, and takes zero for no end where it is not.
	Endless, Refused, Unbounded bool
}

var settings = map[string]bool{
	"WithShouldRetryOperation": true, "WithMaximumNumberAttempts": true, "WithUnlimitedAttempts": true,
	"WithNextDuration": true, "WithFixedBackoff": true, "WithExponentialBackoff": true,
}

// DeadLists returns the option lists that set something on the outer policy only. A list is dead if it is on every
// way on which it was seen.
func (s *Survey) DeadLists() []Dead {
	var found []Dead
	alive := map[token.Pos]bool{}
	for _, list := range s.Options {
		dead, ok := s.deadIn(list)
		if !ok {
			alive[list.Pos] = true
			continue
		}
		found = append(found, dead)
	}
	var kept []Dead
	seen := map[token.Pos]bool{}
	for _, dead := range found {
		if !alive[dead.Pos] && !seen[dead.Pos] {
			seen[dead.Pos] = true
			kept = append(kept, dead)
		}
	}
	return kept
}

// deadIn follows an option list: the default policy handles eventual consistency until a base without it replaces
// it; what is set while it does is dead unless it is replaced later.
func (s *Survey) deadIn(list *OptionList) (Dead, bool) {
	if !list.Known {
		return Dead{}, false
	}
	dead, consistent := Dead{Pos: list.Pos, NoBase: true}, true
	outer, inner := false, false // whether zero attempts are set
	for _, option := range list.Options {
		certain := true
		for option.Kind == eval.Option && option.Text == "WithConditionalOption" {
			certain = false
			option = option.Args[1]
		}
		if option.Kind != eval.Option {
			return Dead{}, false
		}
		switch option.Text {
		case "WithMaximumNumberAttempts":
			attempts := option.Args[0]
			outer = certain && attempts.Kind == eval.Constant && constant.Sign(attempts.Const()) == 0
		case "WithUnlimitedAttempts":
			outer, dead.Endless = false, true // it comes with a bound in time
		case "WithEventualConsistency":
			if !consistent {
				outer, inner = false, outer
			}
		case "ReplaceWithValuesFromRetryPolicy":
			outer, inner = false, false
		}
		switch {
		case option.Text == "ReplaceWithValuesFromRetryPolicy":
			inner, known := handlesConsistency(option.Args[0])
			if !known {
				return Dead{}, false
			}
			consistent = inner
			dead.NoBase = false
			dead.Lost = dead.Lost || dead.What != "" && !inner
		case option.Text == "WithEventualConsistency":
			consistent = true
			dead.NoBase = false
		case settings[option.Text] && consistent && dead.What == "":
			dead.What = option.Text
			dead.Set = s.settingPlaces[settingOf(option)]
		}
	}
	dead.Refused, dead.Unbounded = consistent && (outer || inner), !consistent && outer
	return dead, dead.What != "" || dead.Refused || dead.Unbounded
}

// handlesConsistency reports whether a policy value handles eventual consistency.
func handlesConsistency(v eval.Value) (handles, known bool) {
	if v.Kind == eval.Zero {
		return false, true
	}
	if v.Kind != eval.Struct {
		return false, false
	}
	for i, field := range v.Type.Fields {
		if field.Name == "NonEventuallyConsistentPolicy" {
			switch {
			case v.Args[i].Kind == eval.Nil:
				return false, true
			case v.Args[i].Kind == eval.Interface && v.Args[i].Text == "inner policy":
				return true, true
			}
		}
	}
	return false, false
}

// deadStore notes an assignment to a policy that handles eventual consistency.
func (w *watcher) deadStore(pos token.Pos, object int, path string, before, after eval.Value) {
	field := strings.TrimPrefix(path, "/")
	if field == "NonEventuallyConsistentPolicy" || field == "DeterminePolicyToUse" {
		w.spared[object] = true
		return
	}
	handles, known := handlesConsistency(before)
	if !known || !handles {
		w.alive[pos] = true
		return
	}
	switch field {
	case "ShouldRetryOperation", "NextDuration", "MaximumNumberAttempts":
		w.deadStores = append(w.deadStores, deadStore{Dead{Pos: pos, What: field}, object})
	}
}

type deadStore struct {
	Dead
	object int
}

// deadAssignments keeps the first dead assignment of each policy whose inner policy is not changed as well.
func (s *Survey) deadAssignments(w *watcher) {
	first := map[int]token.Pos{}
	what := map[int]string{}
	var objects []int
	for _, store := range w.deadStores {
		if w.spared[store.object] || w.alive[store.Pos] {
			continue
		}
		if known, ok := first[store.object]; !ok {
			objects = append(objects, store.object)
			first[store.object], what[store.object] = store.Pos, store.What
		} else if s.Session.Before(store.Pos, known) {
			first[store.object], what[store.object] = store.Pos, store.What
		}
	}
	for _, object := range objects {
		s.DeadAssignments = append(s.DeadAssignments, Dead{Pos: first[object], What: what[object]})
	}
}

// settingKey is an option of the SDK's policies with what it was given.
type settingKey struct {
	name  string
	given eval.Value
}

func settingOf(option eval.Value) settingKey {
	key := settingKey{name: option.Text}
	if len(option.Args) > 0 {
		key.given = option.Args[0]
	}
	return key
}

// severalPlaces stands for a setting that the package makes in more than one place.
const severalPlaces token.Pos = -1

// setting notes where the package makes an option.
func (w *watcher) setting(o *eval.Observation) {
	name, isCommon := strings.CutPrefix(o.Callee.Name, sdk.Common+".")
	if !isCommon || !settings[name] || len(o.Arguments) == 0 || o.Chain.Function.Owner() != w.survey.Session.Local {
		return
	}
	key := settingKey{name, o.Arguments[0]}
	if known := w.survey.settingPlaces[key]; known.IsValid() && known != o.Instruction.Pos {
		w.survey.settingPlaces[key] = severalPlaces
		return
	}
	w.survey.settingPlaces[key] = o.Instruction.Pos
}
