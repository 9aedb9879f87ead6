// Command quickstart makes a compartment in Oracle Cloud Infrastructure and waits until it can be used. It compiles
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

// pollingPolicy asks a few times, two seconds apart.
func pollingPolicy() common.RetryPolicy {
	return common.NewRetryPolicy(10, anyError, func(common.OCIOperationResponse) time.Duration { return 2 * time.Second })
}

// changePolicy is meant to try a change three times, not eight.
func changePolicy() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(3))
}

// create asks for the compartment. The error says what was being done.
func create(ctx context.Context, client identity.IdentityClient, parent, name string) (string, error) {
	policy := changePolicy()
	response, err := client.CreateCompartment(ctx, identity.CreateCompartmentRequest{
		CreateCompartmentDetails: identity.CreateCompartmentDetails{
			CompartmentId: &parent,
			Name:          &name,
			Description:   common.String("made by the quick start"),
		},
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
	if err != nil {
		return "", fmt.Errorf("creating compartment %s: %w", name, err)
	}
	return *response.Id, nil
}

// isFull reports whether the tenancy has no room for another compartment.
func isFull(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "LimitsExceeded"
}

// isThere reports whether the compartment can be read.
func isThere(ctx context.Context, client identity.IdentityClient, id string) error {
	policy := pollingPolicy()
	_, err := client.GetCompartment(ctx, identity.GetCompartmentRequest{
		CompartmentId:   &id,
		RequestMetadata: common.RequestMetadata{RetryPolicy: &policy},
	})
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
	if isFull(err) {
		log.Fatal("the tenancy is full: ask for a higher limit")
	}
	if err == nil {
		err = isThere(ctx, client, id)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(id)
}
