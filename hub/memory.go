package hub

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"sync"
	"time"
)

// Memory is a [Store] for tests and demonstrations: it forgets everything when the process
// ends. The zero Memory is empty and ready.
type Memory struct {
	// Now is the clock that Changed is of, time.Now by default. It is called while the
	// store is locked.
	Now func() time.Time

	mu     sync.RWMutex
	owners map[Owner]*belongings
	links  map[string]map[string]Link // by tenant and ID
}

// belongings are what an owner has.
type belongings struct {
	profile *Profile
	byKey   map[Key]*Stored
	lists   map[Kind][]*Stored // by position
	links   []Link             // the newest first
}

// Upsert implements [Store].
func (m *Memory) Upsert(ctx context.Context, o Owner, c Credential) (Stored, Outcome, error) {
	if err := cmp.Or(o.Check(), c.Check(), ctx.Err()); err != nil {
		return Stored{}, 0, err
	}
	c.ValidFrom, c.Raw = Instant(c.ValidFrom), bytes.Clone(c.Raw)
	fresh := Stored{Credential: c, Pos: 1, Version: 1, Digest: sha256.Sum256(c.Raw)}
	m.mu.Lock()
	defer m.mu.Unlock()
	b, outcome := m.of(o), OutcomeCreated
	old, ok := b.byKey[c.Key()]
	switch {
	case !ok:
		if list := b.lists[c.Kind]; len(list) > 0 {
			fresh.Pos = list[len(list)-1].Pos + 1
		}
		old = &Stored{}
		b.byKey[c.Key()] = old
		b.lists[c.Kind] = append(b.lists[c.Kind], old)
	case old.ValidFrom.After(fresh.ValidFrom):
		return old.clone(), OutcomeOlder, nil
	case old.ValidFrom.Equal(fresh.ValidFrom) && old.Digest == fresh.Digest:
		return old.clone(), OutcomeUnchanged, nil
	default:
		outcome, fresh.Pos, fresh.Version = OutcomeReplaced, old.Pos, old.Version+1
	}
	fresh.Changed = m.now()
	*old = fresh
	return old.clone(), outcome, nil
}

// List implements [Store].
func (m *Memory) List(ctx context.Context, o Owner, q Query) (Page, error) {
	q, err := q.Normal()
	if err = cmp.Or(o.Check(), err, ctx.Err()); err != nil {
		return Page{}, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	b, ok := m.owners[o]
	if !ok {
		return Page{}, nil
	}
	var page Page
	var all []*Stored
	for _, s := range b.lists[q.Kind] {
		if q.Admits(s.ValidFrom, s.Changed) {
			all = append(all, s)
		}
	}
	page.Total = len(all)
	from, _ := slices.BinarySearchFunc(all, q.After+1, func(s *Stored, p Position) int { return cmp.Compare(s.Pos, p) })
	all = all[min(from+q.Offset, len(all)):]
	size := 0
	for _, s := range all {
		if size += len(s.Raw); len(page.Entries) == q.Limit || len(page.Entries) > 0 && size > q.MaxBytes {
			page.Next = page.Entries[len(page.Entries)-1].Pos
			break
		}
		page.Entries = append(page.Entries, s.clone())
	}
	return page, nil
}

// Find implements [Store].
func (m *Memory) Find(ctx context.Context, o Owner, k Key) (Stored, error) {
	if err := cmp.Or(o.Check(), ctx.Err()); err != nil {
		return Stored{}, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if b, ok := m.owners[o]; ok && b.byKey[k] != nil {
		return b.byKey[k].clone(), nil
	}
	return Stored{}, ErrNotFound
}

// Delete implements [Store].
func (m *Memory) Delete(ctx context.Context, o Owner, k Key) error {
	if err := cmp.Or(o.Check(), ctx.Err()); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.owners[o]
	if !ok || b.byKey[k] == nil {
		return ErrNotFound
	}
	gone := b.byKey[k]
	delete(b.byKey, k)
	b.lists[k.Kind] = slices.DeleteFunc(b.lists[k.Kind], func(s *Stored) bool { return s == gone })
	m.unlink(b, func(l Link) bool { return l.Key == k })
	m.tidy(o, b)
	return nil
}

// Profile implements [Store].
func (m *Memory) Profile(ctx context.Context, o Owner) (Profile, error) {
	if err := cmp.Or(o.Check(), ctx.Err()); err != nil {
		return Profile{}, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if b, ok := m.owners[o]; ok && b.profile != nil {
		return b.profile.clone(), nil
	}
	return Profile{}, ErrNotFound
}

// PutProfile implements [Store].
func (m *Memory) PutProfile(ctx context.Context, o Owner, raw []byte, was *Tag) (Profile, error) {
	if err := cmp.Or(o.Check(), CheckProfile(raw), ctx.Err()); err != nil {
		return Profile{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.of(o)
	defer m.tidy(o, b)
	var old Profile
	if b.profile != nil {
		old = *b.profile
	}
	digest := sha256.Sum256(raw)
	switch {
	case was != nil && *was != old.Tag:
		return Profile{}, ErrChanged
	case old.Tag.Version > 0 && old.Tag.Digest == digest:
		return old.clone(), nil
	}
	b.profile = &Profile{Raw: bytes.Clone(raw), Tag: Tag{old.Tag.Version + 1, digest}, Changed: m.now()}
	return b.profile.clone(), nil
}

// Owners implements [Store].
func (m *Memory) Owners(ctx context.Context, tenant, after string, limit int) ([]string, error) {
	if err := cmp.Or(CheckOwners(tenant, after, limit), ctx.Err()); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var users []string
	for o := range m.owners {
		if o.Tenant == tenant && o.User > after {
			users = append(users, o.User)
		}
	}
	slices.Sort(users)
	return users[:min(limit, len(users))], nil
}

// Erase implements [Store].
func (m *Memory) Erase(ctx context.Context, o Owner) error {
	if err := cmp.Or(o.Check(), ctx.Err()); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if b, ok := m.owners[o]; ok {
		m.unlink(b, func(Link) bool { return true })
	}
	delete(m.owners, o)
	return nil
}

// of returns what an owner has, for changing it.
func (m *Memory) of(o Owner) *belongings {
	b, ok := m.owners[o]
	if !ok {
		if m.owners == nil {
			m.owners = map[Owner]*belongings{}
		}
		b = &belongings{byKey: map[Key]*Stored{}, lists: map[Kind][]*Stored{}}
		m.owners[o] = b
	}
	return b
}

// tidy forgets an owner who has nothing left.
func (m *Memory) tidy(o Owner, b *belongings) {
	if b.profile == nil && len(b.byKey) == 0 && len(b.links) == 0 {
		delete(m.owners, o)
	}
}

func (m *Memory) now() time.Time {
	if m.Now == nil {
		return Instant(time.Now())
	}
	return Instant(m.Now())
}

func (s *Stored) clone() Stored {
	c := *s
	c.Raw = bytes.Clone(s.Raw)
	return c
}

func (p *Profile) clone() Profile {
	c := *p
	c.Raw = bytes.Clone(p.Raw)
	return c
}
