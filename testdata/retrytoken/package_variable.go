package retrytoken

import (
	"context"
	"flag"
	"os"

	"github.com/google/uuid"
	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

var (
	constantToken = "launch"
	startToken    = common.RetryToken()
	pointerToken  = common.String(common.RetryToken())
	ownToken      = randomToken()
	uuidToken     = uuid.Must(uuid.NewRandom()).String()
	initToken     string
	defaults      = struct{ token string }{token: common.RetryToken()}

	flagToken = flag.String("retry-token", "", "token to send again after a crash")
	boundFlag string
	envToken  = os.Getenv("RETRY_TOKEN")
	linkToken string // set by the linker, or empty
)

func init() {
	initToken = common.RetryToken()
	flag.StringVar(&boundFlag, "token", "", "token to send again after a crash")
}

// A variable with a constant.
func variableWithConstant(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         common.String(constantToken), // want "retrytoken: "
	})
	return err
}

// Made once when the program starts: every instance of this run has the same token.
func madeAtStart(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         common.String(startToken), // want "retrytoken: "
	})
	return err
}

// The near miss: a local variable of the same name, made in each call.
func localOfTheSameName(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	startToken := common.RetryToken()
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         common.String(startToken),
	})
	return err
}

// The address of the variable.
func addressOfVariable(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         &startToken, // want "retrytoken: "
	})
	return err
}

// The variable is a pointer.
func variableIsPointer(ctx context.Context, client core.ComputeClient, details core.LaunchInstanceDetails) error {
	_, err := client.LaunchInstance(ctx, core.LaunchInstanceRequest{
		LaunchInstanceDetails: details,
		OpcRetryToken:         pointerToken, // want "retrytoken: "
	})
	return err
}

// Made by the program's own function, once.
func madeByOwnFunction(ctx context.Context, client identity.IdentityClient, name string) error {
	request := identity.CreateUserRequest{CreateUserDetails: userDetails(name)}
	request.OpcRetryToken = common.String(ownToken) // want "retrytoken: "
	_, err := client.CreateUser(ctx, request)
	return err
}

// The near miss: the same function, called for each request.
func madeByOwnFunctionEachTime(ctx context.Context, client identity.IdentityClient, name string) error {
	request := identity.CreateUserRequest{CreateUserDetails: userDetails(name)}
	request.OpcRetryToken = common.String(randomToken())
	_, err := client.CreateUser(ctx, request)
	return err
}

// Made in init.
func madeInInit(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(initToken), // want "retrytoken: "
	})
	return err
}

// A field of a variable.
func fieldOfVariable(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(defaults.token), // want "retrytoken: "
	})
	return err
}

// The near miss: a flag, so the value comes from outside the program.
func fromFlag(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     flagToken,
	})
	return err
}

// The near miss: a variable that a flag fills.
func fromBoundFlag(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     &boundFlag,
	})
	return err
}

// The near miss: from the environment.
func fromEnvironment(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(envToken),
	})
	return err
}

// The near miss: nothing in the program gives it a value, so it is empty or comes from outside.
func neverSet(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(linkToken),
	})
	return err
}

var makeToken = func() string { return common.RetryToken() }

// The near miss: the variable is a function that makes another token each time.
func variableIsFunction(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     common.String(makeToken()),
	})
	return err
}

// A UUID, made when the program starts.
func uuidOfTheProgram(ctx context.Context, client identity.IdentityClient, name string) error {
	_, err := client.CreateUser(ctx, identity.CreateUserRequest{
		CreateUserDetails: userDetails(name),
		OpcRetryToken:     &uuidToken, // want "retrytoken: "
	})
	return err
}
