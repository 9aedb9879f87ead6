package incorrectstate

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// What is left behind the loop over a list is looked at anew, or not.

// drained is a near miss: it lists again until nothing is left.
func drained(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	for {
		list, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: &compartment})
		if err != nil || len(list.Items) == 0 {
			return err
		}
		for _, volume := range list.Items {
			_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: volume.Id})
			if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 {
				continue
			}
			if err != nil {
				return err
			}
		}
		time.Sleep(time.Minute)
	}
}

// pageByPage goes on with the next page.
func pageByPage(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	request := core.ListVolumesRequest{CompartmentId: &compartment}
	for {
		list, err := client.ListVolumes(ctx, request)
		if err != nil {
			return err
		}
		for _, volume := range list.Items {
			_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: volume.Id})
			if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
				continue
			}
			if err != nil {
				return err
			}
		}
		if request.Page = list.OpcNextPage; request.Page == nil {
			return nil
		}
	}
}

// ofEach goes on with the next compartment.
func ofEach(ctx context.Context, client core.BlockstorageClient, compartments []string) error {
	for _, compartment := range compartments {
		list, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: &compartment})
		if err != nil {
			return err
		}
		for _, volume := range list.Items {
			_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: volume.Id})
			if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
				continue
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
