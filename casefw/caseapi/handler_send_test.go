package caseapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

var targets = []string{
	base1 + "/CFDocuments", base1 + "/CFDocuments?limit=1", base1 + "/CFPackages/" + storetest.IDMain, base1 + "/CFItems/" + storetest.IDRoot,
	base1 + "/CFItemAssociations/" + storetest.IDRoot, base0 + "/CFPackages/" + storetest.IDMain, base1 + caseapi.DiscoveryPath,
}

func TestEntityTags(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	seen := map[string]string{}
	for _, target := range targets {
		w := get(t, h, target)
		tag := w.Header().Get("ETag")
		require.Regexp(t, `^"[A-Za-z0-9_-]{22}"$`, tag)
		require.Empty(t, seen[tag], target)
		seen[tag] = target
		require.Equal(t, "public, no-cache", w.Header().Get("Cache-Control"))
		for _, known := range []string{tag, "W/" + tag, `"x", ` + tag, "*", `"a,b" , W/` + tag + `, "c"`} {
			w := get(t, h, target, "If-None-Match", known)
			require.Equal(t, http.StatusNotModified, w.Code, "%s %s", target, known)
			require.Zero(t, w.Body.Len())
			require.Equal(t, tag, w.Header().Get("ETag"))
			require.NotEmpty(t, w.Header().Get("Vary"))
			require.Empty(t, w.Header().Get("Content-Type"))
		}
		for _, other := range []string{`"x"`, strings.Trim(tag, `"`), tag[:10], `"`, ``, `W/`, `x, ` + tag} {
			// A list is read up to where it is malformed; a tag that is not matched decides over the date.
			w := get(t, h, target, "If-None-Match", other, "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
			require.Equal(t, http.StatusOK, w.Code, "%s %s", target, other)
		}
	}
}

func TestLastModified(t *testing.T) {
	now := testkit.Now
	m := &caseapi.Memory{Now: func() time.Time { return now }}
	f := framework(t, "2024-05-01T10:00:00.700Z", "first")
	require.NoError(t, m.Put(f))
	h := serving(t, caseapi.Config{Store: m, Now: func() time.Time { return now }})
	target := base1 + "/CFDocuments/" + f.GUID().String()
	stamp := "Wed, 01 May 2024 10:00:00 GMT"
	w := get(t, h, target)
	require.Equal(t, stamp, w.Header().Get("Last-Modified"))
	require.Equal(t, http.StatusNotModified, get(t, h, target, "If-Modified-Since", stamp).Code)
	require.Equal(t, http.StatusOK, get(t, h, target, "If-Modified-Since", "Wed, 01 May 2024 09:59:59 GMT").Code)
	require.Equal(t, http.StatusOK, get(t, h, target, "If-Modified-Since", "yesterday").Code)

	// The list was made just now, and may change within the second.
	list := base1 + "/CFDocuments"
	require.Empty(t, get(t, h, list).Header().Get("Last-Modified"))
	require.Equal(t, http.StatusOK, get(t, h, list, "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT").Code)
	now = now.Add(time.Minute)
	require.Equal(t, testkit.Now.Format(http.TimeFormat), get(t, h, list).Header().Get("Last-Modified"))

	// A provider that changes what it does not stamp: the store does.
	require.NoError(t, m.Put(framework(t, "2024-05-01T10:00:00.700Z", "second")))
	now = now.Add(time.Minute)
	w = get(t, h, target, "If-Modified-Since", stamp)
	require.Contains(t, body(t, w)["title"], "second")
	require.Equal(t, now.Add(-time.Minute).Format(http.TimeFormat), w.Header().Get("Last-Modified"))

	// A stamp from the future, or none that can be read, is not repeated.
	for _, odd := range []string{"2090-01-01T00:00:00Z", "soon"} {
		m := memory(t, framework(t, odd, "odd"))
		w := get(t, serving(t, caseapi.Config{Store: m}), target)
		body(t, w)
		require.Empty(t, w.Header().Get("Last-Modified"))
	}
}

// framework is a small one with a stamp and a title.
func framework(t testing.TB, stamp, title string) *casefw.Framework {
	t.Helper()
	const id = "77777777-aaaa-4aaa-8aaa-000000000001"
	text := fmt.Appendf(nil, `{
		"CFDocument":{"identifier":%q,"uri":"https://x.example/ims/case/v1p1/CFDocuments/%s","creator":"c","title":%q,
			"lastChangeDateTime":%q},
		"CFItems":[{"identifier":"77777777-aaaa-4aaa-8aaa-000000000002","uri":"https://x.example/i/2","fullStatement":%q,
			"lastChangeDateTime":"2020-01-01T00:00:00Z"}]}`, id, id, title, stamp, title)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	return f
}

func TestGzip(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, target := range targets {
		plain := get(t, h, target)
		if plain.Body.Len() < 1400 {
			require.Empty(t, get(t, h, target, "Accept-Encoding", "gzip").Header().Get("Content-Encoding"), target)
			continue
		}
		for range 2 { // made, and kept
			w := get(t, h, target, "Accept-Encoding", "br, gzip;q=0.5")
			require.Equal(t, "gzip", w.Header().Get("Content-Encoding"), target)
			require.Equal(t, plain.Body.String(), string(unzip(t, w.Body.Bytes())))
			require.Equal(t, fmt.Sprint(w.Body.Len()), w.Header().Get("Content-Length"))
			require.NotEqual(t, plain.Header().Get("ETag"), w.Header().Get("ETag")) // another representation
			require.Contains(t, w.Header().Get("Vary"), "Accept-Encoding")
			again := get(t, h, target, "Accept-Encoding", "gzip", "If-None-Match", w.Header().Get("ETag"))
			require.Equal(t, http.StatusNotModified, again.Code)
		}
	}
	target := base1 + "/CFPackages/" + storetest.IDMain
	for accept, want := range map[string]string{
		"*": "gzip", "GZIP": "gzip", "x-gzip": "gzip", "br;q=1, gzip ; q=0.001": "gzip",
		"": "", "gzip;q=0": "", "identity": "", "*;q=0": "", "gzip;q=x": "", "gzip;q=0, *": "", "gzipped": "",
	} {
		require.Equal(t, want, get(t, h, target, "Accept-Encoding", accept).Header().Get("Content-Encoding"), accept)
	}
	off := serving(t, caseapi.Config{Store: sample(t), NoGzip: true, MaxAge: time.Minute})
	w := get(t, off, target, "Accept-Encoding", "gzip")
	require.Empty(t, w.Header().Get("Content-Encoding"))
	require.Equal(t, "public, max-age=60", w.Header().Get("Cache-Control"))
}

// A package that the cache may not keep is streamed, with the same tag and bytes.
func TestPackageLargerThanTheCache(t *testing.T) {
	kept := serving(t, caseapi.Config{Store: sample(t)})
	streamed := serving(t, caseapi.Config{Store: sample(t), CacheBytes: 1000})
	for _, base := range []string{base0, base1} {
		target := base + "/CFPackages/" + storetest.IDMain
		a, b := get(t, kept, target), get(t, streamed, target)
		require.Equal(t, a.Body.String(), b.Body.String())
		require.Equal(t, a.Header(), b.Header())
		require.Equal(t, http.StatusNotModified, get(t, streamed, target, "If-None-Match", a.Header().Get("ETag")).Code)
		zipped := get(t, streamed, target, "Accept-Encoding", "gzip")
		require.Equal(t, a.Body.String(), string(unzip(t, zipped.Body.Bytes())))
		require.Zero(t, ask(t, streamed, http.MethodHead, target).Body.Len())
	}
}

func TestCacheForgets(t *testing.T) {
	const n = 20
	m := &caseapi.Memory{Now: testkit.Clock}
	for i := range n {
		require.NoError(t, m.Put(numbered(t, i)))
	}
	size := get(t, serving(t, caseapi.Config{Store: m}), base1+"/CFPackages/"+numberedID(0)).Body.Len()
	h := serving(t, caseapi.Config{Store: m, CacheBytes: int64(5 * size)})
	for range 3 {
		for i := range n {
			body(t, get(t, h, base1+"/CFPackages/"+numberedID(i)))
			get(t, h, base1+"/CFPackages/"+numberedID(i), "Accept-Encoding", "gzip")
		}
	}

	// What replaces a framework is served at once.
	target := base1 + "/CFPackages/" + numberedID(0)
	before := get(t, h, target).Header().Get("ETag")
	require.NoError(t, m.Put(numbered(t, 0, "changed")))
	after := get(t, h, target)
	require.NotEqual(t, before, after.Header().Get("ETag"))
	require.Contains(t, after.Body.String(), "changed")
	require.True(t, m.Remove(casefw.FindGUIDs(numberedID(0))[0]))
	requireStatus(t, get(t, h, target), http.StatusNotFound, "unknownobject")
}

func numberedID(i int) string { return fmt.Sprintf("88888888-aaaa-4aaa-8aaa-%012d", i) }

func numbered(t testing.TB, i int, notes ...string) *casefw.Framework {
	t.Helper()
	text := fmt.Appendf(nil, `{"CFDocument":{"identifier":%q,"uri":"https://x.example/d/%d","creator":"Creator %02d","title":"Framework %d",
		"subject":["S%d"],"notes":"%s","lastChangeDateTime":"2024-01-01T00:00:00Z"}}`,
		numberedID(i), i, i%50, i, i%7, strings.Join(notes, ""))
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	return f
}

func TestWritingThatFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := caseapi.NewPackage(numbered(t, 1), time.Time{})
	require.ErrorIs(t, r.WriteJSON(ctx, discard{}, caseapi.V1p1), context.Canceled)
	require.ErrorIs(t, r.WriteJSON(ctx, discard{}, caseapi.V1p0), context.Canceled)
	require.ErrorIs(t, r.WriteJSON(t.Context(), discard{}, caseapi.V1p1), errDiscard)
	require.ErrorIs(t, r.WriteJSON(t.Context(), discard{}, caseapi.V1p0), errDiscard)
}

// packed is a store of one package, whatever it is asked for.
type packed struct{ r *caseapi.Resource }

func (p packed) Documents(context.Context, *caseapi.Query) (*caseapi.Page, error) { return nil, nil }
func (p packed) Find(context.Context, caseapi.Kind, casefw.GUID) (*caseapi.Resource, error) {
	return p.r, nil
}

// A request that is gone leaves a text that others may have; a text that could not
// be written is not kept.
func TestCacheOutlivesItsRequest(t *testing.T) {
	h := serving(t, caseapi.Config{Store: packed{caseapi.NewPackage(numbered(t, 1), time.Time{})}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, base1+"/CFPackages/"+numberedID(1), nil)
	h.ServeHTTP(httptest.NewRecorder(), r)
	w := get(t, h, base1+"/CFPackages/"+numberedID(1))
	body(t, w)
	require.Empty(t, w.Header().Get("Last-Modified"))

	failing := serving(t, caseapi.Config{Store: packed{caseapi.FailingPackage(casefw.FindGUIDs(numberedID(1))[0], errDiscard)}})
	for range 2 {
		requireStatus(t, get(t, failing, base1+"/CFPackages/"+numberedID(1)), http.StatusInternalServerError, "internal_server_error")
	}
	requireStatus(t, get(t, failing, base1+"/CFDocuments"), http.StatusInternalServerError, "internal_server_error")
}

type discard struct{}

var errDiscard = fmt.Errorf("full")

func (discard) Write([]byte) (int, error) { return 0, errDiscard }

// Requests go on while frameworks come, change and go; each answer is whole.
func TestTogether(t *testing.T) {
	m := sample(t)
	h := serving(t, caseapi.Config{Store: m, CacheBytes: 20_000})
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	var readers, writer sync.WaitGroup
	stop := make(chan struct{})
	writer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			f := frameworks[i%3]
			if i%5 == 0 {
				m.Remove(f.GUID())
			} else if err := m.Put(f); err != nil {
				panic(err)
			}
			again, _ := storetest.Frameworks()
			frameworks[i%3] = again[i%3]
		}
	})
	for range 4 {
		readers.Go(func() {
			for range 30 {
				for _, target := range targets {
					w := get(t, h, target, "Accept-Encoding", "gzip")
					if w.Code != http.StatusOK && w.Code != http.StatusNotFound {
						t.Errorf("%s: %d %s", target, w.Code, w.Body)
					}
				}
				get(t, h, base1+"/CFDocuments?sort=title&filter=creator~'e'")
			}
		})
	}
	readers.Wait()
	close(stop)
	writer.Wait()
}
