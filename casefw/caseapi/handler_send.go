package caseapi

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/internal/imsrest"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// answer is a body that is ready to be sent.
type answer struct {
	body     []byte
	tag      string // of the body: an ETag without quotes
	modified time.Time
	gzip     func() []byte // the body compressed, where it is kept; else it is compressed now
}

// buffers are used again from request to request. Those that grew very large are
// left to the collector.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const largestPooled = 1 << 20

func putBuffer(b *bytes.Buffer) {
	if b.Cap() <= largestPooled {
		b.Reset()
		buffers.Put(b)
	}
}

var gzips = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // a level of its own package is no error
	return z
}}

// leastGzip is below what compression does not save a packet.
const leastGzip = 1400

// tagOf hashes a body: the tag changes when, and only when, a byte does.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return tagText(sum[:])
}

func tagText(sum []byte) string { return base64.RawURLEncoding.EncodeToString(sum[:16]) }

// sendResource answers with one resource. Packages come from the cache.
func (h *handler) sendResource(r request, found *Resource) error {
	if found.write != nil {
		return h.sendPackage(r, found)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer putBuffer(b)
	if err := found.WriteJSON(r.Context(), b, r.v); err != nil {
		return err
	}
	h.send(r, answer{body: b.Bytes(), tag: tagOf(b.Bytes()), modified: found.modified})
	return nil
}

func (h *handler) sendPackage(r request, found *Resource) error {
	t, err := h.cache.text(r.Context(), found, r.v)
	if err != nil {
		return err
	}
	if t.body == nil {
		return h.stream(r, found, t)
	}
	h.send(r, answer{body: t.body, tag: t.tag, modified: found.modified, gzip: func() []byte { return h.cache.compressed(t) }})
	return nil
}

// sendPage answers with a page of documents.
func (h *handler) sendPage(r request, page *Page, q *Query, values url.Values, selected []string) error {
	b := buffers.Get().(*bytes.Buffer)
	defer putBuffer(b)
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
	head := r.w.Header()
	head.Set("X-Total-Count", strconv.Itoa(page.Total))
	links := imsrest.Page{Limit: q.Limit, Offset: q.Offset}.Links(h.base+BasePath(r.v)+"/CFDocuments", values, page.Total)
	head.Set("Link", string(imsrest.AppendLinks(nil, links)))
	h.send(r, answer{body: b.Bytes(), tag: pageTag(b.Bytes(), head), modified: page.Modified})
	return nil
}

// pageTag is the tag of a page. The total and the links are part of what a client
// gets, so a page whose documents stay while the total changes is another.
func pageTag(body []byte, head http.Header) string {
	sum := sha256.New()
	_, _ = sum.Write(body)
	_, _ = io.WriteString(sum, head.Get("X-Total-Count")+" "+head.Get("Link"))
	return tagText(sum.Sum(nil))
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

// send answers a request that went well: 304 where the client has it already,
// compressed where it takes that.
func (h *handler) send(r request, a answer) {
	zip := !h.NoGzip && len(a.body) >= leastGzip && acceptsGzip(r.Header)
	if h.sendHead(r, a.tag, a.modified, zip) {
		return
	}
	body := a.body
	switch {
	case zip && a.gzip != nil:
		body = a.gzip()
	case zip:
		b := buffers.Get().(*bytes.Buffer)
		defer putBuffer(b)
		compress(b, a.body)
		body = b.Bytes()
	}
	r.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	r.w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = r.w.Write(body) // nobody is left to tell
	}
}

// compress writes a text compressed; writing to memory cannot fail.
func compress(b *bytes.Buffer, body []byte) {
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(b)
	_, _ = z.Write(body)
	_ = z.Close()
}

// compressedWell takes more time over it, for what is compressed once.
func compressedWell(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body)
	_ = z.Close()
	return bytes.Clone(b.Bytes())
}

// sendHead writes the headers of an answer, and the whole answer where that is 304.
func (h *handler) sendHead(r request, tag string, modified time.Time, zip bool) (done bool) {
	head := r.w.Header()
	h.common(head)
	head.Set("Cache-Control", h.cacheControl())
	if zip {
		tag += "-gzip" // another representation, so another tag
	}
	tag = `"` + tag + `"`
	head.Set("ETag", tag)
	modified = h.honest(modified)
	if !modified.IsZero() {
		head.Set("Last-Modified", modified.UTC().Format(http.TimeFormat))
	}
	if unchanged(r.Header, tag, modified) {
		head.Del("Content-Type")
		r.w.WriteHeader(http.StatusNotModified)
		return true
	}
	if zip {
		head.Set("Content-Encoding", "gzip")
	}
	return false
}

func (h *handler) common(head http.Header) {
	head.Set("Content-Type", "application/json; charset=utf-8")
	head.Set("X-Content-Type-Options", "nosniff")
}

func (h *handler) cacheControl() string {
	scope := "public"
	if h.Authorize != nil {
		scope = "private"
	}
	if h.MaxAge > 0 {
		return scope + ", max-age=" + strconv.FormatInt(int64(h.MaxAge/time.Second), 10)
	}
	return scope + ", no-cache"
}

// honest returns a time that may be sent as Last-Modified, in whole seconds: none
// in the future, and none of the last seconds, in which more may yet change.
func (h *handler) honest(modified time.Time) time.Time {
	if modified.IsZero() || modified.Year() < 1 || modified.Year() > 9999 || h.Now().Sub(modified) < 2*time.Second {
		return time.Time{}
	}
	return modified.Truncate(time.Second)
}

// stream writes a package that is too large to be kept.
func (h *handler) stream(r request, found *Resource, t *packageText) error {
	zip := !h.NoGzip && acceptsGzip(r.Header)
	if h.sendHead(r, t.tag, found.modified, zip) {
		return nil
	}
	if !zip {
		r.w.Header().Set("Content-Length", strconv.FormatInt(t.size, 10))
	}
	r.w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	if h.streamBody(r, found, zip) != nil {
		panic(http.ErrAbortHandler) // the status is sent: only a broken connection tells now
	}
	return nil
}

func (h *handler) streamBody(r request, found *Resource, zip bool) error {
	if !zip {
		return found.write(r.Context(), r.w, r.v)
	}
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(r.w)
	if err := found.write(r.Context(), z, r.v); err != nil {
		return err
	}
	return z.Close()
}
