package hub

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// AddLink implements [Store].
func (m *Memory) AddLink(ctx context.Context, l Link) error {
	if err := cmp.Or(l.Check(), ctx.Err()); err != nil {
		return err
	}
	l.Created = Instant(l.Created)
	m.mu.Lock()
	defer m.mu.Unlock()
	of := m.links[l.Owner.Tenant]
	if _, there := of[l.ID]; there {
		return fmt.Errorf("%w: a link whose ID another has", ErrInvalid)
	}
	if of == nil {
		if m.links == nil {
			m.links = map[string]map[string]Link{}
		}
		of = map[string]Link{}
		m.links[l.Owner.Tenant] = of
	}
	of[l.ID] = l
	b := m.of(l.Owner)
	b.links = append(b.links, l)
	slices.SortStableFunc(b.links, func(a, b Link) int { return b.Created.Compare(a.Created) })
	return nil
}

// Link implements [Store].
func (m *Memory) Link(ctx context.Context, tenant, id string) (Link, error) {
	if err := cmp.Or(CheckLinkID(tenant, id), ctx.Err()); err != nil {
		return Link{}, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if l, ok := m.links[tenant][id]; ok {
		return l, nil
	}
	return Link{}, ErrNotFound
}

// Links implements [Store].
func (m *Memory) Links(ctx context.Context, o Owner) ([]Link, error) {
	if err := cmp.Or(o.Check(), ctx.Err()); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	b, ok := m.owners[o]
	if !ok {
		return nil, nil
	}
	return slices.Clone(b.links[:min(len(b.links), MaxLinks)]), nil
}

// EndLink implements [Store].
func (m *Memory) EndLink(ctx context.Context, o Owner, id string) error {
	if err := cmp.Or(o.Check(), CheckLinkID(o.Tenant, id), ctx.Err()); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.owners[o]
	if !ok || !m.unlink(b, func(l Link) bool { return l.ID == id }) {
		return ErrNotFound
	}
	m.tidy(o, b)
	return nil
}

// unlink forgets links of what an owner has, and reports whether there were any.
func (m *Memory) unlink(b *belongings, which func(Link) bool) bool {
	was := len(b.links)
	b.links = slices.DeleteFunc(b.links, func(l Link) bool {
		gone := which(l)
		if gone {
			delete(m.links[l.Owner.Tenant], l.ID)
		}
		return gone
	})
	return len(b.links) < was
}
