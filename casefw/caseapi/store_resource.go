package caseapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/casefw"
)

// Resource is one answer of a store: a record or a whole package, written in the
// form of either version when it is asked for. It is immutable and safe for
// concurrent use. The zero Resource is of no use.
type Resource struct {
	kind     Kind          // of the endpoint that answers so, zero for none
	ids      []casefw.GUID // under which it answers
	serial   uint64        // of a package, by which a handler knows its text
	modified time.Time
	// One of the three is set.
	encode func(b []byte, v Version) ([]byte, error)
	write  func(ctx context.Context, w io.Writer, v Version) error
	stored func(ctx context.Context, v Version) (Text, error)

	keep  bool // the text is kept once it is written
	kept  [2]atomic.Pointer[[]byte]
	known [2]atomic.Pointer[fingerprint] // of a package that was written once
}

// fingerprint is what is known of a text that is not at hand.
type fingerprint struct {
	tag  string
	size int64
}

// NewResource wraps a record of any class, which must not be changed afterwards.
// modified is when it last changed, usually its lastChangeDateTime; the zero time
// means unknown, and no Last-Modified is sent for it.
//
// The handler writes the standard's members alone, and for 1.0 those of 1.0. The
// members CFPackageURI of a document and CFDocumentURI of an item are required and
// must be there.
func NewResource[R casefw.Resource](rec *R, modified time.Time) *Resource {
	if rec == nil {
		return &Resource{}
	}
	kind, ids := identify(rec)
	return &Resource{kind: kind, ids: ids, modified: modified, encode: func(b []byte, v Version) ([]byte, error) {
		if a, is := any(rec).(*casefw.CFAssociation); is && v == V1p0 && a.BeyondCASE() {
			return b, ErrNotFound
		}
		return casefw.AppendVersion(b, rec, v), nil
	}}
}

// identify returns the kind whose endpoint answers with a record, and the identifier
// under which it does: of a set that of the element that was asked for, the first.
func identify(rec any) (Kind, []casefw.GUID) {
	switch r := rec.(type) {
	case *casefw.CFDocument:
		return KindDocument, []casefw.GUID{r.GUID()}
	case *casefw.CFPackage:
		return KindPackage, packageIDs(r.CFDocument)
	case *casefw.CFItem:
		return KindItem, []casefw.GUID{r.GUID()}
	case *casefw.CFAssociation:
		return KindAssociation, []casefw.GUID{r.GUID()}
	case *casefw.CFAssociationSet:
		if r.CFItem == nil {
			return KindItemAssociations, nil
		}
		return KindItemAssociations, []casefw.GUID{r.CFItem.GUID()}
	case *casefw.CFAssociationGrouping:
		return KindAssociationGrouping, []casefw.GUID{guid(r.Identifier)}
	case *casefw.CFLicense:
		return KindLicense, []casefw.GUID{guid(r.Identifier)}
	case *casefw.CFRubric:
		return KindRubric, []casefw.GUID{guid(r.Identifier)}
	case *casefw.CFConceptSet:
		return KindConcept, firstID(r.CFConcepts, func(c *casefw.CFConcept) string { return c.Identifier })
	case *casefw.CFSubjectSet:
		return KindSubject, firstID(r.CFSubjects, func(s *casefw.CFSubject) string { return s.Identifier })
	case *casefw.CFItemTypeSet:
		return KindItemType, firstID(r.CFItemTypes, func(t *casefw.CFItemType) string { return t.Identifier })
	}
	return 0, nil
}

func firstID[E any](set []E, identifier func(*E) string) []casefw.GUID {
	if len(set) == 0 {
		return nil
	}
	return []casefw.GUID{guid(identifier(&set[0]))}
}

// packageIDs are the identifiers of a package: its document's, and the one by which the
// document names it.
func packageIDs(d *casefw.CFDocument) []casefw.GUID {
	if d == nil {
		return nil
	}
	return []casefw.GUID{d.GUID(), d.CFPackageURI.GUID()}
}

// serials numbers packages: a handler that keeps a text does not keep the framework.
var serials atomic.Uint64

// NewPackage wraps a framework as the package that it is. A handler keeps the text
// of packages, so a store should return the same Resource as long as the framework
// is the same. A store that has the text already does better with [NewStored].
func NewPackage(f *casefw.Framework, modified time.Time) *Resource {
	if f == nil {
		return &Resource{}
	}
	write := func(ctx context.Context, w io.Writer, v Version) error { return f.WriteVersion(ctx, w, v) }
	return &Resource{kind: KindPackage, ids: packageIDs(f.Document()), serial: serials.Add(1), modified: modified, write: write}
}

// Text is an answer that a store has written already: a file, or a text in a data base.
type Text struct {
	// Tag is the entity tag, without quotes: a digest or a revision, which is another for
	// each text that the resource had or will have in the version. It is 1 to 128
	// visible characters of ASCII without a quote.
	Tag string
	// Size is the length of the text in bytes.
	Size int64
	// Open gives the text, one object of JSON. It is not called for a client who has the
	// text already, nor for HEAD. The handler keeps texts up to half of
	// Config.CacheBytes, by their tags, and asks for those once.
	Open func(context.Context) (io.ReadCloser, error)
}

// NewStored wraps a resource whose text the store has, so that nothing is made to answer
// that nothing changed. kind and id say what it is. text is asked for each request; where
// a version has no such resource it returns [ErrNotFound]. The text must be as the
// standard has it, as [Resource.WriteJSON] of another resource writes it: it is sent as
// it is, once it is seen to be JSON of the size that was promised. One that is too long to
// be kept is passed through, and the answer broken off where its size is another.
func NewStored(kind Kind, id casefw.GUID, modified time.Time, text func(ctx context.Context, v Version) (Text, error)) *Resource {
	if text == nil {
		return &Resource{}
	}
	return &Resource{kind: kind, ids: []casefw.GUID{id}, modified: modified, stored: text}
}

// Modified returns when the resource last changed, the zero time for unknown.
func (r *Resource) Modified() time.Time { return r.modified }

// answers holds a resource against the question that a store was asked.
func (r *Resource) answers(kind Kind, id casefw.GUID) error {
	switch {
	case r.encode == nil && r.write == nil && r.stored == nil:
		return errors.New("caseapi: the store returned a Resource of nothing")
	case r.kind != kind:
		return fmt.Errorf("caseapi: the store returned %q for %q", r.kind, kind)
	case !slices.Contains(r.ids, id):
		return fmt.Errorf("caseapi: the store returned %v of another identifier than %v", kind, id)
	}
	return nil
}

// WriteJSON writes the resource as a version has it. It returns [ErrNotFound]
// where the version cannot say it at all: 1.0 knows no associations with what is
// not of CASE.
func (r *Resource) WriteJSON(ctx context.Context, w io.Writer, v Version) error {
	switch {
	case r.write != nil:
		return r.write(ctx, w, v)
	case r.stored != nil:
		t, err := r.stored(ctx, v)
		if err == nil {
			err = t.whole(ctx, w)
		}
		return err
	case r.encode == nil:
		return errors.New("caseapi: a Resource of nothing")
	}
	if kept := r.kept[slotOf(v)].Load(); kept != nil {
		_, err := w.Write(*kept)
		return err
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

// text appends the record, and keeps the text where that is asked for.
func (r *Resource) text(b []byte, v Version) ([]byte, error) {
	start := len(b)
	b, err := r.encode(b, v)
	if err == nil && r.keep {
		kept := bytes.Clone(b[start:])
		r.kept[slotOf(v)].Store(&kept)
	}
	return b, err
}

// slotOf is where something of a version is kept.
func slotOf(v Version) int {
	if v == V1p0 {
		return 1
	}
	return 0
}
