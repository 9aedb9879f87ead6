package catalog

import (
	"fmt"
	"strings"
)

// Verdict says whether the catalog lets a row be retried.
type Verdict int

const (
	No      Verdict = iota // not to be retried
	Backoff                // to be retried, with a delay that grows
)

// verdictWords are the words of the column retry, by verdict.
var verdictWords = []string{No: "no", Backoff: "with backoff"}

// String returns the verdict in the words of the table.
func (v Verdict) String() string { return word(verdictWords, int(v), "verdict") }

// Role says what a row asks for beyond its verdict, so that the rules that
// watch over it need not name its code.
type Role int

const (
	NoRole        Role = iota // nothing beyond the verdict
	RequiredState             // an action that the error names has to come before a retry
	SpentToken                // the change may be asked for again only with a different retry token
)

// roleWords are the words of the column role, by role.
var roleWords = []string{NoRole: "", RequiredState: "required-state", SpentToken: "spent-token"}

// String returns the role in the words of the table; it is empty for NoRole.
func (r Role) String() string { return word(roleWords, int(r), "role") }

// word returns the word at index, or says that there is none.
func word(words []string, index int, kind string) string {
	if index < 0 || index >= len(words) {
		return fmt.Sprintf("%s(%d)", kind, index)
	}
	return words[index]
}

// Row is one error of the catalog.
type Row struct {
	Status      int
	Code        string
	Verdict     Verdict
	Role        Role
	NotFrom     []string // beginnings of the operations that cannot answer with this row; read only
	Description string
}

// String names the row as messages do: its status, then its code.
func (r Row) String() string { return fmt.Sprintf("%d %s", r.Status, r.Code) }

// CanComeFrom reports whether the operation can answer with this row.
func (r Row) CanComeFrom(operation string) bool {
	for _, beginning := range r.NotFrom {
		if strings.HasPrefix(operation, beginning) {
			return false
		}
	}
	return true
}
