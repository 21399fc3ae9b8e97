package oauthclient

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Host is a service of the standard, as its service description document has it.
type Host struct {
	Discovery string // the URL of the document, which tells one host from another
	Base      string // of the service: Discovery without its last segment
	Title     string // what the host calls itself
	Terms     string // URLs, "" where it names none
	Policy    string
	Image     string
	Scopes    []string // that it has, "" for a host that names none

	Registration  string // the endpoints
	Authorization string
	Token         string
	Refresh       string // that of Token by default
	Revocation    string // "" where none is offered

	// Issuer is what the host must call itself in its answers (RFC 9207), "" where it has no
	// metadata of RFC 8414.
	Issuer string
	// NamesIssuer says that it always does.
	NamesIssuer bool
}

// The base paths of the standards, in the order in which they are tried.
var bases = []string{"/ims/ob/v3p0", "/ims/clr/v2p0"}

// Discover finds the service at an address: that of its service description document, its
// base, or what stands before that, such as "https://backpack.example/demo", where a badge
// service comes before a record service. The error matches ErrNoService where there is none,
// ErrHost where it cannot be used, and else is that of the Fetcher.
func (cl *Client) Discover(ctx context.Context, address string) (*Host, error) {
	candidates, err := candidates(address)
	if err != nil {
		return nil, &Error{Op: "discovery", Err: because(ErrNoService, err)}
	}
	var last error
	for _, at := range candidates {
		resp, err := cl.fetcher.Fetch(ctx, at)
		if err == nil {
			return cl.describe(ctx, at, resp.Body)
		}
		last = &Error{Op: "discovery", URL: at, Err: because(ErrNoService, err)}
		if !elsewhere(err) {
			return nil, &Error{Op: "discovery", URL: at, Err: err}
		}
	}
	return nil, last
}

// elsewhere reports whether a host has answered that there is no such document.
func elsewhere(err error) bool {
	said, ok := errors.AsType[*fetch.Error](err)
	return ok && !said.Temporary() && (said.Absent() || said.Code == fetch.CodeHTML || said.Code == fetch.CodeStatus)
}

// candidates are the URLs at which a service description document may be.
func candidates(address string) ([]string, error) {
	address = strings.TrimSpace(address)
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := httpsURL(address)
	if err != nil {
		return nil, err
	}
	u.RawQuery, u.RawPath = "", ""
	u.Path = strings.TrimRight(u.Path, "/")
	switch {
	case strings.HasSuffix(u.Path, "/discovery"):
		return []string{u.String()}, nil
	case slices.ContainsFunc(bases, func(base string) bool { return strings.HasSuffix(u.Path, base) }):
		return []string{u.String() + "/discovery"}, nil
	}
	var all []string
	for _, base := range bases {
		all = append(all, u.String()+base+"/discovery")
	}
	return all, nil
}

// describe reads a service description document: tolerantly, since no two hosts write it
// alike, but for where it sends secrets.
func (cl *Client) describe(ctx context.Context, at string, text []byte) (*Host, error) {
	bad := func(why string, cause error) error {
		return &Error{Op: "discovery", URL: at, Detail: why, Err: because(ErrHost, cause)}
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: longestAnswer}, nil)
	if err != nil {
		return nil, bad("its service description is no JSON", err)
	}
	root := doc.Root()
	scheme := root.Get("components").Get("securitySchemes").Get("OAuth2ACG")
	flow := scheme.Get("flows").Get("authorizationCode")
	if !flow.Exists() {
		return nil, bad("its service description has no OAuth2ACG with the authorization code flow", nil)
	}
	h := &Host{
		Discovery: at, Base: strings.TrimSuffix(at, "/discovery"), Title: jsonx.Content(root.Get("info").Get("title")),
		Terms:  either("x-imssf-termsOfServiceUrl", "termsOfService", scheme, root.Get("info")),
		Policy: either("x-imssf-privacyPolicyUrl", "x-imssf-privacyPolicy", scheme, root.Get("info")),
		Image:  jsonx.Content(root.Get("info").Get("x-imssf-image")), Scopes: scopesOf(flow.Get("scopes")),
	}
	for _, one := range []struct {
		to   *string
		text string
	}{
		{&h.Registration, jsonx.Content(scheme.Get("x-imssf-registrationUrl"))},
		{&h.Authorization, jsonx.Content(flow.Get("authorizationUrl"))},
		{&h.Token, jsonx.Content(flow.Get("tokenUrl"))}, {&h.Refresh, jsonx.Content(flow.Get("refreshUrl"))},
		{&h.Revocation, jsonx.Content(scheme.Get("x-laurel-revocationUrl"))},
	} {
		if *one.to, err = cl.endpoint(at, one.text); err != nil {
			return nil, bad("an endpoint that it names cannot be used", err)
		}
	}
	if h.Registration == "" || h.Authorization == "" || h.Token == "" {
		return nil, bad("its service description lacks the URL of registration, authorization or tokens", nil)
	}
	if h.Refresh == "" {
		h.Refresh = h.Token
	}
	cl.metadata(ctx, h)
	return h, nil
}

// either is the first member that is a text, by two names in two objects.
func either(name, other string, objects ...jsonx.Value) string {
	for _, object := range objects {
		for _, member := range []string{name, other} {
			if text := jsonx.Content(object.Get(member)); text != "" {
				return text
			}
		}
	}
	return ""
}

func scopesOf(object jsonx.Value) (all []string) {
	for v := object.First(); v.Exists(); v = v.Next() {
		all = append(all, v.Name())
	}
	return all
}

// endpoint reads the URL of an endpoint, "" for none. It is at the host that describes it,
// or one of Config.Hosts: nobody else gets a secret. The samples of the standard leave the
// scheme out.
func (cl *Client) endpoint(discovery, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if !strings.Contains(text, "://") {
		text = "https://" + strings.TrimPrefix(text, "//")
	}
	u, err := httpsURL(text)
	if err != nil {
		return "", err
	}
	own, err := url.Parse(discovery)
	if err != nil || !strings.EqualFold(u.Hostname(), own.Hostname()) && !slices.ContainsFunc(cl.c.Hosts, func(host string) bool {
		return strings.EqualFold(host, u.Hostname())
	}) {
		return "", errors.New("it is at another host than its service")
	}
	return u.String(), nil
}

// metadata adds what a host says by RFC 8414, where it does: for people whose host has no
// place for it in the service description. The issuer is the host with what stands before
// the base, and its own document must say so (3.3).
func (cl *Client) metadata(ctx context.Context, h *Host) {
	u, err := url.Parse(h.Discovery)
	if err != nil {
		return
	}
	path, _, _ := strings.Cut(u.Path, "/ims/")
	path = strings.TrimSuffix(path, "/")
	resp, err := cl.fetcher.Fetch(ctx, "https://"+u.Host+"/.well-known/oauth-authorization-server"+path)
	if err != nil {
		return
	}
	doc, err := jsonx.Parse(resp.Body, jsonx.Limits{Bytes: longestAnswer}, nil)
	if err != nil {
		return
	}
	root := doc.Root()
	if issuer := "https://" + u.Host + path; jsonx.Content(root.Get("issuer")) != issuer ||
		jsonx.Content(root.Get("token_endpoint")) != h.Token {
		return
	}
	h.Issuer = jsonx.Content(root.Get("issuer"))
	h.NamesIssuer = root.Get("authorization_response_iss_parameter_supported").Kind() == jsonx.True
	if to, err := cl.endpoint(h.Discovery, jsonx.Content(root.Get("revocation_endpoint"))); err == nil && h.Revocation == "" {
		h.Revocation = to
	}
}
