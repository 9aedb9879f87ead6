package eval

import (
	"slices"
	"strconv"

	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// What the SDK does by itself has changed from version to version. A program is judged by its own; where that is not known,
// what has changed is undetermined.

// For judges the package by a version of the SDK.
func (s *Session) For(version sdk.Version) {
	s.Version = version
	for _, row := range s.Rows {
		s.spell(row, "")
	}
}

// since reports whether the SDK is a version or a later one, as a condition.
func (s *Session) since(major, minor, patch int, what string) Value {
	is, known := s.Version.Since(major, minor, patch)
	if !known {
		return s.undetermined(what)
	}
	return s.boolean(is, Presence)
}

// spell notes what the text of a row's error contains for certain, and how it begins (errors.go, servicefailure.Error;
// another text before v62.0.0); meant is the code that the service means where the row has none.
func (s *Session) spell(row *Row, meant string) {
	status, code := strconv.Itoa(row.Row.Status), row.Row.Code
	begins := ""
	switch {
	case s.Version.Has(62, 0, 0):
		row.Fixed, begins = []string{
			"Http Status Code: " + status + ". Error Code: " + code + ".",
			"apierrors_" + status + "__" + status + "_" + lower(code),
		}, "Error returned by "
	case s.Version.Lacks(62, 0, 0):
		row.Fixed, begins = []string{"Service error:" + code + ". ", " http status code: " + status}, "Service error:"+code+". "
	default:
		row.Fixed = []string{code, status}
	}
	row.met.Say(inquiry.Says{Status: row.Row.Status, Code: code, Meant: meant, Texts: row.Fixed, Begins: begins})
}

// changed is a row of one of the SDK's tables that has not always been there.
type changed struct {
	statusCode
	since [3]int
}

// laterRetried are the rows of retriedByDefault that came later.
var laterRetried = []changed{{statusCode{409, "LockConflict"}, [3]int{65, 109, 3}}}

// laterAffected are the rows of affected that came later.
var laterAffected = []changed{
	{statusCode{409, "ResourceAlreadyExists"}, [3]int{65, 49, 3}},
	{statusCode{400, "ResourceDisabled"}, [3]int{65, 8, 1}},
	{statusCode{400, "InsufficientServicePermissions"}, [3]int{65, 0, 0}},
}

// RetriedByDefault answers IsErrorRetryableByDefault for a service error, as far as the version is known that decides.
func (s *Session) RetriedByDefault(status int, code string) (answer, known bool) {
	if 505 <= status && status < 600 { // below v49.2.0 all of them but 501
		is, known := s.Version.Since(49, 2, 0)
		return !is, known
	}
	return s.inTable(RetriedByDefault(status, code), laterRetried, statusCode{status, code})
}

// Affected answers IsErrorAffectedByEventualConsistency for a service error, as far as the version is known that decides.
func (s *Session) Affected(status int, code string) (answer, known bool) {
	return s.inTable(affected[statusCode{status, code}], laterAffected, statusCode{status, code})
}

func (s *Session) inTable(now bool, later []changed, row statusCode) (answer, known bool) {
	at := slices.IndexFunc(later, func(one changed) bool { return one.statusCode == row })
	if at < 0 {
		return now, true
	}
	since := later[at].since
	return s.Version.Since(since[0], since[1], since[2])
}

// hasMethods reports whether the SDK's error has all methods that an interface asks for, as a condition.
func (s *Session) hasMethods(asked *summary.Type) Value {
	if !methodsWithin(asked, serviceErrorMethods) {
		return s.boolean(false, Presence)
	}
	answer := s.boolean(true, Presence)
	for _, method := range asked.Methods {
		if has := s.hasMethodNow(method.Name); !isTrue(has) {
			if isFalse(has) {
				return has
			}
			answer = has
		}
	}
	return answer
}

// hasMethodNow reports whether the SDK's error has one of its methods in this version. When those between were added was
// looked for in v1.8.0, v24.3.0, v65.4.0 and v65.41.1.
func (s *Session) hasMethodNow(name string) Value {
	switch name {
	case "Error", "GetHTTPStatusCode", "GetMessage", "GetCode":
		return s.boolean(true, Presence)
	case "GetOpcRequestID":
		return s.between([3]int{1, 8, 1}, [3]int{24, 3, 0})
	case "GetOriginalMessage", "GetOriginalMessageTemplate", "GetMessageArgument":
		return s.between([3]int{65, 4, 1}, [3]int{65, 41, 1})
	}
	return s.since(65, 0, 0, "a method of the SDK's error")
}

// between reports whether the SDK has what came with some version from the first on, and not after the last.
func (s *Session) between(first, last [3]int) Value {
	switch {
	case s.Version.Has(last[0], last[1], last[2]):
		return s.boolean(true, Presence)
	case s.Version.Lacks(first[0], first[1], first[2]):
		return s.boolean(false, Presence)
	}
	return s.undetermined("a method of the SDK's error")
}

// comparing reports what becomes of a comparison of two service errors: from v65.18.0 they hold a map, and it panics.
func (s *Session) comparing() (panics Value) { return s.since(65, 18, 0, "service errors compared") }

// exhausted reports whether a request's policy that gives up answers with a text alone, as from v1.3.0 to v15.7.0.
func (s *Session) exhausted(policy Value) bool {
	return policy != nil && policy.Kind != Nil && s.Version.Has(1, 3, 0) && s.Version.Lacks(15, 7, 1)
}
