package incorrectstate

import (
	"context"
	"errors"
	"log"
	"net/http"
	"slices"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"

	"testdata/flow/helpers"
)

// isTransient knows the limit and the service's own faults.
func isTransient(err error) bool {
	var failure common.ServiceError
	return errors.As(err, &failure) && helpers.Transient(failure.GetHTTPStatusCode())
}

// counterLoop repeats 429, 500 and 503 of a changing operation, and a volume that is busy for a second is an error.
func counterLoop(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for n := 0; n < 5; n++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "incorrectstate: "
		if err == nil || !isTransient(err) {
			return err
		}
		time.Sleep(time.Second << n)
	}
	return err
}

// withoutFiveHundred repeats 429 and 503.
func withoutFiveHundred(ctx context.Context, client core.ComputeClient, id string) error {
	statuses := []int{http.StatusTooManyRequests, http.StatusServiceUnavailable}
	for {
		_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: common.String(id)}) // want "incorrectstate: "
		failure, ok := common.IsServiceError(err)
		if !ok || !slices.Contains(statuses, failure.GetHTTPStatusCode()) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// atOnce lacks the wait as well.
func atOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: " "incorrectstate: "
		if n == 3 || !isTransient(err) {
			return err
		}
	}
}

// fromFiveHundredOn takes 501 along.
func fromFiveHundredOn(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: " "incorrectstate: "
		failure, ok := common.IsServiceError(err)
		if !ok || n == 3 || failure.GetHTTPStatusCode() != 429 && failure.GetHTTPStatusCode() < 500 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// recursion starts over for the same three.
func recursion(ctx context.Context, client core.BlockstorageClient, id string, left int) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "incorrectstate: "
	if left > 0 && isTransient(err) {
		time.Sleep(time.Second)
		return recursion(ctx, client, id, left-1)
	}
	return err
}

// throughHelper leaves it out with its predicate.
func throughHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	return helpers.RetryIf(3, time.Second, isTransient, func() error { // want "incorrectstate: "
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// persist is used for a changing operation only.
func persist(fn func() error) error {
	for n := 0; ; n++ {
		err := fn()
		if n == 5 || !isTransient(err) {
			return err
		}
		log.Printf("again: %v", err)
		time.Sleep(time.Second)
	}
}

// throughOwnHelper is told at the helper's call.
func throughOwnHelper(ctx context.Context, client core.ComputeClient, id string) error {
	return persist(func() error { // want "incorrectstate: "
		_, err := client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(id)})
		return err
	})
}

// wrapperInLoop repeats a wrapper of a changing operation.
func wrapperInLoop(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		err := remove(ctx, client, id) // want "incorrectstate: "
		if n == 3 || !isTransient(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// reading repeats an operation that changes nothing.
func reading(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if n == 3 || !isTransient(err) {
			return &resp.Volume, err
		}
		time.Sleep(time.Second)
	}
}

// read is used for reading operations only.
func read[T any](fn func() (T, error)) (T, error) {
	for n := 0; ; n++ {
		value, err := fn()
		if n == 5 || !isTransient(err) {
			return value, err
		}
		time.Sleep(time.Second)
	}
}

// throughReadingHelper lists.
func throughReadingHelper(ctx context.Context, client loadbalancer.LoadBalancerClient, compartment string) (loadbalancer.ListLoadBalancersResponse, error) {
	return read(func() (loadbalancer.ListLoadBalancersResponse, error) {
		return client.ListLoadBalancers(ctx, loadbalancer.ListLoadBalancersRequest{CompartmentId: common.String(compartment)})
	})
}

// withIncorrectState is counterLoop with the row that it lacks.
func withIncorrectState(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		failure, ok := common.IsServiceError(err)
		if !ok || n == 5 || failure.GetCode() != "IncorrectState" && !helpers.Transient(failure.GetHTTPStatusCode()) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// withConflicts takes it along by its status.
func withConflicts(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 5 || !isConflict(err) && !isTransient(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// rateLimitOnly is no general-purpose loop.
func rateLimitOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); !ok || n == 5 || !helpers.Throttled(failure.GetHTTPStatusCode()) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// withoutLimit repeats the service's own faults, and no limit.
func withoutLimit(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		failure, ok := common.IsServiceError(err)
		if !ok || n == 5 || failure.GetHTTPStatusCode() != 500 && failure.GetHTTPStatusCode() != 503 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// ownPolicyInForce belongs to an operation that starts from DefaultRetryPolicy, which repeats IncorrectState already.
func ownPolicyInForce(ctx context.Context, client identity.IdentityClient, request identity.DeleteUserRequest) error {
	for n := 0; ; n++ {
		_, err := client.DeleteUser(ctx, request)
		if n == 5 || !isTransient(err) {
			return err
		}
		time.Sleep(time.Minute)
	}
}

// policyInRequest brings one that does.
func policyInRequest(ctx context.Context, client core.BlockstorageClient, id string) error {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	request := core.DeleteVolumeRequest{VolumeId: common.String(id), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}}
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, request)
		if n == 5 || !isTransient(err) {
			return err
		}
		time.Sleep(time.Minute)
	}
}

// eachVolume goes on with the next after a transient failure, which is no retry.
func eachVolume(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	var last error
	for _, id := range ids {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if isTransient(err) {
			last = err
			continue
		}
		if err != nil {
			return err
		}
	}
	return last
}
