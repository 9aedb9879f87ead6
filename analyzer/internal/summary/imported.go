package summary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// createImported makes known to a program the functions and variables of other packages that a package names. Made from
// its types alone, a package would have all its functions and methods, and a package of the SDK has thousands of them.
// Methods need not be made: go/ssa does so when it comes to one.
func createImported(program *ssa.Program, source Source) {
	named := map[*types.Package]*declared{}
	for _, object := range source.Info.Uses {
		pkg := object.Pkg()
		if pkg == nil || pkg == source.Package || object.Parent() != pkg.Scope() || !isValue(object) {
			continue
		}
		if named[pkg] == nil {
			named[pkg] = &declared{objects: map[*ast.Ident]types.Object{}, seen: map[types.Object]bool{}}
		}
		named[pkg].add(object)
	}
	for pkg, declared := range named {
		program.CreatePackage(pkg, declared.files(), &types.Info{Defs: declared.objects}, true)
	}
}

// isValue reports whether an object is something that code gets at when it is run.
func isValue(object types.Object) bool {
	switch object.(type) {
	case *types.Func, *types.Var:
		return true
	}
	return false
}

// declared are the objects of a package that another one names.
type declared struct {
	objects map[*ast.Ident]types.Object
	names   []*ast.Ident
	seen    map[types.Object]bool
}

func (d *declared) add(object types.Object) {
	if d.seen[object] {
		return
	}
	d.seen[object] = true
	name := ast.NewIdent(object.Name())
	d.objects[name] = object
	d.names = append(d.names, name)
}

// files returns a file that declares the objects. They stand in a declaration of constants, whatever they are: what is
// declared so has no syntax of its own, like all that comes from types alone.
func (d *declared) files() []*ast.File {
	constants := &ast.GenDecl{Tok: token.CONST, Specs: []ast.Spec{&ast.ValueSpec{Names: d.names}}}
	return []*ast.File{{Name: ast.NewIdent("imported"), Decls: []ast.Decl{constants}}}
}
