package oauthclient

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/laurel-edu/laurel/internal/rest"
)

// Do sends a request to the service of the connection with an access token, and once more
// with another where the service refuses the first. The caller closes the body of the
// response. Redirects are not followed. A request whose body cannot be had again (GetBody
// of http.Request) is not sent again.
//
// The error matches ErrElsewhere where the request leads to another address than the
// service's, ErrReconnect, or ErrUnavailable. A response is the service's own, whatever its
// status: Standing says what it means for the connection.
func (k *Connection) Do(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	was, err := k.get(ctx)
	if err != nil {
		return nil, err
	}
	base, err := httpsURL(was.value.Host.Base)
	if err != nil || req.URL.Scheme != "https" || req.URL.User != nil || !rest.Within(req.URL, base) {
		return nil, &Error{Op: "call", URL: plain(req.URL), Err: ErrElsewhere}
	}
	for again := false; ; again = true {
		token, err := k.Token(ctx)
		if err != nil {
			return nil, err
		}
		resp, err := k.call(req, token, again)
		if err != nil || resp.StatusCode != http.StatusUnauthorized || again || req.Body != nil && req.GetBody == nil {
			if was.value.State != StateReady || err != nil || resp.StatusCode >= http.StatusBadRequest {
				k.note(ctx, req.URL, resp, err)
			}
			return resp, err
		}
		_ = resp.Body.Close()
		k.Reject(token)
	}
}

func (k *Connection) call(req *http.Request, token string, again bool) (*http.Response, error) {
	sent := req.Clone(req.Context())
	if again && req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		sent.Body = body
	}
	if sent.Header == nil {
		sent.Header = http.Header{}
	}
	sent.Header.Set("Authorization", "Bearer "+token)
	sent.Host = "" // that of the URL
	resp, err := k.cl.http.Do(sent)
	if err != nil {
		return nil, k.cl.unavailable("call", req.URL, nil, err)
	}
	return resp, nil
}

// note keeps what a response means for the connection, where that is new.
func (k *Connection) note(ctx context.Context, at *url.URL, resp *http.Response, err error) {
	was, lost := k.get(ctx)
	if lost != nil {
		return
	}
	c := was.value
	switch {
	case resp == nil:
		k.failed(ctx, was.raw, &c, err)
	case rest.Temporary(resp.StatusCode):
		k.failed(ctx, was.raw, &c, k.cl.unavailable("call", at, resp, nil))
	case resp.StatusCode == http.StatusForbidden:
		k.move(ctx, was.raw, &c, StateScopeLost)
	case resp.StatusCode == http.StatusUnauthorized: // by a token that was just renewed, too
		k.move(ctx, was.raw, &c, StateBroken)
	default:
		k.move(ctx, was.raw, &c, StateReady)
	}
}

func (k *Connection) move(ctx context.Context, was []byte, c *connected, to State) {
	if c.State == to {
		return
	}
	c.State, c.Failures, c.RetryAt = to, 0, time.Time{}
	_, _ = swap(ctx, k.cl.store, k.key, was, c) // whoever was faster knows better
}
