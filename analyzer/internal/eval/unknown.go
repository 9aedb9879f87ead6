package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// unknown executes a call whose body is not run: what it returns is free, or undetermined if it was given the error.
func (r *run) unknown(in *invocation) []exit {
	s := in.it.state.fork()
	in.it.state, in.it.mine = s, s
	name := in.callee.name
	tainted := Clean
	for _, argument := range in.arguments {
		if r.reaches(s, argument, 0) {
			tainted = OnRow
		}
	}
	if in.value != nil && maxTaint(in.value) > Clean {
		tainted = OnRow
	}
	for _, argument := range in.arguments {
		if in.callee.tells {
			r.tell(s, argument)
		} else {
			r.handOver(s, argument)
		}
	}
	pure := isPure(in.reference, in.call)
	changes := !pure && !isGetter(in, name) // what it is given, or something behind it
	if changes && (!in.callee.tells || in.reference.Package == "net/http") {
		r.tellsOutcome(in.f, in.it)
		s = in.it.state
	}
	r.unknownWait(in, s)
	if in.function != nil && s.phase == After && r.traitsOf(in.function).looks {
		s.looksAt()
	}
	if in.function != nil && s.phase == After && r.traitsOf(in.function).changes {
		s.changed = true
	}
	results := make([]Value, in.call.Results)
	what := "call:"
	if r.knowsNone(in) {
		what = anothers
	}
	chosen := maxTaint(in.arguments...) >= Chosen
	for i := range results {
		switch {
		case in.call.Mode == summary.InterfaceCall && tainted == Clean && (in.call.Method == CodeSymbol || in.call.Method == TextSymbol) && len(in.arguments) == 1:
			results[i] = r.free(in.call.Method, 0, in.value)
		case tainted == OnRow || chosen || !pure && r.answeredElsewhere(s):
			results[i] = r.undetermined("answer of " + name)
		case isGetter(in, name):
			results[i] = r.getter(s, name, in.arguments[0])
		case pure && len(in.arguments) > 0 && allConstant(in.arguments):
			results[i] = r.undetermined("settled answer of " + name)
		case pure:
			arguments := in.arguments
			if !buildsClient(in.reference, in.call) {
				arguments = r.readBytes(s, in.reference, arguments)
			}
			results[i] = r.free(what+name+"#"+itoa(i), pureFlags(in), arguments...)
		default:
			results[i] = r.freshPart(in.f, in.it, making{what: what, of: name, part: i}, outside(in.reference)|madeAnew(in), in.arguments...)
		}
	}
	if changes {
		r.outdate(in)
	}
	s = in.it.state
	if changes {
		change := r.changeBy(in, name)
		s = in.it.state
		for _, argument := range in.arguments {
			if (tainted == OnRow || chosen) && argument.Kind == Pointer && !in.callee.tells {
				r.keeps(s, argument, name)
			}
			r.havoc(s, argument, change)
		}
	}
	if isFatal(in.reference, in.call) {
		return []exit{{state: s, fatal: true}}
	}
	return []exit{{state: s, results: results}}
}

// anothers begins the names of what functions of other packages answer whose errors are certainly not a service's.
const anothers = "call:another's "

// OfAnother reports whether an error is certainly not a service's: what a function has answered that knows of no OCI call.
func OfAnother(err Value) bool {
	for err.Kind == Free && len(err.Args) == 1 && strings.HasPrefix(err.Text, "#") {
		err = err.Args[0] // one of several results
	}
	if isEither(err) {
		return noService(err.Args[1]) && noService(err.Args[2])
	}
	return err.Kind == Free && strings.HasPrefix(strings.TrimPrefix(err.Text, afterPlace), anothers)
}

// noService reports whether an error is none or certainly not a service's.
func noService(err Value) bool { return err.Kind == Nil || err.Kind == OtherError || OfAnother(err) }

// knowsNone reports whether what a callee answers can have nothing to do with an OCI call: it belongs to a package that
// imports no SDK, and is given neither a function nor an error, nor anything that may hold one. A method may hand back
// what its receiver was given, unless it is one of the standard library's that read files, texts and numbers.
func (r *run) knowsNone(in *invocation) bool {
	if in.call.Mode != summary.StaticCall || in.function != nil || r.packageAt(in.reference.Package) != nil || in.reference.Package == sdk.Common {
		return false
	}
	if strings.HasPrefix(in.reference.Name, "(") && !readers[in.reference.Package] || in.reference.Package == "errors" || in.reference.Package == "context" {
		return false
	}
	owner := in.f.function.Owner()
	for _, operand := range in.instruction.Operands {
		if mayCarry(owner, in.f.function, operand) {
			return false
		}
	}
	return true
}

// readers are packages whose methods hand back errors of their own alone.
var readers = map[string]bool{"os": true, "strconv": true, "net/url": true, "time": true, "regexp": true, "math/big": true, "net/netip": true}

// mayCarry reports whether an argument is a function or an error.
func mayCarry(owner *summary.Package, function *summary.Function, operand summary.Operand) bool {
	if operand.Kind == summary.FunctionRef {
		return true
	}
	if operand.Kind != summary.Register {
		return false
	}
	if int(operand.N) < len(function.Parameters) {
		t := owner.TypeAt(function.Parameters[operand.N])
		return t.Kind == summary.FuncType || t.Name == "error"
	}
	made := function.Definition(operand.N)
	if made == nil {
		return true
	}
	t := owner.TypeAt(made.Type)
	return made.Op == summary.OpMakeClosure || t.Kind == summary.FuncType || t.Name == "error"
}

// answeredElsewhere reports whether what somebody unknown answers may be about the error: a predicate has handed it, or
// what it made of it, to somebody.
func (r *run) answeredElsewhere(s *state) bool { return r.quiet && s.phase == After && s.kept }

// getters are the names of methods that say what a thing is called: they answer the same as long as nobody else does
// anything to the thing.
var getters = map[string]bool{"Id": true, "ID": true, "GetId": true, "GetID": true, "Name": true, "GetName": true}

// isGetter reports whether a call of an unknown method only asks its receiver for its name.
func isGetter(in *invocation, name string) bool {
	short := name[strings.LastIndexByte(name, '.')+1:]
	isMethod := in.call.Mode == summary.InterfaceCall || strings.HasPrefix(in.reference.Name, "(")
	return isMethod && len(in.arguments) == 1 && in.call.Results == 1 && getters[short]
}

// getter is the answer of a getter: a symbol of the receiver, and of the last call that may have changed it.
func (r *run) getter(s *state, name string, receiver Value) Value {
	changed := r.object(changedPrefix + itoa(receiver.ID))
	if s.holds(changed) == nil {
		s.store(changed, r.nilValue(Clean))
	}
	return r.make(Node{Kind: Free, Text: "getter:" + name, Args: []Value{receiver, s.holds(changed)}, Flags: receiver.Flags & (Given | Outcome | Outside)})
}

// changedPrefix begins the names of notes of the last call that may have changed something; nil where none has.
const changedPrefix = "changed:"

// outdate notes that a call may have changed what its arguments are called.
func (r *run) outdate(in *invocation) {
	for i, argument := range in.arguments {
		changed, asked := r.known(changedPrefix + itoa(argument.ID))
		if asked && in.it.state.holds(changed) != nil {
			value := r.fresh(in.f, in.it, "changed"+itoa(i), 0)
			in.it.state.store(changed, value)
		}
	}
}

// changeBy is what a callee does to what it is given the address of. A client's setters do the same when they are
// given the same; anything else may do something different each time.
func (r *run) changeBy(in *invocation, name string) Value {
	receiver, method, _ := strings.Cut(in.callee.short, ".")
	if strings.HasSuffix(receiver, "Client") && strings.HasPrefix(method, "Set") {
		return r.free("change:"+name, 0, in.arguments...)
	}
	made := Flag(0)
	if makers[in.reference.Package] {
		made = Fresh // a buffer that is filled at random
	}
	return r.freshPart(in.f, in.it, making{what: "change:", of: name, part: -1}, made)
}

// keeps notes that what an address points at may have taken in the error that its callee was given: a builder that
// was written to, an answer that was filled in.
func (r *run) keeps(s *state, address Value, name string) {
	content, ok := r.content(s, address.Object)
	if ok && !strings.HasPrefix(r.names[address.Object-1], "global:") {
		s.store(address.Object, r.with(content, address.Path, r.undetermined("changed by "+name), nil))
	}
}

func pureFlags(in *invocation) Flag {
	var flags Flag
	for _, argument := range in.arguments {
		flags |= argument.Flags & (Given | Outcome | Outside)
	}
	return flags
}

// unknownWait notes that a callee waits by its name, or may wait because it should have a body here and has none.
func (r *run) unknownWait(in *invocation, s *state) {
	if s.phase != After {
		return
	}
	if speaksOfWaiting(in.reference, in.call) {
		s.waited = true
		return
	}
	if in.function != nil {
		if r.traitsOf(in.function).waits {
			s.waited = true
		}
		return
	}
	switch in.call.Mode {
	case summary.DynamicCall:
		s.maybe = true
	case summary.StaticCall:
		if pkg := r.packageAt(in.reference.Package); pkg != nil && !pkg.SDK {
			s.maybe = true
		}
	}
}

// onlyTells reports whether a callee's name says that it logs or prints.
func onlyTells(name string) bool {
	name = lower(name)
	short := name[strings.LastIndexByte(name, '.')+1:]
	for _, word := range []string{"log", "print", "debug", "info", "warn", "error", "trace", "fatal", "panic", "with", "sugar"} {
		if strings.HasPrefix(short, word) {
			return true
		}
	}
	return strings.HasPrefix(name, "log.") || strings.Contains(name, "logger") || strings.Contains(name, "log/slog")
}

// isFatal reports whether a callee ends the program, whatever logger it belongs to.
func isFatal(reference summary.Reference, call *summary.Call) bool {
	name := call.Method
	if reference.Name != "" {
		name = reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]
	}
	switch name {
	case "Fatal", "Fatalf", "Fatalln", "FatalDepth", "FatalS", "Fatalw", "Panic", "Panicf", "Panicln", "Panicw", "FailNow", "SkipNow", "Skip", "Skipf":
		return true
	case "Exit", "Exitf", "Exitln", "Goexit":
		return reference.Package == "os" || reference.Package == "runtime" || strings.Contains(reference.Package, "log") || reference.Package == "syscall"
	}
	return false
}

// purePackages have functions that answer the same for the same arguments and change nothing behind them.
var purePackages = map[string]bool{
	"strings": true, "strconv": true, "path": true, "path/filepath": true, "math": true, "unicode": true,
	"unicode/utf8": true, "net/url": true, "slices": true, "maps": true, "cmp": true, "encoding/base64": true,
	"encoding/hex": true, "errors": true, "math/bits": true, "html": true, "time": true, "reflect": true,
}

func isPure(reference summary.Reference, call *summary.Call) bool {
	switch reference.Package {
	case "fmt":
		return strings.HasPrefix(reference.Name, "fmt.Sprint")
	case "time":
		switch reference.Name {
		case "time.Now", "time.After", "time.Tick", "time.NewTimer", "time.NewTicker", "time.AfterFunc":
			return false
		}
	case "slices", "maps", "sort":
		return readsOnly[reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]]
	case "bytes", "io":
		return rewinds[reference.Name]
	case sdk.Common:
		return !strings.HasSuffix(reference.Name, "RetryToken")
	}
	if purePackages[reference.Package] {
		return !strings.HasPrefix(reference.Name, "(*") // a builder's or a timer's method changes it
	}
	return buildsClient(reference, call)
}

// rewinds are the functions that make a reader anew: of the same bytes it is the same.
var rewinds = map[string]bool{"bytes.NewReader": true, "bytes.NewBuffer": true, "bytes.NewBufferString": true, "io.NopCloser": true}

// buildsClient reports whether a call makes a client: one built anew from the same provider and region is the same.
func buildsClient(reference summary.Reference, call *summary.Call) bool {
	short := reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]
	return call.NoBody && strings.HasPrefix(short, "New") && strings.Contains(short, "ClientWith")
}

// readsOnly are the functions of slices, maps and sort that change nothing.
var readsOnly = map[string]bool{
	"Contains": true, "Index": true, "Equal": true, "Max": true, "Min": true, "BinarySearch": true, "Clone": true,
	"SearchInts": true, "SearchStrings": true, "IsSorted": true, "Compare": true,
}

func outside(reference summary.Reference) Flag {
	switch reference.Package {
	case "os", "flag", "github.com/spf13/viper", "github.com/spf13/pflag":
		return Outside
	}
	return 0
}

// isLibraryCall reports whether a callee is a retry helper of the table.
func isLibraryCall(reference summary.Reference) bool { return libraryFor(reference) != noHelper }

// The symbols of the whole code of a service error and of the text of an error of which nothing else is known.
const (
	CodeSymbol = "GetCode"
	TextSymbol = "Error"
)
