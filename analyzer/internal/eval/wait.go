package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// waitingWords are what the name of something that waits has in it.
var waitingWords = []string{"sleep", "wait", "backoff", "delay", "throttle", "limiter", "retry"}

func hasWaitingWord(name string) bool {
	name = lower(name)
	for _, word := range waitingWords {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// asking are the beginnings of the names of functions that compute or ask something about waiting, and do not wait.
var asking = []string{
	"allow", "nextbackoff", "newticker", "newtimer", "newlimiter", "withbackoff", "newbackoff", "newexponentialbackoff",
	"newconstantbackoff", "reserve", "iswait", "shouldretry", "isretry", "isretryable", "canretry", "getretry", "retrypolicy",
	"retrytoken", "withretry", "newretry", "calculatebackoff", "computebackoff", "backoffduration",
}

// askingOfThem are beginnings that say so of the functions and methods of a limiter, a backoff or their package.
var askingOfThem = []string{
	"try", "new", "with", "set", "get", "tokens", "limit", "burst", "qps", "reset", "stop", "step", "jitter", "interrupted", "string",
}

// speaksOfWaiting reports whether an unknown callee waits by its name, or by that of its receiver's type or its package:
// a limiter's Take and a backoff's Continue do.
func speaksOfWaiting(reference summary.Reference, call *summary.Call) bool {
	name := reference.Name
	if name == "" {
		name = call.Method
	}
	if asksUser(reference) {
		return true
	}
	method := name
	if i := strings.LastIndexAny(name, "./"); i >= 0 {
		method = name[i+1:]
	}
	if beginsWith(method, asking) || isQuestion(method) {
		return false
	}
	return hasWaitingWord(method) || !beginsWith(method, askingOfThem) && hasWaitingWord(belongsTo(reference, call))
}

func beginsWith(name string, beginnings []string) bool {
	name = lower(name)
	for _, beginning := range beginnings {
		if strings.HasPrefix(name, beginning) {
			return true
		}
	}
	return false
}

// isQuestion reports whether a name is one of a question: IsThrottled.
func isQuestion(name string) bool {
	return len(name) > 2 && (name[0] == 'I' || name[0] == 'i') && name[1] == 's' && name[2] >= 'A' && name[2] <= 'Z'
}

// belongsTo names the type and the package that a callee belongs to, without the package's version.
func belongsTo(reference summary.Reference, call *summary.Call) string {
	path, receiver := reference.Package, ""
	if typeName, _, isMethod := strings.Cut(strings.TrimLeft(reference.Name, "(*"), ")."); isMethod {
		receiver = typeName[strings.LastIndexByte(typeName, '.')+1:]
	}
	if call.Mode == summary.InterfaceCall && call.Receiver != "" {
		i := strings.LastIndexByte(call.Receiver, '.')
		path, receiver = call.Receiver[:i], receiver+" "+call.Receiver[i+1:]
	}
	elements := strings.Split(path, "/")
	last := len(elements) - 1
	if last > 0 && isVersion(elements[last]) {
		last--
	}
	return elements[last] + " " + receiver
}

// isVersion reports whether an element of an import path is a major version.
func isVersion(element string) bool {
	number, ok := strings.CutPrefix(element, "v")
	return ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// asksUser reports whether a function reads what somebody types: that takes its time.
func asksUser(reference summary.Reference) bool {
	short := shortName(reference.Name)
	switch reference.Package {
	case "fmt":
		return strings.HasPrefix(short, "Scan") && !strings.HasPrefix(short, "Sscan") || strings.HasPrefix(short, "Fscan")
	case "bufio":
		return strings.HasPrefix(short, "Reader.Read") || short == "Scanner.Scan"
	case "os":
		return short == "File.Read"
	case "golang.org/x/term", "golang.org/x/crypto/ssh/terminal":
		return strings.HasPrefix(short, "Read") || strings.HasPrefix(short, "Terminal.Read")
	}
	return false
}
