package textmatch

import (
	"context"
	"log"
	"os"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// The error of a file, not of a call.
func fileError(path string) bool {
	_, err := os.ReadFile(path)
	return err != nil && strings.Contains(err.Error(), "404")
}

// A text that is no error's: a line of a log.
func logLine(line string) bool {
	return strings.Contains(line, "IncorrectState")
}

type job struct {
	failure string
}

// The text of an error that was stored long ago: no service error is left.
func storedText(j job) bool {
	return strings.Contains(j.failure, "Error Code: TooManyRequests")
}

// A field of a successful answer.
func descriptionSearched(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	response, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil || response.Description == nil {
		return false, err
	}
	return strings.Contains(*response.Description, "NotFound"), nil
}

// The original message of the service.
func originalMessageSearched(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceErrorLocalizationMessage(r.Error)
	return ok && strings.Contains(se.GetOriginalMessage(), "IncorrectState")
}

// Only logged.
func textLogged(r common.OCIOperationResponse) bool {
	if r.Error != nil {
		log.Print("IncorrectState? " + r.Error.Error())
	}
	return false
}

// Only shortened.
func textShortened(r common.OCIOperationResponse) string {
	if r.Error == nil {
		return ""
	}
	text, _, _ := strings.Cut(r.Error.Error(), "\n")
	return strings.TrimSuffix(text, ".")
}

// The request id is looked for.
func requestIDInText(r common.OCIOperationResponse, requestID string) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), requestID)
}

// A port number is no status.
func portInText(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), "listening on port 8080")
}
