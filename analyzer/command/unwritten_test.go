package command

import (
	"slices"
	"testing"
)

// TestUnwritten takes from what singlechecker says the reasons why files could not be written, each in its line, and not
// how many fixes it had ready: none of them was applied.
func TestUnwritten(t *testing.T) {
	t.Parallel()
	for told, want := range map[string][]string{
		"": nil,
		"ociretry: applied 4 of 4 fixes; 0 files updated. (Re-run the command to apply more.)\n": nil,
		"ociretry: open /home/me/program/p.go: permission denied\nociretry: open /home/me/program/q.go: read-only file system\n" +
			"ociretry: applied 4 of 4 fixes; 0 files updated. (Re-run the command to apply more.)\n": {
			"ociretry: open /home/me/program/p.go: permission denied", "ociretry: open /home/me/program/q.go: read-only file system"},
	} {
		if got := unwritten(told); !slices.Equal(got, want) {
			t.Errorf("of %q it tells %q, want %q", told, got, want)
		}
	}
}
