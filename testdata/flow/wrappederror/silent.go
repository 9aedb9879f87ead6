package wrappederror

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/avast/retry-go/v4"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	pkgerrors "github.com/pkg/errors"

	"testdata/flow/helpers/ociops"
)

// asFindsIt looks through the wrapping.
func asFindsIt(ctx context.Context, client identity.IdentityClient, id string) (bool, error) {
	_, err := getUser(ctx, client, id)
	var failure common.ServiceError
	if errors.As(err, &failure) && failure.GetHTTPStatusCode() == 404 {
		return false, nil
	}
	return err == nil, err
}

// askedFirst is wrapped afterwards.
func askedFirst(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	if err != nil {
		err = fmt.Errorf("get volume %s: %w", id, err)
	}
	return err
}

// otherVariable wraps into another variable and asks about the first.
func otherVariable(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err == nil {
		return nil
	}
	wrapped := fmt.Errorf("get volume %s: %w", id, err)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return wrapped
}

// onOneWay is wrapped on one way only.
func onOneWay(ctx context.Context, client core.BlockstorageClient, id string, verbose bool) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if err != nil && verbose {
		err = fmt.Errorf("get volume %s: %w", id, err)
	}
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// causeFirst takes the wrapping off.
func causeFirst(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	err = pkgerrors.WithStack(err)
	if failure, ok := common.IsServiceError(pkgerrors.Cause(err)); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// unwrappedOnce was wrapped once.
func unwrappedOnce(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := getUser(ctx, client, id)
	if failure, ok := common.IsServiceError(errors.Unwrap(err)); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// plainOfAnotherPackage comes as the SDK made it.
func plainOfAnotherPackage(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := ociops.DeleteVolume(ctx, client, id)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// mayBeWrapped wraps all but service errors.
func mayBeWrapped(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if _, ok := common.IsServiceError(err); err == nil || ok {
		return err
	}
	return fmt.Errorf("network: %w", err)
}

// ofMayBeWrapped asks what it may well be.
func ofMayBeWrapped(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := mayBeWrapped(ctx, client, id)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// IsGone is asked by others.
func IsGone(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 404
}

// serviceError is the service's error with more words; it still has all the methods.
type serviceError struct {
	common.ServiceError
	op string
}

func (e serviceError) Error() string { return e.op + ": " + e.GetMessage() }

// ownServiceError is wrapped into something that is a service error itself.
func ownServiceError(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if failure, ok := common.IsServiceError(err); ok {
		err = serviceError{failure, "get volume"}
	}
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

type getter interface {
	get(ctx context.Context, id string) error
}

// unknownImplementation may wrap or not.
func unknownImplementation(ctx context.Context, g getter, id string) error {
	err := g.get(ctx, id)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// lastErrorOnly gets the error itself from retry-go.
func lastErrorOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := retry.Do(func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		return err
	}, retry.RetryIf(common.IsErrorRetryableByDefault), retry.LastErrorOnly(true))
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// plainInsideHelper asks inside the function, where it is still plain.
func plainInsideHelper(ctx context.Context, client core.BlockstorageClient, id string) error {
	return attempts(3, func() error {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
		return err
	})
}

// firstPlainThenWrapped keeps a wrapped one from the round before, and asks about this round's.
func firstPlainThenWrapped(ctx context.Context, client core.BlockstorageClient, id string) error {
	var last error
	for n := range 5 {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return nil
		}
		last = fmt.Errorf("attempt %d: %w", n, err)
		if _, ok := common.IsServiceError(err); !ok || !common.IsErrorRetryableByDefault(err) {
			return last
		}
		time.Sleep(time.Second)
	}
	return last
}

// notOfOCI was never a service's.
func notOfOCI(ctx context.Context, load func(string) error, client core.BlockstorageClient, id string) error {
	err := load(id)
	if err == nil {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	}
	if failure, ok := common.IsServiceError(err); ok {
		log.Printf("request %s failed", failure.GetOpcRequestID())
	}
	return err
}

// typeSwitch finds it plain.
func typeSwitch(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	switch failure := err.(type) {
	case nil:
		return nil
	case common.ServiceError:
		return fmt.Errorf("%s: %w", failure.GetCode(), err)
	}
	return err
}
