package incorrectstate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

func isBusy(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 409
}

// droppedWhenLeaving drops it in a deferred function literal.
func droppedWhenLeaving(ctx context.Context, client core.VirtualNetworkClient, id string) (err error) {
	defer func() {
		if isBusy(err) { // want "incorrectstate: "
			err = nil
		}
	}()
	_, err = client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	return err
}

// wrappedWhenLeaving is its near miss.
func wrappedWhenLeaving(ctx context.Context, client core.VirtualNetworkClient, id string) (err error) {
	defer func() {
		if isBusy(err) {
			err = fmt.Errorf("still in use: %w", err)
		}
	}()
	_, err = client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	return err
}

var (
	errMissing = errors.New("missing")
	errBusyNow = errors.New("busy")
)

func translated(err error) error {
	failure, ok := common.IsServiceError(err)
	switch {
	case !ok:
		return err
	case failure.GetHTTPStatusCode() == 404:
		return errMissing
	case failure.GetHTTPStatusCode() == 409:
		return fmt.Errorf("%w: %v", errBusyNow, err)
	}
	return err
}

// droppedByName asks for the program's own error.
func droppedByName(ctx context.Context, client core.VirtualNetworkClient, id string) error {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	err = translated(err)
	if errors.Is(err, errMissing) || errors.Is(err, errBusyNow) { // want "incorrectstate: "
		return nil
	}
	return err
}

// missingByName is its near miss.
func missingByName(ctx context.Context, client core.VirtualNetworkClient, id string) error {
	_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	err = translated(err)
	if errors.Is(err, errMissing) {
		return nil
	}
	return err
}

// othersCollected drops it among several, and collects the others.
func othersCollected(ctx context.Context, client core.VirtualNetworkClient, ids []string) error {
	var failures []error
	for _, id := range ids {
		_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
		if err != nil && !isBusy(err) { // want "incorrectstate: "
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// allCollected is its near miss.
func allCollected(ctx context.Context, client core.VirtualNetworkClient, ids []string) error {
	var failures []error
	for _, id := range ids {
		_, err := client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
		if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 404 {
			continue
		}
		failures = append(failures, err)
	}
	return errors.Join(failures...)
}

type network struct {
	client  core.VirtualNetworkClient
	last    error
	message string
	queue   interface {
		AddAfter(id string, pause time.Duration)
	}
	again chan string
}

// Near misses: whoever looks at the network learns of it.
func (n *network) keepsError(ctx context.Context, id string) error {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) {
		n.last = err
		return nil
	}
	return err
}

func (n *network) keepsMessage(ctx context.Context, id string) error {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) {
		n.message = fmt.Sprintf("cannot delete %s: %v", id, err)
		return nil
	}
	return err
}

// forgetsIt says that all is well.
func (n *network) forgetsIt(ctx context.Context, id string) error {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) { // want "incorrectstate: "
		n.message = ""
		return nil
	}
	return err
}

// Near misses: they ask for another round.
func (n *network) queuesAgain(ctx context.Context, id string) error {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) {
		n.queue.AddAfter(id, time.Minute)
		return nil
	}
	return err
}

func (n *network) sendsAgain(ctx context.Context, id string) error {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) {
		n.again <- id
		return nil
	}
	return err
}

func (n *network) asksForAnother(ctx context.Context, id string) (again bool, err error) {
	_, err = n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) {
		return true, nil
	}
	return false, err
}

func (n *network) asksForLater(ctx context.Context, id string) (time.Duration, error) {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) {
		return time.Minute, nil
	}
	return 0, err
}

// tellsEverybody sends what it has done in any case, and that is no other round.
func (n *network) tellsEverybody(ctx context.Context, id string, done chan<- string) error {
	_, err := n.client.DeleteVcn(ctx, core.DeleteVcnRequest{VcnId: &id})
	if isBusy(err) { // want "incorrectstate: "
		err = nil
	}
	done <- id
	return err
}
