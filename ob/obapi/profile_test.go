package obapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/obapi"
)

const profile = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` +
	`"id":"https://people.example/ada","type":["Profile"],"name":"Ada","email":"ada@example.org"}`

func (h *host) put(body string, headers ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.call(http.MethodPut, badges+"/profile", "ada", []byte(body), append(headers, "Content-Type", "application/json")...)
}

// A profile is there once it was put, byte for byte, for badges and records alike.
func TestProfile(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	requireStatus(t, h.get(badges+"/profile"), http.StatusNotFound, "not_found")
	w := h.put("\n " + profile + "\n")
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.Equal(t, profile, w.Body.String())
	for _, base := range []string{badges, clrs} {
		w = h.get(base + "/profile")
		require.Equal(t, profile, w.Body.String())
		require.Equal(t, "private, no-cache", w.Header().Get("Cache-Control"))
		require.Equal(t, http.StatusNotModified, h.call(http.MethodGet, base+"/profile", "ada", nil, "If-None-Match", w.Header().Get("ETag")).Code)
	}
	requireStatus(t, h.call(http.MethodGet, badges+"/profile", "bob", nil), http.StatusNotFound, "not_found")
}

func TestProfileRefuses(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	for name, body := range map[string]string{
		"no id":            strings.Replace(profile, `"id":"https://people.example/ada",`, "", 1),
		"another type":     strings.Replace(profile, `["Profile"]`, `["Person"]`, 1),
		"a number":         strings.Replace(profile, `"Ada"`, "7", 1),
		"an object":        strings.Replace(profile, `"Ada"`, `{"x":1}`, 1),
		"a name twice":     strings.Replace(profile, `"name"`, `"id":"x","name"`, 1),
		"no JSON":          profile[:len(profile)-1],
		"a list":           "[" + profile + "]",
		"nothing":          "",
		"no UTF-8":         strings.Replace(profile, "Ada", "A\xff", 1),
		"more behind it":   profile + profile,
		"an address wrong": strings.Replace(profile, `"ada@example.org"`, `["a","b"]`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			requireStatus(t, h.put(body), http.StatusBadRequest, "invalid_data")
		})
	}
	requireStatus(t, h.get(badges+"/profile"), http.StatusNotFound, "not_found")
	for _, media := range []string{"text/plain", "", "application/vc+ld+json"} {
		w := h.call(http.MethodPut, badges+"/profile", "ada", []byte(profile), "Content-Type", media)
		requireStatus(t, w, http.StatusUnsupportedMediaType, "invalid_data")
	}
	requireStatus(t, h.put(profile[:len(profile)-1]+`,"description":"`+strings.Repeat("x", 1<<20)+`"}`), http.StatusRequestEntityTooLarge, "invalid_data")
}

// A write that says what it replaces fails where that is no longer there.
func TestProfileConditions(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	other := strings.Replace(profile, "Ada", "Ada L.", 1)
	requireStatus(t, h.put(profile, "If-Match", `"1-x"`), http.StatusPreconditionFailed, "invalid_data")
	requireStatus(t, h.put(profile, "If-Match", "*"), http.StatusPreconditionFailed, "invalid_data")
	require.Equal(t, http.StatusOK, h.put(profile, "If-None-Match", "*").Code)
	requireStatus(t, h.put(other, "If-None-Match", "*"), http.StatusPreconditionFailed, "invalid_data")
	tag := h.get(badges + "/profile").Header().Get("ETag")
	requireStatus(t, h.put(other, "If-Match", "W/"+tag), http.StatusPreconditionFailed, "invalid_data")
	w := h.put(other, "If-Match", `"nothing", `+tag)
	require.Equal(t, http.StatusOK, w.Code)
	require.NotEqual(t, tag, w.Header().Get("ETag"))
	requireStatus(t, h.put(profile, "If-Match", tag), http.StatusPreconditionFailed, "invalid_data")
	require.Equal(t, http.StatusOK, h.put(profile, "If-Match", "*").Code)
	require.Equal(t, http.StatusOK, h.put(other).Code, "without a condition")
}

func TestProfileRace(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	h.put(profile)
	tag := h.get(badges + "/profile").Header().Get("ETag")
	var all sync.WaitGroup
	codes := make([]int, 16)
	for i := range codes {
		all.Go(func() {
			codes[i] = h.put(strings.Replace(profile, "Ada", fmt.Sprint("Ada ", i), 1), "If-Match", tag).Code
		})
	}
	all.Wait()
	count := map[int]int{}
	for _, code := range codes {
		count[code]++
	}
	require.Equal(t, map[int]int{200: 1, 412: 15}, count)
}

// A host may take the verb of Open Badges 2.1.
func TestProfilePOST(t *testing.T) {
	h := newHost(t, keeper(t, nil), func(c *obapi.Config) { c.AcceptProfilePOST = true })
	w := h.call(http.MethodPost, badges+"/profile", "ada", []byte(profile), "Content-Type", "application/json")
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.True(t, bytes.Equal([]byte(profile), w.Body.Bytes()))
}
