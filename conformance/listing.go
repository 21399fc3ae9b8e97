package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// listed is a credential in an answer of getCredentials.
type listed struct {
	text       []byte
	token      bool // it stood in compactJwsString
	id, issuer string
}

// is reports whether it is the credential that was made: by issuer and id, as the standard
// tells credentials apart.
func (l *listed) is(m *made) bool { return l.id == m.id && l.issuer == m.issuer }

// page is an answer of getCredentials.
type page struct {
	*answer
	items []listed
	next  string
}

// page asks for one page. What is wrong with its form is a finding.
func (p *probe) page(u, token string) *page {
	a := p.get(u, token)
	if !p.status(a, "getCredentials", http.StatusOK) {
		return nil
	}
	root, err := a.json()
	if !p.holds(err == nil && root.Kind() == jsonx.Object, Finding{Message: "the list is no JSON object", Exchange: a.exchange}) {
		return nil
	}
	one := &page{answer: a}
	for v := root.First(); v.Exists(); v = v.Next() {
		known := v.Name() == "credential" || v.Name() == "compactJwsString"
		p.holds(known && v.Kind() == jsonx.Array, Finding{Message: "the list has another member than the arrays credential and " +
			"compactJwsString",
			Found: v.Name(), Exchange: a.exchange})
		if known {
			for _, item := range v.Items() {
				one.items = append(one.items, listedOf(item, v.Name() == "compactJwsString"))
			}
		}
	}
	for _, l := range rest.ParseLink(a.header.Values("Link")...) {
		if to, err := url.Parse(l.URL); err == nil && l.Is("next") {
			base, _ := url.Parse(u)
			one.next = base.ResolveReference(to).String()
		}
	}
	return one
}

func listedOf(v jsonx.Value, token bool) listed {
	l := listed{text: v.Raw(), token: token}
	if v.Kind() == jsonx.String {
		l.text = []byte(v.Text())
	}
	if doc, err := vc.Parse(l.text); err == nil {
		l.id, l.issuer = doc.ID(), doc.IssuerID()
	}
	return l
}

// mostPages bounds a walk: of pages of one, more credentials than the suite writes and a
// test account needs.
const mostPages = 200

// walk follows the links from page to page. The error says why it does not end.
func (p *probe) walk(u, token string) (all []listed, err error) {
	origin := originOf(u)
	seen := map[string]bool{}
	for n := 0; u != ""; n++ {
		switch {
		case seen[u]:
			return all, fmt.Errorf("the link next leads to a page that was seen already")
		case originOf(u) != origin:
			return all, fmt.Errorf("the link next leads to another host: %s", u)
		case n == mostPages:
			return all, fmt.Errorf("there are more than %d pages", mostPages)
		}
		seen[u] = true
		one := p.page(u, token)
		if one == nil {
			return all, fmt.Errorf("a page cannot be read")
		}
		all = append(all, one.items...)
		u = one.next
	}
	return all, nil
}

func originOf(u string) string {
	parsed, err := url.Parse(u)
	if err != nil {
		return ""
	}
	return parsed.Scheme + "://" + strings.ToLower(parsed.Host)
}

// everything is the whole list, as one request or as many as the product makes of it.
func (p *probe) everything(v *service, token string) ([]listed, error) {
	var all []listed
	err := p.aside(v.prefix+"-H-PR-3.1", func(sub *probe) (err error) {
		if all, err = sub.walk(v.base+"/credentials", token); err != nil {
			return blocked{v.prefix + "-H-PR-3.1", "the list cannot be read: " + err.Error()}
		}
		return nil
	})
	return all, err
}

// find looks for a credential in the whole list.
func (p *probe) find(v *service, token string, m *made) (found []listed, err error) {
	all, err := p.everything(v, token)
	for k := range all {
		if all[k].is(m) {
			found = append(found, all[k])
		}
	}
	return found, err
}

// sameJSON reports whether two texts are the same value of JSON.
func sameJSON(a, b []byte) bool {
	var left, right any
	if json.Unmarshal(a, &left) != nil || json.Unmarshal(b, &right) != nil {
		return bytes.Equal(a, b)
	}
	one, _ := json.Marshal(left)
	other, _ := json.Marshal(right)
	return bytes.Equal(one, other)
}

// fill sees to it that the account has a few credentials, where the product can be written to.
// They stay what they are: other checks make their own.
func (p *probe) fill(v *service) error {
	d, err := p.describe(v)
	if err != nil || v.filled || !d.offers(v.scope(scopeUpsert)) {
		return err
	}
	v.filled = true
	token, err := p.token(v, scopeUpsert)
	if err != nil {
		return err
	}
	return p.aside(v.prefix+"-H-PW-2.1", func(sub *probe) error {
		for k := range 5 {
			m, err := sub.make(v.standard, recipe{token: k == 0, from: sub.s.world.Now().AddDate(0, -k-1, 0)})
			if err != nil {
				return err
			}
			if a := sub.upsert(v, token, m); a == nil || a.status/100 != 2 {
				return blocked{v.prefix + "-H-PW-2.1", "the product does not take credentials, and the list needs some"}
			}
		}
		return nil
	})
}

// reader is a token that reads, of an account that has something to read.
func (p *probe) reader(v *service) (string, error) {
	if err := p.fill(v); err != nil {
		return "", err
	}
	return p.token(v, scopeRead)
}
