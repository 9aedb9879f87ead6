package nobackoff

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

func remove(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	return err
}

// removeAfter sends and waits as long as it is told to.
func removeAfter(ctx context.Context, client core.BlockstorageClient, id string, pause time.Duration) error {
	err := remove(ctx, client, id)
	if common.IsErrorRetryableByDefault(err) {
		time.Sleep(pause)
	}
	return err
}

// pausesByNumber waits from its second round on, in what it calls.
func pausesByNumber(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for n := range 4 {
		if err = removeAfter(ctx, client, id, time.Duration(n)*time.Second); !common.IsErrorRetryableByDefault(err) {
			break
		}
	}
	return err
}

// pausesFurtherDown hands the number on twice.
func pausesFurtherDown(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	numbered := func(n int) error { return removeAfter(ctx, client, id, time.Duration(2*n)*time.Second) }
	for n := 0; n < 4; n++ {
		if err = numbered(n); !common.IsErrorRetryableByDefault(err) {
			break
		}
	}
	return err
}

// pausesWhenItReturns waits in a deferred function that captures the number.
func pausesWhenItReturns(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	try := func(n int) (err error) {
		defer func() {
			if err != nil {
				time.Sleep(time.Duration(n) * time.Second)
			}
		}()
		return remove(ctx, client, id)
	}
	for n := range 4 {
		if err = try(n); !common.IsErrorRetryableByDefault(err) {
			break
		}
	}
	return err
}

// pausesNever hands a pause on that is zero in every round.
func pausesNever(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for range 4 {
		if err = removeAfter(ctx, client, id, 0); !common.IsErrorRetryableByDefault(err) { // want "nobackoff: "
			break
		}
	}
	return err
}

// pausesForAnotherReason hands the number on to what does not wait by it.
func pausesForAnotherReason(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	try := func(n int) error {
		println("attempt", n)
		return removeAfter(ctx, client, id, 0)
	}
	for n := range 4 {
		if err = try(n); !common.IsErrorRetryableByDefault(err) { // want "nobackoff: "
			break
		}
	}
	return err
}
