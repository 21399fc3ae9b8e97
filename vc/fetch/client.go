package fetch

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/lru"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/safehttp"
)

// maxURL is the longest URL that is asked for; servers take no longer ones.
const maxURL = 8 << 10

// Client fetches from the network, within the limits of its [Config]. However many
// goroutines ask for one URL at a time, one request is made. Make one with
// [NewClient] and keep it: it holds connections. It is safe for concurrent use.
type Client struct {
	config   Config
	http     *http.Client
	asking   flights
	failures *lru.Cache[failure]
}

// failure is a request that failed, and until when it is not made again.
type failure struct {
	err         *Error
	at, expires time.Time
}

// maxFailures is about how many bytes of failures are remembered: two thousand of
// the usual length, after which the oldest are asked for again.
const maxFailures = 1 << 20

// NewClient makes a Client. The error is for a Config that contradicts itself.
func NewClient(c Config) (*Client, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	h, err := safehttp.New(c.policy())
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	failures := lru.New(maxFailures, func(f failure) int { return len(f.err.URL) + len(f.err.Detail) + entryOverhead })
	return &Client{config: c, http: h, failures: failures}, nil
}

// Fetch implements [Fetcher]: one GET, without credentials. Every error is an
// [*Error].
func (c *Client) Fetch(ctx context.Context, url string) (*Response, error) {
	target, _, _ := strings.Cut(url, "#")
	r, err := c.asking.do(ctx, target, func(ctx context.Context) (*Response, error) { return c.ask(ctx, target) })
	if err != nil {
		e := *explain(url, err) // the failure is shared, the URL as asked for is not
		e.URL = url
		return nil, &e
	}
	return r, nil
}

// CloseIdle closes connections that are not in use, for an orderly end.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

// ask answers for a URL from what is kept, or asks its server.
func (c *Client) ask(ctx context.Context, url string) (*Response, error) {
	now := c.config.Now()
	if kept := recall(ctx, c.config.Cache, url, now, c.config.MaxTTL); kept != nil {
		r := *kept
		r.Source = SourceCache
		return &r, nil
	}
	if f, ok := c.failures.Get(url); ok && current(f.at, f.expires, now, c.config.ErrorTTL) {
		return nil, f.err
	}
	r, err := c.get(ctx, url)
	if err != nil {
		e := explain(url, err)
		if ctx.Err() == nil && c.config.ErrorTTL > 0 { // else nobody waits any more, which says nothing of the server
			now = c.config.Now()
			c.failures.Put(url, failure{e, now, now.Add(c.config.ErrorTTL)})
		}
		return nil, e
	}
	keep(ctx, c.config.Cache, url, r)
	return r, nil
}

func (c *Client) get(ctx context.Context, url string) (*Response, error) {
	if len(url) > maxURL {
		return nil, &Error{Code: CodeRefusedURL, URL: url,
			Detail: fmt.Sprintf("the URL has %d characters, at most %d are asked for", len(url), maxURL)}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, &Error{Code: CodeRefusedURL, URL: url, Detail: "not a URL: " + quote.Text(err.Error()), Err: err}
	}
	req.Header.Set("Accept", c.config.Accept)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if err := checkStatus(url, resp); err != nil {
		return nil, err
	}
	return c.read(url, resp)
}

func checkStatus(url string, resp *http.Response) error {
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		return nil
	case http.StatusNotFound:
		return &Error{Code: CodeNotFound, URL: url, Status: resp.StatusCode, Detail: "the server has no such document (404)"}
	case http.StatusGone:
		return &Error{Code: CodeGone, URL: url, Status: resp.StatusCode, Detail: "the document was withdrawn (410)"}
	}
	return &Error{Code: CodeStatus, URL: url, Status: resp.StatusCode,
		Detail: fmt.Sprintf("the server answers with status %d", resp.StatusCode)}
}

func (c *Client) read(url string, resp *http.Response) (*Response, error) {
	mediaType := mediaType(resp.Header)
	if mediaType == "text/html" || mediaType == "application/xhtml+xml" {
		return nil, &Error{Code: CodeHTML, URL: url, Detail: "the server answers with a web page (" + mediaType +
			"); the publisher has to answer a request that accepts application/json with the document itself"}
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	now := c.config.Now()
	return &Response{
		URL: resp.Request.URL.String(), Asked: url, MediaType: mediaType, Body: body,
		FetchedAt: now, Expires: expires(resp.Header, now, &c.config), Source: SourceNetwork,
	}, nil
}

// mediaType is the essence of Content-Type.
func mediaType(h http.Header) string {
	full := h.Get("Content-Type")
	if essence, _, err := mime.ParseMediaType(full); err == nil {
		return essence
	}
	essence, _, _ := strings.Cut(full, ";")
	return strings.ToLower(strings.TrimSpace(essence))
}
