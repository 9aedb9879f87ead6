#!/usr/bin/env bash
# go vet of Go 1.26 with golang.org/x/tools v0.52.0: the error of an analyzer with facts is told once only.
#
# A tool made with singlechecker whose Run returns an error fails the first go vet run of an unchanged package, with exit
# code 1. The next run takes the package's result from the build cache, prints nothing and answers 0: what could not be
# analysed looks clean. (The tool is asked for JSON, in which the error stands, and answers 0 itself; its facts are kept.)
# A vet tool that has to refuse must therefore exit before it writes facts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export GOCACHE=$folder/cache GOFLAGS=-mod=mod GOTOOLCHAIN=go1.26.0+auto
mkdir refuser program
cat >refuser/go.mod <<'MOD'
module refuser

go 1.26.0

require golang.org/x/tools v0.52.0
MOD
cat >refuser/main.go <<'GO'
package main

import (
	"errors"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/singlechecker"
)

type fact struct{}

func (*fact) AFact() {}

func main() {
	singlechecker.Main(&analysis.Analyzer{
		Name: "refuses", Doc: "refuses every package", FactTypes: []analysis.Fact{new(fact)},
		Run: func(*analysis.Pass) (any, error) { return nil, errors.New("this cannot be analysed") },
	})
}
GO
printf 'module program\n\ngo 1.26.0\n' >program/go.mod
printf 'package program\n' >program/program.go
(cd refuser && go mod tidy >/dev/null 2>&1 && go build -o ../refuses .)
cd program
for run in first second; do
	code=0
	go vet -vettool="$folder/refuses" . >"$folder/output" 2>&1 || code=$?
	told=no
	! grep -q 'this cannot be analysed' "$folder/output" || told=yes
	printf '%s run: exit code %d, error told: %s\n' "$run" "$code" "$told"
done | tee "$folder/seen"
want='first run: exit code 1, error told: yes
second run: exit code 0, error told: no'
[ "$(cat "$folder/seen")" = "$want" ] || { echo 'the behaviour is another one now' >&2; exit 1; }
