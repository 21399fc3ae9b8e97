package oauthsrv

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"
)

// Config says whom a server serves and how. Store, Tenant, Login and LoginURL must be set;
// the zero value of everything else is the default that its comment names.
type Config struct {
	// Store keeps clients, grants and tokens.
	Store Store
	// Tenant says which tenant a request is made of, by its path or its host, or returns
	// [ErrNotFound]. The path of a request for the metadata of RFC 8414 is shown to it as
	// the path of the issuer. What it returns is checked at each request.
	Tenant func(r *http.Request) (Tenant, error)
	// Login says who is signed in at the browser that sent a request. A Person without a
	// Subject is nobody.
	Login func(r *http.Request, tenant string) (Person, error)
	// LoginURL is the page at which people sign in. returnTo is a path with its query at
	// the host of the tenant, where the page sends the browser afterwards; a product that
	// takes it from a request must see to it that it is still one.
	LoginURL func(tenant, returnTo string) string

	// Pages replaces the pages for people: templates called "consent", "connections" and
	// "error", see [Pages], which is the default.
	Pages *template.Template
	// Limit is asked before a request is looked at. A positive duration refuses it with
	// 429, and is when the client may come again. Nil refuses nothing: whoever serves
	// strangers should limit registrations above all.
	Limit func(r *http.Request) time.Duration
	// Log gets what an operator wants to know: registrations, approvals, codes and refresh
	// tokens that came twice, faults of what is plugged in. No secret is in it. Nil is silence.
	Log *slog.Logger
	// Now is the clock, time.Now by default.
	Now func() time.Time

	// ConsentLifetime is how long the consent page can be answered, 10 minutes by default:
	// long enough to read it.
	ConsentLifetime time.Duration
	// CodeLifetime is how long a code can be exchanged, 60 s by default and 10 minutes at
	// most (RFC 6749, 4.1.2): no person has to do anything meanwhile.
	CodeLifetime time.Duration
	// AccessLifetime is how long an access token is valid, an hour by default, from a minute
	// to a day.
	AccessLifetime time.Duration
	// RefreshIdle and RefreshLifetime are how long a grant lasts that is not used, and at
	// all: 90 days and a year by default.
	RefreshIdle, RefreshLifetime time.Duration
	// Grace is how long a refresh token that was replaced is taken once more, 30 s by
	// default, none where negative: answers get lost, and two workers may share a token.
	// After that it counts as stolen.
	Grace time.Duration
	// SecretLifetime is how long the secret of a client is valid; by default for ever.
	SecretLifetime time.Duration
	// UnusedClients is how long a client is kept that never exchanged a code, 30 days by
	// default. See [Server.Sweep].
	UnusedClients time.Duration
}

// Tenant is one authorization server of those that a Server is. Clients, codes and tokens
// of one mean nothing to another.
type Tenant struct {
	// ID is what the keys of the Store begin with.
	ID string
	// Issuer is its https URL without a slash at the end, "https://hub.example/demo": what
	// all of its URLs begin with (RFC 8414, 2). The Host header of a request is never
	// believed; one that differs is refused.
	Issuer string
	// Name is what people know the service by.
	Name string
	// Terms and Policy are the URLs of the terms of service and the privacy policy, "" for
	// none.
	Terms, Policy string
	// Scopes are what clients may ask for. [ScopeOffline] need not be among them.
	Scopes []Scope
}

// Scope is something that a client may be allowed.
type Scope struct {
	Name string
	// Words say to a person what it permits, as a sentence: "See your credentials."
	Words string
}

// ScopeOffline is a scope that every tenant takes and that permits nothing by itself:
// clients of the standard ask for it who want a refresh token. They get one by registering
// the grant type refresh_token.
const ScopeOffline = "offline_access"

// offlineWords are what people read of it.
const offlineWords = "Keep this access while you are not using the application."

// Person is who is signed in.
type Person struct {
	// Subject is how the product names the person, to itself: at most 255 bytes, the same
	// for ever, and of nobody else at the tenant.
	Subject string
	// Name is what the person is called on the pages; the Subject by default.
	Name string
	// Session is the login, and changes with each. A form that was shown in one login is not
	// taken in another.
	Session string
}

// Server is the authorization server of any number of tenants: the http.Handler of its
// endpoints and pages, and the Authorizer of what is protected. Make it with [New]. It is
// safe for concurrent use; several processes may serve one Store.
type Server struct {
	c     Config
	store *guarded
	pages *pages
}

// New checks the Config.
func New(c Config) (*Server, error) {
	if c.Store == nil || c.Tenant == nil || c.Login == nil || c.LoginURL == nil {
		return nil, errors.New("oauthsrv: Config.Store, Tenant, Login or LoginURL is not set")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if err := c.lifetimes(); err != nil {
		return nil, err
	}
	pages, err := newPages(c.Pages)
	if err != nil {
		return nil, err
	}
	return &Server{c: c, store: &guarded{c.Store}, pages: pages}, nil
}

// lifetimes fills in the defaults and holds each lifetime to its range.
func (c *Config) lifetimes() error {
	const day = 24 * time.Hour
	for _, l := range []struct {
		name               string
		value              *time.Duration
		normal, least, top time.Duration
	}{
		{"ConsentLifetime", &c.ConsentLifetime, 10 * time.Minute, time.Minute, day},
		{"CodeLifetime", &c.CodeLifetime, time.Minute, time.Second, 10 * time.Minute},
		{"AccessLifetime", &c.AccessLifetime, time.Hour, time.Minute, day},
		{"RefreshIdle", &c.RefreshIdle, 90 * day, time.Minute, 3650 * day},
		{"RefreshLifetime", &c.RefreshLifetime, 365 * day, time.Minute, 3650 * day},
		{"SecretLifetime", &c.SecretLifetime, 0, time.Minute, 3650 * day},
		{"UnusedClients", &c.UnusedClients, 30 * day, time.Hour, 3650 * day},
		{"Grace", &c.Grace, 30 * time.Second, 0, 10 * time.Minute},
	} {
		if *l.value == 0 {
			*l.value = l.normal
			continue
		}
		if l.name == "Grace" && *l.value < 0 {
			*l.value = -1
			continue
		}
		if *l.value < l.least || *l.value > l.top {
			return fmt.Errorf("oauthsrv: Config.%s is not from %v to %v", l.name, l.least, l.top)
		}
	}
	if c.RefreshIdle > c.RefreshLifetime {
		return errors.New("oauthsrv: Config.RefreshIdle is longer than RefreshLifetime")
	}
	return nil
}

// now is the present as a Store keeps instants.
func (s *Server) now() time.Time { return s.c.Now().UTC().Truncate(time.Microsecond) }

// Sweep removes from the Store, for all tenants, what has ended, and clients that
// registered and never came back. Call it now and then, such as every hour. What ended
// stays for a day, so that a code which comes again late is still known as stolen.
func (s *Server) Sweep(ctx context.Context) error {
	now := s.now()
	return s.store.Sweep(ctx, now.Add(-24*time.Hour), now.Add(-s.c.UnusedClients))
}
