package summary

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// Source is a type-checked package to lower.
type Source struct {
	Fset       *token.FileSet
	Files      []*ast.File
	Package    *types.Package
	Info       *types.Info
	Recogniser *sdk.Recogniser
}

// maxInstructions bounds one carried body: ten times the largest hand-written function seen in real programs.
// Beyond it the function has no body and is undetermined.
const maxInstructions = 20_000

// Lower builds SSA for a package and lowers every function of it. Functions that go/ssa cannot build, or that are too
// large, are left without a body and named in skipped.
func Lower(source Source) (lowered *Package, skipped []string) {
	pkg, err := build(source)
	lowered = &Package{Path: source.Recogniser.Path(source.Package)}
	if err != nil {
		return lowered.Link(), []string{source.Package.Path() + ": " + err.Error()}
	}
	l := &lowerer{
		source: source, ssa: pkg, out: lowered,
		constants: map[ConstantValue]int32{}, references: map[Reference]int32{}, types: map[string]int32{},
		indices: map[types.Type]int32{}, pointers: map[types.Type]types.Type{}, typeNames: map[types.Type]string{}, functionNames: map[*ssa.Function]Reference{},
		queued: map[*ssa.Function]bool{}, manners: manners(source.Files), late: lateReads(source.Files), incomplete: map[int32]bool{}, typePaths: map[*types.Package]string{},
	}
	l.globals()
	l.enqueueMembers()
	for len(l.queue) > 0 {
		function := l.queue[0]
		l.queue = l.queue[1:]
		if reason := l.function(function); reason != "" {
			skipped = append(skipped, function.String()+": "+reason)
		}
	}
	l.stability()
	return lowered.Link(), skipped
}

func build(source Source) (pkg *ssa.Package, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("go/ssa: %v", failure)
		}
	}()
	program := ssa.NewProgram(source.Fset, ssa.BareInits|ssa.InstantiateGenerics)
	createImported(program, source)
	pkg = program.CreatePackage(source.Package, source.Files, source.Info, false)
	pkg.Build()
	return pkg, nil
}

// lowerer translates one package.
type lowerer struct {
	source Source
	ssa    *ssa.Package
	out    *Package

	constants  map[ConstantValue]int32
	references map[Reference]int32
	types      map[string]int32
	typePaths  map[*types.Package]string

	// What has been told once of a type or a function, since its name takes time to make.
	indices       map[types.Type]int32
	pointers      map[types.Type]types.Type // to a type: go/ssa makes one for each address
	typeNames     map[types.Type]string
	functionNames map[*ssa.Function]Reference

	queue  []*ssa.Function
	queued map[*ssa.Function]bool

	unstable   map[string]bool
	rebound    map[string]uint64 // by function literal
	manners    map[token.Pos]manner
	late       map[token.Pos][]bool // the results of return statements that are read after the calls
	incomplete map[int32]bool       // types entered without what they hold
}

func (l *lowerer) enqueue(function *ssa.Function) {
	if function == nil || l.queued[function] {
		return
	}
	l.queued[function] = true
	if function.Blocks != nil {
		l.queue = append(l.queue, function)
	}
}

func (l *lowerer) enqueueMembers() {
	l.enqueue(l.ssa.Func("init"))
	scope := l.source.Package.Scope()
	for _, file := range l.source.Files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			object, _ := l.source.Info.Defs[function.Name].(*types.Func)
			if object != nil {
				l.enqueue(l.ssa.Prog.FuncValue(object))
			}
		}
	}
	for _, name := range scope.Names() {
		if member, ok := l.ssa.Members[name].(*ssa.Function); ok {
			l.enqueue(member)
		}
	}
	for i := 1; ; i++ {
		initialiser, ok := l.ssa.Members[fmt.Sprintf("init#%d", i)].(*ssa.Function)
		if !ok {
			break
		}
		l.enqueue(initialiser)
	}
}

func (l *lowerer) globals() {
	l.unstable, l.rebound = map[string]bool{}, map[string]uint64{}
	assigned := l.initialised()
	for _, name := range sortedMembers(l.ssa) {
		global, ok := l.ssa.Members[name].(*ssa.Global)
		if !ok || global.Object() == nil {
			continue
		}
		l.out.Globals = append(l.out.Globals, Global{
			Name: l.globalName(global), Type: l.typeIndex(global.Object().Type()),
			Exported: global.Object().Exported(), Assigned: assigned[global.Object()], Pos: global.Pos(),
		})
	}
}

// initialised returns the package variables that have an initial value in the source.
func (l *lowerer) initialised() map[types.Object]bool {
	result := map[types.Object]bool{}
	for _, order := range l.source.Info.InitOrder {
		for _, variable := range order.Lhs {
			result[variable] = true
		}
	}
	return result
}

func (l *lowerer) packagePath(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	path, ok := l.typePaths[pkg]
	if !ok {
		path = l.source.Recogniser.Path(pkg)
		l.typePaths[pkg] = path
	}
	return path
}

func (l *lowerer) globalName(global *ssa.Global) string {
	return l.packagePath(global.Pkg.Pkg) + "." + global.Name()
}

// typeName returns the name of a type, with canonical paths.
func (l *lowerer) typeName(t types.Type) string {
	name, ok := l.typeNames[t]
	if !ok {
		if pointer, isPointer := t.(*types.Pointer); isPointer {
			name = "*" + l.typeName(pointer.Elem())
		} else {
			name = types.TypeString(t, l.packagePath)
		}
		l.typeNames[t] = name
	}
	return name
}

// functionName returns the name by which bodies refer to a function: its path is canonical, an instance of a generic
// function has the name of its origin.
func (l *lowerer) functionName(function *ssa.Function) Reference {
	name, ok := l.functionNames[function]
	if !ok {
		name = l.makeName(function)
		l.functionNames[function] = name
	}
	return name
}

func (l *lowerer) makeName(function *ssa.Function) Reference {
	if origin := function.Origin(); origin != nil && function.Blocks == nil {
		function = origin
	}
	pkg := packageOf(function)
	if function.Parent() != nil {
		parent := l.functionName(function.Parent())
		_, number, _ := strings.Cut(function.Name(), "$")
		if i := strings.LastIndex(function.Name(), "$"); i >= 0 {
			number = function.Name()[i+1:]
		}
		return Reference{Package: parent.Package, Name: parent.Name + "$" + number}
	}
	path := l.packagePath(pkg)
	signature := function.Signature
	name := function.Name()
	if receiver := signature.Recv(); receiver != nil {
		return Reference{Package: path, Name: "(" + l.typeName(receiver.Type()) + ")." + name}
	}
	if function.Synthetic != "" && pkg == nil {
		return Reference{Package: l.out.Path, Name: "synthetic:" + function.String()}
	}
	if function.Synthetic != "" && function.Synthetic != "package initializer" && function.Object() != nil {
		if receiver := function.Object().Type().(*types.Signature).Recv(); receiver != nil {
			// A thunk or bound method: synthesised where it is used.
			return Reference{Package: l.out.Path, Name: "(" + l.typeName(receiver.Type()) + ")." + name}
		}
	}
	if len(function.FreeVars) > 0 && strings.HasSuffix(name, "$bound") {
		return Reference{Package: l.out.Path, Name: "bound:" + l.typeName(function.FreeVars[0].Type()) + "." + name}
	}
	if function.Synthetic != "" && function.Object() == nil && function.Synthetic != "package initializer" {
		return Reference{Package: l.out.Path, Name: "synthetic:" + function.String() + ":" + l.typeName(signature)}
	}
	return Reference{Package: path, Name: path + "." + name}
}

func packageOf(function *ssa.Function) *types.Package {
	if function.Pkg != nil {
		return function.Pkg.Pkg
	}
	if object := function.Object(); object != nil {
		return object.Pkg()
	}
	return nil
}

func (l *lowerer) reference(r Reference) int32 {
	index, ok := l.references[r]
	if !ok {
		index = int32(len(l.out.References))
		l.out.References = append(l.out.References, r)
		l.references[r] = index
	}
	return index
}

func (l *lowerer) functionReference(function *ssa.Function) int32 {
	if function.Origin() != nil && function.Blocks != nil && function.Pkg == nil {
		// An instance built here: evaluate its own body.
		l.enqueue(function)
	} else {
		l.enqueue(function)
	}
	return l.reference(l.functionName(function))
}

func (l *lowerer) constant(value *ssa.Const) Operand {
	if value.Value == nil {
		t := value.Type()
		switch t.Underlying().(type) {
		case *types.Struct, *types.Array, *types.Basic:
			return Operand{Kind: Zero, N: l.typeIndex(t)}
		}
		if _, ok := t.(*types.TypeParam); ok {
			return Operand{Kind: Zero, N: l.typeIndex(t)}
		}
		return Operand{Kind: Nil}
	}
	entry := ConstantValue{Type: l.typeIndex(value.Type())}
	exact := value.Value
	basic, _ := value.Type().Underlying().(*types.Basic)
	switch {
	case exact.Kind() == constant.Bool:
		entry.Kind, entry.Text = 'b', exact.String()
	case exact.Kind() == constant.String:
		entry.Kind, entry.Text = 's', constant.StringVal(exact)
	case basic != nil && basic.Info()&types.IsFloat != 0:
		entry.Kind, entry.Text = 'f', constant.ToFloat(exact).ExactString()
	case basic != nil && basic.Info()&types.IsInteger != 0, exact.Kind() == constant.Int:
		entry.Kind, entry.Text = 'i', constant.ToInt(exact).ExactString()
	default:
		entry.Kind, entry.Text = 'f', exact.ExactString()
	}
	index, ok := l.constants[entry]
	if !ok {
		index = int32(len(l.out.Constants))
		l.out.Constants = append(l.out.Constants, entry)
		l.constants[entry] = index
	}
	return Operand{Kind: Constant, N: index}
}
