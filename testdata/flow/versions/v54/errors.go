// Package v54 is built with an older SDK, whose errors are a struct that can be compared, print another text and have
// fewer methods (v54.0.0: common/errors.go).
package v54

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v54/common"
	"github.com/oracle/oci-go-sdk/v54/identity"
)

type denied struct {
	status        int
	code, message string
}

func (d *denied) Error() string           { return fmt.Sprint(d.status, " ", d.code) }
func (d *denied) GetHTTPStatusCode() int  { return d.status }
func (d *denied) GetMessage() string      { return d.message }
func (d *denied) GetCode() string         { return d.code }
func (d *denied) GetOpcRequestID() string { return "" }

// IsServiceError asserts the SDK's own struct, which an error of the program's own is not.
func throttledOwn(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id})
	if err == nil {
		return false
	}
	own := error(&denied{message: err.Error()})
	failure, ok := common.IsServiceError(own) // want "wrappederror: "
	return ok && failure.GetHTTPStatusCode() == 429
}

// An assertion to the interface is true of it in each version.
func throttledByInterface(ctx context.Context, client identity.IdentityClient, id string) bool {
	_, err := client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id})
	if err == nil {
		return false
	}
	own := error(&denied{message: err.Error()})
	failure, ok := own.(common.ServiceError)
	return ok && failure.GetHTTPStatusCode() == 429
}

// No panic: the error is counted, and everything goes round.
func counted(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	seen := map[error]int{}
	for range 4 {
		if _, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id}); err == nil { // want "nonretryable: "
			return nil
		}
		seen[err]++
		time.Sleep(time.Second)
	}
	return err
}

// The SDK's error does not know its operation yet, so nothing goes round.
func named(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	for range 4 {
		_, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id})
		operation, ok := err.(interface{ GetOperationName() string })
		if !ok {
			return err
		}
		log.Print(operation.GetOperationName())
		time.Sleep(time.Second)
	}
	return err
}
