package analyzer

import (
	"fmt"
	"go/ast"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
	"github.com/ociretry/ociretry/analyzer/internal/rule"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
	"github.com/ociretry/ociretry/analyzer/rules"
)

// URL is where the linter is documented. A diagnostic carries the address of its rule's page.
const URL = "https://github.com/ociretry/ociretry"

// Analyzer is the linter with its switches as flags: -rules, -catalog and -generated.
var Analyzer = withFlags()

// New makes an analyzer from settings. It fails on rules and on a catalog that cannot be.
func New(settings Settings) (*analysis.Analyzer, error) {
	valid, err := settings.resolve()
	if err != nil {
		return nil, err
	}
	return assemble(func() (*resolved, error) { return valid, nil }), nil
}

func assemble(settings func() (*resolved, error)) *analysis.Analyzer {
	shared := sync.OnceValue(newProcess)
	return &analysis.Analyzer{
		Name: "ociretry", Doc: doc(), URL: URL,
		Run:       func(pass *analysis.Pass) (any, error) { return run(pass, settings, shared) },
		FactTypes: []analysis.Fact{new(bodies)}, ResultType: reflect.TypeFor[*Result](),
	}
}

// Result is what a run leaves behind.
type Result struct {
	Effort Effort
}

// Effort counts what looking at a package took. A package that is looked at as part of another one has none.
type Effort struct {
	Functions int      // that have to do with what the rules ask about
	Skipped   int      // of these, those that were taken out before anything was run
	Sends     int      // places of OCI calls in all these functions
	Calls     int      // OCI calls as the functions that were run come to them, once for each way of calls down to them
	Ended     int      // of these, those that were taken out before they were run on from
	Runs      int      // on from the others
	Spent     []string // functions whose budget of steps was spent: place, name and what that leaves out, in one line
}

func doc() string {
	var b strings.Builder
	b.WriteString("report retries of Oracle Cloud errors that the API error catalog forbids\n\n")
	b.WriteString("ociretry reads code that calls Oracle Cloud Infrastructure through its Go SDK and asks, for each row of the API error catalog, what the code would do if the service answered with it.\n\nRules:\n")
	for _, r := range rule.All() {
		fmt.Fprintf(&b, "  %s: %s\n", r.Name, r.Doc)
	}
	return b.String()
}

func withFlags() *analysis.Analyzer {
	given := &flagged{}
	a := assemble(given.resolve)
	a.Flags.StringVar(&given.Rules, "rules", "", "rules to run, comma-separated; a leading - takes one away; all")
	a.Flags.StringVar(&given.Catalog, "catalog", "", "edition of the error catalog, or a file with rows to add or override")
	a.Flags.BoolVar(&given.Generated, "generated", false, "report in generated files too")
	return a
}

// run analyses one package. Where the settings are wrong it fails, but not before the facts are exported: they do not
// depend on settings, and a driver that looks at dependencies for their facts alone passes over the failure and keeps
// the facts.
func run(pass *analysis.Pass, settings func() (*resolved, error), shared func() *process) (any, error) {
	valid, invalid := settings()
	if invalid != nil && len(pass.Analyzer.FactTypes) == 0 {
		return nil, invalid
	}
	if skipped(pass) {
		return &Result{}, invalid
	}
	if len(pass.Analyzer.FactTypes) == 0 {
		findings, effort := shared().findings(pass, valid)
		emit(pass, valid, findings)
		return &Result{effort}, nil
	}
	recogniser, dependency := sdk.NewRecogniser(), isDependency(pass)
	isSDK, reaches := recogniser.IsSDK(pass.Pkg), recogniser.ImportsSDK(pass.Pkg)
	if !isSDK && dependency && !reaches {
		return &Result{}, invalid
	}
	known := map[string]*summary.Package{}
	for _, fact := range pass.AllPackageFacts() {
		if b, ok := fact.Fact.(*bodies); ok && b.pkg != nil {
			known[b.pkg.Path] = b.pkg
			reaches = reaches || b.reaches
		}
	}
	version := soleVersion(slices.Collect(maps.Values(known)))
	if isSDK {
		var made *summary.Package
		if recogniser.IsCommon(pass.Pkg) {
			made = summary.Common(pass.Pkg.Path(), pass.Files)
		} else {
			made = summary.Defaults(pass.Pkg.Path(), pass.Files)
			made.Version = version
		}
		pass.ExportPackageFact(&bodies{pkg: made, reaches: true})
		return &Result{}, invalid
	}
	lowered := lower(summary.Source{Fset: pass.Fset, Files: pass.Files, Package: pass.Pkg, Info: pass.TypesInfo, Recogniser: recogniser}, dependency)
	// A driver hands a package the facts of those that it imports itself, so what lies below them is handed on.
	others := summary.Sets{}
	for _, pkg := range known {
		others = others.With(pkg.Sets)
	}
	lowered.Sets, lowered.Version = fate.Sets(lowered).With(others), version
	pass.ExportPackageFact(&bodies{pkg: lowered, reaches: reaches})
	if invalid != nil {
		return nil, invalid
	}
	result := &Result{}
	var findings []report.Finding
	// Without the SDK in reach there is nothing to find, and a large program is mostly such packages.
	if reaches && !dependency {
		from := func(path string) *summary.Package { return known[path] }
		findings, result.Effort = look(pass, valid, lowered, world{bodies: from, services: from, version: version, sets: func() summary.Sets { return others }})
	}
	emit(pass, valid, findings)
	return result, nil
}

// lower lowers a package and marks the functions in whose place nothing is reported.
func lower(source summary.Source, dependency bool) *summary.Package {
	lowered, _ := summary.Lower(source)
	var generated []*ast.File
	for _, file := range source.Files {
		if report.IsGenerated(file) {
			generated = append(generated, file)
		}
	}
	for _, function := range lowered.Functions {
		function.Dependency = dependency
		function.Generated = slices.ContainsFunc(generated, func(file *ast.File) bool {
			return file.FileStart <= function.Pos && function.Pos < file.FileEnd
		})
	}
	return lowered
}

// emit reports what is not silenced.
func emit(pass *analysis.Pass, settings *resolved, findings []report.Finding) {
	report.Emit(pass, findings, report.Options{
		RuleNames: rule.Names(), Enabled: func(name string) bool { return settings.enabled[name] },
		Generated: settings.Generated, LeaveNolint: settings.Nolint,
		URL: rules.URL,
	})
}

// world is what is known of other packages: what they hold, what the SDK's service packages say of their operations, and
// which version of the SDK it is.
type world struct {
	bodies, services func(path string) *summary.Package
	version          sdk.Version
	sets             func() summary.Sets // what the packages set that this one imports
}

// soleVersion returns the version that all packages of which it is known have; none is known where they differ.
func soleVersion(packages []*summary.Package) sdk.Version {
	version := sdk.Version{}
	for _, pkg := range packages {
		switch {
		case !pkg.Version.Known:
		case !version.Known:
			version = pkg.Version
		case pkg.Version != version:
			return sdk.Version{}
		}
	}
	return version
}

// look runs the enabled rules over a package.
func look(pass *analysis.Pass, settings *resolved, lowered *summary.Package, others world) ([]report.Finding, Effort) {
	services := others.services
	session := eval.NewSession(lowered, settings.table, others.bodies)
	session.Services, session.Others = services, others.sets
	for _, file := range pass.Files {
		session.Files = append(session.Files, file.FileStart)
	}
	session.Unfiltered = settings.Unfiltered
	session.For(others.version)
	survey := fate.Look(session, func(service, operation string) fate.OwnPolicy {
		pkg := services(service)
		if pkg == nil || !pkg.Known {
			return fate.UnknownPolicy
		}
		for _, name := range pkg.Defaults {
			if name == operation {
				return fate.DefaultPolicy
			}
		}
		return fate.NoPolicy
	}, func(function *summary.Function) bool {
		return function.Dependency || function.Generated && !settings.Generated
	})
	in := &rule.Input{Survey: survey, Catalog: settings.table, Files: pass.Files, Info: pass.TypesInfo, Fset: pass.Fset, Package: pass.Pkg}
	var findings []report.Finding
	for _, r := range rule.All() {
		if settings.enabled[r.Name] {
			findings = append(findings, r.Find(in)...)
		}
	}
	return findings, effortOf(pass, &survey.Effort)
}

// effortOf puts what a survey took into words that need no bodies.
func effortOf(pass *analysis.Pass, counted *fate.Effort) Effort {
	e := Effort{
		Functions: counted.Functions, Skipped: counted.Skipped, Sends: counted.Sends,
		Calls: counted.Calls, Ended: counted.Ended, Runs: counted.Runs,
	}
	for _, spent := range counted.Spent {
		what := "of some calls it is not known what they lead to"
		if spent.Whole {
			what = "nothing is known of its calls"
		}
		e.Spent = append(e.Spent, fmt.Sprintf("%s: %s spent its budget: %s", pass.Fset.Position(spent.Function.Pos), spent.Function.Name, what))
	}
	return e
}

// skipped reports whether a package is one of the standard library's, which are modelled.
func skipped(pass *analysis.Pass) bool {
	return (pass.Module == nil || pass.Module.Path == "" || pass.Module.Path == "std") && isStandard(pass.Pkg.Path()) && !underBazel(pass)
}

// isStandard reports whether a path looks like one of the standard library's.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first != "main" && first != "command-line-arguments"
}

// isDependency reports whether a package belongs to another module than the one under analysis. Bazel has the sources
// of other repositories in a folder named external, and what it makes of them in bazel-out/PLATFORM/bin/external.
func isDependency(pass *analysis.Pass) bool {
	if !underBazel(pass) {
		return pass.Module != nil && pass.Module.Version != ""
	}
	parts := strings.Split(filepath.ToSlash(firstFile(pass)), "/")
	if len(parts) > 3 && parts[0] == "bazel-out" {
		parts = parts[3:]
	}
	return parts[0] == "external"
}

// underBazel reports whether nogo runs the pass. It knows no modules, names files from the folder that it runs in, and
// does not analyse the standard library; a path without a dot is then one of the program's.
func underBazel(pass *analysis.Pass) bool {
	return pass.Module == nil && len(pass.Files) > 0 && !filepath.IsAbs(firstFile(pass))
}

func firstFile(pass *analysis.Pass) string { return pass.Fset.File(pass.Files[0].FileStart).Name() }
