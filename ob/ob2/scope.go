package ob2

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// sameHost compares the hosts of two addresses. The scheme may differ: badges that were
// issued before their host had TLS name both.
func sameHost(a, b string) bool { h := hostOf(a); return h != "" && h == hostOf(b) }

// place judges a redirect, and returns where the document lies where its address is that of
// a service that only redirects, "" where the address stands for it.
//
// Open Badges 2.0 permits redirects and says nothing of hosts. One that leads away from the
// host that was asked is the word of that host, or of whoever found a page of it that
// redirects anywhere: nobody can tell. So it counts from services whose one purpose that is.
// Their hosts are shared by strangers, so from there on the document counts as standing
// where it was found.
func (c *Config) place(asked, final string) (string, *fault) {
	bare := func(address string) string { return strings.TrimPrefix(hostOf(address), "www.") }
	switch downgraded := strings.HasPrefix(asked, "https:") && !strings.HasPrefix(final, "https:"); {
	case !downgraded && bare(final) != "" && bare(asked) == bare(final):
		return "", nil
	case !downgraded && isWeb(final) && (slices.Contains(redirectors, hostOf(asked)) || slices.Contains(c.Redirectors, hostOf(asked))):
		return final, nil
	}
	return "", failed(problem(CodeRedirected, "", vc.Quote(final), hostOf(asked)))
}

// redirectors are the services for permanent addresses that standards of credentials use.
var redirectors = []string{"w3id.org", "purl.org", "purl.imsglobal.org"}

// publisher is an issuer with where its profile lies, "" where that is its id.
type publisher struct {
	*Profile
	place string
}

// at reports whether a document stands where the issuer publishes: by its id, and where a
// service redirected to it, by where it lies too.
func (p publisher) at(id, place string, prefixes bool) bool {
	if place == "" {
		return p.inScope(id, prefixes)
	}
	onSite := sameHost(place, cmp.Or(p.place, string(p.ID)))
	if v := p.Verification; v != nil {
		u, ok := parseWeb(place)
		onSite = onSite || ok && allowed(u, v.AllowedOrigins.Items)
		if u, ok := parseWeb(id); prefixes && len(v.StartsWith.Items) > 0 && (!ok || !begins(id, u, v.StartsWith.Items)) {
			return false
		}
	}
	return onSite
}

// inScope reports whether an issuer publishes at an address, as its profile says: on the
// hosts of allowedOrigins, its own by default, and below startsWith where that is given
// (Open Badges 2.0, VerificationObject).
func (p publisher) inScope(address string, prefixes bool) bool {
	issuer := p.Profile
	u, ok := parseWeb(address)
	if !ok {
		return false
	}
	hosts := []string{hostOf(cmp.Or(p.place, string(issuer.ID)))}
	var starts []string
	if v := issuer.Verification; v != nil {
		if !v.AllowedOrigins.IsZero() {
			hosts = v.AllowedOrigins.Items
		}
		starts = v.StartsWith.Items
	}
	return allowed(u, hosts) && (!prefixes || len(starts) == 0 || begins(address, u, starts))
}

// allowed compares with hosts, or origins, as issuers write both.
func allowed(u *url.URL, hosts []string) bool {
	for _, h := range hosts {
		if origin, ok := parseWeb(h); ok {
			h = origin.Host
		}
		if h = strings.ToLower(h); h != "" && (h == strings.ToLower(u.Host) || h == strings.ToLower(u.Hostname()) && u.Port() == "") {
			return true
		}
	}
	return false
}

// begins compares with prefixes: the text, and the host as a whole, so that
// https://school.example does not admit https://school.example.evil.example.
func begins(address string, u *url.URL, starts []string) bool {
	for _, s := range starts {
		if p, ok := parseWeb(s); ok && strings.HasPrefix(address, s) && strings.EqualFold(p.Host, u.Host) {
			return true
		}
	}
	return false
}
