package conformance

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The suite is an application at this address, which nobody visits: the redirect ends in
// Provider.Login.
const (
	applicationURL = "https://conformance.example"
	redirectURI    = applicationURL + "/callback"
)

// registration is the suite as a client of the product.
type registration struct{ id, secret string }

// grant is what a person allowed.
type grant struct{ access, refresh, scope string }

// metadata is what the suite registers. change may set or delete members.
func (v *service) metadata(d *description, change func(map[string]any)) []byte {
	m := map[string]any{
		"client_name": "Conformance suite", "client_uri": applicationURL, "logo_uri": applicationURL + "/logo.png",
		"tos_uri": applicationURL + "/terms", "policy_uri": applicationURL + "/privacy",
		"software_id": "4f0d5c1e-7d0b-4a8c-9a55-2a0b1f6f7c11", "software_version": "1",
		"redirect_uris": []string{redirectURI}, "token_endpoint_auth_method": "client_secret_basic",
		"grant_types": []string{"authorization_code", "refresh_token"}, "response_types": []string{"code"},
		"scope": strings.Join(append(slices.Clone(d.scopes), scopeOffline), " "),
	}
	if change != nil {
		change(m)
	}
	text, _ := json.Marshal(m) // of texts and lists
	return text
}

// register sends a registration.
func (p *probe) register(v *service, d *description, change func(map[string]any)) *answer {
	return p.send(call{http.MethodPost, d.register, map[string]string{"Content-Type": "application/json"}, v.metadata(d, change)})
}

// registration registers the suite, once.
func (p *probe) registration(v *service) (*registration, error) {
	d, err := p.describe(v)
	if err != nil {
		return nil, err
	}
	if v.registered == nil && v.regErr == nil {
		by := v.prefix + "-H-PR-1.2"
		err := p.aside(by, func(sub *probe) error {
			r, err := sub.registerAgain(v, d)
			v.registered = r
			return err
		})
		if p.ctx.Err() == nil {
			v.regErr = err
		}
		if err != nil {
			return nil, err
		}
	}
	return v.registered, v.regErr
}

// registerAgain registers one more client.
func (p *probe) registerAgain(v *service, d *description) (*registration, error) {
	by := v.prefix + "-H-PR-1.2"
	a := p.register(v, d, nil)
	if a == nil || a.status != http.StatusCreated && a.status != http.StatusOK {
		return nil, blocked{by, "the suite could not register"}
	}
	root, err := a.json()
	if err != nil {
		return nil, blocked{by, "the answer to the registration is no JSON"}
	}
	if u := root.Get("revocation_endpoint").Text(); u != "" && d.revoke == "" {
		d.revoke = u
	}
	return &registration{root.Get("client_id").Text(), root.Get("client_secret").Text()}, nil
}

// authorization is a request for what a person shall allow.
type authorization struct {
	state, verifier string
	values          url.Values
}

// authorization makes a request. change may set or delete parameters.
func (p *probe) authorization(r *registration, v *service, scopes []string, change func(url.Values)) authorization {
	z := authorization{state: p.s.draw("state"), verifier: p.s.draw("verifier")}
	z.values = url.Values{
		"response_type": {"code"}, "client_id": {r.id}, "redirect_uri": {redirectURI}, "scope": {strings.Join(v.full(scopes), " ")},
		"state": {z.state}, "code_challenge": {challenge(z.verifier)}, "code_challenge_method": {"S256"},
	}
	if change != nil {
		change(z.values)
	}
	return z
}

// challenge is what a verifier is sent ahead as (RFC 7636, 4.2).
func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// full are the whole names of scopes.
func (v *service) full(scopes []string) (all []string) {
	for _, name := range scopes {
		all = append(all, v.scope(name))
	}
	return all
}

// at is the URL of the request at the product.
func (z authorization) at(d *description) string {
	separator := "?"
	if strings.Contains(d.authorize, "?") {
		separator = "&"
	}
	return d.authorize + separator + z.values.Encode()
}

// login lets the person agree, and returns what the suite is told.
func (p *probe) login(v *service, d *description, z authorization) (url.Values, error) {
	by := v.prefix + "-H-PR-1.6"
	p.s.redact.learnValues(z.values.Encode())
	back, err := p.s.suite.Provider.Login(p.ctx, z.at(d))
	if err != nil {
		return nil, blocked{by, "the login did not lead back: " + err.Error()}
	}
	u, err := url.Parse(back)
	if err != nil || !strings.HasPrefix(back, redirectURI) {
		return nil, blocked{by, "the login led to another place than the redirect URI"}
	}
	p.s.redact.learnValues(u.RawQuery)
	return u.Query(), nil
}

// form posts a form with the client's name and secret.
func (p *probe) form(to string, r *registration, f url.Values) *answer {
	basic := base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(r.id) + ":" + url.QueryEscape(r.secret)))
	return p.send(call{http.MethodPost, to, map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Basic " + basic, "Accept": "application/json",
	}, []byte(f.Encode())})
}

// exchange asks for a token. change may set or delete parameters.
func (p *probe) exchange(d *description, r *registration, z authorization, code string, change func(url.Values)) *answer {
	f := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirectURI},
		"code_verifier": {z.verifier}, "scope": z.values["scope"]}
	if change != nil {
		change(f)
	}
	return p.form(d.token, r, f)
}

// granted reads the answer of a token request, nil where it grants nothing.
func granted(a *answer) *grant {
	if a == nil || a.status != http.StatusOK {
		return nil
	}
	root, err := a.json()
	if err != nil || root.Get("access_token").Text() == "" {
		return nil
	}
	return &grant{root.Get("access_token").Text(), root.Get("refresh_token").Text(), root.Get("scope").Text()}
}

// consent is what came of asking a person.
type consent struct {
	*grant
	client *registration
	asked  authorization
	code   string
}

// allow has a person allow scopes.
func (p *probe) allow(v *service, scopes ...string) (*consent, error) {
	d, r, err := p.client(v)
	if err != nil {
		return nil, err
	}
	return p.allowTo(v, d, r, scopes)
}

// allowApart has a person allow scopes to a client of its own: for checks that end grants, which
// some products do for all that a person allowed to a client.
func (p *probe) allowApart(v *service, scopes ...string) (*consent, error) {
	d, err := p.describe(v)
	if err != nil {
		return nil, err
	}
	r, err := p.registerAgain(v, d)
	if err != nil {
		return nil, err
	}
	return p.allowTo(v, d, r, scopes)
}

func (p *probe) allowTo(v *service, d *description, r *registration, scopes []string) (*consent, error) {
	c := &consent{client: r, asked: p.authorization(r, v, scopes, nil)}
	return c, p.aside(v.prefix+"-H-PR-1.8", func(sub *probe) error {
		told, err := sub.login(v, d, c.asked)
		if err != nil {
			return err
		}
		if c.code = told.Get("code"); c.code == "" {
			return blocked{v.prefix + "-H-PR-1.6", "the product gave no code: " + told.Get("error")}
		}
		if c.grant = granted(sub.exchange(d, r, c.asked, c.code, nil)); c.grant == nil {
			return blocked{v.prefix + "-H-PR-1.8", "the product gave no token for the code"}
		}
		return nil
	})
}

// client is the description and the suite's registration.
func (p *probe) client(v *service) (*description, *registration, error) {
	d, err := p.describe(v)
	if err != nil {
		return nil, nil, err
	}
	r, err := p.registration(v)
	return d, r, err
}

// token is a token for scopes, which checks share that do not end it.
func (p *probe) token(v *service, scopes ...string) (string, error) {
	key := strings.Join(scopes, " ")
	if g := v.grants[key]; g != nil {
		return g.access, nil
	}
	d, err := p.describe(v)
	if err != nil {
		return "", err
	}
	for _, name := range scopes {
		if !d.offers(v.scope(name)) && name != scopeOffline {
			return "", skipped{"the product does not offer the scope " + name}
		}
	}
	c, err := p.allow(v, scopes...)
	if err != nil {
		return "", err
	}
	v.grants[key] = c.grant
	return c.access, nil
}
