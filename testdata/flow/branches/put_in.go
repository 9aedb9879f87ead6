package branches

import (
	"context"
	"errors"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// A method of the program's own interface is known where the function has put the value in itself, or got it from one
// that does.

type trash interface {
	Empty(ctx context.Context, id string) error
}

type volumeTrash struct{ client core.BlockstorageClient }

func (t volumeTrash) Empty(ctx context.Context, id string) error {
	_, err := t.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	return err
}

type backupTrash struct{ client *core.BlockstorageClient }

func (t *backupTrash) Empty(ctx context.Context, id string) error {
	_, err := t.client.DeleteVolumeBackup(ctx, core.DeleteVolumeBackupRequest{VolumeBackupId: &id})
	return err
}

func newTrash(client *core.BlockstorageClient) trash { return &backupTrash{client} }

func openTrash(client *core.BlockstorageClient) (trash, error) {
	if client == nil {
		return nil, errors.New("no client")
	}
	return &backupTrash{client}, nil
}

func putInHere(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	var t trash = volumeTrash{client}
	for range 3 {
		if err = t.Empty(ctx, id); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func gotFromConstructor(ctx context.Context, client *core.BlockstorageClient, id string) (err error) {
	t := newTrash(client)
	for range 3 {
		if err = t.Empty(ctx, id); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func gotBesideAnError(ctx context.Context, client *core.BlockstorageClient, id string) error {
	t, err := openTrash(client)
	if err != nil {
		return err
	}
	for range 3 {
		if err = t.Empty(ctx, id); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// The near misses.

func putInHereAndGuarded(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	var t trash = volumeTrash{client}
	for range 3 {
		if err = t.Empty(ctx, id); err == nil || !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func handedIn(ctx context.Context, t trash, id string) (err error) {
	for range 3 {
		if err = t.Empty(ctx, id); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func oneAfterTheOther(ctx context.Context, client core.BlockstorageClient, id string) (err error) {
	for _, t := range []trash{volumeTrash{client}, &backupTrash{&client}} {
		if err = t.Empty(ctx, id); err == nil {
			return nil
		}
	}
	return err
}
