package fate

import (
	"maps"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// What a program sets is found where it is stored: a policy in a client's configuration or in the SDK's own variable, a
// client or a policy in a field. That a value is stored is read off the bodies; which one it is, a run sees.

const (
	configurationType = sdk.Common + ".CustomClientConfiguration"
	clientType        = sdk.Common + ".BaseClient"
	globalPolicy      = sdk.Common + ".GlobalRetry"
	enabledByDefault  = "OCI_SDK_DEFAULT_RETRY_ENABLED"
)

// stored is a value as a run saw it stored.
type stored struct {
	value  eval.Value // deep
	memory *eval.Memory
}

// setup is what a package, or a whole program, sets of the SDK's policies.
type setup struct {
	clients     map[string]bool               // types of the clients whose configuration is set; "" when it may be any
	environment bool                          // the environment's switch is named
	principal   bool                          // a provider is named whose token is refreshed
	policies    []*summary.Instruction        // that put a policy into a client's configuration
	global      []*summary.Instruction        // that set the policy of the process
	always      map[*summary.Instruction]bool // those of global that are come to whenever their function returns
	filled      map[string]*filled            // by the field
}

// filled are the places where a field of one of the package's types, or a variable of the package, gets a client or a policy.
type filled struct {
	stores []*summary.Instruction
	open   bool // its address goes somewhere, or the client in it is set up later
}

func newSetup() *setup {
	return &setup{clients: map[string]bool{}, filled: map[string]*filled{}, always: map[*summary.Instruction]bool{}}
}

// wanted reports whether a run has to tell what a store stores.
func (s *setup) wanted() map[*summary.Instruction]bool {
	wanted := map[*summary.Instruction]bool{}
	for _, list := range [][]*summary.Instruction{s.policies, s.global} {
		for _, store := range list {
			wanted[store] = true
		}
	}
	for _, field := range s.filled {
		for _, store := range field.stores {
			wanted[store] = true
		}
	}
	return wanted
}

// installsPolicies reports whether a package sets up clients, or the process, so that a call may be sent under a policy of the
// package that it does not name. That a type promotes the method of a client says nothing.
func installsPolicies(pkg *summary.Package) bool {
	s := newSetup()
	for _, function := range pkg.Functions {
		if !function.Synthetic {
			s.function(function)
		}
	}
	return len(s.clients)+len(s.policies)+len(s.global) > 0
}

// Sets returns what a package by itself sets.
func Sets(pkg *summary.Package) summary.Sets {
	s := newSetup()
	s.read(pkg)
	return s.sets()
}

func (s *setup) sets() summary.Sets {
	return summary.Sets{
		Clients: slices.Sorted(maps.Keys(s.clients)), Policy: len(s.policies) > 0, Global: len(s.global) > 0,
		Environment: s.environment, Principal: s.principal,
	}
}

// read notes what a package sets.
func (s *setup) read(pkg *summary.Package) {
	for _, constant := range pkg.Constants {
		s.environment = s.environment || constant.Text == enabledByDefault
	}
	if !namesSDK(pkg) {
		return
	}
	for _, reference := range pkg.References {
		s.principal = s.principal || refreshes(reference)
	}
	for _, function := range pkg.Functions {
		s.function(function)
	}
}

// function notes what a function sets. Tests are left aside.
func (s *setup) function(function *summary.Function) {
	if function.Test {
		return
	}
	body := bodyOf(function)
	function.Each(func(instruction *summary.Instruction) { s.instruction(body, instruction) })
}

// namesSDK reports whether a package has to do with the SDK at all.
func namesSDK(pkg *summary.Package) bool {
	return slices.ContainsFunc(pkg.References, func(reference summary.Reference) bool {
		return reference.Package == sdk.Common || strings.HasSuffix(reference.Package, "/common/auth")
	}) || slices.ContainsFunc(pkg.Types, func(t summary.Type) bool { return strings.HasPrefix(t.Name, sdk.Common+".") })
}

// refreshes reports whether a function makes a configuration provider whose token is refreshed: of an instance or a
// resource principal, or of a session (v65.129.0: the implementations of Refreshable).
func refreshes(reference summary.Reference) bool {
	return strings.HasSuffix(reference.Package, "/common/auth") && strings.Contains(reference.Name, "Provider") ||
		reference.Package == sdk.Common && strings.Contains(reference.Name, "SessionToken")
}

func (s *setup) instruction(b *defined, instruction *summary.Instruction) {
	owner := b.function.Owner()
	switch instruction.Op {
	case summary.OpStore:
		s.store(b, instruction)
	case summary.OpFieldAddr:
		if key := b.key(instruction); key != "" && !b.staysPut(instruction, false) {
			s.field(key).open = true
		}
	}
	for n, operand := range instruction.Operands {
		if key := variable(owner, operand); key != "" && !b.leaves(instruction, n) {
			s.field(key).open = true
		}
		if operand.Kind == summary.FunctionRef && strings.Contains(owner.References[operand.N].Name, eval.SetConfiguration) {
			s.clients[""] = true // as a value
		}
	}
	call := instruction.Call
	switch {
	case call == nil:
	case call.Mode == summary.InterfaceCall && call.Method == eval.SetConfiguration:
		s.clients[""] = true
	case call.Mode == summary.StaticCall && hasSuffix(owner.References[call.Callee].Name, "Client)."+eval.SetConfiguration) && len(instruction.Operands) > 0:
		client := receiverOf(owner.References[call.Callee].Name)
		if client == clientType {
			client = b.client(instruction.Operands[0])
		}
		s.clients[client] = true
	}
}

// store notes a store of a policy or of a client.
func (s *setup) store(b *defined, instruction *summary.Instruction) {
	owner, address := b.function.Owner(), instruction.Operands[0]
	if key := variable(owner, address); key != "" {
		s.field(key).stores = append(s.field(key).stores, instruction)
	}
	if address.Kind == summary.GlobalRef && owner.References[address.N].Name == globalPolicy {
		s.global = append(s.global, instruction)
		s.always[instruction] = b.isAlwaysRun(instruction)
		return
	}
	field := b.made(address)
	if field == nil || field.Op != summary.OpFieldAddr {
		return
	}
	switch base := owner.TypeAt(field.Base).Name; {
	case base == configurationType && field.Name == "RetryPolicy":
		s.policies = append(s.policies, instruction)
		if of := b.made(field.Operands[0]); of != nil && of.Op == summary.OpFieldAddr {
			s.clients[b.client(of.Operands[0])] = true
		}
	case base == clientType && field.Name == "Configuration":
		s.clients[b.client(field.Operands[0])] = true
	}
	if key := b.key(field); key != "" {
		s.field(key).stores = append(s.field(key).stores, instruction)
	}
}

func (s *setup) field(key string) *filled {
	if s.filled[key] == nil {
		s.filled[key] = &filled{}
	}
	return s.filled[key]
}

// defined is a function with the instructions that compute its registers and those that read them. Few functions are
// asked for them, so they are looked up when somebody asks first.
type defined struct {
	function *summary.Function
	makers   []*summary.Instruction // by register
	users    [][]*summary.Instruction
}

func bodyOf(function *summary.Function) *defined { return &defined{function: function} }

// maker returns the instruction that computes a register, nil where none does.
func (b *defined) maker(register int32) *summary.Instruction {
	if b.makers == nil {
		b.makers = make([]*summary.Instruction, b.function.Registers)
		b.function.Each(func(instruction *summary.Instruction) {
			if instruction.Result >= 0 {
				b.makers[instruction.Result] = instruction
			}
		})
	}
	return at(b.makers, register)
}

// usersOf returns the instructions that read a register, once for each operand that does.
func (b *defined) usersOf(register int32) []*summary.Instruction {
	if b.users == nil {
		b.users = make([][]*summary.Instruction, b.function.Registers)
		b.function.Each(func(instruction *summary.Instruction) {
			for _, operand := range instruction.Operands {
				if operand.Kind == summary.Register {
					b.users[operand.N] = append(b.users[operand.N], instruction)
				}
			}
		})
	}
	return at(b.users, register)
}

// at returns what there is of a register, nothing for one that the function does not have.
func at[T any](registers []T, register int32) (of T) {
	if register < 0 || int(register) >= len(registers) {
		return of
	}
	return registers[register]
}

// isAlwaysRun reports whether no way through a function goes around an instruction.
func (b *defined) isAlwaysRun(instruction *summary.Instruction) bool {
	seen := make([]bool, len(b.function.Blocks))
	work := []int32{0}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		block := &b.function.Blocks[n]
		if seen[n] {
			continue
		}
		seen[n] = true
		has := false
		for i := range block.Instructions {
			has = has || &block.Instructions[i] == instruction
		}
		if has {
			continue
		}
		if len(block.Successors) == 0 {
			return false
		}
		work = append(work, block.Successors...)
	}
	return true
}

// made returns the instruction that computes an operand, nil where none does.
func (b *defined) made(operand summary.Operand) *summary.Instruction {
	if operand.Kind != summary.Register {
		return nil
	}
	return b.maker(operand.N)
}

// client returns the type of the client that an address of a BaseClient lies in, "" where that is not known.
func (b *defined) client(address summary.Operand) string {
	made := b.made(address)
	if made == nil || made.Op != summary.OpFieldAddr || made.Name != "BaseClient" {
		return ""
	}
	return b.function.Owner().TypeAt(made.Base).Name
}

// key names the field of a struct type that holds a client or a policy; "" for other fields, and those of the SDK's types.
func (b *defined) key(field *summary.Instruction) string {
	owner := b.function.Owner()
	base := owner.TypeAt(field.Base)
	if strings.HasPrefix(base.Name, sdk.Common+".") || base.Kind != summary.StructType {
		return ""
	}
	for _, known := range base.Fields {
		if known.Name == field.Name && (isPolicy(owner.TypeAt(known.Type), owner) || isClient(owner.TypeAt(known.Type), owner)) {
			return base.Name + "." + field.Name
		}
	}
	return ""
}

// isClient reports whether a type is a client of a service, or a pointer to it.
func isClient(t *summary.Type, owner *summary.Package) bool {
	if t.Kind == summary.PointerType {
		t = owner.TypeAt(t.Elem)
	}
	return t.Kind == summary.StructType && slices.ContainsFunc(t.Fields, func(field summary.Field) bool {
		return field.Name == "BaseClient" && owner.TypeAt(field.Type).Name == clientType
	})
}

// staysPut reports whether the address of a field only serves to read the field, to fill it, or to call what changes no
// configuration; inside says that it is the address of a part of the field.
func (b *defined) staysPut(address *summary.Instruction, inside bool) bool {
	return !slices.ContainsFunc(b.usersOf(address.Result), func(user *summary.Instruction) bool {
		switch user.Op {
		case summary.OpLoad:
			return false
		case summary.OpStore:
			return inside || user.Operands[1].Kind == summary.Register && user.Operands[1].N == address.Result
		case summary.OpFieldAddr:
			return user.Name == "Configuration" || user.Name == "RetryPolicy" || !b.staysPut(user, true)
		case summary.OpCall:
			reference := b.callee(user)
			return !b.isClientMethod(reference) || hasSuffix(reference.Name, "."+eval.SetConfiguration)
		}
		return true
	})
}

// variable names the package variable that an operand is the address of, if it holds a client or a policy.
func variable(owner *summary.Package, operand summary.Operand) string {
	if operand.Kind != summary.GlobalRef {
		return ""
	}
	name := owner.References[operand.N].Name
	global := owner.Global(name)
	if global == nil || !isPolicy(owner.TypeAt(global.Type), owner) && !isClient(owner.TypeAt(global.Type), owner) {
		return ""
	}
	return name
}

// leaves reports whether an instruction leaves what a package variable holds as it is, or fills it as a whole: operand n is
// the variable's address.
func (b *defined) leaves(instruction *summary.Instruction, n int) bool {
	switch instruction.Op {
	case summary.OpLoad:
		return true
	case summary.OpStore:
		return n == 0
	case summary.OpFieldAddr:
		return instruction.Name != "Configuration" && b.staysPut(instruction, true)
	}
	return false
}

// callee returns the function that a call names, nothing where it names none.
func (b *defined) callee(call *summary.Instruction) summary.Reference {
	if call.Call.Mode != summary.StaticCall {
		return summary.Reference{}
	}
	return b.function.Owner().References[call.Call.Callee]
}

// isClientMethod reports whether a function is a method of a client, or of what all clients have in common.
func (b *defined) isClientMethod(reference summary.Reference) bool {
	receiver := receiverOf(reference.Name)
	if receiver == clientType {
		return true
	}
	t := b.function.Owner().TypeNamed(receiver)
	return t != nil && isClient(t, b.function.Owner())
}

// receiverOf returns the name of a method's receiver type, "" for a function.
func receiverOf(name string) string {
	receiver, _, isMethod := strings.Cut(strings.TrimLeft(name, "(*"), ").")
	if !isMethod {
		return ""
	}
	return receiver
}
