package fate

import (
	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// OwnPolicy is what the SDK does by itself for a call.
type OwnPolicy uint8

// The policies a call can have.
const (
	UnknownPolicy  OwnPolicy = iota // the operation's default is not known
	NoPolicy                        // one attempt
	DefaultPolicy                   // the SDK's default policy
	ExplicitPolicy                  // the request carries one
)

// OwnPolicy returns what the SDK does by itself for a call.
func (c *Call) OwnPolicy() OwnPolicy {
	policy := c.Target.Policy
	if policy == nil || policy.Kind == eval.Nil {
		return c.starts()
	}
	predicate := predicateOf(policy)
	if predicate != nil && predicate.Kind == eval.Function {
		switch {
		case hasSuffix(predicate.Text, ".NoRetry"):
			return NoPolicy
		case hasSuffix(predicate.Text, ".DefaultShouldRetryOperation"), hasSuffix(predicate.Text, ".EventuallyConsistentShouldRetryOperation"):
			return DefaultPolicy
		}
	}
	if policy.Kind == eval.Free {
		return UnknownPolicy
	}
	return ExplicitPolicy
}

func hasSuffix(text, suffix string) bool {
	return len(text) >= len(suffix) && text[len(text)-len(suffix):] == suffix
}

// BlindDrop is a call whose error is never looked at.
type BlindDrop struct {
	Call
}

// BlindDrops returns the state-changing calls whose error is never looked at.
func (s *Survey) BlindDrops(row *eval.Row) []*Call {
	var found []*Call
	for _, call := range s.Calls {
		instruction := call.Target.Chain.Root().Call
		if call.Reads() || !instruction.Call.Blind || !call.CanMeet(row.Row) {
			continue
		}
		if call.Target.Chain.Depth > 0 && !s.handsBack[handedBack{instruction.Pos, call.Target.Chain.Key}] {
			continue
		}
		found = append(found, call)
	}
	return found
}
