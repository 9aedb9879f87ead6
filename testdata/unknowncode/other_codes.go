package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

// Codes of single services resemble nothing in the catalog.
func serviceSpecificCodes(se common.ServiceError) bool {
	switch se.GetCode() {
	case "BucketNotEmpty", "BucketAlreadyExists", "OutOfHostCapacity", "TenantCapacityExceeded", "TagNamespaceAlreadyExists":
		return true
	}
	return false
}

// Codes of the SDK's own tables that the catalog does not list.
func codesOfTheSDK(se common.ServiceError) bool {
	switch se.GetCode() {
	case "LockConflict", "ResourceAlreadyExists", "InsufficientServicePermissions", "ResourceDisabled":
		return true
	}
	return false
}

// Codes of the edition 2024-06.
func codesOfAnEarlierEdition(se common.ServiceError) bool {
	switch se.GetCode() {
	case "NotAllowed", "Conflict", "NamespaceNotFound", "ExternalServerIncorrectState":
		return true
	}
	return false
}

// Codes of the edition 2024-06 with their status.
func pairsOfAnEarlierEdition(se common.ServiceError) bool {
	return se.GetHTTPStatusCode() == 403 && se.GetCode() == "NotAllowed" ||
		se.GetHTTPStatusCode() == 409 && se.GetCode() == "ExternalServerIncorrectState"
}

// More than two letters away from InternalServerError: a service's own code.
func shorterName(se common.ServiceError) bool {
	return se.GetCode() == "InternalError"
}

// No code at all.
func emptyCode(se common.ServiceError) bool {
	return se.GetCode() == ""
}
