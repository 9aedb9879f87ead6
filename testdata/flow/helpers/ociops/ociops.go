// Package ociops wraps SDK calls for the program's other packages.
package ociops

import (
	"context"
	"errors"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// DeleteVolume hands back the SDK's own error.
func DeleteVolume(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	return err
}

// GetVolume wraps the error; errors.As still finds the service's.
func GetVolume(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		return nil, fmt.Errorf("get volume %s: %w", id, err)
	}
	return &resp.Volume, nil
}

// DetachVolume flattens the error to text.
func DetachVolume(ctx context.Context, client core.ComputeClient, id string) error {
	_, err := client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(id)})
	if err != nil {
		return fmt.Errorf("detach %s: %v", id, err)
	}
	return nil
}

// IsRetryable follows the catalog and finds wrapped errors too.
func IsRetryable(err error) bool {
	var failure common.ServiceError
	if !errors.As(err, &failure) {
		return false
	}
	switch failure.GetCode() {
	case "TooManyRequests", "InternalServerError", "ServiceUnavailable", "IncorrectState", "NotAuthenticated":
		return true
	}
	return false
}

// IsPermanent names a few codes that never get better, and forgets the others.
func IsPermanent(err error) bool {
	var failure common.ServiceError
	if !errors.As(err, &failure) {
		return false
	}
	return failure.GetCode() == "InvalidParameter" || failure.GetCode() == "MissingParameter"
}
