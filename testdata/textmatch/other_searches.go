package textmatch

import (
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// Index is a search.
func indexOfCode(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Index(r.Error.Error(), "ServiceUnavailable") >= 0 // want "textmatch: "
}

// The near miss: Index of a phrase.
func indexOfPhrase(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Index(r.Error.Error(), "temporarily out of service") >= 0
}

// A prefix.
func prefixIsStatus(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.HasPrefix(r.Error.Error(), "429") // want "textmatch: "
}

// The near miss: a prefix that names a service.
func prefixIsService(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.HasPrefix(r.Error.Error(), "Error returned by Identity Service.")
}

// A suffix.
func suffixIsCode(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.HasSuffix(r.Error.Error(), "IncorrectState") // want "textmatch: "
}

// The near miss: a suffix that is no code.
func suffixIsPhrase(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.HasSuffix(r.Error.Error(), "unexpected EOF")
}
