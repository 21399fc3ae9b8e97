package caseapi

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/rest"
)

// sendResource answers with one resource. Long ones come from the cache.
func (h *handler) sendResource(r *request, found *Resource) error {
	switch {
	case found.stored != nil:
		return h.sendStored(r, found)
	case found.write != nil:
		return h.sendPackage(r, found)
	}
	b := rest.Buffer()
	defer rest.PutBuffer(b)
	if err := found.WriteJSON(r.Context(), b, r.v); err != nil {
		return err
	}
	return h.sendBuffer(r, b, rest.Answer{Tag: rest.Tag(b.Bytes()), Modified: found.modified})
}

// sendBuffer answers with what was written. Its memory counts twice, for what becomes of
// it compressed.
func (h *handler) sendBuffer(r *request, b *bytes.Buffer, a rest.Answer) error {
	r.lease.Release()
	if err := r.lease.Take(2 * int64(b.Cap())); err != nil {
		return err
	}
	a.Body = b.Bytes()
	h.send.Send(r.w, r.Request, a)
	return nil
}

func (h *handler) sendPackage(r *request, found *Resource) error {
	known := &found.known[slotOf(r.v)]
	if k := known.Load(); k != nil && h.send.Brief(r.w, r.Request, rest.Answer{Size: k.size, Tag: k.tag, Modified: found.modified}) {
		return nil
	}
	write := func(ctx context.Context, w io.Writer) error { return found.write(ctx, w, r.v) }
	key := strconv.FormatUint(found.serial, 10) + " " + r.v.String()
	t, err := h.text(r, key, write)
	if err != nil {
		return err
	}
	known.Store(&fingerprint{t.Tag, t.Size})
	return h.sendText(r, key, t, rest.Answer{Tag: t.Tag, Modified: found.modified}, write)
}

// sendStored answers with a text that the store has, which is read where it is sent.
func (h *handler) sendStored(r *request, found *Resource) error {
	stored, err := ask(r.Context(), func() (Text, error) { return found.stored(r.Context(), r.v) })
	if err != nil {
		return err
	}
	if err := stored.check(); err != nil {
		return err
	}
	a := rest.Answer{Size: stored.Size, Tag: stored.Tag, Modified: found.modified}
	if h.send.Brief(r.w, r.Request, a) {
		return nil
	}
	if stored.Size > h.CacheBytes/2 {
		return h.stream(r, a, stored.through)
	}
	key := found.kind.Path() + " " + found.ids[0].String() + " " + r.v.String() + " " + stored.Tag
	t, err := h.text(r, key, func(ctx context.Context, w io.Writer) error {
		if err := r.lease.Take(stored.Size); err != nil {
			return err
		}
		return stored.whole(ctx, w)
	})
	if err != nil {
		return err
	}
	return h.sendText(r, key, t, a, stored.through)
}

// text returns a text of the cache, which write writes where it is not there.
func (h *handler) text(r *request, key string, write func(context.Context, io.Writer) error) (*rest.Text, error) {
	defer r.lease.Release()
	return h.texts.Get(r.Context(), key, func(ctx context.Context, w io.Writer) error {
		return write(ctx, &growing{w: w, lease: r.lease, most: h.CacheBytes / 2})
	})
}

// growing takes room for a text that is being written, and a copy of it, while it is of a
// length that is kept.
type growing struct {
	w       io.Writer
	lease   *rest.Lease
	n, most int64
}

// Write implements io.Writer.
func (g *growing) Write(b []byte) (int, error) {
	if g.n += int64(len(b)); g.n <= g.most {
		if err := g.lease.Take(2 * int64(len(b))); err != nil {
			return 0, err
		}
	}
	return g.w.Write(b)
}

// sendText answers with a text of the cache, or with one that was too long for it.
func (h *handler) sendText(r *request, key string, t *rest.Text, a rest.Answer, write func(context.Context, io.Writer) error) error {
	if t.Body == nil {
		a.Size = t.Size
		return h.stream(r, a, write)
	}
	// Twice, for the same compressed.
	if err := r.lease.Share(t, 2*int64(len(t.Body))); err != nil {
		return err
	}
	a.Body, a.Gzip = t.Body, func() []byte { return h.texts.Gzip(key, t) }
	h.send.Send(r.w, r.Request, a)
	return nil
}

func (h *handler) stream(r *request, a rest.Answer, write func(context.Context, io.Writer) error) error {
	if err := r.lease.TakeStream(); err != nil {
		return err
	}
	return h.send.Stream(r.w, r.Request, a, func(w io.Writer) error { return write(r.Context(), w) })
}

// sendPage answers with a page of documents.
func (h *handler) sendPage(r *request, page *Page, q *Query, selected []string) error {
	b := rest.Buffer()
	defer rest.PutBuffer(b)
	b.WriteString(`{"CFDocuments":[`)
	for i, d := range page.Documents {
		if i > 0 {
			b.WriteByte(',')
		}
		before := b.Cap()
		if err := writeDocument(r.Context(), b, d, r.v, selected); err != nil {
			return err
		}
		if err := r.lease.Take(int64(b.Cap() - before)); err != nil {
			return err
		}
	}
	b.WriteString(`]}`)
	here := h.base + BasePath(r.v) + "/" + KindDocument.Path()
	rest.Page{Limit: q.Limit, Offset: q.Offset}.SetHeaders(r.w.Header(), here, q.canonical(selected), page.Total)
	return h.sendBuffer(r, b, rest.Answer{Tag: rest.PageTag(b.Bytes(), r.w.Header()), Modified: page.Modified})
}

// writeDocument writes a document of the list, with the selected members alone
// where there is a selection.
func writeDocument(ctx context.Context, b *bytes.Buffer, d *Resource, v Version, selected []string) error {
	if selected == nil {
		return d.WriteJSON(ctx, b, v)
	}
	if kept := d.kept[slotOf(v)].Load(); kept != nil {
		return selectMembers(b, *kept, selected)
	}
	whole := rest.Buffer()
	defer rest.PutBuffer(whole)
	if err := d.WriteJSON(ctx, whole, v); err != nil {
		return err
	}
	return selectMembers(b, whole.Bytes(), selected)
}

// selectMembers writes an object with some of its members alone. What is passed over is
// not kept: it may be much more than what is written.
func selectMembers(b *bytes.Buffer, object []byte, selected []string) error {
	w := casescan.Over(object, casescan.Limits{Text: int64(len(object)), Value: len(object)})
	b.WriteByte('{')
	some := false
	err := w.Object(func(name []byte, _ int) error {
		value, _, err := w.Value()
		if err != nil || !slices.Contains(selected, string(name[1:len(name)-1])) {
			return err
		}
		if some {
			b.WriteByte(',')
		}
		some = true
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
		return nil
	})
	b.WriteByte('}')
	return err
}
