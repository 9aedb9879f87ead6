package deadpolicy

import (
	"github.com/oracle/oci-go-sdk/v65/common"

	"testdata/deadpolicy/policies"
)

func usualPolicy() common.RetryPolicy {
	return common.DefaultRetryPolicy()
}

func plainPolicy() common.RetryPolicy {
	return common.DefaultRetryPolicyWithoutEventualConsistency()
}

func usualPolicyPointer() *common.RetryPolicy {
	policy := common.DefaultRetryPolicy()
	return &policy
}

// The policy comes from the program's own factory.
func predicateOfFactory() common.RetryPolicy {
	policy := usualPolicy()
	policy.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return policy
}

// The near miss: this factory starts without eventual consistency.
func predicateOfPlainFactory() common.RetryPolicy {
	policy := plainPolicy()
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// A factory that hands out a pointer.
func predicateOfPointerFactory() *common.RetryPolicy {
	policy := usualPolicyPointer()
	policy.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return policy
}

// The factory's policy as the base.
func factoryAsBase() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions( // want "deadpolicy: "
		common.ReplaceWithValuesFromRetryPolicy(usualPolicy()),
		common.WithMaximumNumberAttempts(3))
}

// The near miss: the plain factory's policy as the base.
func plainFactoryAsBase() common.RetryPolicy {
	return common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(plainPolicy()),
		common.WithMaximumNumberAttempts(3))
}

func chosenPolicy(everywhere bool) common.RetryPolicy {
	if everywhere {
		return common.DefaultRetryPolicy()
	}
	return common.DefaultRetryPolicyWithoutEventualConsistency()
}

// The near miss: the factory's policy is plain on one way.
func predicateOfChoosingFactory(everywhere bool) common.RetryPolicy {
	policy := chosenPolicy(everywhere)
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

// The factory is in another package.
func predicateOfForeignFactory() common.RetryPolicy {
	policy := policies.Usual()
	policy.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return policy
}

// The near miss: the other package's factory starts without eventual consistency.
func predicateOfForeignPlainFactory() common.RetryPolicy {
	policy := policies.Plain()
	policy.ShouldRetryOperation = retryThrottled
	return policy
}

type settings struct {
	retry common.RetryPolicy
}

// The policy is a field of a struct.
func predicateOfField() settings {
	var s settings
	s.retry = common.DefaultRetryPolicy()
	s.retry.ShouldRetryOperation = retryThrottled // want "deadpolicy: "
	return s
}

// The near miss of predicateOfField.
func predicateOfPlainField() settings {
	var s settings
	s.retry = common.DefaultRetryPolicyWithoutEventualConsistency()
	s.retry.ShouldRetryOperation = retryThrottled
	return s
}
