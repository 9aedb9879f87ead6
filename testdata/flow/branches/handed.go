package branches

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Functions that are handed in lists and tables are known where the lists are.

type disks struct{ client core.BlockstorageClient }

type attempt func() error

type middleware interface{ around(attempt) attempt }

type labelled struct{ label string }

func (l labelled) around(next attempt) attempt {
	return func() error {
		if err := next(); err != nil {
			return fmt.Errorf("%s: %w", l.label, err)
		}
		return nil
	}
}

type persistent struct{ pause time.Duration }

func (p persistent) around(next attempt) attempt {
	return func() error {
		err := next()
		for tries := 0; err != nil && tries < 3; tries++ {
			time.Sleep(p.pause)
			err = next()
		}
		return err
	}
}

func chain(last attempt, all []middleware) attempt {
	for i := len(all) - 1; i >= 0; i-- {
		last = all[i].around(last)
	}
	return last
}

// persistently puts three layers around a request, of which the one in the middle sends again.
func (d disks) persistently(ctx context.Context, id string) error {
	send := chain(func() error {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		return err
	}, []middleware{labelled{"delete"}, persistent{time.Second}, labelled{id}})
	return send() // want "nonretryable: "
}

// labelledTwice is a near miss: no layer sends again.
func (d disks) labelledTwice(ctx context.Context, id string) error {
	send := chain(func() error {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		return err
	}, []middleware{labelled{"delete"}, labelled{id}})
	return send()
}

// unknownLayers is a near miss: what the layers do is for the caller to know.
func (d disks) unknownLayers(ctx context.Context, id string, all []middleware) error {
	return chain(func() error {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		return err
	}, all)()
}

// What becomes of a status is a table's business.

var errStays = errors.New("stays")

func goes(error) error { return nil }

func stays(err error) error { return errors.Join(errStays, err) }

var byCode = map[string]func(error) error{"NotFound": goes, "IncorrectState": goes, "NotAuthorized": stays}

func (d disks) byCode(ctx context.Context, id string) error {
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	var failure common.ServiceError
	if !errors.As(err, &failure) {
		return err
	}
	if answer := byCode[failure.GetCode()]; answer != nil { // want "incorrectstate: "
		return answer(err)
	}
	return err
}

// byStatus is a near miss: its table answers with an error.
func (d disks) byStatus(ctx context.Context, id string) error {
	answers := map[int]func(error) error{http.StatusNotFound: goes, http.StatusConflict: stays}
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	if failure, ok := common.IsServiceError(err); ok {
		if answer, known := answers[failure.GetHTTPStatusCode()]; known {
			return answer(err)
		}
	}
	return err
}

// inTurn asks each of several judges, which it has in a list.
func (d disks) inTurn(ctx context.Context, id string) error {
	judges := []func(error) bool{isMissing, isBusy}
	_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
	for _, fine := range judges {
		if fine(err) { // want "incorrectstate: "
			return nil
		}
	}
	return err
}

func isBusy(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == http.StatusConflict
}

// anyOf asks whichever judges it is given.
func anyOf(err error, judges ...func(error) bool) bool {
	for _, judge := range judges {
		if judge(err) {
			return true
		}
	}
	return false
}

func (d disks) anyOfTwo(ctx context.Context, id string) error {
	for {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id}) // want "nonretryable: "
		if err == nil || anyOf(err, common.IsErrorRetryableByDefault, isMissing) == false {
			return err
		}
		time.Sleep(time.Second)
	}
}

// anyOfOne is its near miss.
func (d disks) anyOfOne(ctx context.Context, id string) error {
	for {
		_, err := d.client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: &id})
		if !anyOf(err, common.IsErrorRetryableByDefault) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// A request that a callback fills anew from another call's answer is another request.

func fourTimes(do func() error) (err error) {
	for range 4 {
		if err = do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// renamed reads the etag again before each try.
func (d disks) renamed(ctx context.Context, id, name string) error {
	request := core.UpdateVolumeRequest{VolumeId: &id, UpdateVolumeDetails: core.UpdateVolumeDetails{DisplayName: &name}}
	fill := func() error {
		found, err := d.client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id})
		request.IfMatch = found.Etag
		return err
	}
	return fourTimes(func() error {
		if err := fill(); !common.IsErrorRetryableByDefault(err) && err != nil {
			return nil
		}
		_, err := d.client.UpdateVolume(ctx, request)
		return err
	})
}

// renamedBlindly sends the same request again.
func (d disks) renamedBlindly(ctx context.Context, id, name string) error {
	request := core.UpdateVolumeRequest{VolumeId: &id}
	fill := func() { request.DisplayName = &name }
	return fourTimes(func() error { // want "nonretryable: "
		fill()
		_, err := d.client.UpdateVolume(ctx, request)
		return err
	})
}
