package catalog

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ociretry/ociretry/analyzer/internal/misspelling"
)

// A text is taken for a misspelling of a code where it differs in case or
// separators only, or in at most two letters besides. The question is asked
// word by word, because a service has codes of its own that are few letters
// away: DBNotFound is none of NotFound, CorrectState none of IncorrectState,
// ExternalServerError none of InternalServerError. So a word keeps its first
// letter, a short word bears one slip at most, and no word or ending is added.
// Where precision and reach disagree, the answer is that nothing is misspelt.

// maxSlips is how many letters may be wrong in all; a slip is a letter too
// many, too few or another one, or two neighbours that changed places.
const maxSlips = 2

// spelling is a code of the catalog, prepared for comparison.
type spelling struct {
	code  string
	text  string   // in small letters
	words []string // in small letters
}

// spellingsOf returns each code once, in table order.
func spellingsOf(rows []Row) []spelling {
	var result []spelling
	for _, row := range rows {
		if slices.ContainsFunc(result, func(s spelling) bool { return s.code == row.Code }) {
			continue
		}
		result = append(result, spelling{row.Code, fold(row.Code), wordsOf(row.Code)})
	}
	return result
}

// Nearest returns the code that the text misspells. Of several it is the one
// with the fewest wrong letters, then the first in table order. A known code
// misspells nothing.
func (c *Catalog) Nearest(text string) (code string, ok bool) {
	if c.Known(text) || !isSpelling(text) {
		return "", false
	}
	folded, words := fold(text), wordsOf(text)
	least := maxSlips + 1
	for _, candidate := range c.spellings {
		if slips := candidate.slips(folded, words, isPlain(text)); slips < least {
			code, least = candidate.code, slips
		}
	}
	return code, least <= maxSlips
}

// isSeparator reports whether the letter is one that people put between words.
func isSeparator(letter rune) bool { return strings.ContainsRune(" -_.", letter) }

// isSpelling reports whether the text has nothing but letters, digits and
// separators: anything else is no attempt to write a code.
func isSpelling(text string) bool {
	for _, letter := range text {
		if letter > unicode.MaxASCII || !unicode.IsLetter(letter) && !unicode.IsDigit(letter) && !isSeparator(letter) {
			return false
		}
	}
	return text != ""
}

// isPlain reports whether the text is a single word in letters of one case:
// ordinary language, whose words cannot be told apart.
func isPlain(text string) bool {
	return !strings.ContainsFunc(text, isSeparator) && (text == strings.ToLower(text) || text == strings.ToUpper(text))
}

// fold returns the text in small letters and without separators.
func fold(text string) string { return strings.Join(wordsOf(text), "") }

// wordsOf returns the words of a text in small letters. A word ends at a
// separator, before a capital that follows a small letter or a digit, and
// before the last capital of several when a small letter follows it.
func wordsOf(text string) []string {
	var words []string
	for _, part := range strings.FieldsFunc(text, isSeparator) {
		start := 0
		for index := 1; index < len(part); index++ {
			if isCapital(part[index]) && (!isCapital(part[index-1]) || isSmall(part, index+1)) {
				words = append(words, strings.ToLower(part[start:index]))
				start = index
			}
		}
		words = append(words, strings.ToLower(part[start:]))
	}
	return words
}

func isCapital(letter byte) bool { return 'A' <= letter && letter <= 'Z' }

func isSmall(text string, index int) bool {
	return index < len(text) && 'a' <= text[index] && text[index] <= 'z'
}

// slips returns how many letters of the text are wrong, or more than maxSlips
// where it is no misspelling of the code.
func (s spelling) slips(folded string, words []string, plain bool) int {
	switch {
	case folded == s.text:
		return 0
	case plain, len(words) > len(s.words), digits(folded) != digits(s.text), s.isExtendedBy(folded):
		return maxSlips + 1
	}
	return slipsIn(folded, s.words, s.allowed())
}

// isExtendedBy reports whether the text is the whole code with an ending, such
// as Conflicted of Conflict: a word of its own. One letter more is a plural.
func (s spelling) isExtendedBy(folded string) bool {
	return len(folded) > len(s.text)+1 && strings.HasPrefix(folded, s.text)
}

// allowed returns how many slips a code of this length bears: in a short one
// two letters are enough to make another word.
func (s spelling) allowed() int {
	switch {
	case len(s.text) < 5:
		return 0
	case len(s.text) < 8:
		return 1
	}
	return maxSlips
}

// allowedInWord returns how many slips a word bears. Two are too many for a
// short one: State and Status are two letters apart, Locked and Linked too.
func allowedInWord(word string) int {
	switch {
	case len(word) < 2:
		return 0
	case len(word) < 7:
		return 1
	}
	return maxSlips
}

// digits returns the digits of a text. They number things, so another digit
// is another thing and no slip.
func digits(text string) string {
	return strings.Map(func(letter rune) rune {
		if unicode.IsDigit(letter) {
			return letter
		}
		return -1
	}, text)
}

// joiner is the one word that codes have only to hold two others together:
// without it a code still means the same.
const joiner = "or"

// slipsIn returns the fewest slips with which the text can be cut into the
// words, or more than maxSlips if that takes more than allowed. The text's
// own words do not matter here, so that a wrong case may go with a wrong letter.
func slipsIn(text string, words []string, allowed int) int {
	if len(words) == 0 {
		if text == "" {
			return 0
		}
		return maxSlips + 1
	}
	word, rest := words[0], words[1:]
	least := maxSlips + 1
	if word == joiner && len(joiner) <= allowed {
		least = len(joiner) + slipsIn(text, rest, allowed-len(joiner))
	}
	for length := max(1, len(word)-allowed); length <= min(len(text), len(word)+allowed); length++ {
		if text[0] != word[0] {
			break
		}
		slips := misspelling.Distance(text[:length], word)
		if slips > min(allowed, allowedInWord(word)) {
			continue
		}
		least = min(least, slips+slipsIn(text[length:], rest, allowed-slips))
	}
	return least
}
