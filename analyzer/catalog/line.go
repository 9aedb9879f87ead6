package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// nothing is the cell that takes away what an overridden row has.
const nothing = "-"

// line is what one line of a table says.
type line struct {
	row      Row
	editions []string // in the built-in table
	// Which of the columns that may be left out are not: those the line
	// speaks about, if only to take something away.
	saysRole, saysNotFrom, saysDescription bool
}

// over returns the line's row with everything it is silent about as it was.
func (l line) over(old Row) Row {
	row := l.row
	if !l.saysRole {
		row.Role = old.Role
	}
	if !l.saysNotFrom {
		row.NotFrom = old.NotFrom
	}
	if !l.saysDescription {
		row.Description = old.Description
	}
	return row
}

// column is a column of a table: its name, and how a line takes a cell of it.
// The error says what is wrong with the cell; where it stands is added later.
type column struct {
	name string
	take func(*line, string) error
}

// layout says which columns a table has and how many of them a row needs.
type layout struct {
	columns []column
	least   int
}

var (
	overlayLayout = layout{least: 3, columns: []column{
		{"status", (*line).takeStatus},
		{"code", (*line).takeCode},
		{"retry", (*line).takeVerdict},
		{"role", (*line).takeRole},
		{"not-from", (*line).takeNotFrom},
		{"description", (*line).takeDescription},
	}}
	builtinLayout = layout{least: 7, columns: append(slices.Clone(overlayLayout.columns),
		column{"editions", (*line).takeEditions})}
)

// names returns the columns in their order, for a reason.
func (l layout) names() string {
	var names []string
	for _, column := range l.columns {
		names = append(names, column.name)
	}
	return strings.Join(names, ", ")
}

// count returns how many columns a row may have, for a reason.
func (l layout) count() string {
	if l.least == len(l.columns) {
		return strconv.Itoa(l.least)
	}
	return fmt.Sprintf("%d to %d", l.least, len(l.columns))
}

func (l *line) takeStatus(text string) error {
	status, err := strconv.Atoi(text)
	// The text must be the number's only spelling: no sign, no leading zero.
	if err != nil || status < 100 || status > 599 || strconv.Itoa(status) != text {
		return fmt.Errorf("status %s is not a number from 100 to 599", quote(text))
	}
	l.row.Status = status
	return nil
}

func (l *line) takeCode(text string) error {
	if !isCamelCase(text) {
		return fmt.Errorf("code %s is not one word such as IncorrectState", quote(text))
	}
	l.row.Code = text
	return nil
}

func (l *line) takeVerdict(text string) error {
	index := slices.Index(verdictWords, text)
	if index < 0 {
		return fmt.Errorf("retry %s is neither %s", quote(text), strings.Join(verdictWords, " nor "))
	}
	l.row.Verdict = Verdict(index)
	return nil
}

func (l *line) takeRole(text string) error {
	l.saysRole = text != ""
	if text == nothing {
		return nil
	}
	index := slices.Index(roleWords, text)
	if index < 0 {
		return fmt.Errorf("role %s is neither %s", quote(text), strings.Join(roleWords[RequiredState:], " nor "))
	}
	l.row.Role = Role(index)
	return nil
}

func (l *line) takeNotFrom(text string) error {
	l.saysNotFrom = text != ""
	if text == nothing {
		return nil
	}
	for _, name := range list(text) {
		// An operation is named like a code. A beginning that none has would
		// go unnoticed, for it answers nothing.
		if !isCamelCase(name) {
			return fmt.Errorf("not-from %s is not the beginning of an operation's name such as Get", quote(name))
		}
		l.row.NotFrom = append(l.row.NotFrom, name)
	}
	return nil
}

func (l *line) takeDescription(text string) error {
	l.saysDescription = text != ""
	if text != nothing {
		l.row.Description = text
	}
	return nil
}

func (l *line) takeEditions(text string) error {
	l.editions = list(text)
	if len(l.editions) == 0 {
		return errors.New("the row is in no edition")
	}
	return nil
}

// isCamelCase reports whether the text is one CamelCase word of letters and digits.
func isCamelCase(text string) bool {
	small := false
	for index := range len(text) {
		letter := text[index]
		switch {
		case 'a' <= letter && letter <= 'z':
			small = true
		case isCapital(letter), '0' <= letter && letter <= '9':
		default:
			return false
		}
	}
	return small && isCapital(text[0])
}

// list returns the names of a cell that are separated by spaces or commas.
func list(text string) []string {
	return strings.FieldsFunc(text, func(letter rune) bool { return letter == ' ' || letter == ',' })
}

// quote returns a cell for a reason, cut short where it is long.
func quote(text string) string { return fmt.Sprintf("%.40q", text) }
