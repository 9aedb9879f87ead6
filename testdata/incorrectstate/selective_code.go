package incorrectstate

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/pkg/errors"
)

// The plain one: IncorrectState is named and taken for success.
func incorrectStateIsFine(ctx context.Context, client core.ComputeClient, request core.InstanceActionRequest) error {
	_, err := client.InstanceAction(ctx, request)
	if codeOf(err) == "IncorrectState" { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: named, and returned as the program's own error.
func incorrectStateIsTold(ctx context.Context, client core.ComputeClient, request core.InstanceActionRequest) error {
	_, err := client.InstanceAction(ctx, request)
	if codeOf(err) == "IncorrectState" {
		return errors.New("instance is busy")
	}
	return err
}

// The text is a code, so it is decided for each row.
func textIsFine(ctx context.Context, client core.ComputeClient, request core.DetachVolumeRequest) error {
	_, err := client.DetachVolume(ctx, request)
	if err != nil && !strings.Contains(err.Error(), "IncorrectState") { // want "incorrectstate: "
		return err
	}
	return nil
}

// Near miss: the text of another code.
func otherTextIsFine(ctx context.Context, client core.ComputeClient, request core.DetachVolumeRequest) error {
	_, err := client.DetachVolume(ctx, request)
	if err != nil && !strings.Contains(err.Error(), "NotAuthorizedOrNotFound") {
		return err
	}
	return nil
}

// Near miss: undetermined, the service's message decides.
func messageIsFine(ctx context.Context, client core.ComputeClient, request core.DetachVolumeRequest) error {
	_, err := client.DetachVolume(ctx, request)
	if err != nil && !strings.Contains(err.Error(), "is already detached") {
		return err
	}
	return nil
}

var alreadyPattern = regexp.MustCompile(`(?i)already\s+(attached|detached)`)

// Near miss: undetermined, although the status is asked first.
func conflictWithMessage(ctx context.Context, client core.ComputeClient, request core.DetachVolumeRequest) error {
	_, err := client.DetachVolume(ctx, request)
	if se, ok := common.IsServiceError(err); ok && se.GetHTTPStatusCode() == 409 && alreadyPattern.MatchString(se.GetMessage()) {
		return nil
	}
	return err
}

// IncorrectState's own path is decided; what the message decides concerns the others.
func codeOrMessage(ctx context.Context, client core.ComputeClient, request core.DetachVolumeRequest) error {
	_, err := client.DetachVolume(ctx, request)
	se, ok := common.IsServiceError(err)
	if !ok {
		return err
	}
	if se.GetCode() == "IncorrectState" || alreadyPattern.MatchString(se.GetMessage()) { // want "incorrectstate: "
		return nil
	}
	return err
}

type pair struct {
	status int
	code   string
}

var harmless = map[pair]bool{
	{404, "NotAuthorizedOrNotFound"}: true,
	{409, "IncorrectState"}:          true,
}

var harmlessGone = map[pair]bool{
	{404, "NotAuthorizedOrNotFound"}: true,
	{409, "IncorrectState"}:          false,
}

// A table names it harmless.
func tableIsFine(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	if harmless[pair{statusOf(err), codeOf(err)}] { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: this table names it too, as false.
func tableIsStrict(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	if harmlessGone[pair{statusOf(err), codeOf(err)}] {
		return nil
	}
	return err
}

// Near miss: undetermined, the codes are configuration.
func configuredIsFine(ctx context.Context, client core.BlockstorageClient, id *string, ignored []string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	if slices.Contains(ignored, codeOf(err)) {
		return nil
	}
	return err
}

// A list of codes.
func listIsFine(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	if slices.Contains([]string{"NotAuthorizedOrNotFound", "IncorrectState"}, codeOf(err)) { // want "incorrectstate: "
		return nil
	}
	return err
}

// The cause is taken out of the wrap before it is asked.
func causeIsFine(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	err = errors.WithStack(err)
	if codeOf(errors.Cause(err)) == "IncorrectState" { // want "incorrectstate: "
		return nil
	}
	return err
}

// Near miss: the plain assertion does not see through the wrap, so that every row is returned.
func wrapIsAsked(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	err = errors.WithStack(err)
	if codeOf(err) == "IncorrectState" {
		return nil
	}
	return err
}

// Near miss: a switch on the code in which IncorrectState falls to the default.
func switchReturnsRest(ctx context.Context, client core.BlockstorageClient, id *string) error {
	_, err := client.DeleteBootVolume(ctx, core.DeleteBootVolumeRequest{BootVolumeId: id})
	switch codeOf(err) {
	case "NotFound", "NotAuthorizedOrNotFound":
		return nil
	case "InvalidatedRetryToken":
		fallthrough
	default:
		return err
	}
}
