package unknowncode

import (
	"context"
	"errors"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/identity"
)

// What a call hands to the function that compares is compared only where it comes to the comparison.

var spelledElsewhere = map[string]string{"busy": "IncorectState"} // want `unknowncode: `

func isElsewhere(err error, key, label string) bool {
	if codeOf(err) != spelledElsewhere[key] {
		return false
	}
	fmt.Println(label)
	return true
}

func isAnyOf(err error, label string, codes ...string) bool {
	fmt.Println(label)
	for _, code := range codes {
		if codeOf(err) == code {
			return true
		}
	}
	return false
}

type judge struct{ code string }

func (j judge) is(err error, label string) bool {
	return isAnyOf(err, label, j.code)
}

func logged(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if isElsewhere(err, "busy", "IncorectState") {
		return errors.New("busy")
	}
	return err
}

func loggedAndRight(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if isAnyOf(err, "IncorectState", "IncorrectState") {
		return errors.New("busy")
	}
	return err
}

func loggedAndCompared(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if isAnyOf(err, "IncorectState", "IncorectState") { // want `unknowncode: `
		return errors.New("busy")
	}
	return err
}

func keptAndLogged(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	j := judge{"IncorectState"} // want `unknowncode: `
	if j.is(err, "IncorectState") {
		return errors.New("busy")
	}
	return err
}

func wrappedWithIt(ctx context.Context, client identity.IdentityClient, id string) error {
	_, err := client.DeleteGroup(ctx, identity.DeleteGroupRequest{GroupId: &id})
	if isElsewhere(fmt.Errorf("%s: %w", "IncorectState", err), "busy", "") {
		return errors.New("busy")
	}
	return err
}

var _ = []any{logged, loggedAndRight, loggedAndCompared, keptAndLogged, wrappedWithIt}
