package obapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc"
)

// stocked is a host whose store has n credentials of ada, put there without being
// verified: what is listed is what is stored. Every third is a token. The first was issued
// on 1 January 2020, and each a day later.
func stocked(t testing.TB, n int, change func(*obapi.Config)) (*host, hub.Store) {
	t.Helper()
	store := &hub.Memory{Now: func() time.Time { return testNow() }}
	for i := range n {
		c := hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example", ID: fmt.Sprint("urn:n:", i),
			ValidFrom: time.Date(2020, 1, 1+i, 0, 0, 0, 0, time.UTC), Form: vc.FormJSON, Raw: fmt.Appendf(nil, `{"n":%d}`, i)}
		if i%3 == 2 {
			c.Form, c.Raw = vc.FormJWT, fmt.Appendf(nil, "a.%d.c", i)
		}
		_, _, err := store.Upsert(t.Context(), hub.Owner{Tenant: "demo", User: "ada"}, c)
		require.NoError(t, err)
	}
	return newHost(t, keeper(t, func(c *obapi.KeeperConfig) { c.Store = store }), change), store
}

// numbers are which of the stocked credentials are on a page.
func numbers(t testing.TB, body []byte) (all []int) {
	t.Helper()
	var p page
	require.NoError(t, json.Unmarshal(body, &p))
	for _, c := range p.Credential {
		var one struct{ N int }
		require.NoError(t, json.Unmarshal(c, &one))
		all = append(all, one.N)
	}
	for _, token := range p.CompactJwsString {
		var n int
		_, err := fmt.Sscanf(token, "a.%d.c", &n)
		require.NoError(t, err)
		all = append(all, n)
	}
	return all
}

// links are those of an answer, by their relation.
func links(head http.Header) map[string]string {
	all := map[string]string{}
	for _, l := range rest.ParseLink(head.Values("Link")...) {
		all[l.Rel] = l.URL
	}
	return all
}

// Whoever follows the links, or counts offsets, gets all of a list, each once.
func TestListPages(t *testing.T) {
	h, _ := stocked(t, 100, nil)
	for _, limit := range []int{1, 7, 33, 99, 100, 1000} {
		followed, counted := map[int]bool{}, map[int]bool{}
		for next := badges + "/credentials?limit=" + strconv.Itoa(limit); next != ""; {
			w := h.get(next)
			require.Equal(t, http.StatusOK, w.Code, w.Body)
			require.Equal(t, "100", w.Header().Get("X-Total-Count"))
			for _, n := range numbers(t, w.Body.Bytes()) {
				require.False(t, followed[n], "twice")
				followed[n] = true
			}
			there := links(w.Header())
			require.Contains(t, there, "first")
			require.Contains(t, there, "last")
			for _, link := range there {
				require.Contains(t, link, badges+"/credentials?")
			}
			next = there["next"]
		}
		for offset := 0; offset < 100; offset += limit {
			w := h.get(badges + fmt.Sprintf("/credentials?limit=%d&offset=%d", limit, offset))
			require.Equal(t, offset > 0, links(w.Header())["prev"] != "")
			for _, n := range numbers(t, w.Body.Bytes()) {
				counted[n] = true
			}
		}
		require.Len(t, followed, 100)
		require.Len(t, counted, 100)
	}
	beyond := h.get(badges + "/credentials?offset=500")
	require.JSONEq(t, `{}`, beyond.Body.String())
	require.NotContains(t, links(beyond.Header()), "next")
}

// What comes and goes between two pages makes whoever follows the links neither miss nor
// repeat anything.
func TestListWhileItChanges(t *testing.T) {
	h, store := stocked(t, 30, nil)
	ada := hub.Owner{Tenant: "demo", User: "ada"}
	w := h.get(badges + "/credentials?limit=10")
	seen := numbers(t, w.Body.Bytes())
	for i := range 5 { // five of the first page go, one comes
		gone := hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example", ID: fmt.Sprint("urn:n:", i)}
		require.NoError(t, store.Delete(t.Context(), ada, gone.Key()))
	}
	_, _, err := store.Upsert(t.Context(), ada, hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example", ID: "urn:n:30",
		ValidFrom: testNow(), Raw: []byte(`{"n":30}`)})
	require.NoError(t, err)
	for next := links(w.Header())["next"]; next != ""; {
		w = h.get(next)
		seen = append(seen, numbers(t, w.Body.Bytes())...)
		next = links(w.Header())["next"]
	}
	require.Len(t, seen, 31)
	require.Len(t, numbers(t, h.get(badges+"/credentials").Body.Bytes()), 26)
}

// A page of large credentials ends early, and its links lead on.
func TestListEndsEarly(t *testing.T) {
	h, store := stocked(t, 0, func(c *obapi.Config) { c.MaxPage = 5 << 20 })
	large := make([]byte, 1<<20)
	for i := range large {
		large[i] = ' '
	}
	copy(large, `{"n":1`)
	large[len(large)-1] = '}'
	for i := range 12 {
		_, _, err := store.Upsert(t.Context(), hub.Owner{Tenant: "demo", User: "ada"}, hub.Credential{Kind: hub.KindBadge,
			Issuer: "https://school.example", ID: fmt.Sprint("urn:n:", i), ValidFrom: testNow(), Raw: large})
		require.NoError(t, err)
	}
	total, pages := 0, 0
	for next := badges + "/credentials"; next != ""; pages++ {
		w := h.get(next)
		require.Less(t, w.Body.Len(), 7<<20)
		total += len(numbers(t, w.Body.Bytes()))
		next = links(w.Header())["next"]
		if next != "" {
			u, err := url.Parse(next)
			require.NoError(t, err)
			require.Equal(t, strconv.Itoa(total), u.Query().Get("offset"), "where it goes on")
			require.Equal(t, "100", u.Query().Get("limit"), "as before")
		}
	}
	require.Equal(t, 12, total)
	require.Equal(t, 3, pages)
}

func TestListSince(t *testing.T) {
	h, _ := stocked(t, 10, nil)
	for since, want := range map[string]int{
		"2020-01-01T00:00:00Z": 9, "2019-12-31T23:59:59.999Z": 10, "2020-01-05T00:00:00Z": 5, "2020-01-05T02:00:00%2B02:00": 5,
		"2020-01-05T02:00:00+02:00": 5, "2020-01-04T22:00:00-02:00": 5, "2020-01-05T00:00:00.5Z": 5, "2999-01-01T00:00:00Z": 0,
		"0001-01-01T00:00:00Z": 10,
	} {
		w := h.get(badges + "/credentials?limit=2&since=" + since)
		require.Equal(t, http.StatusOK, w.Code, "%s: %s", since, w.Body)
		require.Equal(t, strconv.Itoa(want), w.Header().Get("X-Total-Count"), since)
		n := 0
		for next := badges + "/credentials?limit=2&since=" + since; next != ""; next = links(w.Header())["next"] {
			w = h.get(next)
			n += len(numbers(t, w.Body.Bytes()))
			for _, link := range links(w.Header()) {
				require.Contains(t, link, "since=", "in every link")
			}
		}
		require.Equal(t, want, n, since)
	}
}

// The other meanings of since go by when a credential was stored.
func TestListSinceChanged(t *testing.T) {
	for by, want := range map[hub.SinceBy]string{hub.SinceIssued: "0", hub.SinceChanged: "4", hub.SinceEither: "4"} {
		h, _ := stocked(t, 4, func(c *obapi.Config) { c.Since = by })
		w := h.get(badges + "/credentials?since=" + testNow().Add(-time.Hour).Format(time.RFC3339))
		require.Equal(t, want, w.Header().Get("X-Total-Count"), by)
	}
}

func TestListRefusesQueries(t *testing.T) {
	h, _ := stocked(t, 3, nil)
	for _, query := range []string{
		"limit=0", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=2147483648", "limit=%201", "limit=1&limit=2", "offset=-1", "offset=x",
		"offset=", "offset=2147483648", "offset=1&offset=1", "since=", "since=x", "since=2020-01-01", "since=1577836800",
		"since=2020-01-01T00:00:00", "since=2020-13-01T00:00:00Z", "since=2020-01-01T00:00:00Z&since=2020-01-01T00:00:00Z",
		"limit=%zz", "limit=%", "limit=1;offset=2", "after=", "after=0", "after=-1", "after=~", "after=1&after=2",
	} {
		requireStatus(t, h.get(badges+"/credentials?"+query), http.StatusBadRequest, "invalid_query_parameter")
	}
	require.Equal(t, http.StatusOK, h.get(badges+"/credentials?foo=1&filter=x&sort=y&foo=2").Code, "unknown ones are passed over")
	require.Equal(t, http.StatusOK, h.get(badges+"/credentials?limit=2147483647").Code)
}

func TestListAnswers(t *testing.T) {
	h, _ := stocked(t, 3, nil)
	w := h.get(badges + "/credentials")
	require.Equal(t, "private, no-cache", w.Header().Get("Cache-Control"))
	require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	require.Empty(t, w.Header().Get("Access-Control-Allow-Origin"))
	tag := w.Header().Get("ETag")
	w = h.call(http.MethodGet, badges+"/credentials", "ada", nil, "If-None-Match", tag)
	require.Equal(t, http.StatusNotModified, w.Code)
	require.Empty(t, w.Body.Bytes())
	w = h.call(http.MethodHead, badges+"/credentials", "ada", nil)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, "3", w.Header().Get("X-Total-Count"))
	require.Empty(t, w.Body.Bytes())
	for accept, status := range map[string]int{
		"application/json": 200, "*/*": 200, "application/*;q=0.5": 200, "text/html, */*;q=0.1": 200, "": 200,
		"text/html": 406, "application/json;q=0": 406, "*/*, application/json;q=0": 406, "application/json;q=0, */*": 406, "text/*": 406,
		"nonsense": 406,
	} {
		w := h.call(http.MethodGet, badges+"/credentials", "ada", nil, "Accept", accept)
		if status == 406 {
			requireStatus(t, w, status, "not_acceptable")
		} else if accept != "" {
			require.Equal(t, status, w.Code, accept)
		}
	}
}
