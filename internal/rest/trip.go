package rest

import (
	"io"
	"net/http"
)

// Trip is the transport of one request for a token: it sends what golang.org/x/oauth2
// writes by a client of the caller's, and keeps of the answer what that does not hand on.
// It is for one goroutine.
type Trip struct {
	Do   func(*http.Request) (*http.Response, error)
	Most int64          // bytes of the answer
	Resp *http.Response // nil where there was none
	Body *Body          // that of Resp, which tells why it could not be read
	Err  error          // of Do, without what the client adds to it
}

// RoundTrip implements http.RoundTripper. The answer is JSON, whatever the endpoint calls
// it.
func (t *Trip) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Accept", "application/json")
	resp, err := t.Do(req)
	if err != nil {
		t.Err = err
		return nil, err
	}
	body, err := NewBody(resp, t.Most)
	if err != nil {
		_ = resp.Body.Close()
		t.Err = err
		return nil, err
	}
	t.Resp, t.Body = resp, body
	again := *resp
	again.Header = http.Header{"Content-Type": {"application/json"}}
	again.Body = struct {
		io.Reader
		io.Closer
	}{body, resp.Body}
	return &again, nil
}
