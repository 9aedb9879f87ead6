package catalog

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
)

// write puts a table into a file of its own, and returns the file's name.
func write(t testing.TB, table string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "mine.tsv")
	if err := os.WriteFile(name, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// Each kind of line gives a question another answer than the default edition
// does, and leaves every other row as it was.
func TestEveryKindOfLineChangesAnAnswer(t *testing.T) {
	const state, exists = "409 IncorrectState", "409 NotAuthorizedOrResourceAlreadyExists"
	const beginnings = " [Get List Head Search Summarize Query Update Delete Terminate]"
	for name, test := range map[string]struct{ line, want string }{
		"adds a row":                 {"404\tBucketNotFound\tno", "404 BucketNotFound: no"},
		"adds a row with all it has": {"599\tTokenGone2\tno\tspent-token\tGet List\tgone", "599 TokenGone2: no spent-token [Get List]"},
		"adds a known code":          {"404\tLimitExceeded\twith backoff", "404 LimitExceeded: with backoff"},
		"changes a verdict":          {"401\tNotAuthenticated\tno", "401 NotAuthenticated: no"},
		"keeps the role":             {"409\tIncorrectState\tno", state + ": no required-state"},
		"keeps it for empty cells":   {"409\tIncorrectState\tno\t\t\t", state + ": no required-state"},
		"changes the role":           {"409\tIncorrectState\twith backoff\tspent-token", state + ": with backoff spent-token"},
		"takes the role away":        {"409\tIncorrectState\twith backoff\t-", state + ": with backoff"},
		"keeps not-from":             {"409\tNotAuthorizedOrResourceAlreadyExists\tno", exists + ": no" + beginnings},
		"changes not-from":           {"409\tNotAuthorizedOrResourceAlreadyExists\tno\t\tGet,List", exists + ": no [Get List]"},
		"takes not-from away":        {"409\tNotAuthorizedOrResourceAlreadyExists\tno\t\t-", exists + ": no"},
		"is padded":                  {"  401 \t NotAuthenticated\t no  ", "401 NotAuthenticated: no"},
		"is quoted":                  {"\"404\"\t\"BucketNotFound\"\tno\t\"\"\t\"Get, List\"", "404 BucketNotFound: no [Get List]"},
		"ends in CRLF":               {"401\tNotAuthenticated\tno\r", "401 NotAuthenticated: no"},
		"has a byte order mark":      {"\ufeff401\tNotAuthenticated\tno", "401 NotAuthenticated: no"},
		"follows a line of names":    {"Status\tcode\tretry\n401\tNotAuthenticated\tno", "401 NotAuthenticated: no"},
		"follows a comment":          {"# why\twe\tdo\n\"# this, too\"\n\t\t\t\n\n401\tNotAuthenticated\tno", "401 NotAuthenticated: no"},
	} {
		t.Run(name, func(t *testing.T) {
			loaded := mustLoad(t, write(t, test.line+"\n"))
			var changed []string
			for _, text := range summarizeAll(loaded.Rows()) {
				if !slices.Contains(published, text) {
					changed = append(changed, text)
				}
			}
			if !slices.Equal(changed, []string{test.want}) {
				t.Errorf("%q made %q, want %q", test.line, changed, test.want)
			}
			if loaded.Digest() == Default().Digest() {
				t.Errorf("%q leaves the digest as it was", test.line)
			}
		})
	}
}

func TestDescriptionOfAnOverlay(t *testing.T) {
	for line, want := range map[string]string{
		"404\tNotFound\tno":                           "no operation answers at this path",
		"404\tNotFound\tno\t\t\t-":                    "",
		"404\tNotFound\tno\t\t\tgone, alas":           "gone, alas",
		"404\tNotFound\tno\t\t\t\"a \"\"no\"\", so\"": `a "no", so`,
	} {
		row, _ := mustLoad(t, write(t, line)).Lookup(404, "NotFound")
		if row.Description != want {
			t.Errorf("%q: description %q, want %q", line, row.Description, want)
		}
	}
}

func TestOverlayIsIndependent(t *testing.T) {
	before := Default().Digest()
	loaded := mustLoad(t, write(t, "404\tBucketNotFound\tno\n404\tNotFound\twith backoff\n"))
	if !loaded.Known("BucketNotFound") || Default().Known("BucketNotFound") {
		t.Error("a code of the overlay is not known to it alone")
	}
	if row, _ := Default().Lookup(404, "NotFound"); row.Verdict != No || Default().Digest() != before {
		t.Error("an overlay changed the default edition")
	}
	sorted := slices.IsSortedFunc(loaded.Rows(), func(a, b Row) int { return compare(a, b.Status, b.Code) })
	if !sorted || len(loaded.Rows()) != 21 {
		t.Errorf("%d rows, in table order: %t", len(loaded.Rows()), sorted)
	}
}

func TestDigestIgnoresOrderAndWording(t *testing.T) {
	one := mustLoad(t, write(t, "404\tBucketNotFound\tno\n404\tObjectNotFound\tno\n"))
	two := mustLoad(t, write(t, "404\tObjectNotFound\tno\t\t\tno such object\n404\tBucketNotFound\tno\n"))
	if one.Digest() != two.Digest() {
		t.Errorf("digests %s and %s of the same answers", one.Digest(), two.Digest())
	}
	same := mustLoad(t, write(t, "404\tNotFound\tno\n"))
	if same.Digest() != Default().Digest() {
		t.Error("an overlay that changes nothing has another digest")
	}
	if mustLoad(t, "2024-06").Digest() == Default().Digest() {
		t.Error("two editions have one digest")
	}
}

func TestMalformedTablesAreRefused(t *testing.T) {
	const row = "404\tBucketNotFound\tno\n"
	long := strings.Repeat("x", maxLine)
	for name, test := range map[string]struct{ table, want string }{
		"one column":       {"404 BucketNotFound no", "1:22: the number of columns is 1, not 3 to 6; they are separated by tabs: status, code, retry, role, not-from, description"},
		"two columns":      {row + "404\tNotFound", "2:13: the number of columns is 2, not 3 to 6; they are separated by tabs: status, code, retry, role, not-from, description"},
		"seven columns":    {"404\tNotFound\tno\t\t\t\tdefault", "1:20: the number of columns is 7, not 3 to 6; they are separated by tabs: status, code, retry, role, not-from, description"},
		"no status":        {"\tNotFound\tno", `1:1: status "" is not a number from 100 to 599`},
		"small status":     {"99\tNotFound\tno", `1:1: status "99" is not a number from 100 to 599`},
		"large status":     {"600\tNotFound\tno", `1:1: status "600" is not a number from 100 to 599`},
		"signed status":    {"+404\tNotFound\tno", `1:1: status "+404" is not a number from 100 to 599`},
		"padded status":    {"0404\tNotFound\tno", `1:1: status "0404" is not a number from 100 to 599`},
		"status in words":  {"  4O4\tNotFound\tno", `1:3: status "4O4" is not a number from 100 to 599`},
		"no code":          {"404\t\tno", `1:5: code "" is not one word such as IncorrectState`},
		"two words":        {"# c\n404\t  Not Found\tno", `2:7: code "Not Found" is not one word such as IncorrectState`},
		"underscore":       {"404\tNot_Found\tno", `1:5: code "Not_Found" is not one word such as IncorrectState`},
		"small letter":     {"404\tnotFound\tno", `1:5: code "notFound" is not one word such as IncorrectState`},
		"capitals":         {"404\tNOTFOUND\tno", `1:5: code "NOTFOUND" is not one word such as IncorrectState`},
		"foreign letter":   {"404\tNötFound\tno", `1:5: code "NötFound" is not one word such as IncorrectState`},
		"unknown verdict":  {"404\tNotFound\tyes", `1:14: retry "yes" is neither no nor with backoff`},
		"no verdict":       {"404\tNotFound\t", `1:14: retry "" is neither no nor with backoff`},
		"unknown role":     {"404\tNotFound\tno\tspent", `1:17: role "spent" is neither required-state nor spent-token`},
		"unknown not-from": {"404\tNotFound\tno\t\tGet list", `1:18: not-from "list" is not the beginning of an operation's name such as Get`},
		"duplicate":        {row + "404\tNotFound\tno\n" + row, "3:1: 404 BucketNotFound stands on line 1 already"},
		"names exchanged":  {"status\tretry\tcode\n" + row, `1:8: column 2 is named "retry", and the table has code there`},
		"a name too many":  {"status\tcode\tretry\trole\tnot-from\tdescription\teditions\n" + row, "1:45: the table has no column 7; they are: status, code, retry, role, not-from, description"},
		"names later":      {row + "status\tcode\tretry\n", `2:1: status "status" is not a number from 100 to 599`},
		"a long line":      {row + long + "x", "2:4097: the line is longer than 4096 bytes"},
		"a longer line":    {row + long + long + long, "2:4097: the line is longer than 4096 bytes"},
		"a long comment":   {"#" + long + "\n" + row, "1:4097: the line is longer than 4096 bytes"},
		"a long cell":      {"404\t" + long[:200] + "\tno", `1:5: code "` + long[:40] + `" is not one word such as IncorrectState`},
		"not UTF-8":        {row + "404\tNotF\xffund\tno", "2:9: the byte 0xff is not UTF-8"},
		"UTF-16":           {"\xff\xfe4\x000\x004\x00", "1:1: the byte 0xff is not UTF-8"},
		"control":          {"404\tNotFound\tno\t\t\t\x1b[31m", "1:19: the character U+001B cannot stand in a table"},
		"old line ends":    {"404\tNotFound\tno\r403\tNotAuthorized\tno", "1:16: the character U+000D cannot stand in a table"},
		"empty":            {"", "1:1: the file has no row"},
		"only comments":    {"# nothing\n\nstatus\tcode\tretry\n", "3:1: the file has no row"},
	} {
		t.Run(name, func(t *testing.T) {
			file := write(t, test.table)
			loaded, err := Load(file)
			if err == nil || loaded != nil {
				t.Fatalf("%.60q was not refused", test.table)
			}
			if want := file + ":" + test.want; err.Error() != want {
				t.Errorf("got  %s\nwant %s", err, want)
			}
		})
	}
}

// A line of the greatest length is taken, whatever stands around it.
func TestLongestLine(t *testing.T) {
	line := "404\tNotFound\tno\t\t\t"
	line += strings.Repeat("x", maxLine-len(line))
	for _, table := range []string{line, line + "\n", "\ufeff" + line + "\r\n"} {
		if _, err := Load(write(t, table)); err != nil {
			t.Error(err)
		}
	}
}

func TestUnreadableFiles(t *testing.T) {
	const absent = ": there is no such edition and no such file; the editions are default and 2024-06"
	folder, inFile := t.TempDir(), filepath.Join(write(t, ""), "mine.tsv")
	for name, want := range map[string]string{
		folder:     "catalog " + strconv.Quote(folder) + ": it is a folder; a table is a file",
		inFile:     "catalog " + strconv.Quote(inFile) + ": the file cannot be read: not a directory",
		"2024-07":  `catalog "2024-07"` + absent,
		"a\nb.tsv": `catalog "a\nb.tsv"` + absent,
		"Default":  `catalog "Default"` + absent,
	} {
		if _, err := Load(name); err == nil || err.Error() != want {
			t.Errorf("Load(%q): %v, want %s", name, err, want)
		}
	}
}

// What was read before a failure of the disk is not judged.
func TestScannerFailure(t *testing.T) {
	input := io.MultiReader(strings.NewReader("404\tNotFound\tno\n404\tNot"), iotest.ErrReader(errors.New("bad\nsector")))
	_, err := parse("mine.tsv", input, overlayLayout)
	if want := "mine.tsv:2:1: the file cannot be read: bad\ufffdsector"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// The name of an edition is the edition's even where there is a file like it.
func TestFileNamedLikeAnEdition(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("2024-06", []byte("404\tNotFound\twith backoff\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if row, _ := mustLoad(t, "2024-06").Lookup(404, "NotFound"); row.Verdict != No {
		t.Error("a file took the place of an edition")
	}
	if row, _ := mustLoad(t, "./2024-06").Lookup(404, "NotFound"); row.Verdict != Backoff {
		t.Error("a file named like an edition is not reached by its path")
	}
}

func TestBuiltinLayoutNeedsEditions(t *testing.T) {
	for table, want := range map[string]string{
		"404\tNotFound\tno\t\t\tgone\t":                                        "f:1:24: the row is in no edition",
		"404\tNotFound\tno\t\t\tgone":                                          "f:1:23: the number of columns is 6, not 7; they are separated by tabs: status, code, retry, role, not-from, description, editions",
		"404\tNotFound\tno\t\t\tx\ta b\n404\tNotFound\twith backoff\t\t\tx\tb": "f:2:1: 404 NotFound stands on line 1 already",
		"404\tNotFound\tno\t\t\tx\ta a":                                        "f:1:1: 404 NotFound stands on line 1 already",
		"status\tcode\tretry\trole\tnot-from\tdescription\teditions\tmore\n":   "f:1:54: the table has no column 8; they are: status, code, retry, role, not-from, description, editions",
	} {
		if _, err := parse("f", strings.NewReader(table), builtinLayout); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", table, err, want)
		}
	}
}
