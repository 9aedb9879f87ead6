package rule

import (
	"regexp"
	"strconv"

	"github.com/ociretry/ociretry/analyzer/internal/report"
)

var textmatch = documented("textmatch", findTextmatch)

// statusIn finds a status in a text or in a regular expression, where its last digits may be any.
var statusIn = regexp.MustCompile(`(^|\D)[45]((\d|\\d|\[[^]]*\]){2}|\.\.)(\D|$)`)

var codeWord = regexp.MustCompile(`^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+$`)

func findTextmatch(in *Input) []report.Finding {
	var findings []report.Finding
	for _, search := range in.Survey.Searches {
		if namesCode(in, search.Text) {
			f := finding("textmatch", search.Pos,
				"searches the error's text for %q, which may also stand in an id or in the service's message; compare GetCode() or GetHTTPStatusCode() of the service error", search.Text)
			for _, literal := range literalsAt(in, search.Pos, search.Text) {
				f = on(in, f, near(literal.Pos(), "the text that it searches for"))
			}
			findings = append(findings, f)
		}
	}
	return findings
}

// namesCode reports whether a searched text is, or contains, an error code or a status.
func namesCode(in *Input, text string) bool {
	if in.Catalog.Known(text) || codeWord.MatchString(text) {
		return true
	}
	if status, err := strconv.Atoi(text); err == nil && status >= 100 && status < 600 {
		return true
	}
	for _, row := range in.Catalog.Rows() {
		if regexp.MustCompile(`(?i)\b` + row.Code + `\b`).MatchString(text) {
			return true
		}
	}
	return statusIn.MatchString(text)
}
