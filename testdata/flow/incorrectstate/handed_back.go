package incorrectstate

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/core"
)

// What a function was given, handed back as it came, is another answer than what success makes, and the same where success
// hands it back too.

// handsBackAnyway does so whatever was answered.
func handsBackAnyway(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, owner string) (string, error) {
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) { // want "incorrectstate: "
		return owner, nil
	}
	return owner, err
}

// handsBackAPart hands back the same part of it.
func handsBackAPart(ctx context.Context, client core.ComputeClient, request *core.DetachVnicRequest) (*string, error) {
	_, err := client.DetachVnic(ctx, *request)
	if isConflict(err) { // want "incorrectstate: "
		return request.VnicAttachmentId, nil
	}
	if err != nil {
		return nil, err
	}
	return request.VnicAttachmentId, nil
}

// mayHandBack hands back what came where the other name is empty, and does so after success as well.
func mayHandBack(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, owner, other string) (string, error) {
	if other == "" {
		other = owner
	}
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) { // want "incorrectstate: "
		return other, nil
	}
	return other, err
}

// The near misses.

func keepsTheFinalizers(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, finalizers []string) ([]string, error) {
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) {
		return finalizers, nil
	}
	if err != nil {
		return finalizers, err
	}
	var others []string
	for _, finalizer := range finalizers {
		if finalizer != "vnic" {
			others = append(others, finalizer)
		}
	}
	return others, nil
}

func oneLessIfItWent(ctx context.Context, client core.ComputeClient, request core.DetachVnicRequest, attached int) (int, error) {
	_, err := client.DetachVnic(ctx, request)
	if isConflict(err) {
		return attached, nil
	}
	if err != nil {
		return attached, err
	}
	return attached - 1, nil
}

func theOldName(ctx context.Context, client core.ComputeClient, request core.UpdateInstanceRequest, now *core.Instance) (*string, error) {
	response, err := client.UpdateInstance(ctx, request)
	switch {
	case isConflict(err):
		return now.DisplayName, nil
	case err != nil:
		return nil, err
	}
	return response.DisplayName, nil
}
