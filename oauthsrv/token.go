package oauthsrv

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// tokenAnswer is the answer of RFC 6749, 5.1.
type tokenAnswer struct {
	Access    string `json:"access_token"`
	Type      string `json:"token_type"`
	ExpiresIn int64  `json:"expires_in"`
	Refresh   string `json:"refresh_token,omitempty"`
	Scope     string `json:"scope"`
}

// token answers a token request (RFC 6749, 4.1.3 and 6).
func (s *Server) token(w http.ResponseWriter, r *http.Request, at *site) {
	answer, err := s.tokens(r, at)
	if err != nil {
		s.sendError(w, r, err)
		return
	}
	sendJSON(w, http.StatusOK, answer)
}

func (s *Server) tokens(r *http.Request, at *site) (*tokenAnswer, error) {
	client, form, err := s.authenticate(r, at)
	if err != nil {
		return nil, err
	}
	switch grant := form.get("grant_type"); {
	case grant == grantCode:
		return s.exchange(r, at, client, form)
	case grant == grantRefresh && !client.refreshes():
		return nil, refuse(unauthorizedClient, "The client has not registered the grant type refresh_token.")
	case grant == grantRefresh:
		return s.refresh(r, at, form, client)
	case grant == "":
		return nil, refuse(invalidRequest, "grant_type is missing.")
	}
	return nil, refuse(unsupportedGrantType, "grant_type is authorization_code or refresh_token here.")
}

// refreshes reports whether a client gets refresh tokens.
func (c Client) refreshes() bool { return slices.Contains(c.GrantTypes, grantRefresh) }

// issue is what a client is given, before anybody has it.
type issue struct {
	answer  tokenAnswer
	tokens  []Token
	expires time.Time // of the last of them
}

// issue makes the tokens of a grant: one for access with the scopes that were asked for,
// and one to refresh it of the next generation, where the client gets one. None outlasts
// the grant.
func (s *Server) issue(g Grant, scopes []string, refreshes bool, generation int) issue {
	now := s.now()
	end := now.Add(s.c.AccessLifetime)
	if last := g.Created.Add(s.c.RefreshLifetime); refreshes && last.Before(end) {
		end = last
	}
	access := newSecret()
	made := issue{
		answer: tokenAnswer{Access: access, Type: "Bearer", ExpiresIn: int64(end.Sub(now) / time.Second), Scope: strings.Join(scopes, " ")},
		tokens: []Token{{Tenant: g.Tenant, Hash: HashOf(access), Kind: KindAccess, Grant: g.ID, Scopes: scopes, Expires: end}},
	}
	made.expires = end
	if refreshes {
		refresh, end := newSecret(), s.idle(g, now)
		made.answer.Refresh = refresh
		made.tokens = append(made.tokens, Token{
			Tenant: g.Tenant, Hash: HashOf(refresh), Kind: KindRefresh, Grant: g.ID, Scopes: g.Scopes, Expires: end, Generation: generation,
		})
		if end.After(made.expires) {
			made.expires = end
		}
	}
	return made
}

// idle is when a refresh token that is made now ends if nobody uses it.
func (s *Server) idle(g Grant, now time.Time) time.Time {
	end, last := now.Add(s.c.RefreshIdle), g.Created.Add(s.c.RefreshLifetime)
	if last.Before(end) {
		return last
	}
	return end
}
