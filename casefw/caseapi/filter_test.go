package caseapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// published serves the documents of the published tables.
func published(t testing.TB) http.Handler {
	t.Helper()
	set, _, err := casefw.Parse[casefw.CFDocumentSet](testkit.ReadShared(t, "case/rest/filter-dataset-cfdocuments.json"), casefw.Options{})
	require.NoError(t, err)
	require.Len(t, set.CFDocuments, 8)
	var all []*casefw.Framework
	for i := range set.CFDocuments {
		all = append(all, casefw.NewFramework(&casefw.CFPackage{CFDocument: &set.CFDocuments[i]}))
	}
	return serving(t, caseapi.Config{Store: memory(t, all...)})
}

func titles(t testing.TB, h http.Handler, query string) []string {
	t.Helper()
	all := []string{}
	w := get(t, h, base1+"/CFDocuments?"+query)
	list, ok := body(t, w)["CFDocuments"].([]any)
	require.True(t, ok)
	for _, d := range list {
		all = append(all, d.(map[string]any)["title"].(string))
	}
	require.Equal(t, strconv.Itoa(len(all)), w.Header().Get("X-Total-Count"), query)
	return all
}

// The published filters, asked of the handler: what passes, in the order of the
// list, or how they are refused.
func TestHandlerFilterCases(t *testing.T) {
	h := published(t)
	var table struct {
		Cases []struct {
			Filter, URLEncoded string
			Expect             struct {
				Titles       []string
				Error, Field string
			}
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/filter-cases.json"), &table))
	require.Len(t, table.Cases, 54)
	for _, c := range table.Cases {
		if c.Expect.Error == "" {
			require.Equal(t, c.Expect.Titles, titles(t, h, "filter="+c.URLEncoded), c.Filter)
			continue
		}
		w := get(t, h, base1+"/CFDocuments?filter="+c.URLEncoded)
		requireStatus(t, w, http.StatusBadRequest, "invalid_filter_field")
		require.Contains(t, w.Body.String(), c.Expect.Field)
		require.NotContains(t, w.Body.String(), "CFDocuments")
		requireStatus(t, get(t, h, base0+"/CFDocuments?filter="+c.URLEncoded), http.StatusBadRequest, "invalid_selection_field")
	}
}

func TestFilterKnowsTheVersion(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, field := range []string{"caseVersion", "frameworkType", "extensions.board"} {
		body(t, get(t, h, base1+"/CFDocuments?filter="+field+"='7'"))
		requireStatus(t, get(t, h, base0+"/CFDocuments?filter="+field+"='7'"), http.StatusBadRequest, "invalid_selection_field")
	}
}

// A version that is empty is found by the empty text, one that is absent is not.
func TestFilterByAnEmptyText(t *testing.T) {
	store, err := caseapi.NewMemory()
	require.NoError(t, err)
	for i, version := range []string{`"version":"",`, ``, `"version":null,`, `"version":"1",`} {
		f, _, err := casefw.LoadBytes([]byte(fmt.Sprintf(`{"CFDocument":{%s"identifier":"%s","title":"%d"},"CFItems":[]}`,
			version, numberedID(i), i)), casefw.Options{})
		require.NoError(t, err)
		require.NoError(t, store.Put(f))
	}
	h := serving(t, caseapi.Config{Store: store})
	for filter, want := range map[string][]string{"version=''": {"0"}, "version!=''": {"1", "2", "3"}, "version~''": {"0", "3"},
		"version>=''": {"0", "3"}} {
		require.ElementsMatch(t, want, titles(t, h, "filter="+url.QueryEscape(filter)), filter)
	}
	many := url.QueryEscape("subject~'" + strings.Repeat("a,", 40) + "'")
	w := get(t, h, base1+"/CFDocuments?filter="+many)
	requireStatus(t, w, http.StatusBadRequest, "invalid_filter_field")
	require.Contains(t, w.Body.String(), "it may have 32")
}

func TestHandlerSortCases(t *testing.T) {
	h := published(t)
	var table struct {
		Cases []struct {
			Query      string
			Titles     []string
			ExpectHTTP int
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/sort-cases.json"), &table))
	require.Len(t, table.Cases, 6)
	for _, c := range table.Cases {
		switch {
		case c.ExpectHTTP == http.StatusBadRequest:
			requireStatus(t, get(t, h, base1+"/CFDocuments?"+c.Query), http.StatusBadRequest, "invalid_sort_field")
		case c.Titles != nil:
			require.Equal(t, c.Titles, titles(t, h, c.Query), c.Query)
		default: // by creator: those of one stand together, the Japanese one last
			got := titles(t, h, c.Query)
			require.Equal(t, "Reading AND Writing", got[0])
			require.Equal(t, "算数・数学", got[len(got)-1])
		}
	}
}

func TestHandlerFieldsCases(t *testing.T) {
	h := published(t)
	var table struct {
		Cases []struct {
			Query           string
			MembersOfFirst  any
			ExpectHTTP      int
			ExpectCodeMinor string
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/fields-cases.json"), &table))
	require.Len(t, table.Cases, 9)
	whole := body(t, get(t, h, base1+"/CFDocuments"))["CFDocuments"].([]any)[0].(map[string]any)
	for _, c := range table.Cases {
		w := get(t, h, base1+"/CFDocuments?"+c.Query)
		if c.ExpectHTTP != 0 {
			requireStatus(t, w, c.ExpectHTTP, c.ExpectCodeMinor)
			continue
		}
		first := body(t, w)["CFDocuments"].([]any)[0].(map[string]any)
		if c.MembersOfFirst == "ALL" {
			require.Equal(t, whole, first, c.Query)
			continue
		}
		want := map[string]any{}
		for _, name := range c.MembersOfFirst.([]any) {
			want[name.(string)] = whole[name.(string)]
		}
		require.Equal(t, want, first, c.Query)
	}
}

func TestPagesOfTheList(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t), BaseURL: "https://case.example.org/server/"})
	w := get(t, h, "/server"+base1+"/CFDocuments?limit=1&offset=1&sort=title&filter=creator~'example'&fields=title")
	require.Equal(t, []any{map[string]any{"title": "Crosswalk"}}, body(t, w)["CFDocuments"])
	require.Equal(t, "3", w.Header().Get("X-Total-Count"))
	links := map[string]string{}
	for _, l := range rest.ParseLink(w.Header().Get("Link")) {
		links[l.Rel] = l.URL
	}
	at := func(offset string) string {
		return "https://case.example.org/server" + base1 +
			"/CFDocuments?fields=title&filter=creator~%27example%27&limit=1&offset=" + offset + "&sort=title"
	}
	for rel, want := range map[string]string{"first": at("0"), "prev": at("0"), "next": at("2"), "last": at("2")} {
		require.Equal(t, strings.ReplaceAll(want, "~", "~"), links[rel], rel)
	}
	require.Len(t, links, 4)
}

func TestLinksDoNotBelieveTheHost(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	w := get(t, h, "http://evil.example"+base1+"/CFDocuments?limit=1", "X-Forwarded-Host", "evil.example")
	require.Contains(t, w.Header().Get("Link"), "<"+base1+"/CFDocuments?limit=1&offset=1>; rel=\"next\"")
	require.NotContains(t, w.Header().Get("Link"), "evil")
}

func TestRefusedQueries(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t), MaxFilterBytes: 100, MaxLimit: 2})
	for query, code := range map[string]string{
		"limit=0":                    "invalid_selection_field",
		"limit=x":                    "invalid_selection_field",
		"limit=99999999999999999999": "invalid_selection_field",
		"limit=1&limit=2":            "invalid_selection_field",
		"offset=-1":                  "invalid_selection_field",
		"fields=,":                   "invalid_selection_field",
		"sort=a&sort=b":              "invalid_selection_field",
		"filter=a&filter=b":          "invalid_selection_field",
		"a=%zz":                      "invalid_selection_field",
		"orderBy=up":                 "invalid_sort_field",
		"filter=":                    "invalid_filter_field",
		"filter=title~'" + strings.Repeat("x", 100) + "'": "invalid_filter_field",
	} {
		requireStatus(t, get(t, h, base1+"/CFDocuments?"+query), http.StatusBadRequest, code)
	}
	cut := body(t, get(t, h, base1+"/CFDocuments?limit=50"))
	require.Len(t, cut["CFDocuments"], 2) // the largest page, and the links go on from there
	require.Empty(t, body(t, get(t, h, base1+"/CFDocuments?offset=2147483647"))["CFDocuments"])
	body(t, get(t, h, base1+"/CFItems/"+storetest.IDRoot+"?limit=0&filter=x")) // other endpoints have no parameters
}

func TestEmptyStore(t *testing.T) {
	w := get(t, serving(t, caseapi.Config{Store: &caseapi.Memory{}}), base1+"/CFDocuments")
	require.Equal(t, map[string]any{"CFDocuments": []any{}}, body(t, w))
	require.Equal(t, "0", w.Header().Get("X-Total-Count"))
}

func TestFilterByExtensions(t *testing.T) {
	f := numbered(t, 1).Package()
	f.CFDocument.Extensions = []byte(`{"a":{"b":["x",{"c":1.50}],"yes":true,"no":false,"nil":null},"list":[{"n":"p"},{"n":"q"}]}`)
	h := serving(t, caseapi.Config{Store: memory(t, casefw.NewFramework(f))})
	for filter, want := range map[string]int{
		"a.b='x'": 1, "a.b.c='1.50'": 1, "a.b.c='1.5'": 0, "a.yes='true'": 1, "a.no='false'": 1, "a.nil=''": 0, "a.nil!='x'": 1, "a='x'": 0,
		"list.n='q,p'": 1, "list.n='q'": 0, "list.n~'q'": 1, "list.n>'p'": 1, "nothing.at.all='x'": 0, "a.b.c.d.e='x'": 0,
	} {
		require.Len(t, titles(t, h, "filter=extensions."+url.QueryEscape(filter)), want, filter)
	}
}

// FuzzList holds, whatever the query: an answer is 200 with JSON and truthful
// counts, or 400 or 414 with status information; nothing panics.
func FuzzList(f *testing.F) {
	frameworks, err := storetest.Frameworks()
	require.NoError(f, err)
	h := serving(f, caseapi.Config{Store: memory(f, frameworks...)})
	for _, q := range []string{"", "limit=1&offset=2", "filter=title~%27a%27+AND+subject=%27b%27",
		"sort=title&orderBy=desc&fields=title,subject", "filter=extensions.a.b=%27%27"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		r, err := http.NewRequest(http.MethodGet, base1+"/CFDocuments", nil)
		require.NoError(t, err)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.True(t, json.Valid(w.Body.Bytes()))
		if w.Code == http.StatusBadRequest || w.Code == http.StatusRequestURITooLong {
			require.Contains(t, w.Body.String(), "imsx_codeMajor")
			return
		}
		list := body(t, w)["CFDocuments"].([]any)
		total, err := strconv.Atoi(w.Header().Get("X-Total-Count"))
		require.NoError(t, err)
		require.True(t, len(list) <= total && total <= 3)
	})
}
