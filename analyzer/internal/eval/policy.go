package eval

import (
	"go/token"
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

const intToken = token.INT

// statusCode is a status and a code as the SDK's own tables have them.
type statusCode struct {
	status int
	code   string
}

// retriedByDefault is the SDK's table (retry.go, defaultRetryStatusCodeMap).
var retriedByDefault = map[statusCode]bool{
	{409, "IncorrectState"}: true, {409, "LockConflict"}: true, {429, "TooManyRequests"}: true,
	{501, "MethodNotImplemented"}: false,
}

// RetriedByDefault answers IsErrorRetryableByDefault for a service error as v65.129.0 does (retry.go).
func RetriedByDefault(status int, code string) bool {
	if retried, ok := retriedByDefault[statusCode{status, code}]; ok {
		return retried
	}
	return 500 <= status && status < 505
}

// affected is the SDK's table of errors that eventual consistency explains (eventual_consistency.go).
var affected = map[statusCode]bool{
	{400, "RelatedResourceNotAuthorizedOrNotFound"}: true, {404, "NotAuthorizedOrNotFound"}: true,
	{409, "NotAuthorizedOrResourceAlreadyExists"}: true, {409, "ResourceAlreadyExists"}: true,
	{400, "InsufficientServicePermissions"}: true, {400, "ResourceDisabled"}: true,
}

// sdkFunction evaluates functions of the SDK's common package.
func (r *run) sdkFunction(in *invocation, short string) ([]exit, bool) {
	s, x := in.it.state, in.arguments
	switch short {
	case "IsServiceError", "IsServiceErrorRichInfo", "IsServiceErrorLocalizationMessage":
		asked := []string{"GetHTTPStatusCode", "GetCode", "GetMessage", "GetOpcRequestID"}
		if short != "IsServiceError" {
			asked = append(asked, "GetTargetService", "GetTimestamp")
		}
		if short == "IsServiceErrorLocalizationMessage" {
			asked = append(asked, "GetOriginalMessage")
		}
		failure, is := r.isServiceError(x[0], asked)
		return one(s, failure, is), true
	case "IsErrorRetryableByDefault":
		return one(s, r.aboutError(s, x[0], r.RetriedByDefault, "retryable")), true
	case "IsErrorAffectedByEventualConsistency":
		return one(s, r.aboutError(s, x[0], r.Affected, "affected")), true
	case "IsCircuitBreakerError":
		if x[0].Kind != ServiceError && x[0].Kind != Nil {
			return one(s, r.unprinted(s, x)), true // it compares the text
		}
		return one(s, r.aboutError(s, x[0], func(int, string) (bool, bool) { return false, true }, short)), true
	case "IsNetworkError":
		return one(s, r.aboutError(s, x[0], func(int, string) (bool, bool) { return false, true }, short)), true
	case "DefaultShouldRetryOperation":
		return one(s, r.aboutError(s, r.field(x[0], "Error"), r.RetriedByDefault, "retryable")), true
	case "EventuallyConsistentShouldRetryOperation":
		return one(s, r.eventuallyConsistent(s, x[0])), true
	case "RetryToken":
		value := r.fresh(in.f, in.it, "token", Fresh)
		return one(in.it.state, value), true
	case "String", "Bool", "Int", "Int64", "Uint", "Float32", "Float64":
		s = s.fork()
		object := r.object("box:" + in.chainKey())
		s.store(object, x[0])
		return one(s, r.pointer(object, "")), true
	}
	return r.policyFunction(in, short)
}

// configured executes a client's method that sets its configuration: the one of BaseClient, or a client's own that does the
// same first (v65.129.0: objectstorage_client.go).
func (r *run) configured(in *invocation) []exit {
	s := in.it.state.fork()
	client := in.arguments[0]
	if in.reference.Package != sdk.Common {
		client = r.fieldAddress(s, client, "BaseClient")
	}
	r.store(s, r.fieldAddress(s, client, "Configuration"), in.arguments[1], in.f.function.Owner(), in.instruction)
	return one(s)
}

// aboutError answers a question of the SDK about an error: only the plain service error is looked at.
func (r *run) aboutError(s *state, err Value, question func(status int, code string) (answer, known bool), name string) Value {
	switch err.Kind {
	case ServiceError:
		r.result.Sensitive = true
		answer, known := err.Row.LooksUp(name, question)
		if !known {
			return r.undetermined(name)
		}
		return r.boolean(answer, OnRow)
	case OtherError:
		switch aboutNetwork := name != "affected"; {
		case aboutNetwork && libraryErrorType(err).has("Timeout"):
			return r.boolean(true, Clean)
		case aboutNetwork && err.Text == contextEnded:
			return r.free(name, 0, err)
		}
		return r.boolean(false, Presence)
	case Nil, Wrapped, Flattened:
		return r.boolean(false, Presence)
	case Undetermined:
		return r.undetermined(name)
	case Interface:
		switch {
		case !holdsError(err) && !r.reaches(s, err, 0):
		case hasMethod(err.Type, "GetHTTPStatusCode") && hasMethod(err.Type, "GetCode"):
			return r.undetermined(name)
		default:
			return r.boolean(false, Presence)
		}
	}
	return r.free(name, 0, err)
}

func (r *run) eventuallyConsistent(s *state, response Value) Value {
	err := r.field(response, "Error")
	byDefault := r.aboutError(s, err, r.RetriedByDefault, "retryable")
	if !isFalse(byDefault) {
		return byDefault
	}
	explained := r.aboutError(s, err, r.Affected, "affected")
	if isTrue(explained) {
		return r.free("inside a window", 0)
	}
	return explained
}

// policyFunction evaluates the functions that build policies and their options.
func (r *run) policyFunction(in *invocation, short string) ([]exit, bool) {
	s, x := in.it.state, in.arguments
	if strings.HasPrefix(short, "With") || short == "ReplaceWithValuesFromRetryPolicy" {
		return one(s, r.make(Node{Kind: Option, Text: short, Args: x})), true
	}
	owner := in.f.function.Owner()
	t := owner.TypeAt(in.instruction.Type)
	if t.Kind != summary.StructType {
		return nil, false
	}
	empty := r.expand(r.make(Node{Kind: Zero, Type: t, Owner: owner}))
	switch short {
	case "NoRetryPolicy":
		policy := r.setPolicy(empty, "MaximumNumberAttempts", r.integer(1, Clean))
		policy = r.setPolicy(policy, "ShouldRetryOperation", r.sdkValue(owner, "NoRetry"))
		// Each call has a pause of its own, so that a policy that gets more attempts tells whose it is.
		pause := r.function(owner, summary.Reference{Package: sdk.Common, Name: sdk.Common + "." + noPause}, r.text(in.chainKey(), Clean))
		return one(s, r.setPolicy(policy, "NextDuration", pause)), true
	case "DefaultRetryPolicy":
		return one(s, r.consistentPolicy(owner, r.plainPolicy(owner, empty))), true
	case "DefaultRetryPolicyWithoutEventualConsistency":
		return one(s, r.plainPolicy(owner, empty)), true
	case "NewRetryPolicy":
		policy := r.plainPolicy(owner, empty)
		for i, name := range []string{"MaximumNumberAttempts", "ShouldRetryOperation", "NextDuration"} {
			if i < len(x) {
				policy = r.setPolicy(policy, name, x[i])
			}
		}
		return one(s, policy), true
	case "NewRetryPolicyWithOptions":
		return one(s, r.withOptions(in, owner, empty)), true
	case "EventuallyConsistentRetryPolicy":
		if len(x) == 1 && r.expand(x[0]).Kind == Struct {
			return one(s, r.consistentPolicy(owner, r.expand(x[0]))), true
		}
	}
	return nil, false
}

// noPause is the pause of NoRetryPolicy: zero.
const noPause = "NoPause"

func (r *run) sdkValue(owner *summary.Package, name string) Value {
	return r.function(owner, summary.Reference{Package: sdk.Common, Name: sdk.Common + "." + name})
}

func (r *run) setPolicy(policy Value, field string, value Value) Value {
	return r.with(policy, "/"+field, value, policy.Owner)
}

// plainPolicy is the default policy without eventual consistency (retry.go).
func (r *run) plainPolicy(owner *summary.Package, empty Value) Value {
	policy := r.setPolicy(empty, "MaximumNumberAttempts", r.integer(8, Clean))
	policy = r.setPolicy(policy, "ShouldRetryOperation", r.sdkValue(owner, "DefaultShouldRetryOperation"))
	return r.setPolicy(policy, "NextDuration", r.sdkValue(owner, "DefaultPause"))
}

// consistentPolicy puts eventual consistency around a policy (retry.go, WithEventualConsistency).
func (r *run) consistentPolicy(owner *summary.Package, inner Value) Value {
	if !isNilValue(r.field(inner, "NonEventuallyConsistentPolicy")) {
		return inner
	}
	outer := r.setPolicy(inner, "MaximumNumberAttempts", r.integer(9, Clean))
	outer = r.setPolicy(outer, "ShouldRetryOperation", r.sdkValue(owner, "EventuallyConsistentShouldRetryOperation"))
	outer = r.setPolicy(outer, "NextDuration", r.sdkValue(owner, "DefaultPause"))
	held := r.make(Node{Kind: Interface, Text: "inner policy", Type: inner.Type, Owner: owner, Args: []Value{inner}})
	return r.setPolicy(outer, "NonEventuallyConsistentPolicy", held)
}

func isNilValue(v Value) bool { return v.Kind == Nil }

// withOptions applies an option list to the default policy; an unknown option makes the policy unknown.
func (r *run) withOptions(in *invocation, owner *summary.Package, empty Value) Value {
	options, known := r.elements(in.it.state, in.arguments[0])
	policy := r.consistentPolicy(owner, r.plainPolicy(owner, empty))
	if !known {
		return r.free("policy:"+in.chainKey(), 0, in.arguments...)
	}
	for _, option := range options {
		var ok bool
		if policy, ok = r.applyOption(owner, policy, option); !ok {
			return r.free("policy:"+in.chainKey(), 0, in.arguments...)
		}
	}
	return policy
}

func (r *run) applyOption(owner *summary.Package, policy, option Value) (Value, bool) {
	if option.Kind != Option {
		return nil, false
	}
	set := func(field string, value Value) (Value, bool) { return r.setPolicy(policy, field, value), true }
	switch option.Text {
	case "WithShouldRetryOperation":
		return set("ShouldRetryOperation", option.Args[0])
	case "WithMaximumNumberAttempts":
		return set("MaximumNumberAttempts", option.Args[0])
	case "WithUnlimitedAttempts":
		return set("MaximumNumberAttempts", r.integer(0, Clean))
	case "WithNextDuration":
		return set("NextDuration", option.Args[0])
	case "WithFixedBackoff", "WithExponentialBackoff":
		return set("NextDuration", option)
	case "WithEventualConsistency":
		return r.consistentPolicy(owner, policy), true
	case "ReplaceWithValuesFromRetryPolicy":
		other := r.expand(option.Args[0])
		return other, other.Kind == Struct
	case "WithConditionalOption":
		if isTrue(option.Args[0]) {
			return r.applyOption(owner, policy, option.Args[1])
		}
		if isFalse(option.Args[0]) {
			return policy, true
		}
	}
	return nil, false
}
