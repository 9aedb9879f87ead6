package unknowncode

import (
	"slices"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A list in the call.
func listInTheCall(se common.ServiceError) bool {
	return slices.Contains([]string{"IncorrectState", "TooManyReqests"}, se.GetCode()) // want "unknowncode: "
}

// The near miss of listInTheCall.
func rightListInTheCall(se common.ServiceError) bool {
	return slices.Contains([]string{"IncorrectState", "TooManyRequests"}, se.GetCode())
}

var clientErrors = []string{
	"CannotParseRequest",
	"InvalidParameter",
	"Limit Exceeded", // want "unknowncode: "
	"MissingParameter",
}

// A list of the package.
func listOfThePackage(se common.ServiceError) bool {
	return slices.Contains(clientErrors, se.GetCode())
}

var tolerantList = []string{"LimitExceeded", "Limit Exceeded"}

// Both spellings in one list: silent.
func bothSpellingsInList(se common.ServiceError) bool {
	return slices.Contains(tolerantList, se.GetCode())
}

var conflicts = []string{
	"IncorrectState",
	"NotAuthorizedOrResourceAlreadyExsts", // want "unknowncode: "
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// The program's own search.
func ownSearch(se common.ServiceError) bool {
	return contains(conflicts, se.GetCode())
}

var hints = []string{"Limit Exceeded", "TooManyRequest"}

// A list with misspellings that is searched for a message: a message is no code.
func messageInList(se common.ServiceError) bool {
	return slices.Contains(hints, se.GetMessage())
}
