package unknowncode

import (
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A prefix is not a whole code.
func prefixOfCode(se common.ServiceError) bool {
	return strings.HasPrefix(se.GetCode(), "NotAuthorised")
}

// A suffix is not a whole code.
func suffixOfCode(se common.ServiceError) bool {
	return strings.HasSuffix(se.GetCode(), "Not Found")
}

// A substring is not a whole code.
func partOfCode(se common.ServiceError) bool {
	return strings.Contains(se.GetCode(), "TooManyRequest")
}

// The text of the error is not the code.
func partOfText(err error) bool {
	return strings.Contains(err.Error(), "Incorrectstate")
}
