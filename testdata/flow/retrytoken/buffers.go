package retrytoken

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// randomText makes another text each time, out of a buffer of its own.
func randomText() string {
	var buffer [16]byte
	_, _ = rand.Read(buffer[:])
	return hex.EncodeToString(buffer[:])
}

type generator struct {
	buffer []byte
	count  int
}

func (g *generator) random() string {
	_, _ = rand.Read(g.buffer)
	return base64.StdEncoding.EncodeToString(g.buffer)
}

func (g *generator) numbered() string {
	g.count++
	return fmt.Sprintf("volume-%d", g.count)
}

// The buffer is filled once, so the text is the same each time.
func bufferFilledOnce(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	buffer := make([]byte, 16)
	_, _ = rand.Read(buffer)
	for n := 0; n < 4; n++ {
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(hex.EncodeToString(buffer))}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) { // want "retrytoken: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// The same of an array, as a text.
func partFilledOnce(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	var buffer [16]byte
	_, _ = rand.Read(buffer[:])
	for n := 0; n < 4; n++ {
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(string(buffer[:8]))}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) { // want "retrytoken: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: it is filled for each request.
func bufferFilledAgain(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	buffer := make([]byte, 16)
	for n := 0; n < 4; n++ {
		_, _ = rand.Read(buffer)
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(hex.EncodeToString(buffer))}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: a part of it is filled.
func partFilledAgain(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	var buffer [16]byte
	for n := 0; n < 4; n++ {
		_, _ = rand.Read(buffer[:n+1])
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(string(buffer[:]))}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: it is filled for each request, and printed.
func printedAgain(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	buffer := make([]byte, 16)
	for n := 0; n < 4; n++ {
		_, _ = rand.Read(buffer)
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(fmt.Sprintf("%x", buffer))}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: somebody else's buffer.
func buffersOwner(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails, buffer []byte) (err error) {
	for n := 0; n < 4; n++ {
		_, _ = rand.Read(buffer)
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(hex.EncodeToString(buffer))}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: the program's own maker of tokens.
func ownMaker(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	for n := 0; n < 4; n++ {
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(randomText())}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// The program's own maker, asked once.
func ownMakerOnce(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails) (err error) {
	token := randomText()
	for n := 0; n < 4; n++ {
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(token)}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) { // want "retrytoken: "
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: a generator with a buffer.
func ownGenerator(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails, made *generator) (err error) {
	for n := 0; n < 4; n++ {
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(made.random())}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Near miss: a generator that counts.
func ownNumbers(ctx context.Context, client core.BlockstorageClient, details core.CreateVolumeDetails, made *generator) (err error) {
	for n := 0; n < 4; n++ {
		request := core.CreateVolumeRequest{CreateVolumeDetails: details, OpcRetryToken: common.String(made.numbered())}
		if _, err = client.CreateVolume(ctx, request); !isInvalidated(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
