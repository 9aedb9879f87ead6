package command_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/rule"
	"github.com/ociretry/ociretry/analyzer/rules"
)

// TestWrongSwitches gives each switch what it cannot have, and the command switches that it does not have: one line that
// says what is wrong, on standard error, and exit code 2. That the package is not there is then not told.
func TestWrongSwitches(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	table, folder := filepath.Join(root, "broken.tsv"), t.TempDir()
	write(t, root, "broken.tsv", "404\tBucketNotFound\tno\n404\tOther\tperhaps\n")
	const known = "; known are all, nonretryable, nobackoff, incorrectstate, retrytoken, unknowncode, wrappederror, deadpolicy, missedretry, textmatch"
	for _, test := range []struct {
		arguments string
		want      string
	}{
		{"-rules=noretry", `ociretry: rules: unknown rule "noretry"` + known},
		{"-rules=nonretryable,-noretry", `ociretry: rules: unknown rule "noretry"` + known},
		{"-rules=nobackoff,-nobackoff", `ociretry: rules: "nobackoff" and "-nobackoff" cancel each other out`},
		{"-rules=-all", `ociretry: rules: "-all" leaves no rule to run`},
		{"-catalog=2023", `ociretry: catalog "2023": there is no such edition and no such file; the editions are default and 2024-06`},
		{"-catalog=" + folder, `ociretry: catalog "` + folder + `": it is a folder; a table is a file`},
		{"-catalog=" + table, table + `:2:11: retry "perhaps" is neither no nor with backoff`},
		{"-debug=p -rules=noretry", `ociretry: rules: unknown rule "noretry"` + known},
		{"-fix -rules=noretry", `ociretry: rules: unknown rule "noretry"` + known},
		{"-nosuch", "ociretry: there is no switch -nosuch; ociretry -h shows those that there are"},
		{"-source", "ociretry: there is no switch -source; ociretry -h shows those that there are"},
		{"-v", "ociretry: there is no switch -v; ociretry -h shows those that there are"},
		{"-tags=x", "ociretry: there is no switch -tags; set GOFLAGS=-tags=LIST in the environment"},
		{"-c=x", `ociretry: invalid value "x" for switch -c`},
		{"-V=short", `ociretry: invalid boolean value "short" for -V`},
		{"-debug -trace=t", "ociretry: -debug counts only without the switches of the driver: leave out -cpuprofile, -memprofile, -trace"},
		{"-debug=x", `ociretry: invalid value "x" for switch -debug: the counts are told by -debug and -debug=unfiltered, the driver's own by letters of fpstv`},
		{"-diff", "ociretry: -diff shows what -fix would change; write -fix -diff"},
		{"./nosuch -json", "ociretry: -json stands after the packages; switches come before them"},
	} {
		got := run(t, root, append(strings.Fields(test.arguments), "./nosuch")...)
		if got.code != 2 || got.errs != test.want+"\n" || got.out != "" {
			t.Errorf("%s: exit code %d, %q and\n%swant 2 and\n%s", test.arguments, got.code, got.out, got.errs, test.want)
		}
	}
}

// TestVersion asks for the version in both ways, and in the way of go vet, which wants another line.
func TestVersion(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`^ociretry \S+, commit .+, go1\.\S+, catalog edition default\n$`)
	for _, argument := range []string{"-version", "--version", "-V"} {
		if got := run(t, t.TempDir(), argument); got.code != 0 || !line.MatchString(got.out) || got.errs != "" {
			t.Errorf("%s: %+v", argument, got)
		}
	}
	forVet := regexp.MustCompile(`^\S+ version devel \S+ buildID=[0-9a-f]{64}\n$`)
	if got := run(t, t.TempDir(), "-V=full"); got.code != 0 || !forVet.MatchString(got.out) || got.errs != "" {
		t.Errorf("-V=full: %+v", got)
	}
}

// TestUsage asks for the usage in each way that people do.
func TestUsage(t *testing.T) {
	t.Parallel()
	usage := run(t, t.TempDir(), "help").out
	for _, argument := range []string{"help", "-h", "-help", "--help"} {
		if got := run(t, t.TempDir(), argument); got.code != 0 || got.out != usage || got.errs != "" {
			t.Errorf("%s: %+v", argument, got)
		}
	}
	for _, name := range append(rule.Names(), "-rules=", "-catalog=", "-generated", "-test=", "-c=", "-json", "-fix", "-diff", "-debug", "-version", "ociretry help [rule ...]", "go vet -vettool=") {
		if !strings.Contains(usage, name) {
			t.Errorf("the usage lacks %s:\n%s", name, usage)
		}
	}
	for _, name := range []string{"-source", "-tags", "-cpuprofile", "-memprofile", "-trace", "-flags", "deprecated"} {
		if strings.Contains(usage, name) {
			t.Errorf("the usage shows %s:\n%s", name, usage)
		}
	}
	for _, line := range lines(usage) {
		if len(line) > 90 {
			t.Errorf("the line is long: %s", line)
		}
	}
}

// TestPages asks for the page of each rule: what the file says, without marks.
func TestPages(t *testing.T) {
	t.Parallel()
	for _, name := range append(rule.Names(), rules.Directives) {
		got := run(t, t.TempDir(), "help", name)
		printed := lines(got.out)
		if got.code != 0 || got.errs != "" || len(printed) < 20 || printed[0] != strings.ToUpper(name) || printed[len(printed)-1] != rules.URL(name) {
			t.Errorf("%s: %+v", name, got)
		}
		page, err := rules.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Join(strings.Fields(got.out), " ")
		inFence := false
		for line := range strings.SplitSeq(page, "\n") {
			switch {
			case strings.HasPrefix(line, "```"):
				inFence = !inFence
			case inFence || strings.HasPrefix(line, "    "):
				if !strings.Contains(words, strings.Join(strings.Fields(line), " ")) {
					t.Errorf("%s: this line is lost: %s", name, line)
				}
			case strings.HasPrefix(line, "> "):
				if !strings.Contains(words, line[2:]) {
					t.Errorf("%s: this message is lost: %s", name, line)
				}
			case strings.HasPrefix(line, "## "):
				if !strings.Contains(got.out, "\n"+strings.ToUpper(line[3:])+"\n") {
					t.Errorf("%s: this heading is lost: %s", name, line)
				}
			}
		}
		for _, mark := range []string{"`", "](", "**", "\n#"} {
			if strings.Contains(got.out, mark) {
				t.Errorf("%s: there is %q in\n%s", name, mark, got.out)
			}
		}
	}
	both := run(t, t.TempDir(), "help", "nobackoff", "textmatch")
	if both.code != 0 || !strings.Contains(both.out, "\nTEXTMATCH\n") || !strings.HasPrefix(both.out, "NOBACKOFF\n") {
		t.Errorf("of two rules: %+v", both)
	}
	for name, want := range map[string]string{
		"nonretriable": `ociretry: there is no rule "nonretriable"; the nearest is nonretryable`,
		"DeadPolicy":   `ociretry: there is no rule "DeadPolicy"; the nearest is deadpolicy`,
		"printf":       `ociretry: there is no rule "printf"; the rules are ` + strings.Join(rule.Names(), ", "),
	} {
		if got := run(t, t.TempDir(), "help", name); got.code != 2 || got.errs != want+"\n" || got.out != "" {
			t.Errorf("%s: %+v, want %s", name, got, want)
		}
	}
}

// TestReadme holds the README's table of switches to what the usage shows.
func TestReadme(t *testing.T) {
	t.Parallel()
	_, section, _ := strings.Cut(read(t, filepath.Join("..", "..", "README.md")), "\n## The switches\n")
	section, _, _ = strings.Cut(section, "\n## ")
	shown := regexp.MustCompile(`(?m)^  (-[a-z]+)`).FindAllStringSubmatch(run(t, t.TempDir(), "-h").out, -1)
	if len(shown) < 9 {
		t.Errorf("the usage shows %d switches", len(shown))
	}
	for _, name := range shown {
		if !regexp.MustCompile("(?m)^\\| `" + name[1] + `\b.*\|$`).MatchString(section) {
			t.Errorf("the table of switches lacks %s", name[1])
		}
	}
}
