package libraries

import (
	"context"
	"time"

	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/id"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"k8s.io/apimachinery/pkg/util/wait"
)

// Functions of the libraries that make no settings are calls like any other: each of UniqueId is another value.

func isSpent(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "InvalidatedRetryToken"
}

func oneIdForAll(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) (err error) {
	token := id.UniqueId()
	request.OpcRetryToken = common.String(token)
	for range 3 {
		if _, err = client.CreateVolume(ctx, request); !isSpent(err) { // want "retrytoken: "
			return err
		}
		time.Sleep(wait.Jitter(time.Second, 0.5))
	}
	return err
}

func onePrefixedForAll(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) (err error) {
	request.OpcRetryToken = common.String(id.PrefixedUniqueId("volume-"))
	pauses := wait.Backoff{Duration: time.Second, Steps: 4, Factor: 2}
	for pauses.Steps > 0 {
		if _, err = client.CreateVolume(ctx, request); !isSpent(err) { // want "retrytoken: "
			return err
		}
		time.Sleep(pauses.Step())
	}
	return err
}

func oneIdForEach(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) (err error) {
	for range 3 {
		request.OpcRetryToken = common.String(id.UniqueId())
		if _, err = client.CreateVolume(ctx, request); !isSpent(err) {
			return err
		}
		time.Sleep(wait.Jitter(time.Second, 0.5))
	}
	return err
}

func onePrefixedForEach(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) error {
	for n := 1; ; n++ {
		token := id.PrefixedUniqueId("volume-")
		request.OpcRetryToken = &token
		_, err := client.CreateVolume(ctx, request)
		if !isSpent(err) || n == 3 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// askedInVain asks whether a policy's retries are exceeded of an error that never saw one.
func askedInVain(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) (err error) {
	for n := range 5 {
		_, err = client.DeleteVolume(ctx, request) // want "nonretryable: "
		if err == nil || retrypolicy.IsExceededError(err) {
			return err
		}
		time.Sleep(time.Duration(n+1) * time.Second)
	}
	return err
}
