package incorrectstate

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Where no error is handed back, an exit code, an answer to a client or a phase in a status tells of the failure.

func statusOfVcn(err error) int {
	if failure, ok := common.IsServiceError(err); ok {
		return failure.GetHTTPStatusCode()
	}
	return 0
}

func describeVcn(err error) string {
	if statusOfVcn(err) == 409 {
		return "the VCN is in use"
	}
	return err.Error()
}

// sameAsSuccess has a line in the log, and goes on.
func sameAsSuccess(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) int {
	_, err := client.DeleteVcn(ctx, request)
	if statusOfVcn(err) == 409 { // want "incorrectstate: "
		log.Print("it is gone already")
		return 0
	}
	if err != nil {
		log.Print(err)
		return 1
	}
	return 0
}

// leavesQuietly has no result at all.
func leavesQuietly(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) {
	_, err := client.DeleteVcn(ctx, request)
	if statusOfVcn(err) == 409 { // want "incorrectstate: "
		return
	}
	if err != nil {
		log.Fatal(err)
	}
}

// The near misses.

func exitCode(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) int {
	if _, err := client.DeleteVcn(ctx, request); err != nil {
		fmt.Println(describeVcn(err))
		return 1
	}
	return 0
}

func exitCodeOfStatus(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) int {
	_, err := client.DeleteVcn(ctx, request)
	if statusOfVcn(err) == 409 {
		fmt.Println("the VCN is in use")
		return 2
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func outcome(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest) (string, error) {
	_, err := client.DeleteVcn(ctx, request)
	if statusOfVcn(err) == 409 {
		return "busy", nil
	}
	if err != nil {
		return "", err
	}
	return "deleted", nil
}

type vcnHandler struct{ client core.VirtualNetworkClient }

func (h vcnHandler) described(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if _, err := h.client.DeleteVcn(r.Context(), core.DeleteVcnRequest{VcnId: &id}); err != nil {
		http.Error(w, describeVcn(err), http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h vcnHandler) ofStatus(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	_, err := h.client.DeleteVcn(r.Context(), core.DeleteVcnRequest{VcnId: &id})
	if statusOfVcn(err) == 409 {
		h.answer(w, http.StatusConflict)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	h.answer(w, http.StatusNoContent)
}

func (vcnHandler) answer(w http.ResponseWriter, status int) { w.WriteHeader(status) }

type vcnStatus struct{ Phase, Message string }

func phase(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteVcnRequest, s *vcnStatus) {
	if _, err := client.DeleteVcn(ctx, request); err != nil {
		s.Phase, s.Message = "Failed", describeVcn(err)
		return
	}
	s.Phase = "Deleted"
}

func phases(ctx context.Context, client core.VirtualNetworkClient, requests map[string]core.DeleteVcnRequest, phases map[string]string) {
	for name, request := range requests {
		_, err := client.DeleteVcn(ctx, request)
		switch {
		case statusOfVcn(err) == 409:
			phases[name] = "Blocked"
		case err != nil:
			phases[name] = err.Error()
		}
	}
}

// again asks for another round by a flag that the loop carries on.
func again(ctx context.Context, client core.VirtualNetworkClient, requests []core.DeleteVcnRequest) (requeue bool, err error) {
	for _, request := range requests {
		_, err := client.DeleteVcn(ctx, request)
		switch {
		case err == nil:
		case statusOfVcn(err) == 409:
			requeue = true
		default:
			return requeue, err
		}
	}
	return requeue, nil
}

// answered asks the response itself, beside an error that is not looked at.
func answered(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) (*string, error) {
	response, _ := client.CreateVcn(ctx, request)
	if response.RawResponse == nil || response.RawResponse.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s was not created", *request.DisplayName)
	}
	return response.Id, nil
}

func vcnOf(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) (*core.Vcn, error) {
	response, err := client.CreateVcn(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("creating %s: %w", *request.DisplayName, err)
	}
	return &response.Vcn, nil
}

// testedForNil asks whether there is one, beside the error.
func testedForNil(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) bool {
	vcn, _ := vcnOf(ctx, client, request)
	if vcn == nil {
		return false
	}
	log.Print(*vcn.Id)
	return true
}

// usedAtOnce does not ask.
func usedAtOnce(ctx context.Context, client core.VirtualNetworkClient, request core.CreateVcnRequest) string {
	vcn, _ := vcnOf(ctx, client, request) // want "incorrectstate: "
	return *vcn.Id
}
