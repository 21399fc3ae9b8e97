package match

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// MemoryIndex is an [Index] in memory. The zero MemoryIndex is empty and ready.
type MemoryIndex struct {
	mu    sync.RWMutex
	pools map[string]*memoryPool
}

var _ Index = (*MemoryIndex)(nil)

// memoryPool has the entries of each holder, and by whatever is asked for the holders who
// have it.
type memoryPool struct {
	holders               map[string][]Entry
	items, issuers, types postings
}

// postings are the places of a holder's entries by a word of theirs.
type postings map[string]map[string][]int

func (p postings) add(word, holder string, place int) {
	if p[word] == nil {
		p[word] = map[string][]int{}
	}
	p[word][holder] = append(p[word][holder], place)
}

func (p postings) remove(word, holder string) {
	if delete(p[word], holder); len(p[word]) == 0 {
		delete(p, word)
	}
}

// Put implements [Index].
func (x *MemoryIndex) Put(ctx context.Context, pool, holder string, entries []Entry) error {
	if err := cmp.Or(ctx.Err(), CheckPut(pool, holder, entries)); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	p := x.pools[pool]
	if p == nil {
		p = &memoryPool{map[string][]Entry{}, postings{}, postings{}, postings{}}
	}
	p.remove(holder)
	if len(entries) > 0 {
		p.holders[holder] = slices.Clone(entries)
	}
	for i := range entries {
		e := &p.holders[holder][i]
		e.From, e.Until = micro(e.From), micro(e.Until)
		p.items.add(e.Item, holder, i)
		p.issuers.add(e.Issuer, holder, i)
		p.types.add(e.Type, holder, i)
	}
	if x.pools == nil {
		x.pools = map[string]*memoryPool{}
	}
	if x.pools[pool] = p; len(p.holders) == 0 {
		delete(x.pools, pool)
	}
	return nil
}

// Remove implements [Index].
func (x *MemoryIndex) Remove(ctx context.Context, pool, holder string) error {
	return x.Put(ctx, pool, holder, nil)
}

func (p *memoryPool) remove(holder string) {
	for _, e := range p.holders[holder] {
		p.items.remove(e.Item, holder)
		p.issuers.remove(e.Issuer, holder)
		p.types.remove(e.Type, holder)
	}
	delete(p.holders, holder)
}

// Find implements [Index].
func (x *MemoryIndex) Find(ctx context.Context, pool string, q Query) (Page, error) {
	q, err := q.Normal()
	if err = cmp.Or(ctx.Err(), err); err != nil {
		return Page{}, err
	}
	if pool == "" || len(pool) > MaxName {
		return Page{}, fmt.Errorf("%w: a pool has 1 to %d bytes", ErrInvalid, MaxName)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	p := x.pools[pool]
	if p == nil || q.FindsNothing() {
		return Page{}, nil
	}
	var all []Found
	p.each(&q, func(holder string, place int) {
		e := &p.holders[holder][place]
		at := Position{holder, place + 1}
		if at.after(q.After) && q.takes(e) {
			all = append(all, Found{holder, place, *e})
		}
	})
	slices.SortFunc(all, func(a, b Found) int {
		return cmp.Or(strings.Compare(a.Holder, b.Holder), cmp.Compare(a.Place, b.Place))
	})
	return CutPage(all, q.Limit), nil
}

// each calls a function for each place of the entries that have one of the words asked for,
// by items where there are some, else by issuers, else by types.
func (p *memoryPool) each(q *Query, f func(holder string, place int)) {
	list, words := p.items, q.Items
	switch {
	case len(words) > 0:
	case len(q.Issuers) > 0:
		list, words = p.issuers, q.Issuers
	case len(q.Types) > 0:
		list, words = p.types, q.Types
	default:
		for holder, entries := range p.holders {
			for i := range entries {
				f(holder, i)
			}
		}
		return
	}
	seen := map[string]bool{}
	for _, word := range words {
		if seen[word] {
			continue
		}
		seen[word] = true
		for holder, places := range list[word] {
			for _, i := range places {
				f(holder, i)
			}
		}
	}
}

// CutPage makes a page of what stands in order: for those who implement [Index].
func CutPage(all []Found, limit int) Page {
	page := Page{Found: all}
	if len(all) > limit {
		page.Found = all[:limit]
		last := page.Found[limit-1]
		page.Next = Position{last.Holder, last.Place + 1}
	}
	return page
}
