// Package retrytoken holds the cases of the rule retrytoken: a token that outlives its request, and predicates that send
// the same token again after InvalidatedRetryToken.
package retrytoken

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

func userDetails(name string) identity.CreateUserDetails {
	return identity.CreateUserDetails{Name: common.String(name), Description: common.String("made by a test")}
}

func groupDetails(name string) identity.CreateGroupDetails {
	return identity.CreateGroupDetails{Name: common.String(name), Description: common.String("made by a test")}
}

// randomToken makes another token each time.
func randomToken() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
