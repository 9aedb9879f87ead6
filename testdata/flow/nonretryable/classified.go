package nonretryable

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"

	"testdata/flow/helpers"
	"testdata/flow/helpers/ociops"
)

// fiveHundredAndUp takes 501 MethodNotImplemented along. (A reading operation, so IncorrectState is no matter.)
func fiveHundredAndUp(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return &resp.Volume, nil
		}
		failure, ok := common.IsServiceError(err)
		if !ok || n >= 5 || failure.GetHTTPStatusCode() != 429 && failure.GetHTTPStatusCode() < 500 {
			return nil, err
		}
		time.Sleep(time.Second)
	}
}

// serverSideOfAnotherPackage does the same through a function that knows only numbers.
func serverSideOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); ok && helpers.ServerSide(failure.GetHTTPStatusCode()) && n < 5 {
			time.Sleep(time.Second)
			continue
		}
		return &resp.Volume, err
	}
}

var again = []int{http.StatusNotFound, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}

// statusList has 404 in it, which is also 404 NotFound.
func statusList(ctx context.Context, client loadbalancer.LoadBalancerClient, id string) (*loadbalancer.LoadBalancer, error) {
	var last error
	for n := 0; n < 5; n++ {
		resp, err := client.GetLoadBalancer(ctx, loadbalancer.GetLoadBalancerRequest{LoadBalancerId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return &resp.LoadBalancer, nil
		}
		failure, ok := common.IsServiceError(err)
		if !ok || !slices.Contains(again, failure.GetHTTPStatusCode()) {
			return nil, err
		}
		last = err
		time.Sleep(time.Second)
	}
	return nil, last
}

type answer struct {
	status int
	code   string
}

var capacity = map[answer]bool{
	{429, "TooManyRequests"}: true,
	{400, "QuotaExceeded"}:   true,
	{400, "LimitExceeded"}:   true,
}

// mapOfStructs waits for a quota that nobody raises.
func mapOfStructs(ctx context.Context, client core.ComputeClient, instance, volume string) error {
	request := core.AttachVolumeRequest{AttachVolumeDetails: core.AttachParavirtualizedVolumeDetails{
		InstanceId: common.String(instance), VolumeId: common.String(volume)}}
	for n := 0; ; n++ {
		_, err := client.AttachVolume(ctx, request) // want "nonretryable: "
		failure, ok := common.IsServiceError(err)
		if !ok || n == 10 || !capacity[answer{failure.GetHTTPStatusCode(), failure.GetCode()}] {
			return err
		}
		time.Sleep(30 * time.Second)
	}
}

// permanentForgetsSome asks a function of another package that names two codes only.
func permanentForgetsSome(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for n := 0; n < 5; n++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil || ociops.IsPermanent(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// allButNotFound gives up on one status and repeats the others.
func allButNotFound(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil || n > 5 {
			return err
		}
		var failure common.ServiceError
		if errors.As(err, &failure) && failure.GetHTTPStatusCode() == http.StatusNotFound {
			return err
		}
		time.Sleep(time.Second)
	}
}

// textOfLimit looks for a code in the text: the row's own is there for certain, and no other's.
func textOfLimit(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: .*; return the error$"
		if err == nil || n > 5 || !strings.Contains(err.Error(), "LimitExceeded") {
			return err
		}
		time.Sleep(time.Minute)
	}
}

// textOfNotFound means NotAuthorizedOrNotFound, and finds NotFound as well.
func textOfNotFound(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil || n > 5 || !strings.Contains(err.Error(), "NotFound") {
			return &resp.Volume, err
		}
		time.Sleep(time.Second)
	}
}

type throttledError struct{ cause error }

func (e *throttledError) Error() string { return e.cause.Error() }
func (e *throttledError) Unwrap() error { return e.cause }

type finalError struct{ cause error }

func (e *finalError) Error() string { return e.cause.Error() }
func (e *finalError) Unwrap() error { return e.cause }

// classify makes the program's own errors; what it does not know is taken for throttling.
func classify(err error) error {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return err
	}
	switch failure.GetHTTPStatusCode() {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return &finalError{err}
	case http.StatusBadRequest:
		if failure.GetCode() == "InvalidParameter" {
			return &finalError{err}
		}
	}
	return &throttledError{err}
}

// ownTypes repeats what classify calls throttled: LimitExceeded, NoEtagMatch, MethodNotAllowed …
func ownTypes(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		err = classify(err)
		var throttled *throttledError
		if !errors.As(err, &throttled) || n == 5 {
			return fmt.Errorf("delete %s: %w", id, err)
		}
		time.Sleep(time.Second)
	}
}

// etagMismatch sends the same etag again after 412.
func etagMismatch(ctx context.Context, client core.BlockstorageClient, id, etag string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id), IfMatch: common.String(etag)}) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "NoEtagMatch" && n < 3 {
			time.Sleep(time.Second)
			continue
		}
		return err
	}
}

// isServiceError is a variable so that tests can replace it.
var isServiceError = common.IsServiceError

// functionInVariable repeats 404, NotFound too.
func functionInVariable(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: .*; return the error unless it is 404 NotAuthorizedOrNotFound$"
		if failure, ok := isServiceError(err); ok && failure.GetHTTPStatusCode() == 404 && n < 5 {
			time.Sleep(time.Second)
			continue
		}
		return &resp.Volume, err
	}
}

// switchFromEnvironment may be told to repeat everything.
func switchFromEnvironment(ctx context.Context, client core.BlockstorageClient, id string) error {
	all, _ := strconv.ParseBool(os.Getenv("RETRY_ALL"))
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
		if err == nil || n == 5 || !all && !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}
