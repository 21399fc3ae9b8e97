package obapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"

	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// call is one request of an operation.
type call struct {
	op     *credrest.Operation
	url    *url.URL
	method string
	body   []byte
	header http.Header
	good   []int // statuses of answers that went well
}

// answer is an answer that went well.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send sends a request and reads the answer.
func (cl *Client) send(ctx context.Context, c *call) (*answer, error) {
	var body io.Reader
	if c.body != nil {
		body = bytes.NewReader(c.body) // which can be had again, where the token is renewed
	}
	req, err := http.NewRequestWithContext(ctx, c.method, c.url.String(), body)
	if err != nil {
		return nil, cl.failed(c, "the request cannot be written", err)
	}
	if c.header != nil {
		req.Header = c.header
	}
	resp, err := guard.Call(context.WithoutCancel(ctx), func() (*http.Response, error) { return guard.Legible(cl.c.Do.Do(req)) })
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, cl.failed(c, "there is no answer", err)
	case resp == nil || resp.Body == nil:
		return nil, cl.failed(c, "there is no answer", errors.New("the Doer returned nothing"))
	}
	defer resp.Body.Close()
	return cl.read(ctx, c, resp)
}

// read reads an answer, and tells what went well from what did not.
func (cl *Client) read(ctx context.Context, c *call, resp *http.Response) (*answer, error) {
	text, err := cl.text(resp)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, rest.ErrTooLong):
		e := cl.failed(c, "", ErrTooLong)
		e.Status = resp.StatusCode
		return nil, e
	case slices.Contains(c.good, resp.StatusCode) && err == nil:
		return &answer{resp.StatusCode, resp.Header, text}, nil
	case slices.Contains(c.good, resp.StatusCode):
		return nil, cl.failed(c, "the answer broke off", err)
	}
	e := cl.failed(c, http.StatusText(resp.StatusCode), meaning(resp.StatusCode))
	e.Status, e.RetryAfter = resp.StatusCode, rest.RetryAfter(resp.Header.Get("Retry-After"), cl.c.Now())
	e.tell(text)
	return nil, e
}

func (cl *Client) text(resp *http.Response) ([]byte, error) {
	body, err := rest.NewBody(resp, cl.c.MaxAnswer)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(body)
}

// failed is an error about a request.
func (cl *Client) failed(c *call, detail string, err error) *Error {
	at := *c.url
	at.RawQuery, at.User = "", nil
	return &Error{Operation: c.op.ID, URL: at.String(), Detail: detail, Err: err}
}
