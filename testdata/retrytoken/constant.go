package retrytoken

import (
	"context"
	"strconv"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// Every user that is ever made this way has the same token.
func literal(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String("create-user"), // want "retrytoken: "
	})
	return err
}

// The near miss: a fresh token.
func freshToken(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(common.RetryToken()),
	})
	return err
}

// The near miss: the program's own random token.
func ownFreshToken(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(randomToken()),
	})
	return err
}

// The near miss: the empty string counts as no token, the client makes one.
func emptyToken(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(""),
	})
	return err
}

// The near miss: the user's name is the token.
func nameAsToken(ctx context.Context, client identity.IdentityClient, name string) error {
	details := userDetails(name)
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{CreateUserDetails: details, OpcRetryToken: details.Name})
	return err
}

// The near miss: nil is no token.
func nilToken(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     nil,
	})
	return err
}

// The near miss: a constant in another field; the request id is no token.
func constantRequestID(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRequestId:      common.String("create-user"),
	})
	return err
}

const groupToken = "create-group-v1"

// A constant of the package.
func packageConstant(ctx context.Context, client identity.IdentityClient, name string) error {
	request := identity.CreateGroupRequest{
		CreateGroupDetails: groupDetails(name),
		OpcRetryToken:      common.String(groupToken), // want "retrytoken: "
	}
	_, err := client.CreateGroup(ctx, request)
	return err
}

const noToken = ""

// The near miss: a constant of the package that is empty.
func emptyConstant(ctx context.Context, client identity.IdentityClient, name string) error {
	request := identity.CreateGroupRequest{
		CreateGroupDetails: groupDetails(name),
		OpcRetryToken:      common.String(noToken),
	}
	_, err := client.CreateGroup(ctx, request)
	return err
}

// Two constants make a constant.
func joinedConstants(ctx context.Context, client identity.IdentityClient, name string) error {
	request := identity.CreateGroupRequest{
		CreateGroupDetails: groupDetails(name),
		OpcRetryToken:      common.String(groupToken + "-retry"), // want "retrytoken: "
	}
	_, err := client.CreateGroup(ctx, request)
	return err
}

// The near miss: the constant only begins a token that the object's UID makes.
func constantAndUID(ctx context.Context, client identity.IdentityClient, name, uid string) error {
	request := identity.CreateGroupRequest{
		CreateGroupDetails: groupDetails(name),
		OpcRetryToken:      common.String(groupToken + "-" + uid),
	}
	_, err := client.CreateGroup(ctx, request)
	return err
}

// Assigned to the field afterwards.
func assignedLater(ctx context.Context, client core.VirtualNetworkClient, compartment string) error {
	request := core.CreateVcnRequest{}
	request.CompartmentId = &compartment
	request.OpcRetryToken = common.String("vcn") // want "retrytoken: "
	_, err := client.CreateVcn(ctx, request)
	return err
}

// The near miss: a token of this moment, assigned afterwards.
func assignedTime(ctx context.Context, client core.VirtualNetworkClient, compartment string) error {
	request := core.CreateVcnRequest{}
	request.CompartmentId = &compartment
	request.OpcRetryToken = common.String(strconv.FormatInt(time.Now().UnixNano(), 36))
	_, err := client.CreateVcn(ctx, request)
	return err
}

func pointerTo[T any](value T) *T { return &value }

// Through the program's own helper for pointers.
func ownPointerHelper(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
		CreateVolumeDetails: core.CreateVolumeDetails{CompartmentId: &compartment},
		OpcRetryToken:       pointerTo("volume"), // want "retrytoken: "
	})
	return err
}

// The near miss: the helper with a fresh token.
func ownPointerHelperFresh(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
		CreateVolumeDetails: core.CreateVolumeDetails{CompartmentId: &compartment},
		OpcRetryToken:       pointerTo(common.RetryToken()),
	})
	return err
}

// The builtin new with a value.
func newWithValue(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
		CreateVolumeDetails: core.CreateVolumeDetails{CompartmentId: &compartment},
		OpcRetryToken:       new("volume"), // want "retrytoken: "
	})
	return err
}

func fixedToken() *string { return common.String("fixed") }

// A helper that always gives the same constant.
func constantFromHelper(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
		CreateVolumeDetails: core.CreateVolumeDetails{CompartmentId: &compartment},
		OpcRetryToken:       fixedToken(), // want "retrytoken: "
	})
	return err
}
