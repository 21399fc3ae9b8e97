package safehttp

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"github.com/laurel-edu/laurel/internal/quote"
)

// New builds a client that keeps to the policy. It is safe for concurrent use
// and meant to be kept; CloseIdleConnections ends its idle connections, which
// otherwise end after 30 s. The error is for a policy that contradicts itself.
//
// The client sends whatever headers a request has, and Accept-Encoding:
// identity; on a redirect to another host net/http drops Authorization.
func New(p Policy) (*http.Client, error) {
	p, err := p.withDefaults()
	if err != nil {
		return nil, err
	}
	return &http.Client{
		Transport:     &transport{policy: &p, next: p.transport()},
		CheckRedirect: p.checkRedirect,
		Timeout:       p.Timeout,
	}, nil
}

// transport is the connection layer: no proxy, one protocol, guarded addresses.
func (p *Policy) transport() *http.Transport {
	dialer := &net.Dialer{Timeout: p.Timeout, Resolver: p.Resolver, ControlContext: p.control}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true) // single documents gain nothing from HTTP/2
	return &http.Transport{
		Proxy:                  nil, // a proxy would connect for us, past the guard
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: p.RootCAs},
		TLSHandshakeTimeout:    p.Timeout,
		ResponseHeaderTimeout:  p.Timeout,
		MaxResponseHeaderBytes: p.MaxHeader,
		MaxIdleConns:           16,
		MaxConnsPerHost:        8,
		IdleConnTimeout:        30 * time.Second,
		DisableCompression:     true,
		Protocols:              protocols,
	}
}

// control runs for each address that a name resolved to, before the connection
// is opened: what is checked here is what is connected to.
func (p *Policy) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &Error{CodeRefusedAddress, "no address to connect to in " + quote.Text(address)}
	}
	if why := p.refusedAddress(ap.Addr()); why != "" {
		return &Error{CodeRefusedAddress, "the address " + ap.Addr().String() + " is not public: " + why}
	}
	return nil
}

func (p *Policy) checkRedirect(req *http.Request, via []*http.Request) error {
	req.Header.Del("Referer") // which credential led here is nobody's business
	if len(via) > max(p.MaxRedirects, 0) {
		return &Error{CodeTooManyRedirects, "the server redirects again and again, last to " + quote.Text(req.URL.Redacted())}
	}
	if p.SameOrigin && !SameOrigin(req.URL, via[0].URL) {
		return &Error{CodeRefusedRedirect, "the server redirects to another host, " + quote.Text(req.URL.Host)}
	}
	return nil
}

// transport checks every request, the redirected ones too, and bounds the body.
type transport struct {
	policy *Policy
	next   *http.Transport
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.policy.checkURL(req.URL); err != nil {
		closeBody(req.Body)
		return nil, err
	}
	req = req.Clone(req.Context()) // a RoundTripper must not change what it is given
	req.Header.Set("User-Agent", t.policy.UserAgent)
	req.Header.Set("Accept-Encoding", "identity")
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if err := t.policy.checkResponse(req, resp); err != nil {
		closeBody(resp.Body)
		return nil, err
	}
	resp.Body = &limitedBody{ReadCloser: resp.Body, left: t.policy.MaxBody, most: t.policy.MaxBody}
	return resp, nil
}

// CloseIdleConnections lets (*http.Client).CloseIdleConnections reach the pool.
func (t *transport) CloseIdleConnections() { t.next.CloseIdleConnections() }

// checkResponse refuses what the header already tells of the body.
func (p *Policy) checkResponse(req *http.Request, resp *http.Response) error {
	if e := resp.Header.Get("Content-Encoding"); e != "" && e != "identity" {
		return &Error{CodeEncoding, "the body is encoded as " + quote.Text(e) + " although that was not asked for"}
	}
	if req.Method != http.MethodHead && resp.ContentLength > p.MaxBody {
		return tooLarge(p.MaxBody)
	}
	return nil
}

func closeBody(b io.Closer) {
	if b != nil {
		_ = b.Close()
	}
}
