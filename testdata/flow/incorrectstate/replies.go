package incorrectstate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"k8s.io/apimachinery/pkg/util/wait"
)

// What is answered beside no error tells the caller, if success cannot answer the same.

type detachResult struct {
	Gone  bool
	Notes []string
	At    *place
}

type place struct{ domain string }

// sameResult answers for a conflict what it answers for success, whatever its type is called.
func sameResult(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (detachResult, error) {
	_, err := client.DetachVnic(ctx, request)
	if err != nil && !isConflict(err) { // want "incorrectstate: "
		return detachResult{}, err
	}
	return detachResult{Gone: true, Notes: []string{"detached"}, At: &place{"AD-1"}}, nil
}

func newResult(gone bool, notes ...string) *detachResult {
	return &detachResult{Gone: gone, Notes: notes}
}

// sameByConstructor makes them in two places.
func sameByConstructor(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (*detachResult, error) {
	if _, err := client.DetachVnic(ctx, request); err != nil {
		if isConflict(err) { // want "incorrectstate: "
			return newResult(true, "detached"), nil
		}
		return nil, err
	}
	return newResult(true, "detached"), nil
}

// emptyAnswer hands back the answer of the failed call as if it were one.
func emptyAnswer(ctx context.Context, client core.ComputeClient, request core.UpdateInstanceRequest) (*core.Instance, error) {
	response, err := client.UpdateInstance(ctx, request)
	if err != nil && !isConflict(err) { // want "incorrectstate: "
		return nil, err
	}
	return &response.Instance, nil
}

// countsAnyway raises the number for a conflict too.
func countsAnyway(ctx context.Context, client core.ComputeClient, requests []core.DetachVnicRequest) (done int, err error) {
	for _, request := range requests {
		_, err := client.DetachVnic(ctx, request)
		if err != nil && !isConflict(err) { // want "incorrectstate: "
			return done, err
		}
		done++
	}
	return done, nil
}

// marksAnyway puts it into the map for a conflict too.
func marksAnyway(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (map[string]bool, error) {
	done := map[string]bool{}
	if _, err := client.DetachVnic(ctx, request); err != nil && !isConflict(err) { // want "incorrectstate: "
		return nil, err
	}
	done["vnic"] = true
	return done, nil
}

// oneWordForBoth says it of the one that is busy and of the one that is there.
func oneWordForBoth(ctx context.Context, client core.VirtualNetworkClient, request core.CreateSubnetRequest) (string, error) {
	_, err := client.CreateSubnet(ctx, request)
	if isConflict(err) { // want "incorrectstate: "
		return "conflict", nil
	}
	if err != nil {
		return "", err
	}
	return "created", nil
}

// notMadeForBoth does so with a bool.
func notMadeForBoth(ctx context.Context, client core.ComputeClient, request core.LaunchInstanceRequest) (made bool, err error) {
	if _, err = client.LaunchInstance(ctx, request); isConflict(err) { // want "incorrectstate: "
		return false, nil
	}
	return err == nil, err
}

// The near misses.

func otherNotes(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (detachResult, error) {
	outcome := detachResult{Gone: true, Notes: []string{"detached"}}
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) {
		outcome.Notes[0] = "left alone"
		return outcome, nil
	}
	return outcome, err
}

func otherPlace(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (*detachResult, error) {
	outcome := newResult(true)
	outcome.At = &place{domain: "AD-1"}
	if _, err := client.DetachVnic(ctx, request); err != nil {
		if !isConflict(err) {
			return nil, err
		}
		outcome.At.domain = "none"
	}
	return outcome, nil
}

func otherByConstructor(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (*detachResult, error) {
	_, err := client.DetachVnic(ctx, request)
	switch {
	case isConflict(err):
		return newResult(false, "in use"), nil
	case err != nil:
		return nil, err
	}
	return newResult(true), nil
}

func nothingForAnInstance(ctx context.Context, client core.ComputeClient, request core.UpdateInstanceRequest) (*core.Instance, error) {
	response, err := client.UpdateInstance(ctx, request)
	if isConflict(err) {
		return nil, nil
	}
	return &response.Instance, err
}

func lessThanNothing(ctx context.Context, client core.BlockstorageClient, request core.UpdateVolumeRequest) (int64, error) {
	response, err := client.UpdateVolume(ctx, request)
	if isConflict(err) {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	return *response.SizeInGBs, nil
}

func countsWhatWent(ctx context.Context, client core.ComputeClient, requests []core.DetachVnicRequest) (done int, err error) {
	for _, request := range requests {
		switch _, err := client.DetachVnic(ctx, request); {
		case err == nil:
			done++
		case !isConflict(err):
			return done, err
		}
	}
	return done, nil
}

func marksWhatWent(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (map[string]bool, error) {
	done := map[string]bool{}
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) {
		return done, nil
	}
	done["vnic"] = err == nil
	return done, err
}

func listsWhatIsLeft(ctx context.Context, client core.ComputeClient, requests []core.DetachVnicRequest) (left []string, err error) {
	for _, request := range requests {
		_, err := client.DetachVnic(ctx, request)
		if isConflict(err) {
			left = append(left, *request.VnicAttachmentId)
			continue
		}
		if err != nil {
			return left, err
		}
	}
	return left, nil
}

// twoWords tells the busy one from the one that is there.
func twoWords(ctx context.Context, client core.VirtualNetworkClient, request core.CreateSubnetRequest) (string, error) {
	_, err := client.CreateSubnet(ctx, request)
	if isConflict(err) {
		if codeOf(err) == "IncorrectState" {
			return "busy", nil
		}
		return "exists", nil
	}
	return "created", err
}

// untilMade is asked until it answers true.
func untilMade(ctx context.Context, client core.ComputeClient, request core.LaunchInstanceRequest) error {
	return wait.PollUntilContextTimeout(ctx, 10*time.Second, 10*time.Minute, true, func(ctx context.Context) (bool, error) {
		_, err := client.LaunchInstance(ctx, request)
		if isConflict(err) {
			return false, nil
		}
		return err == nil, err
	})
}

type round struct{ RequeueAfter time.Duration }

// madeLater comes again for both.
func madeLater(ctx context.Context, client core.VirtualNetworkClient, request core.CreateSubnetRequest) (round, error) {
	_, err := client.CreateSubnet(ctx, request)
	if isConflict(err) {
		return round{RequeueAfter: time.Minute}, nil
	}
	return round{RequeueAfter: time.Hour}, err
}

func described(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest) (string, error) {
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) {
		return fmt.Sprintf("%s is in use", *request.VnicAttachmentId), nil
	}
	return "", err
}

func codeOf(err error) string {
	var failure common.ServiceError
	if errors.As(err, &failure) {
		return failure.GetCode()
	}
	return ""
}
