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

// A body that is sent at once and one that is streamed are one answer, and so is one that
// needs no body.
func TestSendAndStream(t *testing.T) {
	body := []byte(strings.Repeat(`"text" `, 500))
	a := rest.Answer{Body: body, Tag: rest.Tag(body), Modified: testkit.Now.Add(-time.Hour)}
	far := rest.Answer{Size: int64(len(body)), Tag: a.Tag, Modified: a.Modified}
	for _, r := range []*http.Request{
		request("GET"), request("HEAD"), request("GET", "Accept-Encoding", "gzip"), request("GET", "If-None-Match", `"`+a.Tag+`"`),
		request("GET", "If-Modified-Since", testkit.Now.Format(http.TimeFormat)), request("GET", "If-None-Match", `"other"`),
		request("HEAD", "Accept-Encoding", "gzip"), request("HEAD", "If-None-Match", "*"),
	} {
		sent, streamed, brief := httptest.NewRecorder(), httptest.NewRecorder(), httptest.NewRecorder()
		sender.Send(sent, r, a)
		require.NoError(t, sender.Stream(streamed, r, far, func(w io.Writer) error {
			_, err := w.Write(body)
			return err
		}))
		if r.Header.Get("Accept-Encoding") != "" && r.Method == "GET" {
			require.Equal(t, body, unzip(t, sent.Body.Bytes()))
			require.Equal(t, body, unzip(t, streamed.Body.Bytes()))
		} else {
			require.Equal(t, sent.Body.String(), streamed.Body.String())
		}
		if r.Header.Get("Accept-Encoding") != "" {
			sent.Header().Del("Content-Length") // which is not known of a stream
		}
		require.Equal(t, sent.Header(), streamed.Header())
		require.Equal(t, sent.Code, streamed.Code)

		if sender.Brief(brief, r, far) {
			require.Equal(t, sent.Header(), brief.Header())
			require.Equal(t, sent.Code, brief.Code)
			require.Zero(t, brief.Body.Len())
			continue
		}
		require.Empty(t, brief.Header(), "nothing is written of what is not answered")
		require.Equal(t, http.StatusOK, sent.Code)
		require.Equal(t, "GET", r.Method)
	}
}

func TestStreamThatFails(t *testing.T) {
	full := errors.New("full")
	err := sender.Stream(httptest.NewRecorder(), request("GET"), rest.Answer{Tag: "t"}, func(io.Writer) error { return full })
	require.ErrorIs(t, err, full)
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
