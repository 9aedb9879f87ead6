package fate

import (
	"go/token"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Call is an OCI call as a function of the package makes it, directly or through what it calls.
type Call struct {
	Function  *summary.Function
	Target    *eval.Target
	Operation string
	Pos       token.Pos
	Rows      map[string]*RowFate

	session *eval.Session
	starts  func() OwnPolicy                 // what the operation starts from
	others  map[string]*Call                 // the calls of the function, by key
	bySend  map[*summary.Instruction][]*Call // the calls of the package, by the instruction that sends
	cyclic  func(*eval.Chain) bool
	around  func(*eval.End, *eval.Chain) string // the loop whose ways out count
	force   *force                              // the policies one of which is in force; nil as long as nobody has asked
	etag    bool                                // there may be one in the request
	ends    bool                                // nothing follows its failure, whatever the row: it was not gone on from
	success *eval.Run
	runs    []*eval.Run
	places  []eval.Place // where the function may leave something for its caller

	answers []eval.End // of the function when the call succeeds, where they are compared with what it answers for a row
}

// RowFate is what becomes of one row after a call.
type RowFate struct {
	Ends []eval.End
}

// first returns the ends of the paths on which the call failed in its first round: what happens there happens for
// certain, whatever bounds the rounds.
func (f *RowFate) first() []eval.End {
	var ends []eval.End
	for _, end := range f.Ends {
		if end.First {
			ends = append(ends, end)
		}
	}
	return ends
}

func (s *Survey) newCall(function *summary.Function, target *eval.Target) *Call {
	return &Call{
		Function: function, Target: target, Operation: target.Operation, Pos: standsAt(function, target.Chain),
		Rows:    map[string]*RowFate{},
		session: s.Session,
		bySend:  s.bySend,
		cyclic:  s.Session.InCycle,
		around:  s.Session.Around,
		starts:  func() OwnPolicy { return s.starts(target.Service, target.Operation) },
		places:  s.Session.Places(function),
	}
}

// isStarted reports whether a goroutine was started with the function that a link stands in.
func isStarted(link *eval.Chain) bool {
	return link.Up != nil && link.Up.Call.Op == summary.OpGo
}

// standsAt returns where a call stands in a function: the body of a range over a function is the function's own, whoever
// calls it, and so is a goroutine's that the function waits for.
func standsAt(function *summary.Function, chain *eval.Chain) token.Pos {
	pos := chain.Root().Call.Pos
	for _, link := range chain.Links() {
		if (link.Function.LoopBody || isStarted(link)) && strings.HasPrefix(link.Function.Name, function.Name+"$") {
			pos = link.Call.Pos
		}
	}
	return pos
}

// collect notes what a run for a row came to.
func (c *Call) collect(run *eval.Run, row *eval.Row) {
	if !slices.Contains(c.runs, run) {
		c.runs = append(c.runs, run)
	}
	if len(run.Ends) > 0 {
		c.Rows[row.Row.String()] = &RowFate{Ends: run.Ends}
	}
}

func predicateOf(policy eval.Value) eval.Value { return fieldOf(policy, "ShouldRetryOperation") }

// fieldOf returns a field of a struct, or of one that an address leads to; nil where that is not known.
func fieldOf(v eval.Value, name string) eval.Value {
	if v == nil {
		return nil
	}
	for v.Kind == eval.Tuple && len(v.Args) == 1 {
		v = v.Args[0]
	}
	if v.Kind == eval.Struct {
		for i, field := range v.Type.Fields {
			if field.Name == name {
				return v.Args[i]
			}
		}
	}
	return nil
}

// Place returns where a second send of a call is to be reported, if it is for this function to report: the call
// whose failure leads to the other send, or the helper's call that got the function to call again.
func (c *Call) Place(end *eval.End) (token.Pos, bool) {
	first, second := c.Target.Chain.Links(), end.Second.Links()
	level := divergence(first, second)
	if !c.because(first[level], second[level], end) {
		return 0, false
	}
	if throughBool(first[level+1:]) {
		return 0, false
	}
	if level == 0 || strings.HasPrefix(first[level].Function.Name, c.Function.Name+"$") {
		// In the function itself, or in a function literal of it that it calls.
		if first[level].Call.Op == summary.OpGo {
			return c.Pos, true // its error came through a channel
		}
		return first[level].Call.Pos, c.Target.Chain.Depth == level || first[level].Model != nil || handsErrorBack(first[level])
	}
	for _, link := range first[level:] {
		if link.Passed != nil && link.Passed.Kind == eval.Function && passedBy(first[0], c.Function, link.Passed) {
			return c.Pos, true
		}
	}
	return 0, false
}

// throughBool reports whether the way down to a call leads through a function that hands no error back, other than one
// that a retry library calls or the body of a range over a function.
func throughBool(links []*eval.Chain) bool {
	for i := 1; i < len(links); i++ {
		link, entered := links[i-1], links[i].Function
		if !entered.LoopBody && link.Call.Op != summary.OpGo && link.Model == nil && (link.Passed == nil || link.Passed.Kind != eval.Function) && !handsErrorBack(link) {
			return true
		}
	}
	return false
}

// divergence returns the level at which two ways down from one function part.
func divergence(first, second []*eval.Chain) int {
	level := 0
	for level+1 < len(first) && level+1 < len(second) && first[level+1].Up == second[level+1].Up {
		level++
	}
	return level
}

// handsErrorBack reports whether a call's last result is an error: a function that answers a bool, or nothing, is no
// wrapper, so no OCI call stands where it is called.
func handsErrorBack(link *eval.Chain) bool {
	owner := link.Function.Owner()
	result := owner.TypeAt(link.Call.Type)
	if result.Kind == summary.TupleType && len(result.Elems) > 0 {
		result = owner.TypeAt(result.Elems[len(result.Elems)-1])
	}
	return result.Name == "error"
}

// passedBy reports whether a function value came from the function under analysis, or from an argument of its call.
func passedBy(root *eval.Chain, function *summary.Function, value eval.Value) bool {
	if strings.HasPrefix(value.Text, function.Name+"$") {
		return true
	}
	for _, argument := range root.Arguments {
		if mentions(argument, value.Text, 0) {
			return true
		}
	}
	return false
}

func mentions(v eval.Value, name string, depth int) bool {
	if v.Kind == eval.Function && v.Text == name {
		return true
	}
	if depth > 3 {
		return false
	}
	for _, part := range v.Args {
		if mentions(part, name, depth+1) {
			return true
		}
	}
	return false
}

// because reports whether the second send is there because of the failure: not one that a success comes to as well,
// and not a round of a cycle that no outcome of the call ends.
func (c *Call) because(first, second *eval.Chain, end *eval.End) bool {
	key := c.Target.Chain.Key
	if end.Looked() || end.Decided() {
		return false // the round is decided by what another call answered
	}
	if first.Model != nil && first.Model == second.Model {
		return true
	}
	if first.Call != second.Call {
		return c.success == nil || !c.success.Seconds[key][end.Second.Key]
	}
	if c.success == nil {
		return false
	}
	around := c.around(end, first)
	want := waysOut(c.success, key, around)
	for _, run := range c.runs {
		if !equal(want, waysOut(run, key, around)) {
			return true
		}
	}
	return false
}

func waysOut(run *eval.Run, key, around string) map[string]bool {
	out := map[string]bool{}
	for exit := range run.Exits[key] {
		if strings.HasPrefix(exit, around+"/") {
			out[exit] = true
		}
	}
	return out
}

func equal(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for key := range a {
		if !b[key] {
			return false
		}
	}
	return true
}

// Retried reports whether a row is retried for certain, and where that is to be reported.
func (c *Call) Retried(row *eval.Row) (token.Pos, bool) {
	fate := c.Rows[row.Row.String()]
	if fate == nil {
		return 0, false
	}
	place := token.NoPos
	retried := eval.Certain(fate.first(), func(end *eval.End) bool {
		if end.Ending != eval.Resent {
			return false
		}
		pos, ok := c.Place(end)
		if ok {
			place = pos
		}
		return ok
	})
	return place, retried
}

// resent returns the first end of a row at which the request goes out again, nil when there is none.
func (c *Call) resent(row *eval.Row) *eval.End {
	fate := c.Rows[row.Row.String()]
	if fate == nil {
		return nil
	}
	for i := range fate.Ends {
		if end := &fate.Ends[i]; end.Ending == eval.Resent {
			return end
		}
	}
	return nil
}

// Way returns what lies on the way round for a row: where the package decided it, and where the request goes out again if
// that is not the call itself; 0 for what there is not.
func (c *Call) Way(row *eval.Row) (decision, second token.Pos) {
	end := c.resent(row)
	if end == nil {
		return 0, 0
	}
	if decision = end.Ground(); !decision.IsValid() {
		decision = token.Pos(end.Decision())
	}
	if at := standsAt(c.Function, end.Second); at != c.Pos {
		second = at
	}
	return decision, second
}

// Waits reports whether some way round waits, or may.
func (c *Call) Waits(row *eval.Row) bool { return c.waits(row, 0) }

// maxLeads bounds how many calls are followed each of which sends again what the one before has sent.
const maxLeads = 4

func (c *Call) waits(row *eval.Row, leads int) bool {
	if c.ends {
		return false // it is not sent again
	}
	fate := c.Rows[row.Row.String()]
	if fate == nil || leads > maxLeads {
		return leads > 0 // nothing is known of a call that another one leads to
	}
	for i := range fate.Ends {
		end := &fate.Ends[i]
		if end.Ending == eval.Resent && (end.Waited() || end.MayWait() || c.mayWaitElsewhere(end, row, leads)) {
			return true
		}
	}
	return false
}

// mayWaitElsewhere reports whether there may be other ways round than the first one, which wait: those of the other
// call that sends again, and those of a loop around the helper that does.
func (c *Call) mayWaitElsewhere(end *eval.End, row *eval.Row, leads int) bool {
	first, second := c.Target.Chain.Links(), end.Second.Links()
	level := divergence(first, second)
	if level > 0 && c.cyclic(first[level-1]) {
		return true
	}
	if end.Second.Key == c.Target.Chain.Key {
		return false
	}
	if other := c.others[end.Second.Key]; other != nil {
		return other.waits(row, leads+1)
	}
	return c.cyclic(end.Second)
}

// LeadsTo returns another call that sends the request again after a row, where it does so over and over by itself; nil
// when there is none.
func (c *Call) LeadsTo(row *eval.Row) *Call {
	from := c
	for range maxLeads {
		end := from.resent(row)
		if end == nil || end.Second.Key == c.Target.Chain.Key {
			return nil
		}
		other := c.others[end.Second.Key]
		if other == nil {
			return nil
		}
		if other == from {
			if _, retried := other.Retried(row); !retried {
				return nil
			}
			return other
		}
		from = other
	}
	return nil
}

// Never reports whether no path sends again for a row, for certain.
func (c *Call) Never(row *eval.Row) bool {
	fate := c.Rows[row.Row.String()]
	if fate == nil || len(fate.Ends) == 0 || eval.ForElement(c.Target.Request) {
		return false // a list may be gone over again
	}
	for i := range fate.Ends {
		if end := &fate.Ends[i]; end.Ending == eval.Resent || end.Ending == eval.Lost || end.Undetermined() {
			return false
		}
	}
	return true
}

// SameToken reports whether a row's second send carries the same explicit token.
func (c *Call) SameToken(row *eval.Row) bool {
	fate := c.Rows[row.Row.String()]
	if fate == nil || c.Target.Token == nil || !explicit(c.Target.Token) && !c.handed() {
		return false
	}
	return eval.Certain(fate.first(), func(end *eval.End) bool { return end.Ending == eval.Resent && end.Same })
}

// handed reports whether a function of the package that calls this one has it send a request with an explicit token.
func (c *Call) handed() bool {
	return c.Target.Token.Kind == eval.Free && slices.ContainsFunc(c.bySend[c.Target.Call], func(other *Call) bool {
		return other.Target.Chain.Depth > c.Target.Chain.Depth && other.Target.Token != nil && explicit(other.Target.Token)
	})
}

// explicit reports whether a token is certainly there: an address of something that is not the empty string.
func explicit(token eval.Value) bool {
	if token.Kind != eval.Tuple || len(token.Args) != 1 {
		return false
	}
	inner := token.Args[0]
	return inner.Kind != eval.Constant || inner.Const().ExactString() != `""`
}

// Reads reports whether the call's operation only reads.
func (c *Call) Reads() bool { return c.session.Reads(c.Target.Service, c.Operation) }

// SentWithHead reports whether the call's operation is sent with HEAD, so that its failures have no code.
func (c *Call) SentWithHead() bool { return c.session.SentWithHead(c.Target.Service, c.Operation) }

// CanMeet reports whether a call can be answered with a row: what only creations are answered with, no operation is that
// reads, and what a condition is answered with, none without one.
func (c *Call) CanMeet(row catalog.Row) bool {
	if conditional(row) && !c.etag {
		return false
	}
	return row.CanComeFrom(c.Operation) && (!c.Reads() || row.CanComeFrom(anyReading))
}

// anyReading is an operation that reads by its name.
const anyReading = "Get"
