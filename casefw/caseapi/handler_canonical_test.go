package caseapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
)

// What has an identifier is served at a uri without a version, as its endpoint serves it.
func TestCanonicalURIs(t *testing.T) {
	text, err := os.ReadFile("../testdata/bakers.json")
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	h := serving(t, caseapi.Config{Store: memory(t, f), BaseURL: "https://case.example.edu/server"})
	get := func(h http.Handler, method, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		return w
	}
	paths := []string{"CFDocuments/" + f.Document().Identifier, "CFItems/" + f.At(0).Identifier(), "CFRubrics/" + f.Rubrics()[0].Identifier}
	for a := range f.Associations() {
		paths = append(paths, "CFAssociations/"+a.Identifier())
	}
	d := f.Definitions()
	paths = append(paths, "CFConcepts/"+d.CFConcepts[0].Identifier, "CFSubjects/"+d.CFSubjects[0].Identifier, "CFItemTypes/"+d.CFItemTypes[0].Identifier,
		"CFLicenses/"+d.CFLicenses[0].Identifier, "CFAssociationGroupings/"+d.CFAssociationGroupings[0].Identifier)
	for _, path := range paths {
		at := "/server/ims/case/v1p1/" + path
		want := get(h, http.MethodGet, at)
		require.Equal(t, 200, want.Code, path)
		_, id, _ := strings.Cut(path, "/")
		got := get(h, http.MethodGet, "/server/uri/"+id)
		require.Equal(t, want.Body.String(), got.Body.String(), path)
		require.Equal(t, "https://case.example.edu"+at, got.Header().Get("Content-Location"))
		require.Equal(t, want.Header().Get("ETag"), got.Header().Get("ETag"))
		require.Empty(t, get(h, http.MethodHead, "/server/uri/"+strings.ToUpper(id)).Body.String())
	}
	for path, status := range map[string]int{"/server/uri/": 404, "/server/uri": 404, "/uri/" + f.Document().Identifier: 404, "/server/uri/x": 404,
		"/server/uri/0a000000-0000-4000-8000-00000000ffff": 404, "/server/uri/" + f.Document().Identifier + "/": 404} {
		require.Equal(t, status, get(h, http.MethodGet, path).Code, path)
	}
	require.Equal(t, 405, get(h, http.MethodPost, "/server/uri/"+f.Document().Identifier).Code)
	nobody := func(*http.Request) (context.Context, error) { return nil, caseapi.ErrForbidden }
	closed := serving(t, caseapi.Config{Store: memory(t, f), Authorize: nobody})
	require.Equal(t, 403, get(closed, http.MethodGet, "/uri/"+f.Document().Identifier).Code)
}
