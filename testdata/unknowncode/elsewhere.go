package unknowncode

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/identity"

	"testdata/unknowncode/classes"
)

// The status is compared in another package, which is told as a place there.

func refusedOrInUse(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if !classes.IsRefused(err) {
		return err
	}
	if classes.Code(err) == "IncorrectState" { // want "unknowncode: "
		return nil
	}
	return err
}

// The near miss: the code is one that comes with the status.
func refusedOrUnreadable(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if !classes.IsRefused(err) {
		return err
	}
	if classes.Code(err) == "CannotParseRequest" {
		return nil
	}
	return err
}

var _ = []any{refusedOrInUse, refusedOrUnreadable}
