package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/cfg"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A call in the failure branch of another one is not come to as long as all calls succeed. So a run is gone on from at
// each call once more, with a failure of which nothing else is known: what it then comes to are further calls, to be
// answered like any other. What the earlier call's error was is free for them. Each further call is gone on from in the
// same way, so failure branches may lie in one another.

// maxFailureSteps is the budget of all runs that look for the calls in a function's failure branches.
const maxFailureSteps = 4 * maxSteps

// Failures adds to a run of a function the calls that are come to only when another one has failed. A call that was come
// to before is not noted again: it is judged on the first ways to it.
func (s *Session) Failures(function *summary.Function, all *Run, options Options, filter *cfg.Filter) {
	left := maxFailureSteps
	for i := 0; i < len(all.Order) && left > 0; i++ {
		sites := all.Sites[all.Order[i]]
		if len(sites) > maxSites || s.EndsAt(filter, sites[0].Target) {
			continue
		}
		r := &run{Session: s, coarse: options.Coarse, root: function, recording: true, sites: all.Sites, result: newRun()}
		r.limit = min(left, max(maxSteps>>sites[0].Target.Chain.Distance(), minSteps))
		r.entries, r.executions = all.entries, all.executions
		for _, site := range sites {
			r.fail(site)
		}
		left -= r.steps
		all.entries, all.executions = r.entries, r.executions
		if r.result.Spent {
			continue
		}
		for _, key := range r.result.Order {
			all.Order = append(all.Order, key)
			all.Sites[key], all.first[key] = r.result.Sites[key], r.result.first[key]
		}
	}
	s.keepFirst(all)
}

// fail goes on from a call with a failure of which nothing else is known.
func (r *run) fail(site *Site) {
	in := *site.in
	it := site.in.it.copied()
	it.state = site.state.fork()
	in.it = it
	n := it.state.count(r.object(earlierError + in.chain.Key))
	failure := r.make(Node{Kind: Free, Text: earlierError + in.chain.Key + "#" + itoa(int(n)), Flags: Unique | NonNil})
	response := r.free("response:failed:"+in.chain.Key+"#"+itoa(int(n)), Unique)
	r.resume(site, exit{state: it.state, results: []Value{response, failure}})
}

// anyOutcome returns the results of an OCI call that is not noted in a run that goes on from a failure, since it is already
// or is one that a recursion comes to again: it may succeed or fail.
func (r *run) anyOutcome(in *invocation) []exit {
	s := in.it.state.fork()
	n := s.count(r.object(earlierError + in.chain.Key))
	response := r.free("response:either:"+in.chain.Key+"#"+itoa(int(n)), Unique)
	return []exit{{state: s, results: []Value{response, r.free(earlierError+in.chain.Key+"#"+itoa(int(n)), Unique)}}}
}

// earlierError begins the names of what the calls return that come before the one that is judged.
const earlierError = "error:earlier:"
