package conformance

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/conformance/refhost"
)

// conversation is what a product did as a client of a reference host.
type conversation struct {
	*standard
	host *peer
	said error // what the product said of it
	seen []refhost.Request
}

// converse has the product connect to a host of its own with a fault, "" for none. Of one that gets
// no token from a host without a fault nothing else is asked.
func (p *probe) converse(d *standard, fault string) (*conversation, error) {
	first := d.prefix + "-H-CR-1"
	if p.check.ID != first {
		connects, known := p.s.connects[d.prefix]
		if !known {
			c, err := p.talk(d, "")
			if err != nil {
				return nil, err
			}
			connects = len(c.tokenRequests("authorization_code")) > 0
			p.s.connects[d.prefix] = connects
		}
		if !connects {
			return nil, blocked{first, "the product does not get as far as a token: see " + first}
		}
	}
	return p.talk(d, fault)
}

// talk is one conversation. A product that asks nothing has not been tested.
func (p *probe) talk(d *standard, fault string) (*conversation, error) {
	h, err := p.s.serve(fault, p.check.ID)
	if err != nil {
		return nil, err
	}
	defer h.stop()
	c := &conversation{standard: d, host: h}
	c.said = p.s.suite.Consumer.Start(p.ctx, Peer{DiscoveryURL: h.Discovery(d == &records), Roots: h.roots})
	if c.seen = h.Seen(); len(c.seen) == 0 {
		return nil, silent("host", c.said)
	}
	return c, nil
}

// silent is why nothing can be said of a product that asked nothing, with what it says itself.
func silent(whom string, said error) error {
	reason := "the product asked the " + whom + " nothing"
	if said != nil {
		reason += ": " + said.Error()
	}
	return blocked{"", reason}
}

// to are the requests with a method and the end of a path.
func (c *conversation) to(method, path string) (all []refhost.Request) {
	for _, r := range c.seen {
		if r.Method == method && strings.HasSuffix(r.Path, path) {
			all = append(all, r)
		}
	}
	return all
}

// The steps of a conversation.
func (c *conversation) registrations() []refhost.Request {
	return c.to(http.MethodPost, "/oauth/register")
}
func (c *conversation) authorizations() []refhost.Request {
	return c.to(http.MethodGet, "/oauth/authorize")
}
func (c *conversation) lists() []refhost.Request { return c.to(http.MethodGet, c.path+"/credentials") }

// tokenRequests are those of a grant type.
func (c *conversation) tokenRequests(grantType string) (all []refhost.Request) {
	for _, r := range c.to(http.MethodPost, "/oauth/token") {
		if f, err := url.ParseQuery(string(r.Body)); err == nil && f.Get("grant_type") == grantType {
			all = append(all, r)
		}
	}
	return all
}

// abroad are the requests to the foreign name of the host that carry a secret.
func (c *conversation) abroad() (all []refhost.Request) {
	for _, r := range c.seen {
		if "https://"+r.Host == c.host.Foreign() && (r.Authorization != "" || len(r.Body) > 0) {
			all = append(all, r)
		}
	}
	return all
}

// scopes are those that the product asked for, without their prefix.
func (c *conversation) scopes() (all []string) {
	for _, r := range c.authorizations() {
		q, _ := url.ParseQuery(r.Query)
		for _, name := range strings.Fields(q.Get("scope")) {
			if name = strings.TrimPrefix(name, c.standard.scopes); !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}
