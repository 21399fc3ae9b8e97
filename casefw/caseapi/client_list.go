package caseapi

import (
	"context"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// List says which documents to list and how. The zero value lists all of them.
type List struct {
	Filter Filter
	// Sort is the member to sort by, "" for the provider's order. A provider that
	// cannot sort by it uses its own order and does not say so.
	Sort       string
	Descending bool
	// Fields are the members to send, none for all. Without "identifier" documents
	// that come twice cannot be told.
	Fields []string
	// Limit is the size of a page, 100 by default, as in the binding.
	Limit int
	// Offset is how many documents to pass over.
	Offset int
}

// query writes the parameters.
func (l *List) query() (url.Values, error) {
	if err := l.Filter.Err(); err != nil {
		return nil, &Error{Code: CodeBadRequest, Detail: "the filter cannot be written", Err: err}
	}
	if !names(l.Fields) || l.Sort != "" && !fieldName.MatchString(l.Sort) || l.Limit < 0 || l.Offset < 0 {
		return nil, &Error{Code: CodeBadRequest, Detail: "List has a field that is no name, or a negative number"}
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
		q.Set("fields", strings.Join(l.Fields, ","))
	}
	return q, nil
}

// Listing walks the documents of a provider page by page (getAllCFDocuments). It
// is for one goroutine.
type Listing struct {
	cl       *Client
	list     List
	total    int
	hasTotal bool
	complete bool
	warnings []*vc.Problem
	report   *casefw.Report
}

// Documents lists documents. Nothing is sent before the walk begins.
func (cl *Client) Documents(l List) *Listing { return &Listing{cl: cl, list: l} }

// Total returns X-Total-Count of the last page, ok false where it had none.
func (l *Listing) Total() (n int, ok bool) { return l.total, l.hasTotal }

// Complete reports whether the walk came to the end of the list.
func (l *Listing) Complete() bool { return l.complete }

// Warnings lists how the answers deviated so far.
func (l *Listing) Warnings() []*vc.Problem { return slices.Clone(l.warnings) }

// Report lists what of the documents so far breaks the standard, nil before the
// first page. Its pointers are into the page that a document stood on.
func (l *Listing) Report() *casefw.Report { return l.report }

// All walks the documents, asking for pages as it goes. An error ends the walk; it
// comes with a nil document. Each walk begins at the first page.
//
// A next page on another host, over plain http, or one that was there before is
// an error, for the token must not leave the host and the walk must end.
func (l *Listing) All(ctx context.Context) iter.Seq2[*casefw.CFDocument, error] {
	return func(yield func(*casefw.CFDocument, error) bool) {
		w := &walk{Listing: l, seen: map[string]bool{}, visited: map[string]bool{}}
		l.warnings, l.report, l.complete, l.hasTotal = nil, nil, false, false
		if err := w.begin(ctx); err != nil {
			yield(nil, err)
			return
		}
		for pages := 0; w.at != nil; pages++ {
			if pages == l.cl.c.MaxPages {
				yield(nil, &Error{Code: CodeTooManyPages, URL: w.at.Redacted(),
					Detail: "the list has more than " + strconv.Itoa(pages) + " pages"})
				return
			}
			docs, err := w.page(ctx)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range docs {
				if !yield(&docs[i], nil) {
					return
				}
			}
			if w.err != nil {
				yield(nil, w.err)
				return
			}
		}
		l.complete = true
	}
}

// walk is one way through the pages.
type walk struct {
	*Listing
	version Version
	at      *url.URL // the page to ask for, nil at the end
	offset  int
	seen    map[string]bool // identifiers
	visited map[string]bool // URLs
	err     error           // why there is no next page
}

func (w *walk) begin(ctx context.Context) error {
	q, err := w.list.query()
	if err != nil {
		return err
	}
	if w.version, err = w.cl.Version(ctx); err != nil {
		return err
	}
	w.at, w.offset = w.cl.endpoint(w.version, KindDocument.Path(), q), w.list.Offset
	if len(w.list.Filter.f.Terms) > 2 {
		w.warn(WarnManyTerms, "the filter has more comparisons than every provider must take")
	}
	return nil
}

func (w *walk) warn(code vc.Code, detail string) {
	for _, known := range w.warnings {
		if known.Code == code {
			return
		}
	}
	w.warnings = append(w.warnings, warning(code, w.at.Redacted(), detail))
}

// page reads a page and finds the next one. It returns the documents that did not
// come before.
func (w *walk) page(ctx context.Context) ([]casefw.CFDocument, error) {
	w.visited[w.at.String()] = true
	t := &rest.Turn{URL: w.at, Limit: w.list.Limit, Offset: w.offset}
	var a *Answer[casefw.CFDocumentSet]
	err := w.cl.send(ctx, &call{url: w.at, most: w.cl.c.MaxBody, take: func(r *reply) (err error) {
		t.Header = r.header
		a, err = parse[casefw.CFDocumentSet](w.cl, r, w.version, len(w.list.Fields) > 0)
		return err
	}})
	if err != nil {
		return nil, err
	}
	for _, known := range a.Warnings {
		w.warn(known.Code, known.Message)
	}
	if w.report == nil {
		w.report = a.Report
	} else {
		w.report.Append(a.Report)
	}
	docs := a.Value.CFDocuments
	t.Items = len(docs)
	w.judge(t)
	fresh := w.fresh(docs)
	w.turn(t, len(fresh))
	return fresh, nil
}

// judge warns about what the headers of a page do not say or say wrongly.
func (w *walk) judge(t *rest.Turn) {
	w.total, w.hasTotal = rest.Total(t.Header)
	switch {
	case t.Header.Get("X-Total-Count") != "" && !w.hasTotal:
		w.warn(WarnTotalUnreadable, "X-Total-Count is "+vc.Quote(t.Header.Get("X-Total-Count")))
	case !w.hasTotal && t.Header.Get("Link") == "":
		w.warn(WarnNoPagingHeaders, "the list has neither Link nor X-Total-Count; that it is whole is a guess")
	case w.hasTotal && t.Offset+t.Items > w.total:
		w.warn(WarnTotalContradicts, "X-Total-Count is "+strconv.Itoa(w.total)+", and more documents came")
	}
	if t.Items > t.Limit {
		w.warn(WarnLimitIgnored, strconv.Itoa(t.Items)+" documents came where "+strconv.Itoa(t.Limit)+" were asked for")
	}
}

// fresh leaves out the documents that came before.
func (w *walk) fresh(docs []casefw.CFDocument) []casefw.CFDocument {
	all := len(docs)
	docs = slices.DeleteFunc(docs, func(d casefw.CFDocument) bool {
		if d.Identifier == "" {
			return false
		}
		twice := w.seen[d.Identifier]
		w.seen[d.Identifier] = true
		return twice
	})
	if len(docs) < all {
		w.warn(WarnPageRepeats, strconv.Itoa(all-len(docs))+" documents of a page came before")
	}
	return docs
}

// turn goes to the next page. A page that brought nothing new is the last.
func (w *walk) turn(t *rest.Turn, fresh int) {
	at := w.at
	w.at = nil
	if fresh == 0 {
		return
	}
	next, code := t.Next()
	if next != nil && w.visited[next.String()] {
		code = rest.CodePaginationLoop
	}
	switch {
	case code != "":
		w.err = &Error{Code: vc.Code(code), URL: at.Redacted(), Detail: "the link to the next page is not followed"}
	case next != nil:
		w.at = next
		w.offset += t.Items
		if n, err := strconv.ParseUint(next.Query().Get("offset"), 10, 31); err == nil {
			w.offset = int(n)
		}
	}
}
