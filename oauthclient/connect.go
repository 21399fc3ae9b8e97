package oauthclient

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// asked is a request that a person was sent off with.
type asked struct {
	Host     Host
	Client   registration
	Verifier string
	Scopes   []string
	Expires  time.Time
}

// patience is how long a person may take to sign in and decide.
const patience = time.Hour

// Begin registers the application at the host, where it is not registered yet, and returns
// the address to send a person's browser to. person is how the application knows who is
// signed in: an answer is taken of nobody else. Without scopes all of Config.Scopes are asked
// for. Those that the host does not have are left out; with none left the error matches
// ErrHost.
func (cl *Client) Begin(ctx context.Context, person string, h *Host, scopes ...string) (string, error) {
	if len(scopes) == 0 {
		scopes = cl.c.Scopes
	}
	wanted := h.offered(scopes)
	if len(wanted) == 0 {
		return "", &Error{Op: "authorization", URL: h.Authorization, Err: ErrHost, Detail: "it has none of the scopes"}
	}
	r, err := cl.registered(ctx, h)
	if err != nil {
		return "", err
	}
	at := *h
	at.Revocation = cmp.Or(h.Revocation, r.Revocation)
	a := asked{Host: at, Client: r, Verifier: oauth2.GenerateVerifier(), Scopes: wanted, Expires: cl.c.Now().Add(patience).UTC()}
	state := oauth2.GenerateVerifier() // 256 random bits, as a state has to be
	if _, err := swap(ctx, cl.store, key("asked", person, state), nil, &a); err != nil {
		return "", err
	}
	return cl.config(&a).AuthCodeURL(state, oauth2.S256ChallengeOption(a.Verifier)), nil
}

func (cl *Client) config(a *asked) *oauth2.Config {
	return &oauth2.Config{
		ClientID: a.Client.ID, ClientSecret: a.Client.Secret, RedirectURL: cl.c.Application.RedirectURI, Scopes: a.Scopes,
		Endpoint: oauth2.Endpoint{AuthURL: a.Host.Authorization, TokenURL: a.Host.Token, AuthStyle: oauth2.AuthStyleInHeader},
	}
}

// Finish takes the answer that a browser brings to the redirect URI, of the person who is
// signed in there, and exchanges the code for tokens. The connection takes the place of an
// older one of that person to that host. The error matches ErrState where the answer belongs
// to no request of that person, ErrDenied where it was refused, ErrReconnect where the
// application has to begin anew, and else what the endpoint met.
func (cl *Client) Finish(ctx context.Context, person string, query url.Values) (*Connection, error) {
	a, err := cl.answered(ctx, person, query)
	if err != nil {
		return nil, err
	}
	granted, err := cl.exchange(ctx, a, query.Get("code"))
	if err != nil {
		return nil, err
	}
	k := cl.connection(person, a.Host.Discovery)
	return k, k.put(ctx, &connected{Host: a.Host, Client: a.Client, tokens: granted})
}

// answered finds the request that an answer belongs to, which is over then, and holds the
// answer against it.
func (cl *Client) answered(ctx context.Context, person string, query url.Values) (*asked, error) {
	bad := func(kind error, detail string) error {
		return &Error{Op: "authorization", Code: said(query.Get("error")), Detail: detail, Err: kind}
	}
	for _, name := range []string{"state", "code", "error", "iss"} {
		if len(query[name]) > 1 {
			return nil, bad(ErrState, "a parameter came twice")
		}
	}
	at := key("asked", person, query.Get("state"))
	was, err := load[asked](ctx, cl.store, at)
	if err != nil {
		return nil, err
	}
	if was.raw == nil {
		return nil, bad(ErrState, "nothing like that was asked")
	}
	won, err := swap[asked](ctx, cl.store, at, was.raw, nil)
	a := &was.value
	switch {
	case err != nil:
		return nil, err
	case !won:
		return nil, bad(ErrState, "it was answered already")
	case !cl.c.Now().Before(a.Expires):
		return nil, bad(ErrState, "it was asked too long ago")
	case !a.Host.speaks(query.Get("iss")):
		return nil, bad(ErrState, "another server answers than was asked")
	case query.Get("error") != "":
		return nil, bad(ErrDenied, "")
	case query.Get("code") == "":
		return nil, bad(ErrState, "it has no code")
	}
	return a, nil
}

// speaks reports whether an answer is this host's (RFC 9207, 2.4). Where the host has told
// no issuer, one that is named must at least be of its name.
func (h *Host) speaks(iss string) bool {
	if h.Issuer != "" {
		return iss == h.Issuer || iss == "" && !h.NamesIssuer
	}
	if iss == "" {
		return true
	}
	told, err1 := url.Parse(iss)
	own, err2 := url.Parse(h.Authorization)
	return err1 == nil && err2 == nil && strings.EqualFold(told.Hostname(), own.Hostname())
}
