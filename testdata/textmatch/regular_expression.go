package textmatch

import (
	"regexp"

	"github.com/oracle/oci-go-sdk/v65/common"
)

var (
	retryableText  = regexp.MustCompile(`IncorrectState|TooManyRequests`)
	throttledText  = regexp.MustCompile(`(?i)http status code:\s*429`)
	capacityText   = regexp.MustCompile(`(?i)out of (host )?capacity`)
	tagMissingText = regexp.MustCompile(`tag namespace.*not found`)
)

// Codes in a regular expression.
func codesInExpression(r common.OCIOperationResponse) bool {
	return r.Error != nil && retryableText.MatchString(r.Error.Error()) // want "textmatch: "
}

// A status in a regular expression.
func statusInExpression(r common.OCIOperationResponse) bool {
	return r.Error != nil && throttledText.MatchString(r.Error.Error()) // want "textmatch: "
}

// The near miss: a phrase in a regular expression.
func phraseInExpression(r common.OCIOperationResponse) bool {
	return r.Error != nil && capacityText.MatchString(r.Error.Error())
}

// The near miss: the expression with codes is asked of the message.
func codesInMessage(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && retryableText.MatchString(se.GetMessage())
}

// A phrase that the message of some service has.
func tagPhraseInExpression(r common.OCIOperationResponse) bool {
	return r.Error != nil && tagMissingText.MatchString(r.Error.Error())
}

// The function of the package.
func expressionInTheCall(r common.OCIOperationResponse) bool {
	if r.Error == nil {
		return false
	}
	found, err := regexp.MatchString(`Error Code: (InternalServerError|ServiceUnavailable)\.`, r.Error.Error()) // want "textmatch: "
	return err == nil && found
}

// The near miss: the service error's code against an expression.
func codeAgainstExpression(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && retryableText.MatchString(se.GetCode())
}

var anyServerFault = regexp.MustCompile(`Http Status Code: 5\d\d`)

// Statuses that are written as a class.
func isServerFault(r common.OCIOperationResponse) bool {
	return r.Error != nil && anyServerFault.MatchString(r.Error.Error()) // want "textmatch: "
}

var outdatedClient = regexp.MustCompile(`client version 4\.[0-9]+`)

// The near miss: digits that are no status.
func isOutdated(r common.OCIOperationResponse) bool {
	return r.Error != nil && outdatedClient.MatchString(r.Error.Error())
}
