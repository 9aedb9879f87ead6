package nonretryable

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/core"
)

// What follows a loop may be more than can be followed from each of its failures. The loop itself is looked at all the same.

type rebuild struct {
	client   core.ComputeClient
	instance string
}

// part detaches what one part has, and notes what failed.
func (r *rebuild) part(ctx context.Context, id string, force bool) (failures int) {
	for range 3 {
		if _, err := r.client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: &id}); err != nil {
			failures++
			log.Print(err)
		}
		if _, err := r.client.DetachVnic(ctx, core.DetachVnicRequest{VnicAttachmentId: &id}); err != nil && !force {
			failures += 2
			log.Print(err)
		}
	}
	return failures
}

// shelf is four parts.
func (r *rebuild) shelf(ctx context.Context, id string, force bool) (failures int) {
	for i, suffix := range []string{"a", "b", "c", "d"} {
		if n := r.part(ctx, fmt.Sprint(id, suffix), force && i > 0); n > 0 {
			failures += n
			log.Print(id, n)
		}
	}
	return failures
}

// waitsFirst waits for the instance, as long as it cannot be read too, and takes all apart.
func (r *rebuild) waitsFirst(ctx context.Context, force bool) (failures int) {
	for range 60 {
		instance, err := r.client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &r.instance}) // want "nonretryable: "
		if err == nil && instance.LifecycleState == core.InstanceLifecycleStateStopped {
			break
		}
		time.Sleep(time.Second)
	}
	return r.shelf(ctx, r.instance, force) + r.shelf(ctx, r.instance, !force)
}

// givesUpFirst is a near miss: a failure ends the loop.
func (r *rebuild) givesUpFirst(ctx context.Context, force bool) (failures int) {
	for range 60 {
		instance, err := r.client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &r.instance})
		if err != nil || instance.LifecycleState == core.InstanceLifecycleStateStopped {
			break
		}
		time.Sleep(time.Second)
	}
	return r.shelf(ctx, r.instance, force) + r.shelf(ctx, r.instance, !force)
}
