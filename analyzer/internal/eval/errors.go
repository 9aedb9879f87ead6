package eval

import (
	"go/constant"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// newError makes an error from a text.
func (r *run) newError(in *invocation, text Value) Value {
	if text.Kind == Undetermined {
		return r.undetermined(notNilButUnknown)
	}
	if holdsError(text) {
		return r.make(Node{Kind: Flattened, Args: r.textOf(text), Taint: OnRow})
	}
	if maxTaint(text) == OnRow {
		return r.make(Node{Kind: Flattened, Args: []Value{text}, Taint: OnRow})
	}
	return r.make(Node{Kind: OtherError, Text: in.chainKey()})
}

// wrap makes an error around another one; kind is "pkg" for the errors of pkg/errors, which Cause sees through.
func (r *run) wrap(kind string, inner Value, text []Value) Value {
	if inner.Kind == Undetermined {
		return inner
	}
	parts := append([]Value{inner}, text...)
	return r.make(Node{Kind: Wrapped, Text: kind, Args: parts, Taint: inner.Taint})
}

// errorf evaluates fmt.Errorf.
func (r *run) errorf(in *invocation, format Value, arguments []Value, known bool) Value {
	if format.Kind != Constant || !known {
		for _, argument := range arguments {
			if r.reaches(in.it.state, argument, 0) {
				return r.undetermined(notNilButUnknown)
			}
		}
		return r.make(Node{Kind: OtherError, Text: formattedSomehow + in.chainKey()})
	}
	verbs := verbsOf(constant.StringVal(format.Const()))
	parts, wrapped := r.formatted(in, constant.StringVal(format.Const()), arguments), []Value{}
	for i, verb := range verbs {
		if verb == 'w' && i < len(arguments) {
			wrapped = append(wrapped, arguments[i])
		}
	}
	var inner Value
	for _, candidate := range wrapped {
		if inner == nil || holdsError(candidate) {
			inner = candidate
		}
	}
	if inner == nil {
		return r.newError(in, r.joinText(parts))
	}
	if len(wrapped) > 1 && inner.Kind != Undetermined {
		return r.wrap(several, inner, append([]Value{r.tuple(wrapped...)}, parts...))
	}
	return r.wrap("fmt", inner, parts)
}

// formattedSomehow begins the Text of an error that is made of what is not known, and may wrap it.
const formattedSomehow = "formatted:"

// isOpen reports whether it is not known of which type an error is that has nothing to do with the row, or what it wraps.
func isOpen(err Value) bool {
	return err.Kind == OtherError && (err.Text == contextEnded || strings.HasPrefix(err.Text, formattedSomehow))
}

// several is the kind of an error around more than one, all known: its first part is the one that says what the
// service answered, its second holds all of them.
const several = "several"

// textParts returns the parts of what a wrapped error prints as.
func textParts(wrapped Value) []Value {
	if wrapped.Text == several {
		return wrapped.Args[2:]
	}
	return wrapped.Args[1:]
}

// verbsOf returns the verbs of a format in order; explicit argument indexes make it give up, with no verbs.
func verbsOf(format string) []byte {
	var verbs []byte
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		i++
		for i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0 {
			i++
		}
		if i >= len(format) || format[i] == '[' || format[i] == '*' {
			return nil
		}
		if format[i] != '%' {
			verbs = append(verbs, format[i])
		}
	}
	return verbs
}

// formatted returns the parts of a formatted text.
func (r *run) formatted(in *invocation, format string, arguments []Value) []Value {
	if len(verbsOf(format)) != len(arguments) || strings.Contains(format, "%!") {
		return []Value{r.unprinted(in.it.state, arguments)}
	}
	var parts []Value
	at, start := 0, 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		if i > start {
			parts = append(parts, r.text(format[start:i], Clean))
		}
		i++
		flags := i
		for i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0 {
			i++
		}
		if i >= len(format) {
			break
		}
		start = i + 1
		plain := flags == i || format[flags:i] == "+" && format[i] == 'v'
		if format[i] == '%' {
			parts = append(parts, r.text("%", Clean))
			continue
		}
		if at < len(arguments) {
			parts = append(parts, r.printed(in.it.state, format[i], plain, arguments[at]))
		}
		at++
	}
	if start < len(format) {
		parts = append(parts, r.text(format[start:], Clean))
	}
	return parts
}

// textOfAny is what a value prints as.
func (r *run) textOfAny(s *state, v Value) Value {
	switch v.Kind {
	case ServiceError, Text, Undetermined:
		return v
	case Wrapped:
		return r.joinText(textParts(v))
	case Flattened:
		return r.joinText(v.Args)
	case Free:
		if v.Taint == Chosen {
			return v
		}
	case Interface:
		if len(v.Type.Methods) == 0 || v.Args[0].Kind == Constant {
			return r.textOfAny(s, v.Args[0])
		}
	case Constant:
		if v.ConstKind() == constant.String {
			return v
		}
		return r.digits(v)
	}
	if r.reaches(s, v, 0) {
		return r.undetermined("printed value")
	}
	return r.free("printed", 0, r.asItIs(s, v))
}

// unwrapped returns what Unwrap returns.
func (r *run) unwrapped(v Value) Value {
	switch v.Kind {
	case Wrapped:
		if !unwrapsToOne(v) {
			return r.nilValue(Clean)
		}
		return v.Args[0]
	case OtherError:
		if v.Path != "" && libraryErrorType(v).has("Unwrap") {
			return r.ownCause(v)
		}
		if isOpen(v) {
			return r.free("unwrap", 0, v)
		}
		return r.nilValue(Presence)
	case ServiceError, Flattened:
		return r.nilValue(Presence)
	case Nil:
		return v
	case Undetermined:
		return r.undetermined("Unwrap")
	}
	return r.free("unwrap", 0, v)
}

// unwrapsToOne reports whether an error around another one has an Unwrap that returns that one alone.
func unwrapsToOne(v Value) bool {
	if t := libraryErrorType(v); t != nil {
		return t.has("Unwrap")
	}
	return v.Text != "join" && v.Text != several
}

// hides reports whether an error's chain ends with it, although a library has put it around another one.
func hides(v Value) bool {
	t := libraryErrorType(v)
	return t != nil && !t.has("Unwrap") && !t.has("Unwraps") && !t.has("As")
}

// cause follows pkg/errors' Cause, which stops at an error without a method of that name.
func (r *run) cause(v Value) Value {
	for v.Kind == Wrapped && v.Text == "pkg" {
		v = v.Args[0]
	}
	return v
}

// maxChain bounds a chain of wrapped errors.
const maxChain = 32

// errorsIs evaluates errors.Is for everything but methods named Is of the program's own types.
func (r *run) errorsIs(in *invocation, err, target Value) Value {
	if err.Kind == Nil && r.isSentinel(target) {
		return r.boolean(false, err.Taint)
	}
	if err.Kind == Nil || target.Kind == Nil {
		return r.isNil(in.it.state, err, target)
	}
	for range maxChain {
		switch err.Kind {
		case Nil:
			return r.boolean(target.Kind == Nil, max(err.Taint, Presence))
		case Undetermined:
			return r.undetermined("errors.Is")
		case Free:
			if err == target && r.isSentinel(err) {
				return r.boolean(true, Clean)
			}
			return r.free("errors.Is", 0, err, target)
		case Interface:
			if hasMethod(err.Type, "Is") {
				return r.undetermined("errors.Is")
			}
			if err == target && holdsServiceError(err) {
				return r.undetermined("errors.Is")
			}
			if err == target {
				return r.boolean(true, matched(in))
			}
			next, known := r.unwrapMethod(in, err)
			if !known {
				if holdsError(err) {
					return r.undetermined("errors.Is")
				}
				return r.free("errors.Is", 0, err, target)
			}
			err = next
			continue
		}
		if r.libraryIs(err, target) {
			return r.boolean(true, matched(in))
		}
		same := r.equalErrors(err, target)
		if isTrue(same) {
			return r.boolean(true, max(maxTaint(same), matched(in)))
		}
		if !isFalse(same) {
			return same
		}
		if err.Kind == Wrapped && err.Text == "join" {
			return r.undetermined("errors.Is of several errors")
		}
		if err.Kind == Wrapped && err.Text == several {
			return r.anyIs(in, err.Args[1].Args, target)
		}
		if err.Kind != Wrapped || hides(err) {
			return r.boolean(false, Presence)
		}
		err = err.Args[0]
	}
	return r.undetermined("errors.Is")
}

// matched is the taint of the answer that an error is the one looked for: where the row has decided something before, it
// may have decided which error this is.
func matched(in *invocation) Taint {
	if in.it.state.phase == After && in.it.state.decision != 0 {
		return Chosen
	}
	return Presence
}

// anyIs evaluates errors.Is for several errors.
func (r *run) anyIs(in *invocation, errs []Value, target Value) Value {
	answer := r.boolean(false, Presence)
	for _, err := range errs {
		switch is := r.errorsIs(in, err, target); {
		case isTrue(is):
			return is
		case !isFalse(is):
			answer = is
		}
	}
	return answer
}

// anyAs evaluates errors.As for several errors.
func (r *run) anyAs(in *invocation, errs []Value, wanted *summary.Type, owner *summary.Package, index int32) (found, matches Value) {
	for _, err := range errs {
		if found, matches = r.errorsAs(in, err, wanted, owner, index); !isFalse(matches) {
			return found, matches
		}
	}
	return r.nilValue(Presence), r.boolean(false, Presence)
}

// unwrapMethod runs the Unwrap method of one of the program's error types. known is false when it cannot be told.
func (r *run) unwrapMethod(in *invocation, err Value) (Value, bool) {
	if !hasMethod(err.Type, "Unwrap") {
		return r.nilValue(Presence), true
	}
	results, ok := r.callMethod(in, err, "Unwrap")
	if !ok || len(results) != 1 {
		return nil, false
	}
	return results[0], true
}

// callMethod runs a method of a dynamic type that takes nothing, where it has one way to end.
func (r *run) callMethod(in *invocation, receiver Value, name string) ([]Value, bool) {
	for _, method := range receiver.Type.Methods {
		if method.Name != name || method.Function < 0 || in.f.depth >= maxDepth {
			continue
		}
		function := r.lookup(receiver.Owner, receiver.Owner.References[method.Function])
		if function == nil || len(function.Parameters) != 1 {
			return nil, false
		}
		inner := &frame{session: r.Session, function: function, chain: in.chain, depth: in.f.depth + 1, arguments: []Value{receiver.Args[0]}}
		quiet := r.quiet
		r.quiet = true
		exits := r.execute(inner, in.it.state.fork())
		r.quiet = quiet
		if len(exits) == 1 && !exits[0].fatal {
			return exits[0].results, true
		}
	}
	return nil, false
}

// errorsAs evaluates errors.As: it returns the found error, nil when there is none, and whether there is one.
func (r *run) errorsAs(in *invocation, err Value, wanted *summary.Type, owner *summary.Package, index int32) (found, matches Value) {
	for range maxChain {
		switch err.Kind {
		case Nil:
			return err, r.boolean(false, Presence)
		case Undetermined:
			return err, r.undetermined("errors.As")
		case Free:
			return r.free("as:"+wanted.Name, NonNil, err), r.free("errors.As:"+wanted.Name, 0, err)
		}
		value, ok := r.holdsType(err, wanted, owner, index)
		if isTrue(ok) {
			return value, r.boolean(true, matched(in))
		}
		if !isFalse(ok) {
			return value, ok
		}
		switch err.Kind {
		case Wrapped:
			if hides(err) {
				return r.nilValue(Presence), r.boolean(false, Presence)
			}
			if err.Text == "join" && !hasMethod(wanted, "GetCode") {
				return r.undetermined("errors.As of several errors"), r.undetermined("errors.As of several errors")
			}
			if err.Text == several {
				return r.anyAs(in, err.Args[1].Args, wanted, owner, index)
			}
			err = err.Args[0]
		case Interface:
			if hasMethod(err.Type, "As") {
				return r.undetermined("errors.As"), r.undetermined("errors.As")
			}
			next, known := r.unwrapMethod(in, err)
			if !known {
				if holdsError(err) {
					return r.undetermined("errors.As"), r.undetermined("errors.As")
				}
				return r.free("as:"+wanted.Name, NonNil, err), r.free("errors.As:"+wanted.Name, 0, err)
			}
			err = next
		default:
			if isOpen(err) {
				return r.free("as:"+wanted.Name, NonNil, err), r.free("errors.As:"+wanted.Name, 0, err)
			}
			return r.nilValue(Presence), r.boolean(false, Presence)
		}
	}
	return r.undetermined("errors.As"), r.undetermined("errors.As")
}

// isServiceError evaluates the SDK's IsServiceError and its siblings, which are plain type assertions.
func (r *run) isServiceError(err Value, asked []string) (failure, is Value) {
	switch err.Kind {
	case ServiceError:
		return err, r.boolean(true, Presence)
	case Nil, Wrapped, Flattened, OtherError:
		return r.nilValue(Presence), r.boolean(false, Presence)
	case Interface:
		for _, name := range asked {
			if !hasMethod(err.Type, name) {
				return r.nilValue(Presence), r.boolean(false, Presence)
			}
		}
		// One of the program's own: before v65.0.0 the question is for the SDK's own type.
		is = r.since(65, 0, 0, "IsServiceError of an own type")
		if isFalse(is) {
			err = r.nilValue(Presence)
		}
		return err, is
	case Undetermined:
		return err, r.undetermined("IsServiceError")
	}
	return r.free("service error", NonNil, err), r.free("is service error", 0, err)
}

// printed is what a verb makes of an argument: only the plain verbs of texts, errors and numbers are followed.
func (r *run) printed(s *state, verb byte, plain bool, v Value) Value {
	inner := v
	for inner.Kind == Interface && len(inner.Type.Methods) == 0 {
		inner = inner.Args[0]
	}
	number := inner.Kind == Constant && inner.ConstKind() == constant.Int
	switch {
	case !plain, verb == 'd' && !number, verb == 's' && number:
	case verb == 'd', verb == 's', verb == 'v', verb == 'w':
		return r.textOfAny(s, v)
	case verb == 't' && (isTrue(inner) || isFalse(inner)):
		return r.textOfAny(s, v)
	}
	return r.unprinted(s, []Value{v})
}

// unprinted is a text of which nothing is known.
func (r *run) unprinted(s *state, arguments []Value) Value {
	for _, argument := range arguments {
		if r.reaches(s, argument, 0) {
			return r.undetermined("printed text")
		}
	}
	if allConstant(arguments) {
		return r.undetermined("a text that is settled but not followed")
	}
	return r.free("printed", 0, r.readBytes(s, summary.Reference{}, arguments)...)
}

// allConstant reports whether everything is known: what is made of it is settled, so it is not free.
func allConstant(values []Value) bool {
	for _, value := range values {
		for value.Kind == Interface {
			value = value.Args[0]
		}
		if value.Kind != Constant {
			return false
		}
	}
	return true
}
