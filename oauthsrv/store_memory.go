package oauthsrv

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// MemoryStore is a Store for tests, and for servers whose clients may begin anew: it
// forgets everything when the process ends. Tokens whose grant has ended stay until they
// are swept. The zero MemoryStore is empty and ready.
type MemoryStore struct {
	mu       sync.Mutex
	clients  map[named]Client
	requests map[hashed]Request
	grants   map[named]Grant
	tokens   map[hashed]Token
}

type named struct{ tenant, id string }

type hashed struct {
	tenant string
	hash   Hash
}

// lock begins a step: its end is to be deferred.
func (m *MemoryStore) lock(ctx context.Context) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return func() {}, err
	}
	m.mu.Lock()
	if m.clients == nil {
		m.clients, m.requests = map[named]Client{}, map[hashed]Request{}
		m.grants, m.tokens = map[named]Grant{}, map[hashed]Token{}
	}
	return m.mu.Unlock, nil
}

// AddClient implements Store.
func (m *MemoryStore) AddClient(ctx context.Context, c Client) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err == nil {
		m.clients[named{c.Tenant, c.ID}] = c
	}
	return err
}

// Client implements Store.
func (m *MemoryStore) Client(ctx context.Context, tenant, id string) (Client, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	c, ok := m.clients[named{tenant, id}]
	if err == nil && !ok {
		err = ErrNotFound
	}
	return c, err
}

// AddRequest implements Store.
func (m *MemoryStore) AddRequest(ctx context.Context, r Request) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err == nil {
		m.requests[hashed{r.Tenant, r.Code}] = r
	}
	return err
}

// Request implements Store.
func (m *MemoryStore) Request(ctx context.Context, tenant string, code Hash) (Request, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	r, ok := m.requests[hashed{tenant, code}]
	if err == nil && !ok {
		err = ErrNotFound
	}
	return r, err
}

// Approve implements Store.
func (m *MemoryStore) Approve(ctx context.Context, tenant string, code Hash, expires time.Time) (bool, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	r := m.requests[hashed{tenant, code}]
	if err != nil || r.Stage != StageAsked {
		return false, err
	}
	r.Stage, r.Expires = StageApproved, expires
	m.requests[hashed{tenant, code}] = r
	return true, nil
}

// Redeem implements Store.
func (m *MemoryStore) Redeem(ctx context.Context, r Redemption) (bool, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	g := r.Grant
	asked := m.requests[hashed{g.Tenant, r.Code}]
	if err != nil || asked.Stage != StageApproved {
		return false, err
	}
	asked.Stage = StageRedeemed
	m.requests[hashed{g.Tenant, r.Code}] = asked
	m.grants[named{g.Tenant, g.ID}] = g
	m.add(r.Tokens)
	if c, ok := m.clients[named{g.Tenant, g.Client}]; ok && c.Used.IsZero() {
		c.Used = g.Created
		m.clients[named{g.Tenant, g.Client}] = c
	}
	return true, nil
}

func (m *MemoryStore) add(tokens []Token) {
	for _, t := range tokens {
		m.tokens[hashed{t.Tenant, t.Hash}] = t
	}
}

// Token implements Store.
func (m *MemoryStore) Token(ctx context.Context, tenant string, token Hash) (Token, Grant, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	t, known := m.tokens[hashed{tenant, token}]
	g, alive := m.grants[named{tenant, t.Grant}]
	switch {
	case err != nil:
		return Token{}, Grant{}, err
	case !known, !alive:
		return Token{}, Grant{}, ErrNotFound
	}
	return t, g, nil
}

// Rotate implements Store.
func (m *MemoryStore) Rotate(ctx context.Context, r Rotation) (bool, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	g, ok := m.grants[named{r.Tenant, r.Grant}]
	if err != nil || !ok || g.Generation != r.Generation {
		return false, err
	}
	g.Generation++
	g.Rotated, g.Used, g.Expires = r.At, r.At, r.Expires
	m.grants[named{r.Tenant, r.Grant}] = g
	if t, ok := m.tokens[hashed{r.Tenant, r.Presented}]; ok {
		t.Used = r.At
		m.add([]Token{t})
	}
	m.add(r.Tokens)
	return true, nil
}

// AddTokens implements Store.
func (m *MemoryStore) AddTokens(ctx context.Context, tokens ...Token) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err == nil {
		m.add(tokens)
	}
	return err
}

// EndToken implements Store.
func (m *MemoryStore) EndToken(ctx context.Context, tenant string, token Hash) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err == nil {
		delete(m.tokens, hashed{tenant, token})
	}
	return err
}

// Touch implements Store.
func (m *MemoryStore) Touch(ctx context.Context, tenant, grant string, used time.Time) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if g, ok := m.grants[named{tenant, grant}]; ok && err == nil {
		g.Used = used
		m.grants[named{tenant, grant}] = g
	}
	return err
}

// EndGrant implements Store.
func (m *MemoryStore) EndGrant(ctx context.Context, tenant, grant string) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err == nil {
		delete(m.grants, named{tenant, grant})
	}
	return err
}

// EndGrants implements Store.
func (m *MemoryStore) EndGrants(ctx context.Context, tenant, subject, client string) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err == nil {
		maps.DeleteFunc(m.grants, func(_ named, g Grant) bool {
			return g.Tenant == tenant && g.Subject == subject && g.Client == client
		})
	}
	return err
}

// Grants implements Store.
func (m *MemoryStore) Grants(ctx context.Context, tenant, subject string, most int) ([]Grant, error) {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err != nil {
		return nil, err
	}
	var all []Grant
	for _, g := range m.grants {
		if g.Tenant == tenant && g.Subject == subject {
			all = append(all, g)
		}
	}
	slices.SortFunc(all, func(a, b Grant) int { return cmp.Or(b.Created.Compare(a.Created), strings.Compare(a.ID, b.ID)) })
	return all[:min(len(all), max(most, 0))], nil
}

// Erase implements Store.
func (m *MemoryStore) Erase(ctx context.Context, tenant, subject string) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err != nil {
		return err
	}
	maps.DeleteFunc(m.requests, func(_ hashed, r Request) bool { return r.Tenant == tenant && r.Subject == subject })
	maps.DeleteFunc(m.grants, func(_ named, g Grant) bool { return g.Tenant == tenant && g.Subject == subject })
	maps.DeleteFunc(m.tokens, func(_ hashed, t Token) bool { return !m.alive(t) })
	return nil
}

func (m *MemoryStore) alive(t Token) bool {
	_, ok := m.grants[named{t.Tenant, t.Grant}]
	return ok
}

// Sweep implements Store.
func (m *MemoryStore) Sweep(ctx context.Context, ended, unused time.Time) error {
	unlock, err := m.lock(ctx)
	defer unlock()
	if err != nil {
		return err
	}
	maps.DeleteFunc(m.requests, func(_ hashed, r Request) bool { return r.Expires.Before(ended) })
	maps.DeleteFunc(m.grants, func(_ named, g Grant) bool { return g.Expires.Before(ended) })
	maps.DeleteFunc(m.tokens, func(_ hashed, t Token) bool { return t.Expires.Before(ended) || !m.alive(t) })
	maps.DeleteFunc(m.clients, func(_ named, c Client) bool {
		return !c.Expires.IsZero() && c.Expires.Before(ended) || c.Used.IsZero() && c.Created.Before(unused)
	})
	return nil
}
