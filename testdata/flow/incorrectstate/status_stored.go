package incorrectstate

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/loadbalancer"
)

// What became of a change is written into an object, and a call that comes after stores it: its error is the result.

type listenerObject struct {
	phase   string
	blocked *time.Time
}

type objectStore interface {
	Save(ctx context.Context, object *listenerObject) error
}

type listenerLoop struct {
	client loadbalancer.LoadBalancerClient
	store  objectStore
}

// blockedIsStored tells of the conflict by the phase that it stores.
func (l *listenerLoop) blockedIsStored(ctx context.Context, object *listenerObject, request loadbalancer.DeleteListenerRequest) error {
	_, err := l.client.DeleteListener(ctx, request)
	switch {
	case err == nil:
		object.phase = "deleting"
	case isIncorrectState(err):
		object.phase = "blocked"
	default:
		return err
	}
	return l.store.Save(ctx, object)
}

// timeIsStored writes when it was blocked, behind an address in the object.
func (l *listenerLoop) timeIsStored(ctx context.Context, object *listenerObject, request loadbalancer.DeleteListenerRequest, now time.Time) error {
	if _, err := l.client.DeleteListener(ctx, request); isIncorrectState(err) {
		*object.blocked = now
	} else if err != nil {
		return err
	}
	return l.store.Save(ctx, object)
}

// storedAnyway stores the same object whatever became of the change.
func (l *listenerLoop) storedAnyway(ctx context.Context, object *listenerObject, request loadbalancer.DeleteListenerRequest) error {
	_, err := l.client.DeleteListener(ctx, request)
	if err != nil && !isIncorrectState(err) { // want "incorrectstate: "
		return err
	}
	return l.store.Save(ctx, object)
}

// writtenBefore writes the phase before the change, so that it tells nothing of it.
func (l *listenerLoop) writtenBefore(ctx context.Context, object *listenerObject, request loadbalancer.DeleteListenerRequest) error {
	object.phase = "deleting"
	if _, err := l.client.DeleteListener(ctx, request); err != nil && !isIncorrectState(err) { // want "incorrectstate: "
		return err
	}
	return l.store.Save(ctx, object)
}
