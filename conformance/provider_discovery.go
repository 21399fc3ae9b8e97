package conformance

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

var discoveryRows = []row{{
	id: "PR-1.1", level: LevelMust, clause: "getServiceDescription; Service Description Document",
	title: "The service description is open to everybody, is JSON, has what its schema asks for, and names absolute https URLs.",
	fix: "Serve …/discovery without authorization, with title, version, terms, privacy policy and the four URLs of OAuth2ACG, " +
		"each with https://.",
	aliases: []string{"Service Provider (Read) 1", "Issuer 3"}, needs: needsProvider, run: checkDiscovery,
}}

func checkDiscovery(p *probe, v *service) error {
	a := p.get(v.base+"/discovery", "")
	if !p.status(a, "the service description", http.StatusOK) {
		return nil
	}
	media := a.header.Get("Content-Type")
	p.holds(strings.HasPrefix(media, "application/json") || strings.HasPrefix(media, "application/openapi+json"),
		Finding{Message: "the service description has another media type", Found: media, Expected: mediaJSON, Exchange: a.exchange})
	root, err := a.json()
	if !p.holds(err == nil && root.Kind() == jsonx.Object, Finding{Message: "the service description is no JSON object",
		Exchange: a.exchange}) {
		return nil
	}
	version := root.Get("openapi").Text()
	p.holds(strings.HasPrefix(version, "3.0"), Finding{Message: "it is no document of OpenAPI 3.0", Found: version,
		Pointer: "/openapi", Exchange: a.exchange})
	info := root.Get("info")
	for _, name := range []string{"title", "version"} {
		p.holds(info.Get(name).Text() != "", Finding{Message: "a member is missing", Pointer: "/info/" + name, Exchange: a.exchange})
	}
	for _, name := range []string{"termsOfService", "x-imssf-privacyPolicyUrl"} {
		p.secure(a, info.Get(name), "/info/"+name, "")
	}
	p.schemes(v, a, root.Get("components").Get("securitySchemes"))
	return nil
}

// schemes looks at the one security scheme.
func (p *probe) schemes(v *service, a *answer, schemes jsonx.Value) {
	const at = "/components/securitySchemes"
	for s := schemes.First(); s.Exists(); s = s.Next() {
		p.holds(s.Name() == "OAuth2ACG", Finding{Message: "there is another security scheme than OAuth2ACG", Found: s.Name(),
			Pointer: at, Exchange: a.exchange})
	}
	scheme := schemes.Get("OAuth2ACG")
	p.holds(scheme.Get("type").Text() == "oauth2", Finding{Message: "OAuth2ACG is of another type", Found: scheme.Get("type").Shown(),
		Expected: "oauth2", Pointer: at + "/OAuth2ACG/type", Exchange: a.exchange})
	u, _ := url.Parse(v.base)
	host := ""
	if u != nil {
		host = u.Hostname()
	}
	p.secure(a, scheme.Get("x-imssf-registrationUrl"), at+"/OAuth2ACG/x-imssf-registrationUrl", host)
	flow := scheme.Get("flows").Get("authorizationCode")
	for _, name := range []string{"authorizationUrl", "tokenUrl"} {
		p.secure(a, flow.Get(name), at+"/OAuth2ACG/flows/authorizationCode/"+name, host)
	}
	if r := flow.Get("refreshUrl"); r.Exists() {
		p.secure(a, r, at+"/OAuth2ACG/flows/authorizationCode/refreshUrl", host)
	}
	p.holds(flow.Get("scopes").Kind() == jsonx.Object && flow.Get("scopes").Len() > 0,
		Finding{Message: "no scope is offered", Pointer: at + "/OAuth2ACG/flows/authorizationCode/scopes", Exchange: a.exchange})
}

// secure looks whether a value is an absolute https URL, of a host where one is named.
func (p *probe) secure(a *answer, v jsonx.Value, pointer, host string) {
	u, err := url.Parse(v.Text())
	ok := err == nil && u.Scheme == "https" && u.Host != ""
	if !p.holds(ok, Finding{Message: "there is no absolute https URL", Found: v.Shown(), Pointer: pointer, Exchange: a.exchange}) ||
		host == "" {
		return
	}
	p.holds(strings.EqualFold(u.Hostname(), host), Finding{Message: "the URL is of another host than the description", Found: v.Text(),
		Expected: host, Pointer: pointer, Exchange: a.exchange})
}

var registrationRows = []row{{
	id: "PR-1.2", level: LevelMust, clause: "Security Framework 1.1, dynamic registration; RFC 7591, 3.2.1",
	title: "A client can register without a token, and is told everything that it registered, with id, secret and their times.",
	fix:   "Answer 201 with the metadata as registered, client_id, client_secret, client_id_issued_at and client_secret_expires_at.",
	needs: needsProvider, run: checkRegistration,
}, {
	id: "PR-1.3", level: LevelMust, clause: "Security Framework 1.1, dynamic registration; RFC 7591, 3.2.2",
	title: "A registration with plain http, with hosts that differ, with a member missing or with a text for a list is refused " +
		"with 400 and an error.",
	fix:   "Compare the host names of all URLs, ask for https, and answer 400 with error invalid_redirect_uri or invalid_client_metadata.",
	needs: needsProvider, run: checkRegistrationErrors,
}}

func checkRegistration(p *probe, v *service) error {
	d, err := p.describe(v)
	if err != nil {
		return err
	}
	a := p.register(v, d, nil)
	if !p.status(a, "the registration", http.StatusCreated) {
		return nil
	}
	root, err := a.json()
	if !p.holds(err == nil, Finding{Message: "the answer is no JSON", Exchange: a.exchange}) {
		return nil
	}
	for _, name := range []string{"client_id", "client_secret", "client_id_issued_at", "client_secret_expires_at", "client_name",
		"client_uri",
		"logo_uri", "tos_uri", "policy_uri", "software_id", "software_version", "redirect_uris", "scope"} {
		p.holds(root.Get(name).Exists(), Finding{Message: "the answer lacks a member", Pointer: "/" + name, Exchange: a.exchange})
	}
	for _, name := range []string{"redirect_uris", "grant_types", "response_types"} {
		if m := root.Get(name); m.Exists() {
			p.holds(m.Kind() == jsonx.Array, Finding{Message: "a list is not an array", Pointer: "/" + name, Found: m.Shown(),
				Exchange: a.exchange})
		}
	}
	if !strings.Contains(a.header.Get("Cache-Control"), "no-store") {
		p.warn(Finding{Message: "the answer holds a secret and may be stored", Expected: "Cache-Control: no-store", Exchange: a.exchange})
	}
	return nil
}

// badRegistrations are what must be refused.
var badRegistrations = []struct {
	what   string
	change func(map[string]any)
}{
	{"a redirect URI of plain http", func(m map[string]any) { m["redirect_uris"] = []string{"http://conformance.example/callback"} }},
	{"a logo of another host", func(m map[string]any) { m["logo_uri"] = "https://elsewhere.example/logo.png" }},
	{"no logo_uri", func(m map[string]any) { delete(m, "logo_uri") }},
	{"a text for redirect_uris", func(m map[string]any) { m["redirect_uris"] = redirectURI }},
}

func checkRegistrationErrors(p *probe, v *service) error {
	d, err := p.describe(v)
	if err != nil {
		return err
	}
	for _, bad := range badRegistrations {
		a := p.register(v, d, bad.change)
		if !p.status(a, "a registration with "+bad.what, http.StatusBadRequest) {
			continue
		}
		root, err := a.json()
		p.holds(err == nil && root.Get("error").Text() != "", Finding{Message: "the refusal of " + bad.what + " has no error",
			Exchange: a.exchange})
	}
	return nil
}
