package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// momentOf asks a clock, time.Now where there is none.
func momentOf(now func() time.Time) (time.Time, error) {
	if now == nil {
		now = time.Now
	}
	at, err := guard.Call(context.Background(), func() (time.Time, error) { return now(), nil })
	if err != nil {
		return at, fmt.Errorf("intake: the clock: %w", err)
	}
	return at.UTC(), nil
}

// plug puts what was recorded in the place of everything that the Config plugged in then.
func (r *Record) plug(c *Config) error {
	p, err := r.pack()
	if err != nil {
		return err
	}
	switch r.Policy.Fetcher {
	case reachNone:
		c.Verify.Fetcher = fetch.Offline{}
	case reachPacks:
		c.Verify.Fetcher = p
	case reachWeb:
		c.Verify.Fetcher = fetch.Layered(p, recorded(r.network()))
	}
	if r.Policy.Resolver {
		if c.Verify.Resolver, err = r.resolver(); err != nil {
			return err
		}
	}
	if r.Policy.Authorize {
		c.Verify.Authorize = func(issuer, controller string) bool { return r.said(toAuthorize, issuer+" "+controller) != nil }
	}
	if r.Policy.InlineContexts {
		c.Verify.InlineContexts = func(text []byte) bool { return r.said(toInline, digestOf(text).SHA256) != nil }
	}
	if r.Policy.Issuer {
		c.Issuer = func(_ context.Context, id string) (Listed, bool) {
			if a := r.said(toIssuer, id); a != nil && a.Listed != nil {
				return *a.Listed, true
			}
			return Listed{}, false
		}
	}
	return nil
}

// said returns the recorded answer where it was yes, nil for a no and for what was not asked.
func (r *Record) said(to, of string) *Answer {
	for i := range r.Answers {
		if a := &r.Answers[i]; a.To == to && a.Of == of && a.Said == "yes" {
			return a
		}
	}
	return nil
}

// pack is the trust pack of what trust packs answered. It has the same keys, so that it
// answers for keys and DIDs as they did.
func (r *Record) pack() (*fetch.Pack, error) {
	entries := map[string]json.RawMessage{}
	for i := range r.Sources {
		s := &r.Sources[i]
		if s.From != fetch.SourcePack.String() {
			continue
		}
		key := s.Asked
		if s.Found != "" {
			key = s.Found
		}
		entries[key] = s.body()
		if s.MediaType == "text/plain" {
			entries[key], _ = json.Marshal(s.Text)
		}
	}
	text, err := json.Marshal(entries)
	if err == nil {
		var p *fetch.Pack
		if p, err = fetch.ParsePack(text); err == nil {
			return p, nil
		}
	}
	problem := auditWords.Problem(CodeRecordMalformed, "/sources", "")
	problem.Err = err
	return nil, problem
}

// network is what was fetched, by what was asked for.
func (r *Record) network() map[string]*Source {
	all := map[string]*Source{}
	for i := range r.Sources {
		switch s := &r.Sources[i]; s.From {
		case fetch.SourceNetwork.String(), fetch.SourceCache.String(), fromFailed:
			if all[s.Asked] == nil || all[s.Asked].Code != "" {
				all[s.Asked] = s
			}
		}
	}
	return all
}

// recorded answers with what was recorded, and with CodeNotRecorded to everything else.
type recorded map[string]*Source

// Fetch implements [fetch.Fetcher].
func (r recorded) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	s := r[url]
	switch {
	case s == nil:
		return nil, &fetch.Error{Code: fetch.Code(CodeNotRecorded), URL: url, Detail: "the record has no answer to this request",
			Err: auditWords.Problem(CodeNotRecorded, "", vc.Quote(url))}
	case s.Code != "":
		return nil, &fetch.Error{Code: fetch.Code(s.Code), URL: url, Status: s.Status, Detail: s.Detail}
	}
	found := url
	if s.Found != "" {
		found = s.Found
	}
	source := fetch.SourceNetwork
	if s.From == fetch.SourceCache.String() {
		source = fetch.SourceCache
	}
	return &fetch.Response{URL: found, MediaType: s.MediaType, Body: s.body(), FetchedAt: s.FetchedAt, Source: source}, nil
}

// resolver answers for each method as the one did that was asked: for nothing, or counted.
func (r *Record) resolver() (did.Resolver, error) {
	all := did.Mux{}
	for i := range r.Sources {
		s := &r.Sources[i]
		if s.From != fromAtHand && s.From != fromResolver {
			continue
		}
		method := strings.SplitN(s.Asked+"::", ":", 3)[1]
		if strings.HasPrefix(s.Asked, "https:") {
			method = "https"
		}
		if all[method] == nil {
			all[method] = did.ResolverFunc(r.resolve)
			if s.From == fromAtHand {
				all[method] = did.Static{}
			}
		}
		if static, ok := all[method].(did.Static); ok && s.Code == "" {
			d, err := s.document()
			if err != nil {
				return nil, err
			}
			static[s.Asked] = d
		}
	}
	return all, nil
}

func (r *Record) resolve(_ context.Context, id string) (*did.Document, error) {
	for i := range r.Sources {
		s := &r.Sources[i]
		switch {
		case s.Asked != id || s.From != fromResolver:
		case s.Code != "":
			return nil, did.NewError(did.Code(s.Code), s.Detail, nil)
		default:
			return s.document()
		}
	}
	return nil, did.NewError(did.CodeUnresolved, "the record has no answer to this request", nil)
}

func (s *Source) document() (*did.Document, error) {
	d, err := did.ParseDocument(s.body())
	if err != nil {
		return nil, vc.ProblemOf(err)
	}
	if s.Deactivated {
		d = d.AsDeactivated()
	}
	return d, nil
}
