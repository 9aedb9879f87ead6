package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// callee is what the name says of something that is called. Calls are run many times, and their names are read once.
type callee struct {
	name    string // of the function, or else of the method
	short   string // Function or Type.Method
	library string // the path in the tables of libraries
	helper  helper
	mark    *libraryMark // how it marks an error, nil for others
	sets    bool         // it only makes settings for a library
	asks    question
	tells   bool // it logs or prints
	queues  bool // it puts work into a queue
}

// named is how a callee is called: a function, or else a method of something of which nothing is known.
type named struct {
	function summary.Reference
	method   string
}

// calleeOf returns what the name says of a function, or where that has none of a method.
func (s *Session) calleeOf(function summary.Reference, method string) *callee {
	name := named{function: function}
	if function.Name == "" {
		name = named{method: method}
	}
	known := s.callees[name]
	if known == nil {
		known = readName(name)
		s.callees[name] = known
	}
	return known
}

func readName(n named) *callee {
	c := &callee{name: n.function.Name, short: shortName(n.function.Name), helper: libraryFor(n.function)}
	if c.name == "" {
		c.name = n.method
	}
	c.tells, c.queues = onlyTells(c.name), queues(c.name)
	path, version := libraryOf(n.function.Package)
	c.library = path
	if version <= newest[path] {
		if entry, known := marks[path+"#"+c.short]; known {
			c.mark = &entry
		}
		c.sets = settings[path][c.short]
	}
	c.asks = questionOf(n.function, path)
	return c
}

// queues reports whether a callee's name says that it puts work into a queue.
func queues(name string) bool {
	name = lower(name)
	short := name[strings.LastIndexByte(name, '.')+1:]
	for _, word := range []string{"enqueue", "requeue", "addafter", "addratelimited", "reschedule", "schedule", "resubmit"} {
		if strings.HasPrefix(short, word) {
			return true
		}
	}
	return strings.Contains(name, "queue") && (strings.HasPrefix(short, "add") || strings.HasPrefix(short, "push") || strings.HasPrefix(short, "put"))
}
