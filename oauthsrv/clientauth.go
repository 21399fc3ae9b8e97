package oauthsrv

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
)

// errClient is the refusal of a client that does not prove who it is. RFC 6749, 5.2, wants
// 401, where the standard's own text has 400.
func errClient() *refusal {
	return &refusal{http.StatusUnauthorized, invalidClient, "The client is unknown, or its secret is wrong or has expired."}
}

// authenticate reads a form of a client and finds out which one sent it, by Basic
// authentication alone (RFC 6749, 2.3.1).
func (s *Server) authenticate(r *http.Request, at *site) (Client, parameters, error) {
	form, err := readPost(r)
	switch {
	case errors.Is(err, errNoForm):
		return Client{}, nil, refuse(invalidRequest, "The body is no form.")
	case err != nil:
		return Client{}, nil, tooLong(err, invalidRequest)
	case form.repeated():
		return Client{}, nil, refuse(invalidRequest, "A parameter came twice.")
	case len(r.Header.Values("Authorization")) > 1:
		return Client{}, nil, refuse(invalidRequest, "The client authenticates twice.")
	}
	id, secret, _ := r.BasicAuth()
	client, err := s.client(r.Context(), at, unescaped(id))
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Client{}, nil, err
	}
	given := HashOf(unescaped(secret))
	if err != nil || subtle.ConstantTimeCompare(client.Secret[:], given[:]) != 1 {
		return Client{}, nil, errClient()
	}
	return client, form, nil
}

// unescaped undoes what RFC 6749, 2.3.1, has clients do to their names and secrets, and
// what some of them leave undone: ours are the same either way.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
