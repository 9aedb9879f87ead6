#!/usr/bin/env bash
# oci-go-sdk v65.129.0: WithMaximumNumberAttempts(0) means two opposite things.
#
# On a policy made by NewRetryPolicyWithOptions alone, which handles eventual consistency, every call is refused before
# anything is sent. With ReplaceWithValuesFromRetryPolicy(DefaultRetryPolicyWithoutEventualConsistency()) in front, zero is
# "unlimited" (common/retry.go, UnlimitedNumAttemptsValue), and the request is sent until the context ends.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module zero

go 1.26.0

require github.com/oracle/oci-go-sdk/v65 v65.129.0
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

type noSigner struct{}

func (noSigner) Sign(*http.Request) error { return nil }

// busy answers each request with 429.
type busy struct {
	sends  int
	cancel func()
}

func (b *busy) Do(request *http.Request) (*http.Response, error) {
	if b.sends++; b.sends == 20 {
		b.cancel()
	}
	body := `{"code":"TooManyRequests","message":"later"}`
	return &http.Response{StatusCode: 429, Status: "429", Header: http.Header{"Content-Type": {"application/json"}}, Request: request, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}, nil
}

func try(what string, policy common.RetryPolicy) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	service := &busy{cancel: cancel}
	client := core.BlockstorageClient{BaseClient: common.BaseClient{HTTPClient: service, Signer: noSigner{}, Host: "https://oci.invalid", UserAgent: "zero", BasePath: "20160918"}}
	_, err := client.GetVolume(ctx, core.GetVolumeRequest{VolumeId: common.String("volume"), RequestMetadata: common.RequestMetadata{RetryPolicy: &policy}})
	fmt.Printf("%s: %d sends, ended by the context: %t\n", what, service.sends, errors.Is(err, context.Canceled))
}

func main() {
	common.InitializeEcContextInProcess()
	short := common.WithFixedBackoff(time.Millisecond)
	try("alone", common.NewRetryPolicyWithOptions(common.WithMaximumNumberAttempts(0)))
	try("base in front", common.NewRetryPolicyWithOptions(
		common.ReplaceWithValuesFromRetryPolicy(common.DefaultRetryPolicyWithoutEventualConsistency()),
		common.WithMaximumNumberAttempts(0), short))
}
GO
go mod tidy >/dev/null 2>&1
want='alone: 0 sends, ended by the context: false
base in front: 20 sends, ended by the context: true'
seen=$(go run .)
printf '%s\n' "$seen"
[ "$seen" = "$want" ] || { echo 'the behaviour is another one now' >&2; exit 1; }
