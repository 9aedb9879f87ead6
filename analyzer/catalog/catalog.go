package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Catalog is a set of rows, no two with the same status and code. It does not
// change after it is loaded, and may be used from many goroutines at once.
type Catalog struct {
	rows      []Row // by status, then code
	spellings []spelling
	digest    string
}

// newCatalog makes a catalog of rows that have no pair twice.
func newCatalog(rows []Row) *Catalog {
	sorted := slices.SortedFunc(slices.Values(rows), func(a, b Row) int {
		return compare(a, b.Status, b.Code)
	})
	return &Catalog{rows: sorted, spellings: spellingsOf(sorted), digest: digestOf(sorted)}
}

// compare orders a row against a pair: by status, then code.
func compare(row Row, status int, code string) int {
	return cmp.Or(cmp.Compare(row.Status, status), strings.Compare(row.Code, code))
}

// Rows returns all rows in table order: by status, then code.
func (c *Catalog) Rows() []Row { return slices.Clone(c.rows) }

// Lookup returns the row with this status and code.
func (c *Catalog) Lookup(status int, code string) (Row, bool) {
	index, found := c.search(status, code)
	if !found {
		return Row{}, false
	}
	return c.rows[index], true
}

// search returns where the pair stands, or where it would.
func (c *Catalog) search(status int, code string) (int, bool) {
	return slices.BinarySearchFunc(c.rows, code, func(row Row, code string) int {
		return compare(row, status, code)
	})
}

// ByStatus returns the rows with this status, in table order.
func (c *Catalog) ByStatus(status int) []Row {
	// No code is empty, so the empty one stands before all codes of a status.
	from, _ := c.search(status, "")
	to, _ := c.search(status+1, "")
	return slices.Clone(c.rows[from:to])
}

// ByCode returns the rows with this code, in table order.
func (c *Catalog) ByCode(code string) []Row {
	var found []Row
	for _, row := range c.rows {
		if row.Code == code {
			found = append(found, row)
		}
	}
	return found
}

// Known reports whether the code is one of this catalog or of any built-in
// edition. A known code is never a misspelling, even of another edition's.
func (c *Catalog) Known(code string) bool {
	return builtin().codes[code] || slices.ContainsFunc(c.rows, func(row Row) bool { return row.Code == code })
}

// Digest returns a short hash of all that decides an answer about a row: two
// catalogs with the same digest give the same fates and the same verdicts.
// Descriptions are left out, so better words make no fact out of date.
func (c *Catalog) Digest() string { return c.digest }

// digestLength is in bytes: 2^32 editions would have to exist before two of
// them were likely to share one.
const digestLength = 8

func digestOf(rows []Row) string {
	hash := sha256.New()
	for _, row := range rows {
		fmt.Fprintf(hash, "%d %s %d %d %q\n", row.Status, row.Code, row.Verdict, row.Role, row.NotFrom)
	}
	return hex.EncodeToString(hash.Sum(nil)[:digestLength])
}
