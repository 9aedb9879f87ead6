// Package deadpolicy holds the cases of the rule deadpolicy: what is set on a policy that handles eventual consistency is
// never asked outside a window.
package deadpolicy

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

func retryThrottled(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && se.GetHTTPStatusCode() == 429
}

func pause(r common.OCIOperationResponse) time.Duration {
	return time.Duration(r.AttemptNumber) * time.Second
}
