package caseapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// place is a provider on a loopback address of its own, which counts who asks.
type place struct {
	*httptest.Server
	handler http.Handler
	asked   atomic.Int64
}

func newHost(t testing.TB) *place {
	h := &place{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		h.handler.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

// publish serves frameworks by the handler of this package.
func (h *place) publish(t testing.TB, frameworks ...*casefw.Framework) {
	store, err := caseapi.NewMemory(frameworks...)
	require.NoError(t, err)
	h.handler, err = caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: h.URL})
	require.NoError(t, err)
}

func itemNo(n int) string { return fmt.Sprintf("0a000000-0000-4000-8000-%012d", n) }
func docNo(n int) string  { return fmt.Sprintf("0d000000-0000-4000-8000-%012d", n) }

// at is where a host has a resource.
func (h *place) at(kind, id string) string { return h.URL + "/ims/case/v1p1/" + kind + "/" + id }

func (h *place) item(n int) string {
	return fmt.Sprintf(`{"title": "item %d", "identifier": %q, "uri": %q}`, n, itemNo(n), h.at("CFItems", itemNo(n)))
}

// framework is a package of a host: of items that are below one another, and of links.
func (h *place) framework(t testing.TB, doc int, items []int, links ...string) *casefw.Framework {
	f, _, err := casefw.LoadBytes([]byte(h.text(doc, items, links...)), casefw.Options{})
	require.NoError(t, err)
	return f
}

func (h *place) text(doc int, items []int, links ...string) string {
	var all []string
	for _, n := range items {
		all = append(all, fmt.Sprintf(`{"identifier": %q, "uri": %q, "fullStatement": "Does %d", "lastChangeDateTime": "2025-01-01T00:00:00Z"}`,
			itemNo(n), h.at("CFItems", itemNo(n)), n))
	}
	for i, l := range links {
		links[i] = fmt.Sprintf(`{"identifier": "0c%06d-0000-4000-8000-%012d", "uri": "https://a.example/%d", "lastChangeDateTime": "2025-01-01T00:00:00Z", %s}`,
			doc, i, i, l)
	}
	return fmt.Sprintf(`{"CFDocument": {"identifier": %q, "uri": %q, "title": "Framework %d", "creator": "x", "lastChangeDateTime": "2025-01-01T00:00:00Z",
		"CFPackageURI": {"title": "p", "identifier": %q, "uri": %q}}, "CFItems": [%s], "CFAssociations": [%s]}`,
		docNo(doc), h.at("CFDocuments", docNo(doc)), doc, docNo(doc), h.at("CFPackages", docNo(doc)), strings.Join(all, ","), strings.Join(links, ","))
}

func exactly(origin, destination string) string {
	return `"associationType": "exactMatchOf", "originNodeURI": ` + origin + `, "destinationNodeURI": ` + destination
}

func onet(code, uri string) string {
	return fmt.Sprintf(`{"title": "occupation", "identifier": %q, "targetType": "ext:onet", "uri": %q}`, code, uri)
}

// web is a fetcher that may go to this machine.
func web(t testing.TB) *fetch.Client {
	client, err := fetch.NewClient(fetch.Config{InsecureAllowLoopback: true, Cache: fetch.NewMemoryCache(1 << 20)})
	require.NoError(t, err)
	t.Cleanup(client.CloseIdle)
	return client
}

func said(all []*vc.Problem) (codes []string) {
	for _, p := range all {
		codes = append(codes, string(p.Code))
	}
	return codes
}

func guid(text string) casefw.GUID {
	id, err := casefw.ParseGUID(text)
	if err != nil {
		panic(err)
	}
	return id
}

// Two frameworks on two hosts link to each other, and to a third by the code of an
// occupation: loaded from one of them, all three are walked.
func TestFollowAcrossHosts(t *testing.T) {
	one, two := newHost(t), newHost(t)
	first := func() *casefw.Framework {
		return one.framework(t, 1, []int{1, 2}, exactly(one.item(1), two.item(3)))
	}
	one.publish(t, first())
	two.publish(t, two.framework(t, 2, []int{3, 4},
		exactly(two.item(4), one.item(2)),
		exactly(two.item(3), onet("15-1252.00", "https://www.onetonline.org/link/summary/15-1252.00"))))
	third := one.framework(t, 3, []int{5}, exactly(one.item(5), `{"title": "Software Developers", "identifier": "15-1252.00",
		"uri": "http://onetonline.org/link/details/15-1252.00"}`))

	client := web(t)
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(first(), third), caseapi.FollowOptions{Fetcher: client})
	require.NoError(t, err)
	require.True(t, got.Complete, "%v", got.Found)
	require.Empty(t, got.Found)
	require.Len(t, got.Loaded, 1)
	l := got.Loaded[0]
	require.Equal(t, docNo(2), l.Framework.GUID().String())
	require.Equal(t, "1 "+two.at("CFPackages", docNo(2))+" network", fmt.Sprint(l.Depth, " ", l.URL, " ", l.Source))
	require.Equal(t, itemNo(3), l.Link.Destination().Identifier())
	require.Zero(t, one.asked.Load(), "what is there is not fetched")
	require.Equal(t, int64(3), two.asked.Load(), "the item, its document, the package")
	require.Equal(t, 3, got.Requests)

	var walked []string
	for m := range got.Catalog.Crosswalk(guid(itemNo(1)), casefw.CrosswalkOptions{}) {
		where := ""
		if !m.Item.IsZero() {
			where = m.Item.Framework().Title()
		}
		walked = append(walked, fmt.Sprint(m.Hops, m.Node.Identifier(), where))
	}
	require.Equal(t, []string{"1" + itemNo(3) + "Framework 2", "2" + "15-1252.00", "3" + itemNo(5) + "Framework 3"}, walked)
	back := 0
	for m := range got.Catalog.Crosswalk(guid(itemNo(2)), casefw.CrosswalkOptions{}) {
		require.Equal(t, itemNo(4), m.GUID.String())
		back++
	}
	require.Equal(t, 1, back)

	// From the other side the first is found, and then nothing is left.
	got, err = caseapi.Follow(t.Context(), casefw.NewCatalog(l.Framework), caseapi.FollowOptions{Fetcher: client})
	require.NoError(t, err)
	require.True(t, got.Complete)
	require.Len(t, got.Loaded, 1)
	require.Equal(t, docNo(1), got.Loaded[0].Framework.GUID().String())
	again, err := caseapi.Follow(t.Context(), got.Catalog, caseapi.FollowOptions{Fetcher: client})
	require.NoError(t, err)
	require.True(t, again.Complete && again.Requests == 0 && len(again.Loaded) == 0)
}

// Without a Fetcher nothing is asked of anybody, and the report says what would be.
func TestFollowIsOffline(t *testing.T) {
	one, two := newHost(t), newHost(t)
	two.publish(t, two.framework(t, 2, []int{3, 4}))
	f := one.framework(t, 1, []int{1, 2}, exactly(one.item(1), two.item(3)), exactly(one.item(2), two.item(4)),
		exactly(one.item(2), onet("11-1011.00", "https://o.example/")))
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{})
	require.NoError(t, err)
	require.False(t, got.Complete)
	require.Equal(t, []string{"offline"}, said(got.Found))
	require.Equal(t, two.at("CFItems", itemNo(3)), got.Found[0].Pointer)
	require.Equal(t, vc.SeverityWarning, got.Found[0].Severity)
	require.Contains(t, got.Found[0].Found, "2 links")
	require.Zero(t, two.asked.Load())
	require.Equal(t, f, func() (only *casefw.Framework) {
		for only = range got.Catalog.Frameworks() {
		}
		return only
	}())
}

// A trust pack answers in place of the web.
func TestFollowFromAPack(t *testing.T) {
	far := &place{Server: &httptest.Server{URL: "https://far.example"}}
	pack, err := fetch.ParsePack(fmt.Appendf(nil, `{%q: %s}`, far.at("CFItems", itemNo(3)), far.text(2, []int{3})))
	require.NoError(t, err)
	f := far.framework(t, 1, []int{1}, exactly(far.item(1), far.item(3)))
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: pack})
	require.NoError(t, err)
	require.True(t, got.Complete, "%v", got.Found)
	require.Equal(t, fetch.SourcePack, got.Loaded[0].Source)
}

// A chain of frameworks is followed as far as it may be.
func TestFollowEnds(t *testing.T) {
	hosts := make([]*place, 5)
	for i := range hosts {
		hosts[i] = newHost(t)
	}
	chain := func(i int) *casefw.Framework {
		links := []string{}
		if i+1 < len(hosts) {
			links = append(links, exactly(hosts[i].item(i), hosts[i+1].item(i+1)))
		}
		return hosts[i].framework(t, i, []int{i}, links...)
	}
	for i := range hosts {
		hosts[i].publish(t, chain(i))
	}
	for name, is := range map[string]struct {
		o      caseapi.FollowOptions
		loaded int
		found  string
	}{
		"the default":      {caseapi.FollowOptions{}, 2, "[]"},
		"depth":            {caseapi.FollowOptions{MaxDepth: 9}, 4, "[]"},
		"frameworks":       {caseapi.FollowOptions{MaxDepth: 9, MaxFrameworks: 3}, 3, "[link-budget]"},
		"requests":         {caseapi.FollowOptions{MaxDepth: 9, MaxRequests: 7}, 2, "[link-budget]"},
		"bytes":            {caseapi.FollowOptions{MaxDepth: 9, MaxBytes: 1}, 0, "[link-budget]"},
		"types":            {caseapi.FollowOptions{Types: []casefw.AssociationType{casefw.IsPartOf}}, 0, "[]"},
		"a negative depth": {caseapi.FollowOptions{MaxDepth: -1}, 2, "[]"},
	} {
		is.o.Fetcher = web(t)
		got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(chain(0)), is.o)
		require.NoError(t, err, name)
		require.Len(t, got.Loaded, is.loaded, name)
		require.Equal(t, is.found, fmt.Sprint(said(got.Found)), name)
		require.Equal(t, is.found == "[]", got.Complete, name)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := caseapi.Follow(t.Context(), nil, caseapi.FollowOptions{})
	require.NoError(t, err)
	require.True(t, got.Complete)
	got, err = caseapi.Follow(ctx, casefw.NewCatalog(chain(0)), caseapi.FollowOptions{Fetcher: web(t)})
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, got.Complete)
	require.NotNil(t, got.Catalog)
}

// What comes is held against the question, and what leads nowhere says why.
func TestFollowHoldsAnswersAgainstTheQuestion(t *testing.T) {
	one, two := newHost(t), newHost(t)
	whole := two.text(2, []int{3, 4})
	itemOf := func(doc string) string {
		return fmt.Sprintf(`{"identifier": %q, "uri": %q, "fullStatement": "Does 3", "lastChangeDateTime": "2025-01-01T00:00:00Z",
			"CFDocumentURI": {"title": "d", "identifier": %q, "uri": %q}}`, itemNo(3), two.at("CFItems", itemNo(3)), doc, two.at("CFDocuments", doc))
	}
	document := fmt.Sprintf(`{"identifier": %q, "title": "d", "creator": "x", "uri": %q, "lastChangeDateTime": "2025-01-01T00:00:00Z",
		"CFPackageURI": {"title": "p", "identifier": %q, "uri": %q}}`, docNo(2), two.at("CFDocuments", docNo(2)), docNo(2), two.at("CFPackages", docNo(2)))
	good := map[string]string{"CFItems/" + itemNo(3): itemOf(docNo(2)), "CFDocuments/" + docNo(2): document, "CFPackages/" + docNo(2): whole}
	for name, is := range map[string]struct {
		path, text, found string
	}{
		"as it should be":        {"", "", ""},
		"no item":                {"CFItems/" + itemNo(3), "", "http-not-found"},
		"a page":                 {"CFItems/" + itemNo(3), "<html>", "link-not-case"},
		"an object":              {"CFItems/" + itemNo(3), `{"hello": 1}`, "link-not-case"},
		"the package at once":    {"CFItems/" + itemNo(3), whole, ""},
		"a long package":         {"CFItems/" + itemNo(3), whole + strings.Repeat(" ", 1<<20), ""},
		"no address of it":       {"CFDocuments/" + docNo(2), document[:strings.Index(document, `, "lastChange`)] + "}", ""},
		"an item that is none":   {"CFItems/" + itemNo(3), `{"CFItem": 1}`, "link-not-case"},
		"a lone document":        {"CFPackages/" + docNo(2), `{"CFDocument": {"identifier": "` + docNo(2) + `"}}`, "link-item-missing"},
		"an item of nothing":     {"CFItems/" + itemNo(3), strings.Replace(itemOf(docNo(2)), `"uri": "`+two.at("CFDocuments", docNo(2))+`"`, `"uri": "urn:x"`, 1), "link-adrift"},
		"a document of nothing":  {"CFDocuments/" + docNo(2), strings.Replace(document, `"uri": "`+two.at("CFPackages", docNo(2))+`"`, `"uri": ""`, 1), "link-adrift"},
		"another document":       {"CFDocuments/" + docNo(2), strings.Replace(document, docNo(2), docNo(7), 1), "wrong-package"},
		"an item for a document": {"CFDocuments/" + docNo(2), itemOf(docNo(2)), "link-not-case"},
		"another package":        {"CFPackages/" + docNo(2), strings.Replace(whole, docNo(2), docNo(7), 1), "wrong-package"},
		"no package":             {"CFPackages/" + docNo(2), document, "link-not-case"},
		"a package that broke":   {"CFPackages/" + docNo(2), whole[:len(whole)/2], "link-not-case"},
		"a package without it":   {"CFPackages/" + docNo(2), strings.ReplaceAll(whole, itemNo(3), itemNo(9)), "link-item-missing"},
		"the given framework's":  {"CFItems/" + itemNo(3), itemOf(docNo(1)), "link-item-missing"},
	} {
		two.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			path := strings.TrimPrefix(r.URL.Path, "/ims/case/v1p1/")
			text := good[path]
			if path == is.path {
				text = is.text
			}
			if text == "" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(text))
		})
		f := one.framework(t, 1, []int{1}, exactly(one.item(1), two.item(3)))
		got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
		require.NoError(t, err)
		require.Equal(t, is.found, strings.Join(said(got.Found), " "), name)
		require.Equal(t, is.found == "", got.Complete, name)
		require.Len(t, got.Loaded, map[bool]int{true: 1, false: 0}[is.found == ""], name)
		_, has := got.Catalog.Find(guid(itemNo(3)))
		require.Equal(t, is.found == "", has, name)
	}
}

// A host that shows people pages at the uris of its items is asked at the paths of the
// standard, once it is known at those of which version.
func TestFollowCanonicalURIs(t *testing.T) {
	one, two := newHost(t), newHost(t)
	two.publish(t, two.framework(t, 2, []int{3}), two.framework(t, 4, []int{6}))
	served := two.handler
	two.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/uri/") {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html>"))
			return
		}
		served.ServeHTTP(w, r)
	})
	page := func(n int) string {
		return fmt.Sprintf(`{"title": "item", "identifier": %q, "uri": "%s/uri/%s"}`, itemNo(n), two.URL, itemNo(n))
	}
	f := one.framework(t, 1, []int{1, 2}, exactly(one.item(1), page(3)), exactly(one.item(2), page(6)))
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
	require.NoError(t, err)
	require.True(t, got.Complete, "%v", got.Found)
	require.Len(t, got.Loaded, 2)

	// One with neither is asked for both versions once.
	two.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>"))
	})
	two.asked.Store(0)
	got, err = caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
	require.NoError(t, err)
	require.Equal(t, []string{"unexpected-html"}, said(got.Found))
	require.Equal(t, int64(4), two.asked.Load())
	got, err = caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t), MaxRequests: 1})
	require.NoError(t, err)
	require.Equal(t, []string{"link-budget"}, said(got.Found))

	// The handler of this package answers there itself.
	two.handler = served
	got, err = caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
	require.NoError(t, err)
	require.Len(t, got.Loaded, 2)
	require.Equal(t, 6, got.Requests)
}

// Links that are no addresses are not followed, nor those to what is not of CASE, nor any
// more of a host at which nothing is; and what the first link's framework lacks may have
// what the second names.
func TestFollowLeaves(t *testing.T) {
	one, two := newHost(t), newHost(t)
	two.handler = http.NotFoundHandler()
	var links []string
	for i := range 30 {
		links = append(links, exactly(one.item(1), two.item(100+i)))
	}
	named := func(uri string) string {
		return exactly(one.item(1), fmt.Sprintf(`{"title": "x", "identifier": "x", "uri": %q}`, uri))
	}
	links = append(links, named("urn:x:1"), named("local:2"), named("word"), named("https://me@h.example/1"), named("ftp://h.example/1"),
		named("http://h.example:8080/1"), `"associationType": "exemplar", "originNodeURI": `+one.item(1)+`, "destinationNodeURI": `+two.item(200))
	f := one.framework(t, 1, []int{1}, links...)
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t), MaxMisses: 3})
	require.NoError(t, err)
	require.Equal(t, []string{"http-not-found", "link-host-left", "link-no-address"}, said(got.Found))
	require.Contains(t, got.Found[0].Found, "3 links")
	require.Contains(t, got.Found[1].Found, "27 links")
	require.Contains(t, got.Found[2].Found, "6 links")
	require.Equal(t, int64(3), two.asked.Load())

	// The item 8 says that it is of a framework that has only 9, which is linked to as well.
	two.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.Contains(r.URL.Path, "/CFItems/"):
			id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
			fmt.Fprintf(w, `{"identifier": %q, "uri": "https://x.example/1", "fullStatement": "x", "lastChangeDateTime": "2025-01-01T00:00:00Z",
				"CFDocumentURI": {"title": "d", "identifier": %q, "uri": %q}}`, id, docNo(2), two.at("CFPackages", docNo(2)))
		default:
			_, _ = w.Write([]byte(two.text(2, []int{9})))
		}
	})
	f = one.framework(t, 1, []int{1}, exactly(one.item(1), two.item(8)), exactly(one.item(1), two.item(9)))
	got, err = caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
	require.NoError(t, err)
	require.Equal(t, []string{"link-item-missing"}, said(got.Found))
	require.Len(t, got.Loaded, 1)
	require.Equal(t, itemNo(9), got.Loaded[0].Link.Destination().Identifier())
}

// A document that could not be had is told of as such for each item of it, and asked for
// once.
func TestFollowRemembersWhy(t *testing.T) {
	one, two := newHost(t), newHost(t)
	two.publish(t, two.framework(t, 2, []int{3, 4}))
	served := two.handler
	two.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/CFDocuments/") {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		served.ServeHTTP(w, r)
	})
	f := one.framework(t, 1, []int{1}, exactly(one.item(1), two.item(3)), exactly(one.item(1), two.item(4)))
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
	require.NoError(t, err)
	require.Equal(t, []string{"http-status"}, said(got.Found))
	require.Contains(t, got.Found[0].Found, "2 links")
	require.Equal(t, int64(3), two.asked.Load())
}

// A framework that says something else of another's item does not win, and is told of.
func TestFollowTellsConflicts(t *testing.T) {
	one, two := newHost(t), newHost(t)
	two.publish(t, two.framework(t, 2, []int{3, 1}))
	text := strings.Replace(one.text(1, []int{1}, exactly(one.item(1), two.item(3))), "Does 1", "Did it first", 1)
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: web(t)})
	require.NoError(t, err)
	require.Equal(t, []string{"link-item-conflict"}, said(got.Found))
	require.True(t, got.Complete)
	item, _ := got.Catalog.Find(guid(itemNo(1)))
	require.Equal(t, "Did it first", item.Statement())
}

// wild is a Fetcher that keeps no promise.
type wild func(url string) (*fetch.Response, error)

func (f wild) Fetch(_ context.Context, url string) (*fetch.Response, error) { return f(url) }

func TestFollowGuardsItsFetcher(t *testing.T) {
	one, two := newHost(t), newHost(t)
	f := one.framework(t, 1, []int{1}, exactly(one.item(1), two.item(3)))
	for code, fetcher := range map[string]wild{
		"fetcher-failed": func(string) (*fetch.Response, error) { panic("x") },
		"network":        func(string) (*fetch.Response, error) { return nil, errors.New("x") },
	} {
		got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(f), caseapi.FollowOptions{Fetcher: fetcher})
		require.NoError(t, err, code)
		require.Equal(t, []string{code}, said(got.Found))
	}
}

// Whatever a host answers, the run ends within its limits and what is taken has what the
// link names.
func FuzzFollow(f *testing.F) {
	f.Add([]byte(`{"identifier": "`+itemNo(3)+`", "fullStatement": "x", "CFDocumentURI": {"uri": "https://h.example/d"}}`), []byte(`{"CFDocument": {}, "CFItems": []}`))
	f.Add([]byte(`{"CFItem": {"CFDocumentURI": {"uri": "http://h.example/x"}}}`), []byte(`{"identifier": "x", "title": "t", "creator": "c"}`))
	f.Fuzz(func(t *testing.T, first, then []byte) {
		link := fmt.Sprintf(`{"title": "x", "identifier": %q, "uri": "https://h.example/%s"}`, itemNo(3), itemNo(3))
		given, _, err := casefw.LoadBytes([]byte(`{"CFDocument": {"identifier": "`+docNo(1)+`"}, "CFItems": [{"identifier": "`+itemNo(1)+`"}],
			"CFAssociations": [{`+exactly(`{"identifier": "`+itemNo(1)+`"}`, link)+`}]}`), casefw.Options{})
		require.NoError(t, err)
		asked := 0
		answers := wild(func(url string) (*fetch.Response, error) {
			if asked++; asked == 1 {
				return &fetch.Response{URL: url, Body: first}, nil
			}
			return &fetch.Response{URL: url, Body: then}, nil
		})
		got, err := caseapi.Follow(t.Context(), casefw.NewCatalog(given), caseapi.FollowOptions{MaxRequests: 10, Fetcher: answers})
		require.NoError(t, err)
		require.LessOrEqual(t, asked, 10)
		for _, l := range got.Loaded {
			require.False(t, l.Framework.GUID() == given.GUID())
		}
		if len(got.Loaded) > 0 && got.Loaded[0].Depth == 1 {
			_, ok := got.Catalog.Find(guid(itemNo(3)))
			require.True(t, ok)
		}
	})
}
