package fate

import (
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A client is a struct. A policy that is set on one that came by value is set on a copy, and is lost with it unless the
// copy sends, is returned, stored or handed on afterwards.

// setUp notes that a call sets the configuration of a client, with a policy in it.
func (w *watcher) setUp(o *eval.Observation) {
	if hasSuffix(o.Callee.Name, "Client)."+eval.SetConfiguration) && len(o.Arguments) == 2 {
		w.onCopy(o.Instruction, fieldOf(o.Memory.Deep(o.Arguments[1]), "RetryPolicy"))
	}
}

// setField notes that a store sets a client's configuration, or the policy in it.
func (w *watcher) setField(instruction *summary.Instruction, address, value eval.Value, memory *eval.Memory) {
	switch {
	case hasSuffix(address.Path, "/Configuration/RetryPolicy"):
		w.onCopy(instruction, value)
	case hasSuffix(address.Path, "/Configuration"):
		w.onCopy(instruction, fieldOf(memory.Deep(value), "RetryPolicy"))
	}
}

// onCopy notes a setting that puts a policy on a copy of a client which nobody uses afterwards.
func (w *watcher) onCopy(setting *summary.Instruction, policy eval.Value) {
	if policy == nil || policy.Kind == eval.Nil || policy.Text == ".RetryPolicy" || len(setting.Operands) == 0 {
		return // there is none, or whoever made the configuration may have put none into it
	}
	known := slices.ContainsFunc(w.survey.Copies, func(other Dead) bool { return other.Pos == setting.Pos })
	if !known && lostCopy(bodyOf(w.function), setting) {
		w.survey.Copies = append(w.survey.Copies, Dead{Pos: setting.Pos, What: "a retry policy"})
	}
}

// lostCopy reports whether an instruction sets up a client in a variable that a parameter was copied to, and nothing uses
// that client further on.
func lostCopy(b *defined, setting *summary.Instruction) bool {
	path, variable := b.place(setting.Operands[0])
	if variable == nil || variable.Op != summary.OpAlloc || !strings.Contains(path, "BaseClient") && !b.isOwnSetter(setting) {
		return false
	}
	filled := 0
	for _, user := range b.usersOf(variable.Result) {
		if user.Op == summary.OpStore && isRegister(user.Operands[0], variable.Result) {
			if !b.isParameter(user.Operands[1]) {
				return false
			}
			filled++
		}
	}
	client := clientPart(path)
	return filled == 1 && !b.used(variable, client, "", setting, b.follows(setting))
}

// isOwnSetter reports whether a call is of a client's own method that sets its configuration.
func (b *defined) isOwnSetter(call *summary.Instruction) bool {
	return call.Call != nil && call.Call.Mode == summary.StaticCall && receiverOf(b.function.Owner().References[call.Call.Callee].Name) != clientType
}

// clientPart is the part of a path that leads to the client.
func clientPart(path string) string {
	if i := strings.Index(path, "/BaseClient"); i >= 0 {
		return path[:i]
	}
	return path
}

// place follows the address of a field to the variable that it lies in, by way of fields alone.
func (b *defined) place(address summary.Operand) (path string, variable *summary.Instruction) {
	made := b.made(address)
	for made != nil && made.Op == summary.OpFieldAddr {
		path = "/" + made.Name + path
		made = b.made(made.Operands[0])
	}
	return path, made
}

func isRegister(operand summary.Operand, register int32) bool {
	return operand.Kind == summary.Register && operand.N == register
}

// isParameter reports whether an operand is one of the function's parameters.
func (b *defined) isParameter(operand summary.Operand) bool {
	return operand.Kind == summary.Register && int(operand.N) < len(b.function.Parameters)
}

// follows returns what may be run after an instruction.
func (b *defined) follows(from *summary.Instruction) map[*summary.Instruction]bool {
	after := map[*summary.Instruction]bool{}
	reached := make([]bool, len(b.function.Blocks))
	var work []int32
	for n := range b.function.Blocks {
		block := &b.function.Blocks[n]
		for i := range block.Instructions {
			if &block.Instructions[i] == from {
				for j := i + 1; j < len(block.Instructions); j++ {
					after[&block.Instructions[j]] = true
				}
				work = append(work, block.Successors...)
			}
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if reached[n] {
			continue
		}
		reached[n] = true
		block := &b.function.Blocks[n]
		for i := range block.Instructions {
			after[&block.Instructions[i]] = true
		}
		work = append(work, block.Successors...)
	}
	return after
}

// used reports whether the client at a path of a variable is used by what follows, or by a function that has the variable:
// at is the path of the address that is looked at. What sets up the client only is no use.
func (b *defined) used(address *summary.Instruction, client, at string, setting *summary.Instruction, after map[*summary.Instruction]bool) bool {
	for _, user := range b.usersOf(address.Result) {
		switch {
		case user == setting:
		case user.Op == summary.OpFieldAddr:
			inside := at + "/" + user.Name
			apart := !strings.HasPrefix(client+"/", inside+"/") && !strings.HasPrefix(inside+"/", client+"/")
			if !apart && b.used(user, client, inside, setting, after) {
				return true
			}
		case user.Op == summary.OpStore && isRegister(user.Operands[0], address.Result) && !isRegister(user.Operands[1], address.Result):
		case user.Op == summary.OpMakeClosure, user.Op == summary.OpDefer, user.Op == summary.OpGo:
			return true // it is run who knows when
		case user.Op == summary.OpCall && setsUp(b.callee(user).Name):
		case after[user]:
			return true
		case user.Op != summary.OpLoad && !(user.Op == summary.OpCall && b.isClientMethod(b.callee(user))):
			return true // its address is somewhere
		}
	}
	return false
}

// setsUp reports whether a method of a client only sets it up.
func setsUp(name string) bool {
	_, method, isMethod := strings.Cut(name, "Client).")
	return isMethod && (strings.HasPrefix(method, "Set") || strings.HasPrefix(method, "Use"))
}
