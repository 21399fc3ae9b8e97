package rest_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

func TestPaginationCases(t *testing.T) {
	cases := shared[[]struct {
		ID, RequestURL  string
		ResponseHeaders map[string]string
		ItemsInBody     int
		ExpectNextURL   *string
	}](t, "case/rest/pagination-cases.json")
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			at, err := url.Parse(c.RequestURL)
			require.NoError(t, err)
			h := http.Header{}
			for name, value := range c.ResponseHeaders {
				h.Set(name, value)
			}
			limit, _ := strconv.Atoi(at.Query().Get("limit"))
			offset, _ := strconv.Atoi(at.Query().Get("offset"))
			next, code := (&rest.Turn{URL: at, Header: h, Items: c.ItemsInBody, Limit: limit, Offset: offset}).Next()
			switch {
			case c.ExpectNextURL == nil:
				require.Nil(t, next)
				require.Empty(t, code)
			case strings.HasPrefix(*c.ExpectNextURL, "ERROR:"):
				require.Nil(t, next)
				require.Equal(t, rest.Code(strings.TrimPrefix(*c.ExpectNextURL, "ERROR:")), code)
			default:
				want, err := url.Parse(*c.ExpectNextURL)
				require.NoError(t, err)
				require.NotNil(t, next, code)
				require.Equal(t, want.Query(), next.Query())
				require.Equal(t, want.Host+want.Path, next.Host+next.Path)
			}
		})
	}
}

// Property: whatever the headers say, the next page is on the origin of this one
// and not this one.
func FuzzNextPage(f *testing.F) {
	f.Add("<https://case.example.edu/a?offset=10>; rel=next", "25", 10)
	f.Add("</b>; rel=\"last next\", <//evil.example>; rel=next", "x", 10)
	f.Add("<?offset=%31>;rel=next", "", 3)
	at, err := url.Parse("https://case.example.edu/ims/case/v1p1/CFDocuments?limit=10&offset=10")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, link, total string, items int) {
		h := http.Header{"Link": {link}, "X-Total-Count": {total}}
		next, code := (&rest.Turn{URL: at, Header: h, Items: items & 0xfff, Limit: 10, Offset: 10}).Next()
		if next == nil {
			return
		}
		require.Empty(t, code)
		require.Equal(t, "https", next.Scheme)
		require.Equal(t, "case.example.edu", strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(next.Host), ":443"), "."))
		require.NotEqual(t, at.String(), next.String())
	})
}

// What is below a base is so by what a server makes of the path, not by how it begins.
func TestWithin(t *testing.T) {
	base, err := url.Parse("https://case.example.edu/x/ims/case")
	require.NoError(t, err)
	for text, want := range map[string]bool{
		"https://case.example.edu/x/ims/case": true, "https://case.example.edu/x/ims/case/v1p1/CFDocuments?offset=1": true,
		"https://case.example.edu:443/x/ims/case/": true, "https://CASE.example.edu/x//ims/case/v1p0": true,
		"https://case.example.edu/x/ims/casement": false, "https://case.example.edu/x/ims": false, "https://case.example.edu": false,
		"https://case.example.edu/x/ims/case/../admin": false, "https://case.example.edu/x/ims/case/%2e%2e/admin": false,
		"https://case.example.edu/x/ims/case/v1p1%2f..%2f..%2fadmin": false,
		"http://case.example.edu/x/ims/case/v1p1":                    false, "https://evil.example/x/ims/case": false,
	} {
		u, err := url.Parse(text)
		require.NoError(t, err)
		require.Equal(t, want, rest.Within(u, base), text)
		at, err := url.Parse("https://case.example.edu/x/ims/case/v1p1/CFDocuments")
		require.NoError(t, err)
		turn := &rest.Turn{URL: at, Base: base, Header: http.Header{"Link": {"<" + text + ">; rel=next"}}, Items: 1, Limit: 1}
		next, code := turn.Next()
		require.Equal(t, want, next != nil, text)
		require.Equal(t, want, code == "", text)
	}
}
