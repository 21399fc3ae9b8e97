package caseapi

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// documents is the list of a store's documents at one time: immutable, but for
// orders that are worked out when they are asked for.
type documents struct {
	docs     []document
	entries  []*Resource
	modified time.Time
	asIs     []int32
	orders   []keptOrder // two for each member, one for each direction

	mu     sync.Mutex
	passed map[string][]int32 // what filters of late let pass, by order and filter
}

// mostPassed is how many filters are remembered: clients read page after page of
// the same one.
const mostPassed = 32

// Documents implements [Store].
func (m *Memory) Documents(_ context.Context, q *Query) (*Page, error) {
	l := m.documents()
	all := l.filtered(q)
	from, to := rest.Page{Limit: q.Limit, Offset: q.Offset}.Window(len(all))
	places := all[from:to]
	page := &Page{Total: len(all), Modified: l.modified, Documents: make([]*Resource, len(places))}
	for i, p := range places {
		page.Documents[i] = l.entries[p]
	}
	return page, nil
}

// documents returns the list, made anew after each change of the store.
func (m *Memory) documents() *documents {
	m.mu.RLock()
	l := m.list
	m.mu.RUnlock()
	if l != nil {
		return l
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.list == nil {
		m.list = listed(m.held, m.change)
	}
	return m.list
}

// keptOrder is an order that is worked out when it is asked for.
type keptOrder struct {
	once   sync.Once
	places []int32
}

func listed(all []*held, change time.Time) *documents {
	l := &documents{modified: change, orders: make([]keptOrder, 2*len(casefw.Properties("CFDocument")))}
	for _, h := range all {
		if h == nil {
			continue
		}
		l.asIs = append(l.asIs, int32(len(l.docs)))
		l.docs, l.entries = append(l.docs, h.texts), append(l.entries, h.entry)
		l.modified = latest(l.modified, h.modified)
	}
	return l
}

func (l *documents) at(i int) rest.Object { return l.docs[i] }

// filtered returns the places of the documents that a query's filter lets pass, in
// the query's order.
func (l *documents) filtered(q *Query) []int32 {
	if q.matcher == nil {
		return l.order(q)
	}
	field, desc := q.Order()
	key := fmt.Sprint(field, desc, " ", q.filter)
	l.mu.Lock()
	known, found := l.passed[key]
	l.mu.Unlock()
	if found {
		return known
	}
	passed := append([]int32(nil), q.pass(l.order(q), l.at)...) // without the room for all
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.passed == nil || len(l.passed) >= mostPassed {
		l.passed = map[string][]int32{}
	}
	l.passed[key] = passed
	return passed
}

// order returns the places of the documents in the order of a query. Orders by a
// member itself are kept; there are few of them.
func (l *documents) order(q *Query) []int32 {
	field, path, known := q.order.Resolve(q.fields)
	switch {
	case !known:
		return l.asIs
	case len(path) > 0:
		return q.order.Sort(len(l.docs), l.at, q.fields)
	}
	slot := 2 * field.Index
	if q.order.Desc {
		slot++
	}
	o := &l.orders[slot]
	o.once.Do(func() { o.places = q.order.Sort(len(l.docs), l.at, q.fields) })
	return o.places
}
