package summary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// manner is how a call's error result is received in the source.
type manner uint8

const (
	elsewhere   manner = iota // part of an expression, deferred, or a goroutine
	bare                      // a statement of its own
	blankBeside               // a blank beside another result that has a name
	allBlank                  // every result is blank
	named                     // assigned to something
)

// manners notes for every call, by its opening parenthesis, how its last result is received. What stands in a
// deferred function literal is deliberate.
func manners(files []*ast.File) map[token.Pos]manner {
	found := map[token.Pos]manner{}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.DeferStmt, *ast.GoStmt:
				return false
			case *ast.ExprStmt:
				if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok {
					found[call.Lparen] = bare
				}
			case *ast.AssignStmt:
				if len(n.Rhs) == 1 {
					if call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr); ok {
						found[call.Lparen] = receives(n.Lhs)
					}
				}
			}
			return true
		})
		ast.Inspect(file, func(n ast.Node) bool {
			if block, ok := n.(*ast.BlockStmt); ok {
				discards(block.List, found)
			}
			return true
		})
	}
	return found
}

// discards finds the calls whose last result is assigned to a variable that is assigned to the blank further down: that
// is deliberate.
func discards(statements []ast.Stmt, found map[token.Pos]manner) {
	received := map[string]token.Pos{}
	for _, statement := range statements {
		assign, ok := statement.(*ast.AssignStmt)
		if !ok || len(assign.Rhs) != 1 {
			continue
		}
		last, isName := assign.Lhs[len(assign.Lhs)-1].(*ast.Ident)
		switch right := ast.Unparen(assign.Rhs[0]).(type) {
		case *ast.CallExpr:
			if isName {
				received[last.Name] = right.Lparen
			}
		case *ast.Ident:
			if call, known := received[right.Name]; known && isName && last.Name == "_" {
				found[call] = allBlank
			}
		}
	}
}

func receives(left []ast.Expr) manner {
	blank := func(e ast.Expr) bool {
		name, ok := e.(*ast.Ident)
		return ok && name.Name == "_"
	}
	if !blank(left[len(left)-1]) {
		return named
	}
	for _, e := range left[:len(left)-1] {
		if !blank(e) {
			return blankBeside
		}
	}
	return allBlank
}

// blind reports whether a call's error result is never looked at.
func (b *body) blind(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	if results.Len() == 0 || results.At(results.Len()-1).Type().String() != "error" {
		return false
	}
	last, other := false, false
	for _, user := range *call.Referrers() {
		extract, ok := user.(*ssa.Extract)
		switch {
		case !ok:
			last = last || results.Len() == 1 && !isDebug(user)
		case extract.Index == results.Len()-1:
			last = last || looked(extract)
		default:
			other = other || looked(extract)
			last = last || asksAnswer(extract, 0)
		}
	}
	if last {
		return false
	}
	switch b.manners[call.Call.Pos()] {
	case bare, named:
		return true
	case blankBeside:
		return other
	}
	return false
}

// maxAnswer bounds how far a response is followed.
const maxAnswer = 4

// asksAnswer reports whether a result beside the error is asked whether there is one, or a response for the service's
// answer: that tells of the failure too.
func asksAnswer(response ssa.Value, depth int) bool {
	if depth > maxAnswer || response.Referrers() == nil {
		return false
	}
	for _, user := range *response.Referrers() {
		switch user := user.(type) {
		case *ssa.Store:
			if local, ok := user.Addr.(*ssa.Alloc); ok && user.Val == response && asksAnswer(local, depth+1) {
				return true
			}
		case *ssa.UnOp:
			if asksAnswer(user, depth+1) {
				return true
			}
		case *ssa.BinOp:
			if isNilConst(user.X) || isNilConst(user.Y) {
				return true
			}
		case *ssa.FieldAddr:
			if fieldName(user.X.Type(), user.Field) == "RawResponse" {
				return true
			}
		case *ssa.Field:
			if fieldName(user.X.Type(), user.Field) == "RawResponse" {
				return true
			}
		case *ssa.Call:
			if callee := user.Call.StaticCallee(); callee != nil && callee.Name() == "HTTPResponse" {
				return true
			}
		}
	}
	return false
}

func isNilConst(value ssa.Value) bool {
	constant, ok := value.(*ssa.Const)
	return ok && constant.IsNil()
}

func fieldName(t types.Type, field int) string {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if structure, ok := t.Underlying().(*types.Struct); ok {
		return structure.Field(field).Name()
	}
	return ""
}

func looked(value ssa.Value) bool {
	for _, user := range *value.Referrers() {
		if !isDebug(user) {
			return true
		}
	}
	return false
}

func isDebug(instruction ssa.Instruction) bool {
	_, ok := instruction.(*ssa.DebugRef)
	return ok
}
