// Package eval runs function bodies abstractly for one catalog row. It never guesses: what it cannot tell is
// undetermined, and what has nothing to do with the error is free.
//
// A run starts at a function's entry and lets every OCI call succeed; paths that meet are joined. Each call it comes to
// is kept as a site, from which the run can be gone on with for any answer: what lies before the call does not depend on
// the answer and is run once. From each site it is gone on once with a failure of which nothing else is known, for the
// calls that only this leads to. What a run sees of its row are answers to questions, which are noted: a row that would
// give the same answers shares the run. From an answer on, paths are told apart, decided branches are followed one way and free
// ones both ways. Values are symbols that are equal exactly when the program's values must be, so the request of two
// sends can be compared and a branch on the same condition goes the same way twice. Every walk has a budget; when it is
// spent the answer is undetermined.
package eval

import (
	"go/constant"
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Row is a catalog row prepared for evaluation.
type Row struct {
	Row   catalog.Row
	Fixed []string // what every text of this error contains for certain

	met *inquiry.Row // the row as runs meet it
}

// Session holds what the runs over one package share. It is used by one goroutine.
type Session struct {
	*interner
	Local    *summary.Package
	Catalog  *catalog.Catalog
	Packages func(path string) *summary.Package // another package's bodies, nil when there are none
	// Services are what the SDK's service packages say of their operations; nil where that is not known.
	Services func(path string) *summary.Package
	Version  sdk.Version         // of the SDK that the package is built with
	Others   func() summary.Sets // what the packages set that this one imports; nil where nothing is known of them
	// Files are where the package's files begin, in their order. A loader that parses several at once numbers their positions
	// in any order.
	Files []token.Pos
	// Unfiltered runs what the filter would take out, too.
	Unfiltered bool
	Watch      func(where Comparison, row *Row, value constant.Value) // told of comparisons with the whole code and the status

	Apart bool // every row has runs of its own; for tests, which compare

	Rows     []*Row
	items    identifier
	globals  map[*summary.Package]*state
	working  map[*summary.Package]bool
	places   map[place]string
	placed   int           // places named so far
	made     map[int]Value // what the objects hold that initialisers made
	callees  map[named]*callee
	traits   map[*summary.Function]*traits
	windowed map[*summary.Function][]window
	cycles   map[*summary.Function][]int32
	loops    map[blockOf][][]bool // around a block, inside its cycle
	building map[blockOf]builds   // the loop around a block
	// dominating and steering are what is known of the functions' branches.
	dominating map[*summary.Function][]int32
	steering   map[steer]bool
	conditions map[int]Value   // that were assumed in this scope, by number
	equalities map[int][]Value // those that say what something is equal to, by its number
	orders     map[*summary.Function][]int32
	bodiless   map[*Row]*Row // rows as HEAD answers with them
	filled     map[*summary.Package]map[fieldOfType]*filling
}

// Before reports whether a position stands before another one in the package's source.
func (s *Session) Before(a, b token.Pos) bool {
	if fileOfA, fileOfB := s.fileOf(a), s.fileOf(b); fileOfA != fileOfB {
		return fileOfA < fileOfB
	}
	return a < b
}

// fileOf returns the index of the file that a position lies in; -1 for one before them all.
func (s *Session) fileOf(pos token.Pos) int {
	found := -1
	for i, start := range s.Files {
		if start <= pos && (found < 0 || start > s.Files[found]) {
			found = i
		}
	}
	return found
}

// NewSession prepares a session for a package.
func NewSession(local *summary.Package, table *catalog.Catalog, packages func(path string) *summary.Package) *Session {
	s := &Session{
		interner: newInterner(), items: newIdentifier(), Local: local, Catalog: table, Packages: packages,
		globals: map[*summary.Package]*state{}, working: map[*summary.Package]bool{}, places: map[place]string{}, made: map[int]Value{},
		callees: map[named]*callee{}, traits: map[*summary.Function]*traits{}, windowed: map[*summary.Function][]window{},
		cycles: map[*summary.Function][]int32{}, loops: map[blockOf][][]bool{}, building: map[blockOf]builds{}, dominating: map[*summary.Function][]int32{}, steering: map[steer]bool{}, conditions: map[int]Value{}, equalities: map[int][]Value{}, orders: map[*summary.Function][]int32{}, bodiless: map[*Row]*Row{}, filled: map[*summary.Package]map[fieldOfType]*filling{},
	}
	for _, row := range table.Rows() {
		s.Rows = append(s.Rows, &Row{Row: row, met: &inquiry.Row{}})
	}
	s.For(sdk.Version{})
	return s
}

// Scope begins to look at another function: values of the one before are not needed any more.
func (s *Session) Scope() {
	s.forgetScope()
	s.conditions, s.equalities = map[int]Value{}, map[int][]Value{}
	s.places = map[place]string{}
}

// lookup finds the body that a reference of a package names: its own tables first, since what go/ssa synthesises
// for another package's types lies where it is used.
func (s *Session) lookup(owner *summary.Package, reference summary.Reference) *summary.Function {
	if function := owner.Function(reference.Name); function != nil {
		return function
	}
	if pkg := s.packageAt(reference.Package); pkg != nil {
		return pkg.Function(reference.Name)
	}
	return nil
}

func (s *Session) packageAt(path string) *summary.Package {
	if path == s.Local.Path {
		return s.Local
	}
	if path == "" {
		return nil
	}
	return s.Packages(path)
}

// traits are properties of a function and everything it calls.
type traits struct {
	sends   bool // contains an OCI call
	looks   bool // contains one that only reads
	changes bool // contains one that changes something
	waits   bool // may wait
	unknown bool // calls something of the program whose body is not known
	dynamic bool // calls a function value or through an interface
	tells   bool // the function itself asks for an error's text
	concern bool // mentions a policy, a service error or a token
	size    int
	sent    map[string]bool // the operations of its OCI calls
	done    bool
}

// maxTraitDepth bounds the walk over callees; deeper ones are taken for uninteresting, which costs a report at most.
const maxTraitDepth = 24

func (s *Session) traitsOf(function *summary.Function) *traits {
	return s.traitsAt(function, 0)
}

func (s *Session) traitsAt(function *summary.Function, depth int) *traits {
	if known, ok := s.traits[function]; ok {
		return known
	}
	t := &traits{}
	s.traits[function] = t
	for _, block := range function.Blocks {
		t.size += len(block.Instructions)
		for i := range block.Instructions {
			s.traitsOfInstruction(function, &block.Instructions[i], t, depth)
		}
	}
	t.done = true
	t.tells = tells(function)
	return t
}

func (s *Session) traitsOfInstruction(function *summary.Function, instruction *summary.Instruction, t *traits, depth int) {
	owner := function.Owner()
	for _, operand := range instruction.Operands {
		if operand.Kind == summary.FunctionRef && depth < maxTraitDepth && mayCall(function, instruction, owner.References[operand.N]) {
			if callee := s.lookup(owner, owner.References[operand.N]); callee != nil {
				s.inherit(t, s.traitsAt(callee, depth+1))
			}
		}
	}
	if instruction.Op == summary.OpReceive || instruction.Op == summary.OpSelect {
		t.waits = true
	}
	t.concern = t.concern || concerns(owner, instruction)
	call := instruction.Call
	if call == nil {
		return
	}
	if call.IsOCI {
		t.sendsOperation(call.Operation)
		reads := s.Reads(call.Service, call.Operation)
		t.looks, t.changes = t.looks || reads, t.changes || !reads
	}
	switch call.Mode {
	case summary.StaticCall:
		reference := owner.References[call.Callee]
		callee := s.lookup(owner, reference)
		if callee != nil && depth < maxTraitDepth {
			s.inherit(t, s.traitsAt(callee, depth+1))
		}
		if callee == nil {
			t.sends = t.sends || call.IsOCI || isLibraryCall(reference)
			t.waits = t.waits || speaksOfWaiting(reference, call)
		}
	case summary.InterfaceCall, summary.DynamicCall:
		t.dynamic = true
		if held := s.bodyHeld(owner, s.holding(function, instruction.Operands[0]), call.Method); held != nil && depth < maxTraitDepth {
			s.inherit(t, s.traitsAt(held, depth+1))
		}
		if made := s.bodyMade(function, instruction); made != nil && depth < maxTraitDepth {
			s.inherit(t, s.traitsAt(made, depth+1))
		}
		t.sends = t.sends || call.IsOCI
		t.waits = t.waits || speaksOfWaiting(summary.Reference{}, call)
	}
}

// tells reports whether a function itself asks for the text of an error.
func tells(function *summary.Function) bool {
	for _, block := range function.Blocks {
		for i := range block.Instructions {
			if call := block.Instructions[i].Call; call != nil && call.Method == TextSymbol {
				return true
			}
		}
	}
	return false
}

// mayCall reports whether a function that an instruction names may be called by the function around it or by what
// that calls. One that is only stored, in a table of a framework's entry points, is not, unless the function around
// calls something that it holds in a variable.
func mayCall(around *summary.Function, instruction *summary.Instruction, named summary.Reference) bool {
	switch instruction.Op {
	case summary.OpCall, summary.OpDefer, summary.OpGo, summary.OpReturn, summary.OpMakeClosure:
		return true
	}
	if strings.HasPrefix(named.Name, around.Name+"$") {
		return true
	}
	for b := range around.Blocks {
		for i := range around.Blocks[b].Instructions {
			user := &around.Blocks[b].Instructions[i]
			if user.Op == summary.OpReturn || user.Call != nil {
				if callsHeld(around, user) || instruction.Result >= 0 && reads(user, instruction.Result) {
					return true
				}
			}
		}
	}
	return false
}

// callsHeld reports whether an instruction calls a function value, a method of an interface or a retry helper.
func callsHeld(around *summary.Function, user *summary.Instruction) bool {
	if user.Call == nil {
		return false
	}
	switch user.Call.Mode {
	case summary.DynamicCall, summary.InterfaceCall:
		return true
	case summary.StaticCall:
		return isLibraryCall(around.Owner().References[user.Call.Callee])
	}
	return false
}

// reads reports whether an instruction has a register among its operands.
func reads(user *summary.Instruction, register int32) bool {
	for _, operand := range user.Operands {
		if operand.Kind == summary.Register && operand.N == register {
			return true
		}
	}
	return false
}

func (s *Session) inherit(t, from *traits) {
	t.sends = t.sends || from.sends
	t.looks = t.looks || from.looks
	t.changes = t.changes || from.changes
	t.waits = t.waits || from.waits
	t.dynamic = t.dynamic || from.dynamic
	t.size += from.size
	t.concern = t.concern || from.concern
	for operation := range from.sent {
		t.sendsOperation(operation)
	}
}

func (t *traits) sendsOperation(operation string) {
	if t.sent == nil {
		t.sent = map[string]bool{}
	}
	t.sent[operation] = true
}

// concerns reports whether an instruction has to do with what the rules ask about: the SDK's policies and service
// errors, or a retry token.
func concerns(owner *summary.Package, instruction *summary.Instruction) bool {
	if instruction.Type >= 0 && concernedType(owner.TypeAt(instruction.Type).Name) || instruction.Name == "OpcRetryToken" {
		return true
	}
	for _, operand := range instruction.Operands {
		if operand.Kind == summary.FunctionRef && concernedFunction(owner.References[operand.N]) {
			return true
		}
	}
	call := instruction.Call
	if call == nil {
		return false
	}
	if call.Mode == summary.StaticCall {
		return concernedFunction(owner.References[call.Callee])
	}
	return call.IsOCI || call.Method == CodeSymbol
}

func concernedType(name string) bool {
	_, name, found := strings.Cut(name, sdk.Common+".")
	return found && (strings.HasPrefix(name, "RetryPolicy") || strings.HasPrefix(name, "ServiceError") || strings.HasPrefix(name, "OCIOperationResponse") || strings.HasPrefix(name, "CustomClientConfiguration"))
}

func concernedFunction(reference summary.Reference) bool {
	if reference.Package != sdk.Common {
		return false
	}
	name := reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]
	return strings.Contains(name, "Retry") || strings.HasPrefix(name, "Is") || strings.HasPrefix(name, "With") || name == "NoPause"
}
