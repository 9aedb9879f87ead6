package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/core"
)

// What follows a loop may be more than can be followed from each of its failures. The loop itself is looked at all the same.

type migration struct {
	client    core.ComputeClient
	instance  string
	snapshots [12]bool
	failures  int
}

// tidy sends what has to be sent of twelve things, each of which may fail.
func (m *migration) tidy(ctx context.Context) {
	for i, needed := range m.snapshots {
		if needed && i%2 == 0 {
			if _, err := m.client.DetachVolume(ctx, core.DetachVolumeRequest{VolumeAttachmentId: &m.instance}); err != nil {
				m.failures++
			}
		}
		if needed && i%3 == 0 {
			if _, err := m.client.DetachBootVolume(ctx, core.DetachBootVolumeRequest{BootVolumeAttachmentId: &m.instance}); err != nil {
				m.failures += 2
			}
		}
		if needed && i%5 == 0 {
			if _, err := m.client.DetachVnic(ctx, core.DetachVnicRequest{VnicAttachmentId: &m.instance}); err != nil {
				m.failures += 3
			}
		}
	}
}

func (m *migration) tidyAll(ctx context.Context) {
	m.tidy(ctx)
	m.tidy(ctx)
	m.tidy(ctx)
	m.tidy(ctx)
	m.tidy(ctx)
	m.tidy(ctx)
}

// run waits for the instance as long as it cannot be read.
func (m *migration) run(ctx context.Context) {
	for range 60 {
		instance, err := m.client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &m.instance}) // want "nonretryable: "
		if err == nil && instance.LifecycleState == core.InstanceLifecycleStateStopped {
			break
		}
		time.Sleep(time.Second)
	}
	m.tidyAll(ctx)
	m.tidyAll(ctx)
	m.tidyAll(ctx)
}

// runOnce is a near miss: it gives up when the instance cannot be read.
func (m *migration) runOnce(ctx context.Context) error {
	for range 60 {
		instance, err := m.client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &m.instance})
		if err != nil {
			return err
		}
		if instance.LifecycleState == core.InstanceLifecycleStateStopped {
			break
		}
		time.Sleep(time.Second)
	}
	m.tidyAll(ctx)
	m.tidyAll(ctx)
	m.tidyAll(ctx)
	return nil
}

// runEvery is a near miss: it refreshes for ever, whatever the answer is.
func (m *migration) runEvery(ctx context.Context) {
	for range time.Tick(time.Minute) {
		if _, err := m.client.GetInstance(ctx, core.GetInstanceRequest{InstanceId: &m.instance}); err != nil {
			m.failures++
		}
		m.tidyAll(ctx)
		m.tidyAll(ctx)
		m.tidyAll(ctx)
	}
}
