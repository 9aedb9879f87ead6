package report

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// showable returns the related entries that have a position. They may be in any file: a policy is often installed
// elsewhere than it is made.
func (s *sourceFiles) showable(related []analysis.RelatedInformation) []analysis.RelatedInformation {
	var kept []analysis.RelatedInformation
	for _, entry := range related {
		if s.fileSet.File(entry.Pos) == nil {
			continue
		}
		if entry.End < entry.Pos || s.fileSet.File(entry.End) != s.fileSet.File(entry.Pos) {
			entry.End = token.NoPos
		}
		kept = append(kept, entry)
	}
	return kept
}

// applicable returns the fixes that every driver accepts. Drivers fail the whole run over one that is malformed, and over
// two fixes of the same name; a finding is worth more than its fix.
func (s *sourceFiles) applicable(fixes []analysis.SuggestedFix) []analysis.SuggestedFix {
	var kept []analysis.SuggestedFix
	for _, fix := range fixes {
		named := func(other analysis.SuggestedFix) bool { return other.Message == fix.Message }
		edits, ok := s.wellFormed(fix.TextEdits)
		if ok && !slices.ContainsFunc(kept, named) {
			kept = append(kept, analysis.SuggestedFix{Message: fix.Message, TextEdits: edits})
		}
	}
	return kept
}

// wellFormed returns the edits in source order, insertions before the replacement at the same place. It answers no when
// there are none, when two overlap, and when one is outside the files reported on, in one that cgo rewrites, or ends
// before it starts.
func (s *sourceFiles) wellFormed(edits []analysis.TextEdit) ([]analysis.TextEdit, bool) {
	ordered := slices.Clone(edits) // the caller's slice stays as it is
	for i := range ordered {
		edit := &ordered[i]
		if !edit.End.IsValid() {
			edit.End = edit.Pos // the framework's way to say insertion
		}
		file := s.reportable(edit.Pos)
		if file == nil || file.ofCgo || s.reportable(edit.End) != file || edit.End < edit.Pos {
			return nil, false
		}
	}
	slices.SortStableFunc(ordered, func(a, b analysis.TextEdit) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.End, b.End))
	})
	for i := 1; i < len(ordered); i++ {
		if ordered[i].Pos < ordered[i-1].End {
			return nil, false
		}
	}
	return ordered, len(ordered) > 0
}
