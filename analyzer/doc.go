// Package analyzer is ociretry: a go/analysis pass that finds code which retries Oracle Cloud errors that the API
// error catalog says not to retry, lets 409 IncorrectState fall through, or sends a spent retry token again.
//
// The one idea: the catalog is data, and the code under analysis is run abstractly once for each row of it. What
// happens to the row is its fate, and a rule is a question of a few lines about fates.
//
//	catalog.Row → eval: run a function for a row → fate: what became of the row → rule: compare with the verdict
//	                ↑                                ↑
//	            sdk: what the SDK's types mean    summary: function bodies, portable across packages
//
// Function bodies are lowered from go/ssa into a small portable form. Where each package is analysed by itself (go vet,
// golangci-lint, nogo), bodies of other packages arrive as facts in that form. The command by itself has all passes in
// one process: they hand each other their bodies, and there are no facts, which would make the driver load the syntax
// of every dependency. Either way the same program is seen and the same findings are reported.
//
// What a rule finds and why it matters is told on its page in package rules, which a finding's URL leads to.
package analyzer
