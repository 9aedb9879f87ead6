package v54

import (
	"context"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v54/common"
	"github.com/oracle/oci-go-sdk/v54/common/auth"
	"github.com/oracle/oci-go-sdk/v54/core"
)

// The text that an error had up to v61.
func oldText(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil || !strings.HasPrefix(err.Error(), "Service error:InvalidParameter. ") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// The one from v62.0.0 on: its beginning never comes.
func newText(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		if err == nil || !strings.HasPrefix(err.Error(), "Error returned by ") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// The clients of principals do not try again by themselves yet (from v61.0.0: client.go, RefreshableTokenWrappedCallWithDetails).
func unknown(ctx context.Context, id string) error {
	provider, err := auth.InstancePrincipalConfigurationProvider()
	if err != nil {
		return err
	}
	client, err := core.NewBlockstorageClientWithConfigurationProvider(provider)
	if err != nil {
		return err
	}
	for range 4 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetCode() != "NotAuthenticated" {
			break
		}
	}
	return err
}
