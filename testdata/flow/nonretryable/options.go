package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// A helper of the program's own is known by the options that a call gives it.

type settings struct {
	attempts  int
	pause     time.Duration
	retryable func(error) bool
}

type setting func(*settings)

func attempts(n int) setting                 { return func(s *settings) { s.attempts = n } }
func pausesFor(pause time.Duration) setting  { return func(s *settings) { s.pause = pause } }
func retryIf(again func(error) bool) setting { return func(s *settings) { s.retryable = again } }

func try(ctx context.Context, send func(context.Context) error, given ...setting) error {
	s := settings{attempts: 5, pause: time.Second, retryable: common.IsErrorRetryableByDefault}
	for _, apply := range given {
		apply(&s)
	}
	var err error
	for range s.attempts {
		if err = send(ctx); err == nil || !s.retryable(err) {
			return err
		}
		time.Sleep(s.pause)
	}
	return err
}

func anything(error) bool { return true }

func optionForAnything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return try(ctx, func(ctx context.Context) error { // want "nonretryable: "
		return deleteVolume(ctx, client, id)
	}, attempts(3), retryIf(anything))
}

// Near misses: the default, and a condition that says the same.

func defaultOptions(ctx context.Context, client core.BlockstorageClient, id string) error {
	return try(ctx, func(ctx context.Context) error { return deleteVolume(ctx, client, id) }, attempts(8), pausesFor(time.Minute))
}

func optionForThrottling(ctx context.Context, client core.BlockstorageClient, id string) error {
	throttled := func(err error) bool {
		failure, ok := common.IsServiceError(err)
		return ok && failure.GetHTTPStatusCode() == 429
	}
	return try(ctx, func(ctx context.Context) error { return deleteVolume(ctx, client, id) }, retryIf(throttled))
}

// The last option counts.
func replacedOption(ctx context.Context, client core.BlockstorageClient, id string) error {
	return try(ctx, func(ctx context.Context) error { return deleteVolume(ctx, client, id) }, retryIf(anything), retryIf(common.IsErrorRetryableByDefault))
}

// Nobody here knows what is given.
func TryWith(ctx context.Context, client core.BlockstorageClient, id string, given ...setting) error {
	return try(ctx, func(ctx context.Context) error { return deleteVolume(ctx, client, id) }, given...)
}

// Options that are an interface.

type applier interface{ apply(*settings) }

type attemptsApplier int

func (a attemptsApplier) apply(s *settings) { s.attempts = int(a) }

type conditionApplier struct{ again func(error) bool }

func (a conditionApplier) apply(s *settings) { s.retryable = a.again }

func tryApplied(ctx context.Context, send func(context.Context) error, given ...applier) error {
	s := &settings{attempts: 5, pause: time.Second, retryable: common.IsErrorRetryableByDefault}
	for _, one := range given {
		one.apply(s)
	}
	for attempt := 1; ; attempt++ {
		err := send(ctx)
		if err == nil || attempt >= s.attempts || !s.retryable(err) {
			return err
		}
		time.Sleep(s.pause)
	}
}

func appliedForAnything(ctx context.Context, client core.BlockstorageClient, id string) error {
	return tryApplied(ctx, func(ctx context.Context) error { // want "nonretryable: "
		return deleteVolume(ctx, client, id)
	}, attemptsApplier(3), conditionApplier{anything})
}

// Near miss: one attempt.
func appliedOnce(ctx context.Context, client core.BlockstorageClient, id string) error {
	return tryApplied(ctx, func(ctx context.Context) error { return deleteVolume(ctx, client, id) }, conditionApplier{anything}, attemptsApplier(1))
}
