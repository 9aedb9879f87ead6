package nonretryable

import (
	"bytes"
	"context"
	"io"
	"strings"
	"time"

	"github.com/oracle/oci-go-sdk/v65/objectstorage"
)

// A body that is made anew of the same bytes for each attempt is the same body.

func freshReader(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.PutObjectRequest, body []byte) (err error) {
	for range 3 {
		request.PutObjectBody = io.NopCloser(bytes.NewReader(body))
		if _, err = client.PutObject(ctx, request); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func freshText(ctx context.Context, client objectstorage.ObjectStorageClient, name, text string) (err error) {
	for range 3 {
		request := objectstorage.PutObjectRequest{ObjectName: &name, PutObjectBody: io.NopCloser(strings.NewReader(text))}
		if _, err = client.PutObject(ctx, request); err == nil { // want "nonretryable: "
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// The near misses.

// partByPart sends other bytes in each round.
func partByPart(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.UploadPartRequest, parts [][]byte) (left int) {
	for i, part := range parts {
		request.UploadPartNum = &i
		request.UploadPartBody = io.NopCloser(bytes.NewReader(part))
		if _, err := client.UploadPart(ctx, request); err != nil {
			left++
		}
	}
	return left
}

// writtenTo sends a buffer that has grown since.
func writtenTo(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.PutObjectRequest, lines <-chan string) (err error) {
	var buffer bytes.Buffer
	for line := range lines {
		buffer.WriteString(line)
		request.PutObjectBody = io.NopCloser(bytes.NewReader(buffer.Bytes()))
		if _, err = client.PutObject(ctx, request); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// readAnew sends what was read for this attempt.
func readAnew(ctx context.Context, client objectstorage.ObjectStorageClient, request objectstorage.PutObjectRequest, read func() ([]byte, error)) (err error) {
	for range 3 {
		body, readErr := read()
		if readErr != nil {
			return readErr
		}
		request.PutObjectBody = io.NopCloser(bytes.NewReader(body))
		if _, err = client.PutObject(ctx, request); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
