package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A run for a row goes the way that the answers to its questions send it. A row that answers all of them in the same way
// would be sent the same way, through the same instructions, to the same ends. So it needs no run of its own: it shares
// the one that there is, and whoever watches is told of it as of the other.

// Inquiry is what was asked of a row, and the comparisons that the watcher was told of.
type Inquiry struct {
	row   inquiry.Inquiry
	told  []comparison
	known map[comparisonPlace]bool // where these are, while the run is made
	alone bool                     // the run has changed what later ones come to
}

// comparison is one of what the row says, as a whole, with something that the program has written down.
type comparison struct {
	Comparison
	with Value
}

// Comparison is where a program compares: an instruction of a function, and the chain of the call that entered it, nil where
// it is the function under analysis.
type Comparison struct {
	Chain       *Chain
	Function    *summary.Function
	Instruction *summary.Instruction
}

// compares is where the run is.
func (r *run) compares() Comparison {
	return Comparison{r.frame.chain, r.frame.function, r.step}
}

// comparisonPlace tells comparisons apart as far as the watcher does.
type comparisonPlace struct {
	chain string
	step  *summary.Instruction
	with  Value
}

// meets has a run meet a row; what is asked of it from here on is noted after what the inquiry has already.
func (r *run) meets(row *Row, into *Inquiry) {
	if row == nil {
		return
	}
	r.row, r.prepared, r.inquiry = row.met, row, into
	r.row.Begin(&into.row)
}

// leaves ends what meets has begun.
func (r *run) leaves() {
	if r.row != nil {
		r.row.End()
		r.inquiry.known = nil
	}
}

// asksAboutEnds asks the row what it says where the function under analysis hands that on: what the function answers is
// compared with what it answers when the call succeeds.
func (r *run) asksAboutEnds() {
	if !r.result.says {
		return
	}
	places := r.Places(r.root)
	for i := range r.result.Ends {
		end := &r.result.Ends[i]
		if end.Ending != Returned {
			continue
		}
		for n, result := range end.Results {
			if n < len(r.root.Results) && r.root.Owner().TypeAt(r.root.Results[n]).Name != "error" {
				asksWhole(end.Content(r.Session, result))
			}
		}
		for _, at := range places {
			if left, written := end.Left(r.Session, at); written {
				asksWhole(left)
			}
		}
	}
}

// asksWhole asks the row for all that a value holds of what it says.
func asksWhole(v Value) {
	switch {
	case !v.tells:
	case v.Kind == Constant:
		v.Const()
	default:
		for _, part := range v.Args {
			asksWhole(part)
		}
	}
}

// tellCompared tells the watcher of a comparison, and notes it for the rows that share.
func (r *run) tellCompared(with Value) {
	made := comparison{r.compares(), with}
	r.Watch(made.Comparison, r.prepared, with.Const())
	place := comparisonPlace{step: made.Instruction, with: with}
	if made.Chain != nil {
		place.chain = made.Chain.Key
	}
	if r.inquiry.known[place] {
		return
	}
	if r.inquiry.known == nil {
		r.inquiry.known = map[comparisonPlace]bool{}
	}
	r.inquiry.known[place] = true
	r.inquiry.told = append(r.inquiry.told, made)
}

// Shares reports whether a row answers as the one did of which an inquiry was made, and if so tells the watcher of it.
func (s *Session) Shares(of *Inquiry, row *Row) bool {
	if s.Apart || of.alone || !of.row.Holds(row.met) {
		return false
	}
	if s.Watch != nil {
		for _, made := range of.told {
			s.Watch(made.Comparison, row, made.with.Const())
		}
	}
	return true
}

// SharesRun reports whether a run on from a call's failure can stand for another row, too.
func (s *Session) SharesRun(run *Run, target *Target, row *Row) bool {
	return !run.Spent && s.Shares(&run.inquiry, s.answered(target, row))
}
