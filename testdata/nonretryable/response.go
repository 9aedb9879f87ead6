package nonretryable

import (
	"strconv"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// The template of a work request's wait: a failed response has no finish time, so all rows go on until the timeout.
func workRequestUnfinished(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if time.Since(start) > timeout {
			return false
		}
		if common.IsErrorRetryableByDefault(r.Error) {
			return true
		}
		if response, ok := r.Response.(identity.GetWorkRequestResponse); ok {
			return response.TimeFinished == nil
		}
		return false
	}
}

// Near miss: the response is looked at only where there is no error.
func workRequestUnfinishedGuarded(timeout time.Duration) func(common.OCIOperationResponse) bool {
	start := time.Now()
	return func(r common.OCIOperationResponse) bool {
		if time.Since(start) > timeout {
			return false
		}
		if r.Error != nil {
			return common.IsErrorRetryableByDefault(r.Error)
		}
		if response, ok := r.Response.(identity.GetWorkRequestResponse); ok {
			return response.TimeFinished == nil
		}
		return false
	}
}

// The state of a failed response is empty, which is not AVAILABLE: all rows go on.
func volumeNotAvailable() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		if response, ok := r.Response.(core.GetVolumeResponse); ok {
			return response.LifecycleState != core.VolumeLifecycleStateAvailable
		}
		return false
	}, pause)
}

// Near miss: the empty state is not PROVISIONING either: no row goes on.
func volumeProvisioning() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool {
		if response, ok := r.Response.(core.GetVolumeResponse); ok {
			return response.LifecycleState == core.VolumeLifecycleStateProvisioning
		}
		return false
	}, pause)
}

// The name of a failed response is nil; reading through it panics, and a panic is no retry.
func volumeNameUnguarded() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool {
		response := r.Response.(core.GetVolumeResponse)
		return *response.DisplayName != "ready"
	}, pause)
}

// Near miss: behind a nil test it does not panic, and all rows go on.
func volumeNameGuarded() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		response, ok := r.Response.(core.GetVolumeResponse)
		return ok && (response.DisplayName == nil || *response.DisplayName != "ready")
	}, pause)
}

// A pointer is never an operation's own response type.
func volumePointer() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool {
		response, ok := r.Response.(*core.GetVolumeResponse)
		return ok && response.LifecycleState != core.VolumeLifecycleStateAvailable
	}, pause)
}

// RawResponse is set on a failed response, and its status is the row's.
func volumeRawStatus() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool { // want "nonretryable: "
		response, ok := r.Response.(core.GetVolumeResponse)
		return ok && response.RawResponse != nil && response.RawResponse.StatusCode == 404
	}, pause)
}

// Near miss: a status with backoff.
func volumeRawThrottled() common.RetryPolicy {
	return common.NewRetryPolicy(0, func(r common.OCIOperationResponse) bool {
		response, ok := r.Response.(core.GetVolumeResponse)
		return ok && response.RawResponse != nil && response.RawResponse.StatusCode == 429
	}, pause)
}

// Undetermined: a header of the failing response.
func HeaderTells(r common.OCIOperationResponse) bool {
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return r.Response.HTTPResponse().Header.Get("Retry-After") != ""
}

// Near miss: the header is only asked after 405 has been let in.
func HeaderTellsTheRest(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	raw := r.Response.HTTPResponse()
	return raw.StatusCode == 405 || raw.Header.Get("Retry-After") != ""
}

// The status as text.
func StatusAsText(r common.OCIOperationResponse) bool { // want "nonretryable: "
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return oneOf(strconv.Itoa(r.Response.HTTPResponse().StatusCode), "412", "429")
}

// Near miss: three sound statuses as text.
func StatusAsTextSound(r common.OCIOperationResponse) bool {
	if r.Response == nil || r.Response.HTTPResponse() == nil {
		return false
	}
	return oneOf(strconv.Itoa(r.Response.HTTPResponse().StatusCode), "429", "500", "503")
}
