package incorrectstate

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/database"
)

// A policy counts as used wherever it was kept in between: where all uses read, IncorrectState may be left out.

func everyTwoSeconds(common.OCIOperationResponse) time.Duration { return 2 * time.Second }

func answeredWith(r common.OCIOperationResponse) int {
	if failure, ok := common.IsServiceError(r.Error); ok {
		return failure.GetHTTPStatusCode()
	}
	return 0
}

func busyOrDown(r common.OCIOperationResponse) bool {
	status := answeredWith(r)
	return status == 429 || status == 500 || status == 503
}

// drgs keeps a policy by pointer, for readings alone.
type drgs struct {
	client core.VirtualNetworkClient
	policy *common.RetryPolicy
}

func newDrgs(client core.VirtualNetworkClient) *drgs {
	policy := common.NewRetryPolicy(4, busyOrDown, everyTwoSeconds)
	return &drgs{client: client, policy: &policy}
}

func (d *drgs) get(ctx context.Context, id string) (core.GetDrgResponse, error) {
	return d.client.GetDrg(ctx, core.GetDrgRequest{DrgId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: d.policy}})
}

func (d *drgs) list(ctx context.Context, compartment string) (core.ListDrgsResponse, error) {
	request := core.ListDrgsRequest{CompartmentId: &compartment}
	request.RequestMetadata.RetryPolicy = d.policy
	return d.client.ListDrgs(ctx, request)
}

func busyOrDownTwo(r common.OCIOperationResponse) bool { // want "incorrectstate: "
	status := answeredWith(r)
	return status == 429 || status == 500 || status == 503
}

// vcns is the near miss: one of the uses deletes.
type vcns struct {
	client core.VirtualNetworkClient
	policy *common.RetryPolicy
}

func newVcns(client core.VirtualNetworkClient) *vcns {
	policy := common.NewRetryPolicy(4, busyOrDownTwo, everyTwoSeconds)
	return &vcns{client: client, policy: &policy}
}

func (v *vcns) get(ctx context.Context, id string) (core.GetVcnResponse, error) {
	return v.client.GetVcn(ctx, core.GetVcnRequest{VcnId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: v.policy}})
}

func (v *vcns) remove(ctx context.Context, id string) error {
	_, err := v.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: v.policy}})
	return err
}

func busyOrDownThree(r common.OCIOperationResponse) bool { return busyOrDown(r) }

// homes keeps one by value, and hands it out.
type homes struct {
	client database.DatabaseClient
	paced  common.RetryPolicy
}

func newHomes(client database.DatabaseClient) homes {
	return homes{client, common.NewRetryPolicy(4, busyOrDownThree, everyTwoSeconds)}
}

func (h *homes) policy() *common.RetryPolicy { return &h.paced }

func (h *homes) get(ctx context.Context, id string) (database.GetDbHomeResponse, error) {
	return h.client.GetDbHome(ctx, database.GetDbHomeRequest{DbHomeId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: h.policy()}})
}

func (h *homes) node(ctx context.Context, id string) (database.GetDbNodeResponse, error) {
	own := h.paced
	return h.client.GetDbNode(ctx, database.GetDbNodeRequest{DbNodeId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: &own}})
}

func busyOrDownFour(r common.OCIOperationResponse) bool { return busyOrDown(r) }

// readings is made when it is needed.
var readings *common.RetryPolicy

func prepareReadings(attempts uint) {
	policy := common.NewRetryPolicy(attempts, busyOrDownFour, everyTwoSeconds)
	readings = &policy
}

func subnet(ctx context.Context, client core.VirtualNetworkClient, id string) (core.GetSubnetResponse, error) {
	return client.GetSubnet(ctx, core.GetSubnetRequest{SubnetId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: readings}})
}

func busyOrDownFive(r common.OCIOperationResponse) bool { // want "incorrectstate: "
	return busyOrDown(r)
}

// changes is the near miss: who is to be changed waits with it.
var changes common.RetryPolicy

func prepareChanges() { changes = common.NewRetryPolicy(4, busyOrDownFive, everyTwoSeconds) }

func rename(ctx context.Context, client core.VirtualNetworkClient, id, name string) error {
	request := core.UpdateSubnetRequest{SubnetId: &id, UpdateSubnetDetails: core.UpdateSubnetDetails{DisplayName: &name}}
	request.RequestMetadata.RetryPolicy = &changes
	_, err := client.UpdateSubnet(ctx, request)
	return err
}

func busyOrDownSix(r common.OCIOperationResponse) bool { return busyOrDown(r) }

// images gives its client the policy, and only looks.
type images struct{ client core.ComputeClient }

func newImages(client core.ComputeClient) *images {
	policy := common.NewRetryPolicy(4, busyOrDownSix, everyTwoSeconds)
	client.SetCustomClientConfiguration(common.CustomClientConfiguration{RetryPolicy: &policy})
	return &images{client}
}

func (i *images) get(ctx context.Context, id string) (core.GetImageResponse, error) {
	return i.client.GetImage(ctx, core.GetImageRequest{ImageId: &id})
}

// Nobody uses it here: it may be for everything.
func busyOrDownSeven(r common.OCIOperationResponse) bool { // want "incorrectstate: "
	return busyOrDown(r)
}
