package missedretry

import (
	"regexp"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// Codes in the text; the codes of 400, 401, 404 and 409 are absent for certain.
func CodesInText(r common.OCIOperationResponse) bool { // want "missedretry: "
	if r.Error == nil {
		return false
	}
	text := r.Error.Error()
	return strings.Contains(text, "TooManyRequests") || strings.Contains(text, "InternalServerError") || strings.Contains(text, "ServiceUnavailable")
}

// Near miss: a bare status may stand in any text, so for the rows that lack it the answer is undetermined.
func StatusesInText(r common.OCIOperationResponse) bool {
	if r.Error == nil {
		return false
	}
	text := r.Error.Error()
	return strings.Contains(text, "429") || strings.Contains(text, "500") || strings.Contains(text, "503")
}

// Near miss: undetermined for what is left, the service's message decides.
func MessageDecidesTheRest(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	if s := se.GetHTTPStatusCode(); s == 429 || s == 500 || s == 503 {
		return true
	}
	return strings.Contains(se.GetMessage(), "try again")
}

// The message decides about 404 only; 401 is left out for certain.
func MessageDecidesMissing(r common.OCIOperationResponse) bool { // want "missedretry: "
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	if s := se.GetHTTPStatusCode(); s == 429 || s == 500 || s == 503 {
		return true
	}
	return se.GetHTTPStatusCode() == 404 && strings.Contains(se.GetMessage(), "try again")
}

// EqualFold finds the codes; four are not among them.
func FoldedCodes(r common.OCIOperationResponse) bool { // want "missedretry: "
	for _, code := range []string{"toomanyrequests", "internalservererror", "incorrectstate", "notauthenticated"} {
		if strings.EqualFold(codeOf(r.Error), code) {
			return true
		}
	}
	return false
}

// Near miss: every with-backoff code is among them.
func FoldedCodesAll(r common.OCIOperationResponse) bool {
	for _, code := range []string{
		"toomanyrequests", "internalservererror", "incorrectstate", "notauthenticated", "serviceunavailable",
		"notauthorizedornotfound", "relatedresourcenotauthorizedornotfound", "notauthorizedorresourcealreadyexists",
	} {
		if strings.EqualFold(codeOf(r.Error), code) {
			return true
		}
	}
	return false
}

// The prefix covers NotAuthenticated and both codes with "Or", but not RelatedResource….
func PrefixedCodes(r common.OCIOperationResponse) bool { // want "missedretry: "
	code := codeOf(r.Error)
	return strings.HasPrefix(code, "NotAuth") || code == "IncorrectState" || code == "TooManyRequests" || statusOf(r.Error) >= 500
}

// Near miss: anywhere in the code, so RelatedResource… too.
func ContainedCodes(r common.OCIOperationResponse) bool {
	code := codeOf(r.Error)
	return strings.Contains(code, "NotAuth") || code == "IncorrectState" || code == "TooManyRequests" || statusOf(r.Error) >= 500
}

var transientPattern = regexp.MustCompile(`Http Status Code: (429|500|503)`)

// Near miss: where the fixed parts do not match, a regular expression tells nothing.
func PatternInText(r common.OCIOperationResponse) bool {
	return r.Error != nil && transientPattern.MatchString(r.Error.Error())
}
