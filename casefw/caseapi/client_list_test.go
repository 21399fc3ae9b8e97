package caseapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func TestFilterCases(t *testing.T) {
	var cases struct {
		Cases []struct {
			Filter, URLEncoded string
			Parsed             *struct {
				Logical *string
				Terms   []struct{ Field, Op, Value string }
			}
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/filter-cases.json"), &cases))
	written := 0
	for _, c := range cases.Cases {
		if c.Parsed == nil {
			continue
		}
		var f caseapi.Filter
		for i, term := range c.Parsed.Terms {
			g := caseapi.BuildFilter(term.Field, term.Op, term.Value)
			switch {
			case i == 0:
				f = g
			case *c.Parsed.Logical == "OR":
				f = f.Or(g)
			default:
				f = f.And(g)
			}
		}
		require.NoError(t, f.Err())
		quoted := false
		for _, term := range c.Parsed.Terms {
			quoted = quoted || strings.Contains(term.Value, "'")
		}
		if quoted && !strings.Contains(c.Filter, "''") {
			continue // written otherwise than by us
		}
		written++
		require.Equal(t, c.Filter, f.String())
		require.Equal(t, "filter="+c.URLEncoded, rest.EncodeQuery(url.Values{"filter": {f.String()}}))
	}
	require.Greater(t, written, 30)
}

func TestFiltersThatCannotBeWritten(t *testing.T) {
	a, b := caseapi.Where("a").Equal("1"), caseapi.Where("b").Equal("2")
	const name, both, everything = "is a name, or names joined by dots", "not by both", "selects everything"
	for _, c := range []struct {
		f   caseapi.Filter
		why string
	}{
		{caseapi.Where("a b").Equal("1"), name}, {caseapi.Where("").Equal("1"), name}, {caseapi.Where("a'='x").Equal(""), name},
		{a.And(b).Or(a), both}, {a.And(a.Or(b)), both}, {a.And(caseapi.Filter{}), everything},
	} {
		require.ErrorContains(t, c.f.Err(), c.why)
		require.Empty(t, c.f.String())
		cl, _ := provider(t, nil)
		for _, err := range cl.Documents(caseapi.List{Filter: c.f}).All(context.Background()) {
			failed(t, err, caseapi.CodeBadRequest)
		}
	}
	require.NoError(t, a.And(b).And(a).Err())
	require.Equal(t, "lastChangeDateTime>='2026-01-01T00:00:00Z'",
		caseapi.Where("lastChangeDateTime").GreaterOrEqual(caseapi.DateTime(testkit.Now)).String())
	require.Equal(t, "statusStartDate<'2026-01-01'", caseapi.Where("statusStartDate").Less(caseapi.Date(testkit.Now)).String())
	for _, l := range []caseapi.List{{Fields: []string{"a,b"}}, {Fields: []string{""}}, {Sort: "a&b"}, {Limit: -1}, {Offset: -1}} {
		cl, _ := provider(t, nil)
		for _, err := range cl.Documents(l).All(context.Background()) {
			failed(t, err, caseapi.CodeBadRequest)
		}
	}
}

func documentJSON(i int) string {
	return fmt.Sprintf(`{"identifier":"00000000-0000-4000-8000-%012d"}`, i)
}

// documents is a page of the documents from first up to end.
func documents(first, end int) string {
	var all []string
	for i := first; i < end; i++ {
		all = append(all, documentJSON(i))
	}
	return `{"CFDocuments":[` + strings.Join(all, ",") + `]}`
}

// pages serves count documents; headers says what comes with a page.
func pages(count, most int, headers func(w http.ResponseWriter, r *http.Request, offset, limit int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
		offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
		limit = min(limit, most)
		if headers != nil {
			headers(w, r, offset, limit)
		}
		answer(w, 200, documents(offset, min(count, offset+limit)))
	}
}

func TestListing(t *testing.T) {
	link := func(w http.ResponseWriter, r *http.Request, offset, limit int) {
		if offset+limit < 25 {
			w.Header().Set("Link", fmt.Sprintf(`<%s?limit=%d&offset=%d>; rel="next"`, r.URL.Path, limit, offset+limit))
		}
		w.Header().Set("X-Total-Count", "25")
	}
	total := func(w http.ResponseWriter, _ *http.Request, _, _ int) { w.Header().Set("X-Total-Count", "25") }
	cases := map[string]struct {
		h     http.HandlerFunc
		n     int
		code  vc.Code
		warns []vc.Code
	}{
		"Link":                {pages(25, 10, link), 25, "", nil},
		"total alone":         {pages(25, 4, total), 25, "", nil},
		"nothing":             {pages(25, 10, nil), 25, "", []vc.Code{caseapi.WarnNoPagingHeaders}},
		"nothing, whole page": {pages(20, 10, nil), 20, "", []vc.Code{caseapi.WarnNoPagingHeaders, casefwEmptySet}},
		"offset ignored": {func(w http.ResponseWriter, r *http.Request) { pages(10, 10, nil)(w, at(r, 0)) }, 10, "",
			[]vc.Code{caseapi.WarnNoPagingHeaders, caseapi.WarnOffsetIgnored}},
		"limit ignored": {func(w http.ResponseWriter, r *http.Request) {
			answer(w, 200, documents(1, 12))
		}, 11, "", []vc.Code{caseapi.WarnNoPagingHeaders, caseapi.WarnLimitIgnored}},
		"in a circle": {pages(100, 10, func(w http.ResponseWriter, r *http.Request, offset, limit int) {
			w.Header().Set("Link", fmt.Sprintf(`<%s?limit=10&offset=%d>; rel="next"`, r.URL.Path, (offset+10)%20))
		}), 20, caseapi.CodePaginationLoop, nil},
		"another host": {pages(100, 10, func(w http.ResponseWriter, _ *http.Request, _, _ int) {
			w.Header().Set("Link", `<https://evil.example/?offset=10>; rel="next"`)
		}), 10, caseapi.CodeCrossOrigin, nil},
		"without end": {func(w http.ResponseWriter, r *http.Request) { pages(1<<30, 10, nil)(w, r) }, 50, caseapi.CodeTooManyPages, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cl, _ := provider(t, c.h, func(c *caseapi.ClientConfig) { c.MaxPages = 5 })
			if name == "total alone" {
				cl, _ = provider(t, c.h)
			}
			l := cl.Documents(caseapi.List{Limit: 10})
			n, err := 0, error(nil)
			for d, e := range l.All(context.Background()) {
				if err = e; e == nil {
					require.Equal(t, n, lastDigits(d.Identifier)-map[bool]int{true: 1}[name == "limit ignored"])
					n++
				}
			}
			require.Equal(t, c.n, n)
			require.Equal(t, c.code == "" && name != "offset ignored", l.Complete())
			if c.code != "" {
				failed(t, err, c.code)
				return
			}
			require.NoError(t, err)
			require.ElementsMatch(t, c.warns, warned(l.Warnings()))
		})
	}
}

const casefwEmptySet vc.Code = "empty-set"

func lastDigits(id string) int {
	n, _ := strconv.Atoi(id[len(id)-12:])
	return n
}

func at(r *http.Request, offset int) *http.Request {
	c := r.Clone(r.Context())
	q := c.URL.Query()
	q.Set("offset", strconv.Itoa(offset))
	c.URL.RawQuery = q.Encode()
	return c
}

func TestListIsWrittenAsTheBindingSays(t *testing.T) {
	var got string
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.URL.RawQuery
		answer(w, 200, `{"CFDocuments":[`+documentJSON(1)+`]}`)
	})
	for d, err := range cl.Documents(caseapi.List{Filter: caseapi.Where("title").Equal("Bob's way"), Sort: "title", Descending: true,
		Fields: []string{"identifier", "title"}, Limit: 5, Offset: 3}).All(context.Background()) {
		require.NoError(t, err)
		require.NotNil(t, d)
		break
	}
	require.Equal(t, "fields=identifier%2Ctitle&filter=title%3D%27Bob%27%27s%20way%27&limit=5&offset=3&orderBy=desc&sort=title", got)
}
