// Package helpers has the program's own retry helpers. It knows nothing of the SDK, so whoever uses it decides
// what is a retry of an OCI call.
package helpers

import (
	"context"
	"errors"
	"time"
)

// ErrBusy tells the caller to come again later.
var ErrBusy = errors.New("busy")

// Retry calls fn again after any error and waits in between.
func Retry(attempts int, delay time.Duration, fn func() error) error {
	var err error
	for n := 0; n < attempts; n++ {
		if err = fn(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

// Again calls fn again after any error, at once.
func Again(attempts int, fn func() error) error {
	var err error
	for n := 0; n < attempts; n++ {
		if err = fn(); err == nil {
			return nil
		}
	}
	return err
}

// RetryIf calls fn again after the errors that retryable names and waits in between.
func RetryIf(attempts int, delay time.Duration, retryable func(error) bool, fn func() error) error {
	for n := 1; ; n++ {
		err := fn()
		if err == nil || !retryable(err) || n >= attempts {
			return err
		}
		time.Sleep(delay << n)
	}
}

// AgainIf calls fn again after the errors that retryable names, at once.
func AgainIf(attempts int, retryable func(error) bool, fn func() error) error {
	for n := 1; ; n++ {
		err := fn()
		if err == nil || !retryable(err) || n >= attempts {
			return err
		}
	}
}

// Value is Retry for functions with a result, bounded by the context.
func Value[T any](ctx context.Context, delay time.Duration, fn func(context.Context) (T, error)) (T, error) {
	for {
		value, err := fn(ctx)
		if err == nil {
			return value, nil
		}
		select {
		case <-ctx.Done():
			return value, err
		case <-time.After(delay):
		}
	}
}

// Timed calls fn once and tells how long it took.
func Timed(report func(time.Duration), fn func() error) error {
	start := time.Now()
	err := fn()
	report(time.Since(start))
	return err
}

// Each calls fn for every item and joins the errors: a failed item is not asked for again.
func Each(items []string, fn func(string) error) error {
	var all []error
	for _, item := range items {
		if err := fn(item); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

// Pause waits longer each time.
func Pause(attempt int) {
	time.Sleep(Jitter(attempt))
}

// Jitter only computes.
func Jitter(attempt int) time.Duration {
	return time.Duration(attempt*attempt) * 100 * time.Millisecond
}

// Throttled tells whether the status is the one of a rate limit.
func Throttled(status int) bool {
	return status == 429
}

// Transient tells whether the status comes and goes.
func Transient(status int) bool {
	return status == 429 || status == 500 || status == 503
}

// ServerSide tells whether the status is the service's own fault.
func ServerSide(status int) bool {
	return status >= 500
}
