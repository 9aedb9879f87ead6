package nonretryable

import (
	"os"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/oracle/oci-go-sdk/v65/common"
)

func oneOf[T comparable](x T, among ...T) bool {
	for _, y := range among {
		if x == y {
			return true
		}
	}
	return false
}

var loudStatuses = []int{400, 429, 500, 503}

var quietStatuses = []int{401, 429, 500, 503}

// 400 holds five "no" rows.
func ListedStatus(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return slices.Contains(loudStatuses, statusOf(r.Error))
}

// Near miss: 401 in place of 400.
func ListedQuietStatus(r common.OCIOperationResponse) bool {
	return slices.Contains(quietStatuses, statusOf(r.Error))
}

// Not in the list: 402, 403, 405 … are retried.
func UnlistedStatus(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return !slices.Contains(quietStatuses, statusOf(r.Error))
}

// Near miss: a list of all statuses with a "no" row; what is not in it is with backoff throughout.
func UnlistedNoStatus(r common.OCIOperationResponse) bool {
	return !slices.Contains([]int{400, 402, 403, 404, 405, 409, 412, 501}, statusOf(r.Error))
}

// A generic helper over codes, one of them LimitExceeded.
func GenericMembership(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return oneOf(codeOf(r.Error), "TooManyRequests", "LimitExceeded")
}

// Near miss: both codes are with backoff.
func GenericMembershipSound(r common.OCIOperationResponse) bool {
	return oneOf(codeOf(r.Error), "TooManyRequests", "ServiceUnavailable")
}

var rules = []struct {
	status int
	code   string // empty: every code
}{
	{429, ""},
	{409, "IncorrectState"},
	{404, ""},
}

// A loop over rules; the empty code of 404 lets NotFound in.
func RuleLoop(r common.OCIOperationResponse) bool { // want "nonretryable: "
	status, code := statusOf(r.Error), codeOf(r.Error)
	for _, rule := range rules {
		if rule.status == status && (rule.code == "" || rule.code == code) {
			return true
		}
	}
	return false
}

// Near miss: the last rule is left out.
func RuleLoopShort(r common.OCIOperationResponse) bool {
	status, code := statusOf(r.Error), codeOf(r.Error)
	for _, rule := range rules[:2] {
		if rule.status == status && (rule.code == "" || rule.code == code) {
			return true
		}
	}
	return false
}

// Membership by a function: 405 is in the list.
func MembershipByFunction(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return slices.ContainsFunc([]int{401, 405}, func(s int) bool { return s == statusOf(r.Error) })
}

// Near miss: the list has 401 alone.
func MembershipByFunctionSound(r common.OCIOperationResponse) bool {
	return slices.ContainsFunc([]int{401}, func(s int) bool { return s == statusOf(r.Error) })
}

// filledByInit is completed before anything else runs.
var filledByInit = map[int]bool{429: true}

func init() {
	for _, status := range []int{404, 503} {
		filledByInit[status] = true
	}
}

// Only 429 and 503 stand in the literal's neighbourhood, but 404 is there too.
func mapFilledByInit(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && filledByInit[se.GetHTTPStatusCode()]
}

var filledLater = map[int]bool{404: true}

// forgive takes out what was there.
func forgive(status int) { delete(filledLater, status) }

// The near miss: what is in the map changes while the program runs.
func mapFilledLater(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && filledLater[se.GetHTTPStatusCode()]
}

var sortedStatuses = []int{404, 429, 503}

// A list that is searched by halves.
func inSortedList(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	_, found := slices.BinarySearch(sortedStatuses, se.GetHTTPStatusCode())
	return found
}

var sortedCodes = []string{"IncorrectState", "InternalServerError", "TooManyRequests"}

// The near miss: codes that may be retried.
func inSortedCodes(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	_, found := slices.BinarySearch(sortedCodes, se.GetCode())
	return found
}

// A table that is made when it is asked for first.
var tableOfFirst = sync.OnceValue(func() map[string]bool {
	return map[string]bool{"TooManyRequests": true, "NotFound": true}
})

func inTableOfFirst(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return tableOfFirst()[codeOfHere(r)]
}

// Near misses: sound, and read from outside.

var soundTableOfFirst = sync.OnceValue(func() map[string]bool {
	return map[string]bool{"TooManyRequests": true, "InternalServerError": true}
})

func inSoundTable(r common.OCIOperationResponse) bool { return soundTableOfFirst()[codeOfHere(r)] }

var tableFromOutside = sync.OnceValue(func() []string { return strings.Split(os.Getenv("RETRIED"), ",") })

func inTableFromOutside(r common.OCIOperationResponse) bool {
	return slices.Contains(tableFromOutside(), codeOfHere(r))
}

// Looked up by the place where it would stand.
var inOrder = []string{"IncorrectState", "NotFound", "TooManyRequests"}

func foundInOrder(r common.OCIOperationResponse) bool { // want "nonretryable: "
	code := codeOfHere(r)
	i := sort.SearchStrings(inOrder, code)
	return i < len(inOrder) && inOrder[i] == code
}

// Near misses: sound, and a list that is in no order, where the search finds what it finds.

var soundInOrder = []string{"IncorrectState", "InternalServerError", "TooManyRequests"}

func foundInSoundOrder(r common.OCIOperationResponse) bool {
	code := codeOfHere(r)
	i := sort.SearchStrings(soundInOrder, code)
	return i < len(soundInOrder) && soundInOrder[i] == code
}

var inNoOrder = []string{"TooManyRequests", "NotFound", "IncorrectState"}

func foundInNoOrder(r common.OCIOperationResponse) bool {
	code := codeOfHere(r)
	i := sort.SearchStrings(inNoOrder, code)
	return i < len(inNoOrder) && inNoOrder[i] == code
}
