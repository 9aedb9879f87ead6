package summary

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"github.com/ociretry/ociretry/analyzer/internal/sdk"
)

// generated has client methods in the forms of v65.129.0 and of v1.8.0.
const generated = `package service

func (client ShelfClient) HeadShelf(ctx context.Context, request HeadShelfRequest) (response HeadShelfResponse, err error) {
	policy := common.DefaultRetryPolicy()
	ociResponse, err := common.Retry(ctx, request, client.headShelf, policy)
	return
}

func (client ShelfClient) headShelf(ctx context.Context, request common.OCIRequest, binaryReqBody *common.OCIReadSeekCloser, extraHeaders map[string]string) (common.OCIResponse, error) {
	httpRequest, err := request.HTTPRequest(http.MethodHead, "/shelves/{shelf}", binaryReqBody, extraHeaders)
	return nil, err
}

func (client ShelfClient) assembleShelves(ctx context.Context, request common.OCIRequest) (common.OCIResponse, error) {
	httpRequest, err := request.HTTPRequest(http.MethodGet, "/shelves")
	return nil, err
}

func (client ShelfClient) listShelves(ctx context.Context, request common.OCIRequest) (common.OCIResponse, error) {
	httpRequest, err := request.HTTPRequest(http.MethodGet, "/shelves")
	return nil, err
}

func (client ShelfClient) deleteShelf(ctx context.Context, request common.OCIRequest) (common.OCIResponse, error) {
	httpRequest, err := request.HTTPRequest(http.MethodDelete, "/shelves/{shelf}")
	return nil, err
}
`

func parsed(t *testing.T, source string) []*ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "source.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	return []*ast.File{file}
}

func TestDefaults(t *testing.T) {
	pkg := Defaults("service", parsed(t, generated))
	if !slices.Equal(pkg.Defaults, []string{"HeadShelf"}) || !slices.Equal(pkg.Heads, []string{"HeadShelf"}) || !slices.Equal(pkg.Gets, []string{"AssembleShelves"}) {
		t.Errorf("defaults %q, sent with HEAD %q, with GET whatever its name %q", pkg.Defaults, pkg.Heads, pkg.Gets)
	}
	var unknown *Package
	for operation, want := range map[string]bool{"HeadShelf": true, "AssembleShelves": true, "ListShelves": true, "DeleteShelf": false} {
		if pkg.Reads(operation) != want {
			t.Errorf("%s reads: %t", operation, !want)
		}
	}
	if unknown.Reads("AssembleShelves") || !unknown.Reads("ListShelves") || unknown.SentWithHead("HeadShelf") {
		t.Error("a package of which nothing is known says more than the names do")
	}
}

func TestVersion(t *testing.T) {
	pkg := Common("common", parsed(t, "package common\n\nconst (\n\tmajor = \"65\"\n\tminor = \"129\"\n\tpatch = \"0\"\n\ttag   = \"\"\n)\n"))
	if want := (sdk.Version{Known: true, Major: 65, Minor: 129}); pkg.Version != want {
		t.Errorf("version %+v, want %+v", pkg.Version, want)
	}
	if unknown := Common("common", parsed(t, "package common\n")).Version; unknown.Known || unknown.Has(1, 0, 0) || unknown.Lacks(99, 0, 0) {
		t.Errorf("version %+v of a source without one", unknown)
	}
	for _, since := range []struct {
		major, minor, patch int
		want                bool
	}{{65, 129, 0, true}, {65, 129, 1, false}, {65, 130, 0, false}, {65, 18, 0, true}, {66, 0, 0, false}, {2, 5, 0, true}} {
		if pkg.Version.Has(since.major, since.minor, since.patch) != since.want || pkg.Version.Lacks(since.major, since.minor, since.patch) == since.want {
			t.Errorf("v65.129.0 has what came with v%d.%d.%d: %t", since.major, since.minor, since.patch, !since.want)
		}
	}
}
