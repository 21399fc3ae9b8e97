package oauthclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// pause is how long a host is left alone that does not say for how long.
const pause = 30 * time.Minute

// answer is what an endpoint said.
type answer struct {
	status int
	doc    jsonx.Value // missing where it was no JSON
}

func (a answer) text(member string) string { return jsonx.Content(a.doc.Get(member)) }

// send sends a request to an endpoint and reads what it says. The error, which matches
// ErrUnavailable, is that of no answer, and of one that may be another later.
func (cl *Client) send(op string, req *http.Request) (answer, error) {
	req.Header.Set("Accept", "application/json")
	resp, err := cl.http.Do(req)
	if err != nil {
		return answer{}, cl.unavailable(op, req.URL, nil, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if rest.Temporary(resp.StatusCode) {
		return answer{}, cl.unavailable(op, req.URL, resp, nil)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, longestAnswer+1))
	if err != nil {
		return answer{}, cl.unavailable(op, req.URL, resp, err)
	}
	a := answer{status: resp.StatusCode}
	if doc, err := jsonx.Parse(body, jsonx.Limits{Bytes: longestAnswer}, nil); err == nil {
		a.doc = doc.Root()
	}
	return a, nil
}

// unavailable is the error of a host that gave no answer. The context's own end is no
// fault of the host.
func (cl *Client) unavailable(op string, at *url.URL, resp *http.Response, cause error) error {
	if errors.Is(cause, context.Canceled) || errors.Is(cause, context.DeadlineExceeded) {
		return &Error{Op: op, URL: plain(at), Err: bare(cause)}
	}
	e := &Error{Op: op, URL: plain(at), RetryAfter: pause, Err: because(ErrUnavailable, bare(cause))}
	if resp != nil {
		e.Status = resp.StatusCode
		if asked := rest.RetryAfter(resp.Header.Get("Retry-After"), cl.c.Now()); asked > 0 {
			e.RetryAfter = asked
		}
	}
	return e
}

// bare takes the URL out of an error of net/http.
func bare(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

// plain is a URL without its query.
func plain(u *url.URL) string {
	short := *u
	short.RawQuery, short.User = "", nil
	return short.String()
}

// post makes a request with a form and the application's credentials.
func post(ctx context.Context, to string, r registration, form url.Values) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(url.QueryEscape(r.ID), url.QueryEscape(r.Secret)) // RFC 6749, 2.3.1
	return req, nil
}

// postJSON makes a request with a document.
func postJSON(ctx context.Context, to string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return req, nil
}
