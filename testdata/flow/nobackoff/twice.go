package nobackoff

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// A call, and then the same in a loop: one retry, with the loop's own pauses.

// straightOn never waits; it is told once, in the loop.
func straightOn(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	for tries := 0; tries < 4 && common.IsErrorRetryableByDefault(err); tries++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nobackoff: "
	}
	return err
}

// onceAtOnce sends a second time at once, and that is all.
func onceAtOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nobackoff: "
	if common.IsErrorRetryableByDefault(err) {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	}
	return err
}

// waitsTooLate waits when nothing is sent any more.
func waitsTooLate(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	if err == nil {
		return nil
	}
	for {
		if !common.IsErrorRetryableByDefault(err) {
			time.Sleep(time.Second)
			return err
		}
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nobackoff: "
	}
}

// Near misses.

// thenSlowly sends a second time at once, and then slowly.
func thenSlowly(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	if common.IsErrorRetryableByDefault(err) {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		for pause := time.Second; common.IsErrorRetryableByDefault(err) && pause < time.Minute; pause *= 2 {
			time.Sleep(pause)
			_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		}
	}
	return err
}

func deleteVolumeOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	return err
}

// slowlyInTheLoop has its pauses in the loop alone, before or after the send.
func slowlyInTheLoop(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := deleteVolumeOnce(ctx, client, id)
	for common.IsErrorRetryableByDefault(err) {
		if err = deleteVolumeOnce(ctx, client, id); err != nil {
			select {
			case <-ctx.Done():
				return err
			case <-time.After(time.Second):
			}
		}
	}
	return err
}
