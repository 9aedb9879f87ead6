// Command ociretry reports retries of Oracle Cloud Infrastructure errors that the API error catalog forbids. It runs
// by itself on package patterns and as go vet -vettool.
package main

import (
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/ociretry/ociretry/analyzer"
)

func main() {
	// go vet hands a configuration file for each package; everything else runs in this one process.
	if last := os.Args[len(os.Args)-1]; !strings.HasSuffix(last, ".cfg") {
		analyzer.InOneProcess(analyzer.Analyzer)
	}
	singlechecker.Main(analyzer.Analyzer)
}
