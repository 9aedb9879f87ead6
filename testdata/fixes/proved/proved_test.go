package proved

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// functions are what is run, by name.
var functions = map[string]func(context.Context, core.BlockstorageClient) error{
	"loop": loop, "byStatus": byStatus, "byRange": byRange, "absentIsFine": absentIsFine, "returned": returned, "noticed": noticed, "twice": twice, "anyError": anyError,
	"conflicts": askedByStatus, "poll": poll, "spent": spent, "constant": constant, "options": options, "wrapped": wrapped, "misspelt": misspelt,
}

// TestObserve prints what each function does for each answer: "OBSERVED function|answer|what". The rows come from the
// catalog that the environment names, a line each; "success" is an answer too, and so are connections that are refused
// or break.
func TestObserve(t *testing.T) {
	rows, err := os.Open(os.Getenv("CATALOG"))
	if err != nil {
		t.Skip("no catalog")
	}
	defer func() { _ = rows.Close() }()
	answers := []*service{{name: "success"}, {name: "refused", failure: refused}, {name: "broken", failure: io.EOF}}
	for scanner := bufio.NewScanner(rows); scanner.Scan(); {
		columns := strings.Split(scanner.Text(), "\t")
		status, err := strconv.Atoi(columns[0])
		if err != nil || len(columns) < 3 {
			continue // a comment
		}
		answers = append(answers, &service{name: columns[0] + " " + columns[1], status: status, code: columns[1]})
	}
	for name, function := range functions {
		for _, answer := range answers {
			synctest.Test(t, func(t *testing.T) {
				common.InitializeEcContextInProcess()
				asked := &service{name: answer.name, status: answer.status, code: answer.code, failure: answer.failure}
				started := time.Now()
				notices = 0
				err := function(t.Context(), asked.client())
				fmt.Printf("OBSERVED %s|%s|%s in %s, %d tokens, %d notices, %s\n", name, answer.name, strings.Join(asked.sends, " "), time.Since(started).Round(time.Second), len(asked.tokens), notices, told(err))
			})
		}
	}
}

// told is what a caller can tell of an error.
func told(err error) string {
	var failure common.ServiceError
	switch {
	case err == nil:
		return "no error"
	case errors.As(err, &failure):
		return fmt.Sprintf("%T of %s", err, failure.GetCode())
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, io.EOF):
		return fmt.Sprintf("%T of a connection", err)
	}
	return err.Error()
}

var refused = &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}

// service answers each request alike, or with no failure set by success. It stands where the SDK has its HTTP client.
type service struct {
	name    string
	status  int
	code    string
	failure error

	sends  []string
	tokens map[string]bool
}

// Do notes a request and answers it.
func (s *service) Do(request *http.Request) (*http.Response, error) {
	s.sends = append(s.sends, request.Method)
	if token := request.Header.Get("opc-retry-token"); token != "" {
		if s.tokens == nil {
			s.tokens = map[string]bool{}
		}
		s.tokens[token] = true
	}
	if s.failure != nil {
		return nil, &url.Error{Op: request.Method, URL: request.URL.String(), Err: s.failure}
	}
	status, body := 200, fmt.Sprintf(`{"id": "volume", "lifecycleState": %q}`, s.state())
	if s.status != 0 && (s.status != http.StatusPreconditionFailed || request.Header.Get("if-match") != "") {
		status, body = s.status, fmt.Sprintf(`{"code": %q, "message": "no"}`, s.code)
	}
	return &http.Response{
		StatusCode: status, Status: strconv.Itoa(status), Request: request, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}, nil
}

// state is a volume's: it is there when it was asked for the third time.
func (s *service) state() core.VolumeLifecycleStateEnum {
	if len(s.sends) < 3 {
		return core.VolumeLifecycleStateProvisioning
	}
	return core.VolumeLifecycleStateAvailable
}

// Sign signs nothing.
func (s *service) Sign(*http.Request) error { return nil }

func (s *service) client() core.BlockstorageClient {
	return core.BlockstorageClient{BaseClient: common.BaseClient{HTTPClient: s, Signer: s, Host: "https://service.invalid", BasePath: "20160918", UserAgent: "proved"}}
}
