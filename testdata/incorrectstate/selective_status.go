package incorrectstate

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// The classic one: any 409 is taken for "already exists".
func conflictMeansExists(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) error {
	_, err := client.CreateVcn(ctx, request)
	if se, ok := common.IsServiceError(err); ok && se.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the code says which 409; IncorrectState is returned.
func codeMeansExists(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) error {
	_, err := client.CreateVcn(ctx, request)
	if se, ok := common.IsServiceError(err); ok && se.GetHTTPStatusCode() == 409 && se.GetCode() == "NotAuthorizedOrResourceAlreadyExists" {
		return nil
	}
	return err
}

// Logged, and lost all the same.
func conflictIsLogged(ctx context.Context, client identity.IdentityClient, request identity.CreateUserRequest) error {
	if _, err := client.CreateUser(ctx, request); err != nil {
		if statusOf(err) == http.StatusConflict { // want "incorrectstate: "
			log.Printf("user exists: %v", err)
			return nil
		}
		return fmt.Errorf("create user: %w", err)
	}
	return nil
}

// Near miss: logged and returned.
func conflictIsLoggedAndReturned(ctx context.Context, client identity.IdentityClient, request identity.CreateUserRequest) error {
	if _, err := client.CreateUser(ctx, request); err != nil {
		if statusOf(err) == http.StatusConflict {
			log.Printf("user exists: %v", err)
		}
		return fmt.Errorf("create user: %w", err)
	}
	return nil
}

// The deletion is taken for done on 404 and on 409.
func goneOrBusy(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: id})
	if err == nil {
		return nil
	}
	switch statusOf(err) {
	case http.StatusNotFound, http.StatusConflict: // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: 404 alone means gone.
func goneOnly(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: id})
	if err == nil {
		return nil
	}
	switch statusOf(err) {
	case http.StatusNotFound:
		return nil
	}
	return err
}

// Turned round: everything but a 409 is returned.
func allButConflictReturned(ctx context.Context, client core.BlockstorageClient, id *string) error {
	if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: id}); err != nil {
		var se common.ServiceError
		if !errors.As(err, &se) || se.GetHTTPStatusCode() != 409 { // want "incorrectstate: "
			return err
		}
	}
	return nil
}

// Near miss: turned round, and 409 of one code only.
func allButExistsReturned(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) error {
	if _, err := client.CreateVolume(ctx, request); err != nil {
		var se common.ServiceError
		if !errors.As(err, &se) || se.GetHTTPStatusCode() != 409 || se.GetCode() == "IncorrectState" {
			return err
		}
	}
	return nil
}

// The error is cleared by the status of the raw response.
func rawStatusClears(ctx context.Context, client core.ComputeClient, id *string) error {
	response, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: id})
	if err != nil && response.RawResponse != nil && response.RawResponse.StatusCode == 409 { // want "incorrectstate: "
		err = nil
	}
	return err
}

// Near miss: cleared by 404.
func rawStatusClearsGone(ctx context.Context, client core.ComputeClient, id *string) error {
	response, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: id})
	if err != nil && response.RawResponse != nil && response.RawResponse.StatusCode == 404 {
		err = nil
	}
	return err
}

// All client errors are taken for success.
func clientErrorsPass(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.CreateBucketRequest) error {
	_, err := client.CreateBucket(ctx, request)
	if s := statusOf(err); s >= 400 && s < 500 { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the range ends below 409.
func lowerClientErrorsPass(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.CreateBucketRequest) error {
	_, err := client.CreateBucket(ctx, request)
	if s := statusOf(err); s >= 400 && s < 409 {
		return nil
	}
	return err
}

// Only a server's fault comes back.
func onlyServerErrorsReturned(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.DeleteBucketRequest) error {
	_, err := client.DeleteBucket(ctx, request)
	if !(statusOf(err) < 500) { // want "incorrectstate: "
		return err
	}
	return nil
}

// Near miss: a reading operation is none of this rule's business.
func conflictOfRead(ctx context.Context, client core.VirtualNetworkClient, id *string) error {
	_, err := client.GetVcn(ctx, core.GetVcnRequest{VcnId: id})
	if statusOf(err) == 409 {
		return nil
	}
	return err
}

// Near miss: no error is told apart from another, and each is logged.
func everythingLogged(ctx context.Context, client core.VirtualNetworkClient, id *string) error {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: id})
	if err != nil {
		log.Printf("delete vcn: %v", err)
	}
	return nil
}

// No error result: the rest is logged, a 409 is not.
func quietConflict(ctx context.Context, client core.VirtualNetworkClient, id *string) {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: id})
	if statusOf(err) == 409 { // want "incorrectstate: "
		return
	}
	if err != nil {
		log.Printf("delete vcn: %v", err)
	}
}

// Near miss: a 404 is quiet, a 409 logged.
func quietGone(ctx context.Context, client core.VirtualNetworkClient, id *string) {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: id})
	if statusOf(err) == 404 {
		return
	}
	if err != nil {
		log.Printf("delete vcn: %v", err)
	}
}
