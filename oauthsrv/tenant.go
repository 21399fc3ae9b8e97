package oauthsrv

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/guard"
)

// Endpoints are the URLs of a tenant: what its service description document names.
type Endpoints struct {
	Registration  string // x-imssf-registrationUrl (RFC 7591)
	Authorization string // authorizationUrl
	Token         string // tokenUrl and refreshUrl
	Revocation    string // x-laurel-revocationUrl (RFC 7009)
	Connections   string // the page of connected applications, for people
	Metadata      string // RFC 8414, 3: the path of the issuer comes behind the well-known one
}

// The paths below an issuer.
const (
	pathRegister    = "/oauth/register"
	pathAuthorize   = "/oauth/authorize"
	pathConsent     = "/oauth/consent"
	pathToken       = "/oauth/token"
	pathRevoke      = "/oauth/revoke"
	pathConnections = "/connections"
	pathMetadata    = "metadata" // which is not below the issuer, see wellKnown
	wellKnown       = "/.well-known/oauth-authorization-server"
)

// Endpoints returns the URLs of the tenant. All are empty where its Issuer is no https URL.
func (t Tenant) Endpoints() Endpoints {
	u, err := issuerURL(t.Issuer)
	if err != nil {
		return Endpoints{}
	}
	return Endpoints{
		Registration: t.Issuer + pathRegister, Authorization: t.Issuer + pathAuthorize, Token: t.Issuer + pathToken,
		Revocation: t.Issuer + pathRevoke, Connections: t.Issuer + pathConnections,
		Metadata: "https://" + u.Host + wellKnown + u.EscapedPath(),
	}
}

// issuerURL reads an issuer (RFC 8414, 2).
func issuerURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" ||
		strings.HasSuffix(text, "/") || u.String() != text {
		return nil, fmt.Errorf("oauthsrv: the issuer %q is no https URL without a slash at its end, query and fragment", text)
	}
	return u, nil
}

// words returns what a scope permits; ok is false where the tenant does not have it.
func (t Tenant) words(scope string) (words string, ok bool) {
	for _, s := range t.Scopes {
		if s.Name == scope {
			return s.Words, true
		}
	}
	if scope == ScopeOffline {
		return offlineWords, true
	}
	return "", false
}

// check says what is wrong with a tenant.
func (t Tenant) check() error {
	if t.ID == "" || len(t.Scopes) == 0 {
		return errors.New("oauthsrv: a tenant has no ID or no Scopes")
	}
	for _, s := range t.Scopes {
		if !isScope(s.Name) || s.Words == "" {
			return fmt.Errorf("oauthsrv: the tenant %q has a scope without a name of RFC 6749 or without words", t.ID)
		}
	}
	return nil
}

// site is a request at its tenant.
type site struct {
	Tenant
	Endpoints
	path string // of the request, below the issuer
}

// errMisdirected is the error of a request for another host.
var errMisdirected = errors.New("oauthsrv: the request is for another host")

// site finds the tenant of a request. Whatever the request says of itself is held against
// the issuer.
func (s *Server) site(r *http.Request) (*site, error) {
	path, meta := strings.CutPrefix(r.URL.Path, wellKnown)
	asked := r
	if meta {
		asked = r.Clone(r.Context())
		asked.URL.Path, asked.URL.RawPath = "/"+strings.TrimPrefix(path, "/"), ""
	}
	t, err := guard.Call(context.WithoutCancel(r.Context()), func() (Tenant, error) { return guard.Legible(s.c.Tenant(asked)) })
	if err != nil {
		return nil, err
	}
	u, err := issuerURL(t.Issuer)
	if err = errors.Join(err, t.check()); err != nil {
		return nil, err
	}
	if !sameHost(r.Host, u.Host) {
		return nil, errMisdirected
	}
	at := &site{Tenant: t, Endpoints: t.Endpoints()}
	switch below, ok := strings.CutPrefix(path, u.Path); {
	case !ok, meta && below != "":
		return nil, ErrNotFound
	case meta:
		at.path = pathMetadata
	default:
		at.path = below
	}
	return at, nil
}

// sameHost compares hosts without regard to case and to the port that https has anyway.
func sameHost(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, ":443"), strings.TrimSuffix(b, ":443"))
}
