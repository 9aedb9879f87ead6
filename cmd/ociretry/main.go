// Command ociretry reports retries of Oracle Cloud Infrastructure errors that the API error catalog forbids. It runs
// by itself on package patterns and as go vet -vettool.
package main

import (
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/ociretry/ociretry/analyzer"
)

// heapGrowth lets the heap grow to two and a half times what is in use before it is collected: evaluation makes much that lives
// for a moment only, and the process is short. The environment's GOGC goes first.
const heapGrowth = 150

func main() {
	// go vet hands a configuration file for each package; everything else runs in this one process.
	if last := os.Args[len(os.Args)-1]; !strings.HasSuffix(last, ".cfg") {
		analyzer.InOneProcess(analyzer.Analyzer)
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(heapGrowth)
		}
	}
	singlechecker.Main(analyzer.Analyzer)
}
