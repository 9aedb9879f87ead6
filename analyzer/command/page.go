package command

import (
	"regexp"
	"strings"
)

// width is how far text runs. Code keeps its lines.
const width = 88

// forTerminal makes a rule's page readable without a browser: no marks of Markdown, code indented, text wrapped. It
// knows what the pages use: headings, paragraphs, lists, quotes, code in fences and indented code.
func forTerminal(page string) string {
	var b strings.Builder
	for _, block := range blocks(page) {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		b.WriteString(block)
		b.WriteString("\n")
	}
	return b.String()
}

// blocks returns what blank lines are put between.
func blocks(page string) []string {
	var all []string
	lines := strings.Split(strings.ReplaceAll(page, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); {
		line := lines[i]
		switch {
		case line == "":
			i++
		case strings.HasPrefix(line, "```"):
			end := following(lines, i+1, func(s string) bool { return !strings.HasPrefix(s, "```") })
			all = append(all, indent(lines[i+1:end]))
			i = end + 1
		case strings.HasPrefix(line, "    "):
			end := following(lines, i, func(s string) bool { return strings.HasPrefix(s, "    ") })
			all = append(all, strings.Join(lines[i:end], "\n"))
			i = end
		case strings.HasPrefix(line, "#"):
			all = append(all, strings.ToUpper(strings.TrimSpace(strings.TrimLeft(line, "#"))))
			i++
		default:
			end := following(lines, i+1, func(s string) bool { return s != "" && !strings.HasPrefix(s, "```") })
			all = append(all, paragraph(lines[i:end]))
			i = end
		}
	}
	return all
}

// following returns the first line from start on that does not belong.
func following(lines []string, start int, belongs func(string) bool) int {
	for start < len(lines) && belongs(lines[start]) {
		start++
	}
	return start
}

// indent sets code off from text. Tabs would push long lines out of the window.
func indent(code []string) string {
	var lines []string
	for _, line := range code {
		if line != "" {
			line = "    " + strings.ReplaceAll(line, "\t", "    ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// paragraph wraps text, a list whose items may take several lines, or a quoted message.
func paragraph(lines []string) string {
	var items []string
	for _, line := range lines {
		isItem := strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "> ")
		if isItem || len(items) == 0 {
			items = append(items, line)
		} else {
			items[len(items)-1] += " " + strings.TrimSpace(line)
		}
	}
	for i, item := range items {
		mark := ""
		for _, m := range []string{"- ", "> "} {
			if strings.HasPrefix(item, m) {
				mark = m
			}
		}
		hanging := strings.Repeat(" ", 2*len(mark))
		text := wrap(plain(strings.TrimPrefix(item, mark)), hanging)
		if mark != "" {
			text = "  " + mark + strings.TrimPrefix(text, hanging)
		}
		items[i] = text
	}
	return strings.Join(items, "\n")
}

var (
	link     = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	emphasis = regexp.MustCompile(`\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*`)
)

// plain takes the marks out of a text. What stands between backticks is as it is meant.
func plain(text string) string {
	text = link.ReplaceAllString(text, "$1")
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = emphasis.ReplaceAllString(parts[i], "$1$2")
	}
	return strings.Join(parts, "")
}

// wrap breaks a text into lines that begin with the indentation.
func wrap(text, indentation string) string {
	var lines []string
	line := indentation
	for _, word := range strings.Fields(text) {
		if line != indentation && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = indentation
		}
		if line != indentation {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
