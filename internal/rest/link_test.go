package rest_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

// The published table has Link headers as providers write them; where it expects a
// next page by a link, the link must be found.
func TestPaginationCasesLinks(t *testing.T) {
	checked := 0
	for _, c := range shared[[]struct {
		ID              string
		RequestURL      string
		ResponseHeaders map[string]string
		ExpectNextURL   string
	}](t, "case/rest/pagination-cases.json") {
		header, there := c.ResponseHeaders["Link"]
		if !there || !strings.HasPrefix(c.ExpectNextURL, "https://") {
			continue
		}
		links := rest.ParseLink(header)
		i := slices.IndexFunc(links, func(l rest.Link) bool { return l.Is("next") })
		require.GreaterOrEqual(t, i, 0, c.ID)
		base, err := url.Parse(c.RequestURL)
		require.NoError(t, err)
		next, err := base.Parse(links[i].URL)
		require.NoError(t, err)
		require.Equal(t, c.ExpectNextURL, next.String(), c.ID)
		checked++
	}
	require.Equal(t, 6, checked)
}

func TestParseLink(t *testing.T) {
	for header, want := range map[string][]rest.Link{
		"":                                    nil,
		"nonsense":                            nil,
		"<a":                                  nil,
		"<a>":                                 {{URL: "a"}},
		`<a>;rel=next`:                        {{"a", "next"}},
		`<a>; title="x, <b>; rel=no"; rel=up`: {{"a", "up"}},
		`<a>; rel="next"; rel="prev"`:         {{"a", "next"}},
		`<a>; REL="Next" , <b>; rel = prev`:   {{"a", "Next"}, {"b", "prev"}},
		"<a>;\r\n rel=\"next\",\r\n <b>":      {{"a", "next"}, {URL: "b"}},
		`<a,b;c>; rel="ne\"xt"`:               {{"a,b;c", `ne"xt`}},
		`<a>; rel; x="`:                       {{URL: "a"}},
	} {
		require.Equal(t, want, rest.ParseLink(header), header)
	}
	require.Equal(t, []rest.Link{{"a", "next"}, {"b", "last"}}, rest.ParseLink("<a>; rel=next", "<b>; rel=last"))
	require.True(t, rest.Link{Rel: "next LAST"}.Is("last"))
	require.False(t, rest.Link{Rel: "nextlast"}.Is("last"))
}

// FuzzLink holds: nothing panics; what is written is one line that reads back as
// the same links, with URLs escaped where they had to be.
func FuzzLink(f *testing.F) {
	f.Add("/a?b=c", "next", `<a>; rel="b"`)
	f.Add("a>; rel=\"x\", <b", "ne\"xt\r\nX: y", "<")
	f.Fuzz(func(t *testing.T, u, rel, header string) {
		rest.ParseLink(header)
		written := string(rest.AppendLinks(nil, []rest.Link{{URL: u, Rel: rel}, {URL: "second"}}))
		require.False(t, strings.ContainsFunc(written, func(r rune) bool { return r < ' ' || r > '~' }))
		again := rest.ParseLink(written)
		require.Len(t, again, 2)
		require.Equal(t, "second", again[1].URL)
		if !strings.ContainsFunc(u, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>"`, r) }) {
			require.Equal(t, u, again[0].URL)
		}
	})
}
