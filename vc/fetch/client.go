package fetch

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/laurel-edu/laurel/internal/safehttp"
)

// maxURL is the longest URL that is asked for; servers take no longer ones.
const maxURL = 8 << 10

// Client fetches from the network, within the limits of its [Config]. Make one
// with [NewClient] and keep it: it holds connections. It is safe for concurrent
// use.
type Client struct {
	config Config
	http   *http.Client
}

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
	return &Client{config: c, http: h}, nil
}

// Fetch implements [Fetcher]: one GET, without credentials. Every error is an
// [*Error].
func (c *Client) Fetch(ctx context.Context, url string) (*Response, error) {
	target, _, _ := strings.Cut(url, "#")
	if r, ok := c.cached(ctx, target); ok {
		return r, nil
	}
	r, err := c.get(ctx, target)
	if err != nil {
		return nil, explain(url, err)
	}
	if c.config.Cache != nil && !r.Expires.IsZero() {
		c.config.Cache.Put(ctx, target, r)
	}
	return r, nil
}

// CloseIdle closes connections that are not in use, for an orderly end.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

func (c *Client) cached(ctx context.Context, url string) (*Response, bool) {
	if c.config.Cache == nil {
		return nil, false
	}
	kept, ok := c.config.Cache.Get(ctx, url)
	if !ok || !c.config.Now().Before(kept.Expires) {
		return nil, false
	}
	r := *kept
	r.Source = FromCache
	return &r, true
}

func (c *Client) get(ctx context.Context, url string) (*Response, error) {
	if len(url) > maxURL {
		return nil, &Error{Code: CodeRefusedURL, URL: url, Detail: fmt.Sprintf("the URL has %d characters, at most %d are asked for", len(url), maxURL)}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, &Error{Code: CodeRefusedURL, URL: url, Detail: "not a URL: " + safehttp.Quote(err.Error()), Err: err}
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
	return &Error{Code: CodeStatus, URL: url, Status: resp.StatusCode, Detail: fmt.Sprintf("the server answers with status %d", resp.StatusCode)}
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
		URL: resp.Request.URL.String(), MediaType: mediaType, Body: body,
		FetchedAt: now, Expires: expires(resp.Header, now, &c.config), Source: FromNetwork,
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
