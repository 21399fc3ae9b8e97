// Package gradebook is what the clients of gradebooks share: requests that are sent again
// where that may help, tokens that are renewed, bounded answers, and links that stay with
// the host that gets the token. How a list is walked is for each protocol to say.
package gradebook

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc"
)

// Config says how requests are sent. The zero value of a field is its default.
type Config struct {
	Authorize             caseapi.Authorizer
	Do                    caseapi.Doer
	MaxBody               int64         // 16 MiB
	Retries               int           // 3, none where negative
	MaxWait, MaxWaiting   time.Duration // 1 minute before a retry, 10 in all of a pull
	Now                   func() time.Time
	Sleep                 func(context.Context, time.Duration) error
	Jitter                func() float64
	InsecureAllowLoopback bool
}

// Client sends requests to one gradebook. It is safe for concurrent use.
type Client struct {
	c    Config
	base *url.URL
}

// New makes a client for URLs at and below base, or on its host.
func New(base string, c Config) (*Client, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "":
		return nil, errors.New("gradebook: the address is no URL of a service")
	case u.Scheme != "https" && !(u.Scheme == "http" && c.InsecureAllowLoopback && loopback(u.Hostname())):
		return nil, errors.New("gradebook: the address must be https")
	case c.MaxBody < 0 || min(c.MaxWait, c.MaxWaiting) < 0:
		return nil, errors.New("gradebook: a limit is negative")
	}
	c.MaxBody, c.Retries = cmp.Or(c.MaxBody, 16<<20), cmp.Or(c.Retries, 3)
	c.MaxWait = cmp.Or(c.MaxWait, time.Minute)
	c.MaxWaiting = cmp.Or(c.MaxWaiting, max(10*time.Minute, c.MaxWait))
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = rest.Pause
	}
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	if c.Do == nil {
		if c.Do, err = safehttp.New(safehttp.Policy{Ports: ports(u), Timeout: time.Minute, MaxBody: c.MaxBody, SameOrigin: true,
			InsecureAllowLoopback: c.InsecureAllowLoopback}); err != nil {
			return nil, err
		}
	}
	return &Client{c, u}, nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func ports(u *url.URL) []uint16 {
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		return nil
	}
	return []uint16{443, uint16(port)}
}

// Base is the address of the service.
func (cl *Client) Base() *url.URL { return cl.base }

// Now is the clock.
func (cl *Client) Now() time.Time { return cl.c.Now() }

// Call is what one pull may spend on waiting. It is for one goroutine.
type Call struct {
	cl     *Client
	waited time.Duration
}

// Begin begins a pull.
func (cl *Client) Begin() *Call { return &Call{cl: cl} }

// Answer is one that went well.
type Answer struct {
	Body   []byte
	Header http.Header
}

// Get asks for a URL of the service's host. The error is a [*plan.SourceError], or that of
// the context.
func (c *Call) Get(ctx context.Context, u *url.URL, accept string) (*Answer, error) {
	if !safehttp.SameOrigin(u, c.cl.base) {
		return nil, &plan.SourceError{URL: u.Redacted(), Detail: "the address is on another host than the service, and is not asked"}
	}
	retries := rest.Retries{Most: c.cl.c.Retries, MaxWait: c.cl.c.MaxWait, Jitter: c.cl.c.Jitter}
	renewed := false
	for attempt := 1; ; attempt++ {
		answer, err := c.attempt(ctx, u, accept, &renewed)
		if err == nil {
			return answer, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		e, ok := errors.AsType[*plan.SourceError](err)
		if !ok || !e.Passing {
			return nil, err
		}
		wait, again := retries.Wait(attempt, e.RetryAfter)
		if !again || c.waited+wait > c.cl.c.MaxWaiting {
			return nil, err
		}
		c.waited += wait
		if err := c.cl.c.Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// attempt sends a request once; a token that was refused is renewed once.
func (c *Call) attempt(ctx context.Context, u *url.URL, accept string, renewed *bool) (*Answer, error) {
	for {
		token := ""
		if c.cl.c.Authorize != nil {
			var err error
			if token, err = guard.Call(ctx, func() (string, error) { return c.cl.c.Authorize.Token(ctx) }); err != nil {
				return nil, tokenless(u, err)
			}
		}
		answer, err := c.exchange(ctx, u, accept, token)
		e, failed := errors.AsType[*plan.SourceError](err)
		if token == "" || *renewed || !failed || e.Status != http.StatusUnauthorized {
			return answer, err
		}
		*renewed = true
		c.cl.c.Authorize.Reject(token)
	}
}

func tokenless(u *url.URL, err error) error {
	e := &plan.SourceError{URL: u.Redacted(), Detail: "no token could be had", Err: err}
	if cause, ok := errors.AsType[*caseapi.Error](err); ok {
		e.Passing, e.RetryAfter = cause.Temporary(), cause.RetryAfter
	}
	return e
}

func (c *Call) exchange(ctx context.Context, u *url.URL, accept, token string) (*Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &plan.SourceError{URL: u.Redacted(), Detail: "the address cannot be asked", Err: err}
	}
	req.Header.Set("Accept", accept)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := c.cl.c.Do.Do(req)
	if err != nil {
		var refused *safehttp.Error
		return nil, &plan.SourceError{URL: u.Redacted(), Detail: "no answer", Passing: !errors.As(err, &refused), Err: err}
	}
	defer resp.Body.Close()
	body, err := rest.NewBody(resp, c.cl.c.MaxBody)
	var text []byte
	if err == nil {
		text, err = io.ReadAll(body)
	}
	switch {
	case errors.Is(err, rest.ErrTooLong):
		return nil, &plan.SourceError{URL: u.Redacted(), Status: resp.StatusCode,
			Detail: fmt.Sprintf("the answer is longer than %d bytes", c.cl.c.MaxBody)}
	case resp.StatusCode != http.StatusOK:
		return nil, refusal(u, resp, text, c.cl.c.Now())
	case err != nil:
		return nil, &plan.SourceError{URL: u.Redacted(), Detail: "the answer broke off", Passing: true, Err: err}
	}
	return &Answer{text, resp.Header}, nil
}

// refusal reads an answer that is not 200.
func refusal(u *url.URL, resp *http.Response, text []byte, now time.Time) error {
	e := &plan.SourceError{URL: u.Redacted(), Status: resp.StatusCode, Passing: rest.Temporary(resp.StatusCode),
		RetryAfter: rest.RetryAfter(resp.Header.Get("Retry-After"), now), Detail: http.StatusText(resp.StatusCode)}
	if s, ok := caseapi.ParseStatusInfo(text); ok && s.Description != "" {
		e.Detail = "the gradebook says " + vc.Quote(s.Description)
	}
	return e
}
