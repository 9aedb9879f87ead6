package command

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ociretry/ociretry/analyzer"
)

// debugging is the switch -debug. By itself it tells what the analysis took; with "unfiltered", also what is known to be
// silent is run for it. Letters are the driver's own.
type debugging struct {
	counts, unfiltered bool
	letters            string
	driver             bool // letters were given, even none
}

// IsBoolFlag lets -debug stand without a value.
func (d *debugging) IsBoolFlag() bool { return true }

// String returns the letters for the driver.
func (d *debugging) String() string { return d.letters }

// Set reads a value. It fails on a word that is neither ours nor the driver's letters.
func (d *debugging) Set(value string) error {
	if on, err := strconv.ParseBool(value); err == nil && value != "t" && value != "f" { // which are the driver's
		*d = debugging{counts: on}
		return nil
	}
	if value == "unfiltered" {
		*d = debugging{counts: true, unfiltered: true}
		return nil
	}
	if unknown := strings.Trim(value, "fpstv"); unknown != "" {
		return errors.New("the counts are told by -debug and -debug=unfiltered, the driver's own by letters of fpstv")
	}
	*d = debugging{letters: value, driver: true}
	return nil
}

// effort returns what looking at all packages took.
func (o *outcome) effort() analyzer.Effort {
	all := analyzer.Effort{}
	for _, root := range o.graph.Roots {
		result, ok := root.Result.(*analyzer.Result)
		if !ok {
			continue // it has failed
		}
		one := result.Effort
		all.Functions, all.Skipped, all.Sends = all.Functions+one.Functions, all.Skipped+one.Skipped, all.Sends+one.Sends
		all.Calls, all.Ended, all.Runs = all.Calls+one.Calls, all.Ended+one.Ended, all.Runs+one.Runs
		all.Spent = append(all.Spent, one.Spent...)
	}
	return all
}

// debug tells what the analysis took.
func (o *outcome) debug(errs io.Writer) {
	e := o.effort()
	fmt.Fprintf(errs, "%s%s and %s of OCI; nothing can be reported in %d of the functions, which were not run\n",
		name, number(e.Functions, "function", "functions"), number(e.Sends, "call", "calls"), e.Skipped)
	fmt.Fprintf(errs, "%s%s down from the others; %d were not run on from, as nothing can be reported; %s on from %d\n",
		name, number(e.Calls, "way to a call", "ways to a call"), e.Ended, number(e.Runs, "run", "runs"), e.Calls-e.Ended)
	for _, line := range e.Spent {
		fmt.Fprintln(errs, line)
	}
}
