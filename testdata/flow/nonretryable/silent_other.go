package nonretryable

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/flow/helpers"
	"testdata/flow/helpers/ociops"
)

// removed hands back no error, so whoever repeats it repeats no call.
func (d deleter) removed(ctx context.Context, id string) bool {
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		log.Printf("delete %s: %v", id, err)
	}
	return err == nil
}

// untilRemoved loops over a bool.
func untilRemoved(ctx context.Context, d deleter, id string) {
	for !d.removed(ctx, id) {
		time.Sleep(time.Minute)
	}
}

// Result is what a controller hands its framework.
type Result struct {
	Requeue      bool
	RequeueAfter time.Duration
}

// reconcile asks its framework for another round.
func (d deleter) reconcile(ctx context.Context, id string) (Result, error) {
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if common.IsErrorRetryableByDefault(err) {
		return Result{RequeueAfter: time.Minute}, nil
	}
	return Result{}, err
}

// recursionOnDefault calls itself after what may be repeated.
func recursionOnDefault(ctx context.Context, client core.BlockstorageClient, id string, left int) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if left == 0 || !common.IsErrorRetryableByDefault(err) {
		return err
	}
	time.Sleep(time.Second)
	return recursionOnDefault(ctx, client, id, left-1)
}

// tree recurses with another request: the volumes made from this one.
func (d deleter) tree(ctx context.Context, id string, children map[string][]string) error {
	var failed []error
	for _, child := range children[id] {
		if err := d.tree(ctx, child, children); err != nil {
			failed = append(failed, err)
		}
	}
	if _, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil {
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// looksTwice comes to the second call after success as well.
func looksTwice(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	request := core.GetVolumeRequest{VolumeId: common.String(id)}
	before, err := client.GetVolume(ctx, request)
	if err != nil {
		log.Printf("no state of %s from before: %v", id, err)
	} else {
		log.Printf("%s was %s before", id, before.LifecycleState)
	}
	time.Sleep(10 * time.Second)
	after, err := client.GetVolume(ctx, request)
	return &after.Volume, err
}

// otherShape changes the request in the failure branch.
func otherShape(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails, spare string) (*core.Instance, error) {
	request := core.LaunchInstanceRequest{LaunchInstanceDetails: details}
	resp, err := client.LaunchInstance(ctx, request)
	if err != nil {
		request.Shape = common.String(spare)
		resp, err = client.LaunchInstance(ctx, request)
	}
	if err != nil {
		return nil, err
	}
	return &resp.Instance, nil
}

// otherOperation falls back on a listing.
func otherOperation(ctx context.Context, client core.BlockstorageClient, id, compartment, name string) (*core.Volume, error) {
	resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err == nil {
		return &resp.Volume, nil
	}
	list, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: common.String(compartment), DisplayName: common.String(name)})
	if err != nil || len(list.Items) == 0 {
		return nil, err
	}
	return &list.Items[0], nil
}

// otherClient asks the standby after the first.
func otherClient(ctx context.Context, first, standby core.BlockstorageClient, id string) error {
	request := core.GetVolumeRequest{VolumeId: common.String(id)}
	_, err := first.GetVolume(ctx, request)
	if err != nil {
		_, err = standby.GetVolume(ctx, request)
	}
	return err
}

// helperWithPredicate repeats what the SDK would.
func helperWithPredicate(ctx context.Context, client core.BlockstorageClient, id string) error {
	return helpers.RetryIf(3, time.Second, common.IsErrorRetryableByDefault, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// helperWithPredicateOfAnotherPackage finds wrapped errors, and these are.
func helperWithPredicateOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) (volume *core.Volume, err error) {
	err = helpers.RetryIf(3, time.Second, ociops.IsRetryable, func() error {
		volume, err = ociops.GetVolume(ctx, client, id)
		return err
	})
	return volume, err
}

// stopsOnEverythingFinal wraps all that is not worth another try.
func stopsOnEverythingFinal(ctx context.Context, client core.BlockstorageClient, id string) error {
	return retryUnlessStop(5, time.Second, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil && !common.IsErrorRetryableByDefault(err) {
			return stop{err}
		}
		return err
	})
}

// timedOnce calls its function one time.
func timedOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	return helpers.Timed(func(d time.Duration) { log.Print(d) }, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// eachOfThem calls its function once for each id.
func eachOfThem(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	return helpers.Each(ids, func(id string) error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	})
}

// finalInside hands the helper nothing it would repeat: final errors are kept aside, and nil ends it.
func finalInside(ctx context.Context, client core.BlockstorageClient, id string) error {
	var final error
	err := helpers.Retry(3, time.Second, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if !common.IsErrorRetryableByDefault(err) {
			final = err
			return nil
		}
		return err
	})
	if final != nil {
		return final
	}
	return err
}

// ownTypesInTime repeats what classifyAll calls throttled, and that is throttled.
func ownTypesInTime(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		err = classifyAll(err)
		var throttled *throttledError
		if !errors.As(err, &throttled) || n == 5 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// classifyAll is classify the other way round.
func classifyAll(err error) error {
	failure, ok := common.IsServiceError(err)
	switch {
	case err == nil:
		return nil
	case ok && failure.GetCode() == "TooManyRequests":
		return &throttledError{err}
	}
	return &finalError{err}
}

// twoRequests repeats one operation for two things.
func twoRequests(ctx context.Context, client core.BlockstorageClient, first, second string) (*core.Volume, error) {
	resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(first)})
	if err != nil {
		resp, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(second)})
	}
	return &resp.Volume, err
}

// limitInVariable is functionInVariable with the row that may be repeated.
func limitInVariable(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := isServiceError(err); ok && failure.GetHTTPStatusCode() == 429 && n < 5 {
			time.Sleep(time.Second)
			continue
		}
		return &resp.Volume, err
	}
}
