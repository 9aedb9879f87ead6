#!/usr/bin/env bash
# golang.org/x/tools v0.52.0, go/packages: the files of one package are parsed at the same time, and each gets its place in
# the FileSet when its parser begins. So of two positions in different files of a package the smaller one is now in the one
# file, now in the other, from run to run, although Syntax and CompiledGoFiles are in the order of the files' names. An
# analyzer that takes the smallest token.Pos for what comes first in the source tells different things of the same
# input; under go vet (go/analysis/unitchecker), which parses one file after the other, it never does.
#
# Seen on 2026-11-30 with Go 1.26.8 on two processors: in 100 loads of a package of eight files these were numbered in several
# orders, while their names came in one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export GOFLAGS=-mod=mod GOWORK=off
mkdir -p many
for i in 1 2 3 4 5 6 7 8; do
	printf 'package many\n\nfunc F%d() int { return %d }\n' "$i" "$i" >"many/f$i.go"
done
cat >go.mod <<'EOF'
module example.com/order

go 1.26.0

require golang.org/x/tools v0.52.0
EOF
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"go/ast"
	"log"
	"slices"

	"golang.org/x/tools/go/packages"
)

func main() {
	named, orders := 0, map[string]bool{}
	const loads = 100
	for range loads {
		found, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./many")
		if err != nil || len(found) != 1 || len(found[0].Syntax) != 8 {
			log.Fatal(found, err)
		}
		files := slices.Clone(found[0].Syntax)
		slices.SortFunc(files, func(a, b *ast.File) int { return int(a.FileStart - b.FileStart) })
		order := ""
		for _, file := range files {
			order += fmt.Sprint(slices.Index(found[0].Syntax, file))
		}
		orders[order] = true
		if slices.IsSorted(found[0].CompiledGoFiles) {
			named++
		}
	}
	fmt.Printf("names in order: %d of %d, positions in more than one order: %t\n", named, loads, len(orders) > 1)
}
EOF
go mod tidy >/dev/null 2>&1
got=$(go run .)
want='names in order: 100 of 100, positions in more than one order: true'
printf '%s\n' "$got"
[ "$got" = "$want" ] || { printf 'want %s\n' "$want" >&2; exit 1; }
