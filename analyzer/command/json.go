package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/tools/go/analysis/checker"

	"github.com/ociretry/ociretry/analyzer/rules"
)

// printJSON prints the findings as JSON.
func printJSON(graph *checker.Graph, out io.Writer) error {
	var tree bytes.Buffer
	if err := graph.PrintJSON(&tree); err != nil {
		return err
	}
	complete, err := withAddresses(tree.Bytes())
	if err != nil {
		return err
	}
	_, err = out.Write(complete)
	return err
}

// withAddresses gives each finding of a tree that a driver printed the address of its rule's page, which drivers
// leave out. A tree has packages, in them analyzers, and in them a list of findings or an object with an error.
func withAddresses(tree []byte) ([]byte, error) {
	var results map[string]map[string]json.RawMessage
	if err := json.Unmarshal(tree, &results); err != nil {
		return nil, err
	}
	for _, ofPackage := range results {
		for linter, result := range ofPackage {
			var findings []json.RawMessage
			if json.Unmarshal(result, &findings) != nil {
				continue // an error, which has no rule
			}
			for i, finding := range findings {
				var read struct{ Category string }
				if err := json.Unmarshal(finding, &read); err != nil {
					return nil, err
				}
				object := bytes.TrimSuffix(bytes.TrimSpace(finding), []byte("}"))
				findings[i] = fmt.Appendf(nil, "%s,%q:%q}", object, "url", rules.URL(read.Category))
			}
			complete, err := json.Marshal(findings)
			if err != nil {
				return nil, err
			}
			ofPackage[linter] = complete
		}
	}
	printed, err := json.MarshalIndent(results, "", "\t")
	return append(printed, '\n'), err
}
