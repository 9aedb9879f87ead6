package eval

import (
	"strconv"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// libraryMark is a function that marks an error for its library.
type libraryMark struct {
	typeName  string // of the mark, up to this version of the library
	laterName string // and from version later on
	later     int
	keepsNil  int // from this version on it answers nil for nil
	upTo      int // and up to this one
	text      string
}

// marks are the marking functions, by path without its major version and name.
var marks = map[string]libraryMark{
	"github.com/cenkalti/backoff#Permanent":        {typeName: "*PermanentError", laterName: "*permanent", later: 6, keepsNil: 4, upTo: everyVersion}, // retry.go, error.go
	"github.com/cenkalti/backoff#RetryAfter":       {typeName: "*RetryAfterError", keepsNil: everyVersion},                                            // error.go
	"github.com/avast/retry-go#Unrecoverable":      {typeName: "unrecoverableError", keepsNil: everyVersion},                                          // retry.go
	"github.com/sethvargo/go-retry#RetryableError": {typeName: "*retryableError", upTo: everyVersion, text: "retryable: "},                            // retry.go
	terraform + "#RetryableError":                  {typeName: "*RetryError", upTo: 1},                                                                // wait.go
	terraform + "#NonRetryableError":               {typeName: "*RetryError", upTo: 1},                                                                // wait.go
}

const markPrefix = "mark:"

// markOrigin names the library and the version whose mark it is: another version's is another type.
func markOrigin(reference summary.Reference) string {
	path, version := libraryOf(reference.Package)
	return path + "@" + strconv.Itoa(version)
}

// typeIn returns the name of the mark's type in a version of the library.
func (m *libraryMark) typeIn(version int) string {
	if m.laterName != "" && version >= m.later {
		return m.laterName
	}
	return m.typeName
}

// marked executes a marking function.
func (r *run) marked(in *invocation, entry libraryMark) []exit {
	s, err := in.it.state, in.arguments[0]
	_, version := libraryOf(in.reference.Package)
	keepsNil := entry.keepsNil <= version && version <= entry.upTo
	name := in.callee.short
	typeName := entry.typeIn(version)
	switch {
	case err.Kind == Undetermined:
		return one(s, err)
	case name == "RetryAfter":
		return one(s, r.typedError(r.make(Node{Kind: OtherError, Text: "retry after"}), in.reference.Package, typeName))
	case err.Kind == Nil && keepsNil:
		return one(s, err)
	case typeName == "*RetryError":
		made := r.retryErrorOf(in, err, name == "RetryableError")
		return one(in.it.state, made)
	}
	put := func(err Value) Value {
		text := r.textOf(err)
		if entry.text != "" {
			text = append([]Value{r.text(entry.text, Clean)}, text...)
		}
		wrapped := r.wrap(markPrefix+markOrigin(in.reference)+"#"+name, err, text)
		return r.typedError(wrapped, in.reference.Package, typeName)
	}
	if !keepsNil || err.Kind != Free || err.Flags&NonNil != 0 {
		return one(s, put(err))
	}
	none, some := r.divide(s, r.free("==nil", 0, err))
	var ways []exit
	if some != nil {
		ways = append(ways, exit{state: some, results: []Value{put(err)}})
	}
	if none != nil {
		ways = append(ways, exit{state: none, results: []Value{r.nilValue(Clean)}})
	}
	return ways
}

// retryErrorOf makes terraform's RetryError, a struct that its caller may change before it hands it back.
func (r *run) retryErrorOf(in *invocation, err Value, retryable bool) Value {
	owner := in.f.function.Owner()
	pointer := owner.TypeAt(in.instruction.Type)
	if in.call != in.instruction.Call || pointer.Kind != summary.PointerType || pointer.Elem < 0 {
		return r.undetermined(in.reference.Name)
	}
	if err.Kind == Nil {
		err, retryable = r.make(Node{Kind: OtherError, Text: "an empty error"}), false // which is a fault of the program
	}
	made := r.with(r.zero(owner, pointer.Elem), "/Err", err, owner)
	made = r.with(made, "/Retryable", r.boolean(retryable, Presence), owner)
	object := r.object("marked:" + in.chainKey())
	in.it.state = in.it.state.fork()
	in.it.state.store(object, made)
	return r.pointer(object, "")
}

// markOf looks for a library's mark in an error's chain, or with deep unset at its head alone. It returns whether it
// is there, as a condition, and the error below it.
func (r *run) markOf(in *invocation, s *state, err Value, mark string, deep bool) (is, inner Value) {
	path, version := libraryOf(in.reference.Package)
	entry := marks[path+"#"+mark]
	typeName := libraryTypeName(in.reference.Package, entry.typeIn(version))
	for range maxChain {
		switch err.Kind {
		case Undetermined:
			return r.undetermined("mark"), err
		case Free:
			return r.free("mark:"+mark, 0, err), err
		case Wrapped:
			if err.Text == markPrefix+markOrigin(in.reference)+"#"+mark {
				return r.boolean(true, Presence), err.Args[0]
			}
			if err.Text == "join" {
				return r.undetermined("mark among several errors"), r.undetermined(notNilButUnknown)
			}
			if !deep {
				return r.boolean(false, Presence), err
			}
			if err.Text == several {
				return r.markAmong(in, s, err, mark)
			}
			err = err.Args[0]
			continue
		case Interface:
			if err.Type.Name == typeName && len(err.Args) == 1 {
				held := r.field(r.load(s, err.Args[0], in.f.function.Owner(), -1), "Err")
				return r.boolean(true, Presence), held
			}
			if !deep {
				return r.boolean(false, Presence), err
			}
			next, known := r.unwrapMethod(in.at(s), err)
			if !known {
				return r.undetermined("mark"), err
			}
			err = next
			continue
		case OtherError:
			return r.boolean(err.Path == typeName, Presence), err
		}
		return r.boolean(false, Presence), err
	}
	return r.undetermined("mark"), err
}

// markAmong looks for a mark in an error around several.
func (r *run) markAmong(in *invocation, s *state, err Value, mark string) (is, inner Value) {
	for _, part := range err.Args[1].Args {
		if is, inner = r.markOf(in, s, part, mark, true); !isFalse(is) {
			return is, inner
		}
	}
	return r.boolean(false, Presence), err
}
