package intake

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Source is a document of somebody else that a reading asked for, with what became of that.
type Source struct {
	Asked string `json:"asked"` // the URL or DID
	// From says who answered: network, cache, trust pack, resolver, or resolver at hand for
	// one that asks nobody.
	From      string `json:"from"`
	Found     string `json:"found,omitzero"` // where it was found, if elsewhere
	MediaType string `json:"mediaType,omitzero"`
	// FetchedAt is when the server answered, or the instant of the reading where the Fetcher does
	// not say; zero of packs and resolvers, which have no date.
	FetchedAt time.Time `json:"fetchedAt,omitzero"`
	// SHA256 is of the document, which is Text, or Base64 where it is no UTF-8.
	SHA256 string `json:"sha256,omitzero"`
	Text   string `json:"text,omitzero"`
	Base64 []byte `json:"base64,omitzero"`
	// Deactivated is set where a resolver said so beside the document.
	Deactivated bool `json:"deactivated,omitzero"`
	// Code, Status and Detail say why there is no document.
	Code   string `json:"code,omitzero"`
	Status int    `json:"status,omitzero"` // of HTTP
	Detail string `json:"detail,omitzero"`
}

// Who answers. Those of documents are the names of package fetch.
const (
	fromResolver = "resolver"
	fromAtHand   = "resolver at hand"
	fromFailed   = "nobody"
)

// Answer is what the operator's own functions said.
type Answer struct {
	To   string `json:"to"`   // authorize, inline-context or issuer
	Of   string `json:"of"`   // what was asked about
	Said string `json:"said"` // "yes" or "no"
	// Listed is what a registry says of an issuer.
	Listed *Listed `json:"listed,omitzero"`
}

const (
	toAuthorize = "authorize"
	toInline    = "inline-context"
	toIssuer    = "issuer"
)

// body is the document.
func (s *Source) body() []byte {
	if s.Base64 != nil {
		return s.Base64
	}
	return []byte(s.Text)
}

// check holds the document against its digest.
func (s *Source) check(i int) *vc.Problem {
	if s.Code == "" && digestOf(s.body()).SHA256 != s.SHA256 || s.Code != "" && s.Text+s.SHA256+string(s.Base64) != "" {
		return auditWords.Problem(CodeSourceAltered, "/sources/"+strconv.Itoa(i), vc.Quote(s.Asked))
	}
	return nil
}

func (s *Source) holds(body []byte) {
	if s.SHA256 = digestOf(body).SHA256; utf8.Valid(body) {
		s.Text = string(body)
		return
	}
	s.Base64 = body
}

// recorder listens to what a reading asks others.
type recorder struct {
	at      time.Time
	mu      sync.Mutex
	sources map[string]Source // by who was asked, and for what
	answers map[string]Answer
}

// listen returns the Config with the recorder between it and everything that it plugs in, and
// the instant at which its clock stands still.
func (k *recorder) listen(c Config) (Config, time.Time, error) {
	k.sources, k.answers = map[string]Source{}, map[string]Answer{}
	at, err := momentOf(c.Verify.Now)
	k.at = at
	v := &c.Verify
	v.Now = func() time.Time { return at }
	v.Status.Cache, v.Schemas.Cache = nil, nil
	if v.Fetcher != nil {
		v.Fetcher = fetch.Observe(v.Fetcher, k.fetched)
	}
	v.Resolver = k.resolver(v.Resolver)
	if ask := v.Authorize; ask != nil {
		v.Authorize = func(issuer, controller string) bool {
			return k.said(toAuthorize, issuer+" "+controller, ask(issuer, controller))
		}
	}
	if ask := v.InlineContexts; ask != nil {
		v.InlineContexts = func(text []byte) bool { return k.said(toInline, digestOf(text).SHA256, ask(text)) }
	}
	if ask := c.Issuer; ask != nil {
		c.Issuer = func(ctx context.Context, id string) (Listed, bool) {
			l, ok := ask(ctx, id)
			k.listed(id, l, ok)
			return l, ok
		}
	}
	return c, at, err
}

// resolver puts the recorder around each resolver of the caller's, and notes which ask nobody.
func (k *recorder) resolver(r did.Resolver) did.Resolver {
	switch r := r.(type) {
	case nil:
		return nil
	case did.Mux:
		all := make(did.Mux, len(r))
		for method, next := range r {
			all[method] = k.resolver(next)
		}
		return all
	case did.Static:
		return did.Observed{Next: r, Seen: func(id string, d *did.Document, err error) { k.resolved(fromAtHand, id, d, err) }}
	}
	return did.Observed{Next: r, Seen: func(id string, d *did.Document, err error) { k.resolved(fromResolver, id, d, err) }}
}

// fetched takes what a Fetcher answered.
func (k *recorder) fetched(url string, r *fetch.Response, err error) {
	s := Source{Asked: url, From: fromFailed}
	if err != nil {
		e, ok := err.(*fetch.Error)
		if !ok || e.Code == fetch.CodeBudget || strings.HasPrefix(url, "did:") {
			return // which a replay finds out by itself: of DIDs packs alone are asked
		}
		s.Code, s.Status, s.Detail = string(e.Code), e.Status, e.Detail
	} else {
		s.From, s.MediaType, s.FetchedAt = r.Source.String(), r.MediaType, r.FetchedAt.UTC()
		if r.FetchedAt.IsZero() && r.Source != fetch.SourcePack {
			s.FetchedAt = k.at
		}
		if r.URL != url {
			s.Found = r.URL
		}
		s.holds(r.Body)
	}
	k.keep("fetch "+s.From+" "+url, s)
}

// resolved takes what a resolver answered.
func (k *recorder) resolved(from, id string, d *did.Document, err error) {
	s := Source{Asked: id, From: from}
	if err != nil {
		p := vc.ProblemOf(err)
		if p == nil || p.Code == vc.Code(fetch.CodeBudget) {
			return
		}
		s.Code, s.Detail = string(p.Code), p.Message
	} else {
		s.holds(d.Bytes())
		own, parsed := did.ParseDocument(d.Bytes())
		s.Deactivated = d.Deactivated() && parsed == nil && !own.Deactivated()
	}
	k.keep("resolve "+id, s)
}

// keep takes a source: an answer rather than a failure, and the first rather than a later one,
// since a document that was asked for before the envelope was known to be authentic may have
// been refused then.
func (k *recorder) keep(key string, s Source) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if have, ok := k.sources[key]; !ok || have.Code != "" && s.Code == "" {
		k.sources[key] = s
	}
}

func (k *recorder) said(to, of string, yes bool) bool {
	a := Answer{To: to, Of: of, Said: "no"}
	if yes {
		a.Said = "yes"
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.answers[to+" "+of] = a
	return yes
}

func (k *recorder) listed(id string, l Listed, ok bool) {
	if k.said(toIssuer, id, ok); !ok {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	a := k.answers[toIssuer+" "+id]
	a.Listed = &l
	k.answers[toIssuer+" "+id] = a
}

// heard returns all of it in an order that does not depend on who was quicker.
func (k *recorder) heard() ([]Source, []Answer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	sources := slices.SortedFunc(maps.Values(k.sources), func(a, b Source) int {
		return cmp.Or(cmp.Compare(a.Asked, b.Asked), cmp.Compare(a.From, b.From))
	})
	answers := slices.SortedFunc(maps.Values(k.answers), func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Of, b.Of))
	})
	return sources, answers
}
