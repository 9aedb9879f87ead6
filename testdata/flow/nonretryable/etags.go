package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// 412 NoEtagMatch answers a condition (v65.129.0: identity/update_group_request_response.go, IfMatch). A request without
// one never gets it, so going round on it goes round on nothing.

func onConflict(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 412
}

func renameWithoutEtag(ctx context.Context, client identity.IdentityClient, id, text string) (err error) {
	request := identity.UpdateGroupRequest{GroupId: &id, UpdateGroupDetails: identity.UpdateGroupDetails{Description: &text}}
	for range 4 {
		if _, err = client.UpdateGroup(ctx, request); !onConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func renameWithEtag(ctx context.Context, client identity.IdentityClient, id, text, etag string) (err error) {
	request := identity.UpdateGroupRequest{GroupId: &id, IfMatch: &etag, UpdateGroupDetails: identity.UpdateGroupDetails{Description: &text}}
	for range 4 {
		if _, err = client.UpdateGroup(ctx, request); !onConflict(err) { // want "nonretryable: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// An etag that may be there, and a request that somebody else has made.
func renameMaybe(ctx context.Context, client identity.IdentityClient, id string, etag *string) (err error) {
	request := identity.DeleteGroupRequest{GroupId: &id, IfMatch: etag}
	for range 4 {
		if _, err = client.DeleteGroup(ctx, request); !onConflict(err) { // want "nonretryable: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func renameAsAsked(ctx context.Context, client identity.IdentityClient, request identity.UpdateUserRequest) (err error) {
	for range 4 {
		if _, err = client.UpdateUser(ctx, request); !onConflict(err) { // want "nonretryable: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// The body has the etag here.
func copyAsItWas(ctx context.Context, client objectstorage.ObjectStorageClient, space, bucket, name, etag string) (err error) {
	request := objectstorage.CopyObjectRequest{
		NamespaceName: &space, BucketName: &bucket,
		CopyObjectDetails: objectstorage.CopyObjectDetails{SourceObjectName: &name, SourceObjectIfMatchETag: &etag},
	}
	for range 4 {
		if _, err = client.CopyObject(ctx, request); !onConflict(err) { // want "nonretryable: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// No request of the operation can have one.
func listOnConflict(ctx context.Context, client identity.IdentityClient, compartment string) (groups []identity.Group, err error) {
	for range 4 {
		response, err := client.ListGroups(ctx, identity.ListGroupsRequest{CompartmentId: &compartment})
		if !onConflict(err) {
			return response.Items, err
		}
		time.Sleep(time.Second)
	}
	return nil, err
}
