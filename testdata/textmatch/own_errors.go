package textmatch

import (
	"fmt"
	"strings"
	"time"
)

// The near misses: an error that is one of several which the program has made itself is no service's, whichever it is.

type fake struct {
	failure  error
	attempts int
}

func (f *fake) get() error {
	if f.attempts > 0 {
		f.attempts--
	}
	if f.attempts == 0 && f.failure != nil {
		return f.failure
	}
	return nil
}

func await(f *fake, done func() bool, timeout time.Duration) error {
	end := time.Now().Add(timeout)
	last := false
	pause := time.Second
	for {
		if err := f.get(); err != nil {
			return err
		}
		if done() {
			return nil
		}
		if last || time.Now().After(end) {
			return fmt.Errorf("timed out")
		}
		pause *= 2
		if time.Now().Add(pause).After(end) {
			pause = time.Until(end)
			last = true
		}
		time.Sleep(pause)
	}
}

func waitsForFake() bool {
	resource := &fake{failure: fmt.Errorf("GetError"), attempts: 1}
	done := func() bool { return resource.attempts == 0 }
	err := await(resource, done, 0)
	if err == nil || !strings.HasPrefix(err.Error(), "GetError") {
		return false
	}
	resource = &fake{failure: fmt.Errorf("GetError"), attempts: 3}
	err = await(resource, done, time.Minute)
	return err == nil || !strings.HasPrefix(err.Error(), "GetError")
}

var _ = waitsForFake
