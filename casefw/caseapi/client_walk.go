package caseapi

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// key stands for a text of any length.
type key [16]byte

func keyOf(text string) (k key) {
	sum := sha256.Sum256([]byte(text))
	copy(k[:], sum[:])
	return k
}

// entry is a document of a page, where it stands there, and by what it is known: its
// identifier, or all that it says, which tells a page that comes again.
type entry struct {
	doc   *casefw.CFDocument
	index int
	key   key
	named bool
}

// entriesIn returns the documents of a page.
func entriesIn(docs []casefw.CFDocument) []entry {
	list := make([]entry, len(docs))
	for i := range docs {
		list[i] = entry{doc: &docs[i], index: i}
		if id := canonicalID(docs[i].Identifier); id != "" {
			list[i].key, list[i].named = documentID(id), true
		} else {
			list[i].key = keyOf("document " + string(casefw.Append(nil, &docs[i], casefw.Repaired)))
		}
	}
	return list
}

// documentID is the key of an identifier, which is compared without regard to case.
func documentID(id string) key { return keyOf("id " + strings.ToLower(canonicalID(id))) }

func keysOf(list []entry) []key {
	keys := make([]key, len(list))
	for i := range list {
		keys[i] = list[i].key
	}
	return keys
}

// edge is the place between two pages, as numbers of records: what stood before it and
// what behind. Behind the last page there is nothing.
type edge struct {
	at            int
	before, after key
	end           bool
}

// walk is one way through the pages.
type walk struct {
	*Listing
	version Version
	first   *url.URL
	at      *url.URL // the page to ask for, nil at the end
	turned  string   // the page that was read last, for people
	err     error    // why there is no next page

	pages   int
	offset  int          // of the page to ask for, counted in records
	seen    map[key]bool // identifiers, and documents without one
	visited map[key]bool // URLs
	edges   []edge       // of pages that were asked for by offset
	page0   []key        // of the first page
	last    struct {     // of the page that was read last
		end     int // the offset behind it
		key     key
		refused error // why the page behind the end was not to be had
	}
	named    int  // documents with an identifier
	repeats  int  // documents that came on a page before
	alike    bool // the page read last was the first page again
	beyond   bool // the page to ask for is behind the end, to see that nothing is there
	behind   bool // something was there, and nothing new
	cursor   bool // a next page had no offset: edges mean nothing
	doubtful bool
}

func (l *Listing) begin(ctx context.Context) (*walk, error) {
	w := &walk{Listing: l, seen: map[key]bool{}, visited: map[key]bool{}}
	q, err := l.list.query()
	if err != nil {
		return nil, err
	}
	if w.version, err = l.cl.Version(ctx); err != nil {
		return nil, err
	}
	w.first, w.offset = l.cl.endpoint(w.version, KindDocument.Path(), q), l.list.Offset
	w.at = w.first
	if len(l.list.Filter.f.Terms) > 2 {
		l.warn(WarnManyTerms, w.at.Redacted(), "")
	}
	return w, nil
}

// doubt warns of what leaves the end of the list unproven.
func (w *walk) doubt(code vc.Code, found string) {
	w.doubtful = true
	w.warn(code, w.turned, found)
}

// ask reads a page of the list.
func (w *walk) ask(ctx context.Context, at *url.URL) (t *rest.Turn, a *Answer[casefw.CFDocumentSet], err error) {
	t = &rest.Turn{URL: at, Base: w.cl.root, Limit: w.list.Limit, Offset: w.offset}
	err = w.cl.send(ctx, &call{url: at, most: w.cl.c.MaxBody, take: func(r *reply) (err error) {
		t.Header = r.header
		a, err = parse[casefw.CFDocumentSet](w.cl, r, w.version, len(w.list.Fields) > 0)
		return err
	}})
	if err == nil {
		t.Items = a.entries
	}
	return t, a, err
}

// page reads a page and finds the next one. It returns the documents that did not
// come before.
func (w *walk) page(ctx context.Context) ([]entry, error) {
	if w.pages == w.cl.c.MaxPages && !w.beyond {
		return nil, failure(CodeTooManyPages, w.at.Redacted(), strconv.Itoa(w.pages)+" pages were read", nil)
	}
	w.pages++
	w.visited[keyOf(w.at.String())], w.turned = true, w.at.Redacted()
	t, a, err := w.ask(ctx, w.at)
	if err != nil {
		if w.beyond && ctx.Err() == nil {
			w.at = nil
			if e, ok := errors.AsType[*Error](err); !ok || !noPage(e.Status) { // nobody had promised a page
				w.last.refused = err
			}
			return nil, nil
		}
		return nil, err
	}
	all := entriesIn(a.Value.CFDocuments)
	docs, named, repeats := w.fresh(all)
	w.alike = named == 0 && len(all) > 0 && slices.Equal(keysOf(all), w.page0)
	if w.beyond && named == 0 { // it was we who asked: nothing of it is the provider's fault
		w.at, w.behind = nil, t.Items > 0
		if n, _ := rest.Total(t.Header); n > 0 && w.hasTotal { // nothing may be the total of nothing
			w.judgeTotal(t)
		}
		return nil, nil
	}
	if len(w.seen) > w.cl.c.MaxDocuments {
		return nil, failure(CodeTooManyDocuments, w.turned, strconv.Itoa(len(w.seen))+" documents had come", nil)
	}
	w.named, w.repeats = w.named+named, w.repeats+repeats
	w.judge(t, a, docs)
	w.note(t, keysOf(all))
	w.turn(t, named)
	return docs, nil
}

// fresh leaves out the documents that came before. named is how many of the rest have an
// identifier: only those show that the walk goes on.
func (w *walk) fresh(all []entry) (list []entry, named, repeats int) {
	for _, e := range all {
		switch {
		case w.seen[e.key]:
			repeats++
			continue
		case e.named:
			w.seen[e.key] = true
			named++
		}
		list = append(list, e)
	}
	for _, e := range list { // two alike without identifier on one page are two
		w.seen[e.key] = true
	}
	return list, named, repeats
}

// judge takes over what was found in a page, and what its headers say or say wrongly.
func (w *walk) judge(t *rest.Turn, a *Answer[casefw.CFDocumentSet], docs []entry) {
	for _, known := range a.Warnings {
		w.warn(known.Code, w.turned, known.Found)
	}
	if w.report == nil {
		w.report = a.Report
	} else {
		w.report.Append(a.Report)
	}
	for _, e := range docs {
		if e.named {
			continue
		}
		if w.nameless++; w.nameless <= w.cl.most() {
			w.warnings = append(w.warnings, warning(WarnNameless, w.turned, namelessAt(e.index, e.doc.Title)))
		}
	}
	if a.entries != len(a.Value.CFDocuments) {
		w.doubt(WarnListEntry, "")
	}
	if t.Items > t.Limit {
		w.warn(WarnLimitIgnored, w.turned, strconv.Itoa(t.Items)+" documents where "+strconv.Itoa(t.Limit)+" were asked for")
	}
	w.judgeTotal(t)
}

func namelessAt(index int, title string) string {
	at := "/CFDocuments/" + strconv.Itoa(index)
	if title != "" {
		at += ", entitled " + vc.Quote(title)
	}
	return at
}

func (w *walk) judgeTotal(t *rest.Turn) {
	total, has := rest.Total(t.Header)
	text := t.Header.Get("X-Total-Count")
	switch {
	case has && w.hasTotal && total != w.total:
		w.doubt(WarnListChanged, "X-Total-Count "+strconv.Itoa(w.total)+", then "+strconv.Itoa(total))
	case text != "" && !has:
		w.warn(WarnTotalUnreadable, w.turned, vc.Quote(text))
	case !has && !w.hasTotal && t.Header.Get("Link") == "":
		w.warn(WarnNoPagingHeaders, w.turned, "")
	}
	if has {
		w.total, w.hasTotal = total, true
	}
}

// note keeps where a page begins and ends.
func (w *walk) note(t *rest.Turn, keys []key) {
	if w.pages == 1 {
		w.page0 = keys
	}
	if w.pages > 1 && len(keys) > 0 {
		if t.Offset != w.last.end && !w.cursor && !w.hasTotal {
			w.doubt(WarnPagesApart, "a page from "+strconv.Itoa(t.Offset)+" on behind one that ended at "+strconv.Itoa(w.last.end))
		}
		w.edges = append(w.edges, edge{at: t.Offset, before: w.last.key, after: keys[0]})
	}
	w.last.end = t.Offset + t.Items
	if len(keys) > 0 {
		w.last.key = keys[len(keys)-1]
	}
}

// turn goes to the next page. A page that brought nothing new is the last.
func (w *walk) turn(t *rest.Turn, named int) {
	w.at, w.beyond = nil, false
	links := t.Header.Values("Link")
	if named == 0 {
		if t.Items == 0 && nextOf(links) {
			w.doubt(WarnEndUnproven, "an empty page with a link to a next one")
		}
		return
	}
	next, code := t.Next()
	switch {
	case next != nil && w.visited[keyOf(next.String())]:
		code = rest.CodePaginationLoop
	case next == nil && code == "" && len(links) == 0 && !w.cursor:
		next, w.beyond = t.At(t.Offset+t.Items, 0), true
	}
	if code != "" {
		w.err = failure(vc.Code(code), w.turned, "the link to the next page is not followed", nil)
		return
	}
	w.at = next
	if next == nil {
		return
	}
	w.offset += t.Items
	if n, err := strconv.ParseUint(next.Query().Get("offset"), 10, 31); err == nil {
		w.offset = int(n)
	} else {
		w.cursor = true
	}
}

func nextOf(links []string) bool {
	for _, l := range rest.ParseLink(links...) {
		if l.Is("next") {
			return true
		}
	}
	return false
}
