package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/misspelling"
	"github.com/ociretry/ociretry/analyzer/internal/rule"
	"github.com/ociretry/ociretry/analyzer/rules"
)

const usage = `ociretry reports code that retries what Oracle Cloud's API error catalog says not to
retry, lets 409 IncorrectState get lost, or sends a spent retry token again.

Usage:
  ociretry [switches] [packages]     look at packages; without any, at the one here
  ociretry help [rule ...]           show this, or a rule's page
  go vet -vettool=$(which ociretry) [switches] [packages]

Rules:
%s
Switches:
%s
Exit codes: 0 nothing found, 3 findings, 1 a package could not be analysed, 2 a wrong
switch. With -json findings are no failure.
`

// help prints the usage, or the pages of rules.
func help(asked []string, out, errs io.Writer) int {
	if len(asked) == 0 {
		fmt.Fprintf(out, usage, listRules(), listSwitches())
		return clean
	}
	known := append(rule.Names(), rules.Directives)
	for _, name := range asked {
		if slices.Contains(known, name) {
			continue
		}
		if nearest, ok := misspelling.Nearest(name, known); ok {
			return refuse(errs, misuse, fmt.Errorf("there is no rule %q; the nearest is %s", name, nearest))
		}
		return refuse(errs, misuse, fmt.Errorf("there is no rule %q; the rules are %s", name, strings.Join(rule.Names(), ", ")))
	}
	for i, name := range asked {
		text, err := rules.Text(name)
		if err != nil {
			return refuse(errs, broken, err)
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s\n%s\n", forTerminal(text), rules.URL(name))
	}
	return clean
}

func listRules() string {
	var b strings.Builder
	for _, r := range rule.All() {
		off := ""
		if !r.Default {
			off = "off by default: "
		}
		b.WriteString(entry(r.Name, off+r.Doc))
	}
	return b.String()
}

func listSwitches() string {
	var b strings.Builder
	for _, d := range described {
		b.WriteString(entry(d.form, d.text))
	}
	return b.String()
}

// entry is a line of a list, or two where the text is long.
func entry(head, text string) string {
	const column = 18
	return fmt.Sprintf("  %-*s%s\n", column-2, head, strings.TrimLeft(wrap(text, strings.Repeat(" ", column)), " "))
}
