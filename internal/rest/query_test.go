package rest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func TestParseQuery(t *testing.T) {
	for query, want := range map[string]url.Values{
		"":                              {},
		"limit=1&&offset=2&":            {"limit": {"1"}, "offset": {"2"}},
		"x=1&Limit=3&%6cimit=4&limit":   {"limit": {"4", ""}},
		"filter=a%3D%27b+c%27&fields=a": {"filter": {"a='b c'"}, "fields": {"a"}},
		"access_token=secret&utm=%C3%A": nil, "a;b=1": nil, "%": nil, "=%g0": nil, "x=%": nil,
	} {
		got, err := rest.ParseQuery(query, rest.QueryLimits{})
		if want == nil {
			requireCode(t, err, rest.CodeBadQuery, query)
			continue
		}
		require.NoError(t, err, query)
		require.Equal(t, want, got, query)
	}
}

func TestQueriesAreBounded(t *testing.T) {
	l := rest.QueryLimits{Bytes: 100, Value: 10}
	_, err := rest.ParseQuery(strings.Repeat("a", 101), l)
	requireCode(t, err, rest.CodeLongQuery)
	require.Equal(t, http.StatusRequestURITooLong, err.(*rest.Error).Status())
	require.Error(t, l.Check(strings.Repeat("&", 101)))
	require.NoError(t, l.Check(strings.Repeat("&", 100)))
	for _, name := range []string{"sort", "orderBy", "limit", "offset", "fields"} {
		_, err := rest.ParseQuery(name+"="+strings.Repeat("a", 11), l)
		requireCode(t, err, rest.CodeLongValue, name)
		require.Equal(t, http.StatusBadRequest, err.(*rest.Error).Status())
		_, err = rest.ParseQuery(name+"="+strings.Repeat("a", 10), l)
		require.NoError(t, err)
	}
	_, err = rest.ParseQuery("filter="+strings.Repeat("a", 90), l)
	require.NoError(t, err, "a filter has its own limit")
}

// A query costs in proportion to its length, of however many parameters it is made.
func TestQueriesCostWhatTheyAreLong(t *testing.T) {
	for _, piece := range []string{"&", "a&", "%61=%62&", "fields=&", "sort=a&", "limit=1&", "filter&", "é=1&"} {
		query := strings.TrimSuffix(strings.Repeat(piece, 1_000_000/len(piece)), "&")
		spent := testkit.Allocated(func() { _, _ = rest.ParseQuery(query, rest.QueryLimits{Bytes: len(query)}) })
		require.Less(t, spent, uint64(16*len(query)), piece)
	}
}

// FuzzParseQuery holds, whatever the query: what is read are parameters of the bindings
// as net/url reads them, and what net/url refuses is refused.
func FuzzParseQuery(f *testing.F) {
	f.Add("limit=1&offset=2&filter=a%3D%27b%27&x=%zz")
	f.Add("sort=a;b&fields")
	f.Fuzz(func(t *testing.T, raw string) {
		want, bad := url.ParseQuery(raw)
		got, err := rest.ParseQuery(raw, rest.QueryLimits{})
		if err != nil {
			code := err.(*rest.Error).Code
			require.True(t, bad != nil || code == rest.CodeLongQuery || code == rest.CodeLongValue, raw)
			return
		}
		require.NoError(t, bad)
		for name, values := range got {
			require.Equal(t, want[name], values)
		}
		for _, name := range []string{"limit", "offset", "sort", "orderBy", "filter", "fields"} {
			require.Equal(t, want.Has(name), got.Has(name))
		}
	})
}
