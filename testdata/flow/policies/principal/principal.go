// Package principal is an instance: its clients send three times, a second apart, after 401 (v65.129.0: client.go,
// RefreshableTokenWrappedCallWithDetails).
package principal

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/common/auth"
	"github.com/oracle/oci-go-sdk/v65/core"
)

type volumes struct{ client core.BlockstorageClient }

func newVolumes() (*volumes, error) {
	provider, err := auth.InstancePrincipalConfigurationProvider()
	if err != nil {
		return nil, err
	}
	client, err := core.NewBlockstorageClientWithConfigurationProvider(provider)
	return &volumes{client}, err
}

func (v *volumes) whenUnknown(ctx context.Context, id string) (err error) {
	for range 3 {
		_, err = v.client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		if failure, ok := common.IsServiceError(err); !ok || failure.GetCode() != "NotAuthenticated" {
			break
		}
	}
	return err
}

func (v *volumes) whenThrottled(ctx context.Context, id string) (err error) {
	for range 3 {
		_, err = v.client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 429 {
			break
		}
	}
	return err
}
