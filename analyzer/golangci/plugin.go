// Package golangci registers ociretry as a module plugin of golangci-lint. Importing it is enough; golangci-lint makes
// the analyzer from the settings under linters.settings.custom.ociretry.settings.
//
// Its limits: //nolint comments are left to golangci-lint, which filters the findings itself and keeps the account of
// comments that silence nothing; and findings come without their related places.
package golangci

import (
	"crypto/sha256"
	"fmt"
	"os"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/ociretry/ociretry/analyzer"
)

// Name is the plugin's name in golangci-lint's configuration.
const Name = "ociretry"

func init() { register.Plugin(Name, New) }

// settings are the switches as golangci-lint's configuration spells them.
type settings struct {
	Rules     string `json:"rules"`
	Catalog   string `json:"catalog"`
	Generated bool   `json:"generated"`
}

// New makes the plugin from the decoded configuration. It fails on a key, a rule or a catalog that is not known, and on a
// value of the wrong kind, with an error that names it, so that nothing is analysed.
func New(configuration any) (register.LinterPlugin, error) {
	if err := check(configuration); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	decoded, err := register.DecodeSettings[settings](configuration)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	made, err := analyzer.New(analyzer.Settings{
		Rules: decoded.Rules, Catalog: decoded.Catalog, Generated: decoded.Generated, Nolint: true,
	})
	if err != nil {
		return nil, err
	}
	withoutRelated(made)
	analyzers := plugin{made}
	if table, err := os.ReadFile(decoded.Catalog); err == nil {
		analyzers = append(analyzers, contents(table))
	}
	return analyzers, nil
}

// withoutRelated takes the related places out of an analyzer's findings. golangci-lint makes each of them an issue of its
// own, on its own line, that a //nolint at the finding does not silence.
func withoutRelated(a *analysis.Analyzer) {
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		pass.Report = func(finding analysis.Diagnostic) {
			finding.Related = nil
			report(finding)
		}
		return run(pass)
	}
}

// plugin is the linter, made from valid settings, and what tells the contents of its table.
type plugin []*analysis.Analyzer

// contents makes an analyzer that reports nothing and whose name changes with a table of the user's. golangci-lint keeps
// findings under the settings, which have a table's path alone, and under the names of the analyzers: without this one
// a changed table would be answered with the findings of the old one.
func contents(table []byte) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: fmt.Sprintf("catalog_%x", sha256.Sum256(table)),
		Doc:  "tells one table of errors from another",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}

// BuildAnalyzers returns the linter.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) { return p, nil }

// GetLoadMode asks for types, which the linter needs throughout.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
