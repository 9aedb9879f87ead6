// Package startup sets the policy of the process for those that import it.
package startup

import "github.com/oracle/oci-go-sdk/v65/common"

// Patient has all clients wait.
func Patient(policy common.RetryPolicy) { common.GlobalRetry = &policy }
