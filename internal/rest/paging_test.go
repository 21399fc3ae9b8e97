package rest_test

import (
	"fmt"
	"net/url"
	"strconv"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

// The published table says which links a page has.
func TestPaginationServerCases(t *testing.T) {
	type place struct{ Limit, Offset int }
	for _, c := range shared[[]struct {
		ID                   string
		Total, Limit, Offset int
		Links                map[string]place
	}](t, "case/rest/pagination-server-cases.json") {
		got := map[string]place{}
		for _, l := range (rest.Page{Limit: c.Limit, Offset: c.Offset}).Links("/x", nil, c.Total) {
			u, err := url.Parse(l.URL)
			require.NoError(t, err)
			limit, err := strconv.Atoi(u.Query().Get("limit"))
			require.NoError(t, err)
			offset, err := strconv.Atoi(u.Query().Get("offset"))
			require.NoError(t, err)
			got[l.Rel] = place{limit, offset}
		}
		for rel, want := range c.Links {
			require.Equal(t, want, got[rel], "%s: %s", c.ID, rel)
		}
		for _, rel := range []string{"next", "prev"} {
			_, want := c.Links[rel]
			_, there := got[rel]
			if c.ID != "beyond-end" { // what comes before a page behind the end is not said
				require.Equal(t, want, there, "%s: %s", c.ID, rel)
			}
		}
	}
}

func TestLinksKeepOtherParameters(t *testing.T) {
	q := url.Values{"filter": {"a='b&c'"}, "fields": {"x", "y"}, "limit": {"7"}}
	links := rest.Page{Limit: 7}.Links("https://h/p", q, 8)
	require.Equal(t, "https://h/p?fields=x&fields=y&filter=a%3D%27b%26c%27&limit=7&offset=7", links[0].URL)
	require.Equal(t, url.Values{"filter": {"a='b&c'"}, "fields": {"x", "y"}, "limit": {"7"}}, q)
}

// Open Badges 3.0 (getCredentials): where Link is sent, first and last are in it, and
// prev with an offset, of an empty list too.
func TestLinksAreWhole(t *testing.T) {
	for total := range 13 {
		for limit := 1; limit < 6; limit++ {
			for offset := range 15 {
				rels := map[string]bool{}
				for _, l := range (rest.Page{Limit: limit, Offset: offset}).Links("/x", nil, total) {
					require.False(t, rels[l.Rel], "a relation stands twice")
					rels[l.Rel] = true
				}
				note := fmt.Sprint(total, limit, offset)
				require.True(t, rels["first"] && rels["last"], note)
				require.Equal(t, offset > 0, rels["prev"], note)
				require.Equal(t, offset+limit < total, rels["next"], note)
			}
		}
	}
	require.Equal(t, []rest.Link{{URL: "/x?limit=7&offset=0", Rel: "last"}, {URL: "/x?limit=7&offset=0", Rel: "first"}},
		rest.Page{Limit: 7}.Links("/x", nil, 0))
}

// FuzzAround holds, whatever the page: following next from the first page visits
// every record once, and no page lies outside the collection.
func FuzzAround(f *testing.F) {
	f.Add(503, 10, 10)
	f.Add(0, 1, 0)
	f.Fuzz(func(t *testing.T, total, limit, offset int) {
		if total < 0 || total > 2000 || limit < 1 || limit > 1<<31-1 || offset < 0 || offset > 1<<31-1 {
			return
		}
		_, prev, _, last := rest.Page{Limit: limit, Offset: offset}.Around(total)
		require.True(t, total == 0 && last == rest.Page{Limit: limit} || last.Offset < total && last.Offset+last.Limit == total)
		require.LessOrEqual(t, prev.Offset+prev.Limit, max(offset, last.Offset+last.Limit))
		seen := 0
		for p := (rest.Page{Limit: limit}); p != (rest.Page{}); _, _, p, _ = p.Around(total) {
			from, to := p.Window(total)
			require.Equal(t, seen, from)
			seen = to
		}
		require.Equal(t, total, seen)
	})
}

func TestParsePage(t *testing.T) {
	for query, want := range map[string]rest.Page{
		"": {100, 0}, "limit=5&offset=7": {5, 7}, "limit=2000": {1000, 0}, "offset=2147483647": {100, 2147483647},
	} {
		q, err := rest.ParseQuery(query, rest.QueryLimits{})
		require.NoError(t, err)
		p, err := rest.ParsePage(q, rest.PageLimits{})
		require.NoError(t, err, query)
		require.Equal(t, want, p, query)
	}
	for query, code := range map[string]rest.Code{
		"limit=0": rest.CodePage, "limit=-1": rest.CodePage, "limit=": rest.CodePage, "limit=ten": rest.CodePage,
		"limit=1.5": rest.CodePage, "limit=2147483648": rest.CodePage, "limit=%201": rest.CodePage, "offset=-1": rest.CodePage,
		"offset=x": rest.CodePage, "limit=1&limit=2": rest.CodeRepeated, "offset=%2B1": rest.CodePage,
	} {
		q, err := rest.ParseQuery(query, rest.QueryLimits{})
		require.NoError(t, err)
		_, err = rest.ParsePage(q, rest.PageLimits{})
		requireCode(t, err, code, query)
	}
	_, err := rest.ParseQuery("a=%zz", rest.QueryLimits{})
	requireCode(t, err, rest.CodeBadQuery)
}

func TestParseOrder(t *testing.T) {
	o, err := rest.ParseOrder(url.Values{"sort": {"title"}, "orderBy": {"desc"}})
	require.NoError(t, err)
	require.Equal(t, rest.Order{Field: "title", Desc: true}, o)
	_, err = rest.ParseOrder(url.Values{"orderBy": {"DESC"}})
	requireCode(t, err, rest.CodeOrder)
	_, err = rest.ParseOrder(url.Values{"sort": {"a", "b"}})
	requireCode(t, err, rest.CodeRepeated)
}

func TestParseSelection(t *testing.T) {
	for query, want := range map[string][]string{
		"": nil, "fields=text,list": {"text", "list"}, "fields=text&fields=list": {"text", "list"}, "fields=text,text": {"text"},
		"fields=text,foo": nil, "fields=TEXT": nil, "fields=%20text%20": {"text"},
	} {
		q, err := rest.ParseQuery(query, rest.QueryLimits{})
		require.NoError(t, err)
		got, err := rest.ParseSelection(q, fields)
		require.NoError(t, err, query)
		require.Equal(t, want, got, query)
	}
	for _, query := range []string{"fields=", "fields=%20", "fields=text,", "fields=foo,,text"} {
		q, err := rest.ParseQuery(query, rest.QueryLimits{})
		require.NoError(t, err)
		_, err = rest.ParseSelection(q, fields)
		requireCode(t, err, rest.CodeSelection, query)
	}
}
