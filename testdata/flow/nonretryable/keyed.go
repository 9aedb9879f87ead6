package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// An error of the service holds a map (v65.129.0: errors.go, servicefailure; from v65.18.0), so as a key it panics at once.
func countedByError(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	seen := map[error]int{}
	for seen[err] < 4 {
		if _, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id}); err == nil {
			return nil
		}
		seen[err]++
		time.Sleep(time.Second)
	}
	return err
}

type attempt struct {
	number int
	err    error
}

// In a struct it does so as well.
func countedInStruct(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	times := map[attempt]time.Time{}
	for n := range 4 {
		if _, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id}); err == nil {
			return nil
		}
		times[attempt{n, err}] = time.Now()
		time.Sleep(time.Second)
	}
	return err
}

// Its text and its code are keys like any other.
func countedByText(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	times := map[string]time.Time{}
	for range 4 {
		if _, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id}); err == nil { // want "nonretryable: "
			return nil
		}
		times[err.Error()] = time.Now()
		time.Sleep(time.Second)
	}
	return err
}

func countedByCode(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	times := map[string]time.Time{}
	for range 4 {
		_, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: &id}) // want "nonretryable: "
		failure, ok := common.IsServiceError(err)
		if !ok {
			return err
		}
		times[failure.GetCode()] = time.Now()
		time.Sleep(time.Second)
	}
	return err
}
