package nonretryable

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"

	"testdata/flow/helpers"
	"testdata/flow/helpers/ociops"
)

// byDefaultPredicate repeats what the SDK itself would.
func byDefaultPredicate(ctx context.Context, client core.BlockstorageClient, id string) error {
	var err error
	for attempt := 0; attempt < 5; attempt++ {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Duration(attempt+1) * time.Second)
	}
	return err
}

// rateLimitOnly waits out 429 and hands back the rest.
func rateLimitOnly(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 429 && n < 5 {
			timer := time.NewTimer(time.Second << n)
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-timer.C:
				continue
			}
		}
		return &resp.Volume, err
	}
}

// fiveHundredsButNotImplemented names the fives that pass.
func fiveHundredsButNotImplemented(ctx context.Context, client core.BlockstorageClient, id string) (*core.Volume, error) {
	for n := 0; ; n++ {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return &resp.Volume, nil
		}
		failure, ok := common.IsServiceError(err)
		if !ok || n >= 5 || failure.GetHTTPStatusCode() < 500 || failure.GetHTTPStatusCode() == 501 {
			return nil, err
		}
		time.Sleep(time.Second)
	}
}

// isRetryable restates the catalog row by row.
func isRetryable(failure common.ServiceError) bool {
	status, code := failure.GetHTTPStatusCode(), failure.GetCode()
	return (status == 429 && code == "TooManyRequests") ||
		(status == 500 && code == "InternalServerError") ||
		(status == 503 && code == "ServiceUnavailable") ||
		(status == 409 && (code == "IncorrectState" || code == "NotAuthorizedOrResourceAlreadyExists")) ||
		(status == 404 && code == "NotAuthorizedOrNotFound") ||
		(status == 400 && code == "RelatedResourceNotAuthorizedOrNotFound") ||
		(status == 401 && code == "NotAuthenticated")
}

// rowByRow repeats every row that may be repeated, and no other.
func rowByRow(ctx context.Context, client core.ComputeClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: common.String(id)})
		if err == nil {
			return nil
		}
		var failure common.ServiceError
		if n > 5 || !errors.As(err, &failure) || !isRetryable(failure) {
			return fmt.Errorf("terminate %s: %w", id, err)
		}
		time.Sleep(2 * time.Second)
	}
}

// everyPage asks for the next page, and a failure ends it.
func everyPage(ctx context.Context, client core.BlockstorageClient, compartment string) ([]core.Volume, error) {
	request := core.ListVolumesRequest{CompartmentId: common.String(compartment)}
	var all []core.Volume
	for {
		resp, err := client.ListVolumes(ctx, request)
		if err != nil {
			return all, err
		}
		all = append(all, resp.Items...)
		if resp.OpcNextPage == nil {
			return all, nil
		}
		request.Page = resp.OpcNextPage
	}
}

// everyItem goes on with the next id.
func everyItem(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	var failed []error
	for _, id := range ids {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			failed = append(failed, fmt.Errorf("delete %s: %w", id, err))
			continue
		}
		log.Printf("deleted %s", id)
	}
	return errors.Join(failed...)
}

// everyItemThroughWrapper hands the item to a wrapper, where it becomes part of the request.
func everyItemThroughWrapper(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	var last error
	for _, id := range ids {
		if err := ociops.DeleteVolume(ctx, client, id); err != nil {
			last = err
			time.Sleep(time.Second)
		}
	}
	return last
}

// everyIndex builds the request from an element that the counter picks.
func everyIndex(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	var last error
	for i := 0; i < len(ids); i++ {
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(ids[i])}); err != nil {
			last = err
		}
	}
	return last
}

// nextAvailabilityDomain tries the same shape elsewhere.
func nextAvailabilityDomain(ctx context.Context, client core.ComputeClient, domains []string, details core.LaunchInstanceDetails) (*core.Instance, error) {
	var last error
	for _, domain := range domains {
		details.AvailabilityDomain = common.String(domain)
		resp, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{LaunchInstanceDetails: details})
		if err == nil {
			return &resp.Instance, nil
		}
		last = err
		time.Sleep(time.Second)
	}
	return nil, last
}

// nextRegion asks another region each time.
func nextRegion(ctx context.Context, provider common.ConfigurationProvider, regions []string, id string) (*core.Volume, error) {
	var last error
	for _, region := range regions {
		client, err := core.NewBlockstorageClientWithConfigurationProvider(provider)
		if err != nil {
			return nil, err
		}
		client.SetRegion(region)
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return &resp.Volume, nil
		}
		last = err
	}
	return nil, last
}

// nextClient asks one client after the other.
func nextClient(ctx context.Context, clients []core.BlockstorageClient, id string) error {
	var last error
	for _, client := range clients {
		if _, last = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); last == nil {
			return nil
		}
	}
	return last
}

// refresh is periodic: no answer ends it.
func refresh(ctx context.Context, client core.BlockstorageClient, compartment string, found func([]core.Volume)) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		resp, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: common.String(compartment)})
		if err != nil {
			log.Printf("list volumes: %v", err)
		} else {
			found(resp.Items)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// waitsForState goes round because the volume is not ready; a failed look ends it.
func waitsForState(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			return fmt.Errorf("wait for %s: %w", id, err)
		}
		if resp.LifecycleState == core.VolumeLifecycleStateAvailable {
			return nil
		}
		time.Sleep(5 * time.Second)
	}
}

// waitsUntilGoneOnly hands back what is neither gone nor there.
func waitsUntilGoneOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for {
		resp, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			return nil
		}
		if err != nil {
			return err
		}
		if resp.LifecycleState == core.VolumeLifecycleStateTerminated {
			return nil
		}
		time.Sleep(5 * time.Second)
	}
}

// whileAnotherCallSaysSo goes round because a look at the volume succeeded and says that it is still being made.
func whileAnotherCallSaysSo(ctx context.Context, client core.BlockstorageClient, id string) error {
	request := core.GetVolumeRequest{VolumeId: common.String(id)}
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return nil
		}
		volume, looked := client.GetVolume(ctx, request)
		if looked != nil || volume.LifecycleState != core.VolumeLifecycleStateProvisioning {
			return err
		}
		time.Sleep(10 * time.Second)
	}
}

// freshEtag reads the resource again after a failure, so the next request has another etag.
func freshEtag(ctx context.Context, client core.BlockstorageClient, id, name string) error {
	var etag *string
	for n := 0; n < 3; n++ {
		_, err := client.UpdateVolume(ctx, core.UpdateVolumeRequest{
			VolumeId:            common.String(id),
			IfMatch:             etag,
			UpdateVolumeDetails: core.UpdateVolumeDetails{DisplayName: common.String(name)},
		})
		if err == nil {
			return nil
		}
		if failure, ok := common.IsServiceError(err); !ok || failure.GetCode() != "NoEtagMatch" {
			return err
		}
		current, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String(id)})
		if err != nil {
			return err
		}
		etag = current.Etag
	}
	return errors.New("somebody else keeps changing the volume")
}

// contextErrorsOnly repeats when the call's own deadline has passed, which no row of the service is.
func contextErrorsOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		each, cancel := context.WithTimeout(ctx, 20*time.Second)
		_, err := client.DeleteVolume(each, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		cancel()
		if n < 3 && errors.Is(err, context.DeadlineExceeded) {
			time.Sleep(time.Second)
			continue
		}
		return err
	}
}

// networkErrorsOnly repeats when nothing was answered.
func networkErrorsOnly(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if _, answered := common.IsServiceError(err); err == nil || answered || n == 3 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// stopsTheProgram ends it at the first answer that no waiting helps.
func stopsTheProgram(ctx context.Context, client core.BlockstorageClient, id string) {
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return
		}
		if !ociops.IsRetryable(err) {
			log.Fatalf("delete %s: %v", id, err)
		}
		time.Sleep(time.Second)
	}
}

// panics does it with a panic.
func panics(ctx context.Context, client core.BlockstorageClient, id string) {
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		switch {
		case err == nil:
			return
		case !common.IsErrorRetryableByDefault(err):
			panic(err)
		}
		time.Sleep(time.Second)
	}
}

// exits has a function of its own for the end.
func exits(ctx context.Context, client core.BlockstorageClient, id string) {
	for {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil {
			return
		}
		if !common.IsErrorRetryableByDefault(err) {
			die(err)
		}
		time.Sleep(time.Second)
	}
}

func die(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

var slowDown = regexp.MustCompile(`(?i)try again (later|in \d+ seconds)`)

// bySentence asks the service's words, which nobody here can know.
func bySentence(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		failure, ok := common.IsServiceError(err)
		if !ok || n > 3 || !slowDown.MatchString(failure.GetMessage()) && !strings.Contains(failure.GetMessage(), "busy") {
			return err
		}
		time.Sleep(time.Second)
	}
}

// byHeader asks a header of the failing response.
func byHeader(ctx context.Context, client core.BlockstorageClient, id string) error {
	for n := 0; ; n++ {
		resp, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil || n > 3 || resp.RawResponse == nil || resp.RawResponse.Header.Get("Retry-After") == "" {
			return err
		}
		time.Sleep(time.Second)
	}
}

type config struct {
	Retryable []string `json:"retryable"`
}

// byConfiguration repeats the codes that somebody has written into a file.
func byConfiguration(ctx context.Context, client core.BlockstorageClient, cfg config, id string) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		failure, ok := common.IsServiceError(err)
		if !ok || n > 3 || !slices.Contains(cfg.Retryable, failure.GetCode()) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// ByPredicate asks a function that only its callers know.
func ByPredicate(ctx context.Context, client core.BlockstorageClient, id string, retryable func(error) bool) error {
	for n := 0; ; n++ {
		_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
		if err == nil || n > 3 || !retryable(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// collectionMadeAnew deletes what a fresh list has; the list is not asked for again after a failure of its own.
func collectionMadeAnew(ctx context.Context, client core.BlockstorageClient, compartment string) error {
	for {
		resp, err := client.ListVolumes(ctx, core.ListVolumesRequest{CompartmentId: common.String(compartment)})
		if err != nil {
			return err
		}
		if len(resp.Items) == 0 {
			return nil
		}
		for _, volume := range resp.Items {
			if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: volume.Id}); err != nil {
				log.Printf("delete %s: %v", *volume.Id, err)
			}
		}
		time.Sleep(time.Minute)
	}
}

// fromChannel builds the request from what the channel brings, and puts it back for another time.
func fromChannel(ctx context.Context, client core.BlockstorageClient, work chan string) {
	for id := range work {
		if _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); err != nil {
			log.Printf("delete %s: %v", id, err)
			work <- id
		}
	}
}

// throttledStatusOnly asks a function that knows only numbers.
func throttledStatusOnly(ctx context.Context, client identity.IdentityClient, id string) (*identity.User, error) {
	for n := 0; ; n++ {
		resp, err := client.GetUser(ctx, identity.GetUserRequest{UserId: common.String(id)})
		if failure, ok := common.IsServiceError(err); ok && helpers.Throttled(failure.GetHTTPStatusCode()) && n < 5 {
			time.Sleep(time.Minute)
			continue
		}
		return &resp.User, err
	}
}

// tenancyOnce asks for the tenancy once, whatever came of it.
func tenancyOnce(client identity.IdentityClient, request identity.GetTenancyRequest) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		response, err := client.GetTenancy(context.Background(), request)
		if err != nil {
			return "", err
		}
		return *response.Name, nil
	})
}

// untilKnown asks what was answered first again and again.
func untilKnown(client identity.IdentityClient, request identity.GetTenancyRequest) (name string, err error) {
	tenancy := tenancyOnce(client, request)
	for range 3 {
		if name, err = tenancy(); err == nil {
			return name, nil
		}
		time.Sleep(time.Second)
	}
	return "", err
}
