package eval

import (
	"go/constant"
	"strconv"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// helper is how a call of a retry library is read.
type helper uint8

// The ways.
const (
	noHelper helper = iota
	backoffHelper
	avastHelper
	sethvargoHelper
	pollHelper
	onErrorHelper
	onConflictHelper
	terraformHelper
	stateChangeHelper
	failsafeHelper
)

// read reads a call; nil when its settings or its operation cannot be told.
func (h helper) read(r *run, in *invocation) *rounds {
	switch h {
	case backoffHelper:
		return readBackoff(r, in)
	case avastHelper:
		return readAvast(r, in)
	case sethvargoHelper:
		return readSethvargo(r, in)
	case pollHelper:
		return readPoll(r, in)
	case onErrorHelper:
		return readOnError(r, in)
	case onConflictHelper:
		return readOnConflict(r, in)
	case terraformHelper:
		return readTerraform(r, in)
	case stateChangeHelper:
		return readStateChange(r, in)
	case failsafeHelper:
		return readFailsafe(r, in)
	}
	return nil
}

// libraries is the table, by import path without its major version, and there by function or Type.Method. What a line
// says was read in the library's source and is proved against the library by testdata/flow/libraries.
var libraries = map[string]map[string]helper{
	"github.com/cenkalti/backoff": {
		"Retry": backoffHelper, "RetryWithData": backoffHelper,
		"RetryNotify": backoffHelper, "RetryNotifyWithData": backoffHelper,
		"RetryNotifyWithTimer": backoffHelper, "RetryNotifyWithTimerAndData": backoffHelper,
	},
	"github.com/avast/retry-go": {
		"Do": avastHelper, "DoWithData": avastHelper,
		"Retrier.Do": avastHelper, "RetrierWithData.Do": avastHelper,
	},
	"github.com/sethvargo/go-retry": {
		"Do": sethvargoHelper, "DoValue": sethvargoHelper,
		"Exponential": sethvargoHelper, "Constant": sethvargoHelper, "Fibonacci": sethvargoHelper,
	},
	"k8s.io/apimachinery/pkg/util/wait": {
		"Poll": pollHelper, "PollWithContext": pollHelper, "PollUntil": pollHelper, "PollUntilWithContext": pollHelper,
		"PollInfinite": pollHelper, "PollInfiniteWithContext": pollHelper,
		"PollImmediate": pollHelper, "PollImmediateWithContext": pollHelper,
		"PollImmediateUntil": pollHelper, "PollImmediateUntilWithContext": pollHelper,
		"PollImmediateInfinite": pollHelper, "PollImmediateInfiniteWithContext": pollHelper,
		"PollUntilContextCancel": pollHelper, "PollUntilContextTimeout": pollHelper,
		"ExponentialBackoff": pollHelper, "ExponentialBackoffWithContext": pollHelper,
	},
	"k8s.io/client-go/util/retry": {"OnError": onErrorHelper, "RetryOnConflict": onConflictHelper},
	"github.com/hashicorp/terraform-plugin-sdk/helper/resource": {
		"RetryContext": terraformHelper, "Retry": terraformHelper,
		"StateChangeConf.WaitForState": stateChangeHelper, "StateChangeConf.WaitForStateContext": stateChangeHelper,
	},
	"github.com/failsafe-go/failsafe-go": {
		"Run": failsafeHelper, "Get": failsafeHelper, "RunWithExecution": failsafeHelper, "GetWithExecution": failsafeHelper,
		"Executor.Run": failsafeHelper, "Executor.Get": failsafeHelper,
		"Executor.RunWithExecution": failsafeHelper, "Executor.GetWithExecution": failsafeHelper,
	},
}

// settingPackages are packages outside the table whose functions make settings for it.
var settingPackages = map[string]string{
	"github.com/failsafe-go/failsafe-go/retrypolicy": "github.com/failsafe-go/failsafe-go",
}

// samePackage leads the places at which a library has lived to the one in the table.
var samePackage = map[string]string{
	"github.com/hashicorp/terraform-plugin-sdk/helper/retry": "github.com/hashicorp/terraform-plugin-sdk/helper/resource",
	"github.com/hashicorp/terraform/helper/resource":         "github.com/hashicorp/terraform-plugin-sdk/helper/resource",
}

// libraryOf returns the table's path of a library's package and its major version, 0 for one that is not in its path.
func libraryOf(path string) (library string, version int) {
	parts := strings.Split(path, "/")
	kept := parts[:0:0]
	for _, part := range parts {
		if number, ok := strings.CutPrefix(part, "v"); ok && number != "" && strings.Trim(number, "0123456789") == "" {
			version, _ = strconv.Atoi(number)
			continue
		}
		kept = append(kept, part)
	}
	library = strings.Join(kept, "/")
	if same, ok := samePackage[library]; ok {
		library = same
	}
	return library, version
}

// finals say for each kind of helper how its caller tells it that an error is final.
var finals = map[helper]string{
	backoffHelper:     "return backoff.Permanent(err)",
	avastHelper:       "return retry.Unrecoverable(err), or answer false in RetryIf,",
	sethvargoHelper:   "return the error without retry.RetryableError",
	pollHelper:        "return the error",
	onErrorHelper:     "answer false in the function that OnError asks",
	terraformHelper:   "return retry.NonRetryableError(err)",
	stateChangeHelper: "return the error",
	failsafeHelper:    "let the policy abort",
}

// Final says how a retry library is told in a call of its that an error is final; "" when it is none of the table's.
func Final(call *Chain) string {
	switch {
	case call.Call.Call == nil:
		return ""
	case call.Call.Call.Mode == summary.InterfaceCall:
		return finals[failsafeHelper] // the table's only interface
	case call.Call.Call.Mode != summary.StaticCall:
		return ""
	}
	return finals[libraryFor(call.Function.Owner().References[call.Call.Call.Callee])]
}

// libraryFor returns the table's line of a function, noHelper for others.
func libraryFor(reference summary.Reference) helper {
	if !strings.Contains(reference.Package, ".") {
		return noHelper
	}
	path, _ := libraryOf(reference.Package)
	return libraries[path][shortName(reference.Name)]
}

// libraryMethod returns the table's line of a method that is called on settings through an interface.
func libraryMethod(in *invocation) helper {
	if in.call.Mode != summary.InterfaceCall || in.value.Kind != Option {
		return noHelper
	}
	path, _, _ := strings.Cut(in.value.Text, "#")
	return libraries[path]["Executor."+in.call.Method]
}

// shortName returns Function or Type.Method of a reference's name.
func shortName(name string) string {
	receiver, method, isMethod := strings.Cut(strings.TrimPrefix(name, "("), ").")
	if !isMethod {
		name, _, _ = strings.Cut(name, "[")
		return name[strings.LastIndexByte(name, '.')+1:]
	}
	receiver, _, _ = strings.Cut(receiver, "[")
	return receiver[strings.LastIndexByte(receiver, '.')+1:] + "." + method
}

// librarySetting executes the functions of the table's packages that only make settings or mark errors: the result
// says what was called with what.
func (r *run) librarySetting(in *invocation) ([]exit, bool) {
	s := in.it.state
	if in.call.Mode == summary.InterfaceCall && in.value.Kind == Option && strings.Contains(in.value.Text, "#") {
		path, _, _ := strings.Cut(in.value.Text, "#")
		return one(s, r.setting(s, path, in.call.Method, in.arguments)), true
	}
	if in.function != nil || in.call.Mode != summary.StaticCall || !strings.Contains(in.reference.Package, ".") {
		return nil, false
	}
	path, _ := libraryOf(in.reference.Package)
	if _, known := libraries[path]; !known && settingPackages[path] == "" || in.call.Results != 1 {
		return nil, false
	}
	name := shortName(in.reference.Name)
	if marks[path+"#"+name] {
		return one(s, r.marked(markOrigin(in.reference)+"#"+name, in.arguments[0])), true
	}
	if len(name) > 0 && (name[0] < 'A' || name[0] > 'Z') || unasked[path+"#"+name] {
		return nil, false
	}
	return one(s, r.setting(s, path, name, in.arguments)), true
}

// unasked are functions of the table's packages that are no settings: their answers are as unknown as any.
var unasked = map[string]bool{
	"github.com/avast/retry-go#IsRecoverable": true,
	"github.com/cenkalti/backoff#NewTicker":   true, "github.com/cenkalti/backoff#NewTickerWithTimer": true,
}

// setting is a value that a library's function made: its name and what it was given.
func (r *run) setting(s *state, path, name string, arguments []Value) Value {
	var flat []Value
	for _, argument := range arguments {
		if elements, known := r.elements(s, argument); known {
			argument = r.make(Node{Kind: Array, Args: elements})
		}
		flat = append(flat, argument)
	}
	return r.make(Node{Kind: Option, Text: path + "#" + name, Args: flat})
}

// settingName returns the name of a setting of the table's libraries, and its value, seen through an interface.
func settingName(v Value) (name string, setting Value) {
	for v.Kind == Interface && len(v.Args) == 1 && v.Args[0].Kind == Option {
		v = v.Args[0]
	}
	if v.Kind != Option {
		return "", v
	}
	_, name, _ = strings.Cut(v.Text, "#")
	return name, v
}

// marks are the functions that mark an error for their library.
var marks = map[string]bool{
	"github.com/cenkalti/backoff#Permanent":                                       true,
	"github.com/cenkalti/backoff#RetryAfter":                                      true,
	"github.com/avast/retry-go#Unrecoverable":                                     true,
	"github.com/sethvargo/go-retry#RetryableError":                                true,
	"github.com/hashicorp/terraform-plugin-sdk/helper/resource#RetryableError":    true,
	"github.com/hashicorp/terraform-plugin-sdk/helper/resource#NonRetryableError": true,
}

const markPrefix = "mark:"

// markOrigin names the library and the version whose mark it is: another version's is another type.
func markOrigin(reference summary.Reference) string {
	path, version := libraryOf(reference.Package)
	return path + "@" + strconv.Itoa(version)
}

// marked puts a library's mark on an error; nil stays nil, but for Unrecoverable.
func (r *run) marked(name string, err Value) Value {
	switch err.Kind {
	case Nil:
		if !strings.HasSuffix(name, "Unrecoverable") {
			return err
		}
	case Undetermined:
		return err
	case Constant: // RetryAfter's seconds
		return r.make(Node{Kind: Wrapped, Text: markPrefix + name, Args: []Value{r.make(Node{Kind: OtherError, Text: "retry after"})}})
	}
	return r.wrap(markPrefix+name, err, r.textOf(err))
}

// markOf looks for a library's mark in an error's chain, or with deep unset at its head alone. It returns whether it
// is there, as a condition, and the error below it.
func (r *run) markOf(in *invocation, s *state, err Value, mark, typeName string, deep bool) (is, inner Value) {
	for range maxChain {
		switch err.Kind {
		case Undetermined:
			return r.undetermined("mark"), err
		case Free:
			return r.free("mark:"+mark, 0, err), err
		case Wrapped:
			if err.Text == markPrefix+markOrigin(in.reference)+"#"+mark {
				return r.boolean(true, Presence), err.Args[0]
			}
			if err.Text == "join" {
				return r.undetermined("mark among several errors"), err
			}
			if !deep {
				return r.boolean(false, Presence), err
			}
			err = err.Args[0]
			continue
		case Interface:
			if strings.HasSuffix(err.Type.Name, "."+typeName) && len(err.Args) == 1 {
				held := r.field(r.load(s, err.Args[0], in.f.function.Owner(), -1), "Err")
				return r.boolean(true, Presence), held
			}
			if !deep {
				return r.boolean(false, Presence), err
			}
			next, known := r.unwrapMethod(in.at(s), err)
			if !known {
				return r.undetermined("mark"), err
			}
			err = next
			continue
		}
		return r.boolean(false, Presence), err
	}
	return r.undetermined("mark"), err
}

// at returns the invocation as it stands in another state: what was made since is behind its addresses there.
func (in *invocation) at(s *state) *invocation {
	moved, it := *in, *in.it
	it.state = s
	moved.it = &it
	return &moved
}

// not negates a condition.
func (r *run) not(condition Value) Value {
	switch {
	case isTrue(condition), isFalse(condition):
		return r.boolean(isFalse(condition), condition.Taint)
	case condition.Kind == Undetermined:
		return condition
	}
	return r.free("!", 0, condition)
}

// isZero reports whether a value is the number zero, and isNumber whether it is a known number.
func isZero(v Value) bool { return isNumber(v) && constant.Sign(v.Const) == 0 }

func isNumber(v Value) bool {
	return v.Kind == Constant && (v.Const.Kind() == constant.Int || v.Const.Kind() == constant.Float)
}

func isOne(v Value) bool {
	n, exact := int64(0), false
	if isNumber(v) {
		n, exact = constant.Int64Val(constant.ToInt(v.Const))
	}
	return exact && n == 1
}

// delayOf says whether a pause that a setting names is one.
func delayOf(v Value) delay {
	switch {
	case isZero(v):
		return never
	case isNumber(v):
		return waits
	}
	return perhaps
}
