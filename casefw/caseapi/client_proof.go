package caseapi

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// prove decides whether the walk saw the whole list. What decides is what the provider
// says of the number of documents, else what it shows at the edges of its pages.
func (w *walk) prove(ctx context.Context) error {
	if w.hasTotal {
		return w.proveTotal(ctx)
	}
	switch {
	case w.nameless > 0:
		w.doubt(WarnNameless, "")
	case w.repeats > 0 && w.alike:
		w.doubt(WarnOffsetIgnored, "the first page again, from offset "+strconv.Itoa(w.last.end)+" on")
	case w.repeats > 0:
		w.doubt(WarnPageRepeats, strconv.Itoa(w.repeats)+" of them")
	case w.behind && !w.alike:
		w.doubt(WarnOffsetIgnored, "documents of an earlier page, from offset "+strconv.Itoa(w.last.end)+" on")
	case w.last.refused != nil:
		w.doubt(WarnEndUnproven, "no answer for offset "+strconv.Itoa(w.last.end)+": "+vc.Quote(w.last.refused.Error()))
	case w.doubtful || w.cursor:
	case w.alike:
		if err := w.proveOnePage(ctx); err != nil {
			return err
		}
	default:
		if err := w.proveEdges(ctx); err != nil {
			return err
		}
	}
	w.complete = !w.doubtful
	return nil
}

// proveTotal holds what came against X-Total-Count.
func (w *walk) proveTotal(ctx context.Context) error {
	n := w.named + w.nameless
	came := w.list.Offset + n
	if came != w.total && (n > 0 || came < w.total) {
		w.doubt(WarnTotalContradicts, "X-Total-Count "+strconv.Itoa(w.total)+", and "+strconv.Itoa(came)+" different documents")
	}
	if w.repeats > 0 {
		w.warn(WarnPageRepeats, w.turned, strconv.Itoa(w.repeats)+" of them")
	}
	// Only the count from the beginning says which documents came.
	if !w.doubtful && w.list.Offset > 0 && n > 0 {
		if err := w.proveEdges(ctx); err != nil {
			return err
		}
	}
	w.complete = !w.doubtful
	return nil
}

// proveOnePage is for a provider that answered another offset with the first page. Where
// it does not heed the limit either it has no pages: what it sent is the list. A page of
// exactly the size that was asked for may be the first of several all the same.
func (w *walk) proveOnePage(ctx context.Context) error {
	n := len(w.page0)
	if n != w.list.Limit {
		got, err := w.probe(ctx, w.last.end+n, 1) // of a single document, that the offset does nothing has to do
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && slices.Equal(got, w.page0) {
			return nil
		}
	}
	w.doubt(WarnOffsetIgnored, "the first page for each offset")
	return nil
}

// proveEdges asks for the records on both sides of each edge once more. That shows that
// an offset counts records, and that no record moved over an edge while the pages were
// read.
func (w *walk) proveEdges(ctx context.Context) error {
	if w.list.Offset > 0 && w.last.end == w.list.Offset {
		w.doubt(WarnEndUnproven, "nothing from offset "+strconv.Itoa(w.list.Offset)+" on")
		return nil
	}
	for _, e := range append(w.edges, edge{at: w.last.end, before: w.last.key, end: true}) {
		from, limit, want := e.at-1, 2, []key{e.before, e.after}
		switch {
		case e.end && e.at <= 1: // at offset 0 each way of counting shows the same; none at all is asked for twice
			from, limit, want = e.at, 1, nil
		case e.end:
			want = want[:1]
		}
		got, err := w.probe(ctx, from, limit)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			w.doubt(WarnEndUnproven, "no answer for offset "+strconv.Itoa(from)+": "+vc.Quote(err.Error()))
			return nil
		case len(got) < len(want) || !slices.Equal(got[:len(want)], want) || e.end && len(got) > len(want):
			w.doubt(WarnPagesApart, "other documents at offset "+strconv.Itoa(from)+" than on the pages")
			return nil
		}
	}
	return nil
}

// probe asks for a few records of the list. A provider may say that there is no page.
func (w *walk) probe(ctx context.Context, offset, limit int) ([]key, error) {
	t, a, err := w.ask(ctx, (&rest.Turn{URL: w.first}).At(offset, limit))
	if e, ok := errors.AsType[*Error](err); ok && noPage(e.Status) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if t.Items != len(a.Value.CFDocuments) {
		return nil, failure(CodeNotJSON, w.turned, "the list has an entry that is no document", nil)
	}
	return keysOf(entriesIn(a.Value.CFDocuments)), nil
}

// noPage reports whether a status says that there is nothing at an offset.
func noPage(status int) bool {
	return status == http.StatusNotFound || status == http.StatusBadRequest || status == http.StatusRequestedRangeNotSatisfiable
}
