package fetch

import (
	"context"

	"github.com/laurel-edu/laurel/internal/guard"
)

// Observe answers as f does and tells seen of every answer and every failure, those of
// trust packs and what they say of a key ([Method]) among them: for records of what a
// verification rests on. What was asked for twice is told twice, and a pack that lacks a
// document says so before the network is asked for it. seen may be called from several
// goroutines and must not change what it gets; where it panics nothing else changes.
func Observe(f Fetcher, seen func(url string, r *Response, err error)) Fetcher {
	return &observed{Guard(f), seen}
}

type observed struct {
	next Fetcher
	seen func(url string, r *Response, err error)
}

// Fetch implements [Fetcher].
func (o *observed) Fetch(ctx context.Context, url string) (*Response, error) {
	r, err := o.next.Fetch(ctx, url)
	o.tell(url, r, err)
	return r, err
}

func (o *observed) tell(url string, r *Response, err error) {
	guard.Yes(context.Background(), func() bool { o.seen(url, r, err); return true })
}

// method is what [Method] says, and tells of it as of an answer of the pack.
func (o *observed) method(url string) (method []byte, ok bool) {
	if method, ok = Method(o.next, url); ok {
		o.tell(url, &Response{URL: url, MediaType: "application/json", Body: method, Source: SourcePack}, nil)
	}
	return method, ok
}
