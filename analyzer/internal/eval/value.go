package eval

import (
	"fmt"
	"go/constant"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Constant     Kind = iota // Const
	Nil                      // of any type that has one
	Free                     // nothing to do with the error; two uses of one symbol are the same value
	Undetermined             // depends on the error in a way that cannot be evaluated
	ServiceError             // the row's error as the SDK returns it
	Wrapped                  // an error around Args[0] through which errors.As finds it; the rest of Args is its text
	Flattened                // an error or text that only spells the error: Args are the parts of its text
	OtherError               // an error that is certainly not the row's: a sentinel, errors.New
	Text                     // a string made of Args, one of which spells an error
	Tuple                    // several results
	Struct                   // fields in the order of its type
	Array                    // elements
	Zero                     // zero value of a struct or array type
	Pointer                  // address of an object or of a part of it
	Interface                // a value with its dynamic type
	Function                 // a function with what it captures
	Map                      // a map object
	MapContent               // keys and values in turn; Open when there may be more
	Slice                    // Low and Length of an array object
	Iterator                 // of a range over a known collection
	Response                 // the response of the failed operation behind common.OCIResponse
	HTTPResponse             // what HTTPResponse() of it points at
	HTTPHeader               // a header of it
	Option                   // a policy option: its name and arguments
)

// Taint says how a value depends on the error of the call under evaluation.
type Taint uint8

// The degrees of dependence.
const (
	Clean    Taint = iota
	Presence       // depends on there being an error
	Chosen         // a known value that a branch chose which the row decided
	OnRow          // depends on which row it is
)

// Flag is a property of a free value.
type Flag uint16

// The properties.
const (
	Given    Flag = 1 << iota // a factory's parameter: unknown here, known where the factory is called
	Clock                     // an elapsed time or a counter: free, never negative
	NonNil                    // certainly not nil
	Outcome                   // comes from the response of the call under evaluation
	Fresh                     // a token or value made anew
	Outside                   // comes from outside the program: a flag, the environment
	Unique                    // made by a call that may answer differently each time
	Global                    // read from a package variable
	Index                     // a list's index between two rounds: free, at least -1
	Positive                  // the number of an attempt: free, at least 1
	MaybeNil                  // what alone fills a field, or nothing
)

// Value is an immutable abstract value. Equal values are the same pointer within one session.
type Value = *Node

// Node is the content of a Value.
type Node struct {
	ID     int
	Kind   Kind
	Taint  Taint
	Flags  Flag
	fixed  constant.Value // of a constant that is the same for every row
	Text   string         // symbol, function name, option name, undetermined reason
	Object int            // of a pointer, map or slice
	Path   string         // of a pointer into an object: "/Field/#3"
	Low    int64
	Length int64 // of a slice; -1 unknown
	Open   bool
	Type   *summary.Type
	Owner  *summary.Package // of Type, or of the function
	Args   []Value
	Row    *inquiry.Row
	Says   inquiry.Part // of a constant that is what the row says

	// What holds of the node and its parts, noted when it is made: parts are shared, so walking them anew takes time
	// that doubles with each level.
	deepest Taint
	all     Flag
	holds   bool // the row's error is the value or inside it
	tells   bool // what the row says is the value or a part of it that can be compared

	next Value // with the same hash
}

// String shows a value for reasons and debugging.
func (v *Node) String() string {
	switch v.Kind {
	case Constant:
		if v.Says != inquiry.Nothing {
			return "what the service says"
		}
		return v.fixed.ExactString()
	case Nil:
		return "nil"
	case Free, Undetermined, OtherError:
		return [...]string{Free: "free", Undetermined: "undetermined", OtherError: "error"}[v.Kind] + ":" + v.Text
	case ServiceError:
		return "service error " + v.Row.Name()
	}
	parts := make([]string, len(v.Args))
	for i, argument := range v.Args {
		parts[i] = argument.String()
	}
	return fmt.Sprintf("%d:%s%s(%s)", v.Kind, v.Text, v.Path, strings.Join(parts, ", "))
}

// sumUp notes what holds of a node and its parts.
func (v *Node) sumUp() {
	v.deepest, v.all, v.holds, v.tells = v.Taint, v.Flags, v.Kind == ServiceError, v.Says != inquiry.Nothing
	for _, part := range v.Args {
		if part == nil {
			continue
		}
		if v.Kind != Pointer && v.Kind != Function {
			v.deepest = max(v.deepest, part.deepest)
		}
		if v.Kind != Free {
			v.all |= part.all
		}
		switch v.Kind {
		case Text, Flattened, Wrapped, Interface, Struct, Tuple, Array, Function:
			v.holds = v.holds || part.holds
		}
		switch v.Kind {
		case Interface, Struct, Tuple, Array, MapContent:
			v.tells = v.tells || part.tells
		}
	}
}

// maxTaint returns the strongest dependence among values and their parts.
func maxTaint(values ...Value) Taint {
	taint := Clean
	for _, value := range values {
		if value != nil {
			taint = max(taint, value.deepest)
		}
	}
	return taint
}

func flagsOf(values ...Value) Flag {
	var flags Flag
	for _, value := range values {
		flags |= value.all
	}
	return flags
}

// isTrue and isFalse tell decided booleans; neither holds of a free or undetermined one.
func isTrue(v Value) bool {
	return v.Kind == Constant && v.ConstKind() == constant.Bool && constant.BoolVal(v.Const())
}

func isFalse(v Value) bool {
	return v.Kind == Constant && v.ConstKind() == constant.Bool && !constant.BoolVal(v.Const())
}

// holdsError reports whether the row's error is a value or inside it.
func holdsError(v Value) bool { return v.holds }
