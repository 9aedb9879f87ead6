package incorrectstate

import (
	"context"
	"log"
	"sync"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// statement throws the whole answer away.
func statement(ctx context.Context, client core.BlockstorageClient, id string) {
	client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "incorrectstate: "
}

// responseOnly uses the response and not the error.
func responseOnly(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) *string {
	resp, _ := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details}) // want "incorrectstate: "
	return resp.Id
}

// overwritten loses the first error behind the second.
func overwritten(ctx context.Context, compute core.ComputeClient, client core.BlockstorageClient, attachment, volume string) error {
	_, err := compute.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(attachment)}) // want "incorrectstate: "
	_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(volume)})
	return err
}

// statementOfWrapper throws a wrapper's error away.
func statementOfWrapper(ctx context.Context, client core.BlockstorageClient, ids []string) {
	for _, id := range ids {
		remove(ctx, client, id) // want "incorrectstate: "
	}
}

// discarded does it on purpose.
func discarded(ctx context.Context, client core.BlockstorageClient, id string) {
	_, _ = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	_ = remove(ctx, client, id)
}

// deferred cleans up at the end.
func deferred(ctx context.Context, client core.BlockstorageClient, id string) {
	defer client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	defer func() {
		client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	}()
	log.Printf("working with %s", id)
}

// asGoroutine cannot hear the answer.
func asGoroutine(ctx context.Context, client core.BlockstorageClient, id string) {
	go client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
}

// readingOnly warms a cache.
func readingOnly(ctx context.Context, client core.BlockstorageClient, id string) *core.Volume {
	client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	resp, _ := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	return &resp.Volume
}

// stored lets somebody else look.
func stored(ctx context.Context, client core.BlockstorageClient, ids []string) []error {
	failed := make([]error, len(ids))
	var group sync.WaitGroup
	for i, id := range ids {
		group.Add(1)
		go func() {
			defer group.Done()
			_, failed[i] = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		}()
	}
	group.Wait()
	return failed
}

// counted counts.
func counted(ctx context.Context, client core.BlockstorageClient, ids []string) (failed int) {
	for _, id := range ids {
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil {
			failed++
		}
	}
	return failed
}

// lookedAtFirst takes the first error before the second comes.
func lookedAtFirst(ctx context.Context, compute core.ComputeClient, client core.BlockstorageClient, attachment, volume string) error {
	_, err := compute.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(attachment)})
	if err != nil {
		log.Printf("detach %s: %v", attachment, err)
	}
	_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(volume)})
	return err
}

// assignedToBlank is a near miss: it says that it does not want to know.
func assignedToBlank(ctx context.Context, client core.BlockstorageClient, id string) {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	_ = err
}
