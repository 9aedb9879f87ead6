package command_test

import (
	"slices"
	"strings"
	"testing"
)

// plain is a package with a call that cannot be reported, and one that is run: it is sent again.
const plain = `package p

import (
	"context"

	"github.com/oracle/oci-go-sdk/v65/core"
)

func Get(ctx context.Context, client core.ComputeClient) error {
	_, err := client.GetInstance(ctx, core.GetInstanceRequest{})
	return err
}

func Terminate(ctx context.Context, client core.ComputeClient) (err error) {
	for range 3 {
		if _, err = client.TerminateInstance(ctx, core.TerminateInstanceRequest{}); err == nil {
			break
		}
	}
	return err
}
`

// TestDebug asks what looking at a package took, with and without the filter. The findings are the same, and so is the
// exit code; with -json the counts are not in the way.
func TestDebug(t *testing.T) {
	t.Parallel()
	root := module(t, map[string]string{"p/p.go": plain})
	without := run(t, root, "./p")
	for arguments, want := range map[string][]string{
		"-debug":            {"ociretry: 2 functions and 2 calls of OCI; nothing can be reported in 1 of the functions, which were not run", "ociretry: 1 way to a call down from the others; 0 were not run on from, as nothing can be reported; "},
		"-debug=true -json": {"ociretry: 2 functions and 2 calls of OCI; nothing can be reported in 1 of the functions, which were not run", "ociretry: 1 way to a call down from the others; 0 were not run on from, as nothing can be reported; "},
		"-debug=unfiltered": {"ociretry: 2 functions and 2 calls of OCI; nothing can be reported in 0 of the functions, which were not run", "ociretry: 2 ways to a call down from the others; 0 were not run on from, as nothing can be reported; "},
		"-debug=false":      {},
	} {
		got := run(t, root, append(strings.Fields(arguments), "./p")...)
		var counts, found []string
		for _, line := range lines(got.errs) {
			if strings.HasPrefix(line, "ociretry: ") {
				counts = append(counts, line)
			} else {
				found = append(found, line)
			}
		}
		json := strings.Contains(arguments, "-json")
		if !json && (!slices.Equal(found, lines(without.errs)) || got.code != without.code) || json && (len(found) > 0 || got.code != 0 || !strings.HasPrefix(got.out, "{")) {
			t.Errorf("%s: %+v, and without it %+v", arguments, got, without)
		}
		if !slices.EqualFunc(counts, want, strings.HasPrefix) {
			t.Errorf("%s tells\n%s\nwant\n%s", arguments, strings.Join(counts, "\n"), strings.Join(want, "\n"))
		}
	}
	if len(lines(without.errs)) == 0 {
		t.Error("nothing is found there")
	}
}
