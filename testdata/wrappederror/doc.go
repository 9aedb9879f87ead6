// Package wrappederror holds the cases of the rule wrappederror: the SDK's plain type assertion asked of an error that
// has been wrapped on every path.
package wrappederror

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/identity"
)

// lookUp hands the error of its call back as it is.
func lookUp(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	return err
}
