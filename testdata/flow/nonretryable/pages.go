package nonretryable

import (
	"context"
	"errors"
	"time"

	avast "github.com/avast/retry-go/v4"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// Lists that come page by page: the first page asked for again after its failure is a retry.

type directory struct {
	client  identity.IdentityClient
	tenancy string
}

func (d *directory) users(ctx context.Context, each func(identity.User)) error {
	var page *string
	for more := true; more; more = page != nil {
		list, err := d.client.ListUsers(ctx, identity.ListUsersRequest{CompartmentId: &d.tenancy, Page: page})
		if err != nil {
			return err
		}
		for _, user := range list.Items {
			each(user)
		}
		page = list.OpcNextPage
	}
	return nil
}

// usersTwice asks for the whole list a second time.
func (d *directory) usersTwice(ctx context.Context) (count int, err error) {
	note := func(identity.User) { count++ }
	if err = d.users(ctx, note); err != nil { // want "nonretryable: "
		time.Sleep(time.Second)
		count = 0
		err = d.users(ctx, note)
	}
	return count, err
}

// usersByLibrary leaves the second try to a library.
func (d *directory) usersByLibrary(ctx context.Context) (all []identity.User, err error) {
	err = avast.Do(func() error { // want "nonretryable: "
		all = nil
		return d.users(ctx, func(user identity.User) { all = append(all, user) })
	})
	return all, err
}

// volumesFrom goes back to the first page with a goto.
func volumesFrom(ctx context.Context, client core.BlockstorageClient, compartment string) ([]core.Volume, error) {
	tries := 0
again:
	var all []core.Volume
	request := core.ListVolumesRequest{CompartmentId: &compartment}
	for {
		list, err := client.ListVolumes(ctx, request) // want "nonretryable: "
		if err != nil {
			if tries++; tries > 3 {
				return nil, err
			}
			time.Sleep(time.Second)
			goto again
		}
		all = append(all, list.Items...)
		if request.Page = list.OpcNextPage; request.Page == nil {
			return all, nil
		}
	}
}

// Near misses.

// usersOnce hands on what went wrong.
func (d *directory) usersOnce(ctx context.Context) (names []string, err error) {
	err = d.users(ctx, func(user identity.User) { names = append(names, *user.Name) })
	return names, err
}

// usersOfEach asks for another list each time.
func (d *directory) usersOfEach(ctx context.Context, tenancies []string) (count int, err error) {
	for _, tenancy := range tenancies {
		other := directory{client: d.client, tenancy: tenancy}
		if failed := other.users(ctx, func(identity.User) { count++ }); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return count, err
}

// usersWhenItMayHelp goes round after what may pass.
func (d *directory) usersWhenItMayHelp(ctx context.Context) (count int, err error) {
	for range 5 {
		count = 0
		err = d.users(ctx, func(identity.User) { count++ })
		if !common.IsErrorRetryableByDefault(err) {
			break
		}
		time.Sleep(time.Second)
	}
	return count, err
}

// onPageLost goes on with the page after the one that failed.
func onPageLost(ctx context.Context, client core.BlockstorageClient, compartment string, pages []string) (all []core.Volume) {
	for _, page := range pages {
		list, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: &compartment, Page: &page})
		if err != nil {
			continue
		}
		all = append(all, list.Items...)
	}
	return all
}

// untilEmpty lists again as long as there is something; what fails goes to the caller.
func untilEmpty(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	for {
		left := 0
		request := core.ListVolumesRequest{CompartmentId: &compartment}
		for {
			list, err := client.ListVolumes(ctx, request)
			if err != nil {
				return err
			}
			left += len(list.Items)
			if request.Page = list.OpcNextPage; request.Page == nil {
				break
			}
		}
		if left == 0 {
			return nil
		}
		time.Sleep(time.Second)
	}
}
