// Package command is ociretry's command line: what its switches mean, what it prints where, and how it ends.
//
// The passes are run by the public engine of x/tools, go/analysis/checker, because a driver made for every analyzer
// cannot say which package was skipped, what fixes have changed, or where a rule is documented. What go vet asks of its
// tools, how fixes are merged and written, and what serves to look into the driver itself is left to
// go/analysis/singlechecker.
package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/ociretry/ociretry/analyzer"
)

// How the command ends. What could not be analysed counts for more than what was found.
const (
	clean  = 0
	broken = 1 // a package, or all of them, could not be analysed
	misuse = 2 // what was asked for makes no sense, and nothing was analysed
	found  = 3
)

// name begins each line that is not about a place in a file.
const name = "ociretry: "

// Run does what the arguments ask for, and returns how the command ends. It answers no where singlechecker is to be
// run in its stead, with the same arguments and [analyzer.Analyzer]: for go vet, and for the driver's own switches.
func Run(arguments []string, out, errs io.Writer) (code int, done bool) {
	if forVet(arguments) {
		return vet(arguments, out, errs)
	}
	if len(arguments) > 0 && arguments[0] == "help" {
		return help(arguments[1:], out, errs), true
	}
	asked, err := parse(arguments)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return help(nil, out, errs), true
	case err != nil:
		return refuse(errs, misuse, err), true
	case asked.version:
		fmt.Fprintln(out, version())
		return clean, true
	}
	if _, err := analyzer.New(asked.settings); err != nil {
		return refuse(errs, misuse, err), true
	}
	if err := absent(asked.patterns); err != nil {
		return refuse(errs, broken, err), true
	}
	if asked.driver {
		analyzer.InOneProcess(analyzer.Analyzer)
		if asked.here {
			os.Args = append(os.Args, asked.patterns...) // which is what singlechecker reads
		}
		return clean, false
	}
	if asked.fix {
		return fix(asked, out, errs), true
	}
	return check(asked, out, errs), true
}

// check prints the findings.
func check(asked *switches, out, errs io.Writer) int {
	looked, err := look(asked)
	if err != nil {
		return refuse(errs, broken, err)
	}
	tell(errs, looked.complaints)
	if err := looked.print(asked, out, errs); err != nil {
		return refuse(errs, broken, err)
	}
	if asked.debug.counts {
		looked.debug(errs)
	}
	if code := looked.code(); code != found || !asked.json {
		return code
	}
	return clean // as for every linter: who reads JSON looks into it
}

// refuse says in one line why nothing was done. What stands in a file is told by its place alone, as editors expect.
func refuse(errs io.Writer, code int, err error) int {
	line := err.Error()
	if !placed.MatchString(line) {
		line = name + line
	}
	fmt.Fprintln(errs, line)
	return code
}

// tell prints lines.
func tell(errs io.Writer, lines []string) {
	for _, line := range lines {
		fmt.Fprintln(errs, line)
	}
}
