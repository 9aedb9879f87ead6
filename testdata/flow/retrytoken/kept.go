package retrytoken

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// One token for different requests, wherever it is kept.

// session has a token that its constructor sets.
type session struct {
	compute core.ComputeClient
	run     struct{ id string }
	owner   struct{ UID string }
}

func newSession(compute core.ComputeClient) *session {
	s := &session{compute: compute}
	s.run.id = uuid.NewString()
	return s
}

func (s *session) images(ctx context.Context, requests []core.CreateImageRequest) (err error) {
	for i := range requests {
		request := requests[i]
		request.OpcRetryToken = common.String("image-" + s.run.id) // want "retrytoken: "
		if _, err = s.compute.CreateImage(ctx, request); err != nil {
			break
		}
	}
	return err
}

func (s *session) launch(ctx context.Context, domain string, details core.LaunchInstanceDetails) error {
	details.AvailabilityDomain = &domain
	_, err := s.compute.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         &s.run.id, // want "retrytoken: "
	})
	return err
}

// launchTwice has it launched in two domains.
func launchTwice(ctx context.Context, compute core.ComputeClient, details core.LaunchInstanceDetails) error {
	s := newSession(compute)
	if err := s.launch(ctx, "AD-1", details); err != nil {
		return err
	}
	return s.launch(ctx, "AD-2", details)
}

// ofParameter gives all of them the one that it is given.
func ofParameter(ctx context.Context, client core.BlockstorageClient, token string, all map[string]core.CreateVolumeDetails) error {
	for name, details := range all {
		details.DisplayName = &name
		if _, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: &token}); err != nil { // want "retrytoken: "
			return err
		}
	}
	return nil
}

// ofInstance is no identity of the attachments.
func ofInstance(ctx context.Context, compute core.ComputeClient, instance string, volumes []string) error {
	for _, volume := range volumes {
		details := core.AttachParavirtualizedVolumeDetails{InstanceId: &instance, VolumeId: &volume}
		_, err := compute.AttachVolume(ctx, core.AttachVolumeRequest{
			AttachVolumeDetails: details,
			OpcRetryToken:       common.String(fmt.Sprintf("attach-%s", instance)), // want "retrytoken: "
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// first sends what its caller has put a token into.
func first(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest, left int) error {
	_, err := client.CreateVolume(ctx, request) // want "retrytoken: "
	if left > 0 && (isInvalidated(err) || common.IsErrorRetryableByDefault(err)) {
		time.Sleep(time.Second)
		return first(ctx, client, request, left-1)
	}
	return err
}

func withToken(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	token := common.RetryToken()
	return first(ctx, client, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: &token}, 3)
}

// The near misses.

// withoutToken is what last's only caller gives it.
func withoutToken(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) error {
	return last(ctx, client, core.CreateVolumeRequest{CreateVolumeDetails: details})
}

func last(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) (err error) {
	for range 3 {
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// ofOwner is derived from the identity of the thing that they are for.
func (s *session) ofOwner(ctx context.Context, all []core.CreateImageRequest) error {
	for _, request := range all {
		request.OpcRetryToken = common.String("image-" + s.owner.UID)
		if _, err := s.compute.CreateImage(ctx, request); err != nil {
			return err
		}
	}
	return nil
}

func ofNodeUID(ctx context.Context, client core.BlockstorageClient, nodeUID string, all []core.CreateVolumeDetails) error {
	for _, details := range all {
		if _, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: &nodeUID}); err != nil {
			return err
		}
	}
	return nil
}

// ofDomain has a part that is another one for each.
func (s *session) ofDomain(ctx context.Context, domains []string, details core.LaunchInstanceDetails) error {
	for n, domain := range domains {
		details.AvailabilityDomain = &domain
		token := fmt.Sprintf("%s-%d", s.run.id, n)
		if _, err := s.compute.LaunchInstance(ctx, core.LaunchInstanceRequest{LaunchInstanceDetails: details, OpcRetryToken: &token}); err != nil {
			return err
		}
	}
	return nil
}

// sessionForEach makes one for each.
func sessionForEach(ctx context.Context, compute core.ComputeClient, all []core.CreateImageRequest) error {
	for _, request := range all {
		if err := newSession(compute).image(ctx, request); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) image(ctx context.Context, request core.CreateImageRequest) error {
	request.OpcRetryToken = &s.run.id
	_, err := s.compute.CreateImage(ctx, request)
	return err
}

// anew gives the session another one for each.
func (s *session) anew(ctx context.Context, all []core.CreateInstanceConfigurationRequest, management core.ComputeManagementClient) error {
	for _, request := range all {
		s.run.id = common.RetryToken()
		request.OpcRetryToken = &s.run.id
		if _, err := management.CreateInstanceConfiguration(ctx, request); err != nil {
			return err
		}
	}
	return nil
}

// again sends one request twice.
func (s *session) again(ctx context.Context, request core.CreateImageRequest) error {
	request.OpcRetryToken = &s.run.id
	_, err := s.compute.CreateImage(ctx, request)
	if common.IsErrorRetryableByDefault(err) {
		time.Sleep(time.Minute)
		_, err = s.compute.CreateImage(ctx, request)
	}
	return err
}

// ofThisMinute is another one when the time has come.
func ofThisMinute(ctx context.Context, client core.BlockstorageClient, prefix string, all []core.CreateVolumeDetails) error {
	for _, details := range all {
		token := prefix + time.Now().Format(time.RFC3339Nano)
		if _, err := client.CreateVolume(ctx, core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: &token}); err != nil {
			return err
		}
	}
	return nil
}
