package command_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAbsent asks for what is not there: one line that says so, and exit code 1.
func TestAbsent(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{"p/p.go": everything, "none/read.me": "nothing to compile\n"})
	outside := t.TempDir()
	for _, test := range []struct{ folder, arguments, want string }{
		{root, "./nosuch", "ociretry: ./nosuch: there is no such folder"},
		{root, "./p/../nosuch", "ociretry: ./p/../nosuch: there is no such folder"},
		{root, outside + "/nosuch", "ociretry: " + outside + "/nosuch: there is no such folder"},
		{root, "./nosuch/...", "ociretry: ./nosuch/...: there is no such folder"},
		{root, "./nosuch/lib...", "ociretry: ./nosuch/lib...: there is no such folder"},
		{root, "./p ./nosuch", "ociretry: ./nosuch: there is no such folder"},
		{root, "-json ./nosuch", "ociretry: ./nosuch: there is no such folder"},
		{root, "-fix ./nosuch", "ociretry: ./nosuch: there is no such folder"},
		{root, "nosuch.go", "ociretry: nosuch.go: there is no such file"},
		{root, "p/p.go p/other.go", "ociretry: p/other.go: there is no such file"},
		{root, "./none", "ociretry: no Go files in " + root + "/none"},
		{root, "./none/...", "ociretry: ./none/...: there is no such package in this module"},
		{root, "./lib...", "ociretry: ./lib...: there is no such package in this module"},
		{root, "example.com/nosuch", "ociretry: no required module provides package example.com/nosuch; to add it: go get example.com/nosuch"},
		{outside, ".", "ociretry: .: there is no go.mod in this folder or above it"},
		{outside, "./...", "ociretry: ./...: there is no go.mod in this folder or above it"},
	} {
		got := run(t, test.folder, strings.Fields(test.arguments)...)
		if got.code != 1 || got.errs != test.want+"\n" || got.out != "" && got.out != "{}\n" {
			t.Errorf("%s: exit code %d, %q and\n%swant 1 and\n%s", test.arguments, got.code, got.out, got.errs, test.want)
		}
	}
}

// TestHere gives no package: the one in the folder is meant.
func TestHere(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{"p/p.go": everything, "q/q.go": "package q\n"})
	got := run(t, filepath.Join(root, "p"))
	if got.code != 3 || !strings.HasPrefix(got.errs, filepath.Join(root, "p", "p.go")+":5:6: nonretryable: ") || len(lines(got.errs)) != 1 {
		t.Errorf("in p: %+v", got)
	}
	if got := run(t, filepath.Join(root, "p"), "-debug=p"); got.code != 3 || len(lines(got.errs)) != 1 {
		t.Errorf("in p, by the driver: %+v", got)
	}
	if got := run(t, filepath.Join(root, "q")); got.code != 0 || got.errs != "" {
		t.Errorf("in q: %+v", got)
	}
}

// TestBrokenPackages looks at packages that do not compile beside one that does. Each error is told once, by its whole
// path, and so is each package that is skipped, with its tests; what compiles is looked at.
func TestBrokenPackages(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"sound/p.go":           everything,
		"sound/p_test.go":      "package p\n\nfunc helper() int { return \"x\" }\n",
		"external/p.go":        "package p\n",
		"external/p_test.go":   "package p_test\n\nvar _ = undefined\n",
		"typed/typed.go":       "package typed\n\nfunc F() int { return \"x\" }\n\nvar x, y = undefined, alsoUndefined\n\nfunc G() int { return }\n",
		"typed/typed_test.go":  "package typed\n\nimport \"testing\"\n\nfunc Test(*testing.T) { undefined() }\n",
		"parsed/parsed.go":     "package parsed\n\nfunc F() int { return\n",
		"imported/imported.go": "package imported\n\nimport \"example.com/nosuch\"\n\nvar _ = nosuch.X\n",
		"user/user.go":         "package user\n\nimport \"program/typed\"\n\nvar X = typed.F()\n",
		"cycle/a/a.go":         "package a\n\nimport _ \"program/cycle/b\"\n",
		"cycle/b/b.go":         "package b\n\nimport _ \"program/cycle/a\"\n",
		"mixed/a.go":           "package a\n",
		"mixed/b.go":           "package b\n",
	}
	root := module(t, files)
	typed := []string{
		root + `/typed/typed.go:3:23: cannot use "x" (untyped string constant) as int value in return statement`,
		root + "/typed/typed.go:5:12: undefined: undefined",
		root + "/typed/typed.go:5:23: undefined: alsoUndefined",
		root + "/typed/typed.go:7:16: not enough return values; have (); want (int)",
	}
	const skippedTyped = "ociretry: skipped program/typed: it does not compile"
	for patterns, want := range map[string][]string{
		"./typed":    append(slices.Clone(typed), skippedTyped),
		"./parsed":   {root + "/parsed/parsed.go:3:23: expected ';', found 'EOF'", "ociretry: skipped program/parsed: it does not compile"},
		"./imported": {root + "/imported/imported.go:3:8: no required module provides package example.com/nosuch; to add it: go get example.com/nosuch", "ociretry: skipped program/imported: it does not compile"},
		"./user":     append(slices.Clone(typed[1:3]), "ociretry: skipped program/user: program/typed does not compile"),
		"./user ./typed ./typed/": append(slices.Clone(typed), skippedTyped,
			"ociretry: skipped program/user: program/typed does not compile"),
		"./sound": {root + `/sound/p_test.go:3:28: cannot use "x" (untyped string constant) as int value in return statement`,
			"ociretry: skipped the tests of program/sound: they do not compile", root + "/sound/p.go:5:6: nonretryable: "},
		"./external":  {root + "/external/p_test.go:3:9: undefined: undefined", "ociretry: skipped the tests of program/external: they do not compile"},
		"./mixed":     {"ociretry: found packages a (a.go) and b (b.go) in " + root + "/mixed", "ociretry: skipped "},
		"./cycle/...": {"ociretry: import cycle not allowed", "ociretry: skipped program/cycle/a: it does not compile", "ociretry: skipped program/cycle/b: program/cycle/a does not compile"},
		"./cycle/a":   {"ociretry: import cycle not allowed", "ociretry: skipped "},
		"./sound ./typed": append(append([]string{root + `/sound/p_test.go:3:28: cannot use "x" (untyped string constant) as int value in return statement`,
			"ociretry: skipped the tests of program/sound: they do not compile"}, typed...), skippedTyped, root+"/sound/p.go:5:6: nonretryable: "),
	} {
		got := run(t, root, strings.Fields(patterns)...)
		printed := lines(got.errs)
		ok := got.code == 1 && got.out == "" && len(printed) == len(want)
		for i := 0; ok && i < len(want); i++ {
			ok = strings.HasPrefix(printed[i], want[i])
		}
		if !ok {
			t.Errorf("%s: exit code %d, and\n%swant\n%s", patterns, got.code, got.errs, strings.Join(want, "\n"))
		}
	}
	if got := run(t, root, "-test=false", "./sound"); got.code != 3 || len(lines(got.errs)) != 1 {
		t.Errorf("without tests: %+v", got)
	}
	// In a file with many errors the first ones are told, and how many more there are.
	write(t, root, "typed/typed.go", "package typed\n"+strings.Repeat("\nvar _ = undefined\n", 14))
	got := run(t, root, "./typed")
	if printed := lines(got.errs); len(printed) != 12 || printed[10] != "ociretry: 4 more errors in program/typed" || got.code != 1 {
		t.Errorf("many errors: %+v", got)
	}
	// What JSON holds of a package that is skipped is an error.
	got = run(t, root, "-json", "./sound", "./parsed")
	if got.code != 1 || !strings.Contains(got.errs, "skipped program/parsed") || !strings.Contains(got.out, `"error": `) || !strings.Contains(got.out, `"category": "nonretryable"`) {
		t.Errorf("as JSON: %+v", got)
	}
}

// TestBrokenModule has a go.mod that cannot be read: one line.
func TestBrokenModule(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, root, "go.mod", "module program\n\nnonsense\n")
	write(t, root, "p.go", "package p\n")
	if got := run(t, root, "./..."); got.code != 1 || len(lines(got.errs)) != 1 || !strings.Contains(got.errs, "go.mod:3: ") {
		t.Errorf("%+v", got)
	}
}

// TestWithoutC looks that the command needs no C library, which reserves address space for each thread, and has to be the
// one of the machine that the command was built on.
func TestWithoutC(t *testing.T) {
	t.Parallel()
	needed := start(t, filepath.Join("..", ".."), "go", "list", "-deps", "./cmd/ociretry")
	for _, path := range []string{"net", "os/user", "runtime/cgo"} {
		if needed.code != 0 || slices.Contains(lines(needed.out), path) {
			t.Errorf("exit code %d, and it needs %s: %s", needed.code, path, needed.errs)
		}
	}
}

// TestAddressSpace runs the command where little more address space is to be had than the runtime itself takes.
func TestAddressSpace(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{"p/p.go": everything})
	got := start(t, root, "bash", "-c", "ulimit -v 1500000 && exec \"$0\" ./p", tool(t))
	if got.code != 3 || len(lines(got.errs)) != 1 {
		t.Errorf("%+v", got)
	}
}
