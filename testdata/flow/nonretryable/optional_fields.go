package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// builtForEachAttempt has a field that is there or not, but alike in each attempt.
func builtForEachAttempt(ctx context.Context, client core.ComputeClient, compartment, instance string) (err error) {
	for attempt := 0; attempt < 10; attempt++ {
		request := core.ListVnicAttachmentsRequest{CompartmentId: &compartment}
		if instance != "" {
			request.InstanceId = &instance
		}
		if _, err = client.ListVnicAttachments(ctx, request); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

type filter struct {
	instance string
	limit    int
}

func attachments(ctx context.Context, client core.ComputeClient, compartment string, f filter) ([]core.VnicAttachment, error) {
	request := core.ListVnicAttachmentsRequest{CompartmentId: &compartment}
	if f.instance != "" {
		request.InstanceId = &f.instance
	}
	if f.limit > 0 {
		request.Limit = &f.limit
	}
	response, err := client.ListVnicAttachments(ctx, request)
	return response.Items, err
}

// builtInWrapper has two of them, in a wrapper.
func builtInWrapper(ctx context.Context, client core.ComputeClient, compartment string, f filter) (err error) {
	for range 5 {
		if _, err = attachments(ctx, client, compartment, f); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// otherAfterFirst is a near miss: the first request is another one.
func otherAfterFirst(ctx context.Context, client core.ComputeClient, compartment, instance string) (err error) {
	for attempt := 0; attempt < 2; attempt++ {
		request := core.ListVnicAttachmentsRequest{CompartmentId: &compartment}
		if attempt > 0 {
			request.InstanceId = &instance
		}
		if _, err = client.ListVnicAttachments(ctx, request); err == nil {
			return nil
		}
	}
	return err
}

// fromSomebody is a near miss: whether the field is there is asked anew each time.
func fromSomebody(ctx context.Context, client core.ComputeClient, compartment string, ask func() string) (err error) {
	for range 5 {
		request := core.ListVnicAttachmentsRequest{CompartmentId: &compartment}
		if instance := ask(); instance != "" {
			request.InstanceId = &instance
		}
		if _, err = client.ListVnicAttachments(ctx, request); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// oneDomainAfterAnother is a near miss: the domain is another one in each round, if there are several.
func oneDomainAfterAnother(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails, domains []string) (err error) {
	for round := range 3 {
		if len(domains) > 0 {
			details.AvailabilityDomain = common.String(domains[round%len(domains)])
		}
		if _, err = client.LaunchInstance(ctx, core.LaunchInstanceRequest{LaunchInstanceDetails: details}); err == nil {
			return nil
		}
	}
	return err
}
