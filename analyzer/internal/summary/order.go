package summary

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// In `return settings, json.Unmarshal(data, &settings)` the language leaves it open whether the variable is read before
// the call. The compiler reads variables after all calls of a list of results; go/ssa reads them in the order of the list.
// Here they are read as the compiler does.

// lateReads notes the return statements with a result that reads a variable beside one that calls something: for each
// result, whether it is such a variable.
func lateReads(files []*ast.File) map[token.Pos][]bool {
	found := map[token.Pos][]bool{}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if statement, ok := n.(*ast.ReturnStmt); ok {
				if late := readsBesideCall(statement.Results); late != nil {
					found[statement.Return] = late
				}
			}
			return true
		})
	}
	return found
}

func readsBesideCall(results []ast.Expr) []bool {
	var late []bool
	for i, result := range results {
		for _, later := range results[i+1:] {
			if isVariable(result) && calls(later) {
				if late == nil {
					late = make([]bool, len(results))
				}
				late[i] = true
			}
		}
	}
	return late
}

func isVariable(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isVariable(e.X)
	}
	return false
}

func calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CallExpr:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// inOrder returns a block's instructions in the order in which the compiler has them run: what a return statement reads
// beside a call is read where it is used.
func (b *body) inOrder(block *ssa.BasicBlock) []ssa.Instruction {
	if len(block.Instrs) == 0 {
		return nil
	}
	end, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
	if !ok || b.late[end.Pos()] == nil {
		return block.Instrs
	}
	moved := map[ssa.Instruction]ssa.Instruction{} // by the instruction that they come before
	isMoved := map[ssa.Instruction]bool{}
	for i, late := range b.late[end.Pos()] {
		if !late || i >= len(end.Results) {
			continue
		}
		if load, user := readOf(block, end, i); load != nil && moved[user] == nil {
			moved[user], isMoved[load] = load, true
		}
	}
	var ordered []ssa.Instruction
	for _, instruction := range block.Instrs {
		if isMoved[instruction] {
			continue
		}
		if load := moved[instruction]; load != nil {
			ordered = append(ordered, load)
		}
		ordered = append(ordered, instruction)
	}
	return ordered
}

// readOf returns the instruction of the block that reads a result's variable, and the only one that uses what it reads:
// the return, or the store into a result with a name.
func readOf(block *ssa.BasicBlock, end *ssa.Return, result int) (load, user ssa.Instruction) {
	value, user := end.Results[result], ssa.Instruction(end)
	if named, ok := value.(*ssa.UnOp); ok && named.Op == token.MUL && block.Parent().Signature.Results().At(result).Name() != "" {
		for _, instruction := range block.Instrs {
			if store, ok := instruction.(*ssa.Store); ok && store.Addr == named.X {
				value, user = store.Val, store
			}
		}
	}
	read, ok := value.(*ssa.UnOp)
	if !ok || read.Op != token.MUL || read.Block() != block || len(*read.Referrers()) != 1 || (*read.Referrers())[0] != user {
		return nil, nil
	}
	return read, user
}
