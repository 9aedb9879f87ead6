package unknowncode

import "github.com/oracle/oci-go-sdk/v65/common"

// The literal of a constant is the place; the constant is compared below.
const codeExists = "NotAuthorizedOrResourceAlreadyExist" // want "unknowncode: "

func comparedWithConstant(se common.ServiceError) bool {
	return se.GetCode() == codeExists
}

// The near miss: spelled right.
const codeExistsRight = "NotAuthorizedOrResourceAlreadyExists"

func comparedWithRightConstant(se common.ServiceError) bool {
	return se.GetCode() == codeExistsRight
}

// The same misspelling, but it is only shown to people: nothing compares it with a code.
const labelExists = "NotAuthorizedOrResourceAlreadyExist"

func label() string { return labelExists }

type apiCode string

const (
	apiCodeState     apiCode = "IncorrectState"
	apiCodeThrottled apiCode = "TooManyRequets" // want "unknowncode: "
)

// A typed constant and a conversion in between.
func comparedWithTypedConstant(se common.ServiceError) bool {
	switch apiCode(se.GetCode()) {
	case apiCodeState, apiCodeThrottled:
		return true
	}
	return false
}

// A constant of the function itself.
func comparedWithLocalConstant(se common.ServiceError) bool {
	const signUp = "SignupRequired" // want "unknowncode: "
	return se.GetCode() == signUp
}

// The near miss of comparedWithLocalConstant.
func comparedWithRightLocalConstant(se common.ServiceError) bool {
	const signUp = "SignUpRequired"
	return se.GetCode() == signUp
}

// A package-level variable that nothing changes.
var codeUnavailable = "Service_Unavailable" // want "unknowncode: "

func comparedWithVariable(se common.ServiceError) bool {
	return se.GetCode() == codeUnavailable
}
