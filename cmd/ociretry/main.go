// Command ociretry reports retries of Oracle Cloud Infrastructure errors that the API error catalog forbids. It runs
// by itself on package patterns and as go vet -vettool.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/ociretry/ociretry/analyzer"
)

func main() { singlechecker.Main(analyzer.Analyzer) }
