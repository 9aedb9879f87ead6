package fate

import (
	"slices"
	"strings"

	"github.com/ociretry/ociretry/analyzer/catalog"
	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// The SDK sends a request under one policy: the request's, else the client's, else that of the process, else the
// environment's, else the operation's own (v65.129.0: the generated client methods, and client.go, newBaseClient).

// force are the policies one of which is in force for a call.
type force struct {
	policies []stored
	own      bool // what the operation starts from
	standard bool // the SDK's default, for all that is known
	unknown  bool // one of which nothing is known
}

// unauthorized is a status of HTTP.
const unauthorized = 401

// Delayed reports whether the SDK by itself may already have waited for a row when a call comes back: a policy that may be
// in force retries it after a pause, or the client of a principal has tried again.
func (s *Survey) Delayed(c *Call, row catalog.Row) bool {
	if row.Status == unauthorized && s.refreshed(c) {
		return true
	}
	if c.force == nil {
		c.force = s.inForce(c)
	}
	if c.force.unknown {
		return true
	}
	prepared := s.prepared(c, row)
	byDefault := prepared != nil && s.mayBeDefault(prepared)
	if byDefault && (c.force.standard || c.force.own && c.starts() != NoPolicy) {
		return true
	}
	for _, policy := range c.force.policies {
		if prepared == nil || s.delays(policy, prepared, row) {
			return true
		}
	}
	return false
}

// mayBeDefault reports whether the default policy retries a row, for all that is known.
func (s *Survey) mayBeDefault(row *eval.Row) bool {
	retried, known := s.Session.RetriedByDefault(row.Row.Status, row.Row.Code)
	return retried || !known
}

// prepared returns a row as a call answers with it.
func (s *Survey) prepared(c *Call, row catalog.Row) *eval.Row {
	for _, known := range s.Session.Rows {
		if known.Row.Status == row.Status && known.Row.Code == row.Code {
			if c.SentWithHead() {
				return s.Session.WithoutBody(known)
			}
			return known
		}
	}
	return nil
}

// delays reports whether a policy may send again after a row, with a pause before. It pauses after its last attempt too. One
// that handles eventual consistency leaves this to its inner policy, but for a window.
func (s *Survey) delays(policy stored, prepared *eval.Row, row catalog.Row) bool {
	switch inner := fieldOf(policy.value, "NonEventuallyConsistentPolicy"); {
	case inner == nil || inner.Kind == eval.Nil: // none
	case inner.Kind != eval.Interface || len(inner.Args) != 1:
		return true
	default:
		if s.delays(stored{inner.Args[0], policy.memory}, prepared, row) {
			return true
		}
	}
	predicate, pause := predicateOf(policy.value), fieldOf(policy.value, "NextDuration")
	if predicate == nil || predicate.Kind != eval.Function {
		return true
	}
	switch {
	case hasSuffix(predicate.Text, ".NoRetry"):
		return false
	case hasSuffix(predicate.Text, ".DefaultShouldRetryOperation"), hasSuffix(predicate.Text, ".EventuallyConsistentShouldRetryOperation"):
		if !s.mayBeDefault(prepared) {
			return false
		}
	default:
		if s.ask(closure{predicate, policy.memory}, prepared).No {
			return false
		}
	}
	return pause == nil || !s.PauseIsZero(&Policy{Pause: pause, Memory: policy.memory}, row)
}

// inForce collects the policies that may be in force for a call.
func (s *Survey) inForce(c *Call) *force {
	f := &force{}
	switch policy := c.Target.Policy; {
	case policy == nil || policy.Kind == eval.Nil:
	case predicateOf(policy) != nil:
		f.policies = append(f.policies, stored{policy, s.memoryOf(predicateOf(policy))})
		return f
	case originOf(policy) == nil:
		f.unknown = true
		return f
	default:
		values, known := s.valuesOf(policy)
		if !known {
			f.standard = true // whoever made the request may have put one into it
			break
		}
		none := false
		for _, one := range values {
			none = f.add(one) || none
		}
		if !none {
			return f
		}
	}
	s.ofClient(f, c, c.Target.Client)
	return f
}

// add notes a policy that may be in force. It reports whether there is none, which leaves it to the next in line.
func (f *force) add(policy stored) (none bool) {
	switch {
	case policy.value.Kind == eval.Nil:
		return true
	case predicateOf(policy.value) != nil:
		f.policies = append(f.policies, policy)
	default:
		f.unknown = true
	}
	return false
}

// ofClient adds the policy that a client has, and those after it in line where it may have none.
func (s *Survey) ofClient(f *force, c *Call, client eval.Value) {
	if isOpen(policyOf(client)) && !madeHere(client) {
		if values, known := s.valuesOf(client); known {
			for _, one := range values {
				s.ofStored(f, c, one)
			}
			return
		}
	}
	s.ofStored(f, c, stored{client, s.memoryOf(predicateOf(policyOf(client)))})
}

// ofStored adds the policy of a client as it was stored somewhere.
func (s *Survey) ofStored(f *force, c *Call, client stored) {
	policy := policyOf(client.value)
	switch {
	case !isOpen(policy):
		if !f.add(stored{policy, client.memory}) {
			return
		}
	case !madeHere(client.value):
		s.anySetting(f, c)
	}
	s.ofProcess(f)
}

// isOpen reports whether nothing is known of the policy in a client's configuration.
func isOpen(policy eval.Value) bool { return policy == nil || policy.Kind == eval.Free }

// anySetting adds what the program puts into the configuration of clients of the call's type.
func (s *Survey) anySetting(f *force, c *Call) {
	clients := s.elsewhere().With(s.set.sets()).Clients
	if client := clientOf(c.Target.Chain); len(clients) == 0 || client != "" && !slices.Contains(clients, "") && !slices.Contains(clients, client) {
		return
	}
	f.unknown = f.unknown || s.elsewhere().Policy
	for _, store := range s.set.policies {
		if len(s.stores[store]) == 0 {
			f.unknown = true
		}
		for _, one := range s.stores[store] {
			f.add(one)
		}
	}
}

// ofProcess adds the policy of the process, and those after it in line where it may have none: the environment's and the
// operation's own.
func (s *Survey) ofProcess(f *force) {
	f.unknown = f.unknown || s.elsewhere().Global
	always := false
	for _, store := range s.set.global {
		set := len(s.stores[store]) > 0 && s.set.always[store]
		for _, one := range s.stores[store] {
			if f.add(one) {
				set = false
			}
		}
		f.unknown = f.unknown || len(s.stores[store]) == 0
		always = always || set
	}
	if always {
		return
	}
	f.own = true
	f.standard = f.standard || s.set.environment || s.elsewhere().Environment
}

// elsewhere returns what the packages set that this one uses.
func (s *Survey) elsewhere() summary.Sets {
	if s.others == nil {
		others := summary.Sets{}
		if s.Session.Others != nil {
			others = s.Session.Others()
		}
		s.others = &others
	}
	return *s.others
}

// policyOf returns the policy in a client's configuration; nil where the client is not known that far.
func policyOf(client eval.Value) eval.Value {
	return fieldOf(fieldOf(fieldOf(client, "BaseClient"), "Configuration"), "RetryPolicy")
}

// clientOf returns the type of the client that an OCI call is a method of, "" where it is behind an interface.
func clientOf(chain *eval.Chain) string {
	if chain.Call.Call == nil || chain.Call.Call.Mode != summary.StaticCall {
		return ""
	}
	return receiverOf(chain.Function.Owner().References[chain.Call.Call.Callee].Name)
}

// madeHere reports whether a client is what a constructor of the SDK has returned, and nothing was set since.
func madeHere(client eval.Value) bool {
	origin := originOf(client)
	return origin != nil && strings.HasPrefix(origin.Text, "call:") && strings.Contains(origin.Text, ".New") && strings.Contains(origin.Text, "ClientWith")
}

// originOf returns what is known of where a value came from: the symbol that it is, or that it was before some of its
// fields were set.
func originOf(v eval.Value) eval.Value {
	for v != nil && (v.Kind == eval.Tuple && len(v.Args) == 1 || v.Kind == eval.Struct && len(v.Args) > 0 && v.Type.Fields[0].Name == eval.Base) {
		v = v.Args[0]
	}
	if v == nil || v.Kind != eval.Free {
		return nil
	}
	return v
}

// refreshed reports whether a call's client may try again after 401 by itself: from v61.0.0 it does so where its provider
// refreshes its token (client.go, RefreshableTokenWrappedCallWithDetails).
func (s *Survey) refreshed(c *Call) bool {
	if s.Session.Version.Lacks(61, 0, 0) {
		return false
	}
	return s.set.principal || s.elsewhere().Principal
}

// memoryOf returns the memory in which a predicate was seen in a policy.
func (s *Survey) memoryOf(predicate eval.Value) *eval.Memory {
	for _, policy := range s.Policies {
		if policy.Predicate == predicate {
			return policy.Memory
		}
	}
	return nil
}

// valuesOf returns what the field may hold that a symbol was read from. It is known where the field is one that only this
// package can fill, and each time that it does so was seen.
func (s *Survey) valuesOf(symbol eval.Value) (values []stored, known bool) {
	key, unexported := s.placeRead(symbol)
	field := s.set.filled[key]
	if field == nil {
		return nil, false
	}
	known = unexported && !field.open
	for _, store := range field.stores {
		known = known && len(s.stores[store]) > 0
		values = append(values, s.stores[store]...)
	}
	return values, known && len(values) > 0
}

// policiesOn returns the policies that a call's request or client is seen to have, known or not which of them it is.
func (s *Survey) policiesOn(c *Call) []eval.Value {
	var policies []eval.Value
	for _, one := range []eval.Value{c.Target.Policy, policyOf(c.Target.Client)} {
		if one != nil && predicateOf(one) != nil {
			policies = append(policies, one)
		}
	}
	if c.Target.Policy != nil {
		values, _ := s.valuesOf(c.Target.Policy)
		for _, one := range values {
			policies = append(policies, one.value)
		}
	}
	if c.Target.Client != nil {
		values, _ := s.valuesOf(c.Target.Client)
		for _, one := range values {
			policies = append(policies, policyOf(one.value))
		}
	}
	return policies
}

// placeRead returns the package variable or the field of a named type that a symbol was read from, and whether this package
// alone can fill it.
func (s *Survey) placeRead(symbol eval.Value) (key string, unexported bool) {
	for symbol.Kind == eval.Tuple && len(symbol.Args) == 1 {
		symbol = symbol.Args[0]
	}
	if name := s.Session.GlobalOf(symbol); name != "" {
		return name, s.isMain() || isUnexported(name[strings.LastIndexByte(name, '.')+1:])
	}
	return s.fieldRead(symbol)
}

// fieldRead returns the field of a named type that a symbol was read from: by way of a parameter of a function of the package.
func (s *Survey) fieldRead(symbol eval.Value) (key string, unexported bool) {
	symbol = originOf(symbol)
	if symbol != nil && symbol.Text == "*" && len(symbol.Args) == 1 {
		symbol = symbol.Args[0] // what the field points at
	}
	if symbol == nil {
		return "", false
	}
	name, isField := strings.CutPrefix(symbol.Text, ".")
	if !isField || len(symbol.Args) != 1 {
		return "", false
	}
	holder, owner := s.typeOf(symbol.Args[0], 0)
	if holder == nil || owner != s.Session.Local {
		return "", false
	}
	typeName := holder.Name[strings.LastIndexByte(holder.Name, '.')+1:]
	return holder.Name + "." + name, s.isMain() || isUnexported(name) || isUnexported(typeName)
}

// isMain reports whether the package is a program's main package, which no other package uses.
func (s *Survey) isMain() bool { return s.Session.Local.Function(s.Session.Local.Path+".main") != nil }

func isUnexported(name string) bool {
	return name != "" && (name[0] == '_' || name[0] >= 'a' && name[0] <= 'z')
}

// maxFields bounds how far a field of a field is followed.
const maxFields = 6

// typeOf returns the type of a symbol that leads to a parameter, nil where it does not.
func (s *Survey) typeOf(symbol eval.Value, depth int) (*summary.Type, *summary.Package) {
	if symbol == nil || symbol.Kind != eval.Free || depth > maxFields {
		return nil, nil
	}
	if function, n := s.Session.ParameterOf(symbol); function != nil {
		return function.Owner().TypeAt(function.Parameters[n]), function.Owner()
	}
	if len(symbol.Args) != 1 {
		return nil, nil
	}
	of, owner := s.typeOf(symbol.Args[0], depth+1)
	switch field, isField := strings.CutPrefix(symbol.Text, "."); {
	case of == nil:
	case symbol.Text == "*" && of.Kind == summary.PointerType:
		return owner.TypeAt(of.Elem), owner
	case isField && of.Kind == summary.StructType:
		for _, known := range of.Fields {
			if known.Name == field {
				return owner.TypeAt(known.Type), owner
			}
		}
	}
	return nil, nil
}
