package nonretryable

import (
	"context"
	"errors"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// A helper asks again and again whether something is as it is to be, and looks at the clock twice in each round.

type networkReader struct {
	client  core.VirtualNetworkClient
	id      string
	network *core.Vcn
}

func (r *networkReader) read(ctx context.Context) error {
	response, err := r.client.GetVcn(ctx, core.GetVcnRequest{VcnId: &r.id})
	if err != nil {
		return err
	}
	r.network = &response.Vcn
	return nil
}

func untilCondition(is func() bool, timeout time.Duration) error {
	pause, end, last := time.Second, time.Now().Add(timeout), false
	for !is() {
		if last || time.Now().After(end) {
			return errors.New("the time is over")
		}
		pause *= 2
		if next := time.Now().Add(pause); next.After(end) {
			pause, last = end.Sub(time.Now()), true
		}
		time.Sleep(pause)
	}
	return nil
}

// failingIsNotYet takes each failure of the reading for "not yet".
func (r *networkReader) failingIsNotYet(ctx context.Context) error {
	return untilCondition(func() bool { // want "nonretryable: "
		return r.read(ctx) == nil && r.network.LifecycleState == core.VcnLifecycleStateAvailable
	}, time.Minute)
}

// secondOfTwo does the same after another one.
func (r *networkReader) secondOfTwo(ctx context.Context, details core.UpdateVcnDetails) error {
	if _, err := r.client.UpdateVcn(ctx, core.UpdateVcnRequest{VcnId: &r.id, UpdateVcnDetails: details}); err != nil {
		return err
	}
	updating := func() bool { return r.network != nil && r.network.LifecycleState == core.VcnLifecycleStateUpdating }
	if err := untilCondition(updating, time.Second); err != nil {
		return err
	}
	return untilCondition(func() bool { // want "nonretryable: "
		return r.read(ctx) == nil && !updating()
	}, time.Minute)
}

// failingEndsIt is a near miss: what may pass is not yet, and all else ends the rounds.
func (r *networkReader) failingEndsIt(ctx context.Context) (err error) {
	waited := untilCondition(func() bool {
		err = r.read(ctx)
		return !common.IsErrorRetryableByDefault(err)
	}, time.Minute)
	return errors.Join(waited, err)
}

// readOnce is a near miss: the reading stands before the rounds.
func (r *networkReader) readOnce(ctx context.Context) error {
	if err := r.read(ctx); err != nil {
		return err
	}
	return untilCondition(func() bool { return r.network.LifecycleState == core.VcnLifecycleStateAvailable }, time.Minute)
}
