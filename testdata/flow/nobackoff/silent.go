package nobackoff

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
	"golang.org/x/time/rate"

	"testdata/flow/helpers"
)

// sleeps is counterLoop with the line that it lacks.
func sleeps(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for attempt := 0; attempt < 5; attempt++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// sleepsFromTheSecondOn waits behind a counter.
func sleepsFromTheSecondOn(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for attempt := 0; attempt < 5; attempt++ {
		if attempt > 0 {
			time.Sleep(time.Second)
		}
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); !common.IsErrorRetryableByDefault(err) {
			break
		}
	}
	return err
}

// firstOneAtOnce repeats once without and then with a wait.
func firstOneAtOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 5 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		if n == 0 {
			continue
		}
		time.Sleep(time.Second)
	}
}

// waitsOnRequest has a switch that the caller sets.
func waitsOnRequest(ctx context.Context, client core.BlockstorageClient, id string, patient bool) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 5 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		if patient {
			time.Sleep(time.Minute)
		}
	}
}

// selectWithTimer waits for the timer or the end.
func selectWithTimer(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// tick waits for a ticker.
func tick(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for range ticker.C {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); !common.IsErrorRetryableByDefault(err) {
			break
		}
	}
	return err
}

// postStatement waits where the counter usually stands.
func postStatement(ctx context.Context, client core.BlockstorageClient, id string) error {
	for delay := time.Second; ; time.Sleep(delay) {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if delay > time.Minute || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		delay *= 2
	}
}

// nextBackOff waits as long as the library says.
func nextBackOff(ctx context.Context, client core.BlockstorageClient, id string) error {
	delays := backoff.NewExponentialBackOff()
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		next := delays.NextBackOff()
		if !common.IsErrorRetryableByDefault(err) || next == backoff.Stop {
			return err
		}
		time.Sleep(next)
	}
}

// waitsForTheLimiter lets it decide when.
func waitsForTheLimiter(ctx context.Context, client core.BlockstorageClient, limiter *rate.Limiter, id string) error {
	for {
		if err := limiter.Wait(ctx); err != nil {
			return err
		}
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
}

type clock interface {
	Sleep(time.Duration)
}

// ownClock sleeps through an interface that tests replace.
func ownClock(ctx context.Context, clock clock, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		clock.Sleep(time.Second)
	}
}

// Between calls what nobody here knows; it may wait.
func Between(ctx context.Context, client core.BlockstorageClient, id string, between func(error)) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		between(err)
	}
}

// pausesElsewhere waits in a function of another package.
func pausesElsewhere(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 1; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		helpers.Pause(n)
	}
}

// hold waits two functions deep.
func hold(ctx context.Context, n int) error { return holdFor(ctx, helpers.Jitter(n)) }

func holdFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// holds leaves when the wait does.
func holds(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 1; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
		if ended := hold(ctx, n); ended != nil {
			return errors.Join(ended, err)
		}
	}
}

// slots hands out a place to whoever waits for one.
func slots(ctx context.Context, slot <-chan struct{}, client core.BlockstorageClient, id string) error {
	for {
		<-slot
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
}

// later lets a timer start it again.
func later(ctx context.Context, client core.BlockstorageClient, id string, done func(error)) {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 429 {
		time.AfterFunc(time.Minute, func() { later(ctx, client, id, done) })
		return
	}
	done(err)
}

// ownPolicy starts from DefaultRetryPolicy, which has waited for these rows, after its last attempt too.
func ownPolicy(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	for n := 0; ; n++ {
		resp, err := client.GetUser(ctx, identity.GetUserRequest{UserId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 429 && n < 10 {
			continue
		}
		return &resp.User, err
	}
}

// ownPolicyOfObjectstorage is the same for a changing operation.
func ownPolicyOfObjectstorage(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.DeleteObjectRequest) error {
	var err error
	for n := 0; n < 3; n++ {
		if _, err = client.DeleteObject(ctx, request); !common.IsErrorRetryableByDefault(err) {
			return err
		}
		log.Print(err)
	}
	return err
}

// policyInRequest brings the policy that the operation lacks.
func policyInRequest(ctx context.Context, client core.BlockstorageClient, id string) error {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	request := core.DeleteVolumeRequest{VolumeId: common.String(id), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}}
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, request)
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
}

// nothingRepeated pages without a wait: each request is another.
func nothingRepeated(ctx context.Context, client loadbalancer.LoadBalancerClient, compartment string) (names []string, err error) {
	request := loadbalancer.ListLoadBalancersRequest{CompartmentId: common.String(compartment)}
	for {
		resp, err := client.ListLoadBalancers(ctx, request)
		if err != nil {
			return names, err
		}
		for _, balancer := range resp.Items {
			names = append(names, *balancer.DisplayName)
		}
		if request.Page = resp.OpcNextPage; request.Page == nil {
			return names, nil
		}
	}
}

// eachBackend goes on with the next after a failure that may be repeated, at once; it is another request.
func eachBackend(ctx context.Context, client loadbalancer.LoadBalancerClient, balancer, set string, backends []string) error {
	var busy error
	for _, backend := range backends {
		_, err := client.DeleteBackend(ctx, loadbalancer.DeleteBackendRequest{
			LoadBalancerId: common.String(balancer), BackendSetName: common.String(set), BackendName: common.String(backend)})
		if common.IsErrorRetryableByDefault(err) {
			busy = err
			continue
		}
		if err != nil {
			return err
		}
	}
	return busy
}

// freshEtagAtOnce reads the resource anew and sends another etag; 412 asks for no wait.
func freshEtagAtOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		current, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			return err
		}
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id), IfMatch: current.Etag})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 412 {
			continue
		}
		return err
	}
}

// contextOnly repeats at once when its own deadline has passed; the service has answered nothing then.
func contextOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		each, cancel := context.WithTimeout(ctx, time.Second)
		_, err := client.DeleteVolume(each, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		cancel()
		if n == 3 || !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
}

// neverForReading waits for an answer that a Get cannot give.
func neverForReading(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if n == 3 || !alreadyExists(err) {
			return &resp.Volume, err
		}
	}
}
