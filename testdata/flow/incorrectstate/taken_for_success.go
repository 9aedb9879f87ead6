// Package incorrectstate lets 409 IncorrectState of a changing operation get lost, in three ways, and keeps it in many more.
package incorrectstate

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
)

// conflictMeansExists is the classic one: every 409 is taken for "already exists".
func conflictMeansExists(ctx context.Context, client loadbalancer.LoadBalancerClient, request loadbalancer.CreateBackendRequest) error {
	_, err := client.CreateBackend(ctx, request)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == http.StatusConflict { // want "incorrectstate: "
		return nil
	}
	return err
}

// busyMeansDone is the plain one.
func busyMeansDone(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "IncorrectState" { // want "incorrectstate: "
		return nil
	}
	return err
}

// busyIsLogged says so, and that is all.
func busyIsLogged(ctx context.Context, client core.ComputeClient, id string) error {
	_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: common.String(id)})
	if err != nil {
		var failure common.ServiceError
		if errors.As(err, &failure) && failure.GetHTTPStatusCode() == 409 && failure.GetCode() == "IncorrectState" { // want "incorrectstate: "
			log.Printf("%s is busy: %v", id, err)
			return nil
		}
		return fmt.Errorf("terminate %s: %w", id, err)
	}
	return nil
}

func isConflict(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 409
}

// conflictOfFunction decides in another function; it is told here, where the call's error is.
func conflictOfFunction(ctx context.Context, client core.ComputeClient, id string) error {
	if _, err := client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: common.String(id)}); err != nil {
		if !isConflict(err) { // want "incorrectstate: "
			return err
		}
	}
	return nil
}

// conflictOrGone takes all of 404 and 409 for gone.
func conflictOrGone(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	failure, ok := common.IsServiceError(err)
	switch {
	case err == nil:
		log.Printf("deleted %s", id)
	case ok && failure.GetHTTPStatusCode() == 404:
		log.Printf("%s was gone", id)
	case ok && failure.GetHTTPStatusCode() == 409: // want "incorrectstate: "
		log.Printf("%s is being deleted", id)
	default:
		return err
	}
	return nil
}

// nextItem goes on with the next one as if this one were deleted.
func nextItem(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	for _, id := range ids {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if isConflict(err) { // want "incorrectstate: "
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// clearsTheError sets it to nil and goes on.
func clearsTheError(ctx context.Context, client core.BlockstorageClient, id, name string) (err error) {
	_, err = client.UpdateVolume(ctx, core.UpdateVolumeRequest{VolumeId: common.String(id), UpdateVolumeDetails: core.UpdateVolumeDetails{DisplayName: common.String(name)}})
	if failure, ok := common.IsServiceError(err); ok && strings.EqualFold(failure.GetCode(), "IncorrectState") { // want "incorrectstate: "
		err = nil
	}
	return err
}

// quietCleanup has no result: what it does not log is gone without a trace.
func quietCleanup(ctx context.Context, client core.BlockstorageClient, id string) {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if err == nil || isConflict(err) { // want "incorrectstate: "
		return
	}
	log.Printf("delete %s: %v", id, err)
}

// textOfConflict looks for the code in the text.
func textOfConflict(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if err != nil && strings.Contains(err.Error(), "IncorrectState") { // want "incorrectstate: "
		return nil
	}
	return err
}

var gone = regexp.MustCompile(`(?i)no longer exists`)

// undecidedBeside tells other errors apart by their words; IncorrectState's own path is plain.
func undecidedBeside(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	failure, ok := common.IsServiceError(err)
	if !ok {
		return err
	}
	if failure.GetCode() == "IncorrectState" { // want "incorrectstate: "
		return nil
	}
	if gone.MatchString(failure.GetMessage()) {
		return nil
	}
	return err
}

// remove is a wrapper.
func remove(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if err != nil {
		return fmt.Errorf("delete %s: %w", id, err)
	}
	return nil
}

// errorOfWrapper looks through the wrapping.
func errorOfWrapper(ctx context.Context, client core.BlockstorageClient, id string) error {
	err := remove(ctx, client, id)
	var failure common.ServiceError
	if errors.As(err, &failure) && failure.GetHTTPStatusCode() == 409 { // want "incorrectstate: "
		return nil
	}
	return err
}

// onlyTheOtherConflict leaves IncorrectState to the caller.
func onlyTheOtherConflict(ctx context.Context, client loadbalancer.LoadBalancerClient, request loadbalancer.CreateBackendRequest) error {
	_, err := client.CreateBackend(ctx, request)
	if failure, ok := common.IsServiceError(err); ok && failure.GetCode() == "NotAuthorizedOrResourceAlreadyExists" {
		return nil
	}
	return err
}

// conflictButBusy takes out IncorrectState first.
func conflictButBusy(ctx context.Context, client loadbalancer.LoadBalancerClient, request loadbalancer.CreateBackendRequest) error {
	_, err := client.CreateBackend(ctx, request)
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 && failure.GetCode() != "IncorrectState" {
		return nil
	}
	return err
}

// goneMeansDone drops 404 only.
func goneMeansDone(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		return nil
	}
	return err
}

// looksAtTheVolume asks what became of it.
func looksAtTheVolume(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if isConflict(err) {
		volume, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			return err
		}
		log.Printf("%s is %s", id, volume.LifecycleState)
		return nil
	}
	return err
}

// findsTheExisting lists by name after a conflict.
func findsTheExisting(ctx context.Context, client identity.IdentityClient, request identity.CreateUserRequest) (*identity.User, error) {
	resp, err := client.CreateUser(ctx, request)
	if err == nil {
		return &resp.User, nil
	}
	if !isConflict(err) {
		return nil, err
	}
	users, err := client.ListUsers(ctx, identity.ListUsersRequest{CompartmentId: request.CompartmentId, Name: request.Name})
	if err != nil || len(users.Items) == 0 {
		return nil, err
	}
	return &users.Items[0], nil
}

// changesTheRequest sends another name after a conflict.
func changesTheRequest(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	request := core.CreateVolumeRequest{CreateVolumeDetails: details}
	_, err := client.CreateVolume(ctx, request)
	if isConflict(err) {
		request.DisplayName = common.String(*details.DisplayName + "-2")
		_, err = client.CreateVolume(ctx, request)
	}
	return err
}

// Result is what a controller hands its framework.
type Result struct {
	RequeueAfter time.Duration
}

// comesAgain asks for another round.
func comesAgain(ctx context.Context, client core.BlockstorageClient, id string) (Result, error) {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if isConflict(err) {
		return Result{RequeueAfter: 30 * time.Second}, nil
	}
	return Result{}, err
}

var errBusy = errors.New("busy")

// ownError names it for the caller.
func ownError(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if isConflict(err) {
		return errBusy
	}
	return err
}

// allAreLogged tells no errors apart.
func allAreLogged(ctx context.Context, client core.BlockstorageClient, id string) error {
	if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil {
		log.Printf("delete %s: %v", id, err)
	}
	return nil
}

// keepsThemForLater stores the conflicts.
func keepsThemForLater(ctx context.Context, client core.BlockstorageClient, ids []string) (map[string]error, error) {
	busy := map[string]error{}
	for _, id := range ids {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if isConflict(err) {
			busy[id] = err
			continue
		}
		if err != nil {
			return busy, err
		}
	}
	return busy, nil
}

// conflictOfReading belongs to an operation that changes nothing.
func conflictOfReading(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
	if isConflict(err) {
		return nil, nil
	}
	return &resp.Volume, err
}

// undecided asks the service's words about all conflicts, so nobody knows what becomes of IncorrectState.
func undecided(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 && gone.MatchString(failure.GetMessage()) {
		return nil
	}
	return err
}

// endsTheProgram does not go on.
func endsTheProgram(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	failure, ok := common.IsServiceError(err)
	switch {
	case ok && failure.GetHTTPStatusCode() == 409:
		log.Fatalf("%s is busy", id)
	case ok && failure.GetHTTPStatusCode() == 404:
		return nil
	}
	return err
}
