package fate

import (
	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// OwnPolicy is what an operation starts from.
type OwnPolicy uint8

// The policies an operation can start from.
const (
	UnknownPolicy OwnPolicy = iota // the operation's default is not known
	NoPolicy                       // one attempt
	DefaultPolicy                  // the SDK's default policy
)

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
		if call.Target.Chain.Depth > 0 && !s.handsBack[handedBack{instruction.Pos, call.Target.Chain.Key, nil}] {
			continue
		}
		found = append(found, call)
	}
	return found
}
