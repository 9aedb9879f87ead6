package branches

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
)

type machines struct {
	compute  core.ComputeClient
	balancer loadbalancer.LoadBalancerClient
}

func statusOf(err error) int {
	if failure, ok := common.IsServiceError(err); ok {
		return failure.GetHTTPStatusCode()
	}
	return 0
}

// launchBehind takes a machine away again that gets no backend, and nobody learns that it is still there.
func (m machines) launchBehind(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	if _, err := m.balancer.CreateBackend(ctx, request); err != nil {
		m.compute.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id}) // want "incorrectstate: "
		return err
	}
	return nil
}

// launchOrLeave tells of the roll-back's failure, but for any conflict.
func (m machines) launchOrLeave(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	_, err := m.balancer.CreateBackend(ctx, request)
	if err == nil {
		return nil
	}
	_, back := m.compute.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	switch statusOf(back) {
	case 0, http.StatusNotFound, http.StatusConflict: // want "incorrectstate: "
		return fmt.Errorf("backend: %w", err)
	}
	return fmt.Errorf("backend: %w, and %s is still there: %w", err, id, back)
}

func (m machines) terminate(ctx context.Context, id string) error {
	_, err := m.compute.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
	return err
}

// takenAway sends the roll-back again and again, at once.
func (m machines) takenAway(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	_, err := m.balancer.CreateBackend(ctx, request)
	if err != nil {
		for m.terminate(ctx, id) != nil { // want "nonretryable: " "nobackoff: "
			log.Print("once more")
		}
	}
	return err
}

// bothFail comes to the last call when two others have failed.
func (m machines) bothFail(ctx context.Context, id, other string, request loadbalancer.CreateBackendRequest) error {
	_, refused := m.balancer.CreateBackend(ctx, request)
	_, stopped := m.compute.InstanceAction(ctx, core.InstanceActionRequest{InstanceId: &other, Action: core.InstanceActionActionStop})
	if refused != nil && stopped != nil {
		m.compute.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id}) // want "incorrectstate: "
	}
	return errors.Join(refused, stopped)
}

// Near misses.

// deliberately says that it does not care.
func (m machines) deliberately(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	if _, err := m.balancer.CreateBackend(ctx, request); err != nil {
		_, _ = m.compute.TerminateInstance(ctx, core.TerminateInstanceRequest{InstanceId: &id})
		return err
	}
	return nil
}

// onlyGone is content with what is gone.
func (m machines) onlyGone(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	_, err := m.balancer.CreateBackend(ctx, request)
	if err != nil {
		if back := m.terminate(ctx, id); back != nil && statusOf(back) != http.StatusNotFound {
			err = errors.Join(err, back)
		}
	}
	return err
}

// anyFailureIsLogged does the same whatever was answered.
func (m machines) anyFailureIsLogged(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	_, err := m.balancer.CreateBackend(ctx, request)
	if err != nil {
		if back := m.terminate(ctx, id); back != nil {
			log.Printf("%s is left behind: %v", id, back)
		}
	}
	return err
}

// takenAwayCarefully gives up when it does not help, and waits.
func (m machines) takenAwayCarefully(ctx context.Context, id string, request loadbalancer.CreateBackendRequest) error {
	_, err := m.balancer.CreateBackend(ctx, request)
	if err != nil {
		for {
			back := m.terminate(ctx, id)
			if !common.IsErrorRetryableByDefault(back) {
				return errors.Join(err, back)
			}
			time.Sleep(10 * time.Second)
		}
	}
	return nil
}
