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
