package nonretryable

import (
	"context"
	"iter"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// The body of a range over a function is run by the function's own loop.

// attemptsWithPauses yields numbers, and waits between them.
func attemptsWithPauses(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 1; i <= n; i++ {
			if !yield(i) {
				return
			}
			time.Sleep(time.Duration(i) * time.Second)
		}
	}
}

func byAttempts(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) error {
	var last error
	for range attemptsWithPauses(5) {
		if _, last = client.CreateVolume(ctx, request); last == nil { // want "nonretryable: "
			return nil
		}
	}
	return last
}

func eachOf(ids []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, id := range ids {
			if !yield(i, id) {
				return
			}
		}
	}
}

// The near misses.

// byThrottledAttempts repeats what the catalog says to repeat.
func byThrottledAttempts(ctx context.Context, client core.BlockstorageClient, request core.CreateVolumeRequest) (err error) {
	for range attemptsWithPauses(5) {
		if _, err = client.CreateVolume(ctx, request); err == nil || !common.IsErrorRetryableByDefault(err) {
			return err
		}
	}
	return err
}

// eachOnce sends for each id by itself.
func eachOnce(ctx context.Context, client core.BlockstorageClient, ids []string) (left int) {
	for _, id := range eachOf(ids) {
		if err := deleteVolume(ctx, client, id); err != nil {
			left++
		}
	}
	return left
}

// untilOneFails stops at the first failure.
func untilOneFails(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	for _, id := range eachOf(ids) {
		if err := deleteVolume(ctx, client, id); err != nil {
			return err
		}
	}
	return nil
}

// allAttempts sends as often as there are attempts, whatever comes.
func allAttempts(ctx context.Context, client core.BlockstorageClient, id string) (failed int) {
	for range attemptsWithPauses(3) {
		if err := deleteVolume(ctx, client, id); err != nil {
			failed++
		}
	}
	return failed
}
