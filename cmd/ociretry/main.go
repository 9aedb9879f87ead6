// Command ociretry reports retries of Oracle Cloud Infrastructure errors that the API error catalog forbids. It runs
// by itself on package patterns and as go vet -vettool.
package main

import (
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/ociretry/ociretry/analyzer"
)

// reserve is address space that is never written and so takes no memory. The collector counts it as in use and lets
// a small heap grow by as much before it collects: evaluation makes much that lives for a moment only. A large heap
// hardly notices.
var reserve []byte

const reserveBytes = 13 << 27

func main() {
	// go vet hands a configuration file for each package; everything else runs in this one process.
	if last := os.Args[len(os.Args)-1]; !strings.HasSuffix(last, ".cfg") {
		analyzer.InOneProcess(analyzer.Analyzer)
		reserve = make([]byte, reserveBytes)
	}
	singlechecker.Main(analyzer.Analyzer)
}
