// Package environment switches the default policy on for all clients (v65.129.0: client.go, newBaseClient).
package environment

import (
	"context"
	"os"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

func prepare() error { return os.Setenv("OCI_SDK_DEFAULT_RETRY_ENABLED", "true") }

func whenThrottled(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 429 {
			break
		}
	}
	return err
}

func whenHidden(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetCode() != "NotAuthorizedOrNotFound" {
			break
		}
	}
	return err
}
