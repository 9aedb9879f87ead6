package retrytoken

import (
	"context"
	"flag"
	"os"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"

	"testdata/flow/helpers"
)

// freshInBranch gives the request another token after InvalidatedRetryToken.
func freshInBranch(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (*core.Volume, error) {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for n := 0; ; n++ {
		resp, err := client.CreateVolume(ctx, request)
		switch {
		case n == 3:
			return &resp.Volume, err
		case isInvalidated(err):
			request.OpcRetryToken = common.String(common.RetryToken())
		case !common.IsErrorRetryableByDefault(err):
			return &resp.Volume, err
		}
		time.Sleep(time.Second)
	}
}

// freshEachTime makes one for each attempt.
func freshEachTime(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())})
		if n == 3 || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// none lets the SDK make one for each call.
func none(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details}
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, request)
		if n == 3 || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// takenAway has none the second time.
func takenAway(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	request := core.LaunchInstanceRequest{LaunchInstanceDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	_, err := client.LaunchInstance(ctx, request)
	if isInvalidated(err) {
		request.OpcRetryToken = nil
		_, err = client.LaunchInstance(ctx, request)
	}
	return err
}

// freshForSecondCall makes another.
func freshForSecondCall(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	request := core.LaunchInstanceRequest{LaunchInstanceDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	_, err := client.LaunchInstance(ctx, request)
	if isInvalidated(err) {
		request.OpcRetryToken = common.String(common.RetryToken())
		_, err = client.LaunchInstance(ctx, request)
	}
	return err
}

// sameForTheOthers keeps it for what may be repeated, and hands InvalidatedRetryToken back.
func sameForTheOthers(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, request)
		if n == 3 || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// conflictsButInvalidated leaves one out.
func conflictsButInvalidated(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	for n := 0; ; n++ {
		_, err := client.CreateVolume(ctx, request)
		if n == 3 || isInvalidated(err) || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// withoutField repeats an operation whose request has no token.
func withoutField(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if n == 3 || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// freshInsideHelper makes one each time the helper calls.
func freshInsideHelper(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	return helpers.RetryIf(3, time.Second, isConflict, func() error {
		_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())})
		return err
	})
}

// helperLeavesItOut keeps the token and does not repeat InvalidatedRetryToken.
func helperLeavesItOut(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(common.RetryToken())}
	return helpers.RetryIf(3, time.Second, common.IsErrorRetryableByDefault, func() error {
		_, err := client.CreateVolume(ctx, request)
		return err
	})
}

// nextDomain changes request and token.
func nextDomain(ctx context.Context, client core.ComputeClient, domains []string, details core.LaunchInstanceDetails) (last error) {
	for _, domain := range domains {
		details.AvailabilityDomain = common.String(domain)
		if _, last = client.LaunchInstance(ctx, core.LaunchInstanceRequest{
			LaunchInstanceDetails: details,
			OpcRetryToken:         common.String(common.RetryToken()),
		}); last == nil {
			return nil
		}
	}
	return last
}

var (
	runToken  = os.Getenv("RUN_TOKEN")
	flagToken = flag.String("token", "", "retry token of this run")
)

// fromEnvironment comes from outside the program.
func fromEnvironment(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	_, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(runToken)})
	return err
}

// fromFlag does too.
func fromFlag(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{LaunchInstanceDetails: details, OpcRetryToken: flagToken})
	return err
}

// oneRequestManyLooks uses the token in one request only; the loop that follows only looks.
func oneRequestManyLooks(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	token := common.RetryToken()
	resp, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(token)})
	if err != nil {
		return err
	}
	for {
		look, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: resp.Id})
		if err != nil || look.LifecycleState == core.VolumeLifecycleStateAvailable {
			return err
		}
		time.Sleep(time.Second)
	}
}
