// Package retrytoken sends a retry token again after InvalidatedRetryToken, or gives one token to different requests.
package retrytoken

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"

	"testdata/flow/helpers"
)

func isConflict(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 409
}

func isInvalidated(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "InvalidatedRetryToken"
}

// onInvalidated waits, as if the token got better. Nothing else goes round.
func onInvalidated(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (*core.Volume, error) {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for n := 0; ; n++ {
		resp, err := client.CreateVolume(ctx, request) // want "retrytoken: "
		if n < 3 && isInvalidated(err) {
			time.Sleep(time.Second)
			continue
		}
		return &resp.Volume, err
	}
}

// onConflict takes all of 409 together; the other two may be repeated.
func onConflict(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (*core.Volume, error) {
	token := common.RetryToken()
	for n := 0; ; n++ {
		resp, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: &token}) // want "retrytoken: "
		if n == 3 || !isConflict(err) {
			return &resp.Volume, err
		}
		time.Sleep(time.Second)
	}
}

// onEverything repeats the final answers as well.
func onEverything(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details}
	request.OpcRetryToken = common.String(common.RetryToken())
	var err error
	for range 5 {
		if _, err = client.CreateVolume(ctx, request); err == nil { // want "nonretryable: " "retrytoken: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// onEverythingAtOnce does it without a wait.
func onEverythingAtOnce(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	var err error
	for range 5 {
		if _, err = client.CreateVolume(ctx, request); err == nil { // want "nonretryable: " "nobackoff: " "retrytoken: "
			return nil
		}
	}
	return err
}

// secondCall sends it once more.
func secondCall(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) (*core.Instance, error) {
	request := core.LaunchInstanceRequest{LaunchInstanceDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	resp, err := client.LaunchInstance(ctx, request) // want "retrytoken: "
	if isConflict(err) {
		time.Sleep(10 * time.Second)
		resp, err = client.LaunchInstance(ctx, request)
	}
	return &resp.Instance, err
}

// launch makes the request anew for each jump, and the token once.
func launch(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	token := common.RetryToken()
	left := 3
again:
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{LaunchInstanceDetails: details, OpcRetryToken: common.String(token)}) // want "retrytoken: "
	if left > 0 && isConflict(err) {
		left--
		time.Sleep(time.Second)
		goto again
	}
	return err
}

// tokenOfUID comes from the thing it is for, which is fine for its first request and no better for the second.
func tokenOfUID(ctx context.Context, client loadbalancer.LoadBalancerClient, details loadbalancer.CreateLoadBalancerDetails, uid string) error {
	request := loadbalancer.CreateLoadBalancerRequest{
		CreateLoadBalancerDetails: details,
		OpcRetryToken:             common.String(fmt.Sprintf("create-lb-%s", uid)),
	}
	for n := 0; ; n++ {
		_, err := client.CreateLoadBalancer(ctx, request) // want "retrytoken: "
		if n == 3 || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// constantToken is wrong in both ways.
func constantToken(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{
		CreateVolumeDetails: details,
		OpcRetryToken:       common.String("create-volume"), // want "retrytoken: "
	}
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, request) // want "retrytoken: "
		if n == 3 || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// textOfInvalidated looks for the code in the text.
func textOfInvalidated(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, request) // want "retrytoken: "
		if err == nil || n == 3 || !strings.Contains(err.Error(), "InvalidatedRetryToken") {
			return err
		}
		time.Sleep(time.Second)
	}
}

// throughHelper repeats the function, and the function the token.
func throughHelper(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	return helpers.RetryIf(3, time.Second, isConflict, func() error { // want "retrytoken: "
		_, err := client.CreateVolume(ctx, request)
		return err
	})
}

// throughHelperAfterEverything has its token from outside the function too.
func throughHelperAfterEverything(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	token := common.String(common.RetryToken())
	return helpers.Retry(3, time.Second, func() error { // want "nonretryable: " "retrytoken: "
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: token})
		return err
	})
}

// instances is the program's own interface.
type instances interface {
	InstanceAction(context.Context, core.InstanceActionRequest) (core.InstanceActionResponse, error)
}

type power struct {
	instances instances
}

// stop repeats through the interface.
func (p power) stop(ctx context.Context, id string) error {
	request := core.InstanceActionRequest{
		InstanceId:    common.String(id),
		Action:        core.InstanceActionActionStop,
		OpcRetryToken: common.String(common.RetryToken()),
	}
	for n := 0; ; n++ {
		_, err := p.instances.InstanceAction(ctx, request) // want "retrytoken: "
		var failure common.ServiceError
		if n == 5 || !errors.As(err, &failure) || failure.GetHTTPStatusCode() != 409 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// changesMetadataOnly switches the SDK's own policy off after a failure; that makes the request no other.
func changesMetadataOnly(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	policy := common.NoRetryPolicy()
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, request) // want "retrytoken: "
		if n == 3 || !isConflict(err) {
			return err
		}
		request.RequestMetadata = common.RequestMetadata{RetryPolicy: &policy}
		time.Sleep(time.Second)
	}
}
