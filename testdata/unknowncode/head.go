package unknowncode

import (
	"context"
	"errors"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/datascience"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// An answer to HEAD has no body, so the error's code is BadErrorResponse whatever the service means. v65.129.0:
// objectstorage_client.go, headObject, sends with http.MethodHead; errors.go, newServiceFailureFromResponse, sets the code.

var errGone = errors.New("gone")

// The code is asked for behind a helper that looks for it.
func codeOf(err error) string {
	if failure, ok := common.IsServiceError(err); ok {
		return failure.GetCode()
	}
	return ""
}

func artifactThere(ctx context.Context, client datascience.DataScienceClient, job string) (bool, error) {
	_, err := client.HeadJobArtifact(ctx, datascience.HeadJobArtifactRequest{JobId: &job})
	if codeOf(err) == "NotAuthorizedOrNotFound" { // want "unknowncode: "
		return false, nil
	}
	return err == nil, err
}

// The same helper is asked after GET too, where the code is there.
func artifactMeta(ctx context.Context, client datascience.DataScienceClient, job string) error {
	_, err := client.GetJob(ctx, datascience.GetJobRequest{JobId: &job})
	if codeOf(err) == "NotAuthorizedOrNotFound" {
		return errGone
	}
	return err
}

// A classifier that only failures of HEAD come to, from two functions.
func missing(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && (failure.GetCode() == "BucketNotFound" || // want "unknowncode: "
		failure.GetHTTPStatusCode() == 404)
}

func bucketMissing(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadBucketRequest) bool {
	_, err := client.HeadBucket(ctx, request)
	return missing(err)
}

func objectMissing(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) bool {
	_, err := client.HeadObject(ctx, request)
	return err != nil && missing(err)
}

// A classifier of the whole program: others come to it.
func absent(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "ObjectNotFound"
}

func objectAbsent(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) bool {
	_, err := client.HeadObject(ctx, request)
	return absent(err)
}

func contentAbsent(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.GetObjectRequest) bool {
	_, err := client.GetObject(ctx, request)
	return absent(err)
}

// Absent may be asked by any package about any error.
func Absent(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetCode() == "PreauthenticatedRequestNotFound"
}

func absentThere(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) bool {
	_, err := client.HeadObject(ctx, request)
	return Absent(err)
}

// The code that is there.
func emptyAnswer(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadObjectRequest) bool {
	_, err := client.HeadObject(ctx, request)
	return codeOf(err) == "BadErrorResponse"
}

// A predicate in a package variable's policy, which HEAD alone is sent with.
var patience = common.NewRetryPolicy(5, busyByCode, func(common.OCIOperationResponse) time.Duration { return 3 * time.Second })

func busyByCode(r common.OCIOperationResponse) bool {
	var failure common.ServiceError
	return errors.As(r.Error, &failure) && failure.GetCode() == "ServiceUnavailable" // want "unknowncode: "
}

func patientHead(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadBucketRequest) error {
	request.RequestMetadata.RetryPolicy = &patience
	_, err := client.HeadBucket(ctx, request)
	return err
}

// A factory's predicate, for HEAD and for a listing: the listing has codes.
func slow() *common.RetryPolicy {
	policy := common.NewRetryPolicy(5, slowByCode, func(common.OCIOperationResponse) time.Duration { return 3 * time.Second })
	return &policy
}

func slowByCode(r common.OCIOperationResponse) bool {
	failure, ok := common.IsServiceError(r.Error)
	return ok && failure.GetCode() == "ServiceUnavailable"
}

func slowHead(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadBucketRequest) error {
	request.RequestMetadata = common.RequestMetadata{RetryPolicy: slow()}
	_, err := client.HeadBucket(ctx, request)
	return err
}

func slowList(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.ListBucketsRequest) error {
	request.RequestMetadata = common.RequestMetadata{RetryPolicy: slow()}
	_, err := client.ListBuckets(ctx, request)
	return err
}

// A code of HEAD that is misspelt as well is told once.
func misspeltHead(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadBucketRequest) bool {
	_, err := client.HeadBucket(ctx, request)
	return codeOf(err) == "TooManyRequest" // want "unknowncode: "
}

// A literal in the function that sends.
func literalHead(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.HeadBucketRequest) error {
	policy := common.NewRetryPolicy(4, func(r common.OCIOperationResponse) bool {
		failure, ok := common.IsServiceError(r.Error)
		return ok && (failure.GetHTTPStatusCode() == 429 || failure.GetCode() == "IncorrectState") // want "unknowncode: "
	}, func(common.OCIOperationResponse) time.Duration { return time.Second })
	request.RequestMetadata.RetryPolicy = &policy
	_, err := client.HeadBucket(ctx, request)
	return err
}
