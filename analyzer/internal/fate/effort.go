package fate

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Effort counts what a survey has looked at and run.
type Effort struct {
	Functions int // that have to do with what the rules ask about
	Skipped   int // of these, those that the filter took out whole
	Sends     int // instructions that make an OCI call, in all these functions
	Calls     int // OCI calls as the functions that were run come to them, once for each call string
	Ended     int // of these, those that the filter took out
	Runs      int // on from the others: one for success, and those for the rows
	Spent     []Spent
}

// Spent is a function that a run left before its end, because its budget of steps was spent.
type Spent struct {
	Function *summary.Function
	Whole    bool // nothing is known of the function; otherwise, nothing of what some of its calls lead to
}

// function counts a function that is about to be looked at.
func (e *Effort) function(function *summary.Function) {
	e.Functions++
	function.Each(func(instruction *summary.Instruction) {
		if instruction.Call != nil && instruction.Call.IsOCI {
			e.Sends++
		}
	})
}

// spent notes a function whose budget was spent.
func (e *Effort) spent(function *summary.Function, whole bool) {
	if !slices.ContainsFunc(e.Spent, func(known Spent) bool { return known.Function == function }) {
		e.Spent = append(e.Spent, Spent{function, whole})
	}
}
