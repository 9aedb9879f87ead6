// Command quickstart makes a compartment in Oracle Cloud Infrastructure, with a group and a policy that lets the group
// manage it. It compiles and runs, and looks like much code that calls the SDK; ociretry finds six mistakes in it.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// anyError asks for another attempt whatever went wrong, also when the request itself is not valid.
func anyError(r common.OCIOperationResponse) bool {
	return r.Error != nil
}

// twoSeconds is the pause between attempts.
func twoSeconds(common.OCIOperationResponse) time.Duration {
	return 2 * time.Second
}

// ensureGroup makes the group unless it is there. Not every 409 says that it is: IncorrectState says that nothing was
// made.
func ensureGroup(ctx context.Context, client identity.IdentityClient, tenancy, name string) error {
	_, err := client.CreateGroup(ctx, identity.CreateGroupRequest{
		CreateGroupDetails: identity.CreateGroupDetails{
			CompartmentId: &tenancy,
			Name:          &name,
			Description:   common.String("made by the quick start"),
		},
	})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 {
		return nil
	}
	return err
}

// allow lets the group manage the compartment. It waits for conflicts to pass, and means to make one policy however
// often it asks; but InvalidatedRetryToken is a 409 too, and this token is then of no more use.
func allow(ctx context.Context, client identity.IdentityClient, group, compartment string) error {
	request := identity.CreatePolicyRequest{
		CreatePolicyDetails: identity.CreatePolicyDetails{
			CompartmentId: &compartment,
			Name:          common.String(group + "-manages"),
			Description:   common.String("made by the quick start"),
			Statements:    []string{"Allow group " + group + " to manage all-resources in compartment id " + compartment},
		},
		OpcRetryToken: common.String(common.RetryToken()),
	}
	for attempt := 1; ; attempt++ {
		_, err := client.CreatePolicy(ctx, request)
		failure, ok := common.IsServiceError(err)
		if !ok || failure.GetHTTPStatusCode() != 409 || attempt == 5 {
			return err
		}
		time.Sleep(time.Duration(attempt) * 2 * time.Second)
	}
}

// create asks for the compartment, and means to do so three times, not eight.
func create(ctx context.Context, client identity.IdentityClient, parent, name string) (string, error) {
	policy := common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(3))
	response, err := client.CreateCompartment(ctx, identity.CreateCompartmentRequest{
		CreateCompartmentDetails: identity.CreateCompartmentDetails{
			CompartmentId: &parent,
			Name:          &name,
			Description:   common.String("made by the quick start"),
		},
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
	if err != nil {
		err = fmt.Errorf("creating compartment %s: %w", name, err)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 400 {
			log.Printf("the details of compartment %s are not right", name)
		}
		return "", err
	}
	return *response.Id, nil
}

// isHidden reports whether the compartment is absent, or there and not for the caller to see.
func isHidden(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "NotAuthorisedOrNotFound"
}

// await returns when the compartment can be read.
func await(ctx context.Context, client identity.IdentityClient, id string) error {
	policy := common.NewRetryPolicy(10, anyError, twoSeconds)
	_, err := client.GetCompartment(ctx, identity.GetCompartmentRequest{
		CompartmentId:   &id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
	if isHidden(err) {
		return fmt.Errorf("compartment %s cannot be seen: %w", id, err)
	}
	return err
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: quickstart TENANCY-OCID COMPARTMENT GROUP")
	}
	tenancy, name, group := os.Args[1], os.Args[2], os.Args[3]
	client, err := identity.NewIdentityClientWithConfigurationProvider(common.DefaultConfigProvider())
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	id, err := create(ctx, client, tenancy, name)
	if err == nil {
		err = await(ctx, client, id)
	}
	if err == nil {
		err = ensureGroup(ctx, client, tenancy, group)
	}
	if err == nil {
		err = allow(ctx, client, group, id)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(id)
}
