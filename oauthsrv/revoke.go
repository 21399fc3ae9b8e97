package oauthsrv

import (
	"errors"
	"net/http"
)

// revoke ends a token of the client that asks for it (RFC 7009), a refresh token together
// with its grant. A hint changes nothing: the token is found by itself.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request, at *site) {
	if err := s.revocation(r, at); err != nil {
		s.sendError(w, r, err)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (s *Server) revocation(r *http.Request, at *site) error {
	client, form, err := s.authenticate(r, at)
	if err != nil {
		return err
	}
	if form.get("token") == "" {
		return refuse(invalidRequest, "token is missing.")
	}
	t, err := s.store.Token(r.Context(), at.ID, HashOf(form.get("token")))
	switch {
	case errors.Is(err, ErrNotFound):
		return nil // what the client wants is so (RFC 7009, 2.2)
	case err != nil:
		return err
	case t.grant.Client != client.ID:
		return refuse(invalidGrant, "The token was given to another client.")
	case t.Kind == KindRefresh:
		return s.store.EndGrant(r.Context(), at.ID, t.Grant)
	}
	return s.store.EndToken(r.Context(), at.ID, t.Hash)
}
