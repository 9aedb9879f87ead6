package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// published is what the default edition must say, row by row.
var published = []string{
	"400 CannotParseRequest: no",
	"400 InvalidParameter: no",
	"400 LimitExceeded: no",
	"400 MissingParameter: no",
	"400 QuotaExceeded: no",
	"400 RelatedResourceNotAuthorizedOrNotFound: with backoff",
	"401 NotAuthenticated: with backoff",
	"402 SignUpRequired: no",
	"403 NotAuthorized: no",
	"404 NotAuthorizedOrNotFound: with backoff",
	"404 NotFound: no",
	"405 MethodNotAllowed: no",
	"409 IncorrectState: with backoff required-state",
	"409 InvalidatedRetryToken: no spent-token",
	"409 NotAuthorizedOrResourceAlreadyExists: with backoff [Get List Head Search Summarize Query Update Delete Terminate]",
	"412 NoEtagMatch: no",
	"429 TooManyRequests: with backoff",
	"500 InternalServerError: with backoff",
	"501 MethodNotImplemented: no",
	"503 ServiceUnavailable: with backoff",
}

// summarize returns all that a row says but its description.
func summarize(row Row) string {
	text := fmt.Sprintf("%s: %s", row, row.Verdict)
	if row.Role != NoRole {
		text += " " + row.Role.String()
	}
	if len(row.NotFrom) > 0 {
		text += " " + fmt.Sprint(row.NotFrom)
	}
	return text
}

func summarizeAll(rows []Row) []string {
	var texts []string
	for _, row := range rows {
		texts = append(texts, summarize(row))
	}
	return texts
}

// mustLoad returns a catalog that has to load.
func mustLoad(t testing.TB, nameOrFile string) *Catalog {
	t.Helper()
	loaded, err := Load(nameOrFile)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestDefaultSaysWhatIsPublished(t *testing.T) {
	if got := summarizeAll(Default().Rows()); !slices.Equal(got, published) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(published, "\n"))
	}
}

func TestEditionsHaveTheirRows(t *testing.T) {
	counts := map[string]int{"default": 20, "2024-06": 32}
	names := Editions()
	if !slices.Equal(names, []string{"default", "2024-06"}) {
		t.Errorf("Editions() = %q, want default, then 2024-06", names)
	}
	for _, name := range names {
		if got := len(mustLoad(t, name).Rows()); got != counts[name] {
			t.Errorf("edition %s has %d rows, want %d", name, got, counts[name])
		}
	}
	if mustLoad(t, "") != Default() || mustLoad(t, "default") != Default() {
		t.Error("the empty name and default are not the default edition")
	}
}

func TestEarlierEditionDiffersWhereItShould(t *testing.T) {
	earlier := summarizeAll(mustLoad(t, "2024-06").Rows())
	only := func(in, notIn []string) []string {
		return slices.DeleteFunc(slices.Clone(in), func(text string) bool { return slices.Contains(notIn, text) })
	}
	gone := []string{
		"400 RelatedResourceNotAuthorizedOrNotFound: with backoff",
		"401 NotAuthenticated: with backoff",
		"402 SignUpRequired: no",
		"404 NotAuthorizedOrNotFound: with backoff",
		"409 NotAuthorizedOrResourceAlreadyExists: with backoff [Get List Head Search Summarize Query Update Delete Terminate]",
	}
	come := []string{
		"400 RelatedResourceNotAuthorizedOrNotFound: no",
		"401 NotAuthenticated: no",
		"403 NotAllowed: no",
		"403 SignUpRequired: no",
		"404 InvalidParameter: no",
		"404 NamespaceNotFound: no",
		"404 NotAuthorizedOrNotFound: no",
		"409 Conflict: no",
		"409 ExternalServerIncorrectState: with backoff",
		"409 NotAuthorizedOrResourceAlreadyExists: no [Get List Head Search Summarize Query Update Delete Terminate]",
		"409 ResourceLocked: no",
		"413 PayloadTooLarge: no",
		"422 UnprocessableEntity: no",
		"431 RequestHeaderFieldsTooLarge: no",
		"503 ExternalServerInvalidResponse: with backoff",
		"503 ExternalServerTimeout: with backoff",
		"503 ExternalServerUnreachable: with backoff",
	}
	if got := only(published, earlier); !slices.Equal(got, gone) {
		t.Errorf("not in 2024-06: %q, want %q", got, gone)
	}
	if got := only(earlier, published); !slices.Equal(got, come) {
		t.Errorf("only in 2024-06: %q, want %q", got, come)
	}
}

func TestEveryBuiltinRowIsDescribed(t *testing.T) {
	for _, name := range Editions() {
		for _, row := range mustLoad(t, name).Rows() {
			if row.Description == "" {
				t.Errorf("%s: %s has no description", name, row)
			}
		}
	}
}

// Each line of the built-in file must matter: without it, or with another
// word in one of its cells, some edition has another digest.
func TestEveryBuiltinLineChangesAnAnswer(t *testing.T) {
	other := map[string]string{
		"no": "with backoff", "with backoff": "no",
		"": "spent-token", "required-state": "spent-token", "spent-token": "required-state",
		"default 2024-06": "default", "default": "2024-06x", "2024-06": "2024-06x",
	}
	whole := digests(t, builtinTable)
	for text := range strings.Lines(builtinTable) {
		if strings.HasPrefix(text, "#") || strings.HasPrefix(text, "status") {
			continue
		}
		if digests(t, strings.Replace(builtinTable, text, "", 1)) == whole {
			t.Errorf("no answer changes without %q", text)
		}
		cells := strings.Split(strings.TrimSuffix(text, "\n"), "\t")
		for _, column := range []int{2, 3, 6} {
			changed := slices.Clone(cells)
			changed[column] = other[cells[column]]
			if digests(t, strings.Replace(builtinTable, text, strings.Join(changed, "\t")+"\n", 1)) == whole {
				t.Errorf("no answer changes with %q in place of %q in %q", changed[column], cells[column], text)
			}
		}
	}
}

func digests(t *testing.T, table string) string {
	t.Helper()
	lines, err := parse("table", strings.NewReader(table), builtinLayout)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	made := newEditions(lines)
	for _, name := range made.names {
		fmt.Fprintln(&all, name, made.catalogs[name].Digest())
	}
	return all.String()
}

func TestLookups(t *testing.T) {
	c := mustLoad(t, "2024-06")
	if row, found := c.Lookup(404, "InvalidParameter"); !found || row.String() != "404 InvalidParameter" {
		t.Errorf("Lookup(404, InvalidParameter) = %s, %t", row, found)
	}
	for _, missing := range []Row{{Status: 404, Code: "Conflict"}, {Status: 404}, {Status: 0}, {Status: 600, Code: "NotFound"}} {
		if row, found := c.Lookup(missing.Status, missing.Code); found {
			t.Errorf("Lookup(%s) found %s", missing, row)
		}
	}
	if got := summarizeAll(c.ByCode("InvalidParameter")); !slices.Equal(got, []string{"400 InvalidParameter: no", "404 InvalidParameter: no"}) {
		t.Errorf("ByCode(InvalidParameter) = %q", got)
	}
	if got := summarizeAll(Default().ByStatus(404)); !slices.Equal(got, []string{"404 NotAuthorizedOrNotFound: with backoff", "404 NotFound: no"}) {
		t.Errorf("ByStatus(404) = %q", got)
	}
	if len(c.ByCode("BucketNotFound")) != 0 || len(c.ByStatus(418)) != 0 || len(c.ByStatus(600)) != 0 {
		t.Error("rows are found for what no row has")
	}
}

// Every row is found by each question, whatever the order they are kept in.
func TestRowsAgreeWithLookups(t *testing.T) {
	for _, name := range Editions() {
		c := mustLoad(t, name)
		for _, row := range c.Rows() {
			same := func(other Row) bool { return summarize(other) == summarize(row) }
			found, _ := c.Lookup(row.Status, row.Code)
			if !same(found) || !slices.ContainsFunc(c.ByStatus(row.Status), same) || !slices.ContainsFunc(c.ByCode(row.Code), same) {
				t.Errorf("%s: %s is not found by every question", name, row)
			}
		}
	}
}

func TestAnswersAreTheCallers(t *testing.T) {
	Default().Rows()[0].Code = "Changed"
	Default().ByStatus(400)[0].Code = "Changed"
	Editions()[0] = "changed"
	if Default().Rows()[0].Code != "CannotParseRequest" || Editions()[0] != "default" {
		t.Error("a caller changed the catalog through an answer")
	}
}

func TestCanComeFrom(t *testing.T) {
	exists, _ := Default().Lookup(409, "NotAuthorizedOrResourceAlreadyExists")
	for operation, want := range map[string]bool{
		"CreateVcn": true, "LaunchInstance": true, "ChangeVcnCompartment": true, "": true, "ForgetVcn": true,
		"GetVcn": false, "ListVcns": false, "HeadObject": false, "SearchLogs": false, "SummarizeMetricsData": false,
		"Query": false, "UpdateVcn": false, "DeleteVcn": false, "TerminateInstance": false,
	} {
		if got := exists.CanComeFrom(operation); got != want {
			t.Errorf("%s.CanComeFrom(%q) = %t", exists, operation, got)
		}
	}
	if absent, _ := Default().Lookup(404, "NotFound"); !absent.CanComeFrom("GetVcn") {
		t.Errorf("%s cannot come from GetVcn", absent)
	}
}

func TestWordsOfVerdictsAndRoles(t *testing.T) {
	for got, want := range map[string]string{
		No.String(): "no", Backoff.String(): "with backoff", Verdict(7).String(): "verdict(7)",
		NoRole.String(): "", RequiredState.String(): "required-state", SpentToken.String(): "spent-token",
		Role(-1).String(): "role(-1)",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestKnown(t *testing.T) {
	for code, want := range map[string]bool{
		"NotFound": true, "Conflict": true, "ResourceLocked": true, // the last two are the other edition's
		"notfound": false, "BucketNotFound": false, "": false,
	} {
		if got := Default().Known(code); got != want {
			t.Errorf("Known(%q) = %t", code, got)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	c := Default()
	rows := append(c.Rows(), Row{Status: 404, Code: "BucketNotFound"})
	b.ReportAllocs()
	for b.Loop() {
		for _, row := range rows {
			c.Lookup(row.Status, row.Code)
		}
	}
}
