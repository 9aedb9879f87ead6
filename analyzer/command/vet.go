package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer"
)

// forVet reports whether it is go vet, or a build system that does as it does, that runs the command: to learn what
// this tool is and which switches it has, or with a file that says which package to look at.
func forVet(arguments []string) bool {
	if len(arguments) == 1 && slices.Contains([]string{"-V=full", "--V=full", "-flags", "--flags"}, arguments[0]) {
		return true
	}
	return len(arguments) > 0 && strings.HasSuffix(arguments[len(arguments)-1], ".cfg")
}

// unit is what go vet says of a package, as far as it concerns what is printed.
type unit struct {
	ID       string
	VetxOnly bool   // the package is only a dependency: facts are wanted, and nothing is told
	Stdout   string // the file to print to in place of standard output
}

// vet leaves the work to singlechecker, but for what it does not print as it should: settings that are wrong, and
// findings as JSON, which get the addresses of the rules' pages.
func vet(arguments []string, out, errs io.Writer) (code int, done bool) {
	asked, err := parse(arguments)
	if err != nil || asked.driver || len(asked.patterns) != 1 {
		return clean, false
	}
	u, text, err := readUnit(asked.patterns[0])
	if err != nil {
		return clean, false // singlechecker says what is wrong with it
	}
	if _, err := analyzer.New(asked.settings); err != nil {
		return u.refuse(asked, err, out, errs), true
	}
	if u.VetxOnly || !asked.json {
		return clean, false
	}
	if code, err = u.printJSON(text, arguments, out, errs); err != nil {
		return refuse(errs, broken, err), true
	}
	return code, true
}

func readUnit(file string) (u *unit, text []byte, err error) {
	if text, err = os.ReadFile(file); err != nil {
		return nil, nil, err
	}
	u = &unit{}
	return u, text, json.Unmarshal(text, u)
}

// refuse tells wrong settings once for a package that was asked for, and not for its dependencies. No facts are
// written, and so nothing is kept: go vet would take the next run for done. It asks for JSON also when it is to print
// text, and then an error in there is the one line that it prints.
func (u *unit) refuse(asked *switches, reason error, out, errs io.Writer) int {
	switch {
	case u.VetxOnly:
		return clean
	case !asked.json:
		return refuse(errs, broken, reason)
	}
	tree, err := json.MarshalIndent(map[string]any{u.ID: map[string]any{analyzer.Analyzer.Name: map[string]string{"error": reason.Error()}}}, "", "\t")
	if err == nil {
		err = u.write(append(tree, '\n'), out)
	}
	if err != nil {
		return refuse(errs, broken, err)
	}
	return clean
}

// write writes to where the unit wants it.
func (u *unit) write(text []byte, out io.Writer) error {
	if u.Stdout != "" {
		return os.WriteFile(u.Stdout, text, 0o666)
	}
	_, err := out.Write(text)
	return err
}

// printJSON runs singlechecker with another file to print to, and prints what it printed with the addresses.
func (u *unit) printJSON(text []byte, arguments []string, out, errs io.Writer) (code int, err error) {
	folder, err := os.MkdirTemp("", "ociretry")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	redirected, printed := filepath.Join(folder, "vet.cfg"), filepath.Join(folder, "stdout")
	var configuration map[string]json.RawMessage
	if err := json.Unmarshal(text, &configuration); err != nil {
		return 0, err
	}
	if configuration["Stdout"], err = json.Marshal(printed); err != nil {
		return 0, err
	}
	if text, err = json.Marshal(configuration); err != nil {
		return 0, err
	}
	if err := os.WriteFile(redirected, text, 0o600); err != nil {
		return 0, err
	}
	if code, err = drive(append(slices.Clone(arguments[:len(arguments)-1]), redirected), out, errs); err != nil {
		return 0, err
	}
	tree, err := os.ReadFile(printed)
	if err != nil || len(tree) == 0 {
		return code, nil // it has said why
	}
	complete, err := withAddresses(tree)
	if err != nil {
		return 0, fmt.Errorf("what was found in %s: %w", u.ID, err)
	}
	return code, u.write(complete, out)
}

// drive runs this program once more, as singlechecker alone, and returns how it ended: singlechecker ends the process
// that it runs in.
func drive(arguments []string, out, errs io.Writer) (int, error) {
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	command := exec.Command(program, append([]string{"-debug="}, arguments...)...)
	command.Stdout, command.Stderr = out, errs
	err = command.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return ended.ExitCode(), nil
	}
	return 0, err
}
