package conformance

import (
	"net/http"
	"net/url"
)

var revocationRows = []row{{
	id: "PR-5.1", level: LevelOptional, clause: "Security Framework 1.1, revocation; RFC 7009, 2",
	title:   "After a token was revoked calls with it fail with 401.",
	fix:     "Revoke at once, and look tokens up on each call.",
	aliases: []string{"Service Provider (Read) 5"}, needs: needsLogin, run: checkRevoked(scopeRead),
}, {
	id: "PR-5.2", level: LevelOptional, clause: "RFC 7009, 2.2",
	title: "To revoke a token that is none is no error.",
	fix:   "Answer 200 to tokens that are unknown.",
	needs: needsLogin, run: checkRevokedUnknown,
}, {
	id: "PR-5.3", level: LevelOptional, clause: "RFC 7009, 2.1",
	title: "After the refresh token was revoked the access token fails too.",
	fix:   "Have a refresh token and its access tokens belong to one grant, and end that.",
	needs: needsLogin, run: checkRevokedRefresh,
}}

var writeRevocationRows = []row{{
	id: "PW-4.1", level: LevelOptional, clause: "Security Framework 1.1, revocation; RFC 7009, 2",
	title:   "After a token that may write was revoked, credentials are not taken with it.",
	fix:     "Revoke at once, and look tokens up on each call.",
	aliases: []string{"Service Provider (Write) 4"}, needs: needsLogin, run: checkRevoked(scopeUpsert),
}}

// revoker is a fresh grant, and where it is revoked.
func (p *probe) revoker(v *service, scopes ...string) (to string, c *consent, err error) {
	d, _, err := p.client(v) // the answer to the registration may name the URL
	if err != nil {
		return "", nil, err
	}
	if d.revoke == "" {
		return "", nil, skipped{"no revocation URL is known: the description has no place for it, and neither the metadata " +
			"nor the registration name one"}
	}
	c, err = p.allowApart(v, scopes...)
	return d.revoke, c, err
}

// revoke revokes a token.
func (p *probe) revoke(to string, r *registration, token, hint string) bool {
	return p.status(p.form(to, r, url.Values{"token": {token}, "token_type_hint": {hint}}), "the revocation", http.StatusOK)
}

func checkRevoked(scope string) func(*probe, *service) error {
	return func(p *probe, v *service) error {
		to, g, err := p.revoker(v, scope)
		if err != nil {
			return err
		}
		if !p.revoke(to, g.client, g.access, "access_token") {
			return nil
		}
		if scope == scopeRead {
			p.status(p.get(v.base+"/credentials", g.access), "a call with the revoked token", http.StatusUnauthorized)
			return nil
		}
		m, err := p.make(v.standard, recipe{})
		if err != nil {
			return err
		}
		p.status(p.upsert(v, g.access, m), "a credential with the revoked token", http.StatusUnauthorized)
		return nil
	}
}

func checkRevokedUnknown(p *probe, v *service) error {
	d, r, err := p.client(v)
	if err != nil {
		return err
	}
	if d.revoke == "" {
		return skipped{"no revocation URL is known"}
	}
	p.revoke(d.revoke, r, "this-is-no-token-at-all", "access_token")
	return nil
}

func checkRevokedRefresh(p *probe, v *service) error {
	to, g, err := p.revoker(v, scopeRead, scopeOffline)
	if err != nil {
		return err
	}
	if g.refresh == "" {
		return skipped{"the product gives no refresh token"}
	}
	if p.revoke(to, g.client, g.refresh, "refresh_token") {
		p.status(p.get(v.base+"/credentials", g.access), "a call with the access token of the revoked grant", http.StatusUnauthorized)
	}
	return nil
}

var refreshRows = []row{{
	id: "PR-R.1", level: LevelOptional, clause: "Security Framework 1.1, refresh; RFC 6749, 6",
	title: "A refresh token gives a new access token, with which the list and the profile can be read again.",
	fix:   "Answer grant_type=refresh_token with a new token of the same scope.",
	needs: needsLogin, run: checkRefresh,
}, {
	id: "PR-R.2", level: LevelOptional, clause: "RFC 6749, 6",
	title: "A refresh cannot widen the scope.",
	fix:   "Refuse a scope that was not granted with invalid_scope, or leave it out.",
	needs: needsLogin, run: checkRefreshWider,
}}

// refreshed asks for a new token.
func (p *probe) refreshed(v *service, scope string, scopes ...string) (*answer, error) {
	d, err := p.describe(v)
	if err != nil {
		return nil, err
	}
	for _, name := range scopes {
		if !d.offers(v.scope(name)) {
			return nil, skipped{"the product does not offer the scope " + name}
		}
	}
	g, err := p.allowApart(v, append(scopes, scopeOffline)...)
	if err != nil {
		return nil, err
	}
	if g.refresh == "" {
		return nil, skipped{"the product gives no refresh token"}
	}
	f := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {g.refresh}}
	if scope != "" {
		f.Set("scope", scope)
	}
	return p.form(d.refresh, g.client, f), nil
}

func checkRefresh(p *probe, v *service) error {
	if err := p.fill(v); err != nil {
		return err
	}
	scopes := []string{scopeRead}
	if d, err := p.describe(v); err == nil && d.offers(v.scope(scopeProfile)) {
		scopes = append(scopes, scopeProfile)
	}
	a, err := p.refreshed(v, "", scopes...)
	if err != nil || !p.status(a, "the refresh", http.StatusOK) {
		return err
	}
	g := granted(a)
	if !p.holds(g != nil, Finding{Message: "the refresh gives no token", Exchange: a.exchange}) {
		return nil
	}
	one := p.page(v.base+"/credentials", g.access)
	p.holds(one == nil || len(one.items) > 0, Finding{Message: "with the new token the list is empty"})
	if len(scopes) > 1 {
		p.status(p.get(v.base+"/profile", g.access), "getProfile with the new token", http.StatusOK, http.StatusNotFound)
	}
	return nil
}

func checkRefreshWider(p *probe, v *service) error {
	a, err := p.refreshed(v, v.scope(scopeRead)+" "+v.scope(scopeUpsert), scopeRead)
	if err != nil || a == nil {
		return err
	}
	g := granted(a)
	if !p.holds(g == nil || a.status == http.StatusOK, Finding{Message: "the refresh has another status", Exchange: a.exchange}) ||
		g == nil {
		return nil
	}
	m, err := p.make(v.standard, recipe{})
	if err != nil {
		return err
	}
	after := p.upsert(v, g.access, m)
	p.holds(after == nil || after.status/100 != 2, Finding{Message: "a refresh widened the scope: a token for reading writes",
		Exchange: a.exchange})
	return nil
}
