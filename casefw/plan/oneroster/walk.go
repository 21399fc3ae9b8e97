package oneroster

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// row is a record of a collection: what of it is read, and when it was changed.
type row struct {
	id       string
	text     []byte // reduced
	modified time.Time
}

// walked is what a list had.
type walked struct {
	rows     map[string]row
	order    []string
	newest   time.Time
	whole    bool // the list was asked for as a whole
	complete bool // nothing of what was asked for is missing, as far as can be told
}

// add takes a page, and returns how many records of it are new or changed.
func (w *walked) add(page []row) (fresh int) {
	for _, r := range page {
		old, there := w.rows[r.id]
		switch {
		case there && (bytes.Equal(old.text, r.text) || r.modified.Before(old.modified)):
			continue
		case !there:
			w.order = append(w.order, r.id)
		}
		w.rows[r.id] = r
		fresh++
	}
	return fresh
}

// walk reads what a collection has from an instant on, all of it where that is zero.
func (p *pull) walk(collection string, since time.Time) (*walked, error) {
	w, err := p.byStamp(collection, since)
	if err == nil && w == nil {
		p.warn(CodeIgnores, collection)
		w, err = p.byOffset(collection)
	}
	if err != nil {
		return nil, err
	}
	for _, r := range w.rows {
		if r.modified.After(w.newest) && r.modified.Before(p.now.Add(24*time.Hour)) { // a date in the far future would end all news
			w.newest = r.modified
		}
	}
	if !w.complete {
		p.complete = false
		p.warn(CodeIncomplete, collection)
	}
	return w, nil
}

// coarse is how far before the last record of a page the next page begins: gradebooks
// compare dates that are finer or coarser than those that they show.
const coarse = time.Second

// byStamp walks a list in the order of changes, each page from the last record of the one
// before, so that nothing is passed over however records change meanwhile. It returns nil
// where the gradebook does not filter or sort.
func (p *pull) byStamp(collection string, since time.Time) (*walked, error) {
	w := &walked{rows: map[string]row{}, whole: since.IsZero(), complete: true}
	from, offset, before := since, 0, []row(nil)
	for range p.c.MaxPages {
		if len(w.rows) > p.c.MaxRecords {
			return nil, p.tooMany(collection)
		}
		page, _, err := p.page(collection, from, true, offset)
		if refusesQuery(err) {
			return nil, nil
		}
		if err != nil || len(page) == 0 {
			return w, err
		}
		if !inOrder(page, from) {
			return nil, nil
		}
		fresh := w.add(page)
		if offset > 0 && fresh == 0 && samePage(page, before) { // the offset is ignored, and there is no more
			return w, nil
		}
		if next := page[len(page)-1].modified.Add(-coarse); next.After(from) && fresh > 0 {
			from, offset = next, 0
		} else {
			offset += len(page)
		}
		before = page
	}
	return nil, p.tooLong(collection)
}

// refusesQuery reports an answer that may be about the filter or the order.
func refusesQuery(err error) bool {
	e, ok := errors.AsType[*plan.SourceError](err)
	return ok && (e.Status == http.StatusBadRequest || e.Status == http.StatusUnprocessableEntity)
}

// inOrder reports whether a page is what was asked for.
func inOrder(page []row, from time.Time) bool {
	return slices.IsSortedFunc(page, func(a, b row) int { return a.modified.Compare(b.modified) }) &&
		!slices.ContainsFunc(page, func(r row) bool { return r.modified.IsZero() || r.modified.Before(from.Add(-coarse)) })
}

func samePage(a, b []row) bool {
	return slices.EqualFunc(a, b, func(x, y row) bool { return x.id == y.id })
}

// maxPasses bounds how often a list is read until nothing new is in it.
const maxPasses = 5

// byOffset reads a whole list by its offsets, again until a reading brings nothing new:
// records that come or go meanwhile shift the others over the edges of pages.
func (p *pull) byOffset(collection string) (*walked, error) {
	w := &walked{rows: map[string]row{}, whole: true}
	for range maxPasses {
		fresh, proven, err := p.pass(w, collection)
		if err != nil {
			return nil, err
		}
		if proven || fresh == 0 {
			w.complete = true
			break
		}
	}
	return w, nil
}

// pass reads a list once. proven says that the gradebook counts as many records as came.
func (p *pull) pass(w *walked, collection string) (fresh int, proven bool, err error) {
	offset, counts, before := 0, map[int]bool{}, []row(nil)
	for range p.c.MaxPages {
		if len(w.rows) > p.c.MaxRecords {
			return 0, false, p.tooMany(collection)
		}
		page, header, err := p.page(collection, time.Time{}, false, offset)
		if err != nil {
			return 0, false, err
		}
		total, counted := rest.Total(header)
		if counted {
			counts[total] = true
		}
		if len(page) == 0 || samePage(page, before) {
			return fresh, len(counts) == 1 && counts[len(w.rows)], nil
		}
		fresh += w.add(page)
		if offset += len(page); counted && offset >= total && len(page) < p.c.PageSize {
			return fresh, len(counts) == 1 && counts[len(w.rows)], nil
		}
		before = page
	}
	return 0, false, p.tooLong(collection)
}

func (p *pull) tooLong(collection string) error {
	return &plan.SourceError{URL: p.at(collection, nil).Redacted(), Detail: "the list has more pages than Config.MaxPages"}
}

func (p *pull) tooMany(collection string) error {
	return &plan.SourceError{URL: p.at(collection, nil).Redacted(), Detail: "the list has more records than Config.MaxRecords"}
}

// at is the address of a collection.
func (p *pull) at(collection string, q url.Values) *url.URL {
	u := p.http.Base().JoinPath(p.path(collection))
	u.RawQuery = rest.EncodeQuery(q)
	return u
}

// stampLayout is how OneRoster writes instants.
const stampLayout = "2006-01-02T15:04:05.000Z"

// page asks for one page.
func (p *pull) page(collection string, from time.Time, sorted bool, offset int) ([]row, http.Header, error) {
	q := url.Values{"limit": {strconv.Itoa(p.c.PageSize)}, "offset": {strconv.Itoa(offset)}}
	if sorted {
		q.Set("sort", "dateLastModified")
		q.Set("orderBy", "asc")
	}
	if !from.IsZero() {
		q.Set("filter", "dateLastModified>='"+from.UTC().Format(stampLayout)+"'")
	}
	u := p.at(collection, q)
	root, header, err := p.get(u)
	if err != nil {
		return nil, nil, err
	}
	var rows []row
	list := root
	if root.Kind() == jsonx.Object {
		list = root.Get(collection)
	}
	if root.Kind() == jsonx.Object && !list.Exists() && root.Len() > 0 {
		return nil, nil, &plan.SourceError{URL: u.Redacted(), Status: http.StatusOK, Detail: "the answer has no " + collection}
	}
	for v := range list.All() {
		if r := reduced(v); r.id != "" {
			rows = append(rows, r)
		}
	}
	return rows, header, nil
}

// get asks for JSON.
func (p *pull) get(u *url.URL) (jsonx.Value, http.Header, error) {
	answer, err := p.call.Get(p.ctx, u, "application/json")
	if err != nil {
		return jsonx.Value{}, nil, err
	}
	doc, err := jsonx.Parse(bytes.TrimPrefix(answer.Body, []byte("\xef\xbb\xbf")), jsonx.Limits{Bytes: len(answer.Body)}, nil)
	if err != nil {
		return jsonx.Value{}, nil, &plan.SourceError{URL: u.Redacted(), Status: http.StatusOK, Detail: "the answer is no JSON", Err: err}
	}
	return doc.Root(), answer.Header, nil
}

// read are the members that are looked at, and kept of what waits. Comments and titles are
// not among them.
var read = [...]string{"sourcedId", "status", "dateLastModified", "scoreStatus", "scoreDate", "score", "textScore", "inProgress",
	"incomplete", "late", "missing", "learningObjectiveSet", "resultValueMin", "resultValueMax", "scoreScaleValue"}

// references are members of which only the id is looked at.
var references = [...]string{"lineItem", "assessmentLineItem", "student", "scoreScale"}

// reduced is a record without what is not read.
func reduced(v jsonx.Value) row {
	r := row{id: jsonx.Content(v.Get("sourcedId"))}
	if at, err := datetime.Parse(jsonx.Content(v.Get("dateLastModified"))); err == nil {
		r.modified = at.UTC()
	}
	b := []byte{'{'}
	member := func(name string, value []byte) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(strconv.AppendQuote(b, name), ':'), value...)
	}
	for _, name := range read {
		if m := v.Get(name); m.Exists() && m.Kind() != jsonx.Null {
			member(name, m.Raw())
		}
	}
	for _, name := range references {
		if id := referred(v.Get(name)); id != "" {
			member(name, []byte(`{"sourcedId":`+string(quoted(id))+`}`))
		}
	}
	r.text = append(b, '}')
	return r
}
