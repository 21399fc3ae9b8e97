package caseapi

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/safehttp"
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
	warnings []Warning
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
		wait, again := cl.wait(e, attempt)
		if !again {
			return e
		}
		if err := cl.c.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// wait says how long to pause before the next attempt: what the provider asks for,
// else twice as long each time, spread by a random part.
func (cl *Client) wait(e *Error, attempt int) (d time.Duration, again bool) {
	if !e.Temporary() || attempt > cl.c.Retries || e.RetryAfter > cl.c.MaxWait {
		return 0, false
	}
	if e.RetryAfter > 0 {
		return e.RetryAfter, true
	}
	d = min(firstWait<<min(attempt-1, 16), cl.c.MaxWait)
	return d/2 + time.Duration(cl.c.Jitter()*float64(d/2)), true
}

// firstWait is the pause before the first retry.
const firstWait = 500 * time.Millisecond

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
		return &Error{Code: CodeBadRequest, URL: c.url.Redacted(), Err: err}
	}
	req.Header.Set("Accept", "application/json")
	if token != "" && safehttp.SameOrigin(c.url, cl.root) {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	c.known.set(req.Header)
	resp, err := cl.c.Do.Do(req)
	if err != nil {
		return noAnswer(c.url, err)
	}
	defer resp.Body.Close()
	body, err := plainBody(resp, c.most)
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
	e := &Error{Code: CodeNetwork, URL: u.Redacted(), Detail: "no answer", Err: err}
	var refused *safehttp.Error
	if errors.As(err, &refused) {
		e.Code, e.Detail, e.Err = CodeRefused, refused.Detail, refused
		if refused.Code == safehttp.CodeTooLarge {
			e.Code = CodeTooLarge
		}
	}
	return e
}

// broken is an answer that ended before its end, or too late.
func broken(c *call, resp *http.Response, err error) *Error {
	e := &Error{Code: CodeNetwork, URL: c.url.Redacted(), Detail: "the answer broke off", Err: err}
	var refused *safehttp.Error
	switch {
	case errors.Is(err, errLong) || errors.As(err, &refused) && refused.Code == safehttp.CodeTooLarge:
		e.Code, e.Status = CodeTooLarge, resp.StatusCode
		e.Detail, e.Err = "the answer is longer than "+strconv.FormatInt(c.most, 10)+" bytes", nil
	case refused != nil:
		e.Code, e.Detail = CodeRefused, refused.Detail
	}
	return e
}

var errLong = errors.New("too long")

// limited reads up to left bytes and then fails.
type limited struct {
	r    io.Reader
	left int64
	err  error // the first error that is not the end
}

// Read implements io.Reader.
func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		// One byte more tells the end from more to come.
		var one [1]byte
		if n, err := l.r.Read(one[:]); n == 0 {
			return 0, l.keep(err)
		}
		return 0, l.keep(errLong)
	}
	n, err := l.r.Read(b[:min(int64(len(b)), l.left)])
	l.left -= int64(n)
	return n, l.keep(err)
}

func (l *limited) keep(err error) error {
	if err != nil && !errors.Is(err, io.EOF) && l.err == nil {
		l.err = err
	}
	return err
}

// plainBody bounds the body and decompresses it where the provider compressed
// without being asked and the transport did not see to it.
func plainBody(resp *http.Response, most int64) (*limited, error) {
	var r io.Reader = resp.Body
	if strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		z, err := gzip.NewReader(resp.Body)
		if err != nil {
			return nil, err
		}
		r = z
	}
	return &limited{r: r, left: most}, nil
}

// peeked is how much of an answer is looked at to see what it is.
const peeked = 4 << 10

// good hands an answer over, unless it is an error in disguise.
func (cl *Client) good(c *call, resp *http.Response, body *limited) error {
	r := &reply{url: c.url.Redacted(), header: resp.Header, body: bufio.NewReaderSize(body, 64<<10)}
	head, err := r.body.Peek(peeked)
	if err != nil && body.err != nil {
		return broken(c, resp, body.err)
	}
	if !looksLikeJSON(head) {
		return &Error{Code: CodeNotJSON, URL: r.url, Status: resp.StatusCode, Body: excerpt(head), Detail: "the answer is no JSON"}
	}
	if bytes.Contains(head, []byte(`"imsx_codeMajor"`)) {
		if e := disguised(c, resp, r.body); e != nil {
			return e
		}
	}
	r.warnings = warnType(nil, r.url, resp.Header)
	err = c.take(r)
	if body.err != nil {
		return broken(c, resp, body.err)
	}
	return err
}

// looksLikeJSON reports whether an answer begins as an object or an array does.
func looksLikeJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

// disguised reads a failure that came with status 200, nil where it is none.
func disguised(c *call, resp *http.Response, body *bufio.Reader) *Error {
	head, err := body.Peek(body.Size())
	if err == nil {
		return nil // longer than any status
	}
	info, ok := ParseStatusInfo(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if !ok || info.CodeMajor == Success {
		return nil
	}
	at := c.url.Redacted()
	e := &Error{Code: codeOfInfo(info), URL: at, Status: resp.StatusCode, Info: info,
		Detail:   "the provider reports a failure with status 200",
		Warnings: append(warnStatus(at, info, head), Warning{WarnFailureWith200, at, "a failure comes with status 200"})}
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
		RetryAfter: retryAfter(resp.Header.Get("Retry-After"), cl.c.Now())}
	info, ok := ParseStatusInfo(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if resp.StatusCode == http.StatusNotModified {
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

// retryAfter reads a Retry-After header: seconds or a date. A negative or malformed
// one is none.
func retryAfter(text string, now time.Time) time.Duration {
	if n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
