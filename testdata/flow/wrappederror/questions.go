package wrappederror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	pkgerrors "github.com/pkg/errors"
)

// The SDK's questions for status and code are built on the assertion.

// attach puts words around each error.
func attach(ctx context.Context, client core.ComputeClient, details core.AttachVolumeDetails) error {
	_, err := client.AttachVolume(ctx, core.AttachVolumeRequest{AttachVolumeDetails: details})
	return pkgerrors.Wrapf(err, "attaching to %s", *details.GetInstanceId())
}

func attachTwice(ctx context.Context, client core.ComputeClient, details core.AttachVolumeDetails) error {
	err := attach(ctx, client, details)
	if err == nil || !common.IsErrorRetryableByDefault(err) { // want "wrappederror: "
		return err
	}
	time.Sleep(time.Minute)
	return attach(ctx, client, details)
}

// worthWaiting is asked by one function, which wraps before.
func worthWaiting(err error) bool {
	return common.IsErrorAffectedByEventualConsistency(err) // want "wrappederror: "
}

func describe(ctx context.Context, client core.ComputeClient, id string) (image *core.Image, err error) {
	for n := 0; n < 3; n++ {
		response, failure := client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
		if failure == nil {
			return &response.Image, nil
		}
		if err = fmt.Errorf("image %s: %w", id, failure); !worthWaiting(err) {
			break
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

func flattenedQuestion(ctx context.Context, client core.ComputeClient, id string) (bool, error) {
	_, err := client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
	if err != nil {
		err = fmt.Errorf("image %s: %s", id, err)
	}
	return common.IsErrorRetryableByDefault(err), err // want "wrappederror: .*; ask before that, or wrap it with %w and tell its code by errors.As"
}

// The near misses.

func unwrappedQuestion(ctx context.Context, client core.ComputeClient, id string) (bool, error) {
	_, err := client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
	if err != nil {
		err = fmt.Errorf("image %s: %w", id, err)
	}
	var failure common.ServiceError
	if errors.As(err, &failure) {
		again, _ := failure.(error)
		return common.IsErrorRetryableByDefault(again), err
	}
	return common.IsErrorRetryableByDefault(err), err // a broken connection
}

func wrappedIfAsked(ctx context.Context, client core.ComputeClient, id string, words bool) (bool, error) {
	_, err := client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
	if words {
		err = pkgerrors.WithMessage(err, id)
	}
	return common.IsErrorAffectedByEventualConsistency(err), err
}

func causeQuestion(ctx context.Context, client core.ComputeClient, details core.AttachVolumeDetails) (bool, error) {
	err := attach(ctx, client, details)
	return common.IsErrorRetryableByDefault(pkgerrors.Cause(err)), err
}

// networkOnly asks something else, which looks down the chain.
func networkOnly(ctx context.Context, client core.ComputeClient, details core.AttachVolumeDetails) (bool, error) {
	err := attach(ctx, client, details)
	return common.IsNetworkError(err), err
}
