package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

var retryableCodes = map[string]bool{
	"IncorrectState":     true,
	"TooManyRequests":    true,
	"InternalServerEror": true, // want "unknowncode: "
	"ServiceUnavailable": true,
	"QuotaExceeded":      false,
	"OutOfHostCapacity":  false,
}

// A lookup compares the code with every key of the map.
func lookupInMap(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && retryableCodes[se.GetCode()]
}

var retryableCodesRight = map[string]bool{
	"IncorrectState":      true,
	"TooManyRequests":     true,
	"InternalServerError": true,
	"ServiceUnavailable":  true,
}

// The near miss: all keys right.
func lookupInRightMap(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && retryableCodesRight[se.GetCode()]
}

var bothSpellings = map[string]bool{
	"NotAuthorizedOrNotFound": true,
	"NotAuthorisedOrNotFound": true,
}

// The right spelling is a key of the same map: silent.
func lookupWithBothSpellings(se common.ServiceError) bool {
	return bothSpellings[se.GetCode()]
}

var titles = map[string]string{
	"InternalServerEror": "something broke",
}

// The same wrong key, but the map is not asked about a code.
func titleOf(name string) string { return titles[name] }

// A set, asked with the two-valued form, in the function itself.
func lookupInSet(se common.ServiceError) bool {
	fatal := map[string]struct{}{
		"InvalidatedRetryTokens": {}, // want "unknowncode: "
		"MethodNotImplemented":   {},
	}
	_, ok := fatal[se.GetCode()]
	return ok
}

// The near miss of lookupInSet.
func lookupInRightSet(se common.ServiceError) bool {
	fatal := map[string]struct{}{
		"InvalidatedRetryToken": {},
		"MethodNotImplemented":  {},
	}
	_, ok := fatal[se.GetCode()]
	return ok
}
