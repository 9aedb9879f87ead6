// Package nonretryable has predicates and policies that retry rows marked "no", and near misses that do not.
package nonretryable

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// statusOf is the row's status, 0 for an error that is not the service's.
func statusOf(err error) int {
	if se, ok := common.IsServiceError(err); ok {
		return se.GetHTTPStatusCode()
	}
	return 0
}

// codeOf is the row's code, empty for an error that is not the service's.
func codeOf(err error) string {
	se, ok := common.IsServiceError(err)
	if !ok {
		return ""
	}
	return se.GetCode()
}

// pause waits longer after each attempt, so no policy here is without backoff.
func pause(r common.OCIOperationResponse) time.Duration {
	return time.Duration(r.AttemptNumber) * 2 * time.Second
}
