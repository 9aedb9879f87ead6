// Package fate asks what becomes of each catalog row: what a retry predicate answers, and for every OCI call whether
// its error is retried, returned, dropped or fatal, with what lies between two sends.
//
// A survey runs every function of a package once, up to all its OCI calls, and from each of these goes on once with
// success, which is the control, and once for each row; rows that a run would not tell apart share one. Rules read the
// survey and know nothing of function bodies.
package fate

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/cfg"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Survey is what is known of one package.
type Survey struct {
	Session    *eval.Session
	Predicates []*Predicate
	Pauses     []*Pause
	Policies   []*Policy
	Calls      []*Call
	Assertions []*Assertion
	Options    []*OptionList
	Compared   map[string][]Comparison // by the text that the whole code is compared with
	// ComparedStatus are the comparisons with the status, by the number.
	ComparedStatus map[string][]Comparison
	Tokens         []*Token
	Shared         map[token.Pos]bool // where a request gets a token that a different one has
	Searches       []*Search
	// Unfinished are the functions through which not all ways were seen.
	Unfinished map[*summary.Function]bool
	// DeadAssignments are settings of a policy that is never consulted.
	DeadAssignments []Dead
	// Copies are settings of a client's policy on a copy that nobody uses.
	Copies []Dead
	// Effort is what the survey has cost.
	Effort Effort

	set           *setup        // of the package
	others        *summary.Sets // of those that it uses; nil as long as nobody has asked
	wanted        map[*summary.Instruction]bool
	stores        map[*summary.Instruction][]stored
	bare          map[*summary.Function]bool // predicates that only operations sent with HEAD ask
	settingPlaces map[settingKey]token.Pos   // where the package makes the options of policies
	wrappedAt     map[eval.Value]token.Pos   // where the function under analysis got a wrapped or flattened error

	bySend    map[*summary.Instruction][]*Call // the calls by the instruction that sends
	sent      []sentToken
	starts    func(service, operation string) OwnPolicy
	hidden    func(*summary.Function) bool
	handsBack map[handedBack]bool       // whose result has been seen to hold the error, of a row or of any
	answered  map[closure][]givenAnswer // by the predicate or pause that was asked when nobody watched
	used      *usage                    // of the package's functions, once it was asked for
	filter    *cfg.Filter               // of what need not be run
	skips     bool                      // functions may be taken out, too
}

// Predicate is a retry predicate of the package and what it answers.
type Predicate struct {
	Function *summary.Function
	Pos      token.Pos
	Values   []eval.Value
	Answers  map[string]Answer // by row
	// Each are the answers of each function value that was seen of it, where there are several: they are different policies'.
	Each      []map[string]Answer
	Installed token.Pos // where it became a policy's predicate; 0 when that is not in the package
	// Base is what the same predicate answers whatever its factory is given, when this one is what a call makes of it.
	Base   map[string]Answer
	Uses   []Use
	Called bool // somewhere in the package
	Passed bool // passed, stored or returned somewhere
	Named  bool // hidden where it stands, and judged where it becomes a policy's
}

// Answer is what a predicate can answer for a row.
type Answer struct {
	Yes   bool // for certain some feasible path answers true
	No    bool // every path answers false
	Waits bool
	// Ground is where the package decides it: on a path that answers true, if there is one.
	Ground token.Pos

	zero bool // of a pause: every path answers zero
}

// Use is a policy that a predicate or a pause was put into.
type Use struct {
	OneAttempt bool
	Operation  string // of the call the policy is on; "" when not known
	Pause      eval.Value

	call *Call // the call the policy is on
}

// Comparison is one comparison of the code or the status, and the rows that come to it.
type Comparison struct {
	Pos      token.Pos
	Call     token.Pos // in the function under analysis, of the function that compares; 0 when it compares itself
	Function *summary.Function
	Statuses map[int]bool
	Codes    map[string]bool
	Others   bool // errors come to it of which nothing is known

	where eval.Comparison // the first one that came to it
}

// Token is a value stored into a request's retry token.
type Token struct {
	Pos      token.Pos
	Value    eval.Value
	Function *summary.Function
	Request  string // the type that it was stored into
}

// sentToken is a token that a function's request went out with.
type sentToken struct {
	function *summary.Function
	request  string // its type
	value    eval.Value
}

// Look surveys a package. What starts tells is an operation's own policy, and what is hidden cannot be reported where it
// stands.
func Look(session *eval.Session, starts func(service, operation string) OwnPolicy, hidden func(*summary.Function) bool) *Survey {
	s := &Survey{Session: session, starts: starts, hidden: hidden, Compared: map[string][]Comparison{}, ComparedStatus: map[string][]Comparison{}, Unfinished: map[*summary.Function]bool{}, handsBack: map[handedBack]bool{}, set: newSetup(), stores: map[*summary.Instruction][]stored{}, bare: map[*summary.Function]bool{}, Shared: map[token.Pos]bool{}, bySend: map[*summary.Instruction][]*Call{}, settingPlaces: map[settingKey]token.Pos{}, wrappedAt: map[eval.Value]token.Pos{}, answered: map[closure][]givenAnswer{}}
	w := &watcher{survey: s, closures: map[string][]closure{}, assertions: map[token.Pos]*Assertion{}, below: map[token.Pos]*handedDown{}, searches: map[token.Pos]*searchedFor{}, parts: map[eval.Value]bool{}, wholes: map[string][]closure{}, seen: map[seenPolicy]bool{}, pausePos: map[int]token.Pos{}, factoryCalls: map[eval.Value]*eval.Chain{}, spared: map[int]bool{}, alive: map[token.Pos]bool{}, installed: map[string]token.Pos{}, madeAt: map[*summary.Instruction]int{}}
	session.Watch = w.compared
	s.set.read(session.Local)
	s.wanted = s.set.wanted()
	s.filter, s.skips = session.Filter(s.wanted), !session.Unfiltered && !installsPolicies(session.Local)
	for _, function := range session.Local.Functions {
		if function.Synthetic && function.Name != session.Local.Path+".init" {
			continue
		}
		session.Scope()
		w.function = function
		s.function(w, function)
	}
	s.classifiers(w)
	s.predicates(w)
	s.named(w)
	s.assertionsOf(w)
	s.searchesOf(w)
	s.deadAssignments(w)
	session.Watch = nil // what a rule runs later on must not change what another one finds
	return s
}

// function runs one function to its OCI calls, and on from each of them.
func (s *Survey) function(w *watcher, function *summary.Function) {
	if !s.Session.Concerns(function) {
		return
	}
	s.Effort.function(function)
	if s.skips && s.filter.Skips(function) {
		s.Effort.Skipped++
		return
	}
	options := eval.Options{Observer: w}
	run := s.Session.Function(function, options)
	if run.Spent && s.Session.Sends(function) {
		options.Coarse = true
		run = s.Session.Function(function, options)
	}
	if run.Spent {
		w.survey.Unfinished[function] = true
		s.Effort.spent(function, true)
		return
	}
	onSuccess := len(run.Order)
	s.Session.Failures(function, run, options, s.filter)
	steps := 0
	others := map[string]*Call{}
	for i, key := range run.Order {
		for _, site := range run.Sites[key] {
			if request := site.Target.Request; request != nil && request.Type != nil {
				s.sent = append(s.sent, sentToken{function, request.Type.Name, site.Target.Token})
			}
		}
		call, whole := s.call(w, function, run.Sites[key], &steps)
		if i < onSuccess { // the ways after others were seen after the calls that have failed before them
			w.survey.Unfinished[function] = w.survey.Unfinished[function] || !whole
		}
		if s.Effort.Calls++; !whole {
			s.Effort.spent(function, false)
		}
		call.others, others[key] = others, call
		s.Calls = append(s.Calls, call)
		s.bySend[call.Target.Call] = append(s.bySend[call.Target.Call], call)
	}
}

// Budgets of the runs on from the calls of one function, together and from one call. The further down a call stands
// the more of what follows it was looked at in the functions below, so the call's budget halves with each frame.
const (
	maxSteps     = 1_600_000
	maxCallSteps = 1_200_000
	maxFarSteps  = 120_000 // for calls that stand two frames down or more
)

// maxWithin is the budget of the runs within the cycle around a call, where those of all that follows are too much.
const maxWithin = 400_000

// call goes on from one OCI call: once with success, which is the control, and once for each row. Where that is too
// much, only what happens in the cycle around the call is looked at; where that is too much as well, nothing is known
// of what becomes of its rows, and Rows is nil.
func (s *Survey) call(w *watcher, function *summary.Function, sites []*eval.Site, steps *int) (call *Call, whole bool) {
	call = s.newCall(function, sites[0].Target)
	call.etag = slices.ContainsFunc(sites, func(site *eval.Site) bool { return mayHaveEtag(site.Target.Request, 0) })
	if s.Session.EndsAt(s.filter, call.Target) {
		call.ends = true
		s.Effort.Ended++
		return call, true
	}
	mine := maxCallSteps >> call.Target.Chain.Distance()
	if call.Target.Chain.Distance() > 1 {
		mine = min(mine, maxFarSteps-*steps)
	}
	seen := map[*eval.Run]seenOnce{}
	whole = s.rows(call, func(row *eval.Row) *eval.Run {
		if *steps > maxSteps || mine < 0 {
			return nil
		}
		run := s.shared(call, row)
		if run != nil {
			w.seeAgain(seen[run], row)
		} else {
			w.control, w.row, w.once = row == nil, row, seenOnce{}
			run = s.Session.Answer(function, sites, row, call.success, w)
			seen[run] = w.once
			w.control, w.row, w.once = false, nil, seenOnce{}
			s.Effort.Runs++
		}
		*steps += run.Steps // a run that is shared counts for each row, so that a budget does not hang on it
		mine -= run.Steps
		return run
	})
	if whole && s.mayTell(call) {
		call.answers = s.replies(call, sites)
	}
	if whole || !call.cyclic(call.Target.Chain) {
		return call, whole
	}
	left := maxWithin
	s.rows(call, func(row *eval.Row) *eval.Run {
		run := s.shared(call, row)
		if run == nil {
			run = s.Session.AnswerWithin(function, sites, row, call.success)
			s.Effort.Runs++
		}
		if left -= run.Steps; left < 0 {
			return nil
		}
		return run
	})
	return call, false
}

// replies returns how the function of a call ends when the call succeeds, told apart as far as that can be done: the
// control only says where success gets to.
func (s *Survey) replies(call *Call, sites []*eval.Site) []eval.End {
	run := s.Session.Success(call.Function, sites)
	if run.Spent {
		run = call.success
	}
	if run == nil {
		return nil
	}
	return run.Ends
}

// rows collects what an answer leads to for success and for each row. It reports whether all of them came to an end.
func (s *Survey) rows(call *Call, answer func(*eval.Row) *eval.Run) bool {
	call.runs, call.Rows = nil, map[string]*RowFate{}
	call.success = nil // the answer for success has no control
	call.success = answer(nil)
	var shared *eval.Run
	for _, row := range s.Session.Rows {
		if call.success == nil || call.success.Spent {
			break
		}
		if !call.CanMeet(row.Row) {
			continue
		}
		run := shared
		if run == nil {
			run = answer(row)
		}
		if run == nil || run.Spent {
			call.success = nil
			break
		}
		call.collect(run, row)
		if !run.Sensitive {
			shared = run
		}
	}
	if call.success == nil || call.success.Spent {
		call.success, call.Rows = nil, nil
		return false
	}
	return true
}

// shared returns the run on from a call for a row before that a row shares, nil if there is none.
func (s *Survey) shared(call *Call, row *eval.Row) *eval.Run {
	if row == nil {
		return nil
	}
	for _, run := range call.runs {
		if s.Session.SharesRun(run, call.Target, row) {
			return run
		}
	}
	return nil
}

type closure struct {
	value  eval.Value
	memory *eval.Memory
}

// watcher is the observer of a survey.
type watcher struct {
	survey     *Survey
	function   *summary.Function
	once       seenOnce  // what counts for each row of a run
	control    bool      // a call is gone on from that has succeeded: nothing is seen that was not seen before
	row        *eval.Row // that a call is gone on from with, nil when there is none
	closures   map[string][]closure
	assertions map[token.Pos]*Assertion
	below      map[token.Pos]*handedDown  // by the assertion of a function that is called
	searches   map[token.Pos]*searchedFor // by the search of a function that is called
	seen       map[seenPolicy]bool
	pausePos   map[int]token.Pos
	// factoryCalls lead from the package to where a predicate or a pause was made.
	factoryCalls map[eval.Value]*eval.Chain
	fixed        []fixedPause
	spared       map[int]bool // policies whose inner policy is changed as well
	alive        map[token.Pos]bool
	deadStores   []deadStore
	made         []instance
	parts        map[eval.Value]bool          // predicates that another one holds
	wholes       map[string][]closure         // those that hold a predicate, by its function's name
	madeAt       map[*summary.Instruction]int // how many of them by one call
	installed    map[string]token.Pos         // where a function became a policy's predicate, by its name
	named        []namedPredicate
	tokenStores  []tokenStore
}

func (w *watcher) Call(o *eval.Observation) {
	if o.Chain.Depth <= 1 {
		w.assertionCall(o)
	}
	if o.Chain.Depth == 1 {
		w.searchBelow(o)
	}
	w.setting(o)
	if o.Chain.Depth != 0 {
		return
	}
	w.optionList(o)
	w.built(o)
	w.installs(o)
	w.setUp(o)
	w.pauseArgument(o)
	w.search(o)
}

func (w *watcher) Returned(call *summary.Instruction, target *eval.Target, result eval.Value) {
	if target != nil && eval.HoldsError(result) {
		w.survey.handsBack[handedBack{call.Pos, target.Chain.Key, nil}] = true
		w.handsBack(handedBack{call.Pos, target.Chain.Key, w.row})
	}
	if result.Kind == eval.Wrapped || result.Kind == eval.Flattened {
		if _, known := w.survey.wrappedAt[result]; !known {
			w.survey.wrappedAt[result] = call.Pos
		}
	}
	if pause := fieldOf(result, "NextDuration"); pause != nil && hasSuffix(pause.Text, sdk.Common+".NoPause") && w.pausePos[pause.ID] == token.NoPos {
		w.pausePos[pause.ID] = call.Pos
	}
}

// handedBack is a call of the package and the OCI call below it whose error it hands back: for a row, or, where that is
// nil, for any.
type handedBack struct {
	call   token.Pos
	target string
	row    *eval.Row
}

func (w *watcher) Closure(chain *eval.Chain, value eval.Value, memory *eval.Memory) {
	body := w.survey.Session.Body(value)
	if body == nil || !body.Predicate && !body.Pause {
		return
	}
	if w.row != nil {
		w.once.made = append(w.once.made, madeOnce{chain, value, memory})
	}
	if body.Predicate {
		w.partsOf(value, memory)
	}
	if chain != nil && chain.Root().Function.Owner() == w.survey.Session.Local {
		w.factoryCalls[value] = chain
	}
	if len(w.closures[body.Name]) >= 16 {
		return
	}
	if chain != nil {
		w.madeBy(chain, value, memory)
	}
	if chain != nil && body.Owner() == w.survey.Session.Local {
		return // made while another function calls the factory: with that call's values
	}
	w.closures[body.Name] = append(w.closures[body.Name], closure{value, memory})
}

// compared notes a comparison with the code or the status of a row. Of a comparison in a function that was called it
// notes the call in the function under analysis too: the value may stand there.
func (w *watcher) compared(where eval.Comparison, row *eval.Row, value constant.Value) {
	made := Comparison{Pos: where.Instruction.Pos, Function: w.function, where: where}
	if chain := where.Chain; chain != nil && chain.Function.Owner() == w.survey.Session.Local {
		made.Call = chain.Root().Call.Pos
	}
	into := w.survey.Compared
	if value.Kind() == constant.Int {
		into = w.survey.ComparedStatus
	}
	key := value.ExactString()
	if value.Kind() == constant.String {
		key = constant.StringVal(value)
	}
	for i := range into[key] {
		if known := &into[key][i]; known.Pos == made.Pos && known.Call == made.Call && known.Function == made.Function {
			known.note(row)
			return
		}
	}
	made.Statuses, made.Codes = map[int]bool{}, map[string]bool{}
	made.note(row)
	into[key] = append(into[key], made)
}

func (c *Comparison) note(row *eval.Row) {
	c.Others = c.Others || row == nil
	if row != nil && row != eval.AnotherCall {
		c.Statuses[row.Row.Status], c.Codes[row.Row.Code] = true, true
	}
}

func (w *watcher) Stored(instruction *summary.Instruction, address, before, value eval.Value, memory *eval.Memory) {
	if w.survey.wanted[instruction] {
		w.stored(instruction, stored{memory.Deep(value), memory})
	}
	if strings.HasSuffix(address.Path, "/ShouldRetryOperation") && value.Kind == eval.Function {
		w.install(value, instruction.Pos, memory)
	}
	w.setField(instruction, address, value, memory)
	if i := strings.LastIndexByte(address.Path, '/'); i >= 0 {
		before = memory.Part(before, address.Path[:i])
		if before.Type != nil && strings.HasSuffix(before.Type.Name, sdk.Common+".RetryPolicy") {
			w.deadStore(instruction.Pos, address.Object, address.Path[i:], before, value)
		}
	}
	if !strings.HasSuffix(address.Path, "/OpcRetryToken") {
		return
	}
	request := ""
	if before.Type != nil {
		request = before.Type.Name
	}
	w.token(instruction.Pos, value, memory, request)
	w.tokenStores = append(w.tokenStores, tokenStore{instruction.Pos, address.Object, memory.Deep(value), request, w.function})
}

// TokenStored notes where a function that is called puts a token into a request.
func (w *watcher) TokenStored(function *summary.Function, instruction *summary.Instruction, address, before, value eval.Value, memory *eval.Memory) {
	request := ""
	if before != nil && before.Type != nil {
		request = before.Type.Name
	}
	w.tokenStores = append(w.tokenStores, tokenStore{instruction.Pos, address.Object, memory.Deep(value), request, function})
}

// maxStored bounds the values that are told apart of one store.
const maxStored = 8

// stored notes what is stored where; of more values than can be told apart the last is one of which nothing is known.
func (w *watcher) stored(instruction *summary.Instruction, one stored) {
	seen := w.survey.stores[instruction]
	switch {
	case slices.ContainsFunc(seen, func(other stored) bool { return other.value == one.value }) || len(seen) > maxStored:
	case len(seen) == maxStored:
		w.survey.stores[instruction] = append(seen, stored{value: w.survey.Session.Unknown("one of many")})
	default:
		w.survey.stores[instruction] = append(seen, one)
	}
}

// Shared finds where the token was put into a request that has it from another one: into the object that is sent, or
// last into one of its type that was changed or copied since.
func (w *watcher) Shared(function *summary.Function, target *eval.Target, memory *eval.Memory) {
	of := func(is func(store *tokenStore) bool) bool {
		for i := len(w.tokenStores) - 1; i >= 0; i-- {
			if store := &w.tokenStores[i]; store.function == function && is(store) {
				w.survey.Shared[store.pos] = true
				return true
			}
		}
		return false
	}
	if of(func(store *tokenStore) bool { return memory.Request(store.object) == target.Request }) || target.Request.Type == nil {
		return
	}
	of(func(store *tokenStore) bool {
		return store.token == target.Token && store.request == target.Request.Type.Name
	})
}

// tokenStore is a place where a function puts a token into a request.
type tokenStore struct {
	pos      token.Pos
	object   int
	token    eval.Value
	request  string // its type
	function *summary.Function
}

func (w *watcher) Ended(memory *eval.Memory, results []eval.Value) {
	memory.Objects(func(content eval.Value) { w.policyIn(content, memory, 0) })
	for _, result := range results {
		w.policyIn(result, memory, 0)
	}
}

// classifiers runs every function that takes an error for each row in it, to see what it compares.
func (s *Survey) classifiers(w *watcher) {
	for _, function := range s.Session.Local.Functions {
		if function.Synthetic || function.Predicate || !s.Session.TakesError(function) {
			continue
		}
		s.Session.Scope()
		w.function = function
		s.classifier(w, function)
	}
}

// classifier runs one of them.
func (s *Survey) classifier(w *watcher, function *summary.Function) {
	var asked []*eval.Inquiry
	for _, row := range s.Session.Rows {
		if slices.ContainsFunc(asked, func(before *eval.Inquiry) bool { return s.Session.Shares(before, row) }) {
			continue
		}
		inquiry := &eval.Inquiry{}
		sensitive, spent := s.Session.Classifier(function, row, w, inquiry)
		s.Unfinished[function] = s.Unfinished[function] || spent
		if !sensitive {
			break
		}
		asked = append(asked, inquiry)
	}
}
