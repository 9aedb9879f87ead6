package incorrectstate

import (
	"context"
	"errors"
	"time"

	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// Silent: the branch goes on to look the user up.
func existsThenLooksUp(ctx context.Context, client identity.IdentityClient, request identity.CreateUserRequest) (*identity.User, error) {
	response, err := client.CreateUser(ctx, request)
	if err == nil {
		return &response.User, nil
	}
	if statusOf(err) != 409 {
		return nil, err
	}
	users, err := client.ListUsers(ctx, identity.ListUsersRequest{CompartmentId: request.CompartmentId, Name: request.Name})
	if err != nil {
		return nil, err
	}
	if len(users.Items) == 0 {
		return nil, errors.New("user is busy")
	}
	return &users.Items[0], nil
}

// Near miss: the branch looks nothing up.
func existsWithoutLook(ctx context.Context, client identity.IdentityClient, request identity.CreateUserRequest) (*identity.User, error) {
	response, err := client.CreateUser(ctx, request)
	if err == nil {
		return &response.User, nil
	}
	if statusOf(err) != 409 { // want "incorrectstate: "
		return nil, err
	}
	return &identity.User{Name: request.Name}, nil
}

// Silent: the branch reads the volume in a helper of its own.
func busyThenReads(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := deleteVolume(ctx, client, id)
	if isConflict(err) {
		return getVolume(ctx, client, id)
	}
	return err
}

// Silent: the branch fetches a fresh etag and sends another request.
func busyThenFreshEtag(ctx context.Context, client core.BlockstorageClient, request core.UpdateVolumeRequest) error {
	_, err := client.UpdateVolume(ctx, request)
	if isConflict(err) {
		volume, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: request.VolumeId})
		if err != nil {
			return err
		}
		request.IfMatch = volume.Etag
		_, err = client.UpdateVolume(ctx, request)
		return err
	}
	return err
}

// result is what a reconciler hands back.
type result struct {
	Requeue      bool
	RequeueAfter time.Duration
}

// Silent: the branch asks for another round.
func busyThenRequeue(ctx context.Context, client core.BlockstorageClient, id string) (result, error) {
	if err := deleteVolume(ctx, client, id); err != nil {
		if isConflict(err) {
			return result{RequeueAfter: 30 * time.Second}, nil
		}
		return result{}, err
	}
	return result{}, nil
}

// Near miss: an empty result asks for nothing.
func busyWithoutRequeue(ctx context.Context, client core.BlockstorageClient, id string) (result, error) {
	if err := deleteVolume(ctx, client, id); err != nil {
		if isConflict(err) { // want "incorrectstate: "
			return result{}, nil
		}
		return result{}, err
	}
	return result{}, nil
}
