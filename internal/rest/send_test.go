package rest_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

var sender = &rest.Sender{CacheControl: rest.CacheControl(false, 0), Now: testkit.Clock}

func request(method string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

// A body that is sent at once and one that is streamed are one answer.
func TestSendAndStream(t *testing.T) {
	body := []byte(strings.Repeat(`"text" `, 500))
	a := rest.Answer{Body: body, Tag: rest.Tag(body), Modified: testkit.Now.Add(-time.Hour)}
	for _, r := range []*http.Request{
		request("GET"), request("HEAD"), request("GET", "Accept-Encoding", "gzip"), request("GET", "If-None-Match", `"`+a.Tag+`"`),
		request("GET", "If-Modified-Since", testkit.Now.Format(http.TimeFormat)), request("GET", "If-None-Match", `"other"`),
	} {
		sent, streamed := httptest.NewRecorder(), httptest.NewRecorder()
		sender.Send(sent, r, a)
		sender.Stream(streamed, r, a, int64(len(body)), func(w io.Writer) error {
			_, err := w.Write(body)
			return err
		})
		if r.Header.Get("Accept-Encoding") != "" {
			require.Equal(t, body, unzip(t, sent.Body.Bytes()))
			require.Equal(t, body, unzip(t, streamed.Body.Bytes()))
			sent.Header().Del("Content-Length") // which is not known of a stream
		} else {
			require.Equal(t, sent.Body.String(), streamed.Body.String())
		}
		require.Equal(t, sent.Header(), streamed.Header())
		require.Equal(t, sent.Code, streamed.Code)
	}
}

func TestStreamThatFails(t *testing.T) {
	full := errors.New("full")
	require.PanicsWithValue(t, http.ErrAbortHandler, func() {
		sender.Stream(httptest.NewRecorder(), request("GET"), rest.Answer{Tag: "t"}, 9, func(io.Writer) error { return full })
	})
}

func TestCacheControl(t *testing.T) {
	require.Equal(t, "public, no-cache", rest.CacheControl(false, 0))
	require.Equal(t, "private, no-cache", rest.CacheControl(true, 0))
	require.Equal(t, "private, max-age=90", rest.CacheControl(true, 90*time.Second))
}

func TestSendStatus(t *testing.T) {
	w := httptest.NewRecorder()
	rest.SendStatus(w, request("GET"), http.StatusNotFound, rest.Badges.Failure("here", rest.UnknownObject, "no such profile"))
	require.Equal(t, http.StatusNotFound, w.Code)
	require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	require.JSONEq(t, `{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_description":"no such profile","imsx_codeMinor":
		{"imsx_codeMinorField":[{"imsx_codeMinorFieldName":"here","imsx_codeMinorFieldValue":"not_found"}]}}`, w.Body.String())
}

func TestTagOfAPage(t *testing.T) {
	seen := map[string]bool{}
	for _, total := range []int{1, 2} {
		for _, limit := range []int{1, 3} {
			head := http.Header{}
			rest.Page{Limit: limit}.SetHeaders(head, "/x", nil, total)
			seen[rest.PageTag([]byte("[]"), head)] = true
			seen[rest.PageTag([]byte("[1]"), head)] = true
		}
	}
	require.Len(t, seen, 8)
}
