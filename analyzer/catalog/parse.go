package catalog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is in bytes. The longest built-in line has about two hundred; a line
// beyond this is no row but another kind of file.
const maxLine = 4096

// byteOrderMark is what some editors write in front of UTF-8.
const byteOrderMark = "\ufeff"

// parser reads one table.
type parser struct {
	file    string
	layout  layout
	number  int  // of the current line
	started bool // a line other than a blank or a comment has been read
	lines   []line
	seen    map[pair]int // the number of the line that has the pair
}

// pair is what no table has twice; its edition is empty in an overlay.
type pair struct {
	edition string
	status  int
	code    string
}

// parse returns the rows of a table in the order of the file. It refuses the
// whole table for its first malformed line, and a table without any row.
func parse(file string, input io.Reader, layout layout) ([]line, error) {
	p := &parser{file: file, layout: layout, seen: map[pair]int{}}
	scanner := bufio.NewScanner(input)
	// Room for what stands around a line: the mark, the line's end and one
	// byte more, so that the scanner never refuses a line that we would take.
	scanner.Buffer(nil, maxLine+len(byteOrderMark)+len("\r\n")+1)
	// A scanner hands out what was read before a failure as if it were a whole
	// line; a half line would be refused for a reason that is not the real one.
	for scanner.Scan() && scanner.Err() == nil {
		p.number++
		if err := p.read(scanner.Text()); err != nil {
			return nil, err
		}
	}
	if err := scanner.Err(); err != nil {
		p.number++
		return nil, p.scanFailure(err)
	}
	if len(p.lines) == 0 {
		return nil, refuse(file, max(p.number, 1), 1, "the file has no row")
	}
	return p.lines, nil
}

// scanFailure says why the scanner stopped at the current line.
func (p *parser) scanFailure(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return p.refuse(maxLine, "the line is longer than %d bytes", maxLine)
	}
	return p.refuse(0, "%s", unreadable(err))
}

// read takes one line, without its end, to the rows.
func (p *parser) read(text string) error {
	if p.number == 1 {
		text = strings.TrimPrefix(text, byteOrderMark)
	}
	if err := p.checkText(text); err != nil {
		return err
	}
	cells := cut(text)
	if isBlank(cells) || strings.HasPrefix(cells[0].text, "#") {
		return nil
	}
	first := !p.started
	p.started = true
	if first && strings.EqualFold(cells[0].text, p.layout.columns[0].name) {
		return p.checkNames(cells)
	}
	return p.add(cells, len(text))
}

// add takes the cells of one row; end is where its line ends.
func (p *parser) add(cells []cell, end int) error {
	if err := p.checkCount(cells, end); err != nil {
		return err
	}
	var result line
	for index, cell := range cells {
		if err := p.layout.columns[index].take(&result, cell.text); err != nil {
			return p.refuse(cell.offset, "%v", err)
		}
	}
	if err := p.checkTwice(result, cells[0]); err != nil {
		return err
	}
	p.lines = append(p.lines, result)
	return nil
}

// checkCount refuses too few columns or too many.
func (p *parser) checkCount(cells []cell, end int) error {
	offset, most := end, len(p.layout.columns)
	switch {
	case len(cells) > most:
		offset = cells[most].offset
	case len(cells) >= p.layout.least:
		return nil
	}
	return p.refuse(offset, "the number of columns is %d, not %s; they are separated by tabs: %s",
		len(cells), p.layout.count(), p.layout.names())
}

// checkTwice refuses a pair of status and code that the table has already.
func (p *parser) checkTwice(line line, place cell) error {
	names := line.editions
	if len(names) == 0 {
		names = []string{""} // an overlay is a single edition without a name
	}
	for _, name := range names {
		key := pair{name, line.row.Status, line.row.Code}
		if before, found := p.seen[key]; found {
			return p.refuse(place.offset, "%s stands on line %d already", line.row, before)
		}
		p.seen[key] = p.number
	}
	return nil
}

// checkText refuses what no line may have, whatever its columns say.
func (p *parser) checkText(text string) error {
	if len(text) > maxLine {
		return p.scanFailure(bufio.ErrTooLong)
	}
	for offset, letter := range text {
		if letter == utf8.RuneError && !strings.HasPrefix(text[offset:], string(utf8.RuneError)) {
			return p.refuse(offset, "the byte %#02x is not UTF-8", text[offset])
		}
		if letter != '\t' && !unicode.IsGraphic(letter) {
			// A description is printed to terminals, and a row must be one line there.
			return p.refuse(offset, "the character %U cannot stand in a table", letter)
		}
	}
	return nil
}

// checkNames refuses a line of names that puts the columns in another order.
func (p *parser) checkNames(cells []cell) error {
	for index, cell := range cells {
		if index >= len(p.layout.columns) {
			return p.refuse(cell.offset, "the table has no column %d; they are: %s", index+1, p.layout.names())
		}
		if want := p.layout.columns[index].name; !strings.EqualFold(cell.text, want) {
			return p.refuse(cell.offset, "column %d is named %s, and the table has %s there", index+1, quote(cell.text), want)
		}
	}
	return nil
}

// cell is the text of one column, and where it begins in its line.
type cell struct {
	text   string
	offset int
}

// cut returns the cells of a line, without the spaces and quotes around them.
func cut(text string) []cell {
	var cells []cell
	offset := 0
	for part := range strings.SplitSeq(text, "\t") {
		trimmed := strings.TrimLeft(part, " ")
		cells = append(cells, cell{
			text:   unquote(strings.TrimRight(trimmed, " ")),
			offset: offset + len(part) - len(trimmed),
		})
		offset += len(part) + len("\t")
	}
	return cells
}

// unquote takes away the double quotes that spreadsheets put around a cell.
func unquote(text string) string {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return text
	}
	return strings.TrimSpace(strings.ReplaceAll(text[1:len(text)-1], `""`, `"`))
}

func isBlank(cells []cell) bool {
	for _, cell := range cells {
		if cell.text != "" {
			return false
		}
	}
	return true
}

// refuse returns the error of a malformed line; offset is in bytes from its start.
func (p *parser) refuse(offset int, format string, arguments ...any) error {
	return refuse(p.file, p.number, offset+1, format, arguments...)
}

// refuse returns the error of a malformed file. It is one line whatever the
// file is called.
func refuse(file string, line, column int, format string, arguments ...any) error {
	reason := fmt.Sprintf(format, arguments...)
	return fmt.Errorf("%s:%d:%d: %s", printable(file), line, column, printable(reason))
}

// printable returns the text with what cannot be printed on one line replaced.
func printable(text string) string {
	return strings.Map(func(letter rune) rune {
		if unicode.IsGraphic(letter) {
			return letter
		}
		return utf8.RuneError
	}, text)
}
