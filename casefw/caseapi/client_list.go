package caseapi

import (
	"context"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// List says which documents to list and how. The zero value lists all of them.
type List struct {
	Filter Filter
	// Sort is the member to sort by, "" for the provider's order. A provider that
	// cannot sort by it uses its own order and does not say so.
	Sort       string
	Descending bool
	// Fields are the members to send, none for all. The identifier is asked for in
	// any case: without it nobody can tell one document from another.
	Fields []string
	// Limit is the size of a page, 100 by default, as in the binding.
	Limit int
	// Offset is how many documents to pass over.
	Offset int
}

// query writes the parameters.
func (l *List) query() (url.Values, error) {
	if err := l.Filter.Err(); err != nil {
		return nil, failure(CodeBadRequest, "", "the filter cannot be written", err)
	}
	if !names(l.Fields) || l.Sort != "" && !fieldName.MatchString(l.Sort) || l.Limit < 0 || l.Offset < 0 {
		return nil, failure(CodeBadRequest, "", "List has a field that is no name, or a negative number", nil)
	}
	if l.Limit == 0 {
		l.Limit = 100
	}
	q := url.Values{"limit": {strconv.Itoa(l.Limit)}, "offset": {strconv.Itoa(l.Offset)}}
	if text := l.Filter.String(); text != "" {
		q.Set("filter", text)
	}
	if l.Sort != "" {
		q.Set("sort", l.Sort)
		q.Set("orderBy", map[bool]string{false: "asc", true: "desc"}[l.Descending])
	}
	if len(l.Fields) > 0 {
		q.Set("fields", strings.Join(with(l.Fields, "identifier"), ","))
	}
	return q, nil
}

// with returns the fields with those that must not lack.
func with(fields []string, needed ...string) []string {
	fields = slices.Clip(fields)
	for _, name := range needed {
		if !slices.Contains(fields, name) {
			fields = append(fields, name)
		}
	}
	return fields
}

// Listing walks the documents of a provider page by page (getAllCFDocuments). It
// is for one goroutine.
type Listing struct {
	cl       *Client
	list     List
	total    int
	hasTotal bool
	complete bool
	nameless int
	at       standing
	warnings []*vc.Problem
	report   *casefw.Report
}

// standing is where the document stands that is walked.
type standing struct {
	url   string
	index int
}

// Documents lists documents. Nothing is sent before the walk begins.
func (cl *Client) Documents(l List) *Listing { return &Listing{cl: cl, list: l} }

// Total returns X-Total-Count of the last page that had it, ok false where none did.
func (l *Listing) Total() (n int, ok bool) { return l.total, l.hasTotal }

// Complete reports whether the walk came to the end of the list, and the end is shown to
// be one. X-Total-Count shows it where it stays the same and is the number of documents
// that came. Without it the provider must name no next page, have nothing beyond, and
// show at the edges of its pages that they join. A provider that knows neither limit nor
// offset has one page, and that is the list. Links to a next page without an offset are
// the provider's own way to walk, and their end is believed.
//
// Where an end is not shown the Warnings say why, with one of the codes
// [WarnTotalContradicts], [WarnListChanged], [WarnPageRepeats], [WarnOffsetIgnored],
// [WarnPagesApart], [WarnEndUnproven], [WarnListEntry] or [WarnNameless]. What is not
// in a list that is not complete may still be there.
func (l *Listing) Complete() bool { return l.complete }

// Nameless is how many documents came without an identifier.
func (l *Listing) Nameless() int { return l.nameless }

// Warnings lists how the answers deviated so far: each code once, and each document
// without an identifier up to the MaxFindings of ClientConfig.Reading.
func (l *Listing) Warnings() []*vc.Problem { return slices.Clone(l.warnings) }

// Report lists what of the documents so far breaks the standard, nil before the
// first page. Its pointers are into the page that a document stood on. The limit of
// findings is one for all pages.
func (l *Listing) Report() *casefw.Report { return l.report }

// All walks the documents, asking for pages as it goes. An error ends the walk; it
// comes with a nil document. Each walk begins at the first page. Each document comes
// once, known by its identifier; those without one come too, and keep no walk going.
//
// A next page on another host, outside the path of the service, over plain http, or one
// that was there before is an error, for the token must not leave the service and the
// walk must end.
func (l *Listing) All(ctx context.Context) iter.Seq2[*casefw.CFDocument, error] {
	return func(yield func(*casefw.CFDocument, error) bool) {
		ctx := l.cl.patient(ctx)
		l.warnings, l.report, l.complete, l.total, l.hasTotal, l.nameless = nil, nil, false, 0, false, 0
		w, err := l.begin(ctx)
		for err == nil && w.at != nil {
			var docs []entry
			if docs, err = w.page(ctx); err != nil {
				break
			}
			for i := range docs {
				l.at = standing{w.turned, docs[i].index}
				if !yield(docs[i].doc, nil) {
					return
				}
			}
			err = w.err
		}
		if err == nil {
			err = w.prove(ctx)
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func (l *Listing) warn(code vc.Code, url, found string) {
	if !slices.ContainsFunc(l.warnings, func(known *vc.Problem) bool { return known.Code == code }) {
		l.warnings = append(l.warnings, warning(code, url, found))
	}
}

// most is how many findings of one code are kept, over all pages.
func (cl *Client) most() int {
	switch n := cl.c.Reading.MaxFindings; {
	case n < 0:
		return 1 << 27 // no limit that anybody meets
	case n > 0:
		return n
	}
	return 1000
}
