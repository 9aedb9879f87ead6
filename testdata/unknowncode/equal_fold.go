package unknowncode

import (
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// EqualFold forgives the case, not the separator.
func foldWithSeparator(se common.ServiceError) bool {
	return strings.EqualFold(se.GetCode(), "incorrect_state") // want "unknowncode: "
}

// The near miss: only the case differs, and EqualFold is there to forgive it.
func foldWithoutSeparator(se common.ServiceError) bool {
	return strings.EqualFold(se.GetCode(), "incorrectstate")
}

// A letter is missing, the literal stands first.
func foldWithLetterMissing(se common.ServiceError) bool {
	return strings.EqualFold("NoEtagMach", se.GetCode()) // want "unknowncode: "
}

// Both sides lower-cased: the literal is the lower-cased code, as it has to be.
func loweredAndLowerCase(se common.ServiceError) bool {
	return strings.ToLower(se.GetCode()) == "toomanyrequests"
}
