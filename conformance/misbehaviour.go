package conformance

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// misbehaviour is what the reference host does by a name, and what a product does about it.
type misbehaviour struct {
	name, does, must string
	fault            string // of the host, where it is called otherwise
	write            bool
	judge            func(*probe, *conversation)
}

const (
	needsClock  = "the suite cannot run this yet: it has to move the product's clock"
	needsViewer = "the suite cannot run this yet: it has to see what the product shows of a list"
	needsWire   = "the suite cannot run this yet: its reference host does not do it"
)

// unbuilt says why a misbehaviour has no judge.
var unbuilt = map[string]string{
	"sdd-cached": needsClock, "reg-expiring": needsClock, "retry-after": needsClock,
	"tampered": needsViewer, "expired": needsViewer, "revoked": needsViewer, "foreign-subject": needsViewer,
	"post-405": needsWire, "huge": needsWire, "slow": needsWire,
}

var misbehaviours = []misbehaviour{
	{name: "sdd-no-scheme", does: "names URLs without a scheme", must: "connects, or says why not", judge: connectsOrSays},
	{name: "sdd-http", does: "names URLs of plain http", must: "refuses them", judge: noToken},
	{name: "sdd-foreign", does: "names URLs of another host", must: "refuses them", judge: nothingAbroad},
	{name: "sdd-cached", does: "sends the description with an ETag and a time to keep it",
		must: "does not ask earlier, and then with If-None-Match"},
	{name: "reg-expiring", does: "registers with a secret that ends in a minute", must: "registers again"},
	{name: "scope-narrowed", does: "grants less than was asked", must: "does not call what was not granted, and tells the person",
		judge: keepsToScope},
	{name: "state-wrong", does: "redirects with another state", must: "refuses, and asks for no token", judge: noToken},
	{name: "iss-wrong", does: "redirects with another iss", must: "refuses, and asks for no token", judge: noToken},
	{name: "denied", does: "says that the person did not allow it", must: "tells so, and does not try again by itself", judge: givesUp},
	{name: "token-401-basic", does: "refuses the client with 401", must: "tells so", judge: saysSo},
	{name: "token-400", does: "refuses the client with 400", must: "tells so", judge: saysSo},
	{name: "token-no-scope", does: "leaves scope out of the token answer", must: "goes on", judge: goesOn},
	{name: "bearer-lowercase", does: "calls the token type bearer", must: "goes on", judge: goesOn},
	{name: "no-expires", does: "does not say how long the token lives", must: "goes on", judge: goesOn},
	{name: "expired-401", does: "refuses the token once", must: "refreshes once and asks once more", judge: refreshes},
	{name: "refresh-dead", does: "refuses the refresh token", must: "shows that the connection is broken, and offers to connect " +
		"again", fault: "refresh-401", judge: saysSo},
	{name: "403", does: "refuses the scope", must: "does not refresh in a loop", judge: saysSo},
	{name: "retry-after", does: "is busy, and says for how long", must: "waits as long"},
	{name: "503-always", does: "is always busy", must: "comes again after half an hour, twice, and then tells the person", judge: saysSo},
	{name: "page-short", does: "gives fewer credentials than were asked for", must: "gets all the same", judge: (*probe).pagesRead},
	{name: "page-no-link", does: "sends no Link", must: "gets all by offset", fault: "short-no-link", judge: (*probe).pagesRead},
	{name: "page-no-total", does: "sends no X-Total-Count", must: "goes on", judge: goesOn},
	{name: "page-loop", does: "has next lead to the same page", must: "stops", fault: "short-loop", judge: stops},
	{name: "next-foreign", does: "has next lead to another host", must: "stops, and sends no token there", fault: "short-foreign",
		judge: nothingAbroad},
	{name: "both-arrays", does: "sends credentials in both arrays", must: "shows all", fault: "none", judge: goesOn},
	{name: "jws-plural", does: "calls the array of tokens compactJwsStrings", must: "shows all", judge: goesOn},
	{name: "upsert-200", does: "answers a new credential with 200", must: "takes it for done", write: true, judge: isDone},
	{name: "upsert-201", does: "answers a credential with 201", must: "takes it for done", fault: "none", write: true, judge: isDone},
	{name: "upsert-304", does: "answers a credential with 304", must: "takes it for done", fault: "new-304", write: true, judge: isDone},
	{name: "upsert-202", does: "answers a profile with 202", must: "takes it for done", write: true, judge: isDone},
	{name: "post-405", does: "takes profiles by POST alone", must: "tries POST, or says what is wrong", write: true},
	{name: "tampered", does: "lists a credential that was tampered with", must: "does not show it as valid"},
	{name: "expired", does: "lists a credential that expired", must: "does not show it as valid"},
	{name: "revoked", does: "lists a credential that was revoked", must: "does not show it as valid"},
	{name: "foreign-subject", does: "lists a credential of somebody else", must: "does not show it as the person's"},
	{name: "redirect-307", does: "redirects the token request", must: "does not send its secret again", judge: nothingAbroad},
	{name: "huge", does: "answers without an end", must: "stops reading, and says why"},
	{name: "slow", does: "answers a byte a second", must: "gives up, and says why"},
	{name: "garbage", does: "answers with half of a JSON text", must: "says what is wrong", judge: saysSo},
	{name: "html", does: "answers with a page for people", must: "says what is wrong", judge: saysSo},
}

// check is the check of a product at such a host.
func (m misbehaviour) check(d *standard) Check {
	c := Check{ID: d.prefix + "-H-CX-" + m.name, Role: d.asRead, Guides: d.guides, Basis: BasisOurs, Clause: "REST binding, robustness",
		Level: LevelExtra, Evidence: EvidenceActs, Needs: []Need{NeedConsumer}, Title: "A host " + m.does + ": the product " + m.must + ".",
		Fix: "Have the product do what the title says.", Unbuilt: unbuilt[m.name]}
	if m.write {
		c.Role = d.asWrite
	}
	fault := m.fault
	switch fault {
	case "":
		fault = m.name
	case "none":
		fault = ""
	}
	if m.judge != nil {
		c.run = func(p *probe) error {
			talk, err := p.converse(d, fault)
			if err == nil {
				m.judge(p, talk)
			}
			return err
		}
	}
	return c
}

// mostTries is how often a product may ask for the same that was refused: by itself, after a
// new token, and after a new registration.
const mostTries = 3

func connectsOrSays(p *probe, c *conversation) {
	p.holds(c.said != nil || len(c.tokenRequests("authorization_code")) > 0,
		Finding{Message: "the product neither connects nor says why not"})
}

func noToken(p *probe, c *conversation) {
	p.holds(len(c.tokenRequests("authorization_code")) == 0, Finding{Message: "the product asks for a token all the same"})
	p.holds(c.said != nil, Finding{Message: "the product does not say that it could not connect"})
}

func nothingAbroad(p *probe, c *conversation) {
	for _, r := range c.abroad() {
		p.fail(Finding{Message: "the product sends a secret to another host", Found: r.Method + " " + r.Path})
	}
	p.holds(true, Finding{})
}

func keepsToScope(p *probe, c *conversation) {
	if len(c.scopes()) < 2 {
		p.warn(Finding{Message: "the product asks for one scope alone, so that nothing could be left out"})
		return
	}
	granted := c.scopes()[0]
	for _, op := range []struct{ method, path, scope string }{
		{http.MethodGet, "/credentials", scopeRead}, {http.MethodPost, "/credentials", scopeUpsert},
		{http.MethodGet, "/profile", scopeProfile}, {http.MethodPut, "/profile", scopeProfileWrite},
	} {
		p.holds(op.scope == granted || len(c.to(op.method, c.path+op.path)) == 0,
			Finding{Message: "the product calls what was not granted", Found: op.method + " " + op.path, Expected: granted})
	}
}

func givesUp(p *probe, c *conversation) {
	noToken(p, c)
	p.holds(len(c.authorizations()) == 1, Finding{Message: "the product asks the person again by itself",
		Found: fmt.Sprint(len(c.authorizations()))})
}

// saysSo looks whether the product gives up and says so.
func saysSo(p *probe, c *conversation) {
	p.holds(c.said != nil, Finding{Message: "the product does not say that something is wrong"})
	for _, one := range []struct {
		what string
		n    int
	}{{"the token", len(c.tokenRequests("authorization_code"))}, {"a refresh", len(c.tokenRequests("refresh_token"))}, {"the list",
		len(c.lists())}} {
		p.holds(one.n <= mostTries, Finding{Message: "the product asks for " + one.what + " again and again", Found: fmt.Sprint(one.n)})
	}
}

func goesOn(p *probe, c *conversation) {
	p.holds(c.said == nil, Finding{Message: fmt.Sprintf("the product gives up: %v", c.said)})
	p.holds(len(c.lists()) > 0, Finding{Message: "the product does not ask for the credentials"})
}

func refreshes(p *probe, c *conversation) {
	p.holds(c.said == nil, Finding{Message: fmt.Sprintf("the product gives up: %v", c.said)})
	n := len(c.tokenRequests("refresh_token"))
	p.holds(n > 0, Finding{Message: "the product does not refresh its token"})
	p.holds(n <= mostTries, Finding{Message: "the product refreshes again and again", Found: fmt.Sprint(n)})
}

func stops(p *probe, c *conversation) {
	same := map[string]int{}
	for _, r := range c.lists() {
		q, _ := url.ParseQuery(r.Query)
		same[q.Encode()]++
	}
	for _, query := range sortedKeys(same) {
		n := same[query]
		p.holds(n <= mostTries, Finding{Message: "the product asks for one page again and again",
			Found: strings.TrimSpace(query + " " + fmt.Sprint(n))})
	}
	p.holds(len(c.lists()) > 0, Finding{Message: "the product does not ask for the credentials"})
}

// isDone looks whether the product sent something and takes the answer for success.
func isDone(p *probe, c *conversation) {
	sent := len(c.to(http.MethodPost, c.path+"/credentials")) + len(c.to(http.MethodPut, c.path+"/profile"))
	p.holds(sent > 0, Finding{Message: "the product sends nothing"})
	p.holds(c.said == nil, Finding{Message: fmt.Sprintf("the product takes it for a failure: %v", c.said)})
}
