package textmatch

import (
	"context"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/identity"
)

func isMissing(err error) bool {
	return err != nil && strings.Contains(err.Error(), "NotAuthorizedOrNotFound") // want "textmatch: "
}

// The search is in a helper.
func deleteUser(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id})
	if isMissing(err) {
		return nil
	}
	return err
}

func textHas(err error, part string) bool {
	return err != nil && strings.Contains(err.Error(), part)
}

// The near miss: the helper searches for what it is given, and that is a phrase.
func deleteUserOnce(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id})
	if textHas(err, "already being deleted") {
		return nil
	}
	return err
}
