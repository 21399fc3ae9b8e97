package caseapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
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
	// Assertion returns a new client assertion, a signed JWT (RFC 7523, 2.2), for each
	// request. It takes the place of Secret.
	Assertion func(ctx context.Context) (string, error)
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
	if c.ClientID == "" || c.Secret == "" && c.Assertion == nil {
		return nil, errors.New("caseapi: Credentials.ClientID or Secret is empty")
	}
	if c.Secret != "" && c.Assertion != nil {
		return nil, errors.New("caseapi: Credentials has a Secret and an Assertion")
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

// ask gets a token (RFC 6749, 4.4.2). Neither token nor secret comes into an error,
// and so nothing of what a failing endpoint says but the members of its error.
func (a *ClientCredentials) ask(ctx context.Context) (token string, life time.Duration, err error) {
	trip := &rest.Trip{Do: a.c.Do.Do, Most: longestToken}
	client := &http.Client{Transport: trip, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	config := clientcredentials.Config{ClientID: a.c.ClientID, ClientSecret: a.c.Secret, TokenURL: a.u.String(), Scopes: a.c.Scopes,
		AuthStyle: oauth2.AuthStyleInHeader}
	if a.c.Assertion != nil {
		assertion, err := guard.Call(ctx, func() (string, error) { return a.c.Assertion(ctx) })
		if err != nil {
			return "", 0, &Error{Code: CodeToken, URL: a.u.Redacted(), Detail: "the client assertion could not be made", Err: err}
		}
		config.AuthStyle = oauth2.AuthStyleInParams
		config.EndpointParams = url.Values{"client_assertion": {assertion},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
	}
	got, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, client))
	switch {
	case ctx.Err() != nil:
		return "", 0, ctx.Err()
	case trip.Resp == nil && err != nil:
		return "", 0, noAnswer(a.u, errors.Unwrap(err)) // the client names the URL once more
	case trip.Body.Err() != nil:
		return "", 0, broken(&call{url: a.u, most: longestToken}, trip.Resp, trip.Body.Err())
	}
	if why := refused(got, err); why != "" {
		return "", 0, &Error{Code: CodeToken, URL: a.u.Redacted(), Status: trip.Resp.StatusCode, Detail: why,
			RetryAfter: rest.RetryAfter(trip.Resp.Header.Get("Retry-After"), a.c.Now())}
	}
	if !got.Expiry.IsZero() {
		life = time.Until(got.Expiry) // which the library counts by the clock of the machine
	}
	return got.AccessToken, life, nil
}

// refused says why there is no token in an answer (RFC 6749, 5.1 and 5.2), "" where
// there is one.
func refused(token *oauth2.Token, err error) string {
	if said, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return "the token endpoint refuses: " + vc.Quote(strings.TrimSpace(said.ErrorCode+" "+said.ErrorDescription))
	}
	switch {
	case err != nil, token.AccessToken == "", strings.ContainsAny(token.AccessToken, " \r\n"):
		return "the token endpoint does not answer with JSON that has an access_token"
	case token.TokenType != "" && !strings.EqualFold(token.TokenType, "bearer"):
		return "the token is of type " + vc.Quote(token.TokenType) + ", not Bearer"
	}
	return ""
}
