package eval

import (
	"go/constant"
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// SetConfiguration is the method of the SDK's clients that sets their configuration, the retry policy with it.
const SetConfiguration = "SetCustomClientConfiguration"

// one returns a single way back from a call.
func one(s *state, results ...Value) []exit { return []exit{{state: s, results: results}} }

// modelled executes what is known without a body: methods of the error itself, the SDK, the standard library.
func (r *run) modelled(in *invocation) ([]exit, bool) {
	s := in.it.state
	if in.call.Mode == summary.InterfaceCall {
		if outcome, ok := r.methodOfError(in); ok {
			return outcome, true
		}
	}
	if in.value != nil && in.call.Mode == summary.DynamicCall && in.value.Kind == Option {
		return one(s), true
	}
	name := in.reference.Name
	if name == "" {
		return nil, false
	}
	if outcomes, ok := r.asked(in); ok {
		return outcomes, true
	}
	if outcomes, ok := r.methodOfLibraryError(in); ok {
		return outcomes, true
	}
	short := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case strings.HasSuffix(name, "Client)."+SetConfiguration) && len(in.arguments) == 2 && in.function == nil && in.arguments[0].Kind != Undetermined:
		return r.configured(in), true
	case in.reference.Package == sdk.Common:
		return r.sdkFunction(in, short)
	case strings.HasSuffix(name, "Response).HTTPResponse") && len(in.arguments) == 1 && in.function == nil:
		return one(s, r.field(r.valueAt(s, in.arguments[0], in.f.function.Owner()), "RawResponse")), true
	case strings.HasSuffix(name, "Request).RetryPolicy") && len(in.arguments) == 1 && in.function == nil:
		request := r.valueAt(s, in.arguments[0], in.f.function.Owner())
		return one(s, r.field(r.field(request, "RequestMetadata"), "RetryPolicy")), true
	}
	switch in.reference.Package {
	case "strings":
		if short == "Split" || short == "Fields" {
			return r.splitText(in, short)
		}
		if value, ok := r.stringFunction(short, in.arguments); ok && !strings.HasPrefix(name, "(") {
			return one(s, value), true
		}
	case "errors":
		return r.errorsFunction(in, short)
	case "github.com/pkg/errors", "github.com/cockroachdb/errors":
		return r.pkgErrors(in, short)
	case "fmt":
		return r.fmtFunction(in, short)
	case "slices":
		return r.slicesFunction(in, short)
	case "maps":
		return r.mapsFunction(in, short)
	case "sort":
		if short == "SearchStrings" || short == "SearchInts" {
			return r.search(in)
		}
		return nil, false
	case "sync":
		if body := r.bodyOf(in.arguments); body != nil && (short == "OnceValue" || short == "OnceValues") && !r.traitsOf(body).sends {
			return one(s, in.arguments[0]), true // it answers what it answered first
		}
	case "time":
		return r.timeFunction(in, name, short)
	case "strconv":
		return r.strconvFunction(in, short)
	case "regexp":
		return r.regexpFunction(in, name, short)
	case "net/http":
		if strings.HasSuffix(name, "Header).Get") && in.arguments[0].Kind == HTTPHeader {
			return one(s, r.undetermined("a header of the failing response")), true
		}
	case "os", "log", "runtime", "syscall":
		if isFatal(in.reference, in.call) {
			for _, argument := range in.arguments {
				r.handOver(s, argument)
			}
			return []exit{{state: s, fatal: true}}, true
		}
	}
	return nil, false
}

// bodyOf returns the body of the one function that a call is given, nil if there is none.
func (r *run) bodyOf(arguments []Value) *summary.Function {
	if len(arguments) != 1 {
		return nil
	}
	return r.Body(arguments[0])
}

// valueAt reads through a pointer, if it is one.
func (r *run) valueAt(s *state, v Value, owner *summary.Package) Value {
	if v.Kind == Pointer {
		return r.load(s, v, owner, -1)
	}
	return v
}

// methodOfError calls a method on the error, the response or another error value.
func (r *run) methodOfError(in *invocation) ([]exit, bool) {
	s := in.it.state
	switch in.value.Kind {
	case ServiceError:
		return one(s, r.serviceErrorMethod(in.value, in.call.Method)), true
	case Wrapped, Flattened:
		switch {
		case in.value.Path != "":
			return one(s, r.libraryErrorMethod(in, in.value, in.call.Method)), true
		case in.call.Method == "Error", in.call.Method == "String":
			return one(s, r.joinText(r.textOf(in.value))), true
		case in.call.Method == "Unwrap" && in.value.Text == several:
			return one(s, r.make(Node{Kind: Array, Args: in.value.Args[1].Args})), true
		case in.call.Method == "Unwrap" && unwrapsToOne(in.value), in.call.Method == "Cause":
			return one(s, r.unwrapped(in.value)), true
		}
		return one(s, r.undetermined("method of an error")), true
	case OtherError:
		if in.value.Path != "" {
			return one(s, r.libraryErrorMethod(in, in.value, in.call.Method)), true
		}
		if in.call.Method == "Error" {
			return one(s, r.free("text of an error", 0, in.value)), true
		}
	case Response:
		if in.call.Method == "HTTPResponse" {
			return one(s, r.make(Node{Kind: HTTPResponse, Row: in.value.Row, Taint: OnRow})), true
		}
		return one(s, r.undetermined("method of the response")), true
	case Undetermined:
		results := make([]Value, in.call.Results)
		for i := range results {
			results[i] = r.undetermined("method of an undetermined value")
		}
		for _, argument := range in.arguments {
			r.handOver(s, argument)
		}
		return one(s, results...), true
	}
	return nil, false
}

func (r *run) serviceErrorMethod(v Value, method string) Value {
	r.result.Sensitive = true
	switch method {
	case "GetHTTPStatusCode":
		return r.said(inquiry.Status, v.Row)
	case "GetCode":
		return r.said(inquiry.Code, v.Row)
	case "Error", "String":
		return r.make(Node{Kind: Text, Args: []Value{v}, Taint: OnRow})
	case "GetOpcRequestID", "GetTargetService", "GetOperationName", "GetTimestamp", "GetRequestTarget", "GetClientVersion", "GetOperationReferenceLink":
		return r.make(Node{Kind: Free, Text: "service error's " + method, Taint: Chosen}) // comes with the row, whatever it is
	}
	return r.undetermined("the service's " + method)
}

// errorsFunction evaluates package errors.
func (r *run) errorsFunction(in *invocation, short string) ([]exit, bool) {
	s := in.it.state
	switch short {
	case "New":
		return one(s, r.newError(in, in.arguments[0])), true
	case "Unwrap":
		if in.arguments[0].Kind == Interface {
			value, known := r.unwrapMethod(in, in.arguments[0])
			if !known {
				return nil, false
			}
			return one(s, value), true
		}
		return one(s, r.unwrapped(in.arguments[0])), true
	case "Is":
		if x := in.arguments; x[0].Kind == Interface && x[0] == x[1] && holdsServiceError(x[0]) && isTrue(r.comparing()) {
			return []exit{{state: s, fatal: true}}, true // comparable by its type, and panics on what it holds
		}
		is := r.errorsIs(in, in.arguments[0], in.arguments[1])
		if r.choseError(s, in.arguments[0]) {
			is = r.tainted(is, Chosen)
		}
		return one(s, is), true
	case "As":
		return r.asFunction(in), true
	case "AsType":
		return r.asType(in), true
	case "Join":
		return one(s, r.joined(in)), true
	}
	return nil, false
}

// asFunction evaluates errors.As, which stores what it finds.
func (r *run) asFunction(in *invocation) []exit {
	s := in.it.state.fork()
	target := in.arguments[1]
	if target.Kind != Interface || target.Type.Kind != summary.PointerType || target.Type.Elem < 0 {
		if maxTaint(in.arguments[0]) > Clean {
			return one(s, r.undetermined("errors.As"))
		}
		return one(s, r.free("errors.As", 0, in.arguments...))
	}
	wanted := target.Owner.TypeAt(target.Type.Elem)
	found, matches := r.errorsAs(in, in.arguments[0], wanted, target.Owner, target.Type.Elem)
	address := target.Args[0]
	if isFalse(matches) || address.Kind != Pointer {
		return one(s, matches)
	}
	r.store(s, address, found, target.Owner, in.instruction)
	return one(s, matches)
}

// asType evaluates errors.AsType, which returns what it finds.
func (r *run) asType(in *invocation) []exit {
	owner := in.f.function.Owner()
	result := owner.TypeAt(in.instruction.Type)
	if result.Kind != summary.TupleType || len(result.Elems) != 2 {
		return one(in.it.state, r.undetermined("errors.AsType"), r.undetermined("errors.AsType"))
	}
	found, matches := r.errorsAs(in, in.arguments[0], owner.TypeAt(result.Elems[0]), owner, result.Elems[0])
	if isFalse(matches) {
		found = r.zero(owner, result.Elems[0])
	}
	return one(in.it.state, found, matches)
}

func (r *run) joined(in *invocation) Value {
	elements, known := r.elements(in.it.state, in.arguments[0])
	if !known {
		if r.reaches(in.it.state, in.arguments[0], 0) {
			return r.undetermined(notNilButUnknown)
		}
		return r.free("joined", 0, in.arguments...)
	}
	var inner Value
	var text []Value
	for _, element := range elements {
		if element.Kind == Nil {
			continue
		}
		parts := []Value{r.textOfAny(in.it.state, element)}
		if element.Kind == Wrapped && element.Text == "join" {
			element, parts = element.Args[0], element.Args[1:] // one list: a loop's errors end in the same one
		}
		if inner == nil || holdsError(element) && !holdsError(inner) {
			inner = element
		}
		for _, part := range parts {
			if len(text) == 0 || text[len(text)-1] != part {
				text = append(text, part)
			}
		}
	}
	if inner == nil {
		return r.nilValue(Clean)
	}
	if maxTaint(elements...) == OnRow && !holdsError(inner) {
		return r.undetermined(notNilButUnknown)
	}
	return r.wrap("join", inner, text)
}

// pkgErrors evaluates github.com/pkg/errors: every wrapper answers nil for nil.
func (r *run) pkgErrors(in *invocation, short string) ([]exit, bool) {
	s, x := in.it.state, in.arguments
	switch short {
	case "New":
		return one(s, r.newError(in, x[0])), true
	case "Errorf":
		arguments, known := r.elements(s, x[1])
		if x[0].Kind == Constant {
			return one(s, r.newError(in, r.joinText(r.formatted(in, strings.ReplaceAll(constant.StringVal(x[0].Const()), "%w", "%v"), arguments)))), true
		}
		_ = known
		return nil, false
	case "Wrap", "Wrapf", "WithMessage", "WithMessagef", "WithStack":
		return r.pkgWrap(in), true
	case "Cause":
		if x[0].Kind == Interface && hasMethod(x[0].Type, "Cause") {
			return nil, false
		}
		return one(s, r.cause(x[0])), true
	case "Is", "As", "Unwrap":
		return r.errorsFunction(in, short)
	}
	return nil, false
}

func (r *run) pkgWrap(in *invocation) []exit {
	s, inner := in.it.state, in.arguments[0]
	if inner.Kind == Nil {
		return one(s, inner)
	}
	var text []Value
	if len(in.arguments) > 1 {
		text = append(text, r.textOfAny(s, in.arguments[1]), r.text(": ", Clean))
		if elements, known := r.elements(s, in.arguments[len(in.arguments)-1]); known && len(in.arguments) > 2 {
			for _, element := range elements {
				text = append(text, r.textOfAny(s, element))
			}
		}
	}
	text = append(text, r.textOfAny(s, inner))
	wrapped := r.wrap("pkg", inner, text)
	if inner.Kind != Free || inner.Flags&NonNil != 0 {
		return one(s, wrapped)
	}
	// nil stays nil: two ways.
	isNil := r.free("==nil", 0, inner)
	if taken, known := r.assumed(s, isNil); known {
		if taken {
			return one(s, r.nilValue(Clean))
		}
		return one(s, wrapped)
	}
	nilState, wrappedState := s.fork(), s.fork()
	r.suppose(nilState, isNil, true)
	r.suppose(wrappedState, isNil, false)
	return []exit{{state: wrappedState, results: []Value{wrapped}}, {state: nilState, results: []Value{r.nilValue(Clean)}}}
}

// fmtFunction evaluates package fmt.
func (r *run) fmtFunction(in *invocation, short string) ([]exit, bool) {
	s, x := in.it.state, in.arguments
	switch short {
	case "Errorf":
		arguments, known := r.elements(s, x[1])
		return one(s, r.errorf(in, x[0], arguments, known)), true
	case "Sprintf":
		arguments, known := r.elements(s, x[1])
		if x[0].Kind == Constant && known && verbsOf(constant.StringVal(x[0].Const())) != nil || x[0].Kind == Constant && known && len(arguments) == 0 && !strings.Contains(constant.StringVal(x[0].Const()), "%") {
			return one(s, r.joinText(r.formatted(in, constant.StringVal(x[0].Const()), arguments))), true
		}
	case "Sprint", "Sprintln":
		arguments, known := r.elements(s, x[0])
		if known && (short == "Sprintln" || len(arguments) > 1) {
			return one(s, r.unprinted(s, arguments)), true
		}
		if known {
			var parts []Value
			for _, argument := range arguments {
				parts = append(parts, r.textOfAny(s, argument))
			}
			return one(s, r.joinText(parts)), true
		}
	}
	return nil, false
}

// slicesFunction evaluates membership tests of package slices.
func (r *run) slicesFunction(in *invocation, short string) ([]exit, bool) {
	if short == "Clone" {
		if elements, known := r.elements(in.it.state, in.arguments[0]); known {
			s := in.it.state.fork1(in.it)
			return one(s, r.newSlice(s, "append:"+in.chainKey(), elements)), true
		}
	}
	if short == "BinarySearch" && len(in.arguments) == 2 {
		return r.binarySearch(in)
	}
	if short != "Contains" && short != "Index" || len(in.arguments) != 2 {
		if short == "ContainsFunc" || short == "IndexFunc" {
			return r.membershipFunction(in, short)
		}
		return nil, false
	}
	s := in.it.state.fork1(in.it)
	elements, known := r.elements(s, in.arguments[0])
	if !known {
		return nil, false
	}
	found := r.boolean(false, maxTaint(in.arguments[1]))
	for i, element := range elements {
		same, ok := r.equal(s, element, in.arguments[1])
		if !ok {
			return []exit{{state: s, fatal: true}}, true
		}
		if isTrue(same) {
			if short == "Index" {
				return one(s, r.integer(int64(i), same.Taint)), true
			}
			return one(s, same), true
		}
		if !isFalse(same) {
			return nil, false
		}
	}
	if short == "Index" {
		return one(s, r.integer(-1, found.Taint)), true
	}
	return one(s, found), true
}

// binarySearch evaluates slices.BinarySearch, given a list and what is sought, in a known list of constants that is in order.
func (r *run) binarySearch(in *invocation) ([]exit, bool) {
	s := in.it.state
	elements, known := r.elements(s, in.arguments[0])
	sought := in.arguments[1]
	if !known || sought.Kind != Constant {
		return nil, false
	}
	at, found := int64(0), false
	for i, element := range elements {
		if element.Kind != Constant || element.ConstKind() != sought.ConstKind() ||
			i > 0 && !holds(elements[i-1], token.LEQ, element) {
			return nil, false
		}
		if holds(element, token.LSS, sought) {
			at++
		}
		found = found || holds(element, token.EQL, sought)
		r.compared(element, sought)
	}
	return one(s, r.integer(at, sought.Taint), r.boolean(found, sought.Taint)), true
}

// search evaluates sort.SearchStrings and its like, which tell the place alone.
func (r *run) search(in *invocation) ([]exit, bool) {
	outcomes, ok := r.binarySearch(in)
	if ok {
		outcomes[0].results = outcomes[0].results[:1]
	}
	return outcomes, ok
}

// membershipFunction asks a known function about each element in turn, as long as it has one answer.
func (r *run) membershipFunction(in *invocation, short string) ([]exit, bool) {
	elements, known := r.elements(in.it.state, in.arguments[0])
	if !known || in.arguments[1].Kind != Function {
		return nil, false
	}
	s := in.it.state
	taint := Clean
	for i, element := range elements {
		outcomes, ok := r.callValue(in, s, in.arguments[1], []Value{element})
		if !ok || len(outcomes) != 1 || outcomes[0].fatal || len(outcomes[0].results) != 1 {
			return nil, false
		}
		answer := outcomes[0].results[0]
		s = outcomes[0].state
		taint = max(taint, answer.Taint)
		if isTrue(answer) {
			if short == "IndexFunc" {
				return one(s, r.integer(int64(i), taint)), true
			}
			return one(s, answer), true
		}
		if !isFalse(answer) {
			return nil, false
		}
	}
	if short == "IndexFunc" {
		return one(s, r.integer(-1, taint)), true
	}
	return one(s, r.boolean(false, taint)), true
}

// callValue calls a function value with arguments, from inside another call.
func (r *run) callValue(in *invocation, s *state, function Value, arguments []Value) ([]exit, bool) {
	if function.Kind != Function || in.f.depth >= maxDepth {
		return nil, false
	}
	reference := summary.Reference{Package: function.Path, Name: function.Text}
	body := r.lookup(function.Owner, reference)
	if body == nil {
		return nil, false
	}
	all := append(append([]Value(nil), arguments...), function.Args...)
	want := len(body.Parameters) + len(body.FreeVariables)
	if len(all) != want {
		return nil, false
	}
	chain := r.link(in.f.chain, in.f.function, in.instruction, in.block, int32(in.index), function, r.turn(in.f, in.it))
	chain.Arguments, chain.Model = in.arguments, in.chain
	return r.execute(&frame{session: r.Session, function: body, chain: chain, depth: in.f.depth + 1, arguments: all}, s.fork()), true
}

// timeFunction evaluates the clock and what waits.
func (r *run) timeFunction(in *invocation, name, short string) ([]exit, bool) {
	s := in.it.state.fork()
	in.it.state = s
	switch name {
	case "time.Sleep":
		if in.arguments[0].Kind != Constant || constant.Sign(in.arguments[0].Const()) > 0 {
			s.waited = true
		}
		return one(s), true
	case "time.AfterFunc":
		s.waited = true
		if s.phase == After {
			r.callValue(in, s.fork(), in.arguments[1], nil) // what it sends goes out later; where else it gets to is its own way
		}
		return nil, false
	case "time.After", "time.Tick", "time.NewTimer", "time.NewTicker":
		value := r.fresh(in.f, in.it, strings.TrimSuffix(timer, ":"), NonNil) // however long it takes
		return one(in.it.state, value), true
	case "time.Now":
		value := r.fresh(in.f, in.it, "now", Clock)
		return one(in.it.state, value), true
	case "time.Since", "time.Until":
		flags := Flag(0)
		if name == "time.Since" {
			flags = Clock
		}
		value := r.fresh(in.f, in.it, "elapsed", flags)
		return one(in.it.state, value), true
	case "(time.Time).Sub":
		flags := in.arguments[0].Flags & in.arguments[1].Flags & Clock
		value := r.fresh(in.f, in.it, "elapsed", flags)
		return one(in.it.state, value), true
	case "(time.Time).After", "(time.Time).Before", "(time.Time).Equal", "(time.Time).Compare":
		// Clocks against bounds: both ways, whoever gave the bound.
		if zero := in.arguments[1]; in.arguments[0].Flags&Clock != 0 && zero.Kind == Zero && (strings.HasSuffix(name, "After") || strings.HasSuffix(name, "Before")) {
			return one(s, r.boolean(strings.HasSuffix(name, "After"), Clean)), true // nothing is before the zero time
		}
		asked := Node{Kind: Free, Text: clock + in.chainKey()}
		if in.it.state.phase == After {
			asked.Args = in.arguments // as late as the clock is; before a failure no round is told from another
		}
		value := r.make(asked)
		if maxTaint(in.arguments...) == OnRow {
			value = r.undetermined("time")
		}
		return one(s, value), true
	case "(time.Time).Add":
		return one(s, r.free("add", Clock, in.arguments[0], r.plain(in.arguments[1]))), true
	case "(time.Duration).Seconds", "(time.Duration).Milliseconds", "(time.Duration).Minutes", "(time.Duration).Nanoseconds", "(time.Duration).Hours":
		if in.arguments[0].Kind == Constant {
			return nil, false
		}
		return one(s, r.free(short, in.arguments[0].Flags&Clock, in.arguments...)), true
	}
	return nil, false
}

// strconvFunction evaluates conversions of known numbers.
func (r *run) strconvFunction(in *invocation, short string) ([]exit, bool) {
	x := in.arguments
	if len(x) == 0 || x[0].Kind != Constant {
		return nil, false
	}
	switch short {
	case "Itoa", "FormatInt":
		if short == "FormatInt" && (len(x) != 2 || x[1].Kind != Constant || x[1].Const().ExactString() != "10") {
			return nil, false
		}
		return one(in.it.state, r.digits(x[0])), true
	case "Atoi":
		number := constant.MakeFromLiteral(constant.StringVal(x[0].Const()), intToken, 0)
		if number.Kind() == constant.Int {
			return one(in.it.state, r.constant(number, x[0].Taint), r.nilValue(x[0].Taint)), true
		}
	}
	return nil, false
}

// regexpFunction evaluates expressions compiled from constants.
func (r *run) regexpFunction(in *invocation, name, short string) ([]exit, bool) {
	s, x := in.it.state, in.arguments
	switch name {
	case "regexp.MustCompile":
		if x[0].Kind == Constant {
			return one(s, r.make(Node{Kind: Option, Text: "regexp", Args: x})), true
		}
	case "regexp.Compile":
		if x[0].Kind == Constant {
			return one(s, r.make(Node{Kind: Option, Text: "regexp", Args: x}), r.nilValue(Clean)), true
		}
	case "regexp.MatchString":
		if x[0].Kind == Constant {
			return one(s, r.matches(constant.StringVal(x[0].Const()), x[1]), r.nilValue(Clean)), true
		}
	case "(*regexp.Regexp).MatchString", "(*regexp.Regexp).Match":
		if x[0].Kind == Option && x[0].Text == "regexp" {
			return one(s, r.matches(constant.StringVal(x[0].Args[0].Const()), x[1])), true
		}
	}
	return nil, false
}
