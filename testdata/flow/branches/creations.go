// Package branches calls OCI where another call has failed: such a call is judged like any other.
package branches

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v4"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

type networks struct {
	client core.VirtualNetworkClient
	pause  time.Duration
}

func isMissing(err error) bool {
	var failure common.ServiceError
	return errors.As(err, &failure) && failure.GetHTTPStatusCode() == 404
}

// ensureGateway makes what is not there, again and again.
func (n networks) ensureGateway(ctx context.Context, id string, details core.CreateInternetGatewayDetails) error {
	if _, err := n.client.GetInternetGateway(ctx, core.GetInternetGatewayRequest{IgId: &id}); !isMissing(err) {
		return err
	}
	var err error
	for attempt := 1; attempt <= 3; attempt++ {
		if _, err = n.client.CreateInternetGateway(ctx, core.CreateInternetGatewayRequest{CreateInternetGatewayDetails: details}); err == nil { // want "nonretryable: "
			break
		}
		time.Sleep(n.pause)
	}
	return err
}

func (n networks) lookUp(ctx context.Context, id string) (*core.Vcn, error) {
	found, err := n.client.GetVcn(ctx, core.GetVcnRequest{VcnId: &id})
	if err != nil {
		return nil, err
	}
	return &found.Vcn, nil
}

// ensureVcn comes to the creation behind a helper that has failed.
func (n networks) ensureVcn(ctx context.Context, id string, request core.CreateVcnRequest) (*core.Vcn, error) {
	found, err := n.lookUp(ctx, id)
	if err == nil {
		return found, nil
	}
	for {
		made, err := n.client.CreateVcn(ctx, request) // want "nonretryable: " "nobackoff: "
		if err == nil {
			return &made.Vcn, nil
		}
		if ctx.Err() != nil {
			return nil, err
		}
	}
}

// ensureTag leaves the second attempt to a library.
func ensureTag(ctx context.Context, client identity.IdentityClient, namespace, name string, request identity.CreateTagRequest) error {
	_, err := client.GetTag(ctx, identity.GetTagRequest{TagNamespaceId: &namespace, TagName: &name})
	if !isMissing(err) {
		return err
	}
	return backoff.Retry(func() error { // want "nonretryable: "
		_, err := client.CreateTag(ctx, request)
		return err
	}, backoff.NewExponentialBackOff())
}

// elsewhere tries a second place, and a third one where the second has failed too, twice.
func elsewhere(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails, domains [3]string) error {
	at := func(domain string) core.LaunchInstanceRequest {
		placed := details
		placed.AvailabilityDomain = &domain
		return core.LaunchInstanceRequest{LaunchInstanceDetails: placed}
	}
	_, err := client.LaunchInstance(ctx, at(domains[0]))
	if err == nil {
		return nil
	}
	if _, err = client.LaunchInstance(ctx, at(domains[1])); err == nil {
		return nil
	}
	_, err = client.LaunchInstance(ctx, at(domains[2])) // want "nonretryable: "
	if err != nil {
		time.Sleep(time.Minute)
		_, err = client.LaunchInstance(ctx, at(domains[2]))
	}
	return err
}

// conflictIsMade takes any conflict of the creation for "there is one".
func (n networks) conflictIsMade(ctx context.Context, id string, request core.CreateSubnetRequest) error {
	_, err := n.client.GetSubnet(ctx, core.GetSubnetRequest{SubnetId: &id})
	if isMissing(err) {
		_, err = n.client.CreateSubnet(ctx, request)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
			return nil
		}
	}
	return err
}

// sameTokenAgain sends a spent token again.
func (n networks) sameTokenAgain(ctx context.Context, id string, details core.CreateSubnetDetails) error {
	if _, err := n.client.GetSubnet(ctx, core.GetSubnetRequest{SubnetId: &id}); !isMissing(err) {
		return err
	}
	request := core.CreateSubnetRequest{CreateSubnetDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for {
		_, err := n.client.CreateSubnet(ctx, request) // want "retrytoken: "
		failure, ok := common.IsServiceError(err)
		if !ok || failure.GetCode() != "InvalidatedRetryToken" && !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(n.pause)
	}
}

// Near misses.

// ensureOnce makes it in a loop of one round.
func (n networks) ensureOnce(ctx context.Context, id string, request core.CreateVcnRequest) (err error) {
	if _, err = n.lookUp(ctx, id); err == nil {
		return nil
	}
	for attempt := 0; attempt < 1; attempt++ {
		if _, err = n.client.CreateVcn(ctx, request); err == nil {
			return nil
		}
		time.Sleep(n.pause)
	}
	return err
}

// ensureCarefully goes round where that may help.
func (n networks) ensureCarefully(ctx context.Context, id string, request core.CreateVcnRequest) error {
	_, err := n.lookUp(ctx, id)
	for attempt := 0; err != nil && attempt < 4; attempt++ {
		time.Sleep(n.pause)
		if _, err = n.client.CreateVcn(ctx, request); err != nil && !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
	return err
}

// ensureEach makes another one in each round.
func (n networks) ensureEach(ctx context.Context, ids []string, requests map[string]core.CreateVcnRequest) (left []error) {
	for _, id := range ids {
		if _, err := n.lookUp(ctx, id); err != nil {
			if _, err = n.client.CreateVcn(ctx, requests[id]); err != nil {
				left = append(left, err)
			}
		}
	}
	return left
}

// lookIfThere looks at what is there after a conflict.
func (n networks) lookIfThere(ctx context.Context, id string, request core.CreateVcnRequest) (*core.Vcn, error) {
	found, err := n.lookUp(ctx, id)
	if isMissing(err) {
		made, err := n.client.CreateVcn(ctx, request)
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 {
			return n.lookUp(ctx, id)
		}
		return &made.Vcn, err
	}
	return found, err
}
