package command

import (
	"runtime/debug"
	"testing"
)

// TestDescribe describes builds of each kind: of a release, of a clone, of a clone with changes, and without anything.
func TestDescribe(t *testing.T) {
	of := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26.1", Main: debug.Module{Version: version}, Settings: settings}
	}
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "5c86626a"}
	for want, info := range map[string]*debug.BuildInfo{
		"ociretry v0.1.0, commit unknown, go1.26.1, catalog edition default":                         of("v0.1.0"),
		"ociretry v0.1.0, commit 5c86626a, go1.26.1, catalog edition default":                        of("v0.1.0", revision, debug.BuildSetting{Key: "vcs.modified", Value: "false"}),
		"ociretry v0.1.1-0.2+dirty, commit 5c86626a with changes, go1.26.1, catalog edition default": of("v0.1.1-0.2+dirty", revision, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
		"ociretry (devel), commit unknown, unknown Go, catalog edition default":                      {},
	} {
		if got := describe(info); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
