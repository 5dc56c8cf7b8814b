package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand is `weir version`.
type versionCommand struct{}

// Run prints one line.
func (versionCommand) Run() error {
	fmt.Println("weir", version(), runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
	return nil
}

// version is the module's version, or the commit of a build from a checkout.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, changed := "", ""
	for _, setting := range build.Settings {
		switch setting.Key {
		case "vcs.revision":
			revision = setting.Value
		case "vcs.modified":
			if setting.Value == "true" {
				changed = "+changed"
			}
		}
	}
	if revision == "" {
		return build.Main.Version
	}
	return revision[:min(12, len(revision))] + changed
}
