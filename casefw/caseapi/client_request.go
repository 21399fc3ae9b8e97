package caseapi

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc"
)

// call is one request and what is to be done with its answer.
type call struct {
	url   *url.URL
	known Known // the condition
	most  int64 // bytes of the answer
	// take reads the answer. It is called once for each attempt that got one.
	take func(*reply) error
}

// reply is a good answer: JSON, as far as its beginning tells.
type reply struct {
	url      string
	header   http.Header
	body     *bufio.Reader
	warnings []*vc.Problem
}

// send sends a request, again where that may help, and hands the answer over.
func (cl *Client) send(ctx context.Context, c *call) error {
	renewed := false
	for attempt := 1; ; attempt++ {
		err := cl.attempt(ctx, c, &renewed)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var e *Error
		if !errors.As(err, &e) {
			return err
		}
		e.Attempts = attempt
		wait, again := cl.wait(ctx, e, attempt)
		if !again {
			return e
		}
		if err := cl.c.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// wait says how long to pause before the next attempt, and notes in the error why there
// is none where the provider asked for a pause.
func (cl *Client) wait(ctx context.Context, e *Error, attempt int) (d time.Duration, again bool) {
	if !e.Temporary() {
		return 0, false
	}
	r := rest.Retries{Most: cl.c.Retries, MaxWait: cl.c.MaxWait, Jitter: cl.c.Jitter}
	d, again = r.Wait(attempt, e.RetryAfter)
	switch {
	case !again && e.RetryAfter > cl.c.MaxWait:
		e.unheeded = "more than the " + cl.c.MaxWait.String() + " that the client waits"
	case again && !patienceOf(ctx).take(d):
		e.unheeded, again = "and the "+cl.c.MaxWaiting.String()+" that the client waits in all do not allow for another pause", false
	}
	return d, again
}

// attempt sends a request once; a token that was refused is renewed once.
func (cl *Client) attempt(ctx context.Context, c *call, renewed *bool) error {
	for {
		token, err := cl.token(ctx)
		if err != nil {
			return err
		}
		err = cl.exchange(ctx, c, token)
		var e *Error
		if token == "" || *renewed || !errors.As(err, &e) || e.Status != http.StatusUnauthorized {
			return err
		}
		*renewed = true
		cl.c.Authorize.Reject(token)
	}
}

func (cl *Client) token(ctx context.Context) (string, error) {
	if cl.c.Authorize == nil {
		return "", nil
	}
	return cl.c.Authorize.Token(ctx)
}

// exchange sends a request and reads the answer.
func (cl *Client) exchange(ctx context.Context, c *call, token string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url.String(), nil)
	if err != nil {
		return failure(CodeBadRequest, c.url.Redacted(), "", err)
	}
	req.Header.Set("Accept", "application/json")
	if token != "" && rest.Within(c.url, cl.root) {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	c.known.set(req.Header)
	resp, err := cl.c.Do.Do(req)
	if err != nil {
		return noAnswer(c.url, err)
	}
	defer resp.Body.Close()
	body, err := rest.NewBody(resp, c.most)
	if err != nil {
		return broken(c, resp, err)
	}
	if resp.StatusCode != http.StatusOK {
		return cl.refusal(c, resp, body)
	}
	return cl.good(c, resp, body)
}

// noAnswer tells a refusal of the guard, which stays, from a failing network.
func noAnswer(u *url.URL, err error) *Error {
	e := failure(CodeNetwork, u.Redacted(), "no answer", err)
	var refused *safehttp.Error
	if errors.As(err, &refused) {
		e.Code, e.Detail, e.Err = CodeRefused, refused.Detail, refused
		if refused.Code == safehttp.CodeTooLarge {
			e.Code = CodeTooLarge
		}
	}
	if to := redirectedBy(u, err); to != nil && e.Code != CodeTooLarge && toSignIn(to) {
		e.Code, e.Detail = CodeLogin, "the provider redirects to "+vc.Quote(to.Host+to.Path)+", a page to sign in at and no CASE"
	}
	return e
}

// broken is an answer that ended before its end, or too late.
func broken(c *call, resp *http.Response, err error) *Error {
	e := failure(CodeNetwork, c.url.Redacted(), "the answer broke off", err)
	var refused *safehttp.Error
	switch {
	case errors.Is(err, rest.ErrTooLong) || errors.As(err, &refused) && refused.Code == safehttp.CodeTooLarge:
		e.Code, e.Status = CodeTooLarge, resp.StatusCode
		e.Detail, e.Err = "the answer is longer than "+strconv.FormatInt(c.most, 10)+" bytes", nil
	case refused != nil:
		e.Code, e.Detail = CodeRefused, refused.Detail
	}
	return e
}

const byteOrderMark = "\xef\xbb\xbf"

// peeked is how much of an answer is looked at to see what it is.
const peeked = 4 << 10

// good hands an answer over, unless it is an error in disguise.
func (cl *Client) good(c *call, resp *http.Response, body *rest.Body) error {
	r := &reply{url: c.url.Redacted(), header: resp.Header, body: bufio.NewReaderSize(body, 64<<10)}
	head, err := r.body.Peek(peeked)
	if err != nil && body.Err() != nil {
		return broken(c, resp, body.Err())
	}
	switch {
	case webPage(head):
		return page(c.url, resp, head)
	case !looksLikeJSON(head):
		e := failure(CodeNotJSON, r.url, "the answer is no JSON", nil)
		e.Status, e.Body = resp.StatusCode, excerpt(head)
		return e
	}
	if bytes.Contains(head, []byte(`"imsx_codeMajor"`)) {
		if e := disguised(c, resp, r.body); e != nil {
			return e
		}
	}
	r.warnings = warnType(nil, r.url, resp.Header)
	err = c.take(r)
	if body.Err() != nil {
		return broken(c, resp, body.Err())
	}
	return err
}

// looksLikeJSON reports whether an answer begins as an object or an array does.
func looksLikeJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

// disguised reads a failure that came with status 200, nil where it is none.
func disguised(c *call, resp *http.Response, body *bufio.Reader) *Error {
	head, err := body.Peek(body.Size())
	if err == nil {
		return nil // longer than any status
	}
	info, ok := ParseStatusInfo(bytes.TrimPrefix(head, []byte(byteOrderMark)))
	if !ok || info.CodeMajor == Success {
		return nil
	}
	at := c.url.Redacted()
	e := &Error{Code: codeOfInfo(info), URL: at, Status: resp.StatusCode, Info: info,
		Detail:   "the provider reports a failure with status 200",
		Warnings: append(warnStatus(at, info, head), warning(WarnFailureWith200, at, ""))}
	if e.Code == "" {
		e.Code = CodeNotJSON
	}
	return e
}

// longestExcerpt bounds what an error keeps of a body.
const longestExcerpt = 500

func excerpt(b []byte) string {
	return strings.ToValidUTF8(strings.TrimSpace(string(b[:min(len(b), longestExcerpt)])), "�")
}

// refusal reads an answer that is not 200.
func (cl *Client) refusal(c *call, resp *http.Response, body io.Reader) *Error {
	text, _ := io.ReadAll(io.LimitReader(body, int64(statusLimits.Bytes))) // what came tells enough
	e := &Error{Code: codeOfStatus(resp.StatusCode), URL: c.url.Redacted(), Status: resp.StatusCode,
		RetryAfter: rest.RetryAfter(resp.Header.Get("Retry-After"), cl.c.Now())}
	info, ok := ParseStatusInfo(bytes.TrimPrefix(text, []byte(byteOrderMark)))
	if resp.StatusCode == http.StatusNotModified {
		return e
	}
	if to, err := resp.Location(); err == nil && resp.StatusCode/100 == 3 && toSignIn(to) {
		e.Code, e.Detail = CodeLogin, "the provider redirects to "+vc.Quote(to.Host+to.Path)+", a page to sign in at and no CASE"
		return e
	}
	e.Warnings = warnStatus(e.URL, info, text)
	if !ok {
		e.Body = excerpt(text)
		e.Detail = http.StatusText(resp.StatusCode)
		return e
	}
	e.Info = info
	if code := codeOfInfo(info); code != "" {
		e.Code = code
	}
	return e
}
