package incorrectstate

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/core"
)

// What is left behind an address that the caller gave is an answer like a result.

type detaching struct {
	Phase string
	Since time.Time
	Steps []string
}

// leavesWhatSuccessLeaves says the same of a conflict.
func leavesWhatSuccessLeaves(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, state *detaching) error {
	_, err := client.DetachVnic(ctx, request)
	if err != nil && !isConflict(err) { // want "incorrectstate: "
		return err
	}
	state.Phase = "Detached"
	return nil
}

// leavesBeforehand writes before it asks, whatever becomes of it.
func leavesBeforehand(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, state *detaching) error {
	state.Phase, state.Since = "Detaching", time.Now()
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

// leavesNothing reads what it was given.
func leavesNothing(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, lenient *detaching) error {
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) { // want "incorrectstate: "
		println(lenient.Phase)
		return nil
	}
	return err
}

// oneAnswerForBoth leaves the same where it is busy and where it is there.
func oneAnswerForBoth(ctx context.Context, client core.ComputeClient, request core.LaunchInstanceRequest, made *bool) error {
	_, err := client.LaunchInstance(ctx, request)
	if isConflict(err) { // want "incorrectstate: "
		*made = false
		return nil
	}
	*made = err == nil
	return err
}

// The near misses.

func leavesAFlag(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, busy *bool) error {
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) {
		*busy = true
		return nil
	}
	return err
}

func leavesAnotherPhase(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, state *detaching) error {
	_, err := client.DetachVnic(ctx, request)
	switch {
	case err == nil:
		state.Phase = "Detached"
	case isConflict(err):
		state.Phase, state.Since = "Waiting", time.Now()
	default:
		return err
	}
	return nil
}

func leavesALongerList(ctx context.Context, client core.ComputeClient, requests []core.DetachVnicRequest, left *[]string) error {
	for _, request := range requests {
		_, err := client.DetachVnic(ctx, request)
		if isConflict(err) {
			*left = append(*left, *request.VnicAttachmentId)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}
