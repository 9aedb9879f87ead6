package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

type failure struct {
	status int
	code   string
}

var retryableFailures = map[failure]bool{
	{409, "IncorrectState"}:     true,
	{404, "TooManyRequests"}:    true, // want "unknowncode: "
	{500, "InternalSeverError"}: true, // want "unknowncode: "
	{503, "ServiceUnavailable"}: true,
}

// One key pairs a code with a foreign status, one is misspelled.
func lookupByStruct(se common.ServiceError) bool {
	return retryableFailures[failure{se.GetHTTPStatusCode(), se.GetCode()}]
}

var retryableFailuresRight = map[failure]bool{
	{409, "IncorrectState"}:      true,
	{429, "TooManyRequests"}:     true,
	{500, "InternalServerError"}: true,
	{409, "LockConflict"}:        true,
}

// The near miss: rows of the catalog, and a code of the SDK's own table.
func lookupByRightStruct(se common.ServiceError) bool {
	return retryableFailuresRight[failure{se.GetHTTPStatusCode(), se.GetCode()}]
}

// Compared as a whole.
func comparedAsStruct(se common.ServiceError) bool {
	got := failure{status: se.GetHTTPStatusCode(), code: se.GetCode()}
	return got == failure{status: 403, code: "NotAuthenticated"} // want "unknowncode: "
}

// The near miss of comparedAsStruct.
func comparedAsRightStruct(se common.ServiceError) bool {
	got := failure{status: se.GetHTTPStatusCode(), code: se.GetCode()}
	return got == failure{status: 401, code: "NotAuthenticated"}
}

var finalFailures = []failure{
	{400, "LimitExceeded"},
	{409, "QuotaExceeded"}, // want "unknowncode: "
}

// A list of pairs, searched in a loop.
func searchedInLoop(se common.ServiceError) bool {
	for _, f := range finalFailures {
		if f.status == se.GetHTTPStatusCode() && f.code == se.GetCode() {
			return true
		}
	}
	return false
}

var finalFailuresRight = []failure{
	{400, "LimitExceeded"},
	{400, "QuotaExceeded"},
}

// The near miss of searchedInLoop.
func rightListSearchedInLoop(se common.ServiceError) bool {
	for _, f := range finalFailuresRight {
		if f.status == se.GetHTTPStatusCode() && f.code == se.GetCode() {
			return true
		}
	}
	return false
}
