package incorrectstate

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/cims"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/devops"
	"github.com/oracle/oci-go-sdk/v65/nosql"
)

// What is sent with GET reads, whatever it is called: in v65.129.0 nosql_client.go, prepareStatement, and cims, validateUser.
// Nothing that was to be changed gets lost with its IncorrectState.

func prepareBlindly(ctx context.Context, client nosql.NosqlClient, request nosql.PrepareStatementRequest) {
	client.PrepareStatement(ctx, request)
}

func validated(ctx context.Context, client cims.IncidentClient, request cims.ValidateUserRequest) bool {
	response, _ := client.ValidateUser(ctx, request)
	return response.RawResponse != nil || response.OpcRequestId == nil
}

// It leaves IncorrectState out, which no statement's preparation needs.
func prepareAgain(ctx context.Context, client nosql.NosqlClient, request nosql.PrepareStatementRequest) (err error) {
	for range 5 {
		_, err = client.PrepareStatement(ctx, request)
		failure, ok := common.IsServiceError(err)
		if !ok || failure.GetHTTPStatusCode() != 429 && failure.GetHTTPStatusCode() != 500 && failure.GetHTTPStatusCode() != 503 {
			return err
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

// Near misses: these are sent with POST and with DELETE, and leave a state behind.
func runBlindly(ctx context.Context, client devops.DevopsClient, request devops.CreateDeploymentRequest) {
	client.CreateDeployment(ctx, request) // want "incorrectstate: "
}

func removeAgain(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 5 {
		_, err = client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "incorrectstate: "
		failure, ok := common.IsServiceError(err)
		if !ok || failure.GetHTTPStatusCode() != 429 && failure.GetHTTPStatusCode() != 500 && failure.GetHTTPStatusCode() != 503 {
			return err
		}
		time.Sleep(2 * time.Second)
	}
	return err
}
