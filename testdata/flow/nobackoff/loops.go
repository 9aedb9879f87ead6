// Package nobackoff repeats what may be repeated, at once and with a wait. Nearly all operations here are of services
// whose operations start from NoRetryPolicy, so no policy of the SDK waits for them.
package nobackoff

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand"
	"net/http"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
	"golang.org/x/time/rate"

	"testdata/flow/helpers"
)

// counterLoop repeats at once.
func counterLoop(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for attempt := 0; attempt < 5; attempt++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		log.Printf("attempt %d: %v", attempt, err)
	}
	return err
}

// everything repeats the final answers too.
func everything(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for range 5 {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err == nil { // want "nonretryable: " "nobackoff: "
			break
		}
	}
	return err
}

// asksTheContext looks whether it is over, and does not wait: the select has a default.
func asksTheContext(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
	}
}

// statusList repeats a reading operation.
func statusList(ctx context.Context, client loadbalancer.LoadBalancerClient, id string) (*loadbalancer.LoadBalancer, error) {
	passing := []int{http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
	for n := 0; ; n++ {
		resp, err := client.GetLoadBalancer(ctx, loadbalancer.GetLoadBalancerRequest{LoadBalancerId: common.String(id)}) // want "nobackoff: "
		failure, ok := common.IsServiceError(err)
		if !ok || n == 5 || !slices.Contains(passing, failure.GetHTTPStatusCode()) {
			return &resp.LoadBalancer, err
		}
	}
}

// statusOfAnotherPackage asks a function that knows only numbers.
func statusOfAnotherPackage(ctx context.Context, client loadbalancer.LoadBalancerClient, id string) error {
	var last error
	for range 3 {
		_, err := client.GetLoadBalancer(ctx, loadbalancer.GetLoadBalancerRequest{LoadBalancerId: common.String(id)}) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); ok && helpers.Transient(failure.GetHTTPStatusCode()) {
			last = err
			continue
		}
		return err
	}
	return last
}

// gotoAgain jumps back at once.
func gotoAgain(ctx context.Context, client core.BlockstorageClient, id string) error {
	tries := 0
again:
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
	if common.IsErrorRetryableByDefault(err) && tries < 3 {
		tries++
		goto again
	}
	return err
}

// recursion starts over at once.
func recursion(ctx context.Context, client core.BlockstorageClient, id string, left int) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
	if left == 0 || !common.IsErrorRetryableByDefault(err) {
		return err
	}
	return recursion(ctx, client, id, left-1)
}

// secondCall asks once more in the failure branch.
func secondCall(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	request := core.GetVolumeRequest{VolumeId: common.String(id)}
	resp, err := client.GetVolume(ctx, request) // want "nobackoff: "
	if common.IsErrorRetryableByDefault(err) {
		resp, err = client.GetVolume(ctx, request)
	}
	return &resp.Volume, err
}

// secondCallAfterAnything is the commonest form.
func secondCallAfterAnything(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	request := core.GetVolumeRequest{VolumeId: common.String(id)}
	resp, err := client.GetVolume(ctx, request) // want "nonretryable: " "nobackoff: "
	if err != nil {
		log.Printf("once more: %v", err)
		if resp, err = client.GetVolume(ctx, request); err != nil {
			return nil, err
		}
	}
	return &resp.Volume, nil
}

// spinsUntilGone waits for 404 with all the requests it can send.
func spinsUntilGone(ctx context.Context, client core.BlockstorageClient, id string) error {
	for ctx.Err() == nil {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: " "nobackoff: "
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
	}
	return ctx.Err()
}

// waitsOnSuccessOnly sleeps while the volume is not ready. After a failure it goes round without.
func waitsOnSuccessOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if common.IsErrorRetryableByDefault(err) {
			continue
		}
		if err != nil || resp.LifecycleState == core.VolumeLifecycleStateAvailable {
			return err
		}
		time.Sleep(5 * time.Second)
	}
}

// waitsBefore sleeps once, ahead of the loop.
func waitsBefore(ctx context.Context, client core.BlockstorageClient, id string) error {
	time.Sleep(10 * time.Second)
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
}

// nextDelay only computes, whatever its name says.
func nextDelay(n int) time.Duration {
	return time.Duration(rand.Intn(1<<n)) * time.Second
}

// computesOnly logs how long it would have to wait.
func computesOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 1; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if n == 5 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		log.Printf("delete %s again in %v: %v", id, nextDelay(n), err)
	}
}

// neverReceives makes a timer's channel and does not read it.
func neverReceives(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 1; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if n == 5 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.After(time.Second)
	}
}

// nextBackOffOnly asks a library how long to wait, and only looks whether it is over.
func nextBackOffOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	delays := backoff.WithMaxRetries(backoff.NewExponentialBackOff(), 5)
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) || delays.NextBackOff() == backoff.Stop {
			return err
		}
	}
}

// asksTheLimiter does not wait for it.
func asksTheLimiter(ctx context.Context, client core.BlockstorageClient, limiter *rate.Limiter, id string) error {
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		if !limiter.Allow() {
			log.Print("the next request is over the limit")
		}
	}
}

// sleepsElsewhere lets another goroutine sleep.
func sleepsElsewhere(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nobackoff: "
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		go func() {
			time.Sleep(time.Second)
			log.Printf("a second after attempt %d", n)
		}()
	}
}

// notThereYet repeats 404 NotAuthorizedOrNotFound. The operation starts from DefaultRetryPolicy, which does not repeat
// that one outside a window and so does not wait for it.
func notThereYet(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	for n := 0; ; n++ {
		resp, err := client.GetUser(ctx, identity.GetUserRequest{UserId: common.String(id)}) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "NotAuthorizedOrNotFound" && n < 10 {
			continue
		}
		return &resp.User, err
	}
}

// ownPolicySwitchedOff starts from DefaultRetryPolicy as well, but the request brings a policy of one attempt.
func ownPolicySwitchedOff(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	once := common.NoRetryPolicy()
	request := identity.GetUserRequest{UserId: common.String(id), RequestMetadata: common.RequestMetadata{RetryPolicy: &once}}
	for n := 0; ; n++ {
		resp, err := client.GetUser(ctx, request) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 429 && n < 10 {
			continue
		}
		return &resp.User, err
	}
}

type balancers interface {
	DeleteBackend(ctx context.Context, request loadbalancer.DeleteBackendRequest) (loadbalancer.DeleteBackendResponse, error)
}

type drainer struct {
	balancers balancers
}

// drain goes through an interface. NotAuthenticated is repeated by no policy of the SDK.
func (d *drainer) drain(ctx context.Context, request loadbalancer.DeleteBackendRequest) error {
	for n := 0; ; n++ {
		_, err := d.balancers.DeleteBackend(ctx, request) // want "nobackoff: "
		var failure common.ServiceError
		if n == 3 || !errors.As(err, &failure) || failure.GetHTTPStatusCode() != http.StatusUnauthorized {
			return err
		}
		log.Printf("%s: not authenticated, once more", failure.GetOpcRequestID())
	}
}

// once wraps the call.
func (d *drainer) once(ctx context.Context, balancer, set, backend string) error {
	_, err := d.balancers.DeleteBackend(ctx, loadbalancer.DeleteBackendRequest{
		LoadBalancerId: common.String(balancer), BackendSetName: common.String(set), BackendName: common.String(backend)})
	if err != nil {
		return fmt.Errorf("backend %s: %w", backend, err)
	}
	return nil
}

// wrapperInLoop repeats the wrapper after everything.
func (d *drainer) wrapperInLoop(ctx context.Context, balancer, set, backend string) (err error) {
	for n := 0; n < 3; n++ {
		if err = d.once(ctx, balancer, set, backend); err == nil { // want "nonretryable: " "nobackoff: "
			return nil
		}
	}
	return err
}

func alreadyExists(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "NotAuthorizedOrResourceAlreadyExists"
}

// alreadyExistsAtOnce hopes that the other one is gone by now.
func alreadyExistsAtOnce(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details}) // want "nobackoff: "
		if n == 3 || !alreadyExists(err) {
			return &resp.Volume, err
		}
	}
}
