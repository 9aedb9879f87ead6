package nonretryable

import (
	"maps"

	"github.com/oracle/oci-go-sdk/v65/common"
)

func codeOfHere(r common.OCIOperationResponse) string {
	if se, ok := common.IsServiceError(r.Error); ok {
		return se.GetCode()
	}
	return ""
}

// A table that is only looked into is known, through helpers too.
var lookedInto = map[string]bool{"NotFound": true, "TooManyRequests": true}

func holds(table map[string]bool, code string) bool { return table[code] }

func inTableLookedInto(r common.OCIOperationResponse) bool { return holds(lookedInto, codeOfHere(r)) } // want "nonretryable: "

// The near misses: somebody gets hold of the table and may write to it.

var copiedInto = map[string]bool{"NotFound": true}

func configure(codes map[string]bool) { maps.Copy(copiedInto, codes) }

func inTableCopiedInto(r common.OCIOperationResponse) bool { return copiedInto[codeOfHere(r)] }

var clearedByHelper = map[string]bool{"NotFound": true}

func keepOnly(table map[string]bool, code string) {
	clear(table)
	table[code] = true
}

func onlyThrottling() { keepOnly(clearedByHelper, "TooManyRequests") }

func inTableCleared(r common.OCIOperationResponse) bool { return clearedByHelper[codeOfHere(r)] }

var byAnotherName = []string{"NotFound", "TooManyRequests"}

func renameFirst(code string) {
	first := byAnotherName[:1]
	first[0] = code
}

func firstOfList(r common.OCIOperationResponse) bool { return byAnotherName[0] == codeOfHere(r) }

type settingsOfCode struct{ again bool }

var byPointer = map[string]*settingsOfCode{"NotFound": {again: true}}

func stop(code string) {
	if found, ok := byPointer[code]; ok {
		found.again = false
	}
}

func inTableOfPointers(r common.OCIOperationResponse) bool {
	found, ok := byPointer[codeOfHere(r)]
	return ok && found.again
}

var givenOut = "NotFound"

func addressOfIt() *string { return &givenOut }

func isGivenOut(r common.OCIOperationResponse) bool { return codeOfHere(r) == givenOut }

// What a predicate captures is known as long as nobody writes to it after the predicate was made.

func capturedAndKept() common.RetryPolicy {
	code := "NotFound"
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return codeOfHere(r) == code }, everySecond) // want "nonretryable: "
}

func capturedInLoop(codes ...string) (policies []common.RetryPolicy) {
	for _, code := range []string{"NotFound", "InvalidParameter"} {
		policies = append(policies, common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return codeOfHere(r) == code }, everySecond)) // want "nonretryable: "
	}
	return policies
}

// The near misses.

func capturedAndReplaced() common.RetryPolicy {
	code := "NotFound"
	policy := common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return codeOfHere(r) == code }, everySecond)
	code = "TooManyRequests"
	return policy
}

func capturedWithSetter() (common.RetryPolicy, func(string)) {
	code := "NotFound"
	policy := common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return codeOfHere(r) == code }, everySecond)
	return policy, func(other string) { code = other }
}

func capturedAndDeleted() common.RetryPolicy {
	codes := map[string]bool{"NotFound": true, "TooManyRequests": true}
	policy := common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { return codes[codeOfHere(r)] }, everySecond)
	delete(codes, "NotFound")
	return policy
}

// Of one attempt, as it was built; what takes its place on some way is another policy.
func oneAttemptOrSeveral(slow bool) *common.RetryPolicy {
	policy := common.NewRetryPolicy(1, func(r common.OCIOperationResponse) bool { return r.Error != nil }, everySecond)
	if slow {
		policy = common.NewRetryPolicy(9, common.DefaultShouldRetryOperation, everySecond)
	}
	return &policy
}
