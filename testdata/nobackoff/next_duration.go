package nobackoff

import (
	"math"
	"math/rand"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// A literal that answers zero.
func zeroLiteral() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, func(common.OCIOperationResponse) time.Duration { return 0 }) // want "nobackoff: "
}

// Near miss: a fixed delay is a delay.
func oneSecondLiteral() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, func(common.OCIOperationResponse) time.Duration { return time.Second })
}

// noPause is declared; its name is the place.
func noPause(common.OCIOperationResponse) time.Duration { // want "nobackoff: "
	return 0 * time.Second
}

func declaredZero() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, noPause)
}

// Near miss: as zero as noPause, but no policy has it.
func unusedPause(common.OCIOperationResponse) time.Duration {
	return 0 * time.Second
}

// Near miss: as zero as noPause, in a policy of one attempt.
func onlyOncePause(common.OCIOperationResponse) time.Duration {
	return 0 * time.Second
}

func declaredZeroOnce() common.RetryPolicy {
	return common.NewRetryPolicy(1, transient, onlyOncePause)
}

// A named result that is never set.
func unsetPause(common.OCIOperationResponse) (pause time.Duration) { // want "nobackoff: "
	return
}

func namedResult() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, unsetPause)
}

// Near miss: the named result is set after the first attempt.
func laterPause(r common.OCIOperationResponse) (pause time.Duration) {
	if r.AttemptNumber > 1 {
		pause = 2 * time.Second
	}
	return
}

func namedResultSet() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, laterPause)
}

// A constant of zero.
func zeroUnit() common.RetryPolicy {
	const unit time.Duration = 0
	return common.NewRetryPolicy(3, transient, func(common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		return unit
	})
}

// Near miss: a constant of a millisecond.
func smallUnit() common.RetryPolicy {
	const unit = time.Millisecond
	return common.NewRetryPolicy(3, transient, func(common.OCIOperationResponse) time.Duration {
		return unit
	})
}

// Each branch answers zero.
func zeroOnEachBranch() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		if r.AttemptNumber == 1 {
			return 0
		}
		if statusOf(r.Error) == 429 {
			return time.Duration(0)
		}
		return 0 * time.Minute
	})
}

// Near miss: from the second attempt on it waits, and one way round that waits is enough.
func zeroFirst() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration {
		if r.AttemptNumber == 1 {
			return 0
		}
		return time.Minute
	})
}

// A backoff computed from the attempts.
func exponential() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration {
		return time.Duration(math.Pow(2, float64(r.AttemptNumber-1))) * time.Second
	})
}

// Random, so not only zero.
func jitter() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(common.OCIOperationResponse) time.Duration {
		return time.Duration(rand.Int63n(int64(time.Second)))
	})
}

// It answers zero, but has slept by then.
func sleepsItself() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(common.OCIOperationResponse) time.Duration {
		time.Sleep(5 * time.Second)
		return 0
	})
}

// Near miss: the time is only computed, nobody waits for it.
func computesOnly() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		_ = time.Now().Add(5 * time.Second)
		return 0
	})
}

// It answers zero, but the predicate has received from a timer by then.
func predicateWaits() common.RetryPolicy {
	return common.NewRetryPolicy(3, func(r common.OCIOperationResponse) bool {
		if !transient(r) {
			return false
		}
		<-time.After(time.Second)
		return true
	}, func(common.OCIOperationResponse) time.Duration { return 0 })
}

// A helper function computes the zero.
func pauseFor(attempt uint) time.Duration {
	if attempt > 3 {
		return none()
	}
	return none() * 2
}

func none() time.Duration { return 0 }

func computedZero() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		return pauseFor(r.AttemptNumber)
	})
}

// Near miss: the helper is asked for a number of seconds that is not known here.
func secondsFor(seconds int) common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(common.OCIOperationResponse) time.Duration {
		return time.Duration(seconds) * time.Second
	})
}
