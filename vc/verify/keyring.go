package verify

import (
	"context"
	"sync"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/did/didjwk"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// newResolver is the one place where the default resolvers are put together.
func newResolver(f fetch.Fetcher) did.Resolver {
	return did.Mux{"key": didkey.Resolver{}, "jwk": didjwk.Resolver{}, "web": didweb.Resolver{Fetcher: f}}
}

// keyring is what one run knows of keys and of the documents that list them. It
// is safe for concurrent use, since a run verifies embedded documents side by
// side.
type keyring struct {
	made     sync.Once
	resolver did.Resolver        // of DIDs
	web      controller.Resolver // of https URLs and of keys
	answers  memo[keyAnswer]     // by verification method

	mu         sync.Mutex
	lastMethod string // the did:key that was read last, and its key: records repeat one issuer
	lastLocal  keyAnswer
}

// sources returns the resolvers, made at first need: a badge by a did:key has
// none.
func (k *keyring) sources(r *run) (did.Resolver, controller.Resolver) {
	k.made.Do(func() {
		next := newResolver(r.fetcher)
		if own := r.config.Resolver; own != nil {
			next = r.counted(own)
		}
		k.resolver = did.Guard(packed{r.packs, next})
		k.web = controller.Resolver{Fetcher: r.fetcher, DIDs: k.resolver, SameOriginJWK: r.config.SameOriginJWK,
			InsecureAllowLoopback: r.config.InsecureAllowLoopback}
	})
	return k.resolver, k.web
}

// packed answers with what a trust pack holds under a DID, of whatever method, and asks
// next for the rest.
type packed struct {
	packs fetch.Fetcher
	next  did.Resolver
}

// Resolve implements [did.Resolver].
func (p packed) Resolve(ctx context.Context, id string) (*did.Document, error) {
	if mayBePacked(id) {
		if answer, err := p.packs.Fetch(ctx, id); err == nil {
			return did.ParseDocument(answer.Body)
		}
	}
	return did.Guard(p.next).Resolve(ctx, id)
}

// mayBePacked reports whether a pack is asked for a DID. A did:key and a did:jwk are their
// own documents, and a did:web that names none has none.
func mayBePacked(id string) bool {
	parsed, err := did.Parse(id)
	switch {
	case err != nil || parsed.Method == "key" || parsed.Method == "jwk":
		return false
	case parsed.Method == "web":
		_, err = didweb.URL(id)
	}
	return err == nil
}

// counted puts the requests of the run around a resolver of the caller's own, unless
// it is known to ask nobody.
func (r *run) counted(own did.Resolver) did.Resolver {
	switch own := own.(type) {
	case did.Static, didkey.Resolver, didjwk.Resolver:
		return own
	case did.Mux:
		all := make(did.Mux, len(own))
		for method, next := range own {
			all[method] = r.counted(next)
		}
		return all
	case did.Observed:
		return did.Observed{Next: r.counted(own.Next), Seen: own.Seen}
	}
	return requestedResolver{&r.requests, did.Guard(own)}
}

// local reads a did:key, unless it is the one that was read last.
func (k *keyring) local(method string, read func() keyAnswer) keyAnswer {
	k.mu.Lock()
	same, known := k.lastLocal, k.lastMethod == method
	k.mu.Unlock()
	if known {
		return same
	}
	answer := read()
	k.mu.Lock()
	k.lastMethod, k.lastLocal = method, answer
	k.mu.Unlock()
	return answer
}

// memo keeps what became of each search. Nobody waits for the search of another:
// the one who searches may be waiting for a request, and those are asked for once
// anyway. The zero value is ready.
type memo[T any] struct {
	mu    sync.Mutex
	known map[string]T
}

// get returns the answer to what, looking for it where nobody did.
func (m *memo[T]) get(what string, look func() T) T {
	m.mu.Lock()
	answer, known := m.known[what]
	m.mu.Unlock()
	if known {
		return answer
	}
	answer = look()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[string]T{}
	}
	m.known[what] = answer
	return answer
}
