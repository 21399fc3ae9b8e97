package oauthsrv

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Authorizer says what the bearer token of a request permits. What protects credentials
// asks it and knows no more of authorization. It must be safe for concurrent use.
type Authorizer interface {
	// Authorize reads the token of a request (RFC 6750, 2.1) that was made of a tenant.
	// The error is [ErrNoToken] where there is none, [ErrInvalidToken] where it is
	// unknown, has expired, was revoked or is of another tenant; any other error says
	// that it could not be found out. Whether the scope suffices is for the caller to
	// ask of the Access.
	Authorize(r *http.Request, tenant string) (Access, error)
}

// The errors of an Authorizer that a caller answers with 401.
var (
	ErrNoToken      = errors.New("oauthsrv: the request has no bearer token")
	ErrInvalidToken = errors.New("oauthsrv: the bearer token is not valid")
)

// Access is what a token permits: to do for the Subject, at the Tenant, what the Scopes
// name. The zero Access permits nothing.
type Access struct {
	Tenant  string
	Subject string // the person, as the product names them
	Client  string // the client_id of whoever sent the token
	Scopes  []string
	Expires time.Time // the first instant at which the token is no longer valid
}

// Permits reports whether a scope was granted.
func (a Access) Permits(scope string) bool { return slices.Contains(a.Scopes, scope) }

// BearerToken returns the token in the Authorization header of a request, for an
// Authorizer of your own. Tokens in the query or in a form are not looked at (RFC 9700,
// 4.3.2). ok is false where there is no such header, or more than one.
func BearerToken(r *http.Request) (token string, ok bool) {
	headers := r.Header.Values("Authorization")
	if len(headers) != 1 {
		return "", false
	}
	scheme, token, found := strings.Cut(headers[0], " ")
	token = strings.Trim(token, " ")
	return token, found && strings.EqualFold(scheme, "Bearer") && token != ""
}
