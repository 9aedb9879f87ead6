package report

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"unicode"

	"github.com/ociretry/ociretry/analyzer/internal/misspelling"
)

const (
	missingReason = toolName + ": this %s has no reason; say why after the name"
	useless       = toolName + ": this %s silences nothing; remove it"
	misspelt      = toolName + ": this %s names %s, which is no rule; the nearest name is %s"
)

// The kinds of directive, as they are written.
const (
	ignore     = "//lint:ignore"
	fileIgnore = "//lint:file-ignore"
	nolint     = "//nolint"
)

// A directive is a comment that silences findings of ours, on one line or in its whole file, or was meant to.
type directive struct {
	comment  *ast.Comment
	kind     string
	line     int      // the line it silences, unless it is about the whole file
	names    []string // those of its names that are ours
	wrong    string   // the first of its names that is none of ours but nearly; "" when there is none
	nearest  string   // the name of ours that wrong is meant to be
	reasoned bool     // it says why
	used     bool     // it has silenced a finding
}

// accountable says whether the directive owes a reason and has to be of use. For //nolint others keep the account.
func (d *directive) accountable() bool { return d.kind != nolint }

// reaches says whether a line is among those that the directive is about.
func (d *directive) reaches(line int) bool { return d.kind == fileIgnore || d.line == line }

// covers says whether the directive names the rule, or all of them.
func (d *directive) covers(rule string) bool {
	return slices.Contains(d.names, toolName) || slices.Contains(d.names, rule)
}

// effective says whether the directive silences what it covers. A //lint:ignore without a reason does not.
func (d *directive) effective() bool {
	return d.reasoned || !d.accountable()
}

// complaint says what is wrong with the directive, or nothing. One that names only rules that are off may well be of
// use in another run.
func (d *directive) complaint(options Options) string {
	couldSilence := func(rule string) bool { return d.covers(rule) && options.enabled(rule) }
	switch {
	case d.wrong != "":
		return fmt.Sprintf(misspelt, d.kind, d.wrong, d.nearest)
	case !d.accountable():
		return ""
	case !d.reasoned:
		return fmt.Sprintf(missingReason, d.kind)
	case !d.used && slices.ContainsFunc(options.RuleNames, couldSilence):
		return fmt.Sprintf(useless, d.kind)
	}
	return ""
}

// silences says whether a directive silences the finding. It marks every directive that does, not only the first: of two
// that do the same, neither is useless.
func (f *sourceFile) silences(finding Finding) bool {
	line := f.line(finding.Pos)
	silenced := false
	for _, directive := range f.directives {
		if directive.reaches(line) && directive.effective() && directive.covers(finding.Rule) {
			directive.used = true
			silenced = true
		}
	}
	return silenced
}

// complaints returns a finding for each directive of the file that is not as it should be. Before it, all findings
// of the package have to be shown to silences.
func (f *sourceFile) complaints(options Options) []Finding {
	var findings []Finding
	for _, directive := range f.directives {
		if message := directive.complaint(options); message != "" {
			findings = append(findings, Finding{
				Pos:     directive.comment.Pos(),
				End:     directive.comment.End(),
				Rule:    toolName,
				Message: message,
			})
		}
	}
	return findings
}

// findDirectives returns the directives of the file that concern us, in source order.
func findDirectives(file *sourceFile, options Options) []*directive {
	var directives []*directive
	var code codeLines // filled at the first directive; most files have none
	for _, group := range file.syntax.Comments {
		for _, comment := range group.List {
			directive := parseDirective(comment, options)
			if directive == nil {
				continue
			}
			if code == nil {
				code = findCode(file)
			}
			directive.line = silencedLine(file, code, group, comment)
			directives = append(directives, directive)
		}
	}
	return directives
}

// parseDirective reads a comment as a directive, and answers nil when it is none or none of ours. A block comment never
// is one, neither for staticcheck nor for golangci-lint.
func parseDirective(comment *ast.Comment, options Options) *directive {
	kind, names, reason := parseIgnore(comment.Text)
	if kind == "" && !options.LeaveNolint {
		kind, names = nolint, parseNolint(comment.Text)
	}
	read := &directive{comment: comment, kind: kind, names: ours(names, options), reasoned: saysSomething(reason)}
	read.wrong, read.nearest = nearlyOurs(names, options)
	if len(read.names) == 0 && read.wrong == "" {
		return nil
	}
	return read
}

// ours returns those of the names that are rules of ours, or stand for all of them.
func ours(names []string, options Options) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return name != toolName && !slices.Contains(options.RuleNames, name)
	})
}

// nearlyOurs returns the first of the names that is a misspelling of one of ours, and that one. The names of other
// linters are not; a name of ours before a separator, as in ociretry/RULE, makes the rest one as well.
func nearlyOurs(names []string, options Options) (wrong, nearest string) {
	all := append([]string{toolName}, options.RuleNames...)
	for _, name := range names {
		if slices.Contains(all, name) {
			continue
		}
		rest := strings.TrimLeft(strings.TrimPrefix(name, toolName), "/:.-")
		switch nearest, isNear := misspelling.Nearest(rest, all); {
		case isNear:
			return name, nearest
		case rest == name:
		case slices.Contains(all, rest):
			return name, rest
		default:
			return name, toolName
		}
	}
	return "", ""
}

// parseIgnore reads "//lint:ignore names reason" and "//lint:file-ignore names reason", where names is a list with commas
// and without spaces. As for staticcheck, whose directives they are, there is no space after the slashes and case
// matters. The kind is "" where it is neither.
func parseIgnore(text string) (kind string, names []string, reason string) {
	fields := strings.Fields(text)
	if len(fields) < 2 || fields[0] != ignore && fields[0] != fileIgnore {
		return "", nil, ""
	}
	return fields[0], strings.Split(fields[1], ","), strings.Join(fields[2:], " ")
}

// saysSomething tells a reason from bare punctuation, such as the slashes before a reason that was never written.
func saysSomething(reason string) bool {
	return strings.ContainsFunc(reason, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// parseNolint reads "//nolint:names // why" and returns the names in lower case; for a bare "//nolint", and where "all"
// is among them, the one name that stands for all rules of ours. It reads as golangci-lint does, with one thing more:
// an explanation may follow the last name after a space alone.
func parseNolint(text string) []string {
	text = strings.TrimLeft(text, "/ ")
	rest, ok := strings.CutPrefix(text, "nolint")
	if !ok {
		return nil
	}
	list, isList := strings.CutPrefix(rest, ":")
	if !isList {
		if rest == "" || rest[0] == ' ' {
			return []string{toolName}
		}
		return nil // another word, such as nolintlint
	}
	list, _, _ = strings.Cut(list, "//")

	var names []string
	for item := range strings.SplitSeq(list, ",") {
		words := strings.Fields(strings.ToLower(item))
		if len(words) == 0 {
			continue
		}
		if words[0] == "all" {
			return []string{toolName}
		}
		names = append(names, words[0])
		if len(words) > 1 {
			break // the explanation has begun, and its commas separate no names
		}
	}
	return names
}

// silencedLine returns the line of code a directive is about: its own when it stands behind code, otherwise the one right
// below the comments it is among. Where there is no code on that line, it silences nothing.
func silencedLine(file *sourceFile, code codeLines, group *ast.CommentGroup, comment *ast.Comment) int {
	own := file.line(comment.Slash)
	if code[own] {
		return own // all code of the line is before the directive, which takes the rest of it
	}
	// Have: the directive begins its line. No code stands among the comments, but some may on the line where a last block ends.
	end := file.lastLine(group.List[len(group.List)-1])
	if code[end] {
		return end
	}
	return end + 1
}

// codeLines are the lines that have code. Comments are not code.
type codeLines map[int]bool

// findCode returns the lines of the file that have code. It reads the syntax, not the text: every line of formatted
// source has a token that begins or ends a node, and a pass need not offer the text.
func findCode(file *sourceFile) codeLines {
	code := codeLines{}
	ast.Inspect(file.syntax, func(node ast.Node) bool {
		switch node.(type) {
		case nil, *ast.CommentGroup:
			return false
		}
		if begin, end := node.Pos(), node.End(); begin.IsValid() && end > begin {
			code[file.line(begin)] = true
			code[file.line(end-1)] = true
		}
		return true
	})
	return code
}
