package incorrectstate

import (
	"context"
	"os"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
)

// What is stored before a call on one way only is as free as without the store; on each way it is known.

var tolerant = os.Getenv("TOLERANT") != ""

type balancers struct {
	client  loadbalancer.LoadBalancerClient
	options *balancerOptions
}

type balancerOptions struct{ conflictIsFine bool }

func (b *balancers) tolerate(all bool) {
	if all {
		tolerant = true
		return
	}
	tolerant = true
}

// tolerantForCertain sets the flag on both ways through a function.
func (b *balancers) tolerantForCertain(ctx context.Context, id string, all bool) error {
	b.tolerate(all)
	_, err := b.client.DeleteLoadBalancer(ctx, loadbalancer.DeleteLoadBalancerRequest{LoadBalancerId: &id})
	if failure, ok := common.IsServiceError(err); tolerant && ok && failure.GetCode() == "IncorrectState" { // want "incorrectstate: "
		return nil
	}
	return err
}

// fineForCertain sets an option behind two addresses.
func (b *balancers) fineForCertain(ctx context.Context, id string) error {
	b.options.conflictIsFine = true
	_, err := b.client.DeleteLoadBalancer(ctx, loadbalancer.DeleteLoadBalancerRequest{LoadBalancerId: &id})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 && b.options.conflictIsFine { // want "incorrectstate: "
		return nil
	}
	return err
}

// tolerantInTheLoop is a near miss: the flag is set in a loop that may not have gone round.
func (b *balancers) tolerantInTheLoop(ctx context.Context, id string, labels []string) error {
	for _, label := range labels {
		if label == "tolerant" {
			tolerant = true
		}
	}
	_, err := b.client.DeleteLoadBalancer(ctx, loadbalancer.DeleteLoadBalancerRequest{LoadBalancerId: &id})
	if failure, ok := common.IsServiceError(err); tolerant && ok && failure.GetCode() == "IncorrectState" {
		return nil
	}
	return err
}

// fineForSome is a near miss: the option is set for one name only.
func (b *balancers) fineForSome(ctx context.Context, id, name string) error {
	switch name {
	case "spare":
		b.options.conflictIsFine = true
	}
	_, err := b.client.DeleteLoadBalancer(ctx, loadbalancer.DeleteLoadBalancerRequest{LoadBalancerId: &id})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 && b.options.conflictIsFine {
		return nil
	}
	return err
}

// fineInMap is a near miss: an entry of a map that was handed in is set on one way.
func fineInMap(ctx context.Context, client core.ComputeClient, id string, fine map[string]bool, spare bool) error {
	if spare {
		fine[id] = true
	}
	_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 && fine[id] {
		return nil
	}
	return err
}

// detached answers beside the error whether that is a conflict.
func detached(ctx context.Context, client core.ComputeClient, id string) (conflict bool, err error) {
	_, err = client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: &id})
	if failure, ok := common.IsServiceError(err); ok {
		conflict = failure.GetHTTPStatusCode() == 409
	}
	return conflict, err
}

// conflictBeside loses the error that it got.
func conflictBeside(ctx context.Context, client core.ComputeClient, id string) error {
	conflict, err := detached(ctx, client, id) // want "incorrectstate: "
	if conflict {
		return nil
	}
	return err
}

// conflictBesideKept is a near miss: it hands the error on.
func conflictBesideKept(ctx context.Context, client core.ComputeClient, id string) (bool, error) {
	conflict, err := detached(ctx, client, id)
	if err != nil && !conflict {
		return false, err
	}
	return conflict, err
}
