package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

// The right spelling stands in the same condition: silent.
func eitherSpelling(se common.ServiceError) bool {
	return se.GetCode() == "InvalidParameter" || se.GetCode() == "InvalidParameters"
}

// Two conditions: the right spelling in one does not excuse the wrong one in the other.
func spellingsInTwoConditions(se common.ServiceError) int {
	if se.GetCode() == "InvalidParameter" {
		return 1
	}
	if se.GetCode() == "Invalid Parameter" { // want "unknowncode: "
		return 2
	}
	return 0
}

// Beside the right spelling of another code: that is no excuse.
func besideAnotherCode(se common.ServiceError) bool {
	return se.GetCode() == "MissingParameter" || se.GetCode() == "InvalidParamter" // want "unknowncode: "
}
