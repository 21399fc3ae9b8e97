package caseapi

import (
	"bytes"
	"context"
	"io"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/casefw"
)

// Resource is one answer of a store: a record or a whole package, written in the
// form of either version when it is asked for. It is immutable and safe for
// concurrent use. The zero Resource is of no use.
type Resource struct {
	serial   uint64 // of a package, by which a handler knows its text
	modified time.Time
	// One of the two is set.
	encode func(b []byte, v Version) ([]byte, error)
	write  func(ctx context.Context, w io.Writer, v Version) error

	keep bool // the text is kept once it is written
	kept [2]atomic.Pointer[[]byte]
}

// NewResource wraps a record of any class, which must not be changed afterwards.
// modified is when it last changed, usually its lastChangeDateTime; the zero time
// means unknown, and no Last-Modified is sent for it.
//
// The handler writes the standard's members alone, and for 1.0 those of 1.0. The
// members CFPackageURI of a document and CFDocumentURI of an item are required and
// must be there.
func NewResource[R casefw.Resource](rec *R, modified time.Time) *Resource {
	return &Resource{modified: modified, encode: func(b []byte, v Version) ([]byte, error) {
		if v == V1p0 {
			old, err := to1p0(rec)
			if err != nil {
				return b, err
			}
			return casefw.Append(b, old, casefw.Standard), nil
		}
		return casefw.Append(b, rec, casefw.Standard), nil
	}}
}

// serials numbers packages: a handler that keeps a text does not keep the framework.
var serials atomic.Uint64

// NewPackage wraps a framework as the package that it is. A handler keeps the text
// of packages, so a store should return the same Resource as long as the framework
// is the same.
func NewPackage(f *casefw.Framework, modified time.Time) *Resource {
	return &Resource{serial: serials.Add(1), modified: modified, write: func(ctx context.Context, w io.Writer, v Version) error {
		if v == V1p0 {
			return writePackage1p0(ctx, w, f)
		}
		return f.WriteJSON(ctx, w, casefw.Standard)
	}}
}

// Modified returns when the resource last changed, the zero time for unknown.
func (r *Resource) Modified() time.Time { return r.modified }

// WriteJSON writes the resource as a version has it. It returns [ErrNotFound]
// where the version cannot say it at all: 1.0 knows no associations with what is
// not of CASE.
func (r *Resource) WriteJSON(ctx context.Context, w io.Writer, v Version) error {
	if r.write != nil {
		return r.write(ctx, w, v)
	}
	var room []byte
	if buffer, ok := w.(*bytes.Buffer); ok {
		room = buffer.AvailableBuffer()
	}
	text, err := r.text(room, v)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// text appends the record, or returns the text that is kept.
func (r *Resource) text(b []byte, v Version) ([]byte, error) {
	slot := &r.kept[0]
	if v == V1p0 {
		slot = &r.kept[1]
	}
	if kept := slot.Load(); kept != nil {
		return append(b, *kept...), nil
	}
	start := len(b)
	b, err := r.encode(b, v)
	if err == nil && r.keep {
		kept := bytes.Clone(b[start:])
		slot.Store(&kept)
	}
	return b, err
}
