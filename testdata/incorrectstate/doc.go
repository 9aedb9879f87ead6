// Package incorrectstate has handlers and policies in which 409 IncorrectState of a state-changing operation gets
// lost, and near misses in which it does not.
package incorrectstate

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

// pause waits longer after each attempt.
func pause(r common.OCIOperationResponse) time.Duration {
	return time.Duration(r.AttemptNumber) * time.Second
}
