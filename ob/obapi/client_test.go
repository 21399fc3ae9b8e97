package obapi_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/issue"
)

// doing is a Doer that answers by a handler, in this process, and notes what was asked.
type doing struct {
	h     http.Handler
	token string
	asked []string
}

// Do implements obapi.Doer.
func (d *doing) Do(r *http.Request) (*http.Response, error) {
	d.asked = append(d.asked, r.Method+" "+r.URL.String())
	if d.token != "" {
		r.Header.Set("Authorization", "Bearer "+d.token)
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w.Result(), nil
}

// asking makes a client of a handler.
func client(t testing.TB, h http.HandlerFunc, change func(*obapi.ClientConfig)) (*obapi.Client, *doing) {
	t.Helper()
	d := &doing{h: h}
	c := obapi.ClientConfig{BaseURL: badges, Do: d, Now: testkit.Clock}
	if change != nil {
		change(&c)
	}
	cl, err := obapi.NewClient(c)
	require.NoError(t, err)
	return cl, d
}

// all lists what a client finds.
func all(cl *obapi.Client, l obapi.List) (found []string, err error) {
	for c, bad := range cl.Credentials(context.Background(), l) {
		if bad != nil {
			return found, bad
		}
		found = append(found, string(c.Raw))
	}
	return found, nil
}

// Our client and our handler agree, in both services.
func TestClientAndHandler(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ed := school.Ed(t, 1)
	plain := ed.Badge(obtest.Badge{Number: 1})
	badge := school.Sign(t, ed, dated(t, plain, "2025-06-01T00:00:00Z"), nil)
	record := school.Sign(t, ed, ed.Record(1, "did:example:ada", badge), nil)
	token := in(t, ed, ed.Badge(obtest.Badge{Number: 2}), issue.VCJWT)
	badgeClient, err := obapi.NewClient(obapi.ClientConfig{BaseURL: origin + "/demo", Do: &doing{h: h, token: "ada"}})
	require.NoError(t, err)
	recordClient, err := clrapi.NewClient(obapi.ClientConfig{BaseURL: clrs + "/discovery", Do: &doing{h: h, token: "ada"}})
	require.NoError(t, err)
	for _, want := range []obapi.Accepted{obapi.AcceptedCreated, obapi.AcceptedReplaced} {
		for cl, texts := range map[*obapi.Client][][]byte{badgeClient: {badge, token}, recordClient: {record}} {
			for _, text := range texts {
				got, err := cl.Upsert(t.Context(), text)
				require.NoError(t, err)
				require.Equal(t, want, got)
			}
		}
	}
	_, err = badgeClient.Upsert(t.Context(), school.Sign(t, ed, dated(t, plain, "2025-05-01T00:00:00Z"), nil))
	require.ErrorIs(t, err, obapi.ErrOlder)
	_, err = badgeClient.Upsert(t.Context(), record)
	var refused *obapi.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, http.StatusBadRequest, refused.Status)
	require.Equal(t, "invalid_data", refused.Minor)
	require.Contains(t, refused.Description, "kind-not-accepted")
	found, err := all(badgeClient, obapi.List{Limit: 1})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{string(badge), string(token)}, found)

	_, err = badgeClient.Profile(t.Context())
	require.ErrorIs(t, err, obapi.ErrNotFound)
	done, err := badgeClient.PutProfile(t.Context(), []byte(profile), obapi.PutOptions{})
	require.NoError(t, err)
	require.Equal(t, obapi.AcceptedReplaced, done)
	p, err := recordClient.Profile(t.Context())
	require.NoError(t, err)
	require.Equal(t, profile, string(p.Raw))
	_, err = badgeClient.PutProfile(t.Context(), []byte(strings.Replace(profile, "Ada", "A.", 1)), obapi.PutOptions{Was: `"1-x"`})
	require.ErrorIs(t, err, obapi.ErrChanged)
	_, err = badgeClient.PutProfile(t.Context(), []byte(strings.Replace(profile, "Ada", "A.", 1)), obapi.PutOptions{Was: p.Tag})
	require.NoError(t, err)

	for token, want := range map[string]error{"": obapi.ErrUnauthorised, "nobody": obapi.ErrUnauthorised, "writer": obapi.ErrForbidden} {
		cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: badges, Do: &doing{h: h, token: token}})
		require.NoError(t, err)
		_, err = all(cl, obapi.List{})
		require.ErrorIs(t, err, want)
		require.NotContains(t, err.Error(), "Bearer")
	}
}

// paged serves numbered credentials as a host of a kind does.
type paged struct {
	n        int
	most     int  // of a page, 0 for what is asked for
	total    bool // X-Total-Count is sent
	link     bool // Link is
	relative bool // with relative URLs
	deaf     bool // to offset and limit
}

func (p paged) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
	if p.deaf {
		limit, offset = p.n, 0
	}
	if p.most > 0 {
		limit = min(limit, p.most)
	}
	if p.total {
		w.Header().Set("X-Total-Count", strconv.Itoa(p.n))
	}
	end := min(offset+limit, p.n)
	if p.link {
		to := ""
		if !p.relative {
			to = badges
		}
		links := fmt.Sprintf(`<%s/credentials?limit=%d&offset=0>; rel="first"`, to, limit)
		if p.relative {
			links = `<?limit=1>; rel="first"`
		}
		if end < p.n {
			next := fmt.Sprintf("?limit=%d&offset=%d", limit, end)
			if !p.relative {
				next = badges + "/credentials" + next
			}
			links += `, <` + next + `>; rel=next`
		}
		w.Header().Set("Link", links)
	}
	var parts []string
	for i := min(offset, p.n); i < end; i++ {
		parts = append(parts, fmt.Sprintf(`{"n":%d}`, i))
	}
	_, _ = io.WriteString(w, `{"credential":[`+strings.Join(parts, ",")+`]}`)
}

// Whatever a host leaves out or does by itself, everything comes, once.
func TestClientWalks(t *testing.T) {
	for name, p := range map[string]paged{
		"as the standard": {n: 95, total: true, link: true}, "no links": {n: 95, total: true}, "no total": {n: 95, link: true},
		"neither": {n: 95}, "short pages": {n: 95, most: 7, total: true, link: true}, "short, no links": {n: 95, most: 7, total: true},
		"short, neither": {n: 95, most: 7}, "relative": {n: 95, total: true, link: true, relative: true}, "deaf": {n: 95, deaf: true},
		"deaf, total": {n: 95, deaf: true, total: true}, "nothing": {total: true, link: true}, "one page": {n: 10, total: true, link: true},
		"full page": {n: 20}, "full, total": {n: 20, total: true},
	} {
		t.Run(name, func(t *testing.T) {
			cl, d := client(t, p.ServeHTTP, nil)
			found, err := all(cl, obapi.List{Limit: 20})
			require.NoError(t, err)
			require.Len(t, found, p.n)
			for i, c := range found {
				require.Equal(t, fmt.Sprintf(`{"n":%d}`, i), c)
			}
			require.Less(t, len(d.asked), 20)
		})
	}
}

// What hosts call otherwise is understood.
func TestClientReadsPages(t *testing.T) {
	for body, want := range map[string]int{
		`{"credential":[{"a":1}],"compactJwsString":["a.b.c"]}`: 2, `{"credential":{"a":1},"compactJwsStrings":"a.b.c"}`: 2,
		`{"credentials":[{"a":1},null]}`: 1, `{}`: 0, `{"credential":[]}`: 0, "\xef\xbb\xbf {\"credential\":[\"a.b.c\"]}\n": 1,
		`{"imsx_codeMajor":"success","credential":[{"a":1}]}`: 1,
	} {
		cl, _ := client(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }, nil)
		found, err := all(cl, obapi.List{})
		require.NoError(t, err, body)
		require.Len(t, found, want, body)
	}
	for _, body := range []string{"", "[]", "<!doctype html>", `{"credential":[7]}`, `{"credential":[{"a":1}`, `{"a":1,"a":2}`,
		`{"imsx_codeMajor":"failure"}`} {
		cl, _ := client(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }, nil)
		_, err := all(cl, obapi.List{})
		require.ErrorIs(t, err, obapi.ErrNotService, body)
	}
}

// No request leaves the service, and no list is endless.
func TestClientStays(t *testing.T) {
	for name, next := range map[string]string{
		"another host": "https://evil.example/demo/ims/ob/v3p0/credentials?offset=1", "another port": "https://hub.example.org:8443/demo/ims/ob/v3p0/credentials",
		"plain http": "http://hub.example.org/demo/ims/ob/v3p0/credentials?offset=1", "outside the service": origin + "/other/credentials",
		"dots": badges + "/../../../../x", "itself": badges + "/credentials?limit=50&offset=0", "a user": "https://a:b@hub.example.org/demo/ims/ob/v3p0/x",
		"no URL": "https://[", "another scheme": "file:///etc/passwd",
	} {
		t.Run(name, func(t *testing.T) {
			cl, d := client(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Link", "<"+next+`>; rel="next"`)
				_, _ = io.WriteString(w, `{"credential":[{"a":1}]}`)
			}, nil)
			found, err := all(cl, obapi.List{})
			require.ErrorIs(t, err, obapi.ErrUnsafeLink)
			require.Len(t, found, 1, "what came before is good")
			require.Len(t, d.asked, 1)
		})
	}
	endless := func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("offset"))
		w.Header().Set("Link", fmt.Sprintf(`<?offset=%d>; rel=next`, n+1))
		_, _ = fmt.Fprintf(w, `{"credential":[{"n":%d}]}`, n)
	}
	cl, d := client(t, endless, func(c *obapi.ClientConfig) { c.MaxPages = 30 })
	_, err := all(cl, obapi.List{})
	require.ErrorIs(t, err, obapi.ErrTooLong)
	require.Len(t, d.asked, 30)
	cl, d = client(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", fmt.Sprintf(`<?x=%d>; rel=next`, len(r.URL.RawQuery)))
		_, _ = io.WriteString(w, `{"credential":[{"a":1}]}`)
	}, nil)
	_, err = all(cl, obapi.List{})
	require.NoError(t, err)
	require.Len(t, d.asked, 2, "a page that brings nothing new is the last")
}

// An answer that is too long is asked for in smaller parts, and one credential that is too
// long is an error.
func TestClientBoundsAnswers(t *testing.T) {
	p := paged{n: 40, total: true, link: true}
	cl, _ := client(t, p.ServeHTTP, func(c *obapi.ClientConfig) { c.MaxAnswer = 120 })
	found, err := all(cl, obapi.List{Limit: 40})
	require.NoError(t, err)
	require.Len(t, found, 40)
	huge := func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, io.LimitReader(&endless1{}, 1<<20)) }
	cl, d := client(t, huge, func(c *obapi.ClientConfig) { c.MaxAnswer = 1000 })
	_, err = all(cl, obapi.List{})
	require.ErrorIs(t, err, obapi.ErrTooLong)
	require.Less(t, len(d.asked), 6)
	bomb := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.Copy(z, io.LimitReader(&endless1{}, 4<<20))
		_ = z.Close()
	}
	cl, _ = client(t, bomb, func(c *obapi.ClientConfig) { c.MaxAnswer = 1 << 20 })
	_, err = all(cl, obapi.List{})
	require.ErrorIs(t, err, obapi.ErrTooLong)
}

type endless1 struct{}

func (endless1) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

// Each answer of a host has its meaning, in whatever words it is told.
func TestClientErrors(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		after  string
		is     error
		minor  string
		wait   time.Duration
	}{
		{401, `{"imsx_codeMajor":"failure","imsx_CodeMinor":{"imsx_codeMinorField":[{"imsx_codeMinorFieldName":"x","imsx_codeMinorFieldValue":"unauthorisedrequest"}]},"imsx_error_details":[]}`, "", obapi.ErrUnauthorised, "unauthorizedrequest", 0},
		{403, `{"error":"insufficient_scope"}`, "", obapi.ErrForbidden, "", 0},
		{404, "<html>", "", obapi.ErrNotFound, "", 0}, {405, "", "", obapi.ErrNotFound, "", 0}, {410, "", "", obapi.ErrNotFound, "", 0},
		{409, `{"imsx_codeMajor":"failure","imsx_codeMinor":{"imsx_codeMinorField":[{"imsx_codeMinorFieldValue":"invaliddata"}]}}`, "", obapi.ErrOlder, "invalid_data", 0},
		{429, "", "7", obapi.ErrBusy, "", 7 * time.Second}, {503, "", "Thu, 01 Jan 2026 00:01:00 GMT", obapi.ErrBusy, "", time.Minute},
		{500, "x", "", obapi.ErrBusy, "", 0}, {302, "", "", obapi.ErrNotService, "", 0}, {206, "{}", "", obapi.ErrNotService, "", 0},
		{422, "", "", nil, "", 0},
	} {
		cl, d := client(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", c.after)
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.body)
		}, nil)
		_, err := all(cl, obapi.List{})
		var e *obapi.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.status, e.Status)
		require.Equal(t, c.minor, e.Minor)
		require.Equal(t, c.wait, e.RetryAfter)
		require.Len(t, d.asked, 1, "when to ask again is for who plans it")
		if c.is != nil {
			require.ErrorIs(t, err, c.is, "%d", c.status)
		}
	}
}

// Every way of saying that a write went well is one.
func TestClientAccepts(t *testing.T) {
	for status, want := range map[int]obapi.Accepted{200: obapi.AcceptedReplaced, 201: obapi.AcceptedCreated, 202: obapi.AcceptedQueued,
		204: obapi.AcceptedReplaced, 304: obapi.AcceptedUnchanged} {
		cl, d := client(t, func(w http.ResponseWriter, r *http.Request) {
			require.Equal(t, "application/json", r.Header.Get("Content-Type"))
			w.WriteHeader(status)
		}, nil)
		got, err := cl.Upsert(t.Context(), []byte(" {}\n"))
		require.NoError(t, err)
		require.Equal(t, want, got)
		got, err = cl.PutProfile(t.Context(), []byte("{}"), obapi.PutOptions{})
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, []string{"POST " + badges + "/credentials", "PUT " + badges + "/profile"}, d.asked)
	}
	old := func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	}
	cl, _ := client(t, old, nil)
	_, err := cl.PutProfile(t.Context(), []byte("{}"), obapi.PutOptions{})
	require.ErrorIs(t, err, obapi.ErrNotFound)
	cl, d := client(t, old, nil)
	_, err = cl.PutProfile(t.Context(), []byte("{}"), obapi.PutOptions{POST: true})
	require.NoError(t, err)
	require.Equal(t, "POST "+badges+"/profile", d.asked[1])
}

type doer func(*http.Request) (*http.Response, error)

func (f doer) Do(r *http.Request) (*http.Response, error) { return f(r) }

// A Doer that does not answer, or badly, is an error and no panic.
func TestClientDoerFaults(t *testing.T) {
	down := errors.New("no route")
	for text, f := range map[string]doer{
		"no route": func(*http.Request) (*http.Response, error) { return nil, down },
		"panicked": func(*http.Request) (*http.Response, error) { panic("x") },
		"nothing":  func(*http.Request) (*http.Response, error) { return nil, nil },
	} {
		cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: badges, Do: f})
		require.NoError(t, err)
		_, err = all(cl, obapi.List{})
		require.ErrorContains(t, err, text)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: badges, Do: doer(func(r *http.Request) (*http.Response, error) {
		cancel()
		return nil, r.Context().Err()
	})})
	require.NoError(t, err)
	_, err = cl.Profile(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func TestClientConfig(t *testing.T) {
	d := &doing{}
	for address, want := range map[string]string{
		origin: origin + "/ims/ob/v3p0", origin + "/demo/": badges, badges: badges, badges + "/": badges, badges + "/discovery": badges,
		" " + badges + "/Discovery/ ": badges,
	} {
		cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: address, Do: d})
		require.NoError(t, err)
		d.h, d.asked = http.NotFoundHandler(), nil
		_, _ = cl.Profile(t.Context())
		require.Equal(t, []string{"GET " + want + "/profile"}, d.asked)
	}
	for _, c := range []obapi.ClientConfig{
		{Do: d}, {BaseURL: badges}, {BaseURL: "http://hub.example.org", Do: d}, {BaseURL: "hub.example.org", Do: d},
		{BaseURL: "https://a:b@hub.example.org", Do: d}, {BaseURL: badges + "?x", Do: d}, {BaseURL: badges, Do: d, MaxPages: -1},
		{BaseURL: badges, Do: d, Kind: 9}, {BaseURL: "http://127.0.0.1", Do: d},
	} {
		_, err := obapi.NewClient(c)
		require.ErrorContains(t, err, "obapi: ")
	}
	_, err := obapi.NewClient(obapi.ClientConfig{BaseURL: "http://127.0.0.1:80", Do: d, InsecureAllowLoopback: true})
	require.NoError(t, err)
	_, err = clrapi.NewClient(obapi.ClientConfig{BaseURL: clrs, Do: d, Kind: hub.KindBadge})
	require.ErrorContains(t, err, "Kind")
}

// A synchronisation overlaps the one before, and everything comes now and then.
func TestSync(t *testing.T) {
	now := testNow()
	var since []string
	fail := false
	cl, _ := client(t, func(w http.ResponseWriter, r *http.Request) {
		q, err := url.ParseQuery(r.URL.RawQuery)
		require.NoError(t, err)
		if since = append(since, q.Get("since")); fail {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, `{"credential":[{"a":1},{"a":2}]}`)
	}, func(c *obapi.ClientConfig) { c.Now = func() time.Time { return now } })
	n := 0
	each := func(context.Context, obapi.Credential) error { n++; return nil }
	var at obapi.Synced
	var err error
	sync := func() {
		at, err = cl.Sync(t.Context(), at, obapi.SyncOptions{}, each)
		now = now.Add(48 * time.Hour)
	}
	sync()
	require.NoError(t, err)
	require.Equal(t, obapi.Synced{Last: testNow(), Full: testNow()}, at)
	require.Equal(t, 2, n)
	was := at
	fail = true
	sync()
	require.ErrorIs(t, err, obapi.ErrBusy)
	require.Equal(t, was, at, "nothing is missed after an error")
	fail, since = false, nil
	sync()
	require.NoError(t, err)
	require.Equal(t, testNow().Add(-24*time.Hour).Format(time.RFC3339), since[0], "the last one less the overlap")
	sync()
	since = nil
	sync()
	require.Equal(t, "", since[0], "everything after a week")
	stop := errors.New("disk full")
	_, err = cl.Sync(t.Context(), at, obapi.SyncOptions{}, func(context.Context, obapi.Credential) error { return stop })
	require.ErrorIs(t, err, stop)
}
