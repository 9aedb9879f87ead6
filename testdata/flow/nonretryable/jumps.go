package nonretryable

import (
	"context"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"

	"testdata/flow/helpers/ociops"
)

// gotoAgain is a loop without the word.
func gotoAgain(ctx context.Context, client core.BlockstorageClient, id string) error {
	tries := 0
again:
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
	if err != nil && tries < 3 {
		tries++
		time.Sleep(time.Second)
		goto again
	}
	return err
}

// recursion counts down and starts over.
func recursion(ctx context.Context, client core.BlockstorageClient, id string, left int) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}) // want "nonretryable: "
	if err != nil {
		if left > 0 {
			time.Sleep(2 * time.Second)
			return recursion(ctx, client, id, left-1)
		}
		return fmt.Errorf("delete %s: %w", id, err)
	}
	return nil
}

type deleter struct {
	client core.BlockstorageClient
}

// send and afterFailure call each other.
func (d deleter) send(ctx context.Context, id string, left int) error {
	if _, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil { // want "nonretryable: "
		return d.afterFailure(ctx, id, left, err)
	}
	return nil
}

func (d deleter) afterFailure(ctx context.Context, id string, left int, cause error) error {
	if left == 0 {
		return cause
	}
	time.Sleep(time.Second)
	return d.send(ctx, id, left-1)
}

// secondCall asks once more; the second answer counts.
func secondCall(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	request := core.GetVolumeRequest{VolumeId: common.String(id)}
	resp, err := client.GetVolume(ctx, request) // want "nonretryable: "
	if err != nil {
		time.Sleep(3 * time.Second)
		resp, err = client.GetVolume(ctx, request)
	}
	if err != nil {
		return nil, err
	}
	return &resp.Volume, nil
}

// secondCallAfterClientError takes 400 for a hiccup. Of its six codes only one may be repeated.
func secondCallAfterClientError(ctx context.Context, client core.ComputeClient, id string) error {
	request := core.DetachVolumeRequest{VolumeAttachmentId: common.String(id)}
	_, err := client.DetachVolume(ctx, request) // want "nonretryable: "
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 400 {
		time.Sleep(3 * time.Second)
		_, err = client.DetachVolume(ctx, request)
	}
	return err
}

// wrapperInLoop repeats a function of the program, whose error is the SDK's.
func wrapperInLoop(ctx context.Context, d deleter, id string) error {
	var err error
	for n := 0; n < 3; n++ {
		if err = d.once(ctx, id); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func (d deleter) once(ctx context.Context, id string) error {
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	return err
}

// wrapperOfAnotherPackage repeats one that wraps the error.
func wrapperOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		volume, err := ociops.GetVolume(ctx, client, id) // want "nonretryable: "
		if err == nil || n == 3 {
			return volume, err
		}
		time.Sleep(time.Second)
	}
}

// volumes is the program's own interface over the client.
type volumes interface {
	DeleteVolume(ctx context.Context, request core.DeleteVolumeRequest) (core.DeleteVolumeResponse, error)
	GetVolume(ctx context.Context, request core.GetVolumeRequest) (core.GetVolumeResponse, error)
}

type cleaner struct {
	volumes volumes
	wait    time.Duration
}

// remove goes through the interface.
func (c *cleaner) remove(ctx context.Context, id *string) error {
	for n := 0; ; n++ {
		_, err := c.volumes.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: id}) // want "nonretryable: "
		if err == nil || n >= 4 {
			return err
		}
		time.Sleep(c.wait)
	}
}

// methodValue keeps the operation in a variable.
func methodValue(ctx context.Context, client core.BlockstorageClient, id string) error {
	remove := client.DeleteVolume
	request := core.DeleteVolumeRequest{VolumeId: common.String(id)}
	var err error
	for n := 0; n < 3; n++ {
		if _, err = remove(ctx, request); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// operationAsParameter gets the operation from its caller; the signature says what it is.
func operationAsParameter(ctx context.Context, get func(context.Context, core.GetVolumeRequest) (core.GetVolumeResponse, error), id string) error {
	var err error
	for n := 0; n < 3; n++ {
		if _, err = get(ctx, core.GetVolumeRequest{VolumeId: common.String(id)}); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// withoutRequest repeats an operation that takes no request struct.
func withoutRequest(ctx context.Context, client identity.IdentityClient) ([]identity.Region, error) {
	for n := 0; ; n++ {
		resp, err := client.ListRegions(ctx) // want "nonretryable: "
		if err == nil || n == 2 {
			return resp.Items, err
		}
		time.Sleep(5 * time.Second)
	}
}
