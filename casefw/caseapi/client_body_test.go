package caseapi_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/stretchr/testify/require"
)

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// A provider that compresses without being asked is read where the transport of the
// caller hands that through, and what it inflates to is bounded.
func TestCompressedAnswers(t *testing.T) {
	plain := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	serve := func(body []byte) *caseapi.Client {
		cl, _ := provider(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(body)
		}, func(c *caseapi.ClientConfig) { c.Do, c.MaxBody, c.Retries = plain, 100_000, -1 })
		return cl
	}
	a, err := serve(zipped(t, item(itemID))).Item(context.Background(), itemID)
	require.NoError(t, err)
	require.Equal(t, "S", a.Value.FullStatement)
	_, err = serve(zipped(t, `{"x":"`+strings.Repeat("a", 10<<20)+`"}`)).Item(context.Background(), itemID)
	failed(t, err, caseapi.CodeTooLarge)
	_, err = serve([]byte("no gzip")).Item(context.Background(), itemID)
	failed(t, err, caseapi.CodeNetwork)
	whole := zipped(t, item(itemID))
	_, err = serve(whole[:len(whole)/2]).Item(context.Background(), itemID)
	failed(t, err, caseapi.CodeNetwork)
}

// A package that breaks off is asked for again as a whole.
func TestPackageThatBreaksOff(t *testing.T) {
	text := pack("a", "2025-01-01T00:00:00Z", strings.Repeat("long ", 100_000))
	n := 0
	cl, p := provider(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if n++; n == 1 {
			w.Header().Set("Content-Length", "600000")
			_, _ = io.WriteString(w, text[:300_000])
			return
		}
		_, _ = io.WriteString(w, text)
	})
	a, err := cl.Package(context.Background(), long("a"))
	require.NoError(t, err)
	require.Equal(t, 1, a.Framework.Len())
	require.Len(t, p.all, 1)
}
