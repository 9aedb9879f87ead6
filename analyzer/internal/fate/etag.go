package fate

import (
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// A service answers 412 where a condition that came with the request does not hold (RFC 9110, 15.5.13): the request has an
// etag in IfMatch, in IfNoneMatch, or somewhere in its body.

// conditional reports whether a row comes to requests with a condition only.
func conditional(row catalog.Row) bool { return row.Status == preconditionFailed }

// preconditionFailed is a status of HTTP. Package net/http, which has a name for it, would make the command one that needs
// the C library and its address space.
const preconditionFailed = 412

// maxNested bounds how far the parts of a request are looked at for an etag.
const maxNested = 5

// mayHaveEtag reports whether an etag may be among what a request holds.
func mayHaveEtag(v eval.Value, depth int) bool {
	if v == nil || depth > maxNested {
		return false
	}
	if v.Kind == eval.Tuple || v.Kind == eval.Interface || v.Kind == eval.Array {
		return slices.ContainsFunc(v.Args, func(part eval.Value) bool { return mayHaveEtag(part, depth) })
	}
	if v.Kind != eval.Struct {
		return v.Kind == eval.Free && depth == 0 // a request of which nothing is known
	}
	for i, field := range v.Type.Fields {
		switch {
		case field.Name == eval.Base:
			return true
		case isEtag(field.Name):
			if v.Args[i].Kind != eval.Nil {
				return true
			}
		case v.Args[i].Kind == eval.Free && v.Owner != nil && typeHasEtag(v.Owner, field.Type, depth+1):
			return true
		case mayHaveEtag(v.Args[i], depth+1):
			return true
		}
	}
	return false
}

// isEtag reports whether a field holds an etag by its name.
func isEtag(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "ifmatch") || strings.Contains(name, "ifnonematch") || strings.Contains(name, "etag")
}

// typeHasEtag reports whether a type has a field for an etag.
func typeHasEtag(owner *summary.Package, index int32, depth int) bool {
	t := owner.TypeAt(index)
	if t.Kind == summary.PointerType {
		t = owner.TypeAt(t.Elem)
	}
	return t.Kind == summary.InterfaceType || t.Kind == summary.StructType && depth <= maxNested && slices.ContainsFunc(t.Fields, func(field summary.Field) bool {
		return isEtag(field.Name) || typeHasEtag(owner, field.Type, depth+1)
	})
}
