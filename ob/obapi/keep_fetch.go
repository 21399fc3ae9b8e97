package obapi

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Fetch is what became of a document that was asked for to verify a credential. It has the
// host alone: the rest of a URL may tell whose credential it was.
type Fetch struct {
	Host     string
	Code     string // why it could not be had, as of [fetch.Error]; "" where it was
	Duration time.Duration
}

// toldFetcher tells of each document that is asked for.
type toldFetcher struct {
	fetch.Fetcher
	tell func(Fetch)
	now  func() time.Time
}

// Fetch implements fetch.Fetcher.
func (f toldFetcher) Fetch(ctx context.Context, asked string) (*fetch.Response, error) {
	began := f.now()
	resp, err := f.Fetcher.Fetch(ctx, asked)
	done := Fetch{Duration: f.now().Sub(began)}
	if u, bad := url.Parse(asked); bad == nil {
		done.Host = u.Host
	}
	if e, ok := errors.AsType[*fetch.Error](err); ok {
		done.Code = string(e.Code)
	} else if err != nil {
		done.Code = string(fetch.CodeFetcher)
	}
	_, _ = guard.Call(context.Background(), func() (struct{}, error) { f.tell(done); return struct{}{}, nil })
	return resp, err
}
