package oauthsrv

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
)

// errCode is the refusal of a code, whatever is wrong with it: a thief learns nothing.
func errCode() *refusal {
	return refuse(invalidGrant, "The code is unknown, used or expired, or was not given for this client, redirect URI and verifier.")
}

// exchange gives a client its tokens for a code. The code is used up by the exchange that
// gets them, and by no other: whoever has stolen it and not the verifier cannot spoil it.
func (s *Server) exchange(r *http.Request, at *site, c Client, form parameters) (*tokenAnswer, error) {
	code := form.get("code")
	if code == "" || form.get("redirect_uri") == "" || form.get("code_verifier") == "" {
		return nil, refuse(invalidRequest, "code, redirect_uri or code_verifier is missing.")
	}
	asked, err := s.store.Request(r.Context(), at.ID, HashOf(code))
	switch {
	case errors.Is(err, ErrNotFound):
		return nil, errCode()
	case err != nil:
		return nil, err
	case asked.Client != c.ID, asked.Stage == StageAsked:
		return nil, errCode()
	case asked.Stage == StageRedeemed:
		return nil, s.stolen(r, at, c, asked.Grant, "code")
	case !s.now().Before(asked.Expires), form.get("redirect_uri") != asked.RedirectURI,
		!verifies(form.get("code_verifier"), asked.Challenge):
		return nil, errCode()
	}
	scopes, err := within(form.get("scope"), asked.Scopes)
	if err != nil {
		return nil, err
	}
	return s.redeem(r, at, c, asked, scopes)
}

func (s *Server) redeem(r *http.Request, at *site, c Client, asked Request, scopes []string) (*tokenAnswer, error) {
	now := s.now()
	g := Grant{Tenant: at.ID, ID: asked.Grant, Subject: asked.Subject, Client: c.ID, Scopes: asked.Scopes, Created: now, Used: now}
	made := s.issue(g, scopes, c.refreshes(), 0)
	g.Expires = made.expires
	won, err := s.store.Redeem(r.Context(), Redemption{Code: asked.Code, Grant: g, Tokens: made.tokens})
	switch {
	case err != nil:
		return nil, err
	case !won: // somebody else has exchanged it meanwhile, or the person was erased
		return nil, s.stolen(r, at, c, g.ID, "code")
	}
	return &made.answer, nil
}

// stolen ends a grant of which a code or a refresh token came a second time: one of the two
// who have it has no right to it, and nobody can tell which (RFC 9700, 2.1.1 and 4.14.2).
func (s *Server) stolen(r *http.Request, at *site, c Client, grant, what string) error {
	s.log(r, slog.LevelWarn, what+" came again, its grant is ended", slog.String("tenant", at.ID), slog.String("client", c.ID),
		slog.String("grant", grant))
	if err := s.store.EndGrant(r.Context(), at.ID, grant); err != nil {
		return err
	}
	if what == "code" {
		return errCode()
	}
	return errRefresh()
}

// verifies checks a code verifier (RFC 7636, 4.1 and 4.6): its form too, since one that
// fits a challenge may still be too short to be a secret.
func verifies(verifier, challenge string) bool {
	const least, most = 43, 128
	if len(verifier) < least || len(verifier) > most {
		return false
	}
	for _, c := range []byte(verifier) {
		if c != '.' && c != '~' && !isSecret(string(c), 1) {
			return false
		}
	}
	hash := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(hash[:])), []byte(challenge)) == 1
}
