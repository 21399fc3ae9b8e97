package caseapi_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/stretchr/testify/require"
)

const (
	wideID  = "aaaaaaaa-aaaa-4aaa-8aaa-000000000000"
	wideURL = "https://case.example.org" + base1 + "/"
)

func wideItem(i int) string { return fmt.Sprintf("bbbbbbbb-aaaa-4aaa-8aaa-%012d", i) }

// wide is a framework of n items, each linked to the one 25 times before.
func wide(t testing.TB, n int) *casefw.Framework {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"CFDocument":{"identifier":"%s","uri":"%sCFDocuments/%s","creator":"Generator","title":"Wide",
		"lastChangeDateTime":"2024-03-01T09:00:00Z"},"CFItems":[`, wideID, wideURL, wideID)
	for i := range n {
		fmt.Fprintf(&b, `%s{"identifier":"%s","fullStatement":"Statement %d: %s","humanCodingScheme":"W.%d","CFItemType":"Standard",
			"educationLevel":["%02d"],"language":"en","uri":"%sCFItems/%s","lastChangeDateTime":"2024-03-01T09:00:00Z"}`,
			comma(i), wideItem(i), i, strings.Repeat("understand the concept of a ratio ", 4), i, i%12+1, wideURL, wideItem(i))
	}
	b.WriteString(`],"CFAssociations":[`)
	for i := range n {
		parent, path := wideID, "CFDocuments"
		if i >= 25 {
			parent, path = wideItem(i/25), "CFItems"
		}
		fmt.Fprintf(&b, `%s{"identifier":"cccccccc-aaaa-4aaa-8aaa-%012d","associationType":"isChildOf","sequenceNumber":%d,
			"uri":"%sCFAssociations/cccccccc-aaaa-4aaa-8aaa-%012d",
			"originNodeURI":{"title":"i","identifier":"%s","uri":"%sCFItems/%s"},
			"destinationNodeURI":{"title":"p","identifier":"%s","uri":"%s%s/%s"},"lastChangeDateTime":"2024-03-01T09:00:00Z"}`,
			comma(i), i, i%25, wideURL, i, wideItem(i), wideURL, wideItem(i), parent, wideURL, path, parent)
	}
	b.WriteString(`]}`)
	f, _, err := casefw.LoadBytes(b.Bytes(), casefw.Options{})
	require.NoError(t, err)
	return f
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// sink is a ResponseWriter that counts.
type sink struct {
	head http.Header
	n    int64
}

func (s *sink) Header() http.Header         { return s.head }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(b []byte) (int, error) { s.n += int64(len(b)); return len(b), nil }

func serveLoop(b *testing.B, h http.Handler, target string, headers ...string) {
	b.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := &sink{head: http.Header{}}
	h.ServeHTTP(w, r) // what is made once
	size := w.n
	b.ReportAllocs()
	for b.Loop() {
		w.n, w.head = 0, http.Header{}
		h.ServeHTTP(w, r)
	}
	require.Equal(b, size, w.n)
	b.SetBytes(size)
}

// The documents of ten thousand frameworks, in pages, filtered and not.
func BenchmarkList(b *testing.B) {
	var m caseapi.Memory
	for i := range 10_000 {
		require.NoError(b, m.Put(numbered(b, i)))
	}
	h := serving(b, caseapi.Config{Store: &m})
	for name, query := range map[string]string{
		"plain":    "limit=100&offset=5000",
		"filtered": "limit=100&filter=title~%27framework%2012%27%20AND%20creator=%27creator%2007%27",
		"contains": "limit=100&filter=title~%2777%27",
		"instant":  "limit=100&filter=lastChangeDateTime%3E%272023-12-31T00:00:00Z%27",
		"sorted":   "limit=100&sort=creator&orderBy=desc&offset=200",
		"fields":   "limit=100&fields=identifier,title",
	} {
		b.Run(name, func(b *testing.B) { serveLoop(b, h, base1+"/CFDocuments?"+query) })
	}
	b.Run("filtered/new", func(b *testing.B) { // a filter that nobody asked before
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			get(b, h, base1+"/CFDocuments?limit=100&filter=title~%27framework%20"+fmt.Sprint(i)+"%27")
		}
	})
	b.Run("gzip", func(b *testing.B) { serveLoop(b, h, base1+"/CFDocuments?limit=100", "Accept-Encoding", "gzip") })
}

// A framework of 100,000 items: by the piece, as a whole, and the same bytes by
// http.FileServer. Over the loopback both move what the machine moves; the pairs
// without a network are named "…/memory".
func BenchmarkWide(b *testing.B) {
	h := serving(b, caseapi.Config{Store: memory(b, wide(b, 100_000))})
	target := base1 + "/CFPackages/" + wideID
	b.Run("item", func(b *testing.B) { serveLoop(b, h, base1+"/CFItems/"+wideItem(77_777)) })
	b.Run("item1p0", func(b *testing.B) { serveLoop(b, h, base0+"/CFItems/"+wideItem(77_777)) })
	b.Run("associations", func(b *testing.B) { serveLoop(b, h, base1+"/CFItemAssociations/"+wideItem(777)) })
	b.Run("unchanged", func(b *testing.B) {
		serveLoop(b, h, target, "If-None-Match", get(b, h, target).Header().Get("ETag"))
	})
	dir := b.TempDir()
	require.NoError(b, os.WriteFile(filepath.Join(dir, "package.json"), get(b, h, target).Body.Bytes(), 0o600))
	files := http.FileServer(http.Dir(dir))
	b.Run("package/memory", func(b *testing.B) { serveLoop(b, h, target) })
	b.Run("file/memory", func(b *testing.B) { serveLoop(b, files, "/package.json") })
	b.Run("package/loopback", func(b *testing.B) { fetchLoop(b, h, target) })
	b.Run("file/loopback", func(b *testing.B) { fetchLoop(b, files, "/package.json") })
	b.Run("item/loopback", func(b *testing.B) { fetchLoop(b, h, base1+"/CFItems/"+wideItem(5)) })
	require.NoError(b, os.WriteFile(filepath.Join(dir, "item.json"), get(b, h, base1+"/CFItems/"+wideItem(5)).Body.Bytes(), 0o600))
	b.Run("itemfile/loopback", func(b *testing.B) { fetchLoop(b, files, "/item.json") })
}

func fetchLoop(b *testing.B, h http.Handler, target string) {
	b.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	fetch := func() int64 {
		response, err := client.Get(server.URL + target)
		require.NoError(b, err)
		defer response.Body.Close()
		n, err := io.Copy(io.Discard, response.Body)
		require.NoError(b, err)
		return n
	}
	b.SetBytes(fetch())
	for b.Loop() {
		fetch()
	}
}
