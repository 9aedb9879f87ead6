// Package helpers wraps errors of OCI calls for another package.
package helpers

import (
	"context"
	"errors"
	"fmt"

	"github.com/oracle/oci-go-sdk/v65/identity"
)

// GetUser wraps the error of its call.
func GetUser(ctx context.Context, client identity.IdentityClient, id string) (identity.User, error) {
	response, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		return identity.User{}, fmt.Errorf("get user %s: %w", id, err)
	}
	return response.User, nil
}

// GetUserPlain hands the error of its call back as it is.
func GetUserPlain(ctx context.Context, client identity.IdentityClient, id string) (identity.User, error) {
	response, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &id})
	if err != nil {
		return identity.User{}, err
	}
	return response.User, nil
}

// Flatten keeps the text only.
func Flatten(op string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(op + ": " + err.Error())
}

// Failure is a wrapper with Unwrap.
type Failure struct {
	op  string
	err error
}

// NewFailure wraps err.
func NewFailure(op string, err error) error { return &Failure{op: op, err: err} }

func (f *Failure) Error() string { return f.op + ": " + f.err.Error() }

// Unwrap gives back what is wrapped.
func (f *Failure) Unwrap() error { return f.err }

// Root takes a Failure off.
func Root(err error) error {
	if f, ok := err.(*Failure); ok {
		return f.err
	}
	return err
}
