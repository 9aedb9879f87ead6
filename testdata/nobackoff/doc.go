// Package nobackoff has policies that send again at once after a with-backoff row, and near misses that wait.
package nobackoff

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// transient retries 429, 500 and 503, all with backoff.
func transient(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	if !ok {
		return false
	}
	switch se.GetHTTPStatusCode() {
	case 429, 500, 503:
		return true
	}
	return false
}

// statusOf is the row's status, 0 for an error that is not the service's.
func statusOf(err error) int {
	if se, ok := common.IsServiceError(err); ok {
		return se.GetHTTPStatusCode()
	}
	return 0
}

// growing waits longer after each attempt.
func growing(r common.OCIOperationResponse) time.Duration {
	return time.Duration(r.AttemptNumber) * time.Second
}

// base is the option that keeps the others alive.
func base() common.RetryPolicyOption {
	return common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())
}
