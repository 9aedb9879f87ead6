// Package services names the services' packages alone: which version they are of is known all the same.
package services

import (
	"context"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v54/core"
)

func oldText(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil || !strings.HasPrefix(err.Error(), "Service error:MissingParameter.") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func counted(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	times := map[error]time.Time{}
	for range 4 {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}); err == nil { // want "nonretryable: "
			return nil
		}
		times[err] = time.Now()
		time.Sleep(time.Second)
	}
	return err
}
