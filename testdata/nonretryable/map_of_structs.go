package nonretryable

import (
	"maps"
	"slices"

	"github.com/oracle/oci-go-sdk/v65/common"
)

type statusCode struct {
	status int
	code   string
}

var verdicts = map[statusCode]bool{
	{404, "NotAuthorizedOrNotFound"}: true,
	{404, "NotFound"}:                false,
	{429, "TooManyRequests"}:         true,
	{501, "MethodNotImplemented"}:    false,
	{412, "NoEtagMatch"}:             true, // the mistake
}

var soundVerdicts = map[statusCode]bool{
	{404, "NotAuthorizedOrNotFound"}: true,
	{404, "NotFound"}:                false,
	{429, "TooManyRequests"}:         true,
	{501, "MethodNotImplemented"}:    false,
	{412, "NoEtagMatch"}:             false,
}

// 412 NoEtagMatch is true in the table.
func LooksUpPair(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && verdicts[statusCode{se.GetHTTPStatusCode(), se.GetCode()}]
}

// Near miss: in this table all "no" rows are false or absent.
func LooksUpSoundPair(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && soundVerdicts[statusCode{se.GetHTTPStatusCode(), se.GetCode()}]
}

// A pair that is not in the table is retried: InvalidParameter and many more.
func UnknownPairIsRetried(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if again, known := soundVerdicts[statusCode{statusOf(r.Error), codeOf(r.Error)}]; known {
		return again
	}
	return true
}

// Near miss: a pair that is not in the table is a 5xx but 501, or not retried.
func UnknownPairByStatus(r common.OCIOperationResponse) bool {
	if again, known := soundVerdicts[statusCode{statusOf(r.Error), codeOf(r.Error)}]; known {
		return again
	}
	return statusOf(r.Error) >= 500
}

// Presence in the map decides, not the value: NotFound is there, as false.
func PresenceDecides(r common.OCIOperationResponse) bool { // want "nonretryable: "
	_, known := soundVerdicts[statusCode{statusOf(r.Error), codeOf(r.Error)}]
	return known
}

var retryableCodes = map[string]bool{"TooManyRequests": true, "NotAuthenticated": true, "LimitExceeded": true}

// A map keyed by code names LimitExceeded.
func CodeMap(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return retryableCodes[codeOf(r.Error)]
}

// Near miss: the same map behind a test for the statuses of its with-backoff codes.
func CodeMapBehindStatus(r common.OCIOperationResponse) bool {
	switch statusOf(r.Error) {
	case 401, 429:
		return retryableCodes[codeOf(r.Error)]
	}
	return false
}

// Codes by status: the list of 400 holds MissingParameter.
var codesByStatus = map[int][]string{
	400: {"RelatedResourceNotAuthorizedOrNotFound", "MissingParameter"},
	409: {"IncorrectState"},
}

func CodesByStatus(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return slices.Contains(codesByStatus[statusOf(r.Error)], codeOf(r.Error))
}

// Near miss: only the list of 409 is looked at.
func CodesOfConflict(r common.OCIOperationResponse) bool {
	return slices.Contains(codesByStatus[409], codeOf(r.Error))
}

// A clone of the sound table without changes answers like it.
func ClonedTable(r common.OCIOperationResponse) bool {
	table := maps.Clone(soundVerdicts)
	return table[statusCode{statusOf(r.Error), codeOf(r.Error)}]
}

// The clone gets one more entry, 403 NotAuthorized.
func ClonedTableExtended(r common.OCIOperationResponse) bool { // want "nonretryable: "
	table := maps.Clone(soundVerdicts)
	table[statusCode{403, "NotAuthorized"}] = true
	return table[statusCode{statusOf(r.Error), codeOf(r.Error)}]
}
