// Package nonretryable has loops, recursions, second calls and helpers of the program's own that send a request again
// although the catalog says not to, and as many that look like it and do not. Every one of the first kind waits.
package nonretryable

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
)

// counterLoop tries five times whatever the answer was.
func counterLoop(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for attempt := 0; attempt < 5; attempt++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt+1) * time.Second)
	}
	return err
}

// rangeOverInt is the same with a range over an integer and the request made before.
func rangeOverInt(ctx context.Context, client loadbalancer.LoadBalancerClient, id string) error {
	request := loadbalancer.DeleteLoadBalancerRequest{LoadBalancerId: common.String(id)}
	var last error
	for range 3 {
		if _, err := client.DeleteLoadBalancer(ctx, request); err != nil { // want "nonretryable: "
			last = err
			time.Sleep(time.Second)
			continue
		}
		return nil
	}
	return last
}

// rangeOverDelays ranges over the waits, not over what is asked for.
func rangeOverDelays(ctx context.Context, client core.ComputeClient, id string) error {
	var err error
	for _, delay := range []time.Duration{time.Second, 5 * time.Second, 30 * time.Second} {
		if _, err = client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: common.String(id)}); err == nil { // want "nonretryable: "
			break
		}
		time.Sleep(delay)
	}
	return err
}

// foreverWithTimer stops only when the context does.
func foreverWithTimer(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return &resp.Volume, nil
		}
		timer := time.NewTimer(2 * time.Second)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, errors.Join(ctx.Err(), err)
		}
	}
}

// labelledContinue goes round from inside a switch.
func labelledContinue(ctx context.Context, client loadbalancer.LoadBalancerClient, id string) (*loadbalancer.LoadBalancer, error) {
	var last error
attempts:
	for n := 0; n < 4; n++ {
		resp, err := client.GetLoadBalancer(ctx, loadbalancer.GetLoadBalancerRequest{LoadBalancerId: common.String(id)}) // want "nonretryable: "
		switch {
		case err != nil:
			last = err
			time.Sleep(2 * time.Second)
			continue attempts
		case resp.LifecycleState == loadbalancer.LoadBalancerLifecycleStateFailed:
			return nil, errors.New("the load balancer has failed")
		}
		return &resp.LoadBalancer, nil
	}
	return nil, last
}

// doneFlag leaves through a flag in the loop's condition.
func doneFlag(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	done := false
	for tries := 0; !done && tries < 10; tries++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		done = err == nil
		if !done {
			time.Sleep(time.Second)
		}
	}
	return err
}

// untilDeadline is bounded by a clock and waits in the post statement.
func untilDeadline(ctx context.Context, client core.ComputeClient, id string) (state core.InstanceLifecycleStateEnum, err error) {
	deadline := time.Now().Add(time.Minute)
	for ; time.Now().Before(deadline); time.Sleep(3 * time.Second) {
		var resp core.GetInstanceResponse
		resp, err = client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return resp.LifecycleState, nil
		}
		log.Printf("instance %s: %v", id, err)
	}
	return state, err
}

// waitsUntilGone has a way out that its own call decides, so the other answers go round.
func waitsUntilGone(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Second):
		}
	}
}

// pollsOverErrors waits for a state and takes a failed look for one more round.
func pollsOverErrors(ctx context.Context, client core.BlockstorageClient, id string) error {
	for range 60 {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil && resp.LifecycleState == core.VolumeLifecycleStateAvailable {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
	return errors.New("the volume is still not available")
}

// tickerWithWayOut looks periodic, but success ends it.
func tickerWithWayOut(ctx context.Context, client core.ComputeClient, id string) error {
	ticker := time.NewTicker(10 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		_, err := client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		log.Printf("detach %s: %v", id, err)
	}
}

// samePageAgain pages, and asks for the same page again after a failure.
func samePageAgain(ctx context.Context, client core.BlockstorageClient, compartment string) ([]core.Volume, error) {
	var all []core.Volume
	var page *string
	failures := 0
	for {
		resp, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: common.String(compartment), Page: page}) // want "nonretryable: "
		if err != nil {
			if failures++; failures > 3 {
				return nil, err
			}
			time.Sleep(time.Second)
			continue
		}
		all = append(all, resp.Items...)
		if resp.OpcNextPage == nil {
			return all, nil
		}
		page = resp.OpcNextPage
	}
}

// sameCollectionAgain starts over with the same ids.
func sameCollectionAgain(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	var err error
	for round := 0; round < 3; round++ {
		err = nil
		for _, id := range ids {
			if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil { // want "nonretryable: "
				break
			}
		}
		if err == nil {
			return nil
		}
		time.Sleep(time.Minute)
	}
	return err
}

// clientMadeAnew makes a client for each attempt, from the same provider.
func clientMadeAnew(ctx context.Context, provider common.ConfigurationProvider, id string) error {
	var err error
	for n := 0; n < 3; n++ {
		client, made := core.NewBlockstorageClientWithConfigurationProvider(provider)
		if made != nil {
			return made
		}
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		time.Sleep(time.Duration(n) * time.Second)
	}
	return err
}

// logsInsteadOfStopping names the broken request and goes on all the same.
func logsInsteadOfStopping(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for n := 0; n < 5; n++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 400 {
			log.Printf("the request is wrong: %v", err)
		}
		time.Sleep(time.Second)
	}
	return err
}
