package nonretryable

import (
	"regexp"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// "NotFound" stands in three codes, one of them NotFound itself.
func TextNotFound(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && strings.Contains(r.Error.Error(), "NotFound")
}

// Near miss: this longer text stands in the two with-backoff codes only.
func TextNotAuthorizedOrNotFound(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), "NotAuthorizedOrNotFound")
}

// Both 404 rows have this text for certain.
func TextStatus404(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && strings.Contains(r.Error.Error(), "Http Status Code: 404")
}

// Near miss: only TooManyRequests has it for certain.
func TextStatus429(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), "Http Status Code: 429")
}

// A bare number: certain for the rows that have the status, so for NotFound.
func TextBare404(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && strings.Contains(r.Error.Error(), "404")
}

// Near miss: of the rows that have this status only InvalidatedRetryToken is a "no"; for others it is undetermined.
func TextBare409(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), "409")
}

// Undetermined: the service's message may hold it or not.
func TextTryAgain(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), "try again later")
}

// Undetermined for every row: the message is the service's own.
func MessageTells(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && strings.Contains(strings.ToLower(se.GetMessage()), "out of host capacity")
}

// The message decides only after 402 has been let in.
func MessageTellsTheRest(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	if se.GetHTTPStatusCode() == 402 {
		return true
	}
	return strings.Contains(se.GetMessage(), "out of host capacity")
}

var (
	quotaPattern  = regexp.MustCompile(`Error Code: (LimitExceeded|QuotaExceeded)\.`)
	absentPattern = regexp.MustCompile(`(?i)does not exist`)
)

// The fixed parts of LimitExceeded and QuotaExceeded match by themselves.
func PatternOnFixedParts(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && quotaPattern.MatchString(r.Error.Error())
}

// Undetermined: the pattern can only match the message.
func PatternOnMessage(r common.OCIOperationResponse) bool {
	return r.Error != nil && absentPattern.MatchString(r.Error.Error())
}

// Equality of the whole text with a code is certainly false, so nothing is retried.
func WholeText(r common.OCIOperationResponse) bool {
	return r.Error != nil && r.Error.Error() == "LimitExceeded"
}

// Everything without this code in the text: nineteen rows, decided.
func TextWithoutCode(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return r.Error != nil && !strings.Contains(r.Error.Error(), "InvalidParameter")
}

// A prefix of the code: NotAuthorized itself is one of four.
func CodePrefix(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return strings.HasPrefix(codeOf(r.Error), "NotAuthorized")
}

// Near miss: the longer prefix leaves NotAuthorized out.
func CodePrefixOr(r common.OCIOperationResponse) bool {
	return strings.HasPrefix(codeOf(r.Error), "NotAuthorizedOr")
}

// LimitExceeded and QuotaExceeded end so.
func CodeSuffix(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return strings.HasSuffix(codeOf(r.Error), "Exceeded")
}

// Near miss: only ServiceUnavailable ends so.
func CodeSuffixUnavailable(r common.OCIOperationResponse) bool {
	return strings.HasSuffix(codeOf(r.Error), "Unavailable")
}

// Case does not matter to EqualFold.
func CodeEqualFold(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return strings.EqualFold(codeOf(r.Error), "notfound")
}

// Near miss: it does to ==, so nothing is retried.
func CodeEqualLower(r common.OCIOperationResponse) bool {
	return codeOf(r.Error) == "notfound"
}

// Lower-cased before the switch.
func CodeLowered(r common.OCIOperationResponse) bool { // want "nonretryable: "
	switch strings.ToLower(codeOf(r.Error)) {
	case "signuprequired", "toomanyrequests":
		return true
	}
	return false
}

// Near miss: upper-cased before the same spelling, so no case is met.
func CodeRaised(r common.OCIOperationResponse) bool {
	switch strings.ToUpper(codeOf(r.Error)) {
	case "signuprequired", "toomanyrequests":
		return true
	}
	return false
}

// Codes split from one string.
func CodesSplit(r common.OCIOperationResponse) bool { // want "nonretryable: "
	for _, code := range strings.Split("TooManyRequests,MissingParameter", ",") {
		if codeOf(r.Error) == code {
			return true
		}
	}
	return false
}
