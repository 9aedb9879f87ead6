package summary

import "slices"

// Sets is what a program sets of the SDK's policies.
type Sets struct {
	Clients     []string // types of the clients whose configuration is set, in order; "" when it may be any
	Policy      bool     // a policy is put into a client's configuration
	Global      bool     // the policy of the process is set
	Environment bool     // the environment's switch of the default policy is named
	Principal   bool     // a provider is named whose token is refreshed
}

// With returns what two parts of a program set.
func (s Sets) With(other Sets) Sets {
	clients := slices.Concat(s.Clients, other.Clients)
	slices.Sort(clients)
	return Sets{
		Clients: slices.Compact(clients), Policy: s.Policy || other.Policy, Global: s.Global || other.Global,
		Environment: s.Environment || other.Environment, Principal: s.Principal || other.Principal,
	}
}
