package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer"
)

// switches are what the command line asks for.
type switches struct {
	settings  analyzer.Settings
	tests     bool
	json      bool
	context   int // lines of source around a finding; negative for none
	fix, diff bool
	version   bool
	debug     debugging
	driver    bool // one of the driver's own switches is there
	here      bool // no package was named
	patterns  []string
}

// described are the switches as the usage shows them.
var described = []struct{ form, text string }{
	{"-rules=LIST", "rules to run, separated by commas; a leading - takes one away; all"},
	{"-catalog=NAME", "edition of the error catalog, or a file whose rows are laid over it"},
	{"-generated", "report in generated files too"},
	{"-test=false", "leave test files out"},
	{"-c=N", "show the source of a finding, with N lines around it"},
	{"-json", "print findings as JSON"},
	{"-fix", "apply the suggested fixes, and tell what is left"},
	{"-diff", "with -fix: show the changes, and do not make them"},
	{"-debug", "tell how many calls there were, and what it took to look at them"},
	{"-version", "print release, commit, Go and catalog"},
}

// ofDriver are switches that look into the driver itself. Who works on the linter knows them.
var ofDriver = []string{"cpuprofile", "memprofile", "trace"}

// parse reads the command line. The error is one line; it is [flag.ErrHelp] for -h.
func parse(arguments []string) (*switches, error) {
	s := &switches{}
	set := flag.NewFlagSet("ociretry", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&s.settings.Rules, "rules", "", "")
	set.StringVar(&s.settings.Catalog, "catalog", "", "")
	set.BoolVar(&s.settings.Generated, "generated", false, "")
	set.BoolVar(&s.tests, "test", true, "")
	set.BoolVar(&s.json, "json", false, "")
	set.IntVar(&s.context, "c", -1, "")
	set.BoolVar(&s.fix, "fix", false, "")
	set.BoolVar(&s.diff, "diff", false, "")
	set.BoolVar(&s.version, "version", false, "")
	set.BoolVar(&s.version, "V", false, "")
	set.Var(&s.debug, "debug", "")
	for _, name := range ofDriver {
		set.String(name, "", "")
	}
	if err := set.Parse(arguments); err != nil {
		return nil, inWords(err)
	}
	set.Visit(func(f *flag.Flag) { s.driver = s.driver || slices.Contains(ofDriver, f.Name) })
	if s.driver && s.debug.counts {
		return nil, errors.New("-debug counts only without the switches of the driver: leave out -" + strings.Join(ofDriver, ", -"))
	}
	s.driver = s.driver || s.debug.driver
	s.settings.Unfiltered = s.debug.unfiltered
	s.patterns = set.Args()
	if s.here = len(s.patterns) == 0; s.here {
		s.patterns = []string{"."}
	}
	for _, pattern := range s.patterns {
		if strings.HasPrefix(pattern, "-") {
			return nil, fmt.Errorf("%s stands after the packages; switches come before them", pattern)
		}
	}
	if s.diff && !s.fix {
		return nil, errors.New("-diff shows what -fix would change; write -fix -diff")
	}
	return s, nil
}

// inWords turns an error of package flag into one that says what to do.
func inWords(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	text := err.Error()
	if unknown, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		if unknown == "-tags" {
			return errors.New("there is no switch -tags; set GOFLAGS=-tags=LIST in the environment")
		}
		return fmt.Errorf("there is no switch %s; ociretry -h shows those that there are", unknown)
	}
	if strings.Contains(text, " for -debug: ") { // which has more values than the two that package flag speaks of
		text = strings.NewReplacer("boolean value", "value", " for -debug: ", " for flag -debug: ").Replace(text)
	}
	return errors.New(strings.TrimSuffix(strings.ReplaceAll(text, "flag", "switch"), ": parse error"))
}
