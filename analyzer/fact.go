package analyzer

import (
	"bytes"
	"compress/flate"
	"encoding/gob"
	"fmt"

	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// bodies is the fact of a package: its functions in portable form. It is encoded only where a driver carries facts
// between processes.
type bodies struct {
	pkg     *summary.Package
	reaches bool // the package imports the SDK, itself or through another
}

// AFact marks bodies as a fact.
func (*bodies) AFact() {}

// String tells a fact in a few words.
func (b *bodies) String() string {
	if b.pkg == nil {
		return "bodies of nothing"
	}
	return fmt.Sprintf("bodies of %d functions", len(b.pkg.Functions))
}

// GobEncode packs the bodies; positions, which mean nothing in another process, are left out.
func (b *bodies) GobEncode() ([]byte, error) {
	var buffer bytes.Buffer
	packer, err := flate.NewWriter(&buffer, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	encoder := gob.NewEncoder(packer)
	if err := encoder.Encode(b.reaches); err != nil {
		return nil, err
	}
	if err := encoder.Encode(b.pkg.Portable()); err != nil {
		return nil, err
	}
	if err := packer.Close(); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// GobDecode unpacks what GobEncode packed.
func (b *bodies) GobDecode(data []byte) error {
	b.pkg = &summary.Package{}
	decoder := gob.NewDecoder(flate.NewReader(bytes.NewReader(data)))
	if err := decoder.Decode(&b.reaches); err != nil {
		return err
	}
	if err := decoder.Decode(b.pkg); err != nil {
		return err
	}
	b.pkg.Link()
	return nil
}
