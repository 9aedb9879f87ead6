package proof

import (
	"fmt"
	"testing"
)

// leastSmall is leastResent of the small call sites.
const leastSmall = 60

// smallSites are bodies of call sites, each about one thing. Where they once did otherwise than their fates said, that
// thing was the cause.
var smallSites = []string{
	// A loop that ends by itself after one attempt.
	`for attempt := 0; attempt < 1; attempt++ { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil } }; return errGaveUp`,
	`for range 1 { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil } }; return errGaveUp`,
	`const attempts = 1; for attempt := 1; attempt <= attempts; attempt++ { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil } }; return errGaveUp`,
	`return retryTimes(1, func() error { _, err := client.DeleteVolume(ctx, request); return err })`,
	`return helper.WithPause(1, time.Second, func() error { _, err := client.DeleteVolume(ctx, request); return err })`,
	`return (&helper.Retrier{Attempts: 1}).Do(ctx, func() error { _, err := client.DeleteVolume(ctx, request); return err })`,
	`for _, pause := range []time.Duration{0} { time.Sleep(pause); _, err := client.DeleteVolume(ctx, request); if err == nil { return nil } }; return errGaveUp`,
	`_, err := client.DeleteVolume(ctx, request); for left := 1; err != nil && left > 0; left-- { _, err = client.DeleteVolume(ctx, request) }; return err`,
	// A loop over items.
	`for _, id := range []string{"a", "b", "c"} { request.VolumeId = &id; _, err := client.DeleteVolume(ctx, request); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	`for _, id := range []string{"a", "b", "c"} { request := core.DeleteVolumeRequest{VolumeId: common.String(id)}; _, err := client.DeleteVolume(ctx, request); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	`ids := []string{"a", "b", "c"}; for _, id := range ids { _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	`for _, id := range []string{settings.Next()} { request.VolumeId = &id; _, err := client.DeleteVolume(ctx, request); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	`for _, id := range []string{settings.Next(), settings.Next()} { request.VolumeId = &id; _, err := client.DeleteVolume(ctx, request); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	`for _, id := range settings.IDs() { request.VolumeId = &id; _, err := client.DeleteVolume(ctx, request); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	`for _, id := range []string{settings.Next()} { request.VolumeId = &id; for { _, err := client.DeleteVolume(ctx, request); if !common.IsErrorRetryableByDefault(err) { break } } }; return nil`,
	`for n := range 3 { request.VolumeId = common.String(fmt.Sprint(n)); _, err := client.DeleteVolume(ctx, request); if err != nil && !common.IsErrorRetryableByDefault(err) { return err } }; return nil`,
	// Attempts for each of several items, giving up on one and going on with the next.
	`for _, id := range settings.IDs() { request.VolumeId = &id; for range 3 { if _, err := client.DeleteVolume(ctx, request); err == nil { break } } }; return nil`,
	`for _, id := range settings.IDs() { for attempt := 0; attempt < 3; attempt++ { _, err := client.DeleteVolume(ctx, core.DeleteVolumeRequest{VolumeId: common.String(id)}); if err == nil || !common.IsErrorRetryableByDefault(err) { break } } }; return nil`,
	`for _, id := range []string{"a", "b"} { request.VolumeId = &id; for attempt := 0; ; attempt++ { _, err := client.DeleteVolume(ctx, request); if err == nil || attempt == 2 { break } } }; return nil`,
	`for _, id := range settings.IDs() { request.VolumeId = &id; err := retryTimes(3, func() error { _, err := client.DeleteVolume(ctx, request); return err }); helper.Log("deleted", err) }; return nil`,
	`for _, id := range settings.IDs() { request.VolumeId = &id; for attempt := 0; ; attempt++ { _, err := client.DeleteVolume(ctx, request); if err == nil { break }; if attempt == 2 { return err } } }; return nil`,
	`ids := settings.IDs(); for range 3 { var last error; for _, id := range ids { request.VolumeId = &id; if _, err := client.DeleteVolume(ctx, request); err != nil { last = err } }; if last == nil { return nil } }; return errGaveUp`,
	`for range 3 { var last error; for _, id := range []string{"a", "b"} { request.VolumeId = &id; if _, err := client.DeleteVolume(ctx, request); err != nil { last = err; break } }; if last == nil { return nil } }; return errGaveUp`,
	// A wait behind a counter, which may be anywhere.
	`count := 0; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; count++; if count > 3 { return err }; if count > 1 { time.Sleep(time.Second) } }`,
	`count := struct{ n int }{}; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; count.n++; if count.n > 3 { return err }; if count.n > 1 { time.Sleep(time.Second) } }`,
	`count := new(int); for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; *count++; if *count > 3 { return err }; if *count > 1 { time.Sleep(time.Second) } }`,
	`count := []int{0}; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; count[0]++; if count[0] > 3 { return err }; if count[0] > 1 { time.Sleep(time.Second) } }`,
	`count := map[string]int{}; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; count["n"]++; if count["n"] > 3 { return err }; if count["n"] > 1 { time.Sleep(time.Second) } }`,
	`count := 0; failed := func() int { count++; return count }; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; if failed() > 1 { time.Sleep(time.Second) } }`,
	`var pause time.Duration; next := func() time.Duration { p := pause; pause += time.Second; return p }; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; time.Sleep(next()) }`,
	`var pause time.Duration; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; time.Sleep(pause); pause = 2*pause + time.Second }`,
	`slow := false; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; if slow { time.Sleep(time.Second) }; slow = true }`,
	`counts := struct{ failures int }{}; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; counts.failures++; if counts.failures > 1 { pauseBackoff(1) } }`,
	`budget := helper.NewBudget(4); for { _, err := client.DeleteVolume(ctx, request); if err == nil || !budget.Spend() { return err }; sleep(time.Second) }`,
	// A wait on a later way round only, where the first attempt stands outside the loop.
	`_, err := client.DeleteVolume(ctx, request); for attempt := 0; err != nil && attempt < 5; attempt++ { if attempt > 0 { time.Sleep(time.Second) }; _, err = client.DeleteVolume(ctx, request) }; return err`,
	`_, err := client.DeleteVolume(ctx, request); for err != nil { if _, err = client.DeleteVolume(ctx, request); err != nil { time.Sleep(time.Second) } }; return err`,
	`for range 3 { _, err := client.DeleteVolume(ctx, request); if err != nil { _, err = client.DeleteVolume(ctx, request) }; if err == nil { return nil }; time.Sleep(time.Second) }; return errGaveUp`,
	`for range 3 { err := retryIf(3, common.IsErrorRetryableByDefault, func() error { _, err := client.DeleteVolume(ctx, request); return err }); if err == nil { return nil }; time.Sleep(time.Second) }; return errGaveUp`,
	`for range 3 { err := retryTimes(3, func() error { _, err := client.DeleteVolume(ctx, request); return err }); if err == nil { return nil }; time.Sleep(time.Second) }; return errGaveUp`,
	// Undetermined conditions, many of them.
	`again := func(err error) bool { err = &failureError{fmt.Errorf("x: %v", err)}; found := false; for err != nil && !found { _, found = common.IsServiceError(err); err = errors.Unwrap(err) }; return found }; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; if !again(&shared.Failure{Operation: "delete", Cause: err}) { return err } }`,
	`again := func(err error) bool { err = &failureError{fmt.Errorf("x: %v", err)}; found := false; for err != nil { if _, found = common.IsServiceError(err); found { break }; err = errors.Unwrap(err) }; return found }; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; err = &shared.Failure{Operation: "delete", Cause: err}; if !again(err) { return err } }`,
	`var cause error; for { _, err := client.DeleteVolume(ctx, request); if err == nil { return nil }; err = fmt.Errorf("x: %v", &failureError{err}); for cause = err; errors.Unwrap(cause) != nil; { cause = errors.Unwrap(cause) }; if _, ok := cause.(common.ServiceError); !ok { return err } }`,
	// Recursion.
	`var try func(left int) error; try = func(left int) error { _, err := client.DeleteVolume(ctx, request); if err == nil || left == 0 { return err }; return try(left - 1) }; return try(3)`,
	`return helper.Recursive(3, time.Second, func() error { _, err := client.DeleteVolume(ctx, request); return err })`,
	`for attempt := range helper.Attempts(3) { if _, err := client.DeleteVolume(ctx, request); err == nil || attempt == 2 { return err } }; return nil`,
	// A round that success makes as well.
	`return retryTimes(3, func() error { _, err := client.DeleteVolume(ctx, request); return helper.Stop(err) })`,
	`for range 3 { err := helper.Until(ctx, nil, func(ctx context.Context) error { _, err := client.DeleteVolume(ctx, request); return helper.Stop(err) }); if err == nil { return nil } }; return errGaveUp`,
	`for range 3 { err := retryTimes(3, func() error { _, err := client.DeleteVolume(ctx, request); return helper.Stop(err) }); if err == nil { return nil } }; return errGaveUp`,
	`for { _, err := client.DeleteVolume(ctx, request); helper.Log("deleted", err); time.Sleep(time.Minute) }`,
	`for range 3 { _, err := client.DeleteVolume(ctx, request); helper.Log("deleted", err) }; return nil`,
	// Libraries.
	`return sethvargo.Do(ctx, sethvargo.NewConstant(time.Second), func(ctx context.Context) error { if _, err := client.DeleteVolume(ctx, request); err != nil { return &failureError{err} }; return nil })`,
	`return sethvargo.Do(ctx, sethvargo.WithMaxRetries(3, sethvargo.WithJitter(time.Second, sethvargo.BackoffFunc(func() (time.Duration, bool) { return 0, false }))), func(ctx context.Context) error { _, err := client.DeleteVolume(ctx, request); return sethvargo.RetryableError(err) })`,
	`return kretry.RetryOnConflict(kretry.DefaultRetry, func() error { if _, err := client.DeleteVolume(ctx, request); err != nil { return fmt.Errorf("delete: %w", &failureError{err}) }; return nil })`,
	`return kretry.RetryOnConflict(kretry.DefaultRetry, func() error { _, err := client.DeleteVolume(ctx, request); return err })`,
	`_, err := backoffv5.Retry(ctx, func() (int, error) { _, err := client.DeleteVolume(ctx, request); if err != nil { return 0, backoffv5.Permanent(err) }; return 0, nil }, backoffv5.WithMaxTries(1)); if failure, ok := common.IsServiceError(err); ok && failure.GetHTTPStatusCode() == 409 { return nil }; return err`,
	`policy := retrypolicy.NewBuilder[any]().WithDelay(time.Second).HandleIf(func(_ any, err error) bool { return shared.Status(err) != 404 }).Build(); return failsafe.With(policy).Run(func() error { _, err := client.DeleteVolume(ctx, request); return err })`,
}

const smallSite = `func %s(ctx context.Context, client cloud.Volumes, settings cloud.Settings) error {
	request := core.DeleteVolumeRequest{VolumeId: common.String("volume")}
	_ = request
	%s
}
`

// Each thing by itself is done as its fates say.
func TestSmallSites(t *testing.T) {
	t.Parallel()
	compareSites(t, newSitesProgram(t, seed(t), smallCallSites()), leastSmall)
}

// smallCallSites makes call sites of the bodies.
func smallCallSites() []*callSite {
	var sites []*callSite
	for i, body := range smallSites {
		name := fmt.Sprintf("Site%04d", i)
		sites = append(sites, &callSite{name: name, traits: []string{body}, source: siteFile(fmt.Sprintf(smallSite, name, body))})
	}
	return sites
}
