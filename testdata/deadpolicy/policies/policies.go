// Package policies makes policies for another package.
package policies

import "github.com/oracle/oci-go-sdk/v65/common"

// Usual handles eventual consistency.
func Usual() common.RetryPolicy {
	return common.DefaultRetryPolicy()
}

// Plain does not.
func Plain() common.RetryPolicy {
	return common.DefaultRetryPolicyWithoutEventualConsistency()
}
