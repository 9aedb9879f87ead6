package analyzer

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/ociretry/ociretry/analyzer/internal/fate"
	"github.com/ociretry/ociretry/analyzer/internal/report"
	"github.com/ociretry/ociretry/analyzer/internal/sdk"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// InOneProcess turns an analyzer into one without facts, for drivers that load all packages into one process and run
// a pass for each at the same time. An analyzer with facts makes such a driver load the syntax of every dependency,
// the whole SDK too, at many times the cost. Here the passes hand each other their packages' bodies instead, and what
// no pass has is loaded when somebody asks for it. The findings are the same. What is known of a package's types is given
// up when its pass has no more use for it, so such a driver runs no other analyzer on its packages.
func InOneProcess(a *analysis.Analyzer) *analysis.Analyzer {
	a.FactTypes = nil
	return a
}

// process is what the passes of one analyzer share in one process.
type process struct {
	recogniser *sdk.Recogniser
	turns      *turns

	mutex      sync.Mutex
	sources    map[*types.Package]*source
	running    int                    // passes that have yet to end
	users      map[*types.Package]int // how many of them can ask for a package's bodies
	registered time.Time              // when a pass registered last

	loading  sync.Mutex
	loaded   map[string]*summary.Package  // by path; nil for what cannot be had
	awaiting map[string]*packages.Package // loaded with others, for whoever asks first
	imported map[string]*types.Package    // what loaded packages import
	services map[*types.Package]*summary.Package
	folders  map[string]string // where packages lie, by path, for those whose positions do not tell
}

// source is a package of a pass. It is lowered when somebody needs it first, by whoever that is, and so is it looked at.
type source struct {
	pass  *analysis.Pass
	size  int // of its files
	lower func() *summary.Package

	looked   sync.Once
	findings []report.Finding
	effort   Effort

	mutex   sync.Mutex
	pkg     *summary.Package
	judged  bool // the pass has its findings: of the package only its bodies are of use to others
	dropped bool // and nobody is left who can ask for them
}

// get returns the package's bodies, nil when they have been dropped.
func (s *source) get() *summary.Package {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.pkg == nil && !s.dropped {
		s.pkg = s.lower()
		s.forgetTypes()
	}
	return s.pkg
}

// judge notes that the pass has its findings.
func (s *source) judge() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.judged = true
	s.forgetTypes()
}

// drop gives the bodies up.
func (s *source) drop() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.judged {
		s.pkg, s.dropped = nil, true
		s.forgetTypes()
	}
}

// forgetTypes gives up what is known of the types of the package's expressions, which is more than its bodies take, when
// neither the pass nor lowering needs it. The caller holds the mutex.
func (s *source) forgetTypes() {
	if s.judged && (s.pkg != nil || s.dropped) {
		*s.pass.TypesInfo = types.Info{}
	}
}

func newProcess() *process {
	return &process{
		recogniser: sdk.NewRecogniser(), turns: newTurns(),
		sources: map[*types.Package]*source{}, users: map[*types.Package]int{}, loaded: map[string]*summary.Package{}, awaiting: map[string]*packages.Package{},
		imported: map[string]*types.Package{}, services: map[*types.Package]*summary.Package{}, folders: map[string]string{},
	}
}

// register announces a pass's package.
func (p *process) register(pass *analysis.Pass) *source {
	made := &source{pass: pass, size: sizeOf(pass.Files), lower: func() *summary.Package {
		return lower(summary.Source{Fset: pass.Fset, Files: pass.Files, Package: pass.Pkg, Info: pass.TypesInfo, Recogniser: p.recogniser}, isDependency(pass))
	}}
	p.turns.announce(made)
	closure := closureOf(pass.Pkg)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.sources[pass.Pkg], p.registered = made, time.Now()
	p.running++
	for _, pkg := range closure {
		p.users[pkg]++
	}
	return made
}

// leave notes that a pass asks for no more bodies, and drops those that no other can ask for. Where no other runs, the next
// one may yet have to begin.
func (p *process) leave(s *source) {
	closure := closureOf(s.pass.Pkg)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.running--
	for _, pkg := range closure {
		p.users[pkg]--
		if used := p.sources[pkg]; used != nil && p.users[pkg] == 0 && p.running > 0 {
			used.drop()
		}
	}
}

// closureOf returns a package and those that it imports, itself or through others, by path.
func closureOf(pkg *types.Package) map[string]*types.Package {
	closure := map[string]*types.Package{}
	var add func(pkg *types.Package)
	add = func(pkg *types.Package) {
		if closure[pkg.Path()] != nil {
			return
		}
		closure[pkg.Path()] = pkg
		for _, imported := range pkg.Imports() {
			add(imported)
		}
	}
	add(pkg)
	return closure
}

// findings looks at a pass's package. A package that is there once more with its test files is looked at in that form
// alone, as go vet does: what is found there in the files of both is what is found here.
func (p *process) findings(pass *analysis.Pass, settings *resolved) ([]report.Finding, Effort) {
	own := p.register(pass)
	defer p.leave(own)
	if p.recogniser.IsSDK(pass.Pkg) || isDependency(pass) || !p.view(pass).matters() {
		p.turns.withdraw(own)
		return nil, Effort{}
	}
	tested := p.tested(own)
	if tested == nil {
		defer own.judge()
		p.look(own, settings)
		return own.findings, own.effort
	}
	p.turns.withdraw(own)
	own.judge()
	p.look(tested, settings)
	return slices.DeleteFunc(slices.Clone(tested.findings), func(f report.Finding) bool {
		return !slices.ContainsFunc(pass.Files, func(file *ast.File) bool { return file.FileStart <= f.Pos && f.Pos < file.FileEnd })
	}), Effort{}
}

// look runs the rules over a package once, whichever pass asks first.
func (p *process) look(s *source, settings *resolved) {
	s.looked.Do(func() {
		p.turns.take(s)
		defer p.turns.end(s)
		v := p.view(s.pass)
		s.findings, s.effort = look(s.pass, settings, s.get(), world{bodies: v.bodies, services: v.defaults, version: v.version(), sets: v.sets})
	})
}

// tested returns the package of another pass that is a package's own files, as the driver has parsed them once, and its
// test files beside; nil where there is none.
func (p *process) tested(s *source) *source {
	p.settled()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var whole *source
	most := len(s.pass.Files)
	for _, other := range p.sources {
		if other.pass.Pkg.Path() == s.pass.Pkg.Path() && len(other.pass.Files) > most &&
			!slices.ContainsFunc(s.pass.Files, func(file *ast.File) bool { return !slices.Contains(other.pass.Files, file) }) {
			whole, most = other, len(other.pass.Files)
		}
	}
	return whole
}

// settle is how long no pass has to register before one that has not is taken for one that will not. The passes
// register before they do anything else, so this decides how a package is had, never what is found.
const settle = 50 * time.Millisecond

// settled waits for passes that have yet to begin.
func (p *process) settled() {
	for {
		p.mutex.Lock()
		quiet := time.Since(p.registered)
		p.mutex.Unlock()
		if quiet > settle {
			return
		}
		time.Sleep(settle - quiet + time.Millisecond)
	}
}

// source returns the package of a pass, waiting for passes that have yet to begin; nil when there is no such pass.
func (p *process) source(pkg *types.Package) *source {
	p.mutex.Lock()
	found := p.sources[pkg]
	p.mutex.Unlock()
	if found != nil {
		return found
	}
	p.settled()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.sources[pkg]
}

// view is the packages as one pass can reach them.
type view struct {
	process *process
	pass    *analysis.Pass
	closure map[string]*types.Package
	known   map[string]*summary.Package
}

func (p *process) view(pass *analysis.Pass) *view {
	return &view{process: p, pass: pass, closure: closureOf(pass.Pkg), known: map[string]*summary.Package{}}
}

// matters reports whether a package can have to do with the SDK: it, or something it imports, is part of it. What a
// package loaded without its source imports is not fully known; such a package of the program counts.
func (v *view) matters() bool {
	for _, pkg := range v.closure {
		if v.process.recogniser.IsCommon(pkg) || pkg != v.pass.Pkg && inModule(v.pass, pkg.Path()) && v.process.source(pkg) == nil {
			return true
		}
	}
	return false
}

// bodies returns another package's bodies, nil when they are not to be had.
func (v *view) bodies(path string) *summary.Package {
	if known, ok := v.known[path]; ok {
		return known
	}
	found := v.find(path)
	v.known[path] = found
	return found
}

func (v *view) find(path string) *summary.Package {
	pkg := v.closure[path]
	if pkg != nil {
		if v.process.recogniser.IsSDK(pkg) {
			return nil
		}
		if source := v.process.source(pkg); source != nil {
			if bodies := source.get(); bodies != nil {
				return bodies
			}
		}
	}
	return v.process.load(v, path, pkg)
}

// inModule reports whether a path lies in the module that a pass belongs to.
func inModule(pass *analysis.Pass, path string) bool {
	return pass.Module != nil && pass.Module.Path != "" && (path == pass.Module.Path || strings.HasPrefix(path, pass.Module.Path+"/"))
}

// load loads a package that no pass has, if it is one whose bodies count: of the program, or of a module that uses
// the SDK.
func (p *process) load(v *view, path string, pkg *types.Package) *summary.Package {
	p.loading.Lock()
	defer p.loading.Unlock()
	if known, ok := p.loaded[path]; ok {
		return known
	}
	p.loaded[path] = nil
	if pkg == nil {
		pkg = p.imported[path]
	}
	if pkg == nil || p.recogniser.IsSDK(pkg) || !inModule(v.pass, path) && (isStandard(path) || !p.usesSDK(v, pkg)) {
		return nil
	}
	found := p.syntax(v, path)
	if found == nil || len(found.Errors) > 0 || found.IllTyped {
		return nil
	}
	for _, imported := range found.Types.Imports() {
		p.imported[imported.Path()] = imported
	}
	dependency := found.Module != nil && found.Module.Version != ""
	p.loaded[path] = lower(summary.Source{Fset: found.Fset, Files: found.Syntax, Package: found.Types, Info: found.TypesInfo, Recogniser: p.recogniser}, dependency)
	return p.loaded[path]
}

// syntax returns the syntax and types of a package that no pass has, nil where they are not to be had. Loading takes the
// go command a while, and what the package imports is loaded with it, so the program's other packages that will be asked
// for, because passes import them, are loaded at the same time. The caller holds loading.
func (p *process) syntax(v *view, path string) *packages.Package {
	if p.awaiting[path] == nil {
		// The positions are those of the passes: what is told of a place there is told by the passes' files.
		configuration := &packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: v.directory(), Fset: v.pass.Fset}
		paths := []string{path}
		if inModule(v.pass, path) {
			paths = append(paths, p.missing(v.pass)...)
		}
		found, err := packages.Load(configuration, paths...)
		if err != nil && len(paths) > 1 {
			found, err = packages.Load(configuration, path)
		}
		if err != nil {
			return nil
		}
		for _, pkg := range found {
			p.awaiting[pkg.PkgPath] = pkg
		}
	}
	found := p.awaiting[path]
	delete(p.awaiting, path)
	return found
}

// missing returns the packages of a pass's module that passes import and no pass has, as far as they are not loaded.
func (p *process) missing(pass *analysis.Pass) []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	paths := map[string]bool{}
	for _, s := range p.sources {
		for _, imported := range s.pass.Pkg.Imports() {
			_, loaded := p.loaded[imported.Path()]
			if !loaded && p.sources[imported] == nil && inModule(pass, imported.Path()) && !p.recogniser.IsSDK(imported) {
				paths[imported.Path()] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

// directory returns where a pass's files lie, so that the go command finds their module.
func (v *view) directory() string {
	for _, file := range v.pass.Files {
		if name := v.pass.Fset.File(file.FileStart).Name(); filepath.IsAbs(name) {
			return filepath.Dir(name)
		}
	}
	return ""
}

// usesSDK reports whether a dependency's own files import the SDK. The types of a dependency do not tell: they hold
// only what its interface speaks of.
func (p *process) usesSDK(v *view, pkg *types.Package) bool {
	directory := ""
	for _, name := range pkg.Scope().Names() {
		if file := p.locate(v, pkg, v.pass.Fset.Position(pkg.Scope().Lookup(name).Pos()).Filename); file != "" {
			directory = filepath.Dir(file)
			break
		}
	}
	if directory == "" {
		return false
	}
	files, err := build.ImportDir(directory, 0)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(files.Imports, func(path string) bool {
		imported := v.closure[path]
		if imported == nil {
			return strings.Contains(path, "/oci-go-sdk/")
		}
		return p.recogniser.IsSDK(imported)
	})
}

// locate returns where a file of a package lies that its positions name. Under -trimpath they have no folder of this
// machine, and the go command is asked for the package's. It returns "" when nobody knows. The caller holds loading.
func (p *process) locate(v *view, pkg *types.Package, file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	folder, known := p.folders[pkg.Path()]
	if !known {
		found, err := packages.Load(&packages.Config{Mode: packages.NeedFiles, Dir: v.directory()}, pkg.Path())
		if err == nil && len(found) == 1 && len(found[0].GoFiles) > 0 {
			folder = filepath.Dir(found[0].GoFiles[0])
		}
		p.folders[pkg.Path()] = folder
	}
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, filepath.Base(file))
}

// defaults returns which operations of a service package start from the default retry policy, read from the files
// that declare its clients; nil when they cannot be read.
func (v *view) defaults(path string) *summary.Package {
	pkg := v.closure[path]
	if pkg == nil {
		return nil
	}
	return v.process.read(pkg, func() *summary.Package {
		var files []*ast.File
		for _, name := range clientFiles(v.pass.Fset, pkg) {
			file, err := parse(v.process.locate(v, pkg, name))
			if err != nil {
				return nil
			}
			files = append(files, file)
		}
		if len(files) == 0 {
			return nil
		}
		return summary.Defaults(path, files)
	})
}

// read returns what is read of a package of the SDK, which is done once for all passes; source is called with loading held.
func (p *process) read(pkg *types.Package, source func() *summary.Package) *summary.Package {
	p.loading.Lock()
	defer p.loading.Unlock()
	known, ok := p.services[pkg]
	if !ok {
		known = source()
		p.services[pkg] = known
	}
	return known
}

func parse(file string) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
}

// version returns the version of the SDK in reach, read from the file of the common package that holds it.
func (v *view) version() sdk.Version {
	var copies []*summary.Package
	for _, pkg := range v.closure {
		if v.process.recogniser.IsCommon(pkg) {
			copies = append(copies, v.common(pkg))
		}
	}
	return soleVersion(copies)
}

// sets returns what the packages set that the pass's package imports, as far as their bodies count.
func (v *view) sets() summary.Sets {
	all, seen := summary.Sets{}, map[*types.Package]bool{}
	var add func(pkg *types.Package)
	add = func(pkg *types.Package) {
		for _, imported := range pkg.Imports() {
			if seen[imported] {
				continue
			}
			seen[imported] = true
			if bodies := v.bodies(imported.Path()); bodies != nil {
				all = all.With(fate.Sets(bodies))
				add(imported)
			}
		}
	}
	add(v.pass.Pkg)
	return all
}

// common returns what is read of a copy of the SDK's common package.
func (v *view) common(pkg *types.Package) *summary.Package {
	return v.process.read(pkg, func() *summary.Package {
		var files []*ast.File
		declared := v.pass.Fset.Position(pkg.Scope().Lookup("RetryPolicy").Pos()).Filename
		if place := v.process.locate(v, pkg, declared); place != "" {
			if file, err := parse(filepath.Join(filepath.Dir(place), "version.go")); err == nil {
				files = append(files, file)
			}
		}
		return summary.Common(pkg.Path(), files)
	})
}

// clientFiles returns the files that declare the methods of a service package's clients.
func clientFiles(fset *token.FileSet, pkg *types.Package) []string {
	var files []string
	for _, name := range pkg.Scope().Names() {
		client, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !strings.HasSuffix(name, "Client") {
			continue
		}
		named, ok := types.Unalias(client.Type()).(*types.Named)
		if !ok {
			continue
		}
		for i := range named.NumMethods() {
			if file := fset.Position(named.Method(i).Pos()).Filename; file != "" && !slices.Contains(files, file) {
				files = append(files, file)
			}
		}
	}
	return files
}
