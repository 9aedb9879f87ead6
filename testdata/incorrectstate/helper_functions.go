package incorrectstate

import (
	"context"
	"errors"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// isConflict is a classifier; it drops nothing by itself.
func isConflict(err error) bool {
	var se common.ServiceError
	return errors.As(err, &se) && se.GetHTTPStatusCode() == 409
}

// isGone is a classifier for the two 404 rows.
func isGone(err error) bool {
	var se common.ServiceError
	return errors.As(err, &se) && se.GetHTTPStatusCode() == 404
}

// ignoreConflict decides for its caller.
func ignoreConflict(err error) error {
	if isConflict(err) {
		return nil
	}
	return err
}

// ignoreGone decides for its caller.
func ignoreGone(err error) error {
	if isGone(err) {
		return nil
	}
	return err
}

func oneOf[T comparable](x T, among ...T) bool {
	for _, y := range among {
		if x == y {
			return true
		}
	}
	return false
}

// The helper classifies, the function drops.
func helperClassifies(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) error {
	if _, err := client.CreateVolume(ctx, request); err != nil {
		if isConflict(err) { // want "incorrectstate: "
			return nil
		}
		return err
	}
	return nil
}

// Near miss: the helper knows 404 only.
func helperClassifiesGone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	if _, err := client.DeleteVolume(ctx, request); err != nil {
		if isGone(err) {
			return nil
		}
		return err
	}
	return nil
}

// The helper drops: the place is its call.
func helperDrops(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	return ignoreConflict(err) // want "incorrectstate: "
}

// Near miss: the helper drops 404.
func helperDropsGone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	return ignoreGone(err)
}

// Near miss: the helper drops 409, but the error was a text by then.
func helperAfterText(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	if err != nil {
		err = fmt.Errorf("delete volume: %v", err)
	}
	return ignoreConflict(err)
}

// Wrapped with %w, the helper still finds it.
func helperAfterWrap(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	if err != nil {
		err = fmt.Errorf("delete volume: %w", err)
	}
	return ignoreConflict(err) // want "incorrectstate: "
}

// deleteVolume is a wrapper: its error is that of a state-changing call.
func deleteVolume(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	if err != nil {
		return fmt.Errorf("delete volume %s: %w", id, err)
	}
	return nil
}

// getVolume is a wrapper of a reading call.
func getVolume(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
	return err
}

// The wrapper's caller drops.
func wrapperDropped(ctx context.Context, client core.BlockstorageClient, id string) error {
	if err := deleteVolume(ctx, client, id); err != nil && !isConflict(err) { // want "incorrectstate: "
		return err
	}
	return nil
}

// Near miss: the wrapper only reads.
func readingWrapperDropped(ctx context.Context, client core.BlockstorageClient, id string) error {
	if err := getVolume(ctx, client, id); err != nil && !isConflict(err) {
		return err
	}
	return nil
}

// A generic helper over statuses.
func genericDrops(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	if oneOf(statusOf(err), 404, 409, 412) { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the same helper without 409.
func genericDropsGone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	if oneOf(statusOf(err), 404, 410, 412) {
		return nil
	}
	return err
}

// volumes is the program's own interface with the SDK's request and response types.
type volumes interface {
	DeleteVolume(context.Context, core.DeleteVolumeRequest) (core.DeleteVolumeResponse, error)
	GetVolume(context.Context, core.GetVolumeRequest) (core.GetVolumeResponse, error)
}

type store struct{ volumes volumes }

// Behind an interface the method is a call all the same.
func (s *store) remove(ctx context.Context, id *string) error {
	_, err := s.volumes.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: id})
	if isConflict(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the reading method of the same interface.
func (s *store) look(ctx context.Context, id *string) error {
	_, err := s.volumes.GetVolume(ctx, core.GetVolumeRequest{VolumeId: id})
	if isConflict(err) {
		return nil
	}
	return err
}

// The classifier is a local closure.
func closureClassifies(ctx context.Context, client core.ComputeClient, request core.AttachVolumeRequest) error {
	busy := func(err error) bool { return statusOf(err) == 409 }
	_, err := client.AttachVolume(ctx, request)
	if busy(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the classifier is the caller's, nobody knows it.
func unknownClassifies(ctx context.Context, client core.ComputeClient, request core.AttachVolumeRequest, busy func(error) bool) error {
	_, err := client.AttachVolume(ctx, request)
	if busy(err) {
		return nil
	}
	return err
}
