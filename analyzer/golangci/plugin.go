// Package golangci registers ociretry as a module plugin of golangci-lint. Importing it is enough; golangci-lint makes
// the analyzer from the settings under linters.settings.custom.ociretry.settings.
//
// Its limit: //nolint comments are left to golangci-lint, which filters the findings itself and keeps the account of
// comments that silence nothing.
package golangci

import (
	"fmt"

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

// New makes the plugin from the decoded configuration. It fails on a key, a rule or a catalog that is not known, with an
// error that names it, so that nothing is analysed.
func New(configuration any) (register.LinterPlugin, error) {
	decoded, err := register.DecodeSettings[settings](configuration)
	if err != nil {
		return nil, fmt.Errorf("%w; the settings are rules, catalog and generated", err)
	}
	made, err := analyzer.New(analyzer.Settings{
		Rules: decoded.Rules, Catalog: decoded.Catalog, Generated: decoded.Generated, Nolint: true,
	})
	if err != nil {
		return nil, err
	}
	return plugin{made}, nil
}

// plugin is one analyzer, made from valid settings.
type plugin struct {
	analyzer *analysis.Analyzer
}

// BuildAnalyzers returns the linter.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode asks for types, which the linter needs throughout.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
