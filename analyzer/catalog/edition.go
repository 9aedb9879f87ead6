package catalog

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
)

// defaultEdition is the edition that answers when none is asked for.
const defaultEdition = "default"

//go:embed catalog.tsv
var builtinTable string

// editions are the built-in catalogs.
type editions struct {
	names    []string // the default first, then as the file names them
	catalogs map[string]*Catalog
	codes    map[string]bool // of all editions
}

// builtin reads the embedded file once. It panics where the file is malformed,
// which no user can cause and every test would show.
var builtin = sync.OnceValue(func() *editions {
	lines, err := parse("catalog.tsv", strings.NewReader(builtinTable), builtinLayout)
	if err != nil {
		panic(err)
	}
	return newEditions(lines)
})

func newEditions(lines []line) *editions {
	result := &editions{
		names:    []string{defaultEdition},
		catalogs: map[string]*Catalog{},
		codes:    map[string]bool{},
	}
	rows := map[string][]Row{}
	for _, line := range lines {
		result.codes[line.row.Code] = true
		for _, name := range line.editions {
			if !slices.Contains(result.names, name) {
				result.names = append(result.names, name)
			}
			rows[name] = append(rows[name], line.row)
		}
	}
	for _, name := range result.names {
		result.catalogs[name] = newCatalog(rows[name])
	}
	return result
}

// Default returns the catalog that answers when no other is asked for.
func Default() *Catalog { return builtin().catalogs[defaultEdition] }

// Editions returns the names of the built-in editions, the default first.
func Editions() []string { return slices.Clone(builtin().names) }

// Load returns the catalog that a user asks for: the default for the empty
// string, a built-in edition for its name, and otherwise the default edition
// with the rows of a file laid over it. A file with the name of an edition is
// reached as ./NAME. The error is one line: file:line:column: reason for what
// stands in the file, and without a place where the file cannot be had.
func Load(nameOrFile string) (*Catalog, error) {
	if nameOrFile == "" {
		return Default(), nil
	}
	if edition, found := builtin().catalogs[nameOrFile]; found {
		return edition, nil
	}
	return loadFile(nameOrFile)
}

func loadFile(name string) (*Catalog, error) {
	file, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("catalog %q: there is no such edition and no such file; the editions are %s", name, strings.Join(Editions(), " and "))
	case err != nil:
		return nil, fmt.Errorf("catalog %q: %s", name, unreadable(err))
	}
	defer file.Close() // a file only read from loses nothing when closing fails
	if about, err := file.Stat(); err == nil && about.IsDir() {
		return nil, fmt.Errorf("catalog %q: it is a folder; a table is a file", name)
	}
	lines, err := parse(name, file, overlayLayout)
	if err != nil {
		return nil, err
	}
	return Default().overlaid(lines), nil
}

// unreadable returns why a file cannot be read, without its name, which stands
// before the reason already.
func unreadable(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return fmt.Sprintf("the file cannot be read: %v", err)
}

// overlaid returns a catalog with the lines added to the rows, or in their place.
func (c *Catalog) overlaid(lines []line) *Catalog {
	rows := c.Rows()
	for _, line := range lines {
		// The file has no pair twice, so what was added need not be searched.
		if index, found := c.search(line.row.Status, line.row.Code); found {
			rows[index] = line.over(rows[index])
		} else {
			rows = append(rows, line.row)
		}
	}
	return newCatalog(rows)
}
