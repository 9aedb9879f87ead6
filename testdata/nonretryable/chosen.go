package nonretryable

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// class is chosen by the row, without being computed from it.
type class int

const (
	unclassified class = iota
	slowedDown
	outOfOrder
)

func classOf(err error) class {
	se, ok := common.IsServiceError(err)
	if !ok {
		return unclassified
	}
	switch {
	case se.GetHTTPStatusCode() == 429:
		return slowedDown
	case se.GetHTTPStatusCode() >= 500:
		return outOfOrder
	}
	return unclassified
}

// The near miss: which classes are retried is not known here.
type classes struct {
	level   class
	among   map[class]bool
	limits  map[class]uint
	inverse bool
	accept  func(class) bool
}

func (c classes) upTo(r common.OCIOperationResponse) bool { return classOf(r.Error) >= c.level }

func (c classes) oneOf(r common.OCIOperationResponse) bool { return c.among[classOf(r.Error)] }

func (c classes) asOften(r common.OCIOperationResponse) bool {
	return r.AttemptNumber < c.limits[classOf(r.Error)]
}

func (c classes) accepted(r common.OCIOperationResponse) bool { return c.accept(classOf(r.Error)) }

func (c classes) inverted(r common.OCIOperationResponse) bool {
	transient := false
	if classOf(r.Error) != unclassified {
		transient = true
	}
	return transient != c.inverse
}

// Known classes are decided: 501 is outOfOrder as well.
func knownClasses(r common.OCIOperationResponse) bool { // want "nonretryable: "
	return classOf(r.Error) >= slowedDown
}

// A known table of the classes, with the one too many.
var retriedClasses = map[class]bool{slowedDown: true, unclassified: true}

func tableOfClasses(r common.OCIOperationResponse) bool { return retriedClasses[classOf(r.Error)] } // want "nonretryable: "

// What the class is not asked for is free, as ever.
func classAndWeekday() common.RetryPolicy {
	again := func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		return classOf(r.Error) == outOfOrder && time.Now().Weekday() != time.Sunday
	}
	return common.NewRetryPolicy(3, again, nil)
}

// The near miss: whoever makes it says whether.
func ClassAndSetting(busy bool) common.RetryPolicy {
	again := func(r common.OCIOperationResponse) bool { return classOf(r.Error) == outOfOrder && busy }
	return common.NewRetryPolicy(3, again, nil)
}

// The near miss: the limit of what is not slowedDown is the first attempt, which is number 1.
func attemptsOfClass(r common.OCIOperationResponse) bool {
	limit := uint(1)
	if classOf(r.Error) == slowedDown {
		limit = 5
	}
	return r.AttemptNumber < limit
}

var attemptsByCode = map[string]uint{"TooManyRequests": 8, "LimitExceeded": 2, "NotAuthenticated": 1}

// How often is known: a second attempt for a limit that stays.
func attemptsOfCode(r common.OCIOperationResponse) bool { // want "nonretryable: "
	se, ok := common.IsServiceError(r.Error)
	return ok && r.AttemptNumber < attemptsByCode[se.GetCode()]
}

// How long is known, and when it ends is not.
func untilDeadline(deadline time.Time) common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		pause := time.Second
		if classOf(r.Error) == slowedDown {
			pause = time.Minute
		}
		return r.Error != nil && time.Now().Add(pause).Before(deadline)
	}, nil)
}
