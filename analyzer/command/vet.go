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
)

// forVet reports whether it is go vet, or a build system that does as it does, that runs the command: to learn what
// this tool is and which switches it has, or with a file that says which package to look at.
func forVet(arguments []string) bool {
	if len(arguments) == 1 && slices.Contains([]string{"-V=full", "--V=full", "-flags", "--flags"}, arguments[0]) {
		return true
	}
	return len(arguments) > 0 && strings.HasSuffix(arguments[len(arguments)-1], ".cfg")
}

// vet leaves the work to singlechecker, but for findings as JSON: those get the addresses of the rules' pages.
func vet(arguments []string, out, errs io.Writer) (code int, done bool) {
	asked, err := parse(arguments)
	if err != nil || !asked.json || asked.driver {
		return clean, false
	}
	code, err = vetAsJSON(arguments, out, errs)
	if err != nil {
		return refuse(errs, broken, err), true
	}
	return code, true
}

// vetAsJSON runs singlechecker in another process, because it ends the one that it runs in.
func vetAsJSON(arguments []string, out, errs io.Writer) (int, error) {
	folder, err := os.MkdirTemp("", "ociretry")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	file, printed := arguments[len(arguments)-1], filepath.Join(folder, "stdout")
	configured, err := redirect(file, filepath.Join(folder, "vet.cfg"), printed)
	if err != nil {
		return 0, err
	}
	code, err := drive(append(slices.Clone(arguments[:len(arguments)-1]), filepath.Join(folder, "vet.cfg")), out, errs)
	if err != nil {
		return 0, err
	}
	tree, err := os.ReadFile(printed)
	if err != nil || len(tree) == 0 {
		return code, nil // it has said why
	}
	complete, err := withAddresses(tree)
	if err != nil {
		return 0, err
	}
	if configured != "" {
		return code, os.WriteFile(configured, complete, 0o666)
	}
	_, err = out.Write(complete)
	return code, err
}

// redirect copies a configuration with another file for what is printed, and returns the one that it had.
func redirect(file, copied, printed string) (configured string, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var configuration map[string]json.RawMessage
	if err := json.Unmarshal(text, &configuration); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	if stdout, ok := configuration["Stdout"]; ok {
		if err := json.Unmarshal(stdout, &configured); err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
	}
	if configuration["Stdout"], err = json.Marshal(printed); err != nil {
		return "", err
	}
	if text, err = json.Marshal(configuration); err != nil {
		return "", err
	}
	return configured, os.WriteFile(copied, text, 0o600)
}

// drive runs this program once more, as singlechecker alone, and returns how it ended.
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
