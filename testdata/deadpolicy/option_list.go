package deadpolicy

import (
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
)

// The options grow in a slice.
func sliceWithoutBase() common.RetryPolicy {
	options := []common.RetryPolicyOption{common.WithMaximumNumberAttempts(3)}
	options = append(options, common.WithShouldRetryOperation(retryThrottled))
	return common.NewRetryPolicyWithOptions(options...) // want "deadpolicy: "
}

// The near miss: the slice begins with the base.
func sliceWithBase() common.RetryPolicy {
	options := []common.RetryPolicyOption{
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
	}
	options = append(options, common.WithShouldRetryOperation(retryThrottled))
	return common.NewRetryPolicyWithOptions(options...)
}

// Appended on one way or the other, the options are dead on both.
func sliceThatBranches(slow bool) common.RetryPolicy {
	var options []common.RetryPolicyOption
	if slow {
		options = append(options, common.WithFixedBackoff(time.Minute))
	} else {
		options = append(options, common.WithFixedBackoff(time.Second))
	}
	return common.NewRetryPolicyWithOptions(options...) // want "deadpolicy: "
}

// The near miss: the base is there on one way.
func sliceWithBaseOnOneWay(everywhere bool) common.RetryPolicy {
	var options []common.RetryPolicyOption
	if !everywhere {
		options = append(options, common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()))
	}
	options = append(options, common.WithShouldRetryOperation(retryThrottled))
	return common.NewRetryPolicyWithOptions(options...)
}

// Nothing is known of the caller's options: the base may be among them.
func optionsOfTheCaller(options ...common.RetryPolicyOption) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(options...)
}

// The base may be among the caller's options, before ours.
func optionsOfTheCallerFirst(options []common.RetryPolicyOption) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(append(options, common.WithMaximumNumberAttempts(3))...)
}

// A conditional option is an option: with it or without it, the attempts are dead.
func conditionalPredicate(strict bool) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.WithMaximumNumberAttempts(3),
		common.WithConditionalOption(strict, common.WithShouldRetryOperation(retryThrottled)))
}

// The only option is conditional: whenever it is set, it is dead.
func onlyConditional(strict bool) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.WithConditionalOption(strict, common.WithShouldRetryOperation(retryThrottled)))
}

// The near miss: a conditional option after the base.
func conditionalAfterBase(strict bool) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithConditionalOption(strict, common.WithShouldRetryOperation(retryThrottled)))
}

// The near miss: the base itself is conditional, so it is there on some way.
func conditionalBase(everywhere bool) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.WithConditionalOption(!everywhere,
			common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())),
		common.WithShouldRetryOperation(retryThrottled))
}

func fourAttempts() common.RetryPolicyOption {
	return common.WithMaximumNumberAttempts(4)
}

// The option comes from a helper.
func optionFromHelper() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(fourAttempts()) // want "deadpolicy: "
}

func withoutWindow() common.RetryPolicyOption {
	return common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())
}

// The near miss: the base comes from a helper.
func baseFromHelper() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(withoutWindow(), fourAttempts())
}

// The program's own option takes the inner policy away.
func ownOption() common.RetryPolicy {
	plain := func(policy *common.RetryPolicy) {
		policy.NonEventuallyConsistentPolicy = nil
		policy.DeterminePolicyToUse = nil
	}
	return common.NewRetryPolicyWithOptions(plain, common.WithShouldRetryOperation(retryThrottled))
}

// Nobody knows what the caller's option does; it stands first.
func optionOfTheCallerFirst(first common.RetryPolicyOption) common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(first, common.WithShouldRetryOperation(retryThrottled))
}

// One option more on some way.
func sliceWithOneMore(forever bool) common.RetryPolicy {
	options := []common.RetryPolicyOption{common.WithShouldRetryOperation(retryThrottled)}
	if forever {
		options = append(options, common.WithUnlimitedAttempts(time.Hour))
	}
	return common.NewRetryPolicyWithOptions(options...) // want "deadpolicy: "
}

// The near miss: one of the lists is somebody else's.
func sliceFromElsewhere(given []common.RetryPolicyOption) common.RetryPolicy {
	options := []common.RetryPolicyOption{common.WithShouldRetryOperation(retryThrottled)}
	if len(given) > 0 {
		options = given
	}
	return common.NewRetryPolicyWithOptions(options...)
}
