package verify

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// run is one verification: what the outer credential and everything embedded in it
// share.
type run struct {
	*Verifier
	at         time.Time      // the instant that times are compared with
	expect     *Expect        // of a presentation, nil where a credential is verified
	each       func(Embedded) // is told of what is embedded, nil where nobody listens
	brought    brought        // the status lists that stand in the presentation
	proofs     *embedded.Verifier
	requests   requests
	fetcher    fetch.Fetcher // packs, and what is requested of others
	packs      fetch.Fetcher // packs alone, for what an envelope that is not authentic names
	embedded   int           // credentials embedded in the outer one
	mostNested int           // of them
	keys       keyring
	work       atomic.Int64 // units that were spent on proofs
}

func (v *Verifier) newRun() (*run, error) {
	at, err := v.now()
	most := v.config.Limits.MaxFetches
	r := &run{Verifier: v, at: at, proofs: v.proofs, requests: requests{left: most, most: most},
		fetcher: fetch.Offline{}, packs: fetch.Offline{}}
	if from := v.config.Fetcher; from != nil {
		r.fetcher = fetch.Around(from, func(f fetch.Fetcher) fetch.Fetcher { return requested{&r.requests, f} })
		r.packs = fetch.Around(from, func(fetch.Fetcher) fetch.Fetcher { return notAsked{} })
	}
	if v.config.FetchContexts {
		r.proofs = v.proofs.Loading(r.loadContext)
	}
	return r, err
}

// now asks the clock. One that panics is an error of the Config.
func (v *Verifier) now() (time.Time, error) {
	at, err := guard.Call(context.Background(), func() (time.Time, error) { return v.config.Now(), nil })
	if err != nil {
		return at, fmt.Errorf("verify: Config.Now: %w", err)
	}
	return at, nil
}

// keysOnly marks the context of a document that may make the verifier ask for keys and
// nothing else.
type keysOnly struct{}

// loadContext fetches a context as everything else is fetched.
func (r *run) loadContext(ctx context.Context, url string) ([]byte, error) {
	from := r.fetcher
	if ctx.Value(keysOnly{}) != nil {
		from = r.packs
	}
	response, err := from.Fetch(ctx, url)
	if err != nil {
		return nil, err
	}
	return response.Body, nil
}

// notAsked refuses what only an authentic envelope may make the verifier ask for.
type notAsked struct{}

// Fetch implements [fetch.Fetcher].
func (notAsked) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	return nil, &fetch.Error{Code: fetch.CodeOffline, URL: url, Detail: "it is not asked for on behalf of a document that is not authentic"}
}
