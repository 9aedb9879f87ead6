package unknowncode

import (
	"context"
	"errors"
	"slices"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// A function that makes the call is told by its callers which codes it compares the error's with. They hand on what comes
// back, whatever it is: what they do wrong is the code.

var errBusy = errors.New("busy")

func deleteUnlessIn(ctx context.Context, client identity.IdentityClient, id string, codes []string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if slices.Contains(codes, codeOf(err)) {
		return errBusy
	}
	return err
}

func deleteUnless(ctx context.Context, client identity.IdentityClient, id string, codes ...string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	for _, code := range codes {
		if codeOf(err) == code {
			return errBusy
		}
	}
	return err
}

func deleteUnlessKnown(ctx context.Context, client identity.IdentityClient, id string, codes map[string]bool) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if codes[codeOf(err)] {
		return errBusy
	}
	return err
}

type handled struct{ code string }

func deleteUnlessHandled(ctx context.Context, client identity.IdentityClient, id string, h *handled) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if codeOf(err) == h.code {
		return errBusy
	}
	return err
}

func deleteUnlessIs(ctx context.Context, client identity.IdentityClient, id string, code *string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if code != nil && codeOf(err) == *code {
		return errBusy
	}
	return err
}

func inList(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessIn(ctx, client, id, []string{"IncorectState"}) // want "unknowncode: "
}

func variadic(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnless(ctx, client, id, "incorrectstate") // want "unknowncode: "
}

func inMap(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessKnown(ctx, client, id, map[string]bool{"IncorectState": true}) // want "unknowncode: "
}

func inField(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessHandled(ctx, client, id, &handled{"IncorectState"}) // want "unknowncode: "
}

func byAddress(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessIs(ctx, client, id, common.String("IncorectState")) // want "unknowncode: "
}

// The near misses: the codes are the catalog's, or none.

func rightList(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessIn(ctx, client, id, []string{"IncorrectState"})
}

func noCodes(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnless(ctx, client, id)
}

func rightMap(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessKnown(ctx, client, id, map[string]bool{"IncorrectState": true})
}

func rightField(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessHandled(ctx, client, id, &handled{"IncorrectState"})
}

func noAddress(ctx context.Context, client identity.IdentityClient, id string) error {
	return deleteUnlessIs(ctx, client, id, nil)
}

var _ = []any{inList, variadic, inMap, inField, byAddress, rightList, noCodes, rightMap, rightField, noAddress}
