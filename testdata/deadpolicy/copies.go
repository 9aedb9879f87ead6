package deadpolicy

import (
	"context"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// A client is a struct (v65.129.0: core_compute_client.go), so what is set on one that came by value is set on a copy.

func slowly() *common.RetryPolicy {
	policy := common.NewRetryPolicy(3, common.DefaultShouldRetryOperation, func(common.OCIOperationResponse) time.Duration { return 4 * time.Second })
	return &policy
}

type shelves struct {
	name    string
	clients struct {
		objects objectstorage.ObjectStorageClient
	}
	compute *core.ComputeClient
}

// Only where it is told to, and only the name is used afterwards.
func (s shelves) slowDown(really bool) {
	if really {
		s.clients.objects.SetCustomClientConfiguration(common.CustomClientConfiguration{RetryPolicy: slowly()}) // want "deadpolicy: "
	}
	log.Print("slowed down ", s.name)
}

// The client behind the pointer is everybody's.
func (s shelves) slowDownCompute() {
	s.compute.Configuration.RetryPolicy = slowly()
	log.Print("slowed down ", s.name)
}

// The receiver is asked for something afterwards.
func (s shelves) slowList(ctx context.Context, space string) error {
	s.clients.objects.Configuration.RetryPolicy = slowly()
	_, err := s.clients.objects.ListBuckets(ctx, objectstorage.ListBucketsRequest{NamespaceName: &space})
	return err
}

// It sends first, and is set up when nobody sends any more.
func sendsBefore(ctx context.Context, client core.ComputeClient, id string) error {
	_, err := client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
	client.SetRegion("eu-frankfurt-1")
	client.Configuration.RetryPolicy = slowly() // want "deadpolicy: "
	return err
}

// In a loop it sends afterwards, in the next round.
func sendsInLoop(ctx context.Context, client core.ComputeClient, ids []string) (err error) {
	for _, id := range ids {
		if _, err = client.GetImage(ctx, core.GetImageRequest{ImageId: &id}); err != nil {
			client.Configuration.RetryPolicy = slowly()
		}
	}
	return err
}

var shared core.ComputeClient

// It is stored, handed on or captured: somebody else sends.
func storesCopy(client core.ComputeClient) {
	client.Configuration.RetryPolicy = slowly()
	shared = client
}

func handsOn(ctx context.Context, client core.ComputeClient, id string) error {
	client.Configuration.RetryPolicy = slowly()
	return sendsBefore(ctx, client, id)
}

func captures(client core.ComputeClient) func(ctx context.Context, id string) error {
	sends := func(ctx context.Context, id string) error {
		_, err := client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
		return err
	}
	client.Configuration.RetryPolicy = slowly()
	return sends
}

// The client came by pointer.
func byPointer(client *core.ComputeClient) { client.Configuration.RetryPolicy = slowly() }

// No policy is set, or none that is known of.
func withoutPolicy(client core.ComputeClient, breaker *common.OciCircuitBreaker, configuration common.CustomClientConfiguration) {
	client.SetCustomClientConfiguration(common.CustomClientConfiguration{CircuitBreaker: breaker})
	client.SetCustomClientConfiguration(configuration)
}

// Somebody has its address already.
func registered(client core.ComputeClient, register func(*core.ComputeClient)) {
	register(&client)
	client.Configuration.RetryPolicy = slowly()
}
