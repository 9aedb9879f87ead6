package command

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/ociretry/ociretry/analyzer/catalog"
)

// version tells in one line what this is.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return describe(info)
}

func describe(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	commit := cmp.Or(settings["vcs.revision"], "unknown")
	if settings["vcs.modified"] == "true" {
		commit += " with changes"
	}
	return fmt.Sprintf("ociretry %s, commit %s, %s, catalog edition %s",
		cmp.Or(info.Main.Version, "(devel)"), commit, cmp.Or(info.GoVersion, "unknown Go"), catalog.Editions()[0])
}
