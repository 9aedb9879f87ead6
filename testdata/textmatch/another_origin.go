package textmatch

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/identity"
)

// Near misses: these errors come from a parser, a command, a list of numbers.

func parsed(data []byte) (v map[string]string, broken bool) {
	err := json.Unmarshal(data, &v)
	return v, err != nil && strings.Contains(err.Error(), "InvalidParameter")
}

func numbered(text string) bool {
	_, err := strconv.ParseInt(text, 10, 32)
	return err != nil && strings.HasSuffix(err.Error(), "NotFound")
}

func addressed(address string) bool {
	if _, err := url.Parse(address); err != nil {
		return regexp.MustCompile(`LimitExceeded|404 `).MatchString(err.Error())
	}
	return false
}

func commanded(ctx context.Context, name string) bool {
	_, err := exec.LookPath(name)
	return err != nil && strings.Index(err.Error(), "NotAuthenticated") >= 0
}

func fetched(address string) bool {
	_, err := http.Get(address)
	return err != nil && strings.Contains(err.Error(), "TooManyRequests")
}

// What a walk hands back may be the call's.
func walked(ctx context.Context, client identity.IdentityClient, root string) bool {
	err := filepath.WalkDir(root, func(id string, entry fs.DirEntry, err error) error {
		_, err = client.DeleteUser(ctx, identity.DeleteUserRequest{UserId: common.String(id)})
		return err
	})
	return err != nil && strings.Contains(err.Error(), "NotAuthorizedOrNotFound") // want "textmatch: "
}

type reader interface{ Read() error }

// Whoever reads may ask a service.
func read(from reader) bool {
	err := from.Read()
	return err != nil && strings.Contains(err.Error(), "TooManyRequests") // want "textmatch: "
}

// Near miss: it is asked about the errors of commands alone.
func notThere(err error) bool {
	return err != nil && strings.Contains(err.Error(), "NotFound")
}

func found(name string) bool {
	_, err := exec.LookPath(name)
	return !notThere(err)
}

func foundBeside(name, other string) bool {
	_, err := exec.LookPath(name)
	if err == nil {
		_, err = exec.LookPath(other)
	}
	return !notThere(err)
}

// It is asked about a call's error, too.
func missing(err error) bool {
	return err != nil && strings.Contains(err.Error(), "NotFound") // want "textmatch: "
}

func either(ctx context.Context, client identity.IdentityClient, name string) bool {
	if _, err := exec.LookPath(name); missing(err) {
		return false
	}
	_, err := client.GetUser(ctx, identity.GetUserRequest{UserId: &name})
	return !missing(err)
}
