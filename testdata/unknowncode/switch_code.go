package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

// One wrong case among right ones: the right spelling of another code does not excuse it.
func wrongCaseAmongRightOnes(se common.ServiceError) string {
	switch se.GetCode() {
	case "LimitExceeded", "QuotaExceeded":
		return "capacity"
	case "InvalidParameters": // want "unknowncode: "
		return "request"
	default:
		return "other"
	}
}

// The near miss: every case as the catalog spells it.
func allCasesRight(se common.ServiceError) string {
	switch se.GetCode() {
	case "LimitExceeded", "QuotaExceeded":
		return "capacity"
	case "InvalidParameter":
		return "request"
	default:
		return "other"
	}
}

// Two wrong literals in one case are two places.
func twoWrongInOneCase(se common.ServiceError) bool {
	switch code := se.GetCode(); code {
	case "CanNotParseRequest", "MissingParameters": // want "unknowncode: " "unknowncode: "
		return true
	}
	return false
}

// The wrong spelling stands beside the right one: somebody knows both, silent.
func bothSpellingsInOneCase(se common.ServiceError) bool {
	switch se.GetCode() {
	case "TooManyRequests", "TooManyRequest":
		return true
	}
	return false
}

// Beside the right one in another case of the same switch: silent as well.
func bothSpellingsInOneSwitch(se common.ServiceError) int {
	switch se.GetCode() {
	case "InternalServerError":
		return 2
	case "InternalServerErrors":
		return 1
	}
	return 0
}

// The right spelling in another switch does not excuse the wrong one here.
func rightSpellingInAnotherSwitch(se common.ServiceError) (retry, wait bool) {
	switch se.GetCode() {
	case "IncorrectState":
		wait = true
	}
	switch se.GetCode() {
	case "Incorrect State": // want "unknowncode: "
		retry = true
	}
	return retry, wait
}

// A switch without a tag.
func switchWithoutTag(se common.ServiceError) bool {
	switch {
	case se.GetCode() == "noEtagMatch": // want "unknowncode: "
		return false
	default:
		return true
	}
}

// The near miss of switchWithoutTag.
func switchWithoutTagSpelledRight(se common.ServiceError) bool {
	switch {
	case se.GetCode() == "NoEtagMatch":
		return false
	default:
		return true
	}
}
