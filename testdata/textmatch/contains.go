package textmatch

import (
	"context"
	"fmt"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// A catalog code looked for in the text of a call's error.
func codeInText(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil && strings.Contains(err.Error(), "NotAuthorizedOrNotFound") { // want "textmatch: "
		return false, nil
	}
	return err == nil, err
}

// The near miss: the service error is asked for its code.
func codeOfServiceError(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if se, ok := common.IsServiceError(err); ok && se.GetCode() == "NotAuthorizedOrNotFound" {
		return false, nil
	}
	return err == nil, err
}

// The near miss: what the service says in its message is nowhere else to be had.
func messageSearched(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if se, ok := common.IsServiceError(err); ok && strings.Contains(se.GetMessage(), "NotAuthorizedOrNotFound") {
		return false, nil
	}
	return err == nil, err
}

// A bare status looked for in the text.
func statusInText(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil && strings.Contains(err.Error(), "404") { // want "textmatch: "
		return false, nil
	}
	return err == nil, err
}

// The text's own words around the status.
func statusWithItsWords(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil && strings.Contains(err.Error(), "Http Status Code: 404") { // want "textmatch: "
		return false, nil
	}
	return err == nil, err
}

// The text's own words around the code, in a predicate.
func codeWithItsWords(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), "Error Code: IncorrectState.") // want "textmatch: "
}

// The near miss: a phrase of the service's message.
func phraseInText(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(strings.ToLower(r.Error.Error()), "out of host capacity")
}

// The near miss: words of a network error.
func networkWordsInText(r common.OCIOperationResponse) bool {
	return r.Error != nil && (strings.Contains(r.Error.Error(), "i/o timeout") || strings.Contains(r.Error.Error(), "connection reset"))
}

// A service's own code is a code too.
func serviceCodeInText(ctx context.Context, client objectstorage.ObjectStorageClient, namespace, bucket string) (bool, error) {
	_, err := client.DeleteBucket(ctx, objectstorage.DeleteBucketRequest{NamespaceName: &namespace, BucketName: &bucket})
	if err != nil && strings.Contains(err.Error(), "BucketNotEmpty") { // want "textmatch: "
		return false, nil
	}
	return err == nil, err
}

// Wrapped with %w, the service error is still to be had.
func codeInWrappedText(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		err = fmt.Errorf("get user %s: %w", id, err)
		if strings.Contains(err.Error(), "NotAuthenticated") { // want "textmatch: "
			return false, nil
		}
	}
	return err == nil, err
}

// The text is in a variable; two searches are two places.
func textInVariable(r common.OCIOperationResponse) bool {
	if r.Error == nil {
		return false
	}
	text := r.Error.Error()
	switch {
	case strings.Contains(text, "TooManyRequests"): // want "textmatch: "
		return true
	case strings.Contains(text, "InternalServerError"): // want "textmatch: "
		return true
	case strings.Contains(text, "please try again later"):
		return true
	}
	return false
}

const codeState = "IncorrectState"

// The code is a constant.
func constantInText(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(r.Error.Error(), codeState) // want "textmatch: "
}

// Negated.
func codeNotInText(r common.OCIOperationResponse) bool {
	return r.Error != nil && !strings.Contains(r.Error.Error(), "InvalidatedRetryToken") // want "textmatch: "
}

// Lower-cased first.
func loweredText(r common.OCIOperationResponse) bool {
	return r.Error != nil && strings.Contains(strings.ToLower(r.Error.Error()), "toomanyrequests") // want "textmatch: "
}

// The near miss: part of the code is looked for in the code, not in the text.
func partOfCode(r common.OCIOperationResponse) bool {
	se, ok := common.IsServiceError(r.Error)
	return ok && strings.Contains(se.GetCode(), "IncorrectState")
}
