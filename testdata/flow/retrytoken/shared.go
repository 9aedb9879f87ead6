package retrytoken

import (
	"context"
	"errors"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
)

// literalToken is the same for every volume there will ever be.
func literalToken(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
		CreateVolumeDetails: details,
		OpcRetryToken:       common.String("volume-controller"), // want "retrytoken: "
	})
	return err
}

const launchToken = "launch"

// namedConstant is no better for its name.
func namedConstant(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	request := core.LaunchInstanceRequest{LaunchInstanceDetails: details}
	request.OpcRetryToken = common.String(launchToken) // want "retrytoken: "
	_, err := client.LaunchInstance(ctx, request)
	return err
}

// processToken is made once in the life of the program.
var processToken = common.RetryToken()

// packageVariable gives it to every request.
func packageVariable(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         &processToken, // want "retrytoken: "
	})
	return err
}

// oneForAll makes a token and gives it to a request for each detail.
func oneForAll(ctx context.Context, client core.BlockstorageClient, all []core.CreateVolumeDetails) error {
	token := common.RetryToken()
	var failed []error
	for _, details := range all {
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
			CreateVolumeDetails: details,
			OpcRetryToken:       common.String(token), // want "retrytoken: "
		})
		if err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// oneForAllDomains tries the next domain with the token of the first.
func oneForAllDomains(ctx context.Context, client core.ComputeClient, domains []string, details core.LaunchInstanceDetails) (last error) {
	token := common.String(common.RetryToken())
	for _, domain := range domains {
		details.AvailabilityDomain = common.String(domain)
		request := core.LaunchInstanceRequest{
			LaunchInstanceDetails: details,
			OpcRetryToken:         token, // want "retrytoken: "
		}
		if _, last = client.LaunchInstance(ctx, request); last == nil {
			return nil
		}
	}
	return last
}

// oneForEach makes one inside the loop.
func oneForEach(ctx context.Context, client core.BlockstorageClient, all []core.CreateVolumeDetails) error {
	for _, details := range all {
		token := common.RetryToken()
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(token)})
		if err != nil {
			return err
		}
	}
	return nil
}

// ofItsName derives it from the thing it is for.
func ofItsName(ctx context.Context, client core.BlockstorageClient, uids []string) error {
	for _, uid := range uids {
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{
			CreateVolumeDetails: core.CreateVolumeDetails{DisplayName: common.String(uid)},
			OpcRetryToken:       common.String("create-volume-" + uid),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ofOneService gives all backends of a service the service's own.
func ofOneService(ctx context.Context, client loadbalancer.LoadBalancerClient, serviceUID string, request loadbalancer.CreateBackendSetRequest) error {
	request.OpcRetryToken = common.String(serviceUID)
	_, err := client.CreateBackendSet(ctx, request)
	return err
}

// empty is no token: the SDK makes one for each call.
func empty(ctx context.Context, client core.BlockstorageClient, all []core.CreateVolumeDetails) error {
	for _, details := range all {
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String("")})
		if err != nil {
			return err
		}
	}
	return nil
}

// fromCaller is the caller's.
func fromCaller(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails, token string) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: &token})
	return err
}
