package sdk

// Version is the version of a copy of the SDK. What the SDK does by itself has changed from one to another, so that a
// program is judged by the one that it is built with.
type Version struct {
	Known               bool // false where it cannot be told
	Major, Minor, Patch int
}

// Since reports whether a version is the given one or a later one, and whether that can be told.
func (v Version) Since(major, minor, patch int) (is, known bool) {
	switch {
	case v.Major != major:
		return v.Major > major, v.Known
	case v.Minor != minor:
		return v.Minor > minor, v.Known
	}
	return v.Patch >= patch, v.Known
}

// Lacks reports whether a version is certainly below the given one.
func (v Version) Lacks(major, minor, patch int) bool {
	is, known := v.Since(major, minor, patch)
	return known && !is
}

// Has reports whether a version is certainly the given one or a later one.
func (v Version) Has(major, minor, patch int) bool {
	is, known := v.Since(major, minor, patch)
	return known && is
}
