package fetch_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// host is a server on loopback and a client that may reach it.
func host(t *testing.T, config fetch.Config) (*http.ServeMux, string, *fetch.Client) {
	t.Helper()
	mux := http.NewServeMux()
	srv := httptest.NewUnstartedServer(mux)
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	t.Cleanup(srv.Close)
	config.InsecureAllowLoopback = true
	if config.RootCAs == nil {
		config.RootCAs = x509.NewCertPool()
		config.RootCAs.AddCert(srv.Certificate())
	}
	client, err := fetch.NewClient(config)
	require.NoError(t, err)
	t.Cleanup(client.CloseIdle)
	return mux, srv.URL, client
}

func serve(mux *http.ServeMux, path, mediaType, body string) {
	mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		_, _ = io.WriteString(w, body)
	})
}

func TestClientFetches(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	mux, base, client := host(t, fetch.Config{Now: func() time.Time { return now }})
	serve(mux, "/did.json", "Application/JSON; charset=utf-8", `{"id":"x"}`)
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/did.json", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/asked", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, r.Method, " ", r.URL.Path, " ", r.Header.Get("Accept"), r.Header.Get("Cookie"), r.Header.Get("Authorization"))
	})

	r, err := client.Fetch(t.Context(), base+"/moved#key-1")
	require.NoError(t, err)
	require.Equal(t, base+"/did.json", r.URL, "where the document was found")
	require.Equal(t, "application/json", r.MediaType)
	require.Equal(t, `{"id":"x"}`, string(r.Body))
	require.Equal(t, now, r.FetchedAt)
	require.Equal(t, now.Add(5*time.Minute), r.Expires)
	require.Equal(t, fetch.SourceNetwork, r.Source)

	r, err = client.Fetch(t.Context(), base+"/asked")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(r.Body), "GET /asked application/json, "), string(r.Body))
}

func TestClientTimeout(t *testing.T) {
	mux, base, client := host(t, fetch.Config{Timeout: 200 * time.Millisecond})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err := client.Fetch(t.Context(), base+"/slow")
	want(t, err, fetch.CodeTimeout)
}

func TestClientExplains(t *testing.T) {
	mux, base, client := host(t, fetch.Config{MaxBytes: 100, Timeout: time.Minute})
	for path, status := range map[string]int{"/410": 410, "/403": 403, "/503": 503, "/204": 204, "/300": 300} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	serve(mux, "/page", "text/html; charset=utf-8", "<!doctype html>")
	serve(mux, "/xpage", "application/xhtml+xml", "<html/>")
	serve(mux, "/long", "application/json", strings.Repeat(" ", 101))
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://10.0.0.1/", http.StatusFound)
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "50")
		_, _ = io.WriteString(w, "{")
	})

	for path, code := range map[string]fetch.Code{
		"/404": fetch.CodeNotFound, "/410": fetch.CodeGone, "/403": fetch.CodeStatus, "/503": fetch.CodeStatus,
		"/204": fetch.CodeStatus, "/300": fetch.CodeStatus,
		"/page": fetch.CodeHTML, "/xpage": fetch.CodeHTML, "/long": fetch.CodeTooLarge,
		"/loop": fetch.CodeTooManyRedirects, "/inside": fetch.CodeRefusedAddress, "/cut": fetch.CodeNetwork,
	} {
		_, err := client.Fetch(t.Context(), base+path)
		e := want(t, err, code)
		require.Equal(t, base+path, e.URL)
	}
	for url, code := range map[string]fetch.Code{
		"http://school.example/":                        fetch.CodeRefusedURL,
		"did:web:school.example":                        fetch.CodeRefusedURL,
		"urn:uuid:8f3c0a52-90b6-4b6e-9f8c-0d3c1b6e3a11": fetch.CodeRefusedURL,
		"https://user@school.example/":                  fetch.CodeRefusedURL,
		"https://school.example:22/":                    fetch.CodeRefusedURL,
		"https://school example/":                       fetch.CodeRefusedURL,
		"":                                              fetch.CodeRefusedURL,
		"https://school.example/" + strings.Repeat("x", 9000): fetch.CodeRefusedURL,
		"https://169.254.169.254/":                            fetch.CodeRefusedAddress,
	} {
		_, err := client.Fetch(t.Context(), url)
		want(t, err, code)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client.Fetch(ctx, base+"/404")
	want(t, err, fetch.CodeCancelled)
	require.ErrorIs(t, err, context.Canceled)
}

func TestClientRefusesForeignCertificate(t *testing.T) {
	_, base, client := host(t, fetch.Config{RootCAs: x509.NewCertPool()})
	_, err := client.Fetch(t.Context(), base+"/")
	want(t, err, fetch.CodeTLS)
}

func TestDefaultClientRefusesLoopback(t *testing.T) {
	client, err := fetch.NewClient(fetch.Config{})
	require.NoError(t, err)
	_, err = client.Fetch(t.Context(), "https://127.0.0.1/")
	want(t, err, fetch.CodeRefusedAddress)
}

func TestSameOriginRedirects(t *testing.T) {
	elsewhere, target, _ := host(t, fetch.Config{})
	serve(elsewhere, "/", "application/json", "{}")
	mux, base, client := host(t, fetch.Config{SameOriginRedirects: true})
	mux.HandleFunc("/out", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
	_, err := client.Fetch(t.Context(), base+"/out")
	want(t, err, fetch.CodeRefusedRedirect)
}
