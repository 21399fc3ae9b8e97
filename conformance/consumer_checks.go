package conformance

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/conformance/refhost"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// verifierForm is a legal code verifier (RFC 7636, 4.1).
var verifierForm = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)

// checkConnects looks at the way to a token, twice: what must be drawn is another each time.
func checkConnects(p *probe, d *standard) error {
	drawn := map[string]bool{}
	for range 2 {
		c, err := p.converse(d, "")
		if err != nil {
			return err
		}
		p.inOrder(c)
		for _, r := range c.registrations() {
			_, fault := refhost.ReadRegistration(r.Body)
			p.holds(fault == "", Finding{Message: "the registration lacks something, or its URLs are of several hosts", Found: fault})
		}
		for _, r := range c.authorizations() {
			p.authorizes(r, drawn)
		}
		for _, r := range c.tokenRequests("authorization_code") {
			f, _ := url.ParseQuery(string(r.Body))
			p.holds(verifierForm.MatchString(f.Get("code_verifier")), Finding{Message: "the verifier is none of 43 to 128 characters"})
			p.holds(strings.HasPrefix(r.Authorization, "Basic "), Finding{Message: "the client does not authenticate by Basic"})
		}
		if wide := slices.DeleteFunc(c.scopes(), func(s string) bool {
			return s != scopeUpsert &&
				s != scopeProfileWrite
		}); len(wide) > 0 && !p.writes() {
			p.warn(Finding{Message: "a product that reads asks for scopes that write", Found: strings.Join(wide, " ")})
		}
	}
	return nil
}

// writes reports whether the product is tested as one that writes too.
func (p *probe) writes() bool {
	return slices.ContainsFunc(p.s.suite.Roles, func(r Role) bool {
		parts := append(r.parts(), r.fact().optional...)
		return slices.Contains(parts, RoleOBConsumerWrite) || slices.Contains(parts, RoleCLRConsumerWrite)
	})
}

// inOrder looks whether the steps came, each after the one before.
func (p *probe) inOrder(c *conversation) {
	at := -1
	for _, step := range []struct{ method, path, what string }{
		{http.MethodGet, "/discovery", "the service description"}, {http.MethodPost, "/oauth/register", "the registration"},
		{http.MethodGet, "/oauth/authorize", "the authorization"}, {http.MethodPost, "/oauth/token", "the token"},
	} {
		k := slices.IndexFunc(c.seen, func(r refhost.Request) bool {
			return r.Method == step.method && strings.HasSuffix(r.Path,
				step.path)
		})
		if !p.holds(k > at, Finding{Message: step.what + " was not asked for, or too early", Found: errorText(c.said)}) {
			return
		}
		at = k
	}
}

// authorizes looks at an authorization request. drawn are the states and challenges so far.
func (p *probe) authorizes(r refhost.Request, drawn map[string]bool) {
	q, err := url.ParseQuery(r.Query)
	p.holds(err == nil && q.Get("response_type") == "code", Finding{Message: "the response type is not code"})
	p.holds(q.Get("code_challenge_method") == "S256", Finding{Message: "the challenge is not by S256",
		Found: q.Get("code_challenge_method")})
	for _, name := range []string{"state", "code_challenge"} {
		value := q.Get(name)
		p.holds(value != "", Finding{Message: "the request has no " + name})
		p.holds(!drawn[name+value], Finding{Message: name + " is the same as before: it must be drawn anew each time"})
		drawn[name+value] = true
	}
}

// checkLists looks whether the credentials are asked for with the token.
func checkLists(p *probe, d *standard) error {
	c, err := p.converse(d, "")
	if err != nil {
		return err
	}
	lists := c.lists()
	p.holds(len(lists) > 0, Finding{Message: "the credentials were not asked for"})
	for _, r := range lists {
		p.holds(strings.HasPrefix(r.Authorization, "Bearer "), Finding{Message: "the token is not in the header Authorization"})
		p.holds(!strings.Contains(r.Query, "access_token"), Finding{Message: "the token stands in the URL"})
	}
	p.holds(c.said == nil, Finding{Message: fmt.Sprintf("the product says that it could not: %v", c.said)})
	return nil
}

// checkPages looks whether a list in pages of two is followed to its end.
func checkPages(p *probe, d *standard) error {
	c, err := p.converse(d, "page-short")
	if err != nil {
		return err
	}
	p.pagesRead(c)
	return nil
}

// pagesRead looks whether the second page was read, which of three credentials is the last.
func (p *probe) pagesRead(c *conversation) {
	offsets := map[string]int{}
	for _, r := range c.lists() {
		q, _ := url.ParseQuery(r.Query)
		offsets[q.Get("offset")]++
	}
	p.holds(offsets["2"] > 0, Finding{Message: "the page after the first was not asked for"})
	p.holds(len(c.lists()) < 10, Finding{Message: "the list was asked for again and again", Found: fmt.Sprint(len(c.lists()))})
}

func checkReadsProfile(p *probe, d *standard) error {
	c, err := p.converse(d, "")
	if err != nil {
		return err
	}
	asked := c.to(http.MethodGet, d.path+"/profile")
	p.holds(len(asked) > 0, Finding{Message: "the profile was not asked for"})
	p.holds(slices.Contains(c.scopes(), scopeProfile), Finding{Message: "profile.readonly was not asked for",
		Found: strings.Join(c.scopes(), " ")})
	return nil
}

func checkWriteToken(p *probe, d *standard) error {
	c, err := p.converse(d, "")
	if err != nil {
		return err
	}
	p.holds(slices.Contains(c.scopes(), scopeUpsert), Finding{Message: "credential.upsert was not asked for",
		Found: strings.Join(c.scopes(), " ")})
	p.inOrder(c)
	return nil
}

// checkSends looks at the credential that the product sent.
func checkSends(p *probe, d *standard) error {
	c, err := p.converse(d, "")
	if err != nil {
		return err
	}
	sent := c.to(http.MethodPost, d.path+"/credentials")
	p.holds(len(sent) > 0, Finding{Message: "no credential was sent"})
	for _, r := range sent {
		media, _, _ := strings.Cut(r.ContentType, ";")
		doc, err := vc.Parse(r.Body)
		if !p.holds(err == nil, Finding{Message: "what was sent is no credential"}) {
			continue
		}
		token := doc.Token() != nil
		p.holds(token == (strings.TrimSpace(media) == mediaToken), Finding{Message: "the media type is not that of what was sent",
			Found: media})
		p.authentic(r.Body)
		address := p.s.suite.recipient()
		p.holds(identified(door.Root(doc).Get("credentialSubject").Single(), address),
			Finding{Message: "it is not for the address of the test", Expected: address})
	}
	return nil
}

func checkSendsProfile(p *probe, d *standard) error {
	c, err := p.converse(d, "")
	if err != nil {
		return err
	}
	sent := c.to(http.MethodPut, d.path+"/profile")
	if len(sent) == 0 {
		return skipped{"the product sends no profile"}
	}
	for _, r := range sent {
		p.looked++
		for _, problem := range vc.Errors(rules.Profile.CheckDraft(r.Body, nil)) {
			p.fail(findingOf(problem))
		}
	}
	return nil
}
