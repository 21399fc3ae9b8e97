package obapi

import (
	"context"
	"crypto/sha256"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// Credential is one that a host has: the bytes as they came. Nothing is known of it before
// it is verified ([Keeper.Keep], package vc/verify).
type Credential struct {
	Form vc.Form // FormJSON or FormJWT, by the array that it stood in
	Raw  []byte
}

// List says which credentials to list. The zero List is all of them.
type List struct {
	// Since leaves out those that were issued earlier, or some hosts: stored earlier. The
	// zero time leaves out nothing.
	Since time.Time
	// Limit is the size of a page, 50 by default. A host may send fewer.
	Limit int
}

// Credentials yields the credentials of a person, page by page, each once. An error ends
// it; what came before is good.
//
// The next page is the one that the host names; where it names none, and does not say how
// many there are, it is asked for by its offset until nothing new comes. A link that leads
// to another host, outside the path of the service, to plain http or to a page that was
// there before ends the list with [ErrUnsafeLink].
func (cl *Client) Credentials(ctx context.Context, l List) iter.Seq2[Credential, error] {
	return func(yield func(Credential, error) bool) {
		w := cl.walk(l)
		for w.at != nil {
			fresh, err := w.page(ctx)
			for _, c := range fresh {
				if !yield(c, nil) {
					return
				}
			}
			if err != nil {
				yield(Credential{}, err)
				return
			}
		}
	}
}

// walk is one way through the pages.
type walk struct {
	cl      *Client
	at      *url.URL // the page to ask for, nil at the end
	limit   int
	offset  int
	pages   int
	visited map[[sha256.Size]byte]bool
	seen    map[[sha256.Size]byte]bool
}

func (cl *Client) walk(l List) *walk {
	w := &walk{cl: cl, at: cl.endpoint(credrest.List), limit: l.Limit,
		visited: map[[sha256.Size]byte]bool{}, seen: map[[sha256.Size]byte]bool{}}
	if w.limit <= 0 {
		w.limit = 50
	}
	q := url.Values{"limit": {strconv.Itoa(w.limit)}, "offset": {"0"}}
	if !l.Since.IsZero() {
		q.Set("since", l.Since.UTC().Format(time.RFC3339))
	}
	w.at.RawQuery = rest.EncodeQuery(q)
	return w
}

func (w *walk) call() *call {
	return &call{op: credrest.List, url: w.at, method: http.MethodGet, good: []int{http.StatusOK},
		header: http.Header{"Accept": {"application/json, application/*;q=0.5"}}}
}

// page reads a page and finds the next one. It returns the credentials that did not come
// before.
func (w *walk) page(ctx context.Context) ([]Credential, error) {
	c := w.call()
	if w.pages == w.cl.c.MaxPages {
		return nil, w.cl.failed(c, "the list has more pages than are read", ErrTooLong)
	}
	w.pages++
	w.visited[sha256.Sum256([]byte(w.at.String()))] = true
	a, err := w.cl.send(ctx, c)
	if errors.Is(err, ErrTooLong) && w.limit > 1 && w.pages < w.cl.c.MaxPages {
		w.limit = max(1, w.limit/4)
		w.at = (&rest.Turn{URL: w.at}).At(w.offset, w.limit)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, ok := readPage(a.body, int(w.cl.c.MaxAnswer))
	if !ok {
		e := w.cl.failed(c, "the answer is no list of credentials", ErrNotService)
		e.Status = a.status
		return nil, e
	}
	fresh := w.fresh(all)
	return fresh, w.turn(c, a.header, len(all), len(fresh))
}

// fresh leaves out what came before.
func (w *walk) fresh(all []Credential) (list []Credential) {
	for _, c := range all {
		if key := sha256.Sum256(c.Raw); !w.seen[key] {
			w.seen[key] = true
			list = append(list, c)
		}
	}
	return list
}

// turn goes to the next page. Behind a page that brought nothing new there is none.
func (w *walk) turn(c *call, head http.Header, items, fresh int) error {
	t := &rest.Turn{URL: w.at, Base: w.cl.base, Header: head, Items: items, Limit: w.limit, Offset: w.offset}
	w.at = nil
	if fresh == 0 {
		return nil
	}
	next, code := t.Next()
	if _, known := rest.Total(head); next == nil && code == "" && !known && len(head.Values("Link")) == 0 {
		next = t.At(t.Offset+items, 0) // a page that is not full may have been cut
	}
	if next != nil && w.visited[sha256.Sum256([]byte(next.String()))] {
		code = rest.CodePaginationLoop
	}
	if code != "" {
		return w.cl.failed(c, string(code), ErrUnsafeLink)
	}
	w.at, w.offset = next, w.offset+items
	return nil
}

// pageLists are the members in which a page has its credentials: those of the standard, and
// those that hosts write instead.
var pageLists = []string{"credential", "compactJwsString", "credentials", "compactJwsStrings"}

// readPage reads the credentials of a page; ok is false for what is none.
func readPage(body []byte, most int) (all []Credential, ok bool) {
	doc, err := jsonx.Parse(trimmed(body), jsonx.Limits{Bytes: most, Depth: 80}, nil)
	if err != nil || doc.Root().Kind() != jsonx.Object {
		return nil, false
	}
	root := doc.Root()
	if root.Get("imsx_codeMajor").Exists() && root.Get("imsx_codeMajor").Text() != rest.Success {
		return nil, false
	}
	for _, name := range pageLists {
		items := root.Get(name).Items()
		if one := root.Get(name); len(items) == 0 && (one.Kind() == jsonx.Object || one.Kind() == jsonx.String) {
			items = []jsonx.Value{one}
		}
		for _, v := range items {
			switch v.Kind() {
			case jsonx.Object:
				all = append(all, Credential{vc.FormJSON, []byte(string(v.Raw()))})
			case jsonx.String:
				all = append(all, Credential{vc.FormJWT, []byte(strings.TrimSpace(v.Text()))})
			case jsonx.Null:
			default:
				return nil, false
			}
		}
	}
	return all, true
}
