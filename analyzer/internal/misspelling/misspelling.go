// Package misspelling tells what a misspelt word was meant to be. It counts slips of the pen and knows no language: of two
// words that are both meant it cannot say which is wrong.
package misspelling

import "strings"

// Distance returns the number of slips between two words; a slip is a letter too many, too few or another one, or two
// neighbours that changed places.
func Distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for column := range last {
		last[column] = column
	}
	for row := 1; row <= len(a); row++ {
		current := make([]int, len(b)+1)
		current[0] = row
		for column := 1; column <= len(b); column++ {
			change := last[column-1]
			if a[row-1] != b[column-1] {
				change++
			}
			current[column] = min(change, last[column]+1, current[column-1]+1)
			if row > 1 && column > 1 && a[row-1] == b[column-2] && a[row-2] == b[column-1] {
				current[column] = min(current[column], before[column-2]+1)
			}
		}
		before, last = last, current
	}
	return last[len(b)]
}

// Nearest returns the name that a text misspells, of several the one with the fewest slips, then the first. The names
// are single words in small letters; the text may have capitals and separators. One slip in three letters is borne,
// since the names are words that nobody else has, but what is a part of a name, less more than one letter, is a word of
// its own, such as retry. A text that is one of the names misspells nothing.
func Nearest(text string, names []string) (name string, ok bool) {
	folded := fold(text)
	least := -1
	for _, candidate := range names {
		if text == candidate {
			return "", false
		}
		slips := Distance(folded, candidate)
		isPart := strings.Contains(candidate, folded) && slips > 1
		if slips > (len(candidate)+1)/3 || isPart {
			continue
		}
		if least < 0 || slips < least {
			name, least = candidate, slips
		}
	}
	return name, least >= 0
}

// fold returns a text in small letters and without separators.
func fold(text string) string {
	return strings.Map(func(letter rune) rune {
		if strings.ContainsRune(" -_./:", letter) {
			return -1
		}
		return letter
	}, strings.ToLower(text))
}
