package nonretryable

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// Near misses: what was made of the error comes back another way, and what comes back cannot be told.

func throughChannel(r common.OCIOperationResponse) bool {
	answer := make(chan bool, 1)
	answer <- common.IsErrorRetryableByDefault(r.Error)
	return <-answer
}

func throughAtomic(r common.OCIOperationResponse) bool {
	var answer atomic.Bool
	answer.Store(classOf(r.Error) == slowedDown)
	return answer.Load()
}

func throughGoroutine(r common.OCIOperationResponse) (again bool) {
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		again = common.IsErrorRetryableByDefault(r.Error)
	}()
	done.Wait()
	return again
}

func throughContext(r common.OCIOperationResponse) bool {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	if !common.IsErrorRetryableByDefault(r.Error) {
		cancel(r.Error)
	}
	return ctx.Err() == nil
}

type failures struct {
	seen   []error
	final  int
	known  map[string]bool
	ask    chan error
	answer chan bool
}

func (f *failures) inList(r common.OCIOperationResponse) bool {
	f.seen = append(f.seen, r.Error)
	for _, err := range f.seen {
		if !common.IsErrorRetryableByDefault(err) {
			return false
		}
	}
	return true
}

func (f *failures) inCount(r common.OCIOperationResponse) bool {
	if !common.IsErrorRetryableByDefault(r.Error) {
		f.final++
	}
	return f.final == 0
}

func (f *failures) inMap(r common.OCIOperationResponse) bool {
	f.known["last"] = common.IsErrorRetryableByDefault(r.Error)
	return f.known["last"]
}

func (f *failures) asked(r common.OCIOperationResponse) bool {
	f.ask <- r.Error
	return <-f.answer
}

// What is only told, to a log, comes back from nowhere.
func toldAndFree(ready chan bool) common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		println(r.Error.Error())
		return <-ready
	}, nil)
}
