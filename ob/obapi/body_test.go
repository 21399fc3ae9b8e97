package obapi_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/issue"
)

func TestMediaTypes(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ed := school.Ed(t, 1)
	plain := ed.Badge(obtest.Badge{Number: 1})
	badge, token := school.Sign(t, ed, plain, nil), in(t, ed, plain, issue.VCJWT)
	for _, c := range []struct {
		media  string
		body   []byte
		status int
	}{
		{"application/json", badge, 201}, {"application/json; charset=utf-8", badge, 200}, {"Application/JSON;x=y", badge, 200},
		{"application/vc+ld+json", badge, 200}, {"application/vc+ld+json; profile=x", badge, 200}, {"text/plain", token, 200},
		{"TEXT/Plain; charset=US-ASCII", token, 200}, {"text/plain", badge, 400}, {"application/json", token, 400},
		{"application/vc+ld+json", token, 400}, {"", badge, 415}, {"text/html", badge, 415}, {"application/xml", badge, 415}, {"x", badge, 415},
		{"application/json, text/plain", badge, 415},
	} {
		w := h.call(http.MethodPost, badges+"/credentials", "ada", c.body, "Content-Type", c.media)
		require.Equal(t, c.status, w.Code, "%s: %s", c.media, w.Body)
		if c.status == 415 {
			require.Equal(t, "application/json, application/vc+ld+json, text/plain", w.Header().Get("Accept-Post"))
		} else if c.status < 300 {
			media, _, _ := strings.Cut(strings.ToLower(c.media), ";")
			require.Equal(t, media, w.Header().Get("Content-Type"))
		}
	}
}

// endless is a body without an end, and counts what was read of it.
type endless struct{ read int64 }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	e.read += int64(len(b))
	return len(b), nil
}

// A body over the limit is refused, announced or not, and not read much further.
func TestLongBodies(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	for base, most := range map[string]int64{badges: 1 << 20, clrs: 16 << 20} {
		body := &endless{}
		r := httptest.NewRequest(http.MethodPost, base+"/credentials", body)
		r.ContentLength = -1
		r.Header = http.Header{"Authorization": {"Bearer ada"}, "Content-Type": {"application/json"}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		requireStatus(t, w, http.StatusRequestEntityTooLarge, "invalid_data")
		require.LessOrEqual(t, body.read, 5*most+9<<20, "a little is read on, so that the answer is seen")
		body.read, r.ContentLength = 0, 5<<30
		w = httptest.NewRecorder()
		h.ServeHTTP(w, r)
		requireStatus(t, w, http.StatusRequestEntityTooLarge, "invalid_data")
		require.Zero(t, body.read)
	}
	cut := httptest.NewRequest(http.MethodPost, badges+"/credentials", io.MultiReader(strings.NewReader("{"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	cut.Header = http.Header{"Authorization": {"Bearer ada"}, "Content-Type": {"application/json"}}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, cut)
	requireStatus(t, w, http.StatusBadRequest, "invalid_data")
}

// A body below the limit is kept, however large: a badge with a picture, a record of many.
func TestLargeCredentials(t *testing.T) {
	if testing.Short() {
		t.Skip("signs megabytes")
	}
	h := newHost(t, keeper(t, nil), nil)
	ed := school.Ed(t, 1)
	wide := with(t, ed.Badge(obtest.Badge{Number: 1}), "description", strings.Repeat("a long story ", 38<<10))
	badge := school.Sign(t, ed, wide, nil)
	require.Greater(t, len(badge), 480<<10)
	require.Equal(t, http.StatusCreated, h.post(badges, "ada", badge).Code)
	record := school.Sign(t, ed, ed.Record(1, "did:example:ada", school.Sign(t, ed, with(t, wide, "description",
		strings.Repeat("a long story ", 240<<10)), nil)), nil)
	require.Greater(t, len(record), 3<<20)
	w := h.post(clrs, "ada", record)
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String()[:min(w.Body.Len(), 500)])
	require.Equal(t, record, w.Body.Bytes())
}

// Where there is no room for another request it is asked to come back, and what was held
// is given back when a request is over.
func TestNoRoom(t *testing.T) {
	h := newHost(t, keeper(t, nil), func(c *obapi.Config) { c.MaxMemory = 64 << 10 })
	held := make(chan struct{})
	began := make(chan struct{})
	slow := httptest.NewRequest(http.MethodPost, badges+"/credentials", io.MultiReader(
		bytes.NewReader(make([]byte, 40<<10)), reading(func() { close(began); <-held })))
	slow.Header = http.Header{"Authorization": {"Bearer ada"}, "Content-Type": {"application/json"}}
	over := make(chan int)
	go func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, slow)
		over <- w.Code
	}()
	<-began
	ed := school.Ed(t, 1)
	badge := school.Sign(t, ed, ed.Badge(obtest.Badge{Number: 1}), nil)
	w := h.post(badges, "ada", badge)
	requireStatus(t, w, http.StatusServiceUnavailable, "server_busy")
	require.Equal(t, "5", w.Header().Get("Retry-After"))
	close(held)
	require.Equal(t, http.StatusBadRequest, <-over)
	require.Equal(t, http.StatusCreated, h.post(badges, "ada", badge).Code)
}

// reading is a body that calls when it is read, and ends.
func reading(f func()) io.Reader { return readFunc(f) }

type readFunc func()

func (f readFunc) Read([]byte) (int, error) {
	f()
	return 0, io.EOF
}

// What a request costs is bounded by what came.
func TestMemory(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	junk := []byte(`{"a":[` + strings.Repeat(`{"b":"c"},`, 100_000) + `1]}`)
	used := testkit.Allocated(func() { h.post(badges, "ada", junk) })
	require.Less(t, used, uint64(64<<20))
}
