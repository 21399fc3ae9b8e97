package oauthsrv

import (
	"errors"
	"net/http"
	"time"
)

func errRefresh() *refusal {
	return refuse(invalidGrant, "The refresh token is unknown, expired, used or revoked, or was given to another client.")
}

// refresh gives a client new tokens for a refresh token, which is replaced (RFC 9700,
// 4.14.2).
func (s *Server) refresh(r *http.Request, at *site, form parameters, c Client) (*tokenAnswer, error) {
	presented := form.get("refresh_token")
	if presented == "" {
		return nil, refuse(invalidRequest, "refresh_token is missing.")
	}
	// Whoever loses a race for the generation finds the token replaced a moment ago.
	const tries = 3
	for range tries {
		t, err := s.refreshToken(r, at, c, presented)
		if err != nil {
			return nil, err
		}
		scopes, err := within(form.get("scope"), t.grant.Scopes)
		if err != nil {
			return nil, err
		}
		switch answer, won, err := s.rotate(r, at, c, t, scopes); {
		case err != nil:
			return nil, err
		case won:
			return answer, nil
		}
	}
	return nil, errors.New("oauthsrv: a grant is at another generation whenever it is rotated")
}

// refreshToken finds a refresh token of a client.
func (s *Server) refreshToken(r *http.Request, at *site, c Client, presented string) (held, error) {
	t, err := s.store.Token(r.Context(), at.ID, HashOf(presented))
	switch {
	case errors.Is(err, ErrNotFound):
		return held{}, errRefresh()
	case err != nil:
		return held{}, err
	case t.Kind != KindRefresh, t.grant.Client != c.ID, !s.now().Before(t.Expires):
		return held{}, errRefresh()
	}
	return t, nil
}

// rotate replaces a refresh token, or does what has to be done where that was done already.
// It returns false where the grant is no longer at the generation that it was read at.
func (s *Server) rotate(r *http.Request, at *site, c Client, t held, scopes []string) (*tokenAnswer, bool, error) {
	now, g := s.now(), t.grant
	switch s.standing(t, now) {
	case standingCurrent:
		made := s.issue(g, scopes, true, g.Generation+1)
		won, err := s.store.Rotate(r.Context(), Rotation{
			Tenant: at.ID, Grant: g.ID, Generation: g.Generation, Presented: t.Hash, Tokens: made.tokens, At: now, Expires: made.expires,
		})
		return &made.answer, won, err
	case standingReplaced:
		made := s.issue(g, scopes, true, g.Generation)
		return &made.answer, true, s.store.AddTokens(r.Context(), made.tokens...)
	}
	return nil, false, s.stolen(r, at, c, g.ID, "refresh token")
}

type standing uint8

const (
	standingCurrent  standing = iota // it is the newest of its grant
	standingReplaced                 // it was until a moment ago
	standingReused                   // it has not been for a while
)

// standing says what a refresh token is worth. The tokens of one generation may be several,
// since who comes again within Config.Grace gets another one, the store having no more than
// hashes. When one of them is used, the grace of the others begins: a thief who is as fast
// as the client is found out when the second of the two comes.
func (s *Server) standing(t held, now time.Time) standing {
	recent := func(then time.Time) bool { return !then.IsZero() && now.Sub(then) <= s.c.Grace }
	switch {
	case t.Generation == t.grant.Generation:
		return standingCurrent
	case recent(t.Used), t.Generation == t.grant.Generation-1 && recent(t.grant.Rotated):
		return standingReplaced
	}
	return standingReused
}
