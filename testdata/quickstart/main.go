// Command quickstart makes a compartment in Oracle Cloud Infrastructure and waits until it can be read. It compiles
// and runs, and looks like much code that calls the SDK; ociretry finds four mistakes in it.
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
	if len(os.Args) != 3 {
		log.Fatal("usage: quickstart PARENT-OCID NAME")
	}
	client, err := identity.NewIdentityClientWithConfigurationProvider(common.DefaultConfigProvider())
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	id, err := create(ctx, client, os.Args[1], os.Args[2])
	if err == nil {
		err = await(ctx, client, id)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(id)
}
