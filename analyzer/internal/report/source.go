package report

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A sourceFile is one file of the package, with the directives in it that concern us.
type sourceFile struct {
	index      int // in pass.Files
	syntax     *ast.File
	positions  *token.File
	ofCgo      bool // cgo has rewritten it, or will: the edits of a fix may belong to another text
	directives []*directive
}

// line returns the line of a position as it stands in the file itself: a //line comment can send two neighbouring lines
// to different places, and a directive is about its neighbour.
func (f *sourceFile) line(pos token.Pos) int {
	return f.positions.PositionFor(pos, false).Line
}

// lastLine returns the line a comment ends on. It counts line feeds because the end position of a comment is short by
// one byte for each carriage return, and so may be a line too early.
func (f *sourceFile) lastLine(comment *ast.Comment) int {
	return f.line(comment.Slash) + strings.Count(comment.Text, "\n")
}

// sourceFiles are the files of the package that are reported on.
type sourceFiles struct {
	fileSet *token.FileSet
	ordered []*sourceFile // as in pass.Files
	byToken map[*token.File]*sourceFile
}

// newSourceFiles returns the files that are reported on: all of the package, less the generated ones unless they are asked for.
func newSourceFiles(pass *analysis.Pass, options Options) *sourceFiles {
	files := &sourceFiles{fileSet: pass.Fset, byToken: make(map[*token.File]*sourceFile, len(pass.Files))}
	for index, syntax := range pass.Files {
		positions := pass.Fset.File(syntax.FileStart)
		if positions == nil || IsGenerated(syntax) && !options.Generated {
			continue
		}
		file := &sourceFile{index: index, syntax: syntax, positions: positions, ofCgo: isOfCgo(syntax)}
		file.directives = findDirectives(file, options)
		files.ordered = append(files.ordered, file)
		files.byToken[positions] = file
	}
	return files
}

// reportable returns the file a position is in, or nil where nothing may be reported: no position at all, a file of
// another package, a generated file.
func (s *sourceFiles) reportable(pos token.Pos) *sourceFile {
	return s.byToken[s.fileSet.File(pos)]
}

// end returns the end of the finding, or none where it is not after the start in the same file.
func (s *sourceFiles) end(finding located) token.Pos {
	if finding.End < finding.Pos || s.reportable(finding.End) != finding.file {
		return token.NoPos
	}
	return finding.End
}
