package hub_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
)

// faulty is a store whose answers are spoilt.
type faulty struct {
	hub.Store
	stored  func(*hub.Stored)
	outcome hub.Outcome
	page    func(*hub.Page)
	profile func(*hub.Profile)
	users   []string
	link    func(*hub.Link)
	panics  bool
}

func (f faulty) spoil(s hub.Stored, err error) (hub.Stored, error) {
	if f.panics {
		panic("own")
	}
	if f.stored != nil {
		f.stored(&s)
	}
	return s, err
}

func (f faulty) Upsert(ctx context.Context, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
	s, outcome, err := f.Store.Upsert(ctx, o, c)
	if f.outcome > 0 {
		outcome = f.outcome
	}
	s, err = f.spoil(s, err)
	return s, outcome, err
}

func (f faulty) Find(ctx context.Context, o hub.Owner, k hub.Key) (hub.Stored, error) {
	return f.spoil(f.Store.Find(ctx, o, k))
}

func (f faulty) List(ctx context.Context, o hub.Owner, q hub.Query) (hub.Page, error) {
	p, err := f.Store.List(ctx, o, q)
	if f.page != nil {
		f.page(&p)
	}
	return p, err
}

func (f faulty) Profile(ctx context.Context, o hub.Owner) (hub.Profile, error) {
	p, err := f.Store.Profile(ctx, o)
	f.profile(&p)
	return p, err
}

func (f faulty) PutProfile(ctx context.Context, o hub.Owner, raw []byte, was *hub.Tag) (hub.Profile, error) {
	p, err := f.Store.PutProfile(ctx, o, raw, was)
	f.profile(&p)
	return p, err
}

func (f faulty) Link(ctx context.Context, tenant, id string) (hub.Link, error) {
	l, err := f.Store.Link(ctx, tenant, id)
	f.link(&l)
	return l, err
}

func (f faulty) Links(ctx context.Context, o hub.Owner) ([]hub.Link, error) {
	all, err := f.Store.Links(ctx, o)
	f.link(&all[1])
	return all, err
}

func (f faulty) Owners(context.Context, string, string, int) ([]string, error) { return f.users, nil }

func (f faulty) Erase(context.Context, hub.Owner) error { panic("own") }

var anna = hub.Owner{Tenant: "school", User: "anna"}

func badge(id string, day int) hub.Credential {
	return hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example", ID: "urn:" + id,
		ValidFrom: time.Date(2024, 1, day, 0, 0, 0, 0, time.UTC), Raw: []byte(`{"id":"` + id + `"}`)}
}

const other = "the store answered something else than was asked"

func TestGuardHoldsEntriesToTheQuestion(t *testing.T) {
	for name, f := range map[string]faulty{
		"another id":      {stored: func(s *hub.Stored) { s.ID = "urn:other" }},
		"another issuer":  {stored: func(s *hub.Stored) { s.Issuer = "urn:other" }},
		"another kind":    {stored: func(s *hub.Stored) { s.Kind = hub.KindRecord }},
		"another text":    {stored: func(s *hub.Stored) { s.Raw = []byte("{}") }},
		"no text":         {stored: func(s *hub.Stored) { s.Raw = nil }},
		"no version":      {stored: func(s *hub.Stored) { s.Version = 0 }},
		"no position":     {stored: func(s *hub.Stored) { s.Pos = 0 }},
		"nothing":         {stored: func(s *hub.Stored) { *s = hub.Stored{} }},
		"another digest":  {stored: func(s *hub.Stored) { s.Digest[0]++ }},
		"unknown outcome": {outcome: hub.OutcomeOlder + 1},
		"it panics":       {panics: true},
	} {
		t.Run(name, func(t *testing.T) {
			want := other
			if f.panics {
				want = "it panicked"
			}
			f.Store = &hub.Memory{}
			g := hub.Guard(f)
			stored, outcome, err := g.Upsert(t.Context(), anna, badge("a", 1))
			require.ErrorContains(t, err, want)
			require.Zero(t, stored)
			require.Zero(t, outcome)
			if f.outcome == 0 {
				_, err = g.Find(t.Context(), anna, badge("a", 1).Key())
				require.ErrorContains(t, err, want)
			}
		})
	}
	g := hub.Guard(faulty{Store: &hub.Memory{}, stored: func(s *hub.Stored) { s.Raw = append(s.Raw, 0) }, outcome: hub.OutcomeOlder})
	_, _, err := g.Upsert(t.Context(), anna, badge("a", 1))
	require.ErrorContains(t, err, other)
}

func TestGuardHoldsPagesToTheQuestion(t *testing.T) {
	m := &hub.Memory{}
	for i, id := range []string{"a", "b", "c"} {
		_, _, err := m.Upsert(t.Context(), anna, badge(id, i+1))
		require.NoError(t, err)
	}
	for name, spoil := range map[string]func(*hub.Page){
		"more than asked":     func(p *hub.Page) { p.Entries = append(p.Entries, p.Entries...) },
		"another order":       func(p *hub.Page) { p.Entries[0], p.Entries[1] = p.Entries[1], p.Entries[0] },
		"from the beginning":  func(p *hub.Page) { p.Entries[0].Pos = 1 },
		"too small a total":   func(p *hub.Page) { p.Total = 1 },
		"another kind":        func(p *hub.Page) { p.Entries[0].Kind = hub.KindRecord },
		"another text":        func(p *hub.Page) { p.Entries[0].Raw = []byte("{}") },
		"before since":        func(p *hub.Page) { p.Entries[0].ValidFrom = time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC) },
		"next is another":     func(p *hub.Page) { p.Next = 2 },
		"next behind nothing": func(p *hub.Page) { *p = hub.Page{Next: 1} },
	} {
		q := hub.Query{Kind: hub.KindBadge, Limit: 2, After: 1, Since: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
		_, err := hub.Guard(faulty{Store: m, page: spoil}).List(t.Context(), anna, q)
		require.ErrorContains(t, err, other, name)
		page, err := hub.Guard(m).List(t.Context(), anna, q)
		require.NoError(t, err)
		require.Len(t, page.Entries, 2)
	}
}

func TestGuardHoldsTheRest(t *testing.T) {
	raw := []byte("{}")
	for name, spoil := range map[string]func(*hub.Profile){
		"another text": func(p *hub.Profile) { p.Raw = []byte("[]") },
		"no version":   func(p *hub.Profile) { p.Tag.Version = 0 },
		"nothing":      func(p *hub.Profile) { *p = hub.Profile{} },
	} {
		g := hub.Guard(faulty{Store: &hub.Memory{}, profile: spoil})
		_, err := g.PutProfile(t.Context(), anna, raw, nil)
		require.ErrorContains(t, err, other, name)
		_, err = g.Profile(t.Context(), anna)
		require.ErrorContains(t, err, other+"", name)
	}
	for _, users := range [][]string{{"a"}, {"c", "b"}, {"b", "b"}, {"b", "c", "d"}} {
		_, err := hub.Guard(faulty{users: users}).Owners(t.Context(), "", "a", 2)
		require.ErrorContains(t, err, other)
	}
	require.ErrorContains(t, hub.Guard(faulty{}).Erase(t.Context(), anna), "it panicked")
	require.ErrorContains(t, hub.Guard(nil).Erase(t.Context(), anna), "there is no store")
	require.Equal(t, hub.Guard(faulty{}), hub.Guard(hub.Guard(faulty{})))
}

func TestGuardHoldsLinksToTheQuestion(t *testing.T) {
	m := &hub.Memory{}
	for day := range 2 {
		require.NoError(t, m.AddLink(t.Context(), hub.Link{ID: "link-0000000000000000-" + string(rune('a'+day)), Owner: anna,
			Key: badge("a", 1).Key(), Created: time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC)}))
	}
	const first = "link-0000000000000000-a"
	for name, spoil := range map[string]func(*hub.Link){
		"another tenant": func(l *hub.Link) { l.Owner.Tenant = "other" },
		"no owner":       func(l *hub.Link) { l.Owner.User = "" },
		"to nothing":     func(l *hub.Link) { l.Key.Kind = 0 },
		"nothing":        func(l *hub.Link) { *l = hub.Link{} },
	} {
		g := hub.Guard(faulty{Store: m, link: spoil})
		_, err := g.Link(t.Context(), anna.Tenant, first)
		require.ErrorContains(t, err, other, name)
		_, err = g.Links(t.Context(), anna)
		require.ErrorContains(t, err, other, name)
	}
	_, err := hub.Guard(faulty{Store: m, link: func(l *hub.Link) { l.ID += "b" }}).Link(t.Context(), anna.Tenant, first)
	require.ErrorContains(t, err, other, "another ID")
	later := func(l *hub.Link) { l.Created = l.Created.AddDate(1, 0, 0) }
	_, err = hub.Guard(faulty{Store: m, link: later}).Links(t.Context(), anna)
	require.ErrorContains(t, err, other, "another order")
	all, err := hub.Guard(m).Links(t.Context(), anna)
	require.NoError(t, err)
	require.Len(t, all, 2)
}

// deaf is a store that does not hear when its context ends.
type deaf struct {
	hub.Store
	heard chan []byte
	ask   chan struct{}
}

func (d deaf) Upsert(_ context.Context, _ hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
	<-d.ask
	d.heard <- c.Raw
	return hub.Stored{}, 0, errors.New("late")
}

// A store that is left alone goes on with bytes that nobody else writes.
func TestGuardLeavesTheDeaf(t *testing.T) {
	d := deaf{heard: make(chan []byte), ask: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := hub.Guard(d).Upsert(ctx, anna, badge("a", 1))
	require.ErrorIs(t, err, context.Canceled)

	ctx, cancel = context.WithCancel(t.Context())
	c := badge("a", 1)
	go func() { d.ask <- struct{}{}; cancel() }()
	_, _, err = hub.Guard(d).Upsert(ctx, anna, c)
	require.ErrorIs(t, err, context.Canceled)
	clear(c.Raw)
	require.Equal(t, badge("a", 1).Raw, <-d.heard)
}
