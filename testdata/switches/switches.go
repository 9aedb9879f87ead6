// Package switches has places whose findings hang on how the linter is switched.
package switches

import (
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// notVisible is right by the default edition of the catalog, and wrong by the one of June 2024.
func notVisible(r common.OCIOperationResponse) bool {
	failure, ok := common.IsServiceError(r.Error)
	return ok && failure.GetCode() == "NotAuthorizedOrNotFound"
}

// bucketGone asks for a code that only a table of one's own can have.
func bucketGone(r common.OCIOperationResponse) bool {
	failure, ok := common.IsServiceError(r.Error)
	return ok && failure.GetHTTPStatusCode() == 404 && failure.GetCode() == "BucketNotFound"
}

// everything is wrong by any table.
func everything(r common.OCIOperationResponse) bool { return r.Error != nil }

// spelt has a rule of its own, and so has texts, which is off by default.
func spelt(failure common.ServiceError) bool { return failure.GetCode() == "NotFond" }

func texts(err error) bool { return strings.Contains(err.Error(), "NotFound") }
