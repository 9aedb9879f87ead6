// Command asks for users, with retries unless it is told otherwise.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

var impatient = flag.Bool("impatient", false, "no retries")

// Shelf is nobody else's, since a main package is not imported.
type Shelf struct {
	Objects objectstorage.ObjectStorageClient
	Space   string
}

func shelf(provider common.ConfigurationProvider) (shelf Shelf, err error) {
	shelf.Space = "space"
	shelf.Objects, err = objectstorage.NewObjectStorageClientWithConfigurationProvider(provider)
	return shelf, err
}

func throttled(err error) bool {
	failure, ok := common.IsServiceError(err)
	return ok && failure.GetHTTPStatusCode() == 429
}

// The process may have no retries, or the operation's own.
func user(ctx context.Context, client identity.IdentityClient, id string) (err error) {
	for range 3 {
		if _, err = client.GetUser(ctx, identity.GetUserRequest{UserId: &id}); !throttled(err) {
			break
		}
	}
	return err
}

func (s *Shelf) bucket(ctx context.Context, name string) (err error) {
	for range 3 {
		if _, err = s.Objects.GetBucket(ctx, objectstorage.GetBucketRequest{NamespaceName: &s.Space, BucketName: &name}); !throttled(err) {
			break
		}
	}
	return err
}

func main() {
	flag.Parse()
	if *impatient {
		none := common.NoRetryPolicy()
		common.GlobalRetry = &none
	}
	provider := common.DefaultConfigProvider()
	client, err := identity.NewIdentityClientWithConfigurationProvider(provider)
	if err != nil {
		log.Fatal(err)
	}
	held, err := shelf(provider)
	if err != nil {
		log.Fatal(err)
	}
	log.Print(user(context.Background(), client, flag.Arg(0)), held.bucket(context.Background(), flag.Arg(1)))
}
