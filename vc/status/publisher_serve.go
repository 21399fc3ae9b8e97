package status

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// ErrNoList is the error of a URL at which a [Publisher] has no list.
var ErrNoList = errors.New("status: there is no such list")

// servedList is a list as it was last signed.
type servedList struct {
	changes atomic.Uint64 // made by this process

	mu     sync.Mutex // held while it is loaded and signed, by one for all who ask
	seen   uint64     // of the changes, in the list
	loaded time.Time
	values map[int]uint64
	signed SignedList
}

// SignedList is a status list as it is served. The zero SignedList is none.
type SignedList struct {
	Bytes      []byte // JSON or a token; it must not be changed
	ValidFrom  time.Time
	ValidUntil time.Time
}

// pathOf is the path of the URL under which lists are served.
func pathOf(base vc.IRI) (string, error) {
	u, err := url.Parse(string(base))
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("status: PublisherConfig.URL %s is not the URL of a folder", vc.Quote(string(base)))
	}
	return u.Path + "/", nil
}

// changed says that a list is to be signed anew before it is next shown.
func (s *series) changed(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.served[n]; l != nil {
		l.changes.Add(1)
	}
}

// List returns the list at a URL, signed: the one that was signed last where nothing has
// changed and half of its lifetime is not over, else a new one. Where that cannot be
// signed, the last one is returned while it is valid. The error is ErrNoList, or that of
// the Store or of Sign.
func (p *Publisher) List(ctx context.Context, listURL vc.IRI) (SignedList, error) {
	name, ok := strings.CutPrefix(string(listURL), string(p.c.URL)+"/")
	if !ok {
		return SignedList{}, ErrNoList
	}
	purpose, _, _ := strings.Cut(name, "/")
	s := p.series[purpose]
	if s == nil {
		return SignedList{}, ErrNoList
	}
	n, ok := s.number(name)
	if !ok {
		return SignedList{}, ErrNoList
	}
	l, err := p.known(ctx, s, n)
	if err != nil {
		return SignedList{}, err
	}
	return p.current(ctx, s, n, l)
}

// known is a list that there is: strangers may ask for any.
func (p *Publisher) known(ctx context.Context, s *series, n int) (*servedList, error) {
	s.mu.Lock()
	l := s.served[n]
	s.mu.Unlock()
	if l != nil {
		return l, nil
	}
	if n > int(s.open.Load()) { // another process may have begun it
		kept, err := p.load(ctx, s, n)
		if err != nil {
			return nil, err
		}
		if kept.Taken == 0 {
			return nil, ErrNoList
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.served[n] == nil {
		s.served[n] = &servedList{}
	}
	return s.served[n], nil
}

func (p *Publisher) load(ctx context.Context, s *series, n int) (Kept, error) {
	kept, err := guard.Call(ctx, func() (Kept, error) { return p.c.Store.Load(ctx, s.name(n)) })
	if err != nil {
		return Kept{}, fmt.Errorf("status: loading list %s: %w", s.name(n), err)
	}
	return kept, nil
}

// current returns the list as it may be served now.
func (p *Publisher) current(ctx context.Context, s *series, n int, l *servedList) (SignedList, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, changes := p.c.Now(), l.changes.Load()
	if l.signed.Bytes != nil && l.seen == changes && now.Sub(l.loaded) < p.c.TTL && !now.Before(l.loaded) {
		return l.signed, nil
	}
	err := p.renew(ctx, s, n, l, now)
	if err == nil {
		l.seen, l.loaded = changes, now
		return l.signed, nil
	}
	if l.signed.Bytes == nil || !now.Before(l.signed.ValidUntil) || ctx.Err() != nil {
		return SignedList{}, err
	}
	if p.c.OnError != nil {
		_, _ = guard.Call(context.Background(), func() (struct{}, error) { p.c.OnError(err); return struct{}{}, nil })
	}
	return l.signed, nil
}

// renew loads the list, and signs it where it has changed or half of its lifetime is over.
func (p *Publisher) renew(ctx context.Context, s *series, n int, l *servedList, now time.Time) error {
	kept, err := p.load(ctx, s, n)
	if err != nil {
		return err
	}
	young := l.signed.Bytes != nil && !now.Before(l.signed.ValidFrom) && now.Sub(l.signed.ValidFrom) < p.c.Lifetime/2
	if young && maps.Equal(kept.Values, l.values) {
		return nil
	}
	list := &List{bits: bytes.Clone(s.empty.bits), size: s.empty.size}
	for index, value := range kept.Values {
		if err := list.Set(index, value); err != nil {
			return fmt.Errorf("status: the store holds what list %s cannot: %w", s.name(n), err)
		}
	}
	said := p.publication(s, n)
	said.ValidFrom = now.Truncate(time.Second)
	said.ValidUntil = said.ValidFrom.Add(p.c.Lifetime)
	unsigned, err := list.Credential(said)
	if err != nil {
		return err
	}
	signed, err := guard.Call(ctx, func() ([]byte, error) { return p.c.Sign(ctx, unsigned) })
	if err == nil && len(signed) == 0 {
		err = errors.New("the signer answered nothing")
	}
	if err != nil {
		return fmt.Errorf("status: signing list %s: %w", s.name(n), err)
	}
	l.values, l.signed = kept.Values, SignedList{bytes.Clone(signed), said.ValidFrom, said.ValidUntil}
	return nil
}

// ServeHTTP serves the lists at the paths of their URLs, to everybody and to pages of every
// origin, with an ETag and for as long as the TTL. It answers 404 at any other path, and
// 503 where a list can neither be signed nor an older one be served.
func (p *Publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "a status list is read by GET", http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, p.base)
	if !ok {
		http.NotFound(w, r)
		return
	}
	list, err := p.List(r.Context(), vc.IRI(string(p.c.URL)+"/"+name))
	switch {
	case errors.Is(err, ErrNoList):
		http.NotFound(w, r)
	case err != nil:
		w.Header().Set("Retry-After", "60")
		http.Error(w, "the status list cannot be had at present", http.StatusServiceUnavailable)
	default:
		p.send(w, r, list)
	}
}

// send answers with a list: kept for no longer than it is valid.
func (p *Publisher) send(w http.ResponseWriter, r *http.Request, list SignedList) {
	mediaType := "application/vc+jwt"
	if list.Bytes[0] == '{' {
		mediaType = "application/vc"
	}
	age := max(0, min(p.c.TTL, list.ValidUntil.Sub(p.c.Now())))
	sender := rest.Sender{CacheControl: rest.CacheControl(false, age), Now: p.c.Now, NoGzip: true} // it is compressed
	sender.Send(w, r, rest.Answer{MediaType: mediaType, Body: list.Bytes, Tag: rest.Tag(list.Bytes), Modified: list.ValidFrom})
}
