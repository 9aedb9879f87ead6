package nonretryable

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"k8s.io/apimachinery/pkg/util/wait"
)

// Near misses: the request is another one each time, by other people's hands.

func fromRows(ctx context.Context, client core.BlockstorageClient, rows *sql.Rows) error {
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := deleteVolume(ctx, client, id); err == nil {
			return nil
		}
	}
	return rows.Err()
}

func advised(ctx context.Context, client core.ComputeClient, request *core.LaunchInstanceRequest, advise func(*core.LaunchInstanceRequest) bool) error {
	for {
		_, err := client.LaunchInstance(ctx, *request)
		if err == nil || !advise(request) {
			return err
		}
	}
}

func fromMap(ctx context.Context, client core.BlockstorageClient, next func(map[string]any) bool) error {
	values := map[string]any{}
	for next(values) {
		id, _ := values["id"].(string)
		if err := deleteVolume(ctx, client, id); err == nil {
			return nil
		}
	}
	return errors.New("none could be deleted")
}

// Near misses: what is final ends the loop, though not by a return.

func limitReached(ctx context.Context, client core.BlockstorageClient, id string, most int) (err error) {
	for attempt := 0; attempt < most; attempt++ {
		if err = deleteVolume(ctx, client, id); err == nil {
			return nil
		}
		if !common.IsErrorRetryableByDefault(err) {
			attempt = most
		}
		time.Sleep(time.Second)
	}
	return err
}

func cancelled(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for ctx.Err() == nil {
		if err = deleteVolume(ctx, client, id); err == nil {
			return nil
		}
		if !common.IsErrorRetryableByDefault(err) {
			cancel()
		}
		time.Sleep(time.Second)
	}
	return err
}

func outOfTime(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		if err = deleteVolume(ctx, client, id); err == nil {
			return nil
		}
		if !common.IsErrorRetryableByDefault(err) {
			deadline = time.Time{}
		}
		time.Sleep(time.Second)
	}
	return err
}

// untilDeadlineHere is what they are near to.
func untilDeadlineHere(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		if err = deleteVolume(ctx, client, id); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// ensured is a near miss: the second look is there because the volume was created.
func ensured(ctx context.Context, client core.BlockstorageClient, id string, create core.CreateVolumeRequest) (core.Volume, error) {
	found, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
	if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
		if _, err := client.CreateVolume(ctx, create); err != nil {
			return core.Volume{}, err
		}
		found, err = client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
	}
	return found.Volume, err
}

func isGone(ctx context.Context, client core.BlockstorageClient, id string) bool {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 404
}

// untilGone is a near miss: what is asked hands no error back.
func untilGone(ctx context.Context, client core.BlockstorageClient, id string) error {
	return wait.PollUntilContextCancel(ctx, time.Second, true, func(ctx context.Context) (bool, error) {
		return isGone(ctx, client, id), nil
	})
}

// Near misses: a look, a change and another look, whatever the change answered.

func lookAround(ctx context.Context, client core.VirtualNetworkClient, subnet core.CreateSubnetDetails, id string) (*core.Subnet, error) {
	request := core.GetSubnetRequest{SubnetId: &id}
	found, err := client.GetSubnet(ctx, request)
	if err != nil {
		if _, refused := client.CreateSubnet(ctx, core.CreateSubnetRequest{CreateSubnetDetails: subnet}); refused != nil {
			time.Sleep(time.Second)
		}
		found, err = client.GetSubnet(ctx, request)
	}
	return &found.Subnet, err
}

func makeSubnet(ctx context.Context, client core.VirtualNetworkClient, subnet core.CreateSubnetDetails) error {
	_, err := client.CreateSubnet(ctx, core.CreateSubnetRequest{CreateSubnetDetails: subnet})
	return err
}

// lookMakeLook does the same in a loop, through a helper.
func lookMakeLook(ctx context.Context, client core.VirtualNetworkClient, subnet core.CreateSubnetDetails, id string) error {
	var refused error
	for made := false; ; made = true {
		_, err := client.GetSubnet(ctx, core.GetSubnetRequest{SubnetId: &id})
		if err == nil || made {
			return errors.Join(refused, err)
		}
		refused = makeSubnet(ctx, client, subnet)
	}
}

// lookTwice is what they are near to: nothing is changed between the two.
func lookTwice(ctx context.Context, client core.VirtualNetworkClient, subnet core.CreateSubnetDetails, id string) error {
	request := core.GetSubnetRequest{SubnetId: &id}
	_, err := client.GetSubnet(ctx, request) // want "nonretryable: "
	if err == nil {
		return nil
	}
	time.Sleep(time.Second)
	if _, err = client.GetSubnet(ctx, request); err == nil {
		return nil
	}
	return makeSubnet(ctx, client, subnet)
}

// lookElsewhere changes something on one way only.
func lookElsewhere(ctx context.Context, client core.VirtualNetworkClient, subnet core.CreateSubnetDetails, id string, makes bool) error {
	_, err := client.GetSubnet(ctx, core.GetSubnetRequest{SubnetId: &id}) // want "nonretryable: "
	if err == nil {
		return nil
	}
	if makes {
		if err := makeSubnet(ctx, client, subnet); err != nil {
			return err
		}
	}
	time.Sleep(time.Second)
	_, err = client.GetSubnet(ctx, core.GetSubnetRequest{SubnetId: &id})
	return err
}
