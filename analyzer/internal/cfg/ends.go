package cfg

import (
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// outcome is where a function gets to from a call in it that has failed.
type outcome uint8

const (
	elsewhere outcome = iota // it may send, ask about the error, or do what cannot be followed
	ended                    // it ends, and nothing of that lies on the way
	handedOn                 // it ends with an error for certain, or the program does
)

// Link is a call on the way from a function under analysis down to an OCI call.
type Link struct {
	Function *summary.Function
	Call     *summary.Instruction
}

// Ends reports whether nothing follows the failure of an OCI call: in each function on the way up all that lies behind
// the failed call is an end, and all but the uppermost hand on an error. Links lead from the OCI call up.
func (f *Filter) Ends(links []Link) bool {
	for i, link := range links {
		if link.Call.Call.Blind {
			return false
		}
		switch f.ends(link.Function, link.Call) {
		case elsewhere:
			return false
		case ended:
			if i < len(links)-1 {
				return false
			}
		}
	}
	return true
}

// ends returns where a function gets to from a call in it that has failed.
func (f *Filter) ends(function *summary.Function, call *summary.Instruction) outcome {
	at := place{function, call}
	if known, ok := f.failing[at]; ok {
		return known
	}
	w := &walk{filter: f, function: function, uses: usesOf(function), call: call, seen: make([]bool, len(function.Blocks)), outcome: handedOn}
	w.from()
	f.failing[at] = w.outcome
	return w.outcome
}

// walk follows the ways on from a call that has failed.
type walk struct {
	filter   *Filter
	function *summary.Function
	uses     uses
	call     *summary.Instruction
	failure  int32 // the register of its error, -1 for none
	seen     []bool
	outcome  outcome
}

func (w *walk) from() {
	if w.call.Op != summary.OpCall || !w.deferredAreQuiet() {
		w.outcome = elsewhere
		return
	}
	w.failure = w.errorOf()
	for b := range w.function.Blocks {
		for i := range w.function.Blocks[b].Instructions {
			if &w.function.Blocks[b].Instructions[i] == w.call {
				w.block(int32(b), i+1)
				return
			}
		}
	}
	w.outcome = elsewhere
}

// errorOf returns the register of the call's error; -1 where it has none or nobody looks at it.
func (w *walk) errorOf() int32 {
	owner := w.function.Owner()
	t := owner.TypeAt(w.call.Type)
	if t.Name == "error" {
		return w.call.Result
	}
	if t.Kind != summary.TupleType || len(t.Elems) == 0 || owner.TypeAt(t.Elems[len(t.Elems)-1]).Name != "error" {
		return -1
	}
	for _, user := range w.uses[w.call.Result] {
		if user.Op == summary.OpExtract && int(user.Index) == len(t.Elems)-1 {
			return user.Result
		}
	}
	return -1
}

// deferredAreQuiet reports whether nothing that the function defers does anything that counts.
func (w *walk) deferredAreQuiet() bool {
	quiet := true
	w.function.Each(func(instruction *summary.Instruction) {
		if instruction.Op == summary.OpDefer && !w.isQuietCall(instruction) {
			quiet = false
		}
	})
	return quiet
}

// block goes through a block from an instruction on, and on to those that follow.
func (w *walk) block(b int32, from int) {
	block := &w.function.Blocks[b]
	for i := from; i < len(block.Instructions) && w.outcome != elsewhere; i++ {
		instruction := &block.Instructions[i]
		if !w.isQuiet(instruction) {
			w.outcome = elsewhere
			return
		}
		if instruction.Op == summary.OpReturn && !w.returnsError(instruction) {
			w.outcome = ended
		}
	}
	for _, next := range w.successors(block) {
		if w.outcome != elsewhere && !w.seen[next] {
			w.seen[next] = true
			w.block(next, 0)
		}
	}
}

// successors returns the blocks that may follow: behind a test of the error for nil, the one for an error.
func (w *walk) successors(block *summary.Block) []int32 {
	if len(block.Successors) != 2 || len(block.Instructions) == 0 {
		return block.Successors
	}
	branch := &block.Instructions[len(block.Instructions)-1]
	if branch.Op != summary.OpIf || branch.Operands[0].Kind != summary.Register {
		return block.Successors
	}
	test := w.function.Definition(branch.Operands[0].N)
	switch w.testsFailure(test) {
	case failed:
		return block.Successors[:1]
	case succeeded:
		return block.Successors[1:]
	}
	return block.Successors
}

// isQuiet reports whether an instruction does nothing that a rule asks about.
func (w *walk) isQuiet(instruction *summary.Instruction) bool {
	switch instruction.Op {
	case summary.OpGo, summary.OpSend, summary.OpSelect, summary.OpReceive, summary.OpTypeAssert, summary.OpInvalid:
		return false
	}
	if w.filter.names(w.function, instruction) || asks(w.function, instruction, w.uses) || setsToken(instruction) || w.filter.setsPolicies(w.function.Owner(), instruction) || w.filter.wanted[instruction] {
		return false
	}
	return instruction.Call == nil || instruction.Op == summary.OpDefer || w.isQuietCall(instruction)
}

// isQuietCall reports whether a call does nothing that a rule asks about, whoever is called.
func (w *walk) isQuietCall(instruction *summary.Instruction) bool {
	f, call := w.filter, instruction.Call
	if call.IsOCI || f.isHelper(w.function, call) {
		return false
	}
	for _, body := range f.bodies(w.function, instruction) {
		if !f.effectsOf(body).quiet() {
			return false
		}
	}
	switch call.Mode {
	case summary.BuiltinCall:
		return call.Method != "recover"
	case summary.DynamicCall:
		return f.isCancel(w.function, instruction)
	case summary.InterfaceCall:
		return call.Method == "Error" || onlyTells(call.Method)
	}
	switch w.function.Owner().References[call.Callee].Package {
	case "strings", "regexp", "strconv", "bytes":
		return false // a text that they are given may be the error's
	}
	return true
}

// isCancel reports whether an instruction calls what the context package handed out to end a context.
func (f *Filter) isCancel(function *summary.Function, instruction *summary.Instruction) bool {
	operand := instruction.Operands[0]
	for range 2 {
		if operand.Kind != summary.Register {
			return false
		}
		made := function.Definition(operand.N)
		if made == nil {
			return false
		}
		if made.Op == summary.OpCall {
			return made.Call.Mode == summary.StaticCall && function.Owner().References[made.Call.Callee].Package == "context"
		}
		if made.Op != summary.OpExtract {
			return false
		}
		operand = made.Operands[0]
	}
	return false
}

// onlyTells reports whether a method's name says that it logs.
func onlyTells(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"log", "print", "debug", "info", "warn", "error", "trace"} {
		if strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

// returnsError reports whether a return hands on an error for certain: the call's own, or one that is made of it or anew.
func (w *walk) returnsError(instruction *summary.Instruction) bool {
	results := w.function.Results
	if len(results) == 0 || w.function.Owner().TypeAt(results[len(results)-1]).Name != "error" {
		return false
	}
	return w.isFailure(instruction.Operands[len(instruction.Operands)-1])
}

// isFailure reports whether an operand is certainly an error, once the call has failed.
func (w *walk) isFailure(operand summary.Operand) bool {
	if operand.Kind != summary.Register {
		return false
	}
	if operand.N == w.failure {
		return true
	}
	made := w.function.Definition(operand.N)
	if made == nil || made.Op != summary.OpCall || made.Call.Mode != summary.StaticCall {
		return false
	}
	switch w.function.Owner().References[made.Call.Callee].Name {
	case "errors.New", "fmt.Errorf", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf":
		return true
	case "github.com/pkg/errors.Wrap", "github.com/pkg/errors.Wrapf", "github.com/pkg/errors.WithStack", "github.com/pkg/errors.WithMessage", "github.com/pkg/errors.WithMessagef":
		return w.isFailure(made.Operands[0])
	}
	return false
}

// answer is what a test says once the call has failed.
type answer uint8

const (
	either    answer = iota // it is no test of the error
	failed                  // it is true
	succeeded               // it is false
)

// testsFailure returns what a test of the call's error for nil says.
func (w *walk) testsFailure(test *summary.Instruction) answer {
	if test == nil || test.Op != summary.OpBinOp || w.failure < 0 {
		return either
	}
	x, y := test.Operands[0], test.Operands[1]
	if x.Kind == summary.Nil {
		x, y = y, x
	}
	if y.Kind != summary.Nil || x.Kind != summary.Register || x.N != w.failure {
		return either
	}
	switch test.Token {
	case token.NEQ:
		return failed
	case token.EQL:
		return succeeded
	}
	return either
}
