package caseapi

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// sendResource answers with one resource. Packages come from the cache.
func (h *handler) sendResource(r request, found *Resource) error {
	if found.write != nil {
		return h.sendPackage(r, found)
	}
	b := rest.Buffer()
	defer rest.PutBuffer(b)
	if err := found.WriteJSON(r.Context(), b, r.v); err != nil {
		return err
	}
	h.send.Send(r.w, r.Request, rest.Answer{Body: b.Bytes(), Tag: rest.Tag(b.Bytes()), Modified: found.modified})
	return nil
}

func (h *handler) sendPackage(r request, found *Resource) error {
	key := strconv.FormatUint(found.serial, 10) + " " + r.v.String()
	write := func(ctx context.Context, w io.Writer) error { return found.write(ctx, w, r.v) }
	t, err := h.texts.Get(r.Context(), key, write)
	if err != nil {
		return err
	}
	a := rest.Answer{Body: t.Body, Tag: t.Tag, Modified: found.modified, Gzip: func() []byte { return h.texts.Gzip(key, t) }}
	if t.Body != nil {
		h.send.Send(r.w, r.Request, a)
		return nil
	}
	h.send.Stream(r.w, r.Request, a, t.Size, func(w io.Writer) error { return write(r.Context(), w) })
	return nil
}

// sendPage answers with a page of documents.
func (h *handler) sendPage(r request, page *Page, q *Query, values url.Values, selected []string) error {
	b := rest.Buffer()
	defer rest.PutBuffer(b)
	b.WriteString(`{"CFDocuments":[`)
	for i, d := range page.Documents {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeDocument(r.Context(), b, d, r.v, selected); err != nil {
			return err
		}
	}
	b.WriteString(`]}`)
	rest.Page{Limit: q.Limit, Offset: q.Offset}.SetHeaders(r.w.Header(), h.base+BasePath(r.v)+"/CFDocuments", values, page.Total)
	h.send.Send(r.w, r.Request, rest.Answer{Body: b.Bytes(), Tag: rest.PageTag(b.Bytes(), r.w.Header()), Modified: page.Modified})
	return nil
}

// writeDocument writes a document of the list, with the selected members alone
// where there is a selection.
func writeDocument(ctx context.Context, b *bytes.Buffer, d *Resource, v Version, selected []string) error {
	if selected == nil {
		return d.WriteJSON(ctx, b, v)
	}
	var whole bytes.Buffer
	if err := d.WriteJSON(ctx, &whole, v); err != nil {
		return err
	}
	doc, err := jsonx.Parse(whole.Bytes(), jsonx.Limits{Bytes: 1 << 30, Depth: 1 << 14}, nil)
	if err != nil {
		return err
	}
	b.WriteByte('{')
	some := false
	for m := doc.Root().First(); m.Exists(); m = m.Next() {
		if !slices.Contains(selected, m.Name()) {
			continue
		}
		if some {
			b.WriteByte(',')
		}
		some = true
		b.WriteByte('"')
		b.WriteString(m.Name()) // one of our own names
		b.WriteString(`":`)
		b.Write(m.Raw())
	}
	b.WriteByte('}')
	return nil
}
