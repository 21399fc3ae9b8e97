package intake

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/lru"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// anchor is the trust anchor of a federation, by its entity configuration: a token that it
// signed about itself (OpenID Federation 1.0, 3). It is believed because the operator named
// its URL, and what it says of others because its keys signed that.
type anchor struct {
	id       string // its entity identifier
	keys     jsonx.Value
	endpoint *url.URL // where it is asked for what it says of others
	until    time.Time
	known    *lru.Cache[answered]
	asked    window
}

// answered is what the anchor said of an issuer, nothing where it does not know it.
type answered struct {
	listed Listed
	ok     bool
	until  time.Time
}

// window counts the requests of a minute.
type window struct {
	began time.Time
	count int
}

// window returns what was asked so far, of an anchor or of none yet.
func (a *anchor) window() window {
	if a == nil {
		return window{}
	}
	return a.asked
}

// grant takes one request, false where the minute has no more.
func (w *window) grant(now time.Time, most int) bool {
	if !within(now, w.began, time.Minute) {
		*w = window{began: now}
	}
	w.count++
	return w.count <= most
}

const (
	maxStatement  = 256 << 10 // bytes of a statement: some hold a logo
	maxAnchorKeys = 16
	answersBytes  = 1 << 20 // of what an anchor said, some thousands of issuers
	statementSkew = 5 * time.Minute
)

// readAnchor checks an entity configuration: by a key of its own, about itself, in force.
func readAnchor(text []byte, now time.Time) (*anchor, *vc.Problem) {
	claims, until, p := readStatement(text, jsonx.Value{}, now)
	if p != nil {
		return nil, p
	}
	a := &anchor{id: jsonx.Content(claims.Get("iss")), keys: claims.Get("jwks"), until: until}
	if a.id == "" || a.id != jsonx.Content(claims.Get("sub")) {
		return nil, registryWords.Problem(CodeFederationStatement, "", "an entity configuration about somebody else")
	}
	entity := claims.Get("metadata").Get("federation_entity")
	endpoint, err := url.Parse(jsonx.Content(entity.Get("federation_fetch_endpoint")))
	if err != nil || endpoint.Scheme != "https" || endpoint.Host == "" {
		return nil, registryWords.Problem(CodeFederationStatement, "", "an entity configuration without a federation_fetch_endpoint")
	}
	a.endpoint = endpoint
	a.known = lru.New(answersBytes, func(s answered) int { return 64 + len(s.listed.ID) + len(s.listed.Name) + len(s.listed.URL) })
	return a, nil
}

// issuer asks the anchor for an issuer, within its limit. What it does not say is not kept
// as its word.
func (a *anchor) issuer(ctx context.Context, c *RegistriesConfig, s *source, id string) (Listed, bool) {
	now := c.Now()
	if known, ok := a.known.Get(id); ok && now.Before(known.until) {
		return known.listed, known.ok
	}
	if !a.asked.grant(now, c.MaxRequests) {
		s.problem = registryWords.Problem(CodeRegistryBusy, "", vc.Quote(s.Name))
		return Listed{}, false
	}
	said, p := a.ask(ctx, c, s, id, now)
	if p != nil {
		s.problem, s.tried = p, now
		return Listed{}, false
	}
	a.known.Put(id, said)
	return said.listed, said.ok
}

func (a *anchor) ask(ctx context.Context, c *RegistriesConfig, s *source, id string, now time.Time) (answered, *vc.Problem) {
	u := *a.endpoint
	query := u.Query()
	query.Set("sub", id)
	u.RawQuery = query.Encode()
	response, err := c.Fetcher.Fetch(ctx, u.String())
	if e, ok := err.(*fetch.Error); ok && e.Absent() {
		return answered{until: now.Add(c.TTL)}, nil
	}
	if err != nil {
		return answered{}, vc.ProblemOf(err)
	}
	claims, until, p := readStatement(response.Body, a.keys, now)
	switch {
	case p != nil:
		return answered{}, p
	case jsonx.Content(claims.Get("iss")) != a.id || jsonx.Content(claims.Get("sub")) != id:
		return answered{}, registryWords.Problem(CodeFederationStatement, "", "a statement by or about somebody else")
	}
	entity := claims.Get("metadata").Get("federation_entity")
	l := Listed{ID: id, Name: jsonx.Content(entity.Get("organization_name")), Registry: s.Name, Trust: s.Trust}
	if page := jsonx.Content(entity.Get("homepage_uri")); strings.HasPrefix(page, "https://") {
		l.URL = page
	}
	if tooLong(l) {
		return answered{}, registryWords.Problem(CodeFederationStatement, "", "a name or an address that is too long")
	}
	if next := now.Add(c.TTL); next.Before(until) {
		until = next
	}
	return answered{l, true, until}, nil
}

// readStatement checks the signature and the time of an entity statement. Without keys it is
// one about whoever signed it, and its own are meant.
func readStatement(text []byte, keys jsonx.Value, now time.Time) (claims jsonx.Value, until time.Time, p *vc.Problem) {
	fail := func(found string, cause error) (jsonx.Value, time.Time, *vc.Problem) {
		p := registryWords.Problem(CodeFederationStatement, "", found)
		p.Err = cause
		return jsonx.Value{}, time.Time{}, p
	}
	doc, err := vc.ParseConfig{MaxTokenBytes: maxStatement, MaxBytes: maxStatement}.Parse(bytes.TrimSpace(text))
	if err != nil || doc.Token() == nil {
		return fail("no token", err)
	}
	header, claims := door.Token(doc)
	if header.Get("crit").Exists() {
		return fail("a parameter crit", nil)
	}
	until, err = numeric(claims.Get("exp"))
	switch {
	case err != nil:
		return fail("no time until which it is good", err)
	case !now.Before(until):
		return jsonx.Value{}, until, registryWords.Problem(CodeFederationExpired, "", until.Format(time.RFC3339))
	}
	if issued, err := numeric(claims.Get("iat")); err != nil || issued.After(now.Add(statementSkew)) {
		return fail("no time of the past at which it was made", err)
	}
	if !keys.Exists() {
		keys = claims.Get("jwks")
	}
	if p := signedBy(doc, header, keys); p != nil {
		return jsonx.Value{}, until, p
	}
	return claims, until, nil
}

// numeric reads a NumericDate; one federation in use writes it as a text.
func numeric(v jsonx.Value) (time.Time, error) {
	if v.Kind() == jsonx.String {
		return datetime.Numeric(v.Text())
	}
	return datetime.Numeric(string(v.Raw()))
}

// signedBy checks that one of the keys signed a token: the one that the header names, or any.
func signedBy(doc *vc.Document, header, keys jsonx.Value) *vc.Problem {
	algorithm, p := token.AlgorithmOf(header)
	if p != nil {
		return p
	}
	kid := jsonx.Content(header.Get("kid"))
	last := registryWords.Problem(CodeFederationKey, "", "")
	if kid != "" {
		last.Found = vc.Quote(kid)
	}
	n := 0
	for v := keys.Get("keys").First(); v.Exists() && n < maxAnchorKeys; v = v.Next() {
		n++
		key, err := keyOf(v, kid, algorithm)
		if err == nil && key != nil {
			err = token.CheckSignature(doc.Token(), algorithm, key)
			if err == nil {
				return nil
			}
		}
		if err != nil {
			last.Err = err
		}
	}
	return last
}

// keyOf reads a key that may have signed, nil where it is another than the one named.
func keyOf(v jsonx.Value, kid string, algorithm proof.Algorithm) (*proof.Key, error) {
	jwk, err := multikey.ParseJWK(v)
	if err != nil {
		return nil, err
	}
	if kid != "" && jwk.ID != kid || jwk.Algorithm != "" && jwk.Algorithm != string(algorithm) ||
		jwk.Use != "" && jwk.Use != "sig" || len(jwk.Operations) > 0 && !slices.Contains(jwk.Operations, "verify") {
		return nil, nil
	}
	return proof.NewKey(jwk.Key)
}
