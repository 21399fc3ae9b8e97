package conformance

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

var authorizationRows = []row{{
	id: "PR-1.4", level: LevelMust, clause: "Security Framework 1.1, authorization request; RFC 7636, 4.4.1",
	title: "An authorization request without a challenge, or with the method plain, gets no code.",
	fix:   "Ask for code_challenge and code_challenge_method=S256, and redirect with error=invalid_request otherwise.",
	needs: needsLogin, run: checkChallenge,
}, {
	id: "PR-1.5", level: LevelMust, clause: "RFC 6749, 4.1.2.1",
	title: "A redirect URI that was not registered is never redirected to.",
	fix:   "Compare the redirect URI exactly, and show an error page in place of a redirect.",
	needs: needsLogin, run: checkRedirect,
}, {
	id: "PR-1.6", level: LevelMust, clause: "Security Framework 1.1, authorization response; RFC 6749, 4.1.2",
	title: "After the person agreed the product redirects with a code and the state as it was sent.",
	fix:   "Send state back unchanged, beside code.",
	needs: needsLogin, run: checkState,
}, {
	id: "PR-1.7", level: LevelMust, clause: "RFC 6749, 3.3",
	title: "The scope that is granted is a part of the scope that was asked for.",
	fix:   "Grant no more than what was asked, and say in scope what was granted.",
	needs: needsLogin, run: checkScope,
}, {
	id: "PR-1.8", level: LevelMust, clause: "Security Framework 1.1, token response; RFC 6749, 5.1",
	title: "A code is exchanged for a bearer token, with its type, its scope and its lifetime, in an answer that is not stored.",
	fix:   "Answer with access_token, token_type Bearer, expires_in and scope, and Cache-Control: no-store.",
	needs: needsLogin, run: checkToken,
}, {
	id: "PR-1.9", level: LevelMust, clause: "RFC 6749, 5.2; RFC 7636, 4.6",
	title: "A code with another verifier, with another redirect URI, or of another client is refused with invalid_grant.",
	fix:   "Compare verifier, redirect URI and client with what the code was made for before it is used up.",
	needs: needsLogin, run: checkExchangeErrors,
}, {
	id: "PR-1.10", level: LevelMust, clause: "RFC 6749, 4.1.2",
	title: "A code works once. That it came again should end the tokens that it gave.",
	fix:   "Use codes up in one step of the store, and revoke the grant of a code that comes again.",
	needs: needsLogin, run: checkCodeOnce,
}}

// refuses looks whether an authorization request gets no code. What the product says before
// anybody signs in may decide it; else a person agrees.
func (p *probe) refuses(v *service, d *description, z authorization, what string) {
	a := p.send(call{method: http.MethodGet, url: z.at(d)})
	if a == nil {
		return
	}
	if a.status/100 == 3 {
		if to := a.header.Get("Location"); strings.HasPrefix(to, z.values.Get("redirect_uri")) {
			p.codeless(to, what, a.exchange)
			return
		}
	}
	if a.status/100 == 4 {
		p.holds(true, Finding{})
		return
	}
	p.s.redact.learnValues(z.values.Encode())
	back, err := p.s.suite.Provider.Login(p.ctx, z.at(d))
	if err != nil { // it did not come to a redirect
		p.holds(true, Finding{})
		return
	}
	p.codeless(back, what, a.exchange)
}

// codeless looks whether a redirect has no code.
func (p *probe) codeless(to, what string, exchange int) {
	u, err := url.Parse(to)
	if err == nil {
		p.s.redact.learnValues(u.RawQuery)
	}
	p.holds(err == nil && u.Query().Get("code") == "", Finding{Message: what + " got a code", Expected: "error=invalid_request",
		Exchange: exchange})
}

func checkChallenge(p *probe, v *service) error {
	d, r, err := p.client(v)
	if err != nil {
		return err
	}
	p.refuses(v, d, p.authorization(r, v, []string{scopeRead}, func(q url.Values) {
		q.Del("code_challenge")
		q.Del("code_challenge_method")
	}), "a request without a challenge")
	p.refuses(v, d, p.authorization(r, v, []string{scopeRead}, func(q url.Values) { q.Set("code_challenge_method", "plain") }),
		"a request with the method plain")
	return nil
}

func checkRedirect(p *probe, v *service) error {
	d, r, err := p.client(v)
	if err != nil {
		return err
	}
	for _, to := range []string{redirectURI + "/elsewhere", "https://elsewhere.example/callback"} {
		z := p.authorization(r, v, []string{scopeRead}, func(q url.Values) { q.Set("redirect_uri", to) })
		a := p.send(call{method: http.MethodGet, url: z.at(d)})
		if a == nil {
			continue
		}
		location := a.header.Get("Location")
		if location == "" && a.status < 400 || location != "" && !strings.HasPrefix(location, to) { // a page to sign in at, perhaps
			location, _ = p.s.suite.Provider.Login(p.ctx, z.at(d))
		}
		p.holds(!strings.HasPrefix(location, to), Finding{Message: "it redirected to a URI that was not registered", Found: location,
			Exchange: a.exchange})
	}
	return nil
}

func checkState(p *probe, v *service) error {
	d, r, err := p.client(v)
	if err != nil {
		return err
	}
	z := p.authorization(r, v, []string{scopeRead}, nil)
	told, err := p.login(v, d, z)
	if err != nil {
		p.fail(Finding{Message: err.Error()})
		return nil
	}
	p.holds(told.Get("state") == z.state, Finding{Message: "the state is another than was sent", Found: told.Get("state")})
	p.holds(told.Get("code") != "", Finding{Message: "the redirect has no code", Found: told.Get("error")})
	return nil
}

func checkScope(p *probe, v *service) error {
	g, err := p.allow(v, scopeRead)
	if err != nil {
		return err
	}
	for _, name := range strings.Fields(g.scope) {
		p.holds(name == v.scope(scopeRead), Finding{Message: "more was granted than was asked for", Found: name,
			Expected: v.scope(scopeRead)})
	}
	p.holds(g.scope == "" || strings.Contains(g.scope, v.scope(scopeRead)), Finding{Message: "what was asked for was not granted",
		Found: g.scope})
	return nil
}

func checkToken(p *probe, v *service) error {
	d, r, err := p.client(v)
	if err != nil {
		return err
	}
	z := p.authorization(r, v, []string{scopeRead}, nil)
	told, err := p.login(v, d, z)
	if err != nil {
		return err
	}
	a := p.exchange(d, r, z, told.Get("code"), nil)
	if !p.status(a, "the token request", http.StatusOK) {
		return nil
	}
	root, err := a.json()
	if !p.holds(err == nil, Finding{Message: "the answer is no JSON", Exchange: a.exchange}) {
		return nil
	}
	p.holds(root.Get("access_token").Text() != "", Finding{Message: "the answer has no access_token", Exchange: a.exchange})
	p.holds(strings.EqualFold(root.Get("token_type").Text(), "bearer"), Finding{Message: "the token is of another type",
		Found: root.Get("token_type").Shown(), Expected: "Bearer", Exchange: a.exchange})
	p.holds(root.Get("scope").Kind() == jsonx.String, Finding{Message: "the answer does not say the scope", Exchange: a.exchange})
	if n, ok := root.Get("expires_in").Float(); !ok || n <= 0 {
		p.warn(Finding{Message: "the answer does not say how long the token lives", Found: root.Get("expires_in").Shown(),
			Exchange: a.exchange})
	}
	p.holds(strings.Contains(a.header.Get("Cache-Control"), "no-store"), Finding{Message: "the answer holds a token and may be stored",
		Found: a.header.Get("Cache-Control"), Expected: "Cache-Control: no-store", Exchange: a.exchange})
	return nil
}

func checkExchangeErrors(p *probe, v *service) error {
	d, r, err := p.client(v)
	if err != nil {
		return err
	}
	other, err := p.registerAgain(v, d)
	if err != nil {
		return err
	}
	for _, bad := range []struct {
		what   string
		client *registration
		change func(url.Values)
	}{
		{"another verifier", r, func(f url.Values) { f.Set("code_verifier", p.s.draw("verifier")) }},
		{"another redirect URI", r, func(f url.Values) { f.Set("redirect_uri", redirectURI+"/elsewhere") }},
		{"another client", other, nil},
	} {
		z := p.authorization(r, v, []string{scopeRead}, nil)
		told, err := p.login(v, d, z)
		if err != nil {
			return err
		}
		a := p.exchange(d, bad.client, z, told.Get("code"), bad.change)
		if !p.status(a, "a code with "+bad.what, http.StatusBadRequest) {
			continue
		}
		root, _ := a.json()
		p.holds(root.Get("error").Text() == "invalid_grant", Finding{Message: "a code with " + bad.what + " is refused with another error",
			Found: root.Get("error").Shown(), Expected: "invalid_grant", Exchange: a.exchange})
	}
	return nil
}

func checkCodeOnce(p *probe, v *service) error {
	d, err := p.describe(v)
	if err != nil {
		return err
	}
	g, err := p.allowApart(v, scopeRead)
	if err != nil {
		return err
	}
	a := p.exchange(d, g.client, g.asked, g.code, nil)
	if a == nil {
		return nil
	}
	p.holds(a.status != http.StatusOK, Finding{Message: "a code works a second time", Found: fmt.Sprint(a.status), Expected: "400",
		Exchange: a.exchange})
	if after := p.get(v.base+"/credentials?limit=1", g.access); after != nil && after.status == http.StatusOK {
		p.warn(Finding{Message: "the token of a code that came twice still works", Found: "200", Expected: "401", Exchange: after.exchange})
	}
	return nil
}
