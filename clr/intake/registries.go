package intake

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// RegistrySource is where a registry stands.
type RegistrySource struct {
	Name  string // what it is called in reports
	URL   string // https, of the list, or of the entity configuration of a federation's trust anchor
	Trust string // what the operator thinks of those whom it lists, see [RegistryOptions]
	// Federation is set where URL is a trust anchor's (OpenID Federation 1.0), which is asked
	// for each issuer anew.
	Federation bool
}

// RegistriesConfig says which registries are asked. Registries that the operator holds
// already need no network: give a trust pack with the lists under their URLs as Fetcher.
type RegistriesConfig struct {
	// Sources are the registries, the one with the most authority first: where several list
	// an issuer, the first says who it is.
	Sources []RegistrySource
	// Fetcher answers for them. Nil fetches nothing, and nobody is listed.
	Fetcher fetch.Fetcher
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// TTL is how long a copy is used before the registry is asked again, an hour by default.
	TTL time.Duration
	// MaxAge is how long a copy is used where a newer one cannot be had, a day by default:
	// whoever was taken out must not stay for ever because the registry is down.
	MaxAge time.Duration
	// MaxBytes and MaxIssuers bound a list, as [RegistryOptions] do.
	MaxBytes, MaxIssuers int
	// MaxRequests bounds what a federation is asked for in one minute, 60 by default: issuers
	// cost a stranger nothing to make up.
	MaxRequests int
}

// Registries asks several registries for an issuer and keeps what they say. It is safe for
// concurrent use. Make it with [NewRegistries].
type Registries struct {
	config  RegistriesConfig
	sources []*source
}

// source is one registry with the copy that is held of it.
type source struct {
	RegistrySource
	held    chan struct{} // full while somebody looks or asks: nobody waits beyond his own time
	list    *Registry     // or
	anchor  *anchor
	fetched time.Time
	tried   time.Time
	problem *vc.Problem // why there is no newer copy
}

const (
	defaultRegistryTTL      = time.Hour
	defaultRegistryAge      = 24 * time.Hour
	defaultRegistryRequests = 60
	maxRegistries           = 32
	registryRetry           = time.Minute // before a registry that could not be had is asked again
)

// NewRegistries makes a Registries, which asks nobody yet. The error says what of the Config
// contradicts itself.
func NewRegistries(c RegistriesConfig) (*Registries, error) {
	if len(c.Sources) > maxRegistries {
		return nil, errors.New("intake: RegistriesConfig has more than 32 sources")
	}
	if c.TTL < 0 || c.MaxAge < 0 || c.MaxRequests < 0 {
		return nil, errors.New("intake: RegistriesConfig has a negative limit")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.TTL == 0 {
		c.TTL = defaultRegistryTTL
	}
	if c.MaxAge == 0 {
		c.MaxAge = max(defaultRegistryAge, c.TTL)
	}
	if c.MaxAge < c.TTL {
		return nil, errors.New("intake: RegistriesConfig.MaxAge is shorter than TTL")
	}
	if c.MaxRequests == 0 {
		c.MaxRequests = defaultRegistryRequests
	}
	r := &Registries{config: c}
	r.config.Fetcher = fetch.Guard(c.Fetcher)
	for _, s := range c.Sources {
		if !strings.HasPrefix(s.URL, "https://") {
			return nil, errors.New("intake: RegistriesConfig: the registry " + vc.Quote(s.Name) + " has no https URL")
		}
		r.sources = append(r.sources, &source{RegistrySource: s, held: make(chan struct{}, 1)})
	}
	return r, nil
}

// Issuer returns what the first registry that lists the identifier says of it. False is that
// none of those that could be asked does: [Registries.Problems] says which could not. It
// fetches the registries that it has no copy of, and asks federations.
func (r *Registries) Issuer(ctx context.Context, id string) (Listed, bool) {
	for _, s := range r.sources {
		if l, ok := s.issuer(ctx, &r.config, id); ok {
			return l, true
		}
	}
	return Listed{}, false
}

// Load fetches every registry that is due, so that the first reading does not wait, and
// returns what [Registries.Problems] does.
func (r *Registries) Load(ctx context.Context) []*vc.Problem {
	for _, s := range r.sources {
		if s.hold(ctx) {
			s.refresh(ctx, &r.config)
			s.release()
		}
	}
	return r.Problems()
}

// Problems returns what is wrong with the registries as they were asked last: those that
// could not be had, with a warning where an older copy is used, and entries that were left
// out. Found names the registry.
func (r *Registries) Problems() (all []*vc.Problem) {
	for _, s := range r.sources {
		all = append(all, s.problems()...)
	}
	return all
}

// hold waits for the copy, false where the time is over before.
func (s *source) hold(ctx context.Context) bool {
	select {
	case s.held <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *source) release() { <-s.held }

func (s *source) problems() (all []*vc.Problem) {
	s.hold(context.Background())
	defer s.release()
	if s.problem != nil {
		p := registryWords.Problem(CodeRegistryUnavailable, "", vc.Quote(s.Name))
		if p.Err = s.problem; s.list != nil || s.anchor != nil {
			p.Severity = vc.SeverityWarning
		}
		all = append(all, p)
	}
	if s.list != nil {
		all = append(all, s.list.problems...)
	}
	return all
}

func (s *source) issuer(ctx context.Context, c *RegistriesConfig, id string) (Listed, bool) {
	if !s.hold(ctx) {
		return Listed{}, false
	}
	defer s.release()
	s.refresh(ctx, c)
	if s.anchor != nil {
		return s.anchor.issuer(ctx, c, s, id)
	}
	return s.list.Issuer(id)
}

// refresh asks for the registry where the copy is due, and drops one that is too old.
func (s *source) refresh(ctx context.Context, c *RegistriesConfig) {
	now := c.Now()
	if s.due(now, c) {
		s.tried = now
		if s.problem = s.fetch(ctx, c, now); s.problem == nil {
			s.fetched = now
		}
	}
	if !within(now, s.fetched, c.MaxAge) {
		s.list, s.anchor = nil, nil
	}
}

func (s *source) due(now time.Time, c *RegistriesConfig) bool {
	if s.problem != nil {
		return !within(now, s.tried, registryRetry)
	}
	return !within(now, s.fetched, c.TTL) || s.anchor != nil && !now.Before(s.anchor.until)
}

// within reports whether an instant of the past is no longer ago than a time. One of the
// future, by a clock that was turned back, is.
func within(now, then time.Time, most time.Duration) bool {
	return !then.IsZero() && !then.After(now) && now.Sub(then) < most
}

func (s *source) fetch(ctx context.Context, c *RegistriesConfig, now time.Time) *vc.Problem {
	response, err := c.Fetcher.Fetch(ctx, s.URL)
	if err != nil {
		return vc.ProblemOf(err)
	}
	if s.Federation {
		a, p := readAnchor(response.Body, now)
		if p == nil {
			a.asked = s.anchor.window()
			s.anchor = a
		}
		return p
	}
	list, err := ParseRegistry(response.Body, RegistryOptions{Name: s.Name, Trust: s.Trust, MaxBytes: c.MaxBytes, MaxIssuers: c.MaxIssuers})
	if err != nil {
		return vc.ProblemOf(err)
	}
	s.list = list
	return nil
}

// ParseRegistrySources reads a list of registries as the Digital Credentials Consortium
// publishes it:
//
//	[{"type": "dcc-legacy", "name": "…", "url": "https://…"}, {"type": "oidf", "name": "…", "trustAnchorEC": "https://…"}]
//
// Entries of other types, and without an https URL, are left out and returned as problems.
// trust is what the operator thinks of all whom they list.
func ParseRegistrySources(src []byte, trust string) ([]RegistrySource, []*vc.Problem, error) {
	doc, err := jsonx.Parse(src, jsonx.Limits{Bytes: 1 << 20, Depth: 16}, nil)
	if err != nil {
		return nil, nil, vc.ProblemOf(err)
	}
	if doc.Root().Kind() != jsonx.Array {
		return nil, nil, registryWords.Problem(CodeRegistryForm, "", doc.Root().Kind().String())
	}
	var all []RegistrySource
	var left []*vc.Problem
	for v := doc.Root().First(); v.Exists(); v = v.Next() {
		s := RegistrySource{Name: jsonx.Content(v.Get("name")), URL: jsonx.Content(v.Get("url")), Trust: trust}
		switch jsonx.Content(v.Get("type")) {
		case "", "dcc-legacy":
		case "oidf":
			s.URL, s.Federation = jsonx.Content(v.Get("trustAnchorEC")), true
		default:
			s.URL = ""
		}
		switch {
		case len(all)+len(left) >= maxRegistries:
			return nil, nil, registryWords.Problem(CodeRegistryTooLarge, v.Pointer(), "")
		case strings.HasPrefix(s.URL, "https://"):
			all = append(all, s)
		default:
			left = append(left, registryWords.Problem(CodeRegistryEntry, v.Pointer(), v.Shown()))
		}
	}
	return all, left, nil
}
