package libraries

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apimachinery/pkg/util/wait"
)

// What other packages ask about errors of their own worlds is no for what the service answered.

// conflictOfKubernetes asks Kubernetes' question and goes round on all else.
func conflictOfKubernetes(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) (err error) {
	for n := range 4 {
		_, err = client.DeleteVcn(ctx, request) // want "nonretryable: "
		if err == nil || apierrors.IsConflict(err) || apierrors.IsNotFound(err) {
			return err
		}
		time.Sleep(time.Duration(n+1) * time.Second)
	}
	return err
}

// noRows asks for a database's sentinel before the conflict.
func noRows(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) error {
	_, err := client.DeleteVcn(ctx, request)
	switch failure, ok := common.IsServiceError(err); {
	case errors.Is(err, sql.ErrNoRows), os.IsNotExist(err):
		return err
	case ok && failure.GetHTTPStatusCode() == 409: // want "incorrectstate: "
		return nil
	}
	return err
}

// refusedOnly means to give up when nobody listens, and goes round after every answer.
func refusedOnly(ctx context.Context, client core.ComputeClient, request core.TerminateInstanceRequest) error {
	for {
		_, err := client.TerminateInstance(ctx, request) // want "nonretryable: "
		var lost *url.Error
		if err == nil || utilnet.IsConnectionRefused(err) || errors.As(err, &lost) {
			return err
		}
		time.Sleep(10 * time.Second)
	}
}

// timeoutsAgain goes round where a question affirms that is no for every answer of the service.
func timeoutsAgain(ctx context.Context, client core.ComputeClient, request core.TerminateInstanceRequest) (err error) {
	for range 3 {
		_, err = client.TerminateInstance(ctx, request)
		if !apierrors.IsServerTimeout(err) && !wait.Interrupted(err) && !utilnet.IsTimeout(err) {
			return err
		}
	}
	return err
}

// networkAgain asks by an interface that the service's error has not.
func networkAgain(ctx context.Context, client core.ComputeClient, request core.TerminateInstanceRequest) (err error) {
	for range 3 {
		_, err = client.TerminateInstance(ctx, request)
		var network net.Error
		if !errors.As(err, &network) && !errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// missingIsGone asks Kubernetes' question in vain, and nothing is lost.
func missingIsGone(ctx context.Context, client core.BlockstorageClient, request core.DeleteVolumeRequest) error {
	_, err := client.DeleteVolume(ctx, request)
	if apierrors.IsNotFound(err) || apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// interruptedPoll asks wait's question about what a poll hands back, which may be the poll's own error.
func interruptedPoll(ctx context.Context, client core.BlockstorageClient, request core.GetVolumeRequest) (bool, error) {
	err := wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, func(ctx context.Context) (bool, error) {
		resp, err := client.GetVolume(ctx, request)
		return resp.LifecycleState == core.VolumeLifecycleStateAvailable, err
	})
	if wait.Interrupted(err) {
		return false, nil
	}
	return err == nil, err
}
