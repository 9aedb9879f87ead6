package summary

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// typeIndex enters a type into the package's table and returns its index. Elements and fields are entered with it;
// recursion ends because the entry is made before its parts.
func (l *lowerer) typeIndex(t types.Type) int32 {
	t = l.one(t)
	if index, ok := l.indices[t]; ok && !l.incomplete[index] {
		return index
	}
	name := l.typeName(t)
	index, ok := l.types[name]
	if ok && !l.incomplete[index] {
		l.indices[t] = index
		return index
	}
	if !ok {
		index = int32(len(l.out.Types))
		l.types[name] = index
		l.out.Types = append(l.out.Types, Type{Name: name, Elem: -1, Key: -1})
	}
	l.indices[t] = index
	delete(l.incomplete, index)
	entry := Type{Name: name, Elem: -1, Key: -1}
	if _, ok := t.(*types.TypeParam); ok {
		entry.Kind = ParameterType
		l.out.Types[index] = entry
		return index
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		entry.Kind, entry.Bits = basicKind(u), bitsOf(u)
	case *types.Pointer:
		entry.Kind, entry.Elem = PointerType, l.typeIndex(u.Elem())
	case *types.Struct:
		entry.Kind = StructType
		for i := range u.NumFields() {
			entry.Fields = append(entry.Fields, Field{Name: u.Field(i).Name(), Type: l.shallow(u.Field(i).Type())})
		}
	case *types.Array:
		entry.Kind, entry.Elem, entry.Length = ArrayType, l.typeIndex(u.Elem()), u.Len()
	case *types.Slice:
		entry.Kind, entry.Elem = SliceType, l.shallow(u.Elem())
	case *types.Map:
		entry.Kind, entry.Key, entry.Elem = MapType, l.shallow(u.Key()), l.shallow(u.Elem())
	case *types.Chan:
		entry.Kind, entry.Elem = ChanType, l.shallow(u.Elem())
	case *types.Signature:
		entry.Kind = FuncType
	case *types.Tuple:
		entry.Kind = TupleType
		for i := range u.Len() {
			entry.Elems = append(entry.Elems, l.shallow(u.At(i).Type()))
		}
	case *types.Interface:
		entry.Kind, entry.HasSets = InterfaceType, true
		for i := range u.NumMethods() {
			method := u.Method(i)
			entry.Methods = append(entry.Methods, Method{
				Name: method.Name(), Signature: l.typeName(method.Type()), Function: -1,
			})
		}
	}
	l.out.Types[index] = entry
	return index
}

// one returns one and the same pointer for all pointers to a type, and other types as they are.
func (l *lowerer) one(t types.Type) types.Type {
	t = types.Unalias(t)
	pointer, ok := t.(*types.Pointer)
	if !ok {
		return t
	}
	known, ok := l.pointers[pointer.Elem()]
	if !ok {
		known = pointer
		l.pointers[pointer.Elem()] = known
	}
	return known
}

// shallow enters a type that is part of another one. What a pointer, slice or map holds is left out until an
// instruction asks for it: the models of the SDK are deep and wide, and only their shape is ever needed.
func (l *lowerer) shallow(t types.Type) int32 {
	t = l.one(t)
	kind := OtherType
	switch t.Underlying().(type) {
	case *types.Pointer:
		kind = PointerType
	case *types.Slice:
		kind = SliceType
	case *types.Map:
		kind = MapType
	default:
		return l.typeIndex(t)
	}
	if index, ok := l.indices[t]; ok {
		return index
	}
	name := l.typeName(t)
	index, ok := l.types[name]
	if ok {
		l.indices[t] = index
		return index
	}
	index = int32(len(l.out.Types))
	l.types[name], l.indices[t] = index, index
	l.incomplete[index] = true
	l.out.Types = append(l.out.Types, Type{Name: name, Kind: kind, Elem: -1, Key: -1})
	return index
}

// bitsOf returns the size of an integer type; int, uint and uintptr have 64 bits, as on the machines that run the SDK.
func bitsOf(basic *types.Basic) uint8 {
	switch basic.Kind() {
	case types.Int8, types.Uint8:
		return 8
	case types.Int16, types.Uint16:
		return 16
	case types.Int32, types.Uint32:
		return 32
	}
	return 64
}

func basicKind(basic *types.Basic) TypeKind {
	switch info := basic.Info(); {
	case info&types.IsBoolean != 0:
		return BoolType
	case info&types.IsUnsigned != 0:
		return UintType
	case info&types.IsInteger != 0:
		return IntType
	case info&types.IsFloat != 0:
		return FloatType
	case info&types.IsString != 0:
		return StringType
	}
	return OtherType
}

// dynamicType enters a type that becomes the dynamic type of an interface value, with its method set.
func (l *lowerer) dynamicType(t types.Type) int32 {
	index := l.typeIndex(t)
	if l.out.Types[index].HasSets {
		return index
	}
	l.out.Types[index].HasSets = true
	if l.out.Types[index].Kind == InterfaceType || l.out.Types[index].Kind == ParameterType {
		return index
	}
	set := l.ssa.Prog.MethodSets.MethodSet(t)
	methods := make([]Method, 0, set.Len())
	for i := range set.Len() {
		selection := set.At(i)
		method := Method{
			Name: selection.Obj().Name(), Function: -1,
			Signature: l.typeName(selection.Obj().Type()),
		}
		if function := l.ssa.Prog.MethodValue(selection); function != nil {
			method.Function = l.functionReference(function)
		}
		methods = append(methods, method)
	}
	l.out.Types[index].Methods = methods
	return index
}

func sortedMembers(pkg *ssa.Package) []string {
	names := make([]string, 0, len(pkg.Members))
	for name := range pkg.Members {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
