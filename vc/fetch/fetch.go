package fetch

import (
	"context"
	"errors"
	"time"
)

// Fetcher gets the document at a URL. A fragment takes no part in a request; a
// [Pack] looks it up with its fragment first. Implementations are safe for
// concurrent use, honour ctx and return an [*Error], so that a report can name
// the cause. [Guard] holds them to it.
//
// Whoever implements a Fetcher over a network takes over the guard of [Client]:
// the URLs come from documents that nobody has checked yet.
type Fetcher interface {
	Fetch(ctx context.Context, url string) (*Response, error)
}

// Source says where a [Response] came from.
type Source uint8

// The sources of a Response.
const (
	SourceNetwork Source = iota + 1
	SourceCache
	SourcePack
)

// String names the source for a report.
func (s Source) String() string {
	switch s {
	case SourceNetwork:
		return "network"
	case SourceCache:
		return "cache"
	case SourcePack:
		return "trust pack"
	}
	return "unknown"
}

// Response is a document with its circumstances. It may be shared; neither it
// nor its Body must be changed.
type Response struct {
	// URL is where the document was found: the last URL after redirects, or the
	// key of a pack. Who binds a document to a host compares this one.
	URL string
	// Asked is the URL that a [Client] was asked for, without its fragment, "" from
	// others. It tells an answer of a [Cache] from one to another question.
	Asked string
	// MediaType is what the server says, lower case and without parameters, "" if
	// it says nothing. It is not enforced: static hosts answer text/plain.
	MediaType string
	// Body is the document as it was sent.
	Body []byte
	// FetchedAt is when the server answered; zero for a pack, which has no date.
	FetchedAt time.Time
	// Expires is until when the answer may be used again; zero: not at all.
	Expires time.Time
	// Source says who answered.
	Source Source
}

// Offline refuses every request with [CodeOffline].
type Offline struct{}

// Fetch implements [Fetcher].
func (Offline) Fetch(_ context.Context, url string) (*Response, error) {
	return nil, &Error{Code: CodeOffline, URL: url, Detail: "this verification makes no network connections and no trust pack was given"}
}

// Layered asks pack first, and next for what the pack does not hold. Without
// next the pack's word is final; without a pack it is next; without both it is
// [Offline].
func Layered(pack *Pack, next Fetcher) Fetcher {
	switch {
	case pack == nil && next == nil:
		return Offline{}
	case pack == nil:
		return next
	case next == nil:
		return pack
	}
	return &layered{pack, next}
}

type layered struct {
	pack *Pack
	next Fetcher
}

// Fetch implements [Fetcher].
func (l *layered) Fetch(ctx context.Context, url string) (*Response, error) {
	r, err := l.pack.Fetch(ctx, url)
	if errors.Is(err, &Error{Code: CodeNotInPack}) {
		return l.next.Fetch(ctx, url)
	}
	return r, err
}
