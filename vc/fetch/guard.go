package fetch

import (
	"context"
	"errors"

	"github.com/laurel-edu/laurel/internal/guard"
)

// Guard holds a Fetcher of the caller's own to what [Fetcher] asks of it: whatever
// is no answer becomes an [*Error]. That is an error of another type, no answer
// without an error, an answer without a Body ([CodeFetcher]), a panic
// ([CodeFetcher]), and a call that is not back when ctx ends, which is left alone
// and may not hold anything that the caller needs. A nil f is [Offline]. What this
// package made is returned as it is, with the guard around what was plugged into it.
func Guard(f Fetcher) Fetcher {
	switch f := f.(type) {
	case nil:
		return Offline{}
	case Offline, *Pack, *guarded, *observed:
		return f
	case *Client:
		if f != nil { // a nil one panics
			return f
		}
	case *layered:
		return &layered{pack: f.pack, next: Guard(f.next)}
	}
	return &guarded{f}
}

// guarded is a Fetcher of the caller's own.
type guarded struct{ next Fetcher }

// Fetch implements [Fetcher].
func (g *guarded) Fetch(ctx context.Context, url string) (*Response, error) {
	r, err := guard.Call(ctx, func() (*Response, error) { return g.next.Fetch(ctx, url) })
	switch {
	case err != nil:
		return nil, explain(url, err)
	case r == nil:
		return nil, &Error{Code: CodeFetcher, URL: url, Detail: "the Fetcher gave neither an answer nor an error"}
	case r.Body == nil:
		return nil, &Error{Code: CodeFetcher, URL: url, Detail: "the Fetcher gave an answer without a body"}
	}
	return r, nil
}

// isBroken reports an error of a plug-in that did not keep to its interface.
func isBroken(err error) bool {
	_, panicked := errors.AsType[*guard.Panic](err)
	return panicked || errors.Is(err, guard.ErrEnded)
}
