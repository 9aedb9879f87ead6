// Package client sends with clients that have a policy of their own, which comes before the operation's (v65.129.0: the
// generated client methods ask client.RetryPolicy()).
package client

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

func status(err error) int {
	if failure, ok := common.IsServiceError(err); ok {
		return failure.GetHTTPStatusCode()
	}
	return 0
}

func throttled(r common.OCIOperationResponse) bool { return status(r.Error) == 429 }

// balancers has a client whose policy waits after 429 alone.
type balancers struct {
	client *loadbalancer.LoadBalancerClient
}

func newBalancers(provider common.ConfigurationProvider) (*balancers, error) {
	client, err := loadbalancer.NewLoadBalancerClientWithConfigurationProvider(provider)
	if err != nil {
		return nil, err
	}
	policy := common.NewRetryPolicy(4, throttled, func(common.OCIOperationResponse) time.Duration { return 3 * time.Second })
	client.Configuration = common.CustomClientConfiguration{RetryPolicy: &policy}
	return &balancers{client: &client}, nil
}

func (b *balancers) get(ctx context.Context, id string) (err error) {
	for range 3 {
		if _, err = b.client.GetLoadBalancer(ctx, loadbalancer.GetLoadBalancerRequest{LoadBalancerId: &id}); status(err) != 429 {
			break
		}
	}
	return err
}

func (b *balancers) getWhenDown(ctx context.Context, id string) (err error) {
	for range 3 {
		_, err = b.client.GetLoadBalancer(ctx, loadbalancer.GetLoadBalancerRequest{LoadBalancerId: &id}) // want "nobackoff: "
		if status(err) != 503 {
			break
		}
	}
	return err
}

// buckets takes the operations' own policy away.
type buckets struct {
	space  string
	client objectstorage.ObjectStorageClient
}

func once() *common.RetryPolicy {
	policy := common.NoRetryPolicy()
	return &policy
}

func newBuckets(client objectstorage.ObjectStorageClient, space string) buckets {
	client.SetCustomClientConfiguration(common.CustomClientConfiguration{RetryPolicy: once()})
	return buckets{space, client}
}

func (b buckets) get(ctx context.Context, name string) (err error) {
	for range 3 {
		_, err = b.client.GetBucket(ctx, objectstorage.GetBucketRequest{NamespaceName: &b.space, BucketName: &name}) // want "nobackoff: "
		if status(err) != 429 {
			break
		}
	}
	return err
}

// Groups has a client that other packages may put there.
type Groups struct{ Client identity.IdentityClient }

// NewGroups takes the operations' own policy away.
func NewGroups(client identity.IdentityClient) *Groups {
	client.Configuration.RetryPolicy = once()
	return &Groups{client}
}

func (g *Groups) get(ctx context.Context, id string) (err error) {
	for range 3 {
		if _, err = g.Client.GetGroup(ctx, identity.GetGroupRequest{GroupId: &id}); status(err) != 429 {
			break
		}
	}
	return err
}

// A policy is set here, for certain.
func getHere(ctx context.Context, client core.VirtualNetworkClient, id string) (err error) {
	policy := common.DefaultRetryPolicyWithoutEventualConsistency()
	client.SetCustomClientConfiguration(common.CustomClientConfiguration{RetryPolicy: &policy})
	for range 3 {
		if _, err = client.GetDrg(ctx, core.GetDrgRequest{DrgId: &id}); status(err) != 429 {
			break
		}
	}
	return err
}

// Nobody sets one on clients of this type.
func volume(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 3 {
		_, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id}) // want "nobackoff: "
		if status(err) != 429 {
			break
		}
	}
	return err
}

// The request's own policy comes before the client's.
func (b *balancers) getOnce(ctx context.Context, id string) (err error) {
	request := loadbalancer.GetLoadBalancerRequest{LoadBalancerId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: once()}}
	for range 3 {
		_, err = b.client.GetLoadBalancer(ctx, request) // want "nobackoff: "
		if status(err) != 429 {
			break
		}
	}
	return err
}

// images has a client whose policy handles eventual consistency: outside a window its inner policy, the default's, waits.
type images struct{ client core.ComputeClient }

func never(common.OCIOperationResponse) bool { return false }

func newImages(client core.ComputeClient) *images {
	policy := common.NewRetryPolicyWithOptions(common.WithShouldRetryOperation(never)) // want "deadpolicy: "
	client.SetCustomClientConfiguration(common.CustomClientConfiguration{RetryPolicy: &policy})
	return &images{client}
}

func (i *images) get(ctx context.Context, id string) (err error) {
	for range 3 {
		if _, err = i.client.GetImage(ctx, core.GetImageRequest{ImageId: &id}); status(err) != 429 {
			break
		}
	}
	return err
}

func (i *images) getWhenHidden(ctx context.Context, id string) (err error) {
	for range 3 {
		_, err = i.client.GetImage(ctx, core.GetImageRequest{ImageId: &id}) // want "nobackoff: " "nonretryable: "
		if status(err) != 404 {
			break
		}
	}
	return err
}
