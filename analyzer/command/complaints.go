package command

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// placed is a line that begins with a place in a file.
var placed = regexp.MustCompile(`^(.+?):(\d+)(?::(\d+))?: (.*)$`)

// absent refuses patterns that name what is not there, which the go command takes for packages of other modules.
func absent(patterns []string) error {
	for _, pattern := range patterns {
		isFile := strings.HasSuffix(pattern, ".go")
		path, _, _ := strings.Cut(pattern, "...")
		isLocal := filepath.IsAbs(path) || slices.Contains([]string{".", ".."}, strings.SplitN(filepath.ToSlash(path), "/", 2)[0])
		if !isFile && !isLocal || strings.Contains(pattern, "=") {
			continue
		}
		if path != pattern { // below a folder, or of folders whose names begin so
			path = filepath.Dir(path + "x")
		}
		_, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			kind := "folder"
			if isFile {
				kind = "file"
			}
			return fmt.Errorf("%s: there is no such %s", pattern, kind)
		}
	}
	return nil
}

// unsound reports whether a package cannot be analysed.
func unsound(pkg *packages.Package) bool { return pkg.IllTyped || len(pkg.Errors) > 0 }

// complaints tells each error of the packages once, and after those of a package that it is not analysed. A package
// and its tests are several packages, and the compiler and the type checker tell the same in their own words.
func complaints(roots []*packages.Package) []string {
	c := &complainer{roots: map[*packages.Package]bool{}, skipped: map[string]bool{}, told: map[string]bool{}}
	for _, root := range roots {
		c.roots[root] = true
	}
	packages.Visit(inOrder(roots), nil, c.complain)
	return c.lines
}

// inOrder returns packages before their tests.
func inOrder(roots []*packages.Package) []*packages.Package {
	return slices.SortedStableFunc(slices.Values(roots), func(a, b *packages.Package) int {
		return cmp.Or(cmp.Compare(tested(a), tested(b)), cmp.Compare(len(a.ForTest), len(b.ForTest)))
	})
}

// tested returns the path of a package, for tests of the package that they test.
func tested(pkg *packages.Package) string {
	if pkg.ForTest != "" {
		return pkg.ForTest
	}
	return strings.TrimSuffix(pkg.PkgPath, ".test")
}

type complainer struct {
	roots         map[*packages.Package]bool
	skipped, told map[string]bool // paths of packages, and places or lines
	lines         []string
}

// say adds a line, unless it or another one about the same place stands there already.
func (c *complainer) say(line string) {
	about := line
	if place := placed.FindStringSubmatch(line); place != nil {
		about = strings.Join(place[1:4], ":")
	}
	if !c.told[about] {
		c.told[about] = true
		c.lines = append(c.lines, line)
	}
}

// mostErrors are told of one package. As with the compiler, the next ones come when these are mended.
const mostErrors = 10

func (c *complainer) complain(pkg *packages.Package) {
	if pkg.ForTest != "" && c.skipped[pkg.ForTest] {
		return // there is enough to mend before the tests
	}
	before := len(c.lines)
	for _, line := range essential(pkg) {
		c.say(line)
	}
	if more := len(c.lines) - before - mostErrors; more > 0 {
		c.lines = append(c.lines[:before+mostErrors], fmt.Sprintf("%s%d more errors in %s", name, more, pkg.PkgPath))
	}
	if c.roots[pkg] && unsound(pkg) && hasFiles(pkg) {
		c.skip(pkg)
	}
}

// skip tells that a package is not analysed. Where it is not, its tests are not either.
func (c *complainer) skip(pkg *packages.Package) {
	path, reason := tested(pkg), "it does not compile"
	if c.skipped[path] {
		return
	}
	c.skipped[path] = true
	subject := path
	if pkg.ForTest != "" || strings.HasSuffix(pkg.ID, ".test") {
		subject, reason = "the tests of "+path, "they do not compile"
	}
	if culprit := culprit(pkg); culprit != "" {
		reason = culprit + " does not compile"
	}
	c.say(fmt.Sprintf("%sskipped %s: %s", name, subject, reason))
}

// culprit returns the package that is to blame for one that has no error itself.
func culprit(pkg *packages.Package) string {
	if len(pkg.Errors) > 0 {
		return ""
	}
	for _, path := range slices.Sorted(maps.Keys(pkg.Imports)) {
		if imported := pkg.Imports[path]; len(imported.Errors) > 0 {
			return imported.PkgPath
		} else if imported.IllTyped {
			return culprit(imported)
		}
	}
	return ""
}

// essential returns the errors of a package as lines, in the order of their places, without those that follow from
// others or say the same again: what cannot be put together is not parsed as it should be, what does not parse has no
// meaning that could be wrong, and the compiler's own words are of use only where the type checker has none.
func essential(pkg *packages.Package) []string {
	var listed, compiled, parsed, typed []string
	for _, err := range pkg.Errors {
		switch {
		case err.Kind == packages.ParseError:
			parsed = append(parsed, line(err.Pos, err.Msg))
		case err.Kind == packages.TypeError && !follows(pkg, err):
			typed = append(typed, line(err.Pos, err.Msg))
		case err.Kind == packages.TypeError:
		case strings.HasPrefix(err.Msg, "# "):
			compiled = append(compiled, ofCompiler(err.Msg)...)
		default:
			listed = append(listed, line(err.Pos, err.Msg))
		}
	}
	isWhole := func(line string) bool { return !placed.MatchString(line) }
	switch {
	case slices.ContainsFunc(listed, isWhole):
		return listed
	case len(parsed) > 0:
		compiled = parsed
	case len(typed) > 0:
		compiled = typed
	}
	return append(listed, slices.SortedStableFunc(slices.Values(compiled), byPlace)...)
}

var notImported = regexp.MustCompile(`^could not import (\S+)`)

// follows reports whether an error of the type checker is only that an imported package has errors, which are told of
// that one.
func follows(pkg *packages.Package, err packages.Error) bool {
	match := notImported.FindStringSubmatch(err.Msg)
	if match == nil {
		return false
	}
	imported := pkg.Imports[match[1]]
	return imported != nil && unsound(imported) || imported == nil && strings.Contains(err.Msg, "(import cycle: ")
}

// byPlace orders lines by file, line and column.
func byPlace(a, b string) int {
	first, second := placed.FindStringSubmatch(a), placed.FindStringSubmatch(b)
	if first == nil || second == nil {
		return cmp.Compare(len(first), len(second))
	}
	position := func(text string) int {
		value, _ := strconv.Atoi(text) // there may be no column
		return value
	}
	return cmp.Or(cmp.Compare(first[1], second[1]), cmp.Compare(position(first[2]), position(second[2])), cmp.Compare(position(first[3]), position(second[3])))
}

// ofCompiler takes apart what the compiler printed of a package: a heading, and then lines with places, which those
// that are indented go on.
func ofCompiler(text string) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		switch {
		case strings.TrimSpace(part) == "" || strings.HasPrefix(part, "# "):
		case strings.HasPrefix(part, "\t") && len(lines) > 0:
			lines[len(lines)-1] = oneLine(lines[len(lines)-1] + "\n" + part)
		default:
			lines = append(lines, line("", part))
		}
	}
	return lines
}

// line makes a line of an error. Places have whole paths, as those of findings have.
func line(place, message string) string {
	text := oneLine(message)
	if place != "" && place != "-" {
		text = place + ": " + text
	}
	match := placed.FindStringSubmatch(text)
	if match == nil {
		return name + text
	}
	if absolute, err := filepath.Abs(match[1]); err == nil {
		return absolute + strings.TrimPrefix(text, match[1])
	}
	return text
}

// oneLine joins the lines of a message.
func oneLine(message string) string {
	var joined string
	for part := range strings.SplitSeq(message, "\n") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case joined == "":
			joined = part
		case strings.HasSuffix(joined, ":") || strings.HasSuffix(joined, ";"):
			joined += " " + part
		default:
			joined += "; " + part
		}
	}
	return joined
}
