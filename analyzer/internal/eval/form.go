package eval

import (
	"slices"
	"strings"
)

// Form is what an error has become on its way from the call that failed.
type Form uint8

// The forms, from the best to the worst.
const (
	AsItWas   Form = iota
	InChain        // wrapped: errors.As finds it
	TextAlone      // its text is all that is left
)

// operationOf begins the key under which the form is kept in which a retry library gets an operation's error.
const operationOf = "operation of "

// handed notes the form in which the error of the call that failed comes back to a link of the way to it.
func (r *run) handed(key func() string, outcome exit) {
	if len(outcome.results) == 0 {
		return
	}
	if form := r.formOf(outcome.results[len(outcome.results)-1]); form != AsItWas {
		link := key()
		r.result.Forms[link] = max(r.result.Forms[link], form)
	}
}

// formOf returns the form of the row's error in a value. A mark of a retry library is taken off again by it.
func (r *run) formOf(err Value) Form {
	for err.Kind == Wrapped && strings.HasPrefix(err.Text, markPrefix) {
		err = err.Args[0]
	}
	switch {
	case maxTaint(err) < OnRow:
		return AsItWas
	case err.Kind == Flattened, err.Kind == Wrapped && !inChain(err):
		return TextAlone
	case err.Kind == Wrapped:
		return InChain
	case err.Kind != Interface || hasMethod(err.Type, "GetCode") || !hasMethod(err.Type, "Error") || !holdsError(err):
		return AsItWas
	case hasMethod(err.Type, "Unwrap"):
		return InChain
	}
	return TextAlone
}

// inChain reports whether the row's error can be in the chain of an error, and not in its text alone.
func inChain(err Value) bool {
	for err.Kind == Wrapped {
		if err.Text == several {
			return slices.ContainsFunc(err.Args[1].Args, inChain)
		}
		err = err.Args[0]
	}
	return err.Kind != Flattened && holdsError(err)
}

// FormAt returns the form in which the error came back to a link from the call there, and for a retry library's link
// that in which the library got it from the operation.
func (r *Run) FormAt(link *Chain, ofOperation bool) Form {
	if ofOperation {
		return r.Forms[operationOf+link.Key]
	}
	return r.Forms[link.Key]
}

// InList reports whether a library's list of errors lies around the row's error.
func InList(err Value) bool {
	for ; err.Kind == Wrapped && err.Text != listOfErrors; err = err.Args[0] {
	}
	return err.Text == listOfErrors && (err.Kind == Wrapped || err.Kind == Flattened)
}
