package command

import "testing"

// TestForTerminal shows each thing that a page may have.
func TestForTerminal(t *testing.T) {
	for page, want := range map[string]string{
		"# name\n":                                "NAME\n",
		"## What it finds\ntext\n":                "WHAT IT FINDS\n\ntext\n",
		"one\ntwo\n\nthree":                       "one two\n\nthree\n",
		"a *b c* d **e f** `g*h*` i":              "a b c d e f g*h* i\n",
		"2 * 3 * 4":                               "2 * 3 * 4\n",
		"see [the\npage](x.md#y), [z](https://z)": "see the page, z\n",
		"- a\n  b\n- c\n":                         "  - a b\n  - c\n",
		"> said: so\n":                            "  > said: so\n",
		"text:\n\n    -x\n    -y\n":               "text:\n\n    -x\n    -y\n",
		"```go\nif x {\n\ty()\n\n}\n```\nafter":   "    if x {\n        y()\n\n    }\n\nafter\n",
		"```\nnever ends\n":                       "    never ends\n\n",
		"a\r\nb\r\n":                              "a b\n",
		"":                                        "",
		"- 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890\n": "  - 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890\n    1234567890\n",
	} {
		if got := forTerminal(page); got != want {
			t.Errorf("%q: got %q, want %q", page, got, want)
		}
	}
}
