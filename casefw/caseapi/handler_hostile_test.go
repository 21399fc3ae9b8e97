package caseapi_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// unclean are paths that are not written as an endpoint's, with what net/http would
// answer by a redirect among them.
func unclean() []string {
	item := "/CFItems/" + storetest.IDRoot
	return []string{
		"/" + base1 + item, base1 + "/" + item, base1 + item + "/", base1 + "/../v1p1" + item, base1 + "/." + item, base1 + "/CFItems/./" + storetest.IDRoot,
		base1 + "/CFItems/../CFItems/" + storetest.IDRoot, base1 + "/x/.." + item, "/.." + base1 + item, base1 + "%2FCFItems%2F" + storetest.IDRoot,
		base1 + "/CFItems%2F" + storetest.IDRoot, base1 + "/CFItems/%2e%2e/" + storetest.IDRoot, base1 + "/CFDocuments/", base1 + "/CFDocuments//",
		base1 + "//", base1 + "/", base1, "/ims/case/", "/ims//case/v1p1/CFDocuments", "//ims/case/v1p1/CFDocuments", "/", "/.", "/..", "/%2e%2e/",
		base1 + "/CFDocuments/..", base1 + "/discovery/../CFDocuments", base1 + "/discovery/", base1 + "/discovery", "/" + strings.Repeat("a/", 100_000),
		base1 + "/CFItems/" + strings.Repeat("%2e", 100_000), base1 + strings.Repeat("/..", 10_000) + item,
	}
}

// Whatever the path and the method, nothing is answered before Authorize was asked, and
// nobody is sent elsewhere. Only preflights and the service description do without.
func TestNothingIsAnsweredBeforeAuthorize(t *testing.T) {
	for _, base := range []string{"", "https://case.example.org/server/a%20b"} {
		asked := 0
		nobody := func(*http.Request) (context.Context, error) { asked++; return nil, caseapi.ErrUnauthorised }
		server := httptest.NewServer(serving(t, caseapi.Config{Store: sample(t), Authorize: nobody, BaseURL: base}))
		prefix := strings.TrimPrefix(base, "https://case.example.org")
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} {
			for _, path := range append(unclean(), base1+"/CFDocuments", base0+"/CFItems/"+storetest.IDRoot, "/nothing") {
				asked = 0
				status, head, _ := exchange(t, server, method, prefix+path, "")
				require.Equal(t, http.StatusUnauthorized, status, "%s %.80s", method, path)
				require.Equal(t, 1, asked, "%s %.80s", method, path)
				require.Empty(t, head.Get("Location"))
			}
		}
		status, _, _ := exchange(t, server, "GET", prefix+base1+caseapi.DiscoveryPath, "")
		require.Equal(t, http.StatusOK, status)
		server.Close()
	}
}

// Behind Authorize an unclean path is no endpoint.
func TestUncleanPaths(t *testing.T) {
	server := httptest.NewServer(serving(t, caseapi.Config{Store: sample(t)}))
	defer server.Close()
	for _, path := range unclean() {
		status, head, body := exchange(t, server, "GET", path, "")
		require.Equal(t, http.StatusNotFound, status, "%.80s", path)
		require.Empty(t, head.Get("Location"))
		require.Contains(t, string(body), "imsx_codeMajor")
		require.Less(t, len(body), 400)
	}
	status, _, _ := exchange(t, server, "GET", base1+"/%43FItems/"+storetest.IDRoot, "")
	require.Equal(t, http.StatusOK, status, "an escape that means the letter itself")
}

// exchange sends a request exactly as it is written and reads the whole answer.
func exchange(t testing.TB, server *httptest.Server, method, target, headers string) (status int, head http.Header, body []byte) {
	t.Helper()
	c, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	_, err = fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: case.example.org\r\nConnection: close\r\n%s\r\n", method, target, headers)
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	require.NoError(t, err, "%s %.80s", method, target)
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, answer.Header, body
}

// A query costs what it is long, and is said again in part only.
func TestHostileQueries(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t), BaseURL: "https://case.example.org"})
	server := httptest.NewServer(h)
	defer server.Close()
	list := base1 + "/CFDocuments?"
	for name, c := range map[string]struct {
		target string
		status int
	}{
		"100 KB":              {list + "x=" + strings.Repeat("a", 100_000), 414},
		"1 MB":                {list + "x=" + strings.Repeat("a", 1_000_000), 414},
		"1 MB of parameters":  {list + strings.Repeat("a&", 500_000), 414},
		"1 MB of filter":      {list + "filter=" + strings.Repeat("%27", 333_000), 414},
		"1 MB at an item":     {base1 + "/CFItems/" + storetest.IDRoot + "?" + strings.Repeat("b", 1_000_000), 414},
		"1 MB at description": {base1 + caseapi.DiscoveryPath + "?" + strings.Repeat("b", 1_000_000), 414},
		"1 MB of path":        {base1 + "/CFItems/" + strings.Repeat("c", 1_000_000), 404},
		"1 MB of slashes":     {base1 + strings.Repeat("/", 1_000_000), 404},
		"8 KB of nothing":     {list + strings.Repeat("&", 8000), 200},
		"8 KB unknown":        {list + strings.Repeat("a&", 4000), 200},
		"8 KB of fields":      {list + strings.TrimSuffix(strings.Repeat("fields=title&", 600), "&"), 200},
		"32 sorts":            {list + strings.TrimSuffix(strings.Repeat("sort=title&", 32), "&"), 400},
		"32 fields":           {list + strings.TrimSuffix(strings.Repeat("fields=title,uri&", 32), "&"), 200},
		"a long sort":         {list + "sort=extensions." + strings.Repeat("a.", 1500), 400},
		"a dotted sort":       {list + "sort=extensions." + strings.Repeat("a.", 1000) + "a", 200},
		"a filter of quotes":  {list + "filter=title~%27" + strings.Repeat("'", 2000) + "%27&limit=1&offset=1", 200},
		"a filter of values":  {list + "filter=subject~%27" + strings.Repeat("ab,cd,", 330) + "%27&limit=1", 400},
		"many values":         {list + "filter=subject~%27a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,1,2,3,4,5,6,7%27", 400},
		"a filter of dots":    {list + "filter=extensions" + strings.Repeat(".a", 1000) + "%3D%27%27", 200},
	} {
		t.Run(name, func(t *testing.T) {
			status, head, body := exchange(t, server, "GET", c.target, "")
			require.Equal(t, c.status, status, "%.200s", body)
			require.True(t, json.Valid(body))
			require.Less(t, len(body), 20_000)
			require.Less(t, len(head.Get("Link")), 32*2048+1024)
			if status == 400 || status == 414 {
				require.Contains(t, string(body), `"imsx_codeMinorFieldValue":"invalid_`)
			}
			if status == http.StatusOK && strings.HasPrefix(c.target, list) {
				require.NotEmpty(t, head.Get("Link"))
				require.NotContains(t, head.Get("Link"), "a&")
			}
			requireCheap(t, h, httptest.NewRequest("GET", c.target, nil))
		})
	}
}

// requireCheap asserts that a request allocates at most 64 times what it is long, what the
// answer is long, and what any request costs.
func requireCheap(t *testing.T, h http.Handler, r *http.Request) {
	t.Helper()
	length := len(r.URL.RequestURI())
	for name, values := range r.Header {
		for _, v := range values {
			length += len(name) + len(v)
		}
	}
	warm := &sink{head: http.Header{}}
	h.ServeHTTP(warm, r)
	w := &sink{head: http.Header{}}
	spent := testkit.Allocated(func() { h.ServeHTTP(w, r) })
	answer := int(w.n) + len(w.head.Get("Link"))
	require.LessOrEqual(t, spent, uint64(64*length+4*answer+32<<10), "%d bytes of request, %d of answer", length, answer)
}

// Links are made of what was understood, however the query was written.
func TestLinksAreCanonical(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	link := func(query string) string { return get(t, h, base1+"/CFDocuments?"+query).Header().Get("Link") }
	require.Equal(t, link("limit=1"), link("limit=1&access_token=secret&x=y&sort=nothing&orderBy=desc&limit2=3&fields=nothing,title"))
	require.Equal(t, link("limit=1&sort=title"), link("orderBy=asc&%73ort=title&li%6Dit=1"))
	require.Equal(t, link("limit=1&fields=title,uri"), link("fields=title&fields=uri,title&limit=1"))
	require.Equal(t, link("limit=1&filter=title!%3D%27o''clock%27"), link("limit=1&filter=title!='o'clock'"))
	require.Contains(t, link("limit=1&sort=title&orderBy=desc&fields=uri&filter=title!%3D%27x%27"),
		"?fields=uri&filter=title%21%3D%27x%27&limit=1&offset=1&orderBy=desc&sort=title>; rel=\"next\"")
}

// Headers within the limits of net/http cost what they are long.
func TestHostileHeaders(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	server := httptest.NewServer(h)
	defer server.Close()
	flood := map[string]string{
		"tags":        "If-None-Match: " + strings.Repeat(`W/"aaaaaaaaaaaaaaaaaaaaaa", `, 30_000) + `"x"`,
		"tag headers": strings.Repeat("If-None-Match: \"aaaa\"\r\n", 20_000) + "If-None-Match: \"b\"",
		"no tags":     "If-None-Match: " + strings.Repeat(",", 900_000),
		"half a tag":  `If-None-Match: "` + strings.Repeat("a", 900_000),
		"since":       "If-Modified-Since: " + strings.Repeat("Wed, 01 May 2024 10:00:00 GMT ", 30_000),
		"ranges":      "Range: bytes=" + strings.Repeat("0-1,", 200_000) + "2-",
		"if-range":    "Range: bytes=0-1\r\nIf-Range: \"" + strings.Repeat("a", 900_000) + `"`,
		"codings":     "Accept-Encoding: " + strings.Repeat("gzip;q=0.000x, br;q=1, ", 40_000),
		"origin":      "Origin: https://" + strings.Repeat("a", 900_000),
		"unknown":     strings.Repeat("X-Header: value\r\n", 40_000) + "X-Last: 1",
		"names":       headerNames(20_000),
		"accept":      "Accept: " + strings.Repeat("text/html;q=0.1,", 60_000),
	}
	for name, headers := range flood {
		t.Run(name, func(t *testing.T) {
			for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
				for _, target := range []string{base1 + "/CFDocuments", base1 + "/CFPackages/" + storetest.IDMain, base1 + "/CFItems/x"} {
					status, _, body := exchange(t, server, method, target, headers+"\r\n")
					require.Contains(t, []int{200, 204, 304, 404}, status)
					require.True(t, len(body) == 0 || json.Valid(body) || body[0] == 0x1f)
					r := httptest.NewRequest(method, target, nil)
					for line := range strings.SplitSeq(headers, "\r\n") {
						name, value, _ := strings.Cut(line, ": ")
						r.Header.Add(name, value)
					}
					requireCheap(t, h, r)
				}
			}
		})
	}
}

func headerNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "X-%d: v\r\n", i)
	}
	return b.String() + "X-Last: 1"
}

// What a framework holds in extensions is not worked through for an answer that has
// nothing of it.
func TestLongExtensionsAreCheap(t *testing.T) {
	h := serving(t, caseapi.Config{Store: memory(t, extended(t, 200_000))})
	for _, target := range []string{
		base1 + "/CFDocuments?fields=title", base0 + "/CFDocuments", base0 + "/CFDocuments?fields=title", base0 + "/CFDocuments/" + extendedID(1),
		base1 + "/CFDocuments?filter=extensions.a%3D%27x%27", base1 + "/CFDocuments?filter=extensions.a%3D%27x%27&sort=extensions.b",
		base0 + "/CFItems/" + extendedID(2), base0 + "/CFItemAssociations/" + extendedID(2), base0 + "/CFAssociations/" + extendedID(3),
		base0 + "/CFConcepts/" + extendedID(4), base0 + "/CFRubrics/" + extendedID(5), base1 + "/CFItems/" + extendedID(6),
	} {
		w := &sink{head: http.Header{}}
		r := httptest.NewRequest("GET", target, nil)
		h.ServeHTTP(w, r)
		require.Less(t, w.n, int64(2000), target)
		// Of items and associations the extension is copied with the record, and not parsed.
		require.LessOrEqual(t, testkit.Allocated(func() { h.ServeHTTP(&sink{head: http.Header{}}, r) }), uint64(5*200_000), target)
	}
	for _, target := range []string{base1 + "/CFDocuments?fields=title", base0 + "/CFDocuments", base1 + "/CFDocuments?filter=extensions.a%3D%27x%27",
		base0 + "/CFConcepts/" + extendedID(4), base0 + "/CFRubrics/" + extendedID(5)} {
		r := httptest.NewRequest("GET", target, nil)
		require.LessOrEqual(t, testkit.Allocated(func() { h.ServeHTTP(&sink{head: http.Header{}}, r) }), uint64(64<<10), target)
	}
}

func extendedID(i int) string { return fmt.Sprintf("99999999-aaaa-4aaa-8aaa-%012d", i) }

// extended is a framework whose records have long extensions each.
func extended(t testing.TB, length int) *casefw.Framework {
	t.Helper()
	record := func(i int, members, extension string) string {
		return fmt.Sprintf(`{"identifier":"%s","uri":"https://x.example/%d","lastChangeDateTime":"2024-01-01T00:00:00Z",%s,"extensions":{"n":[%s1]}}`,
			extendedID(i), i, members, extension)
	}
	long := strings.Repeat("1234567,", length/8)
	text := `{"CFDocument":` + record(1, `"creator":"c","title":"t"`, long) + `,"CFItems":[` + record(2, `"fullStatement":"a"`, long) + `,` +
		record(6, `"fullStatement":"b"`, "") + `],"CFAssociations":[` +
		record(3, `"associationType":"isChildOf","originNodeURI":{"title":"","identifier":"`+extendedID(6)+`","uri":"https://x.example/6"},
		"destinationNodeURI":{"title":"","identifier":"`+extendedID(2)+`","uri":"https://x.example/2"}`, long) +
		`],"CFDefinitions":{"CFConcepts":[` + record(4, `"title":"t","hierarchyCode":"1"`, long) + `]},"CFRubrics":[` + record(5, `"title":"r"`, long) + `]}`
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.Equal(t, 2, f.Len())
	return f
}

// Readers who ask and do not read hold no more than Config.SendBytes; who finds no room
// is told to come again, and does when they have gone.
func TestStalledReaders(t *testing.T) {
	t.Run("kept", func(t *testing.T) { stalledReaders(t, 4<<20, 150) })
	t.Run("streamed", func(t *testing.T) { stalledReaders(t, 1000, 8) })
}

// stalledReaders has 200 of them read nothing; of the packages at least so many are sent.
func stalledReaders(t *testing.T, cache int64, sent int) {
	const (
		readers = 200
		bound   = 16 << 20
	)
	m := memory(t)
	for i := range 40 {
		require.NoError(t, m.Put(numbered(t, i, strings.Repeat("n", 20_000))))
	}
	require.NoError(t, m.Put(numbered(t, 99, strings.Repeat("p", 1_000_000))))
	held := int64(0)
	h := serving(t, caseapi.Config{Store: m, SendBytes: bound, CacheBytes: cache, NoGzip: true})
	server := httptest.NewUnstartedServer(h)
	server.Config.ConnState = func(c net.Conn, state http.ConnState) {
		if tcp, ok := c.(*net.TCPConn); ok && state == http.StateNew {
			_ = tcp.SetWriteBuffer(4096)
		}
	}
	server.Start()
	targets := []string{base1 + "/CFDocuments?limit=40", base1 + "/CFPackages/" + numberedID(99), base0 + "/CFPackages/" + numberedID(99)}
	sizes := map[string]int64{}
	for _, target := range targets {
		sizes[target] = int64(get(t, h, target).Body.Len())
		require.Greater(t, sizes[target], int64(800_000))
	}
	before := inUse()
	var all []net.Conn
	statuses := map[int]int{}
	shared := map[string]bool{}
	for i := range readers {
		target := targets[min(i%10, 2)] // mostly packages, which count once
		c := stalled(t, server, target)
		all = append(all, c.Conn)
		statuses[c.status]++
		switch {
		case c.status == http.StatusServiceUnavailable:
			require.Equal(t, "5", c.head.Get("Retry-After"))
		case target == targets[0] || cache > 1000 && !shared[target]:
			shared[target] = true
			held += sizes[target]
		}
	}
	require.Len(t, statuses, 2, "%v", statuses)
	require.Greater(t, statuses[http.StatusOK], sent, "a package that is kept is sent to everybody")
	require.Positive(t, statuses[http.StatusServiceUnavailable])
	require.LessOrEqual(t, held, int64(bound))
	if !testkit.Race {
		// What net/http and this test have for a connection is not the handler's.
		require.Less(t, inUse()-before, int64(bound+readers*64<<10))
	}
	w := get(t, h, targets[0])
	requireStatus(t, w, http.StatusServiceUnavailable, "server_busy")
	for _, c := range all {
		require.NoError(t, c.Close())
	}
	server.Close() // which waits for the handlers
	require.Equal(t, http.StatusOK, get(t, h, targets[0]).Code)
}

func inUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// stall is a connection whose answer has begun.
type stall struct {
	net.Conn
	status int
	head   http.Header
}

// stalled asks, reads the head of the answer, and no more.
func stalled(t *testing.T, server *httptest.Server, target string) stall {
	t.Helper()
	c, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	require.NoError(t, c.(*net.TCPConn).SetReadBuffer(4096)) // what the system keeps is not held
	_, err = fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", target)
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReaderSize(c, 1024), nil)
	require.NoError(t, err)
	return stall{c, answer.StatusCode, answer.Header}
}

// A store that panics, a resource that does, and an answer that ends in the middle: the
// client is answered where it can be, and the operator is told in any case.
func TestFaultsOfAStoreAreTold(t *testing.T) {
	id := casefw.FindGUIDs(numberedID(1))[0]
	stored := func(text caseapi.Text, err error) *caseapi.Resource {
		return caseapi.NewStored(caseapi.KindPackage, id, testkit.Now, func(context.Context, caseapi.Version) (caseapi.Text, error) {
			return text, err
		})
	}
	opens := func(r io.Reader) func(context.Context) (io.ReadCloser, error) {
		return func(context.Context) (io.ReadCloser, error) { return io.NopCloser(r), nil }
	}
	for name, c := range map[string]struct {
		store caseapi.Store
		says  string
		cut   bool // the status was sent
	}{
		"panic":        {asking{func() (*caseapi.Resource, error) { panic("row 7") }}, "it panicked: row 7", false},
		"Goexit":       {asking{func() (*caseapi.Resource, error) { runtime.Goexit(); return nil, nil }}, "ended its goroutine", false},
		"nothing":      {asking{func() (*caseapi.Resource, error) { return nil, nil }}, "returned nothing", false},
		"bad error":    {asking{func() (*caseapi.Resource, error) { return nil, touchy{} }}, "it panicked: is", false},
		"nil text":     {packed{stored(caseapi.Text{}, nil)}, "without Open", false},
		"no tag":       {packed{stored(caseapi.Text{Size: 2, Open: opens(nil)}, nil)}, "without a Tag", false},
		"bad tag":      {packed{stored(caseapi.Text{Size: 2, Tag: "a\r\nX: y", Open: opens(nil)}, nil)}, "cannot stand in a header", false},
		"nil reader":   {packed{stored(caseapi.Text{Size: 2, Tag: "a", Open: opens(nil)}, nil)}, "it panicked", false},
		"cut off":      {packed{stored(caseapi.Text{Size: 9, Tag: "a", Open: opens(strings.NewReader(`{"a":    `))}, nil)}, "not an object of JSON", false},
		"long cut off": {packed{stored(caseapi.Text{Size: 1 << 20, Tag: "a", Open: opens(strings.NewReader(`{"a":`))}, nil)}, "has 5 bytes and not", true},
		"long too long": {packed{stored(caseapi.Text{Size: 5000, Tag: "a", Open: opens(strings.NewReader(strings.Repeat(" ", 5001)))}, nil)},
			"more than 5000 bytes", true},
		"long too short": {packed{stored(caseapi.Text{Size: 1 << 20, Tag: "a", Open: opens(strings.NewReader(`{"a":1}`))}, nil)},
			"has 7 bytes and not", true},
		"another":   {packed{caseapi.NewPackage(numbered(t, 2), testkit.Now)}, "of another identifier", false},
		"no kind":   {packed{caseapi.NewResource(&casefw.LinkURI{}, testkit.Now)}, `returned`, false},
		"empty":     {packed{&caseapi.Resource{}}, "a Resource of nothing", false},
		"empty set": {packed{caseapi.NewResource(&casefw.CFAssociationSet{}, testkit.Now)}, "returned", false},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			server := httptest.NewServer(serving(t, caseapi.Config{Store: c.store, CacheBytes: 4096,
				Logger: slog.New(slog.NewTextHandler(&log, nil))}))
			answer, err := http.Get(server.URL + base1 + "/CFPackages/" + numberedID(1))
			if err == nil {
				_, err = io.ReadAll(answer.Body)
				answer.Body.Close()
			}
			server.Close()
			require.Equal(t, c.cut, err != nil, "%v", err)
			if !c.cut {
				require.Equal(t, http.StatusInternalServerError, answer.StatusCode)
				require.Empty(t, answer.Header.Get("ETag"))
			}
			require.Contains(t, log.String(), c.says)
			require.Equal(t, 1, strings.Count(log.String(), "case request failed"))
		})
	}
	panics := func(*http.Request) (context.Context, error) { panic("token") }
	requireStatus(t, get(t, serving(t, caseapi.Config{Store: sample(t), Authorize: panics}), base1+"/CFDocuments"), 500, "internal_server_error")
}

// touchy is an error that cannot be compared.
type touchy struct{}

func (touchy) Error() string { return "touchy" }
func (touchy) Is(error) bool { panic("is") }

// asking is a store that finds what a function says.
type asking struct {
	find func() (*caseapi.Resource, error)
}

func (asking) Documents(context.Context, *caseapi.Query) (*caseapi.Page, error) { return nil, nil }
func (a asking) Find(context.Context, caseapi.Kind, casefw.GUID) (*caseapi.Resource, error) {
	return a.find()
}

// statuses are what the service answers with, each with its codes (CASE 1.1 REST/JSON
// binding, Appendix B).
var statuses = map[int]string{200: "", 204: "", 304: "", 400: "invalid_", 401: "unauthorised", 404: "u", 405: "", 414: "invalid_"}

// Whatever is asked in whatever way: the answer is JSON of the service, or empty where it
// is to be, its status and code are of the vocabulary, nothing a client does is called a
// fault of the server, and nobody is sent elsewhere.
func TestRandomRequests(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t), Authorize: func(r *http.Request) (context.Context, error) {
		if r.Header.Get("Authorization") == "Bearer no" {
			return nil, caseapi.ErrUnauthorised
		}
		return nil, nil
	}})
	tag := get(t, h, base1+"/CFPackages/"+storetest.IDMain).Header().Get("ETag")
	r := rand.New(rand.NewPCG(7, 11))
	seen := map[int]int{}
	for range 6_000 {
		request := randomRequest(r, tag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request)
		seen[w.Code]++
		note := fmt.Sprintf("%s %.300s %v %d %.300s", request.Method, request.URL, request.Header, w.Code, w.Body.Bytes())
		code, known := statuses[w.Code]
		require.True(t, known, note)
		require.Empty(t, w.Header().Get("Location"), note)
		if w.Code == 204 || w.Code == 304 || request.Method == "HEAD" {
			require.Zero(t, w.Body.Len(), note)
			continue
		}
		text := w.Body.Bytes()
		if w.Header().Get("Content-Encoding") == "gzip" {
			text = unzip(t, text)
		}
		var v map[string]any
		require.NoError(t, json.Unmarshal(text, &v), note)
		require.Equal(t, "application/json; charset=utf-8", w.Header().Get("Content-Type"), note)
		require.Equal(t, w.Code != 200, v["imsx_codeMajor"] != nil, note)
		if code != "" {
			require.Regexp(t, `"imsx_codeMinorFieldValue":"(`+code+`|invalid_?uuid)`, string(text), note)
		}
		require.Equal(t, w.Code == 405, w.Header().Get("Allow") != "", note)
	}
	for status := range statuses {
		require.Positive(t, seen[status], "%d is never met: %v", status, seen)
	}
}

// randomRequest makes one of pieces of good ones.
func randomRequest(r *rand.Rand, tag string) *http.Request {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	ids := []string{storetest.IDMain, storetest.IDRoot, storetest.IDBelow, storetest.IDConcept, storetest.IDRubric, storetest.IDResource,
		strings.ToUpper(storetest.IDMain), "x", "", "%00", "..", "%2e%2e%2f", storetest.IDAlone}
	path := pick("", "/", "//") + strings.TrimPrefix(pick(base0, base1, base1, "/ims/case/v1p2", "/ims/../ims/case/v1p1"), "/")
	if r.IntN(8) > 0 {
		path = "/" + strings.TrimLeft(path, "/")
	}
	path += "/" + pick("CFDocuments", "CFDocuments", "CFPackages", "CFItems", "CFItemAssociations", "CFAssociations", "CFConcepts",
		"CFRubrics", "cfitems", "discovery")
	if r.IntN(3) > 0 {
		path += pick("/", "/", "/", "//", "%2F") + ids[r.IntN(len(ids))]
	}
	if r.IntN(10) == 0 {
		path = base1 + caseapi.DiscoveryPath
	}
	var query []string
	for range r.IntN(5) {
		name := pick("limit", "offset", "sort", "orderBy", "filter", "fields", "x", "Limit", "%zz", "")
		value := pick("1", "0", "-1", "99", "title", "desc", "asc", "title~'a'", "title~%27a%27", "extensions.board%3D%277%27", "subject%3D%27craft%27", "title,uri",
			"nothing", "", ",", "%", "%27", "é", ";", "a%26b", strings.Repeat("z", r.IntN(4000)), strings.Repeat("%27", r.IntN(3000)))
		query = append(query, name+pick("=", "=", "=", "")+value)
	}
	method := pick("GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "DELETE", "get")
	u := &url.URL{Path: path, RawQuery: strings.Join(query, "&")}
	if whole, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = whole, path
	}
	request := httptest.NewRequest("GET", "/", nil)
	request.Method, request.URL = method, u
	for range r.IntN(4) {
		request.Header.Add(pick("If-None-Match", "If-Modified-Since", "Accept-Encoding", "Authorization", "Origin", "Access-Control-Request-Method", "Range"),
			pick(tag, "*", "W/"+tag, "gzip", "gzip;q=0", "Bearer no", "Bearer yes", "Fri, 01 Jan 2100 00:00:00 GMT", "https://a.example", "GET", "\"", ""))
	}
	return request
}

// FuzzPath holds, whatever the path: what is not an endpoint is 404 with status
// information, an endpoint answers at the one path that it has, and nobody is sent
// elsewhere.
func FuzzPath(f *testing.F) {
	frameworks, err := storetest.Frameworks()
	require.NoError(f, err)
	h := serving(f, caseapi.Config{Store: memory(f, frameworks...), BaseURL: "/a%2Fb"})
	for _, path := range append(unclean()[:20], "/a%2Fb"+base1+"/CFItems/"+storetest.IDRoot, "/a/b"+base1+"/CFDocuments", "*", "") {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		u, err := url.Parse("http://h/" + strings.TrimPrefix(path, "/"))
		if err != nil {
			return
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = u
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.True(t, json.Valid(w.Body.Bytes()))
		require.Empty(t, w.Header().Get("Location"))
		require.Contains(t, []int{200, 400, 404, 414}, w.Code)
		if w.Code == http.StatusOK {
			require.True(t, strings.HasPrefix(u.Path, "/a/b/ims/case/v1p"), path)
			require.NotContains(t, u.EscapedPath(), "//")
		}
	})
}
