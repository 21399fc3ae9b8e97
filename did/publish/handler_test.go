package publish_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did/publish"
)

// ask is what a handler answers.
func ask(h http.Handler, method, target string, head ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for n := 0; n < len(head); n += 2 {
		r.Header.Add(head[n], head[n+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b := make([]byte, 1<<20)
	n, _ := r.Body.Read(b)
	return string(b[:n])
}

const jwks = "/.well-known/jwks.json"

// The document of each kind of identifier is found where verifiers look for it, and
// nowhere else.
func TestHandlerPaths(t *testing.T) {
	for id, path := range map[string]string{
		web:                                  "/.well-known/did.json",
		"did:web:school.example%3A8443:a:b":  "/a/b/did.json",
		"did:web:school.example:a%20b":       "/a%20b/did.json",
		https:                                "/issuer",
		"https://school.example":             "/",
		"https://school.example/":            "/",
		"https://school.example/issuer?id=7": "/issuer?id=7",
	} {
		i := school(t, id)
		h, err := publish.NewHandler(i, publish.HandlerConfig{})
		require.NoError(t, err)
		r := ask(h, "GET", path)
		require.Equal(t, 200, r.StatusCode, id)
		require.Equal(t, string(i.Document()), body(t, r))
		for _, other := range []string{"/other", "/issuer/", "/.well-known/did.jsonx", jwks, "/issuer?id=8"} {
			if id == https && other == "/issuer?id=8" {
				continue // whoever adds a query asks for the same
			}
			r := ask(h, "GET", other)
			require.Equal(t, 404, r.StatusCode, "%s at %s", id, other)
			require.Equal(t, "no-store", r.Header.Get("Cache-Control"))
		}
	}
}

func TestHandler(t *testing.T) {
	now := start
	i := school(t, web)
	h, err := publish.NewHandler(i, publish.HandlerConfig{KeySetPath: jwks, Now: func() time.Time { return now }})
	require.NoError(t, err)
	require.Equal(t, []string{"/.well-known/did.json", jwks}, h.Paths())
	const path = "/.well-known/did.json"

	r := ask(h, "GET", path, "Origin", "https://wallet.example")
	require.Equal(t, "public, max-age=300", r.Header.Get("Cache-Control"))
	require.Equal(t, "*", r.Header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "Accept", r.Header.Get("Vary"))
	require.Equal(t, "nosniff", r.Header.Get("X-Content-Type-Options"))
	tag := r.Header.Get("ETag")
	require.Equal(t, 304, ask(h, "GET", path, "If-None-Match", tag).StatusCode)
	require.NotEqual(t, tag, ask(h, "GET", path, "Accept", "application/json").Header.Get("ETag"), "another representation")

	head := ask(h, "HEAD", path)
	require.Equal(t, 200, head.StatusCode)
	require.Empty(t, body(t, head))
	require.Equal(t, r.Header.Get("Content-Length"), head.Header.Get("Content-Length"))
	post := ask(h, "POST", path)
	require.Equal(t, 405, post.StatusCode)
	require.Equal(t, "GET, HEAD, OPTIONS", post.Header.Get("Allow"))
	preflight := ask(h, "OPTIONS", path, "Origin", "https://wallet.example", "Access-Control-Request-Method", "GET")
	require.Equal(t, 204, preflight.StatusCode)
	require.Equal(t, "GET, HEAD, OPTIONS", preflight.Header.Get("Access-Control-Allow-Methods"))

	// What comes is served at once, under another tag.
	next := must(t)(i.RollOver("key-2", public(2), start))
	require.NoError(t, h.Set(next))
	require.Same(t, next, h.Issuer())
	r = ask(h, "GET", path, "If-None-Match", tag)
	require.Equal(t, 200, r.StatusCode)
	require.Equal(t, string(next.Document()), body(t, r))
	require.Error(t, h.Set(school(t, https)))
	require.Error(t, h.Set(nil))
	require.Same(t, next, h.Issuer())

	// A revocation that is to come ends the key in the set when it comes.
	require.NoError(t, h.Set(must(t)(next.Revoke("key-1", start.Add(time.Hour)))))
	for _, want := range []int{2, 1} {
		r := ask(h, "GET", jwks)
		require.Equal(t, "application/jwk-set+json", r.Header.Get("Content-Type"))
		var set struct{ Keys []any }
		require.NoError(t, json.Unmarshal([]byte(body(t, r)), &set))
		require.Len(t, set.Keys, want)
		now = start.Add(time.Hour)
	}
}

func TestHandlerNegotiates(t *testing.T) {
	const any = ""
	plain := must(t)(publish.Import(written(t, byHand["plain JSON, a key by value"])))
	for _, c := range []struct {
		issuer       *publish.Issuer
		accept, want string
	}{
		{school(t, web), any, "application/did+json"},
		{school(t, web), "*/*", "application/did+json"},
		{school(t, web), "application/*", "application/did+json"},
		{school(t, web), "application/did", "application/did"},
		{school(t, web), "application/json", "application/json"},
		{school(t, web), "Application/LD+json;profile=x, */*;q=0.1", "application/ld+json"},
		{school(t, web), "application/json;q=0.5, application/did+ld+json;q=0.9", "application/did+ld+json"},
		{school(t, web), "application/did+json;q=0, */*", "application/did"},
		{school(t, web), "text/html", "application/did+json"},
		{school(t, web), "application/json;q=x", "application/did+json"},
		{school(t, web), "application/json;q=2, application/did", "application/did"},
		{plain, "application/did+ld+json, application/json;q=0.1", "application/json"},
		{school(t, https), any, "application/ld+json"},
		{school(t, https), "application/cid", "application/cid"},
		{school(t, https), "application/json, text/html", "application/json"},
	} {
		h, err := publish.NewHandler(c.issuer, publish.HandlerConfig{MaxAge: -1})
		require.NoError(t, err)
		r := ask(h, "GET", h.Paths()[0], "Accept", c.accept)
		require.Equal(t, c.want, r.Header.Get("Content-Type"), c.accept)
		require.Equal(t, "public, no-cache", r.Header.Get("Cache-Control"))
	}
}

func TestHandlerConfig(t *testing.T) {
	for _, path := range []string{"jwks.json", "/issuer", "/a?b", "/a#b", "/a%20b"} {
		_, err := publish.NewHandler(school(t, https), publish.HandlerConfig{KeySetPath: path})
		require.ErrorContains(t, err, "KeySetPath", path)
	}
}

// Every answer is one state as a whole while another one is set.
func TestHandlerWhileItIsSet(t *testing.T) {
	one := school(t, web)
	two := must(t)(one.RollOver("key-2", public(2), start))
	h, err := publish.NewHandler(one, publish.HandlerConfig{KeySetPath: jwks})
	require.NoError(t, err)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for n := range 50 {
				_ = h.Set([]*publish.Issuer{one, two}[n%2])
				r := ask(h, "GET", "/.well-known/did.json")
				require.Contains(t, []string{string(one.Document()), string(two.Document())}, body(t, r))
				ask(h, "GET", jwks)
			}
		})
	}
	group.Wait()
}
