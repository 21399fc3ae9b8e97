package hub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/guard"
)

// Guard holds a store to its promises, whatever it does: a panic, an answer to another
// question and a text that is not the one of its digest become errors, and a call that
// outlasts its context is left alone. The services guard the stores that they are given.
// To guard twice is to guard once.
func Guard(s Store) Store {
	if g, ok := s.(guarded); ok {
		return g
	}
	return guarded{s}
}

type guarded struct{ store Store }

// errOther is the error of an answer that does not answer the question.
var errOther = errors.New("hub: the store answered something else than was asked")

// call asks the store, and holds its answer against the question.
func call[T any](ctx context.Context, s Store, ask func() (T, error), right func(T) bool) (T, error) {
	var none T
	if s == nil {
		return none, errors.New("hub: there is no store")
	}
	answer, err := guard.Call(ctx, func() (T, error) { return guard.Legible(ask()) })
	switch {
	case err != nil:
		return none, fmt.Errorf("hub: the store: %w", err)
	case !right(answer):
		return none, errOther
	}
	return answer, nil
}

// whole reports whether an entry is one of a key.
func whole(s *Stored, k Key) bool {
	return s.Key() == k && s.Pos > 0 && s.Version > 0 && s.Digest == sha256.Sum256(s.Raw)
}

type upserted struct {
	entry   Stored
	outcome Outcome
}

// Upsert implements [Store].
func (g guarded) Upsert(ctx context.Context, o Owner, c Credential) (Stored, Outcome, error) {
	k, digest := c.Key(), sha256.Sum256(c.Raw)
	c.Raw = bytes.Clone(c.Raw) // a call that is left alone goes on reading
	u, err := call(ctx, g.store, func() (upserted, error) {
		s, outcome, err := g.store.Upsert(ctx, o, c)
		return upserted{s, outcome}, err
	}, func(u upserted) bool {
		known := u.outcome >= OutcomeCreated && u.outcome <= OutcomeOlder
		return known && whole(&u.entry, k) && (u.outcome == OutcomeOlder || u.entry.Digest == digest)
	})
	return u.entry, u.outcome, err
}

// List implements [Store].
func (g guarded) List(ctx context.Context, o Owner, q Query) (Page, error) {
	n, err := q.Normal()
	if err != nil {
		return Page{}, err
	}
	return call(ctx, g.store, func() (Page, error) { return g.store.List(ctx, o, q) }, func(p Page) bool {
		last := q.After
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Kind != q.Kind || e.Pos <= last || !whole(e, e.Key()) || !n.Admits(e.ValidFrom, e.Changed) {
				return false
			}
			last = e.Pos
		}
		return len(p.Entries) <= n.Limit && p.Total >= len(p.Entries) && (p.Next == 0 || len(p.Entries) > 0 && p.Next == last)
	})
}

// Find implements [Store].
func (g guarded) Find(ctx context.Context, o Owner, k Key) (Stored, error) {
	return call(ctx, g.store, func() (Stored, error) { return g.store.Find(ctx, o, k) }, func(s Stored) bool { return whole(&s, k) })
}

// Delete implements [Store].
func (g guarded) Delete(ctx context.Context, o Owner, k Key) error {
	_, err := call(ctx, g.store, func() (struct{}, error) { return struct{}{}, g.store.Delete(ctx, o, k) }, anything[struct{}])
	return err
}

// Profile implements [Store].
func (g guarded) Profile(ctx context.Context, o Owner) (Profile, error) {
	return call(ctx, g.store, func() (Profile, error) { return g.store.Profile(ctx, o) }, func(p Profile) bool {
		return p.Tag.Version > 0 && p.Tag.Digest == sha256.Sum256(p.Raw)
	})
}

// PutProfile implements [Store].
func (g guarded) PutProfile(ctx context.Context, o Owner, raw []byte, was *Tag) (Profile, error) {
	raw = bytes.Clone(raw)
	digest := sha256.Sum256(raw)
	return call(ctx, g.store, func() (Profile, error) { return g.store.PutProfile(ctx, o, raw, was) }, func(p Profile) bool {
		return p.Tag.Version > 0 && p.Tag.Digest == digest && bytes.Equal(p.Raw, raw)
	})
}

// AddLink implements [Store].
func (g guarded) AddLink(ctx context.Context, l Link) error {
	_, err := call(ctx, g.store, func() (struct{}, error) { return struct{}{}, g.store.AddLink(ctx, l) }, anything[struct{}])
	return err
}

// Link implements [Store].
func (g guarded) Link(ctx context.Context, tenant, id string) (Link, error) {
	return call(ctx, g.store, func() (Link, error) { return g.store.Link(ctx, tenant, id) }, func(l Link) bool {
		return l.ID == id && l.Owner.Tenant == tenant && l.Check() == nil
	})
}

// Links implements [Store].
func (g guarded) Links(ctx context.Context, o Owner) ([]Link, error) {
	return call(ctx, g.store, func() ([]Link, error) { return g.store.Links(ctx, o) }, func(all []Link) bool {
		for i, l := range all {
			if l.Owner != o || l.Check() != nil || i > 0 && l.Created.After(all[i-1].Created) {
				return false
			}
		}
		return len(all) <= MaxLinks
	})
}

// EndLink implements [Store].
func (g guarded) EndLink(ctx context.Context, o Owner, id string) error {
	_, err := call(ctx, g.store, func() (struct{}, error) { return struct{}{}, g.store.EndLink(ctx, o, id) }, anything[struct{}])
	return err
}

// Owners implements [Store].
func (g guarded) Owners(ctx context.Context, tenant, after string, limit int) ([]string, error) {
	return call(ctx, g.store, func() ([]string, error) { return g.store.Owners(ctx, tenant, after, limit) }, func(users []string) bool {
		last := after
		for _, u := range users {
			if u <= last {
				return false
			}
			last = u
		}
		return len(users) <= limit
	})
}

// Erase implements [Store].
func (g guarded) Erase(ctx context.Context, o Owner) error {
	_, err := call(ctx, g.store, func() (struct{}, error) { return struct{}{}, g.store.Erase(ctx, o) }, anything[struct{}])
	return err
}

func anything[T any](T) bool { return true }
