// Package both is built with two versions: what differs between them is undetermined, and what does not is told.
package both

import (
	"context"
	"strings"
	"time"

	older "github.com/oracle/oci-go-sdk/v54/core"
	"github.com/oracle/oci-go-sdk/v65/core"
)

func oldText(ctx context.Context, client older.BlockstorageClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteVolume(ctx, older.DeleteVolumeRequest{VolumeId: &id})
		if err == nil || !strings.HasPrefix(err.Error(), "Service error:MissingParameter.") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func newText(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		if err == nil || !strings.Contains(err.Error(), "Error Code: MissingParameter.") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func counted(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	times := map[error]time.Time{}
	for range 4 {
		if _, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}); err == nil {
			return nil
		}
		times[err] = time.Now()
		time.Sleep(time.Second)
	}
	return err
}

func any(ctx context.Context, client older.BlockstorageClient, id string) (err error) {
	for range 4 {
		if _, err = client.DeleteVolume(ctx, older.DeleteVolumeRequest{VolumeId: &id}); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func code(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil || !strings.Contains(err.Error(), "MissingParameter") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
