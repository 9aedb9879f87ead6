package incorrectstate

import (
	"context"
	"log"

	"github.com/oracle/oci-go-sdk/v65/core"
)

// An expression statement: nobody ever looks.
func statement(ctx context.Context, client core.VirtualNetworkClient, id *string) {
	client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: id}) // want "incorrectstate: "
}

// Near miss: discarded on purpose.
func discarded(ctx context.Context, client core.VirtualNetworkClient, id *string) {
	_, _ = client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: id})
}

// Near miss: a reading operation.
func statementOfRead(ctx context.Context, client core.VirtualNetworkClient, id *string) {
	client.GetVcn(ctx, core.GetVcnRequest{VcnId: id})
}

// A blank beside a response that is used.
func blankBesideResponse(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) *string {
	response, _ := client.CreateVcn(ctx, request) // want "incorrectstate: "
	return response.Id
}

// Near miss: beside the response the error is logged.
func loggedBesideResponse(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) *string {
	response, err := client.CreateVcn(ctx, request)
	if err != nil {
		log.Print(err)
	}
	return response.Id
}

// Overwritten before any look.
func overwritten(ctx context.Context, client core.VirtualNetworkClient, subnet, vcn *string) error {
	_, err := client.DeleteSubnet(ctx, core.DeleteSubnetRequest{SubnetId: subnet}) // want "incorrectstate: "
	_, err = client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: vcn})
	return err
}

// Near miss: looked at before it is overwritten.
func lookedAtFirst(ctx context.Context, client core.VirtualNetworkClient, subnet, vcn *string) error {
	_, err := client.DeleteSubnet(ctx, core.DeleteSubnetRequest{SubnetId: subnet})
	if err != nil {
		return err
	}
	_, err = client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: vcn})
	return err
}

// A wrapper as an expression statement.
func wrapperStatement(ctx context.Context, client core.BlockstorageClient, id string) {
	deleteVolume(ctx, client, id) // want "incorrectstate: "
}

// Near miss: the wrapper's error is discarded on purpose.
func wrapperDiscarded(ctx context.Context, client core.BlockstorageClient, id string) {
	_ = deleteVolume(ctx, client, id)
}

// Near miss: deferred.
func deferred(ctx context.Context, client core.BlockstorageClient, id string) {
	defer deleteVolume(ctx, client, id)
	defer func() {
		client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	}()
}

// Near miss: in a goroutine of its own.
func inGoroutine(ctx context.Context, client core.BlockstorageClient, id string) {
	go deleteVolume(ctx, client, id)
}
