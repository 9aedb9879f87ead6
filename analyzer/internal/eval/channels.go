package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A channel that a function makes holds what a goroutine of it has sent, in order, as long as all that is sent is known.
// A goroutine that sends what it has to say into such a channel is run where it is started: whoever receives from the
// channel waits for it. Goroutines that nobody waits for are looked at by themselves.

// madeChannel begins the names of channels that a function makes.
const madeChannel = "chan:"

// queuePrefix begins the names of what is in a channel; nothing where nothing was sent.
const queuePrefix = "queue:"

// maxQueue bounds what is told apart in a channel.
const maxQueue = 8

func isMadeHere(channel Value) bool {
	return channel.Kind == Free && strings.HasPrefix(strings.TrimPrefix(channel.Text, afterPlace), madeChannel)
}

func (r *run) queue(channel Value) int { return r.object(queuePrefix + itoa(channel.ID)) }

// emptied notes that a channel has just been made.
func (r *run) emptied(s *state, channel Value) {
	s.store(r.queue(channel), r.make(Node{Kind: Array}))
}

// isKnownQueue reports whether all is known that is in a channel, and that there is room for more.
func (r *run) isKnownQueue(s *state, channel Value) bool {
	if !isMadeHere(channel) {
		return false
	}
	content := s.holds(r.queue(channel))
	return content != nil && content.Kind == Array && len(content.Args) < maxQueue
}

// send puts a value into a channel. What comes out of a channel that the error went into, and of which it is not known
// what is in it, cannot be told.
func (r *run) send(s *state, channel, value Value) {
	if !r.isKnownQueue(s, channel) {
		r.mayBeSent(s, channel, value)
		return
	}
	content := s.holds(r.queue(channel))
	before := s.kept
	r.handOver(s, value)
	if s.kept && !before {
		s.store(r.object("handed:"+itoa(channel.ID)), r.nilValue(Clean))
	}
	s.store(r.queue(channel), r.make(Node{Kind: Array, Args: append(append([]Value(nil), content.Args...), value)}))
}

// mayBeSent notes that a value perhaps goes into a channel.
func (r *run) mayBeSent(s *state, channel, value Value) {
	r.handOver(s, value)
	if isMadeHere(channel) {
		s.store(r.queue(channel), r.free("sent", 0))
	}
	if r.reaches(s, value, 0) || maxTaint(value) >= Chosen {
		s.store(r.sentTo(channel), r.undetermined("sent"))
	}
}

// received takes the first value out of a channel, if it is known which one that is. The error that somebody was handed
// is back then.
func (r *run) received(s *state, channel Value) (Value, bool) {
	content := s.holds(r.queue(channel))
	if !isMadeHere(channel) || content == nil || content.Kind != Array || len(content.Args) == 0 {
		return nil, false
	}
	first := content.Args[0]
	s.store(r.queue(channel), r.make(Node{Kind: Array, Args: content.Args[1:]}))
	if handed, known := r.known("handed:" + itoa(channel.ID)); known && s.holds(handed) != nil && r.reaches(s, first, 0) {
		s.forget(handed)
		s.noted, s.kept = false, false
	}
	return first, true
}

func (r *run) sentTo(channel Value) int { return r.object("sent:" + itoa(channel.ID)) }

// carries reports whether the error went into one of these channels.
func (r *run) carries(s *state, channels ...Value) bool {
	for _, channel := range channels {
		if s.holds(r.sentTo(channel)) != nil || maxTaint(channel) == OnRow || r.holdsUnreceived(s, channel) {
			return true
		}
	}
	return false
}

// holdsUnreceived reports whether the error, or what was made of it, is in a channel.
func (r *run) holdsUnreceived(s *state, channel Value) bool {
	content := s.holds(r.queue(channel))
	return content != nil && (maxTaint(content) >= Chosen || r.reaches(s, content, 0))
}

// selectForks follows a select that only receives once for each channel of which it is known what comes out of it, and
// once for all others.
func (r *run) selectForks(f *frame, it *item, i *summary.Instruction) []*item {
	channels := r.operands(f, it, i.Operands)
	if len(channels) != int(i.Index) {
		return nil
	}
	var items []*item
	rest := it.copied()
	rest.state = it.state.fork()
	rest.state.waited = rest.state.waited || i.CommaOK
	index := r.fresh(f, rest, "select", Clock)
	others := []Value{index, r.fresh(f, rest, "selectOK", 0)}
	for n, channel := range channels {
		others = append(others, r.fresh(f, rest, "selected"+itoa(n), 0))
		s := it.state.fork()
		value, known := r.received(s, channel)
		if !known {
			if r.carries(it.state, channel) {
				return nil
			}
			continue
		}
		s.waited = s.waited || i.CommaOK
		next := it.copied()
		next.state = s
		next.index++
		elements := []Value{r.integer(int64(n), Clean), r.boolean(true, Clean)}
		for m := range channels {
			elements = append(elements, r.nilValue(Clean))
			if m == n {
				elements[len(elements)-1] = value
			}
		}
		next.registers.set(i.Result, r.tuple(elements...))
		items = append(items, next)
		if same, _ := r.equal(rest.state, index, r.integer(int64(n), Clean)); same.Kind == Free {
			r.suppose(rest.state, same, false)
		}
	}
	if len(items) == 0 {
		return nil
	}
	rest.registers.set(i.Result, r.tuple(others...))
	rest.index++
	return append(items, rest)
}

// isAwaited reports whether an item starts a goroutine that is run where it is started: its function makes OCI calls and
// sends into a channel that was made here.
func (r *run) isAwaited(f *frame, it *item, instruction *summary.Instruction) bool {
	if instruction.Call == nil || f.depth >= maxDepth {
		return false
	}
	values := r.operands(f, it, instruction.Operands)
	body := r.bodyCalled(f, instruction, values)
	if body == nil || !r.traitsOf(body).sends || !sends(body) {
		return false
	}
	if instruction.Call.Mode == summary.DynamicCall {
		values = append(append([]Value(nil), values[1:]...), values[0].Args...) // what it captures in place of itself
	}
	for _, value := range values {
		if value.Kind == Pointer {
			value = r.load(it.state, value, nil, -1)
		}
		if isMadeHere(value) {
			return true
		}
	}
	return false
}

// sends reports whether a function sends into a channel.
func sends(body *summary.Function) bool {
	for b := range body.Blocks {
		for i := range body.Blocks[b].Instructions {
			if body.Blocks[b].Instructions[i].Op == summary.OpSend {
				return true
			}
		}
	}
	return false
}
