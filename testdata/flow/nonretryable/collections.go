package nonretryable

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

func deleteVolume(ctx context.Context, client core.BlockstorageClient, id string) error {
	_, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)})
	return err
}

// flagged goes over the volumes again as long as one failed.
func flagged(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	for range 3 {
		left := false
		for _, id := range ids {
			if err := deleteVolume(ctx, client, id); err != nil { // want "nonretryable: "
				left = true
			}
		}
		if !left {
			return nil
		}
		time.Sleep(time.Minute)
	}
	return errors.New("volumes are left")
}

// counted counts the failures.
func counted(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	for round := 0; round < 3; round++ {
		failed := 0
		for _, id := range ids {
			if err := deleteVolume(ctx, client, id); err != nil { // want "nonretryable: "
				failed++
			}
		}
		if failed == 0 {
			return nil
		}
		time.Sleep(time.Minute)
	}
	return errors.New("volumes are left")
}

// collected puts the errors of a round together.
func collected(ctx context.Context, client core.BlockstorageClient, ids []string) (err error) {
	for round := 0; round < 3; round++ {
		err = nil
		for _, id := range ids {
			err = errors.Join(err, deleteVolume(ctx, client, id)) // want "nonretryable: "
		}
		if err == nil {
			break
		}
		time.Sleep(time.Minute)
	}
	return err
}

// onlyWhatIsLeft is a near miss: the next round has other volumes.
func onlyWhatIsLeft(ctx context.Context, client core.BlockstorageClient, ids []string, list func() []string) error {
	for len(ids) > 0 {
		failed := false
		for _, id := range ids {
			if err := deleteVolume(ctx, client, id); err != nil {
				failed = true
			}
		}
		if !failed {
			return nil
		}
		ids = list()
	}
	return nil
}

// onceEach is a near miss: each volume is deleted once, whatever becomes of the others.
func onceEach(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	failed := 0
	for _, id := range ids {
		if err := deleteVolume(ctx, client, id); err != nil {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d volumes are left", failed)
	}
	return nil
}

type deletion struct {
	client *core.BlockstorageClient
	id     string
	tries  int
	most   int
}

// countsInField keeps the number of attempts in the receiver.
func (d *deletion) countsInField(ctx context.Context) error {
	for d.tries < 5 {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &d.id}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		d.tries++
		time.Sleep(time.Second)
	}
	return errors.New("gave up")
}

// limitInField has the limit there as well.
func (d *deletion) limitInField(ctx context.Context) error {
	for {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &d.id}) // want "nonretryable: "
		if err == nil {
			return nil
		}
		if d.tries++; d.tries > d.most {
			return err
		}
		time.Sleep(time.Second)
	}
}

// anotherEachTime is a near miss: the volume is another one each time.
func (d *deletion) anotherEachTime(ctx context.Context, next func() string) error {
	for {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &d.id})
		if err == nil {
			return nil
		}
		if d.tries++; d.tries > d.most {
			return err
		}
		d.id = next()
	}
}

// literalCallsItself is a recursion of a function literal.
func literalCallsItself(ctx context.Context, client core.BlockstorageClient, id string) error {
	var attempt func(left int) error
	attempt = func(left int) error {
		err := deleteVolume(ctx, client, id) // want "nonretryable: "
		if err != nil && left > 0 {
			time.Sleep(time.Second)
			return attempt(left - 1)
		}
		return err
	}
	return attempt(3)
}

// literalGoesDown is a near miss: it calls itself with what it has found.
func literalGoesDown(ctx context.Context, client core.BlockstorageClient, id string, backups func(string) []string) error {
	var remove func(id string) error
	remove = func(id string) error {
		for _, backup := range backups(id) {
			if err := remove(backup); err != nil {
				return err
			}
		}
		return deleteVolume(ctx, client, id)
	}
	return remove(id)
}

// laterAgain starts a timer that calls it again.
func laterAgain(ctx context.Context, client core.BlockstorageClient, id string, left int) {
	err := deleteVolume(ctx, client, id) // want "nonretryable: "
	if err == nil || left == 0 {
		return
	}
	time.AfterFunc(time.Minute, func() { laterAgain(ctx, client, id, left-1) })
}

// everyHour is a near miss: it comes again after success as well.
func everyHour(ctx context.Context, client core.BlockstorageClient, id string, report func(error)) {
	report(deleteVolume(ctx, client, id))
	time.AfterFunc(time.Hour, func() { everyHour(ctx, client, id, report) })
}

type pauses map[string]time.Duration

func (p pauses) after(err error, attempt int) (time.Duration, bool) {
	failure, ok := common.IsServiceError(err)
	if !ok {
		return 0, false
	}
	pause, ok := p[failure.GetCode()]
	return pause * time.Duration(attempt+1), ok
}

func withPauses(ctx context.Context, p pauses, send func() error) error {
	for attempt := 0; ; attempt++ {
		err := send()
		if err == nil {
			return nil
		}
		pause, again := p.after(err, attempt)
		if !again {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
}

// tooManyPauses has one for what is final.
func tooManyPauses(ctx context.Context, client core.BlockstorageClient, id string) error {
	p := pauses{"TooManyRequests": time.Second, "LimitExceeded": time.Minute}
	return withPauses(ctx, p, func() error { return deleteVolume(ctx, client, id) }) // want "nonretryable: "
}

// rightPauses is its near miss.
func rightPauses(ctx context.Context, client core.BlockstorageClient, id string) error {
	p := pauses{"TooManyRequests": time.Second, "IncorrectState": time.Minute}
	return withPauses(ctx, p, func() error { return deleteVolume(ctx, client, id) })
}

func deleteAll(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	for _, id := range ids {
		if err := deleteVolume(ctx, client, id); err != nil {
			return err
		}
	}
	return nil
}

// allAgain deletes all of them a second time.
func allAgain(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	if err := deleteAll(ctx, client, ids); err != nil { // want "nonretryable: "
		time.Sleep(time.Minute)
		return deleteAll(ctx, client, ids)
	}
	return nil
}

// othersToo is a near miss: the second list is another one.
func othersToo(ctx context.Context, client core.BlockstorageClient, ids, others []string) error {
	if err := deleteAll(ctx, client, ids); err != nil {
		time.Sleep(time.Minute)
		return deleteAll(ctx, client, others)
	}
	return nil
}

// twiceAnyway is a near miss: it goes over them again after success too.
func twiceAnyway(ctx context.Context, client core.BlockstorageClient, ids []string, report func(error)) error {
	if err := deleteAll(ctx, client, ids); err != nil {
		report(err)
	}
	return deleteAll(ctx, client, ids)
}

// whatFailed is a near miss: the next round goes over what has failed, which is another list.
func whatFailed(ctx context.Context, client core.BlockstorageClient, ids []string) error {
	for round := 0; len(ids) > 0 && round < 5; round++ {
		var left []string
		for _, id := range ids {
			if err := deleteVolume(ctx, client, id); err != nil {
				left = append(left, id)
			}
		}
		ids = left
		time.Sleep(time.Second)
	}
	return nil
}

type volume struct{ id, name string }

// whichFailed is the same of structs.
func whichFailed(ctx context.Context, client core.BlockstorageClient, volumes []*volume) error {
	for round := 0; len(volumes) > 0 && round < 5; round++ {
		var left []*volume
		for _, v := range volumes {
			if err := deleteVolume(ctx, client, v.id); err != nil {
				left = append(left, v)
			}
		}
		volumes = left
		time.Sleep(time.Second)
	}
	return nil
}

func fewTimes(n int, send func() error) (err error) {
	for range n {
		if err = send(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// fewTimesEach tries each of them a few times, and goes on with the next.
func fewTimesEach(ctx context.Context, client core.BlockstorageClient, ids []string) (left int) {
	for _, id := range ids {
		err := fewTimes(5, func() error { return deleteVolume(ctx, client, id) }) // want "nonretryable: "
		if err != nil {
			left++
		}
	}
	return left
}

// onceForEach is a near miss: each is tried once.
func onceForEach(ctx context.Context, client core.BlockstorageClient, ids []string) (left int) {
	for _, id := range ids {
		err := fewTimes(1, func() error { return deleteVolume(ctx, client, id) })
		if err != nil {
			left++
		}
	}
	return left
}
