package nobackoff

import (
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// every makes the pause that it is given.
func every(pause time.Duration) func(common.OCIOperationResponse) time.Duration {
	return func(common.OCIOperationResponse) time.Duration { return pause }
}

// scaled hands a pause on.
func scaled(pause time.Duration, factor int) func(common.OCIOperationResponse) time.Duration {
	return every(pause * time.Duration(factor))
}

// The near miss: a second.
func everySecond() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, every(time.Second))
}

// The call that passes nothing is the place.
func withoutPause() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, every(0)) // want "nobackoff: "
}

// So it is where another factory stands between.
func scaledToNothing() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, scaled(time.Second, 0)) // want "nobackoff: "
}

// The near miss: it calls the one that is reported.
func withoutPauseOrWith(slow bool) common.RetryPolicy {
	if slow {
		return everySecond()
	}
	return withoutPause()
}

// immediatelyMade makes a pause that is none, whatever it is given.
func immediatelyMade(name string) func(common.OCIOperationResponse) time.Duration {
	return func(common.OCIOperationResponse) time.Duration { // want "nobackoff: "
		log.Println(name)
		return 0
	}
}

func immediatePolicy() common.RetryPolicy {
	return common.NewRetryPolicy(5, transient, immediatelyMade("policy"))
}
