package proof

import (
	"os/exec"
	"strings"
	"testing"
)

// TestPoliciesOfTheSDK runs what the policy in force rests on, against the SDK itself and a service that answers with one
// row again and again, in simulated time.
func TestPoliciesOfTheSDK(t *testing.T) {
	p := newProgram(t, "package predicates\n", nil)
	p.write(t, "policies/policies_test.go", policiesSource)
	command := exec.Command("go", "test", "-count=1", "-v", "./policies")
	command.Dir, command.Env = p.directory, environment()
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("go test: %v\n%s", err, output)
	}
	if n := strings.Count(string(output), "--- PASS: TestSent/"); n != 18 {
		t.Errorf("%d observations\n%s", n, output)
	}
}

const policiesSource = `package policies

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

type service struct {
	status int
	code   string
	at     []time.Time
}

func (s *service) Do(r *http.Request) (*http.Response, error) {
	s.at = append(s.at, time.Now())
	header := http.Header{}
	header.Set("Content-Type", "application/json")
	body := "{\"code\":\"" + s.code + "\",\"message\":\"made up\"}"
	if r.Method == http.MethodHead {
		body = ""
	}
	return &http.Response{StatusCode: s.status, Header: header, Request: r, Body: io.NopCloser(bytes.NewBufferString(body))}, nil
}

func (s *service) Sign(*http.Request) error { return nil }

func (s *service) base() common.BaseClient {
	return common.BaseClient{HTTPClient: s, Signer: s, Host: "https://oci.invalid", UserAgent: "proof", BasePath: "1"}
}

var (
	ctx = context.Background()
	id  = "made-up"
	key = made()
)

func made() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}

func attempts(n uint) *common.RetryPolicy {
	always := func(r common.OCIOperationResponse) bool { return r.Error != nil }
	policy := common.NewRetryPolicy(n, always, func(common.OCIOperationResponse) time.Duration { return time.Second })
	return &policy
}

// withPolicy makes a client as a constructor does, which looks for the policy of the process and of the environment.
func withPolicy(s *service) core.BlockstorageClient {
	client, err := core.NewBlockstorageClientWithConfigurationProvider(common.NewRawConfigurationProvider("ocid1.tenancy.oc1..a", "ocid1.user.oc1..a", "eu-frankfurt-1", "aa", key, nil))
	if err != nil {
		panic(err)
	}
	client.HTTPClient, client.Signer = s, s
	return client
}

func volume(client core.BlockstorageClient, policy *common.RetryPolicy) error {
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: &id, RequestMetadata: common.RequestMetadata{RetryPolicy: policy}})
	return err
}

func head(s *service) error {
	_, err := objectstorage.ObjectStorageClient{BaseClient: s.base()}.HeadBucket(ctx, objectstorage.HeadBucketRequest{NamespaceName: &id, BucketName: &id})
	return err
}

func codeOf(err error) string {
	failure, _ := common.IsServiceError(err)
	return failure.GetCode()
}

func TestSent(t *testing.T) {
	base := common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency())
	options := func(list ...common.RetryPolicyOption) *common.RetryPolicy {
		policy := common.NewRetryPolicyWithOptions(list...)
		return &policy
	}
	for _, one := range []struct {
		name   string
		status int
		code   string
		sent   int
		lasts  time.Duration // at least; 0 for no time at all, negative for any
		send   func(t *testing.T, s *service)
	}{
		{"operation without a policy", 429, "TooManyRequests", 1, 0, func(t *testing.T, s *service) { volume(withPolicy(s), nil) }},
		{"operation with the default", 429, "TooManyRequests", 8, 100 * time.Second, func(t *testing.T, s *service) {
			identity.IdentityClient{BaseClient: s.base()}.GetUser(ctx, identity.GetUserRequest{UserId: &id})
		}},
		{"request before client", 429, "TooManyRequests", 2, 2 * time.Second, func(t *testing.T, s *service) {
			client := withPolicy(s)
			client.Configuration.RetryPolicy = attempts(5)
			volume(client, attempts(2))
		}},
		{"client before operation", 429, "TooManyRequests", 1, 0, func(t *testing.T, s *service) {
			none := common.NoRetryPolicy()
			client := identity.IdentityClient{BaseClient: s.base()}
			client.SetCustomClientConfiguration(common.CustomClientConfiguration{RetryPolicy: &none})
			client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
		}},
		{"process before operation", 429, "TooManyRequests", 4, 4 * time.Second, func(t *testing.T, s *service) {
			common.GlobalRetry = attempts(4)
			defer func() { common.GlobalRetry = nil }()
			volume(withPolicy(s), nil)
		}},
		{"process before environment", 429, "TooManyRequests", 4, 4 * time.Second, func(t *testing.T, s *service) {
			t.Setenv("OCI_SDK_DEFAULT_RETRY_ENABLED", "false")
			common.GlobalRetry = attempts(4)
			defer func() { common.GlobalRetry = nil }()
			volume(withPolicy(s), nil)
		}},
		{"environment before operation", 429, "TooManyRequests", 8, 100 * time.Second, func(t *testing.T, s *service) {
			t.Setenv("OCI_SDK_DEFAULT_RETRY_ENABLED", "true")
			volume(withPolicy(s), nil)
		}},
		{"client before process", 429, "TooManyRequests", 3, 3 * time.Second, func(t *testing.T, s *service) {
			common.GlobalRetry = attempts(7)
			defer func() { common.GlobalRetry = nil }()
			client := withPolicy(s)
			client.Configuration.RetryPolicy = attempts(3)
			volume(client, nil)
		}},
		{"a copy of the client is set up", 429, "TooManyRequests", 1, 0, func(t *testing.T, s *service) {
			client := withPolicy(s)
			func(client core.BlockstorageClient) { client.Configuration.RetryPolicy = attempts(3) }(client)
			volume(client, nil)
		}},
		{"one attempt pauses too", 429, "TooManyRequests", 1, time.Second, func(t *testing.T, s *service) { volume(withPolicy(s), attempts(1)) }},
		{"more attempts of none", 429, "TooManyRequests", 4, 0, func(t *testing.T, s *service) {
			none := common.NoRetryPolicy()
			none.MaximumNumberAttempts, none.ShouldRetryOperation = 4, common.DefaultShouldRetryOperation
			volume(withPolicy(s), &none)
		}},
		{"zero attempts", 429, "TooManyRequests", 0, 0, func(t *testing.T, s *service) {
			volume(withPolicy(s), options(common.WithMaximumNumberAttempts(0)))
		}},
		{"zero attempts inside", 429, "TooManyRequests", 0, 0, func(t *testing.T, s *service) {
			volume(withPolicy(s), options(base, common.WithMaximumNumberAttempts(0), common.WithEventualConsistency()))
		}},
		{"without an end", 429, "TooManyRequests", 8, 100 * time.Second, func(t *testing.T, s *service) {
			volume(withPolicy(s), options(common.WithUnlimitedAttempts(time.Hour)))
		}},
		{"HEAD on 404", 404, "BucketNotFound", 1, 0, func(t *testing.T, s *service) {
			if code := codeOf(head(s)); code != "BadErrorResponse" {
				t.Errorf("the code is %s", code)
			}
		}},
		{"HEAD on 429", 429, "TooManyRequests", 1, 0, func(t *testing.T, s *service) { head(s) }},
		{"HEAD on 503", 503, "ServiceUnavailable", 8, 100 * time.Second, func(t *testing.T, s *service) { head(s) }},
		{"HEAD on 501", 501, "MethodNotImplemented", 8, 100 * time.Second, func(t *testing.T, s *service) { head(s) }},
	} {
		t.Run(one.name, func(t *testing.T) {
			s := &service{status: one.status, code: one.code}
			var lasted time.Duration
			synctest.Test(t, func(inside *testing.T) {
				began := time.Now()
				one.send(t, s)
				lasted = time.Since(began)
			})
			if len(s.at) != one.sent || lasted < one.lasts || one.lasts == 0 && lasted != 0 {
				t.Errorf("sent %d times in %v", len(s.at), lasted)
			}
		})
	}
}
`
