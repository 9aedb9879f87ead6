package retrytoken

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// One token, two operations: the second request is where it outlives the first.
func twoOperations(ctx context.Context, client identity.IdentityClient, name string) error {
	token := common.RetryToken()
	user := identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: common.String(token)}
	if _, err := client.CreateUser(ctx, user); err != nil {
		return err
	}
	group := identity.CreateGroupRequest{CreateGroupDetails: groupDetails(name), OpcRetryToken: common.String(token)} // want "retrytoken: "
	_, err := client.CreateGroup(ctx, group)
	return err
}

// The near miss: a token for each.
func twoTokens(ctx context.Context, client identity.IdentityClient, name string) error {
	userToken, otherToken := common.RetryToken(), common.RetryToken()
	user := identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: common.String(userToken)}
	if _, err := client.CreateUser(ctx, user); err != nil {
		return err
	}
	group := identity.CreateGroupRequest{CreateGroupDetails: groupDetails(name), OpcRetryToken: common.String(otherToken)}
	_, err := client.CreateGroup(ctx, group)
	return err
}

// The near miss: one variable, made anew for the second request.
func tokenMadeAnew(ctx context.Context, client identity.IdentityClient, name string) error {
	token := common.RetryToken()
	user := identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: common.String(token)}
	if _, err := client.CreateUser(ctx, user); err != nil {
		return err
	}
	token = common.RetryToken()
	group := identity.CreateGroupRequest{CreateGroupDetails: groupDetails(name), OpcRetryToken: common.String(token)}
	_, err := client.CreateGroup(ctx, group)
	return err
}

// The near miss: the token comes from the identity of the thing that both are for.
func tokenOfUID(ctx context.Context, client identity.IdentityClient, name, uid string) error {
	token := "sync-" + uid
	user := identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: common.String(token)}
	if _, err := client.CreateUser(ctx, user); err != nil {
		return err
	}
	group := identity.CreateGroupRequest{CreateGroupDetails: groupDetails(name), OpcRetryToken: common.String(token)}
	_, err := client.CreateGroup(ctx, group)
	return err
}

// One operation, two users.
func twoDetails(ctx context.Context, client identity.IdentityClient) error {
	token := common.String(common.RetryToken())
	first := identity.CreateUserRequest{CreateUserDetails: userDetails("first"), OpcRetryToken: token}
	if _, err := client.CreateUser(ctx, first); err != nil {
		return err
	}
	second := identity.CreateUserRequest{CreateUserDetails: userDetails("second"), OpcRetryToken: token} // want "retrytoken: "
	_, err := client.CreateUser(ctx, second)
	return err
}

// The near miss: only one of the two requests is ever sent.
func oneOrTheOther(ctx context.Context, client identity.IdentityClient, asGroup bool, name string) error {
	token := common.String(common.RetryToken())
	if asGroup {
		_, err := client.CreateGroup(ctx, identity.CreateGroupRequest{CreateGroupDetails: groupDetails(name), OpcRetryToken: token})
		return err
	}
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: token})
	return err
}

// The token is assigned to the fields.
func assignedToTwo(ctx context.Context, client identity.IdentityClient, name string) error {
	token := common.RetryToken()
	var user identity.CreateUserRequest
	user.CreateUserDetails = userDetails(name)
	user.OpcRetryToken = &token
	if _, err := client.CreateUser(ctx, user); err != nil {
		return err
	}
	var group identity.CreateGroupRequest
	group.CreateGroupDetails = groupDetails(name)
	group.OpcRetryToken = &token // want "retrytoken: "
	_, err := client.CreateGroup(ctx, group)
	return err
}

// The near miss: the second request has no token of ours.
func assignedToOne(ctx context.Context, client identity.IdentityClient, name string) error {
	token := common.RetryToken()
	var user identity.CreateUserRequest
	user.CreateUserDetails = userDetails(name)
	user.OpcRetryToken = &token
	if _, err := client.CreateUser(ctx, user); err != nil {
		return err
	}
	var group identity.CreateGroupRequest
	group.CreateGroupDetails = groupDetails(name)
	_, err := client.CreateGroup(ctx, group)
	return err
}

// The second request takes the token out of the first.
func takenFromTheFirst(ctx context.Context, client core.VirtualNetworkClient, compartment string) error {
	vcn := core.CreateVcnRequest{OpcRetryToken: common.String(common.RetryToken())}
	vcn.CompartmentId = &compartment
	response, err := client.CreateVcn(ctx, vcn)
	if err != nil {
		return err
	}
	subnet := core.CreateSubnetRequest{OpcRetryToken: vcn.OpcRetryToken} // want "retrytoken: "
	subnet.CompartmentId, subnet.VcnId = &compartment, response.Id
	_, err = client.CreateSubnet(ctx, subnet)
	return err
}

// The near miss: one request, its other send only after 429 and a pause. It is the same request, so the same token is right.
func sameRequestSentAgain(ctx context.Context, client identity.IdentityClient, name string) error {
	request := identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: common.String(common.RetryToken())}
	_, err := client.CreateUser(ctx, request)
	if se, ok := common.IsServiceError(err); ok && se.GetHTTPStatusCode() == http.StatusTooManyRequests {
		time.Sleep(10 * time.Second)
		_, err = client.CreateUser(ctx, request)
	}
	return err
}

// The near miss: one request, sent in one place or the other.
func sameRequestInTwoPlaces(ctx context.Context, first, second identity.IdentityClient, useSecond bool, name string) error {
	request := identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: common.String(common.RetryToken())}
	if useSecond {
		_, err := second.CreateUser(ctx, request)
		return err
	}
	_, err := first.CreateUser(ctx, request)
	return err
}

// One request variable: its name changes between the two sends, its token does not.
func changedAndSentAgain(ctx context.Context, client identity.IdentityClient) error {
	request := identity.CreateUserRequest{CreateUserDetails: userDetails("first")}
	request.OpcRetryToken = common.String(common.RetryToken()) // want "retrytoken: "
	if _, err := client.CreateUser(ctx, request); err != nil {
		return err
	}
	request.CreateUserDetails = userDetails("second")
	_, err := client.CreateUser(ctx, request)
	return err
}

// The near miss: the token changes with the name.
func changedWithToken(ctx context.Context, client identity.IdentityClient) error {
	request := identity.CreateUserRequest{CreateUserDetails: userDetails("first")}
	request.OpcRetryToken = common.String(common.RetryToken())
	if _, err := client.CreateUser(ctx, request); err != nil {
		return err
	}
	request.CreateUserDetails = userDetails("second")
	request.OpcRetryToken = common.String(common.RetryToken())
	_, err := client.CreateUser(ctx, request)
	return err
}

// The near miss: nobody knows where the caller's token comes from.
func tokenOfTheCaller(ctx context.Context, client identity.IdentityClient, name, token string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: &token})
	return err
}

// One identifier for two things.
func identifierForBoth(ctx context.Context, client identity.IdentityClient, name string) error {
	token := uuid.New().String()
	if _, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     &token,
	}); err != nil {
		return err
	}
	_, err := client.CreateGroup(ctx, identity.CreateGroupRequest{
		CreateGroupDetails: groupDetails(name),
		OpcRetryToken:      &token, // want "retrytoken: "
	})
	return err
}

// The near miss: each has a part of its own.
func identifierWithPrefix(ctx context.Context, client identity.IdentityClient, name string) error {
	run := uuid.NewString()
	if _, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(run + "-user"),
	}); err != nil {
		return err
	}
	_, err := client.CreateGroup(ctx, identity.CreateGroupRequest{
		CreateGroupDetails: groupDetails(name),
		OpcRetryToken:      common.String(run + "-group"),
	})
	return err
}

// The near miss: one identifier for the run, and the user's name with it.
func identifierWithName(ctx context.Context, client identity.IdentityClient, names []string) error {
	run := uuid.NewString()
	for _, name := range names {
		if _, err := client.CreateUser(ctx, identity.CreateUserRequest{
			CreateUserDetails: userDetails(name),
			OpcRetryToken:     common.String(fmt.Sprintf("%s/%s", run, name)),
		}); err != nil {
			return err
		}
	}
	return nil
}

// The near miss: a new one in each round, with a part that is the same.
func identifierEachRound(ctx context.Context, client identity.IdentityClient, names []string) error {
	for _, name := range names {
		token := "user-" + uuid.NewString()
		if _, err := client.CreateUser(ctx, identity.CreateUserRequest{
			CreateUserDetails: userDetails(name),
			OpcRetryToken:     &token,
		}); err != nil {
			return err
		}
	}
	return nil
}

// The near miss: it is derived from what the thing is called.
func identifierOfTheName(ctx context.Context, client identity.IdentityClient, name string) error {
	token := uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String()
	if _, err := client.CreateUser(ctx, identity.CreateUserRequest{CreateUserDetails: userDetails(name), OpcRetryToken: &token}); err != nil {
		return err
	}
	_, err := client.CreateGroup(ctx, identity.CreateGroupRequest{CreateGroupDetails: groupDetails(name), OpcRetryToken: &token})
	return err
}

// One identifier for all users.
func identifierForAll(ctx context.Context, client identity.IdentityClient, names []string) error {
	token := "users-" + uuid.NewString()
	for _, name := range names {
		if _, err := client.CreateUser(ctx, identity.CreateUserRequest{
			CreateUserDetails: userDetails(name),
			OpcRetryToken:     &token, // want "retrytoken: "
		}); err != nil {
			return err
		}
	}
	return nil
}
