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
	terraform: {
		"RetryContext": terraformHelper, "Retry": terraformHelper,
		"StateChangeConf.WaitForState": stateChangeHelper, "StateChangeConf.WaitForStateContext": stateChangeHelper,
	},
	failsafe: {
		"Run": failsafeHelper, "Get": failsafeHelper, "RunWithExecution": failsafeHelper, "GetWithExecution": failsafeHelper,
		"Executor.Run": failsafeHelper, "Executor.Get": failsafeHelper,
		"Executor.RunWithExecution": failsafeHelper, "Executor.GetWithExecution": failsafeHelper,
	},
}

// newest are the latest major versions that are known, of the libraries that have some in their paths.
var newest = map[string]int{"github.com/cenkalti/backoff": 6, "github.com/avast/retry-go": 5, terraform: 2}

// settings are the functions that only make settings for a library: by path, without its major version, and there by
// function or Type.Method. Any other function of these packages is called like one of any package.
var settings = map[string]map[string]bool{
	"github.com/cenkalti/backoff": set("NewExponentialBackOff NewConstantBackOff WithMaxRetries WithContext WithInitialInterval " +
		"WithRandomizationFactor WithMultiplier WithMaxInterval WithMaxElapsedTime WithRetryStopDuration WithClockProvider " +
		"WithBackOff WithNotify WithMaxTries"),
	"github.com/avast/retry-go": set("New NewWithData Attempts AttemptsForError UntilSucceeded Delay MaxDelay MaxJitter DelayType CombineDelay " +
		"OnRetry RetryIf Context WithTimer WrapContextErrorWithLastError LastErrorOnly"),
	"github.com/sethvargo/go-retry": set("NewConstant NewExponential NewFibonacci WithJitter WithJitterPercent WithFullJitter WithMaxRetries " +
		"WithCappedDuration WithMaxDuration"),
	failsafe: set("With NewExecutor WithContext OnDone OnSuccess OnFailure"),
	retryPolicies: set("NewBuilder Builder NewWithDefaults WithDefaults Build HandleErrors HandleErrorTypes " +
		"HandleResult HandleIf AbortOnResult AbortOnErrors AbortOnErrorTypes AbortIf ReturnLastFailure WithMaxAttempts WithMaxRetries " +
		"WithMaxDuration WithDelay WithDelayFunc WithDelayFn WithBackoff WithBackoffFactor WithRandomDelay WithJitter WithJitterFactor " +
		"OnSuccess OnFailure OnAbort OnRetry OnRetryScheduled OnRetriesExceeded"),
}

func set(names string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(names) {
		all[name] = true
	}
	return all
}

// samePackage leads the places at which a library has lived to the one in the table.
var samePackage = map[string]string{
	"github.com/hashicorp/terraform-plugin-sdk/helper/retry": terraform,
	"github.com/hashicorp/terraform/helper/resource":         terraform,
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

// final is how the caller of a helper tells it that an error is final: in words, and whether that is said in the
// operation, about the error that the operation has, or by a function that is asked about what the operation returned.
type final struct {
	words       string
	inOperation bool
}

var finals = map[helper]final{
	backoffHelper:     {"return backoff.Permanent(err)", true},
	avastHelper:       {"return retry.Unrecoverable(err)", true},
	sethvargoHelper:   {"return the error without retry.RetryableError", true},
	pollHelper:        {"return the error", true},
	onErrorHelper:     {"answer false in the function that OnError asks", false},
	terraformHelper:   {"return retry.NonRetryableError(err)", true},
	stateChangeHelper: {"return the error", true},
	failsafeHelper:    {"let the policy abort", false},
}

// finalsOfAsking says the same for helpers that may be given a function to ask, which then is asked in place of the mark.
var finalsOfAsking = map[helper]final{
	avastHelper: {"answer false in RetryIf", false},
}

// Final says how a retry library is told in a call of its that an error is final, and whether that is said in the
// operation; "" when it is none of the table's. A run of the call tells whether the library was given a function to ask.
func (r *Run) Final(call *Chain) (words string, inOperation bool) {
	line := noHelper
	switch {
	case call.Call.Call == nil:
	case call.Call.Call.Mode == summary.InterfaceCall:
		line = failsafeHelper // the table's only interface
	case call.Call.Call.Mode == summary.StaticCall:
		line = libraryFor(call.Function.Owner().References[call.Call.Call.Callee])
	}
	told := finals[line]
	if other, known := finalsOfAsking[line]; known && r.Asked[call.Key] {
		told = other
	}
	return told.words, told.inOperation
}

// libraryFor returns the table's line of a function, noHelper for others.
func libraryFor(reference summary.Reference) helper {
	if !strings.Contains(reference.Package, ".") {
		return noHelper
	}
	path, version := libraryOf(reference.Package)
	if version > newest[path] {
		return noHelper
	}
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
		if !settings[path][in.call.Method] {
			return nil, false
		}
		return one(s, r.setting(s, path, in.call.Method, in.arguments)), true
	}
	if in.function != nil || in.call.Mode != summary.StaticCall || !strings.Contains(in.reference.Package, ".") || in.call.Results != 1 {
		return nil, false
	}
	path, name := in.callee.library, in.callee.short
	if in.callee.mark != nil {
		return r.marked(in, *in.callee.mark), true
	}
	if !in.callee.sets {
		return nil, false
	}
	made := r.setting(s, path, name, in.arguments)
	if name == "NewExponentialBackOff" || name == "NewConstantBackOff" {
		n := *made
		n.Path = in.chainKey() // each call's is another one, whose fields may be set
		made = r.make(n)
	}
	return one(s, made), true
}

// settingField returns what was stored in a field of a setting since it was made, nil if nothing was.
func (r *run) settingField(s *state, setting Value, field string) Value {
	object, known := r.known(settingPrefix + itoa(setting.ID))
	if !known || s.holds(object) == nil {
		return nil
	}
	content := s.holds(object)
	if !isPartial(content) {
		return r.free("set:"+field, 0, content)
	}
	for i, stored := range content.Type.Fields {
		if stored.Name == field {
			return content.Args[i]
		}
	}
	return nil
}

// settingPrefix begins the name of the object that holds what is stored in a setting's fields.
const settingPrefix = "setting:"

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
func isZero(v Value) bool { return isNumber(v) && v.sign() == 0 }

func isNumber(v Value) bool {
	return v.Kind == Constant && (v.ConstKind() == constant.Int || v.ConstKind() == constant.Float)
}

func isOne(v Value) bool {
	n, exact := int64(0), false
	if isNumber(v) {
		n, exact = constant.Int64Val(constant.ToInt(v.Const()))
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
