package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

func hasCode(se common.ServiceError, status int, code string) bool {
	return se.GetHTTPStatusCode() == status && se.GetCode() == code
}

// The literal is given to a helper that compares it.
func misspelledForHelper(se common.ServiceError) bool {
	return hasCode(se, 404, "NotFoud") // want "unknowncode: "
}

// A pair that never occurs, given to the helper.
func wrongPairForHelper(se common.ServiceError) bool {
	return hasCode(se, 404, "MethodNotAllowed") // want "unknowncode: "
}

// The near miss: a row of the catalog.
func rightPairForHelper(se common.ServiceError) bool {
	return hasCode(se, 405, "MethodNotAllowed")
}

func isThrottleCode(code string) bool {
	return code == "tooManyRequests" // want "unknowncode: "
}

// The code is given to a helper that compares it with its own literal.
func codeForHelper(err error) bool {
	se, ok := common.IsServiceError(err)
	return ok && isThrottleCode(se.GetCode())
}

func isThrottleWord(word string) bool {
	return word == "tooManyRequests"
}

// The near miss: this helper is asked about a word of the program's own, never about a code.
func wordForHelper(metric string) bool {
	return isThrottleWord(metric)
}
