package nonretryable

import (
	"context"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// A failed HEAD has its status, and no code (v65.129.0: errors.go). IsErrorRetryableByDefault then takes a 501 for
// retryable, which the SDK's own policy does as well: not the program's fault.
func headAsTheSDK(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) (err error) {
	for range 4 {
		if _, err = client.HeadObject(ctx, request); !common.IsErrorRetryableByDefault(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Its own answer about the status is the program's: 404 goes round, and 400 with its siblings.
func headAgain(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) (err error) {
	for range 4 {
		_, err = client.HeadObject(ctx, request) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetHTTPStatusCode() != 400 && failure.GetHTTPStatusCode() < 500 {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// A code that never comes ends the tries at once.
func headByCode(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadBucketRequest) (err error) {
	for range 4 {
		_, err = client.HeadBucket(ctx, request)
		if failure, ok := common.IsServiceError(err); !ok || failure.GetCode() != "InvalidParameter" { // want "unknowncode: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// With GET the code is there.
func getByCode(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.GetBucketRequest) (err error) {
	for range 4 {
		_, err = client.GetBucket(ctx, request) // want "nonretryable: "
		if failure, ok := common.IsServiceError(err); !ok || failure.GetCode() != "InvalidParameter" {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
