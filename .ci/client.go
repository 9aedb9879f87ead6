// The tools that stand between golangci-lint and a person, as far as .ci/editors needs them. Each prints findings as
// ociretry prints them, one a line, with absolute file names.
//
//	client sarif                           a SARIF file, from the standard input
//	client json                            what golangci-lint prints with --output.json.path=stdout
//	client server SERVER FOLDER FILE…      what a language server, started in the folder, says of the files; its
//	                                       initialization options come from the standard input
//	client vscode FOLDER                   the command line that VS Code's Go extension makes of the settings.json in
//	                                       the standard input; no findings but its words, one a line
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

func run(mode string, arguments []string) error {
	switch mode {
	case "sarif":
		return sarif(os.Stdin)
	case "json":
		return issues(os.Stdin)
	case "server":
		return serve(arguments[0], arguments[1], arguments[2:])
	case "vscode":
		return extension(os.Stdin, arguments[0])
	}
	return fmt.Errorf("unknown mode %q", mode)
}

func finding(file string, line, column int, text string) {
	fmt.Printf("%s:%d:%d: %s\n", file, line, column, text)
}

func sarif(input io.Reader) error {
	var log struct {
		Version string
		Runs    []struct {
			Results []struct {
				RuleID    string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.NewDecoder(input).Decode(&log); err != nil {
		return err
	}
	if log.Version != "2.1.0" {
		return fmt.Errorf("SARIF version %q", log.Version)
	}
	for _, run := range log.Runs {
		for _, result := range run.Results {
			if result.RuleID != "ociretry" {
				return fmt.Errorf("a result of %q", result.RuleID)
			}
			place := result.Locations[0].PhysicalLocation
			finding(place.ArtifactLocation.URI, place.Region.StartLine, place.Region.StartColumn, result.Message.Text)
		}
	}
	return nil
}

func issues(input io.Reader) error {
	var result struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.NewDecoder(input).Decode(&result); err != nil {
		return err
	}
	for _, issue := range result.Issues {
		if issue.FromLinter != "ociretry" {
			return fmt.Errorf("an issue of %q", issue.FromLinter)
		}
		file, err := filepath.Abs(issue.Pos.Filename)
		if err != nil {
			return err
		}
		finding(file, issue.Pos.Line, issue.Pos.Column, issue.Text)
	}
	return nil
}

// peer is the other end of a language server's pipes.
type peer struct {
	input  io.Writer
	output *bufio.Reader
}

type message struct {
	Version string          `json:"jsonrpc"`
	ID      int             `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

func (peer peer) send(id int, method string, params any) error {
	content, err := json.Marshal(params)
	if err != nil {
		return err
	}
	whole, err := json.Marshal(message{Version: "2.0", ID: id, Method: method, Params: content})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(peer.input, "Content-Length: %d\r\n\r\n%s", len(whole), whole)
	return err
}

func (peer peer) receive() (message, error) {
	var received message
	header, err := textproto.NewReader(peer.output).ReadMIMEHeader()
	if err != nil {
		return received, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return received, err
	}
	content := make([]byte, length)
	if _, err := io.ReadFull(peer.output, content); err != nil {
		return received, err
	}
	if err := json.Unmarshal(content, &received); err != nil {
		return received, err
	}
	if received.Error != nil {
		return received, errors.New(string(received.Error))
	}
	return received, nil
}

func serve(server, folder string, files []string) error {
	var options json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&options); err != nil {
		return err
	}
	command := exec.Command(server)
	command.Dir, command.Stderr = folder, os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	defer func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}()
	peer := peer{input, bufio.NewReader(output)}
	if err := peer.send(1, "initialize", map[string]any{"rootUri": "file://" + folder, "initializationOptions": options}); err != nil {
		return err
	}
	if _, err := peer.receive(); err != nil {
		return err
	}
	for _, file := range files {
		if err := peer.diagnostics(file); err != nil {
			return err
		}
	}
	return nil
}

// diagnostics opens a file and prints what the server publishes about it.
func (peer peer) diagnostics(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	document := map[string]any{"uri": "file://" + file, "languageId": "go", "version": 1, "text": string(text)}
	if err := peer.send(0, "textDocument/didOpen", map[string]any{"textDocument": document}); err != nil {
		return err
	}
	for {
		received, err := peer.receive()
		if err != nil {
			return err
		}
		if received.Method != "textDocument/publishDiagnostics" {
			continue
		}
		var published struct {
			URI         string
			Diagnostics []struct {
				Message string
				Source  string
				Range   struct{ Start struct{ Line, Character int } }
			}
		}
		if err := json.Unmarshal(received.Params, &published); err != nil {
			return err
		}
		for _, diagnostic := range published.Diagnostics {
			if diagnostic.Source != "ociretry" {
				return fmt.Errorf("a diagnostic of %q: %s", diagnostic.Source, diagnostic.Message)
			}
			start := diagnostic.Range.Start
			finding(strings.TrimPrefix(published.URI, "file://"), start.Line+1, start.Character+1, strings.TrimPrefix(diagnostic.Message, "ociretry: "))
		}
		return nil
	}
}

// extension does what goLint of golang/vscode-go does: ${workspaceFolder} is known in --config= and in the tool's path
// alone, and the extension's own flags come last.
func extension(input io.Reader, folder string) error {
	var settings struct {
		Tool       string            `json:"go.lintTool"`
		Flags      []string          `json:"go.lintFlags"`
		Alternates map[string]string `json:"go.alternateTools"`
	}
	decoder := json.NewDecoder(input)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&settings); err != nil {
		return err
	}
	if settings.Tool != "golangci-lint-v2" {
		return fmt.Errorf("go.lintTool is %q", settings.Tool)
	}
	words := []string{strings.ReplaceAll(settings.Alternates[settings.Tool], "${workspaceFolder}", folder), "run"}
	for _, flag := range settings.Flags {
		if strings.HasPrefix(flag, "--config=") {
			flag = strings.ReplaceAll(flag, "${workspaceFolder}", folder)
		}
		words = append(words, flag)
	}
	words = append(words, "--issues-exit-code=0", "--output.text.print-issued-lines=false", "--show-stats=false", "--output.text.path=stdout", "--path-mode=abs")
	fmt.Println(strings.Join(words, "\n"))
	return nil
}
