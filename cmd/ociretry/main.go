// Command ociretry reports retries of Oracle Cloud Infrastructure errors that the API error catalog forbids. It runs
// by itself on package patterns and as go vet -vettool.
package main

import (
	"os"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/ociretry/ociretry/analyzer"
	"github.com/ociretry/ociretry/analyzer/command"
)

func main() {
	if code, done := command.Run(os.Args[1:], os.Stdout, os.Stderr); done {
		os.Exit(code)
	}
	singlechecker.Main(analyzer.Analyzer)
}
