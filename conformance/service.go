package conformance

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// service is a product's service of one standard, as far as the suite knows it.
type service struct {
	*standard
	base string

	found      *description
	foundErr   error
	registered *registration
	regErr     error
	grants     map[string]*grant
	filled     bool
}

// description is what the service description says.
type description struct {
	register, authorize, token, refresh, revoke string
	scopes                                      []string
}

// offers reports whether the description names a scope.
func (d *description) offers(scope string) bool { return slices.Contains(d.scopes, scope) }

// of is the product's service of a standard.
func (p *probe) of(d *standard) *service {
	v := p.s.services[d.prefix]
	if v == nil {
		base := strings.TrimSuffix(strings.TrimSuffix(p.s.suite.Provider.URL, "/"), "/discovery")
		if before, _, ok := strings.Cut(base, "/ims/"); ok {
			base = before
		}
		v = &service{standard: d, base: base + d.path, grants: map[string]*grant{}}
		p.s.services[d.prefix] = v
	}
	return v
}

// aside runs a step that other checks judge: what goes wrong in it is no finding of this
// check. The exchanges of a failed step are kept, to be looked at.
func (p *probe) aside(by string, step func(*probe) error) error {
	sub := &probe{ctx: p.ctx, s: p.s, check: p.check}
	err := step(sub)
	if err == nil && len(sub.findings) > 0 {
		err = blocked{by, sub.findings[0].Message}
	}
	if err != nil {
		p.exchanges = append(p.exchanges, sub.exchanges...)
	}
	return err
}

// describe reads the service description, once.
func (p *probe) describe(v *service) (*description, error) {
	if v.found == nil && v.foundErr == nil {
		err := p.aside(v.prefix+"-H-PR-1.1", func(sub *probe) error {
			a := sub.get(v.base+"/discovery", "")
			if a == nil || a.status != http.StatusOK {
				return blocked{v.prefix + "-H-PR-1.1", "the service description cannot be had"}
			}
			root, err := a.json()
			if err != nil {
				return blocked{v.prefix + "-H-PR-1.1", "the service description is no JSON"}
			}
			v.found = readDescription(root)
			sub.revocation(v)
			return nil
		})
		if p.ctx.Err() == nil {
			v.foundErr = err
		}
		if err != nil {
			return nil, err
		}
	}
	return v.found, v.foundErr
}

// readDescription takes what is needed from a service description.
func readDescription(root jsonx.Value) *description {
	scheme := root.Get("components").Get("securitySchemes").Get("OAuth2ACG")
	flow := scheme.Get("flows").Get("authorizationCode")
	at := func(v jsonx.Value) string { // the samples of the standard leave the scheme out
		if text := v.Text(); text != "" && !strings.Contains(text, "://") {
			return "https://" + text
		}
		return v.Text()
	}
	d := &description{
		register: at(scheme.Get("x-imssf-registrationUrl")), authorize: at(flow.Get("authorizationUrl")),
		token: at(flow.Get("tokenUrl")), refresh: at(flow.Get("refreshUrl")), revoke: at(scheme.Get("x-laurel-revocationUrl")),
	}
	if d.refresh == "" {
		d.refresh = d.token
	}
	for v := flow.Get("scopes").First(); v.Exists(); v = v.Next() {
		d.scopes = append(d.scopes, v.Name())
	}
	return d
}

// revocation looks for the URL at which tokens are revoked, for which the description has
// no place: in what the suite was told, and in the metadata of RFC 8414.
func (p *probe) revocation(v *service) {
	if u := p.s.suite.Provider.RevocationURL; u != "" {
		v.found.revoke = u
	}
	if v.found.revoke != "" {
		return
	}
	before, _, _ := strings.Cut(v.base, "/ims/")
	u, err := url.Parse(before)
	if err != nil {
		return
	}
	u.Path = "/.well-known/oauth-authorization-server" + u.Path
	quiet := &probe{ctx: p.ctx, s: p.s, check: p.check}
	if a := quiet.get(u.String(), ""); a != nil && a.status == http.StatusOK {
		if root, err := a.json(); err == nil {
			v.found.revoke = root.Get("revocation_endpoint").Text()
		}
	}
}
