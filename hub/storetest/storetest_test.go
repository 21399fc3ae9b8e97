package storetest_test

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/storetest"
)

// faulty is a store with a fault that the suite must find.
type faulty struct {
	hub.Memory
	upsert func(m *hub.Memory, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error)
	list   func(m *hub.Memory, o hub.Owner, q hub.Query) (hub.Page, error)
	put    func(m *hub.Memory, o hub.Owner, raw []byte, was *hub.Tag) (hub.Profile, error)
	erase  func(m *hub.Memory, o hub.Owner) error
	owner  func(o hub.Owner) hub.Owner
	delete func(m *hub.Memory, o hub.Owner, k hub.Key) error
	end    func(m *hub.Memory, o hub.Owner, id string) error
}

func (f *faulty) Delete(ctx context.Context, o hub.Owner, k hub.Key) error {
	if f.delete == nil || ctx.Err() != nil {
		return f.Memory.Delete(ctx, o, k)
	}
	return f.delete(&f.Memory, o, k)
}

func (f *faulty) EndLink(ctx context.Context, o hub.Owner, id string) error {
	if f.end == nil || ctx.Err() != nil {
		return f.Memory.EndLink(ctx, o, id)
	}
	return f.end(&f.Memory, o, id)
}

func (f *faulty) Upsert(ctx context.Context, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
	if f.owner != nil {
		o = f.owner(o)
	}
	if f.upsert == nil || ctx.Err() != nil {
		return f.Memory.Upsert(ctx, o, c)
	}
	return f.upsert(&f.Memory, o, c)
}

func (f *faulty) List(ctx context.Context, o hub.Owner, q hub.Query) (hub.Page, error) {
	if f.owner != nil {
		o = f.owner(o)
	}
	if f.list == nil || ctx.Err() != nil {
		return f.Memory.List(ctx, o, q)
	}
	return f.list(&f.Memory, o, q)
}

func (f *faulty) Find(ctx context.Context, o hub.Owner, k hub.Key) (hub.Stored, error) {
	if f.owner != nil {
		o = f.owner(o)
	}
	return f.Memory.Find(ctx, o, k)
}

func (f *faulty) PutProfile(ctx context.Context, o hub.Owner, raw []byte, was *hub.Tag) (hub.Profile, error) {
	if f.put == nil || ctx.Err() != nil {
		return f.Memory.PutProfile(ctx, o, raw, was)
	}
	return f.put(&f.Memory, o, raw, was)
}

func (f *faulty) Erase(ctx context.Context, o hub.Owner) error {
	if f.erase == nil || ctx.Err() != nil {
		return f.Memory.Erase(ctx, o)
	}
	return f.erase(&f.Memory, o)
}

var ctx = context.Background()

// again is an upsert that reads before it writes, in two steps.
func again(m *hub.Memory, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
	was, err := m.Find(ctx, o, c.Key())
	time.Sleep(time.Microsecond)
	if err == nil && was.ValidFrom.Equal(hub.Instant(c.ValidFrom)) {
		return was, hub.OutcomeUnchanged, nil
	}
	s, outcome, err := m.Upsert(ctx, o, c)
	if was.Version == 0 && outcome == hub.OutcomeUnchanged {
		outcome = hub.OutcomeCreated
	}
	return s, outcome, err
}

func TestSuiteFindsFaults(t *testing.T) {
	var mu sync.Mutex
	for name, c := range map[string]struct {
		store func() hub.Store
		want  string
	}{
		"an older one replaces": {func() hub.Store {
			return &faulty{upsert: func(m *hub.Memory, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
				s, outcome, err := m.Upsert(ctx, o, c)
				if outcome == hub.OutcomeOlder {
					_ = m.Delete(ctx, o, c.Key())
					s, _, err = m.Upsert(ctx, o, c)
					outcome = hub.OutcomeReplaced
				}
				return s, outcome, err
			}}
		}, "the newer replaces the older"},
		"a text is written anew": {func() hub.Store {
			return &faulty{upsert: func(m *hub.Memory, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
				c.Raw = bytes.TrimSpace(c.Raw)
				return m.Upsert(ctx, o, c)
			}}
		}, "long texts and strange ids"},
		"other bytes are not noticed": {func() hub.Store { return &faulty{upsert: again} }, "the newer replaces the older"},
		"a replacement moves": {func() hub.Store {
			return &faulty{upsert: func(m *hub.Memory, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
				was, err := m.Find(ctx, o, c.Key())
				if err == nil && was.ValidFrom.Before(hub.Instant(c.ValidFrom)) {
					_ = m.Delete(ctx, o, c.Key())
					s, _, err := m.Upsert(ctx, o, c)
					return s, hub.OutcomeReplaced, err
				}
				return m.Upsert(ctx, o, c)
			}}
		}, "the order is that of insertion"},
		"names are compared without case": {func() hub.Store {
			return &faulty{owner: func(o hub.Owner) hub.Owner {
				return hub.Owner{Tenant: o.Tenant, User: string(bytes.ToLower([]byte(o.User)))}
			}}
		}, "owners and tenants are apart"},
		"tenants are one": {func() hub.Store {
			return &faulty{owner: func(o hub.Owner) hub.Owner { return hub.Owner{User: o.User} }}
		}, "owners and tenants are apart"},
		"the total is that of the page": {func() hub.Store {
			return &faulty{list: func(m *hub.Memory, o hub.Owner, q hub.Query) (hub.Page, error) {
				p, err := m.List(ctx, o, q)
				p.Total = len(p.Entries)
				return p, err
			}}
		}, "pages by offset"},
		"since is ignored": {func() hub.Store {
			return &faulty{list: func(m *hub.Memory, o hub.Owner, q hub.Query) (hub.Page, error) {
				q.Since = time.Time{}
				return m.List(ctx, o, q)
			}}
		}, "since"},
		"since is not strict": {func() hub.Store {
			return &faulty{list: func(m *hub.Memory, o hub.Owner, q hub.Query) (hub.Page, error) {
				if !q.Since.IsZero() {
					q.Since = q.Since.Add(-time.Microsecond)
				}
				return m.List(ctx, o, q)
			}}
		}, "since"},
		"pages have no end": {func() hub.Store {
			return &faulty{list: func(m *hub.Memory, o hub.Owner, q hub.Query) (hub.Page, error) {
				q.MaxBytes = 1 << 30
				return m.List(ctx, o, q)
			}}
		}, "pages end where they are long"},
		"positions are ignored": {func() hub.Store {
			return &faulty{list: func(m *hub.Memory, o hub.Owner, q hub.Query) (hub.Page, error) {
				q.After = 0
				return m.List(ctx, o, q)
			}}
		}, "pages by position"},
		"conditions are ignored": {func() hub.Store {
			return &faulty{put: func(m *hub.Memory, o hub.Owner, raw []byte, _ *hub.Tag) (hub.Profile, error) {
				return m.PutProfile(ctx, o, raw, nil)
			}}
		}, "a profile under a condition"},
		"conditions are looked at before": {func() hub.Store {
			return &faulty{put: func(m *hub.Memory, o hub.Owner, raw []byte, was *hub.Tag) (hub.Profile, error) {
				p, err := m.Profile(ctx, o)
				if was != nil && (err == nil && p.Tag != *was || err != nil && was.Version > 0) {
					return hub.Profile{}, hub.ErrChanged
				}
				time.Sleep(time.Millisecond)
				return m.PutProfile(ctx, o, raw, nil)
			}}
		}, "one tag, many profiles"},
		"a link outlives its credential": {func() hub.Store {
			return &faulty{delete: func(m *hub.Memory, o hub.Owner, k hub.Key) error {
				links, _ := m.Links(ctx, o)
				err := m.Delete(ctx, o, k)
				for _, l := range links {
					_ = m.AddLink(ctx, l) // those that are there are refused
				}
				return err
			}}
		}, "links end with what they lead to"},
		"anybody ends a link": {func() hub.Store {
			return &faulty{end: func(m *hub.Memory, o hub.Owner, id string) error {
				if l, err := m.Link(ctx, o.Tenant, id); err == nil {
					o = l.Owner
				}
				return m.EndLink(ctx, o, id)
			}}
		}, "links to credentials"},
		"an erasure leaves the profile": {func() hub.Store {
			return &faulty{erase: func(m *hub.Memory, o hub.Owner) error {
				p, missing := m.Profile(ctx, o)
				err := m.Erase(ctx, o)
				if missing == nil {
					_, err = m.PutProfile(ctx, o, p.Raw, nil)
				}
				return err
			}}
		}, "an owner is erased"},
		"two upserts of one": {func() hub.Store {
			return &faulty{upsert: func(m *hub.Memory, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
				was, missing := m.Find(ctx, o, c.Key())
				if missing == nil && !was.ValidFrom.Before(hub.Instant(c.ValidFrom)) {
					return m.Upsert(ctx, o, c)
				}
				time.Sleep(100 * time.Microsecond)
				mu.Lock()
				defer mu.Unlock()
				_ = m.Delete(ctx, o, c.Key()) // whatever it is by now
				s, outcome, err := m.Upsert(ctx, o, c)
				if missing == nil {
					outcome = hub.OutcomeReplaced
				}
				return s, outcome, err
			}}
		}, "many upserts of one credential"},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.store()
			_, err := storetest.Test(t.Context(), func(context.Context) (hub.Store, error) { return s, nil })
			require.ErrorContains(t, err, c.want)
		})
	}
}

// A store that is new each time it is opened forgets, and one that does not open passes
// nothing.
func TestSuiteFindsWhatForgets(t *testing.T) {
	passed, err := storetest.Test(t.Context(), func(context.Context) (hub.Store, error) { return &hub.Memory{}, nil })
	require.ErrorContains(t, err, "opened anew")
	require.ErrorContains(t, err, "two over the same data")
	require.NotZero(t, passed)
	for _, open := range []func(context.Context) (hub.Store, error){
		func(context.Context) (hub.Store, error) { return nil, errors.New("no disk") },
		func(context.Context) (hub.Store, error) { return nil, nil },
		func(context.Context) (hub.Store, error) { panic("own") },
	} {
		passed, err := storetest.Test(t.Context(), open)
		require.ErrorContains(t, err, "a credential is kept to the byte")
		require.Zero(t, passed)
	}
}
