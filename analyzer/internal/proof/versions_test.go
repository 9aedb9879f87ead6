package proof

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// ages are predicates whose answers differ from one version of the SDK to another. An answer is one for 409 IncorrectState,
// by the versions in the order of agedVersions; what was read in those versions' sources stands beside it.
var ages = []struct{ name, body, answers, source string }{
	{"TextBefore", `return strings.HasPrefix(r.Error.Error(), "Service error:IncorrectState. ")`, "1110000?", "errors.go, servicefailure.Error: another text before v62.0.0"},
	{"TextNow", `return strings.Contains(r.Error.Error(), "Status Code: 409. Error Code: IncorrectState.")`, "???1111?", "errors.go, servicefailure.Error, from v62.0.0"},
	{"TextBegins", `return strings.HasPrefix(r.Error.Error(), "Error returned by")`, "0001111?", "errors.go, servicefailure.Error, from v62.0.0"},
	{"TextAlways", `return strings.Contains(r.Error.Error(), "IncorrectState")`, "11111111", "errors.go: the code is in both texts"},
	{"Operation", `_, ok := r.Error.(interface{ GetOperationName() string }); return ok`, "0001111?", "errors.go: GetOperationName from v65.0.0"},
	{"Original", `_, ok := r.Error.(interface{ GetOriginalMessage() string }); return ok`, "000?111?", "errors.go: not in v65.4.0, in v65.41.1"},
	{"Code", `_, ok := r.Error.(interface{ GetCode() string }); return ok`, "11111111", "errors.go, in v1.8.0 too"},
	{"Own", `_, ok := common.IsServiceError(&own{"IncorrectState"}); return ok`, "0001111?", "errors.go, IsServiceError: an assertion to the struct up to v64"},
	{"Compared", `return r.Error == r.Error`, "????ppp?", "errors.go: servicefailure holds a map from v65.18.0, and comparing panics (p)"},
	{"Key", `seen := map[error]bool{}; seen[r.Error] = true; return true`, "1111pppp", "the same"},
	{"Default", `return common.IsErrorRetryableByDefault(r.Error)`, "11111111", "retry.go, in v54.0.0 too"},
}

var agedVersions = []sdk.Version{
	{Known: true, Major: 1, Minor: 8}, {Known: true, Major: 54}, {Known: true, Major: 60},
	{Known: true, Major: 65, Minor: 8}, {Known: true, Major: 65, Minor: 41, Patch: 1}, {Known: true, Major: 65, Minor: 89, Patch: 1},
	{Known: true, Major: 65, Minor: 130}, {},
}

func TestVersions(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	source.WriteString("package predicates\n\nimport (\n\t\"strings\"\n\n\t\"github.com/oracle/oci-go-sdk/v65/common\"\n)\n\nvar _ = strings.Contains\n\n" +
		"type own struct{ code string }\n\nfunc (o *own) Error() string { return o.code }\nfunc (o *own) GetCode() string { return o.code }\n" +
		"func (o *own) GetMessage() string { return o.code }\nfunc (o *own) GetHTTPStatusCode() int { return 409 }\nfunc (o *own) GetOpcRequestID() string { return \"\" }\n")
	for _, age := range ages {
		fmt.Fprintf(&source, "\nfunc Age%s(r common.OCIOperationResponse) bool {\n\t%s\n}\n", age.name, strings.ReplaceAll(age.body, "; ", "\n\t"))
	}
	session := newProgram(t, source.String(), nil).read(t)
	for _, age := range ages {
		got := ""
		for _, version := range agedVersions {
			session.For(version)
			got += string(evaluate(session, "Age"+age.name, rowNamed(session, "409 IncorrectState")))
		}
		if got != age.answers {
			t.Errorf("%s (%s): %s, want %s; %s", age.name, age.body, got, age.answers, age.source)
		}
	}
}

func rowNamed(session *eval.Session, name string) *eval.Row {
	for _, row := range session.Rows {
		if row.Row.String() == name {
			return row
		}
	}
	return nil
}

// TestTablesOfVersions holds the SDK's tables by version: retry.go and eventual_consistency.go, in v54.0.0, v65.4.0, v65.41.1,
// v65.89.1 and v65.130.0; 505 to 599 by runs below v49.2.0.
func TestTablesOfVersions(t *testing.T) {
	for _, one := range []struct {
		version           sdk.Version
		status            int
		code              string
		retried, affected bool
	}{
		{sdk.Version{Known: true, Major: 46, Minor: 2}, 507, "InsufficientStorage", true, false},
		{sdk.Version{Known: true, Major: 54}, 507, "InsufficientStorage", false, false},
		{sdk.Version{Known: true, Major: 54}, 409, "LockConflict", false, false},
		{sdk.Version{Known: true, Major: 65, Minor: 109, Patch: 2}, 409, "LockConflict", false, false},
		{sdk.Version{Known: true, Major: 65, Minor: 109, Patch: 3}, 409, "LockConflict", true, false},
		{sdk.Version{Known: true, Major: 65, Minor: 41, Patch: 1}, 409, "ResourceAlreadyExists", false, false},
		{sdk.Version{Known: true, Major: 65, Minor: 89, Patch: 1}, 409, "ResourceAlreadyExists", false, true},
		{sdk.Version{Known: true, Major: 65, Minor: 4}, 400, "ResourceDisabled", false, false},
		{sdk.Version{Known: true, Major: 65, Minor: 41, Patch: 1}, 400, "ResourceDisabled", false, true},
		{sdk.Version{Known: true, Major: 60}, 400, "InsufficientServicePermissions", false, false},
		{sdk.Version{Known: true, Major: 65, Minor: 4}, 400, "InsufficientServicePermissions", false, true},
		{sdk.Version{Known: true, Major: 54}, 429, "TooManyRequests", true, false},
		{sdk.Version{Known: true, Major: 54}, 501, "MethodNotImplemented", false, false},
		{sdk.Version{Known: true, Major: 54}, 404, "NotAuthorizedOrNotFound", false, true},
	} {
		session := sessionOf(nil, "")
		session.For(one.version)
		if retried, known := session.RetriedByDefault(one.status, one.code); !known || retried != one.retried {
			t.Errorf("%+v: %d %s retried by default %t, known %t", one.version, one.status, one.code, retried, known)
		}
		if affected, known := session.Affected(one.status, one.code); !known || affected != one.affected {
			t.Errorf("%+v: %d %s affected %t, known %t", one.version, one.status, one.code, affected, known)
		}
	}
	unknown := sessionOf(nil, "")
	unknown.For(sdk.Version{})
	if _, known := unknown.RetriedByDefault(409, "LockConflict"); known {
		t.Error("without a version LockConflict is not told")
	}
	if retried, known := unknown.RetriedByDefault(429, "TooManyRequests"); !retried || !known {
		t.Error("without a version 429 is retried all the same")
	}
}
