package unknowncode

import (
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// The message is compared, not the code.
func messageCompared(se common.ServiceError) bool {
	return se.GetMessage() == "Not Found"
}

// The request id is compared.
func requestIDCompared(se common.ServiceError) bool {
	return se.GetOpcRequestID() == "TooManyRequest"
}

// The service's name in the rich error is compared.
func targetCompared(err error) bool {
	se, ok := common.IsServiceErrorRichInfo(err)
	return ok && se.GetTargetService() == "IncorrectSate"
}

type paymentError struct{ Code string }

func (e paymentError) Error() string   { return e.Code }
func (e paymentError) GetCode() string { return e.Code }

// GetCode of a type that is no service error.
func foreignGetCode(e paymentError) bool {
	return e.GetCode() == "NotAuthorised"
}

// A field named Code of a type that is no service error.
func foreignCodeField(e paymentError) bool {
	return e.Code == "Not Found"
}

// Written, not compared.
func codeForLog(se common.ServiceError) string {
	return fmt.Sprintf("%s (not TooManyRequest)", se.GetCode())
}
