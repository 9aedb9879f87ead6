// Package none takes the retries away from all clients, but where it says so itself.
package none

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// Directory looks for users.
type Directory struct{ client identity.IdentityClient }

// Open makes the client once the process has no retries.
func Open(provider common.ConfigurationProvider) (*Directory, error) {
	none := common.NoRetryPolicy()
	common.GlobalRetry = &none
	client, err := identity.NewIdentityClientWithConfigurationProvider(provider)
	if err != nil {
		return nil, err
	}
	return &Directory{client}, nil
}

func throttled(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 429
}

// User is asked for at once again: the operation's own policy is not in force.
func (d *Directory) User(ctx context.Context, id string) (err error) {
	for range 3 {
		if _, err = d.client.GetUser(ctx, identity.GetUserRequest{UserId: &id}); !throttled(err) { // want "nobackoff: "
			break
		}
	}
	return err
}

// Group is asked for under a policy of the request's own, which waits.
func (d *Directory) Group(ctx context.Context, id string) (err error) {
	patient := common.DefaultRetryPolicy()
	for range 3 {
		request := identity.GetGroupRequest{GroupId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: &patient}}
		if _, err = d.client.GetGroup(ctx, request); !throttled(err) {
			break
		}
	}
	return err
}
