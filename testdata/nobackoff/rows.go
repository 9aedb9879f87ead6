package nobackoff

import (
	"strconv"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// The pause depends on the row: after a throttle none at all, on any attempt.
func zeroAfterThrottle() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		if statusOf(r.Error) == 429 {
			return 0
		}
		return 5 * time.Second
	})
}

// Near miss: no pause after a row that is not retried.
func zeroAfterMissing() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration {
		if statusOf(r.Error) == 404 {
			return 0
		}
		return 5 * time.Second
	})
}

// Near miss: no pause after failures that no row stands for.
func zeroAfterNetwork() common.RetryPolicy {
	return common.NewRetryPolicy(3, common.DefaultShouldRetryOperation, func(r common.OCIOperationResponse) time.Duration {
		if _, ok := common.IsServiceError(r.Error); !ok {
			return 0
		}
		return 5 * time.Second
	})
}

// Only failures that no row stands for have a pause.
func zeroAfterService() common.RetryPolicy {
	return common.NewRetryPolicy(3, common.DefaultShouldRetryOperation, func(r common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		if _, ok := common.IsServiceError(r.Error); ok {
			return 0
		}
		return 5 * time.Second
	})
}

// Near miss: the pause hangs on a header of the failing response.
func retryAfterHeader() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration {
		seconds, err := strconv.Atoi(r.Response.HTTPResponse().Header.Get("Retry-After"))
		if err != nil {
			return 0
		}
		return time.Duration(seconds) * time.Second
	})
}

// A table of pauses by status that has none for the statuses retried.
var pauses = map[int]time.Duration{409: time.Minute, 404: 5 * time.Second}

func zeroFromTable() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		return pauses[statusOf(r.Error)]
	})
}

// Near miss: the table covers each status retried.
var allPauses = map[int]time.Duration{429: time.Minute, 500: 5 * time.Second, 503: 5 * time.Second}

func fromTable() common.RetryPolicy {
	return common.NewRetryPolicy(3, transient, func(r common.OCIOperationResponse) time.Duration {
		return allPauses[statusOf(r.Error)]
	})
}
