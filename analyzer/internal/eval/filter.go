package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/cfg"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// Filter makes the filter of the session's package: what it takes out need not be run. What the instructions in wanted
// store somebody asks for.
func (s *Session) Filter(wanted map[*summary.Instruction]bool) *cfg.Filter {
	return cfg.New(program{s}, s.Local, wanted)
}

// EndsAt reports whether nothing follows the failure of an OCI call, so that no rule can report it: its error is
// returned all the way up, and nothing is sent, asked or set on that way.
func (s *Session) EndsAt(filter *cfg.Filter, target *Target) bool {
	if s.Unfiltered || target.Token != nil && target.Token.Kind == Tuple {
		return false // what goes out with the same token after success is asked about
	}
	var links []cfg.Link
	for link := target.Chain; link != nil; link = link.Up {
		if link.Model != nil || link.Function.LoopBody {
			return false
		}
		links = append(links, cfg.Link{Function: link.Function, Call: link.Call})
	}
	return filter.Ends(links)
}

// program is what a filter asks of a session.
type program struct{ session *Session }

func (p program) Body(owner *summary.Package, reference summary.Reference) *summary.Function {
	return p.session.lookup(owner, reference)
}

func (p program) Helper(reference summary.Reference) bool { return isLibraryCall(reference) }

func (p program) Bodies(function *summary.Function, instruction *summary.Instruction) []*summary.Function {
	s, owner := p.session, function.Owner()
	var found []*summary.Function
	add := func(body *summary.Function) {
		if body != nil {
			found = append(found, body)
		}
	}
	for _, operand := range instruction.Operands {
		if operand.Kind == summary.FunctionRef {
			add(s.lookup(owner, owner.References[operand.N]))
		}
	}
	if call := instruction.Call; call != nil {
		switch call.Mode {
		case summary.StaticCall:
			add(s.lookup(owner, owner.References[call.Callee]))
		case summary.InterfaceCall, summary.DynamicCall:
			add(s.bodyHeld(owner, s.holding(function, instruction.Operands[0]), call.Method))
			add(s.bodyMade(function, instruction))
		}
	}
	return found
}

func (p program) Near() []*summary.Package {
	s := p.session
	near, seen := []*summary.Package{s.Local}, map[string]bool{s.Local.Path: true}
	for _, reference := range s.Local.References {
		if seen[reference.Package] {
			continue
		}
		seen[reference.Package] = true
		if pkg := s.packageAt(reference.Package); pkg != nil && !pkg.SDK {
			near = append(near, pkg)
		}
	}
	return near
}
