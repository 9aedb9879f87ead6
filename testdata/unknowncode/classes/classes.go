// Package classes tells errors apart for package unknowncode.
package classes

import (
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// IsRefused reports whether the service has refused a request as it was.
func IsRefused(err error) bool {
	var failure common.ServiceError
	return errors.As(err, &failure) && failure.GetHTTPStatusCode() == 400
}

// Code returns the service's code.
func Code(err error) string {
	var failure common.ServiceError
	if errors.As(err, &failure) {
		return failure.GetCode()
	}
	return ""
}
