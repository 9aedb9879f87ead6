package sdk

import (
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// Declares reports whether the copy of the SDK that a package uses, directly or through what it imports, declares a name
// in its common package. What cannot be told is not declared.
func (r *Recogniser) Declares(from *types.Package, name string) bool {
	common := r.commonBehind(from)
	switch {
	case common == nil:
		return false
	case common.Scope().Lookup(name) != nil:
		return true
	case common.Complete():
		return false
	}
	// Have: of this package only what others mention is there, so its version has to tell.
	since, known := firstMajor[name]
	return known && since <= majorIn(common.Path())
}

// commonBehind returns the common package that a package uses: one that is all there, if there is one.
func (r *Recogniser) commonBehind(from *types.Package) *types.Package {
	var found *types.Package
	seen := map[*types.Package]bool{}
	for next := []*types.Package{from}; len(next) > 0; {
		var further []*types.Package
		for _, pkg := range next {
			if pkg == nil || seen[pkg] {
				continue
			}
			seen[pkg] = true
			if r.IsCommon(pkg) {
				if pkg.Complete() {
					return pkg
				}
				if found == nil {
					found = pkg
				}
			}
			imports := slices.Clone(pkg.Imports())
			slices.SortFunc(imports, func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) })
			further = append(further, imports...)
		}
		next = further
	}
	return found
}

// firstMajor is the first major version of which every release declares a name of the common package.
var firstMajor = map[string]int{
	"IsServiceError":                       1,
	"ServiceError":                         1,
	"RetryToken":                           3,  // v2.5.0
	"IsErrorRetryableByDefault":            47, // v46.2.0, as the two below
	"IsErrorAffectedByEventualConsistency": 47,
	"WithExponentialBackoff":               47,
}

// majorIn returns the major version in an import path of the SDK, 1 where there is none: versions below v25 have none.
func majorIn(path string) int {
	for part := range strings.SplitSeq(path, "/") {
		if number, ok := strings.CutPrefix(part, "v"); ok {
			if major, err := strconv.Atoi(number); err == nil {
				return major
			}
		}
	}
	return 1
}
