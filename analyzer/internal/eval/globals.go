package eval

import (
	"strings"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// initial returns what a package variable, or an object made by a package's initialisers, holds as long as nobody
// writes to it; false when that cannot be told.
func (r *run) initial(object int) (Value, bool) {
	name := r.names[object-1]
	if global, ok := strings.CutPrefix(name, "global:"); ok {
		path, variable, _ := strings.Cut(global, "#")
		pkg := r.packageAt(path)
		if pkg == nil || pkg.SDK {
			return nil, false
		}
		known := pkg.Global(variable)
		if known == nil || !known.Stable {
			return nil, false
		}
		s := r.initialised(pkg)
		if s == nil {
			return nil, false
		}
		if value := s.holds(object); value != nil {
			return value, true
		}
		if known.Assigned || known.Exported {
			return nil, false
		}
		return r.zero(pkg, known.Type), true
	}
	value, ok := r.made[object]
	return value, ok
}

// initialised runs a package's initialisers once and returns the memory they leave; nil while they are being run or
// when they cannot be followed.
func (s *Session) initialised(pkg *summary.Package) *state {
	if known, ok := s.globals[pkg]; ok {
		return known
	}
	if s.working[pkg] {
		return nil
	}
	s.working[pkg] = true
	s.globals[pkg] = nil
	function := pkg.Function(pkg.Path + ".init")
	if function == nil {
		s.globals[pkg] = newState()
		return s.globals[pkg]
	}
	s.lasting++
	defer func() { s.lasting-- }()
	r := &run{Session: s, quiet: true, root: function, result: newRun(), limit: maxSteps}
	exits := r.execute(&frame{session: s, function: function}, newState())
	if len(exits) == 0 || r.result.Spent {
		return nil
	}
	left := exits[0].state
	for _, other := range exits[1:] {
		left = r.join("init", left, other.state)
	}
	s.globals[pkg] = left
	left.memory.each(func(object int, value Value) { s.made[object] = value })
	delete(s.working, pkg)
	return left
}

// GlobalOf returns the name of the package variable that a value is the address of, or was read from; "" where there is none.
func (s *Session) GlobalOf(v Value) string {
	for v.Kind == Free && (v.Text == "*" || strings.HasPrefix(v.Text, "load:")) && len(v.Args) == 1 {
		v = v.Args[0]
	}
	if v.Kind != Pointer || v.Object > len(s.names) {
		return ""
	}
	global, ok := strings.CutPrefix(s.names[v.Object-1], "global:")
	if !ok {
		return ""
	}
	_, name, _ := strings.Cut(global, "#")
	return name
}

func newRun() *Run {
	return &Run{Exits: map[string]map[string]bool{}, Seconds: map[string]map[string]bool{}, Targets: map[string]*Target{}, Sites: map[string][]*Site{}, first: map[string]*Site{}, changes: map[int]bool{}, appends: map[string]bool{}, Forms: map[string]Form{}, Asked: map[string]bool{}}
}
