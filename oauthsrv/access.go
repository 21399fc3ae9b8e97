package oauthsrv

import (
	"errors"
	"net/http"
	"time"
)

// usedEvery is how exactly the last use of a grant is kept: a write at each request would
// cost more than the request.
const usedEvery = time.Hour

// Authorize implements Authorizer. It asks the Store once, and once an hour tells it that
// the grant was used.
func (s *Server) Authorize(r *http.Request, tenant string) (Access, error) {
	bearer, ok := BearerToken(r)
	if !ok {
		return Access{}, ErrNoToken
	}
	if !isSecret(bearer, secretLength) {
		return Access{}, ErrInvalidToken
	}
	now := s.now()
	t, err := s.store.Token(r.Context(), tenant, HashOf(bearer))
	switch {
	case errors.Is(err, ErrNotFound):
		return Access{}, ErrInvalidToken
	case err != nil:
		return Access{}, err
	case t.Kind != KindAccess, !now.Before(t.Expires):
		return Access{}, ErrInvalidToken
	}
	if now.Sub(t.grant.Used) >= usedEvery {
		if err := s.store.Touch(r.Context(), tenant, t.Grant, now); err != nil {
			s.fault(r, err) // the answer does not depend on it
		}
	}
	return Access{Tenant: tenant, Subject: t.grant.Subject, Client: t.grant.Client, Scopes: t.Scopes, Expires: t.Expires}, nil
}
