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
	answers  searches[keyAnswer] // by verification method

	mu         sync.Mutex
	lastMethod string // the did:key that was read last, and its key: records repeat one issuer
	lastLocal  keyAnswer
}

// sources returns the resolvers, made at first need: a badge by a did:key has
// none.
func (k *keyring) sources(r *run) (did.Resolver, controller.Resolver) {
	k.made.Do(func() {
		dids := r.config.Resolver
		if dids == nil {
			dids = newResolver(r.fetcher)
		}
		k.resolver = did.Guard(&documents{from: did.Guard(dids)})
		k.web = controller.Resolver{Fetcher: r.fetcher, DIDs: k.resolver, SameOriginJWK: r.config.SameOriginJWK}
	})
	return k.resolver, k.web
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

// documents asks a resolver once for each DID of a run, so that a record of many
// tokens does not ask for its issuer's document as many times.
type documents struct {
	from did.Resolver
	seen searches[resolution]
}

type resolution struct {
	document *did.Document
	err      error
}

// Resolve implements [did.Resolver].
func (d *documents) Resolve(ctx context.Context, id string) (*did.Document, error) {
	r, ok := d.seen.once(ctx, id, func() resolution {
		document, err := d.from.Resolve(ctx, id)
		return resolution{document, err}
	})
	if !ok {
		return nil, ctx.Err()
	}
	return r.document, r.err
}

// searches remembers what became of each search. Who asks for what is being looked
// for waits for the answer. The zero value is ready.
type searches[T any] struct {
	mu    sync.Mutex
	known map[string]*search[T]
}

type search[T any] struct {
	done   chan struct{}
	answer T
}

// once returns the answer to what, from the first search for it. ok is false
// where ctx was done before that search was.
func (s *searches[T]) once(ctx context.Context, what string, look func() T) (answer T, ok bool) {
	s.mu.Lock()
	found, known := s.known[what]
	if !known {
		if s.known == nil {
			s.known = map[string]*search[T]{}
		}
		found = &search[T]{done: make(chan struct{})}
		s.known[what] = found
	}
	s.mu.Unlock()
	if !known {
		found.answer = look()
		close(found.done)
		return found.answer, true
	}
	select {
	case <-found.done:
		return found.answer, true
	case <-ctx.Done():
		return answer, false
	}
}
