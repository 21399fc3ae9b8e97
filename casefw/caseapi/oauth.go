package caseapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc"
)

// Authorizer gives bearer tokens. It must be safe for concurrent use.
type Authorizer interface {
	// Token returns a token that is good now. An [*Error] that is Temporary makes
	// the client try again.
	Token(ctx context.Context) (string, error)
	// Reject says that the provider refused a token, so that Token gets another.
	// The client does so once a request.
	Reject(token string)
}

// Bearer is an Authorizer with one token that somebody else renews.
func Bearer(token string) Authorizer { return fixed(token) }

type fixed string

func (f fixed) Token(context.Context) (string, error) { return string(f), nil }

func (f fixed) Reject(string) {}

// String keeps the token out of logs.
func (f fixed) String() string { return "Bearer(…)" }

// GoString does likewise.
func (f fixed) GoString() string { return f.String() }

// Credentials are those of the OAuth 2.0 client credentials grant, which the
// 1EdTech Security Framework 1.1 recommends for CASE.
type Credentials struct {
	// TokenURL is the token endpoint, https. That of the CASE Network is
	// https://casenetwork.1edtech.org/case-oauth2/clienttoken.
	TokenURL string
	// ClientID and Secret are sent with Basic authentication.
	ClientID, Secret string
	// Scopes to ask for. CASE has none of its own; see [ScopeCoreReadonly].
	Scopes []string
	// Do sends the request; by default a client that connects to public addresses
	// only and follows no redirect to another origin.
	Do Doer
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// InsecureAllowLoopback admits plain http to this machine, for tests.
	InsecureAllowLoopback bool
}

// The scopes of the CASE Network, for 1.1 too.
const (
	ScopeCoreReadonly = "http://purl.imsglobal.org/casenetwork/case/v1p0/scope/core.readonly"
	ScopeAllReadonly  = "http://purl.imsglobal.org/casenetwork/case/v1p0/scope/all.readonly"
)

// ClientCredentials is an Authorizer that gets its tokens from a token endpoint
// (RFC 6749, 4.4). It keeps a token until shortly before it expires or is
// rejected, and asks once however many requests wait. It is safe for concurrent
// use.
type ClientCredentials struct {
	c      Credentials
	u      *url.URL
	turn   chan struct{} // held by who looks at the rest or asks for a token
	token  string
	expiry time.Time // zero where the endpoint named none
}

// NewClientCredentials checks the credentials. Nothing is sent.
func NewClientCredentials(c Credentials) (*ClientCredentials, error) {
	u, err := url.Parse(c.TokenURL)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, errors.New("caseapi: Credentials.TokenURL is no URL of a token endpoint")
	}
	if !secure(u, c.InsecureAllowLoopback) {
		return nil, errors.New("caseapi: Credentials.TokenURL must be https (RFC 6749, 3.2)")
	}
	if c.ClientID == "" || c.Secret == "" {
		return nil, errors.New("caseapi: Credentials.ClientID or Secret is empty")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Do == nil {
		p := safehttp.Policy{Ports: ports(u), SameOrigin: true, MaxBody: longestToken, InsecureAllowLoopback: c.InsecureAllowLoopback}
		if c.Do, err = safehttp.New(p); err != nil {
			return nil, err
		}
	}
	return &ClientCredentials{c: c, u: u, turn: make(chan struct{}, 1)}, nil
}

// String keeps the secret out of logs.
func (a *ClientCredentials) String() string { return "ClientCredentials(" + a.u.Redacted() + ")" }

// GoString does likewise.
func (a *ClientCredentials) GoString() string { return a.String() }

// leeway is how long before its end a token is renewed: the clocks of two machines
// differ, and a request takes its time.
const leeway = 30 * time.Second

// Token implements Authorizer.
func (a *ClientCredentials) Token(ctx context.Context) (string, error) {
	select {
	case a.turn <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-a.turn }()
	if a.token != "" && (a.expiry.IsZero() || a.c.Now().Before(a.expiry)) {
		return a.token, nil
	}
	token, life, err := a.ask(ctx)
	if err != nil {
		return "", err
	}
	a.token, a.expiry = token, time.Time{}
	if life > 0 {
		a.expiry = a.c.Now().Add(life - min(leeway, life/10))
	}
	return token, nil
}

// Reject implements Authorizer.
func (a *ClientCredentials) Reject(token string) {
	a.turn <- struct{}{}
	defer func() { <-a.turn }()
	if a.token == token {
		a.token = ""
	}
}

// longestToken bounds the answer of a token endpoint.
const longestToken = 64 << 10

// ask gets a token (RFC 6749, 4.4.2).
func (a *ClientCredentials) ask(ctx context.Context) (token string, life time.Duration, err error) {
	form := url.Values{"grant_type": {"client_credentials"}}
	if len(a.c.Scopes) > 0 {
		form.Set("scope", strings.Join(a.c.Scopes, " "))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return "", 0, &Error{Code: CodeToken, URL: a.u.Redacted(), Err: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	// RFC 6749, 2.3.1: both are form-encoded before they become Basic credentials.
	req.SetBasicAuth(url.QueryEscape(a.c.ClientID), url.QueryEscape(a.c.Secret))
	resp, err := a.c.Do.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return "", 0, ctx.Err()
		}
		return "", 0, noAnswer(a.u, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, longestToken))
	if err != nil {
		return "", 0, &Error{Code: CodeNetwork, URL: a.u.Redacted(), Detail: "the answer broke off", Err: err}
	}
	return a.read(resp, text)
}

// read reads the answer of the token endpoint (RFC 6749, 5.1 and 5.2). Neither
// token nor secret comes into an error.
func (a *ClientCredentials) read(resp *http.Response, text []byte) (token string, life time.Duration, err error) {
	e := &Error{Code: CodeToken, URL: a.u.Redacted(), Status: resp.StatusCode,
		RetryAfter: rest.RetryAfter(resp.Header.Get("Retry-After"), a.c.Now())}
	doc, jerr := jsonx.Parse(text, jsonx.Limits{Bytes: longestToken, Depth: 16}, nil)
	if jerr != nil {
		e.Detail = "the token endpoint does not answer with JSON"
		return "", 0, e
	}
	root := doc.Root()
	if resp.StatusCode != http.StatusOK {
		says := root.Get("error").Text() + " " + root.Get("error_description").Text()
		e.Detail = "the token endpoint refuses: " + vc.Quote(strings.TrimSpace(says))
		return "", 0, e
	}
	token = strings.Clone(root.Get("access_token").Text())
	if token == "" || strings.ContainsAny(token, " \r\n") {
		e.Detail = "the answer of the token endpoint has no access_token"
		return "", 0, e
	}
	if kind := root.Get("token_type").Text(); kind != "" && !strings.EqualFold(kind, "bearer") {
		e.Detail = "the token is of type " + vc.Quote(kind) + ", not Bearer"
		return "", 0, e
	}
	// A number in the standard, a text at some endpoints.
	if n, err := strconv.ParseFloat(root.Get("expires_in").Text(), 64); err == nil && n > 0 && n < 1e9 {
		life = time.Duration(n * float64(time.Second))
	}
	return token, life, nil
}
