package oneroster

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/gradebook"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// pull is one Pull under way.
type pull struct {
	*Client
	ctx      context.Context
	call     *gradebook.Call
	m        *memory
	now      time.Time
	full     bool // everything is read
	complete bool // and nothing is missing
	batch    plan.Batch
	lines    map[string]line // made ready in this pull
	trusted  map[string]bool // by collection: a record that is not there is answered otherwise than one that is
	tried    map[string]bool // what was parked in this pull
}

// line is a line item made ready.
type line struct {
	plan.LineItem
	text    []byte // of the item and its scale, for digests
	deleted bool
	stamp   time.Time
}

func (p *pull) warn(code vc.Code, collection string) {
	problem := words.Problem(code, "", vc.Quote(collection))
	if !slices.ContainsFunc(p.batch.Warnings, func(w *vc.Problem) bool { return w.Code == code && w.Found == problem.Found }) {
		p.batch.Warnings = append(p.batch.Warnings, problem)
	}
}

// from is the instant from which a collection is asked for.
func (p *pull) from(collection string, full bool) time.Time {
	since := p.m.Since[collection]
	if full || since.IsZero() {
		return time.Time{}
	}
	return since.Add(-p.c.Overlap)
}

// kind reads scales, line items and results, in the order in which they need one another.
func (p *pull) kind(k kind) error {
	rescaled, err := false, error(nil)
	if k.prefix == "" {
		if rescaled, err = p.scales(); err != nil {
			return err
		}
	}
	changed, err := p.items(k)
	if err != nil {
		return err
	}
	p.again(k)
	if p.ctx.Err() != nil {
		return p.ctx.Err()
	}
	return p.results(k, changed || rescaled)
}

// scales reads the score scales. Many gradebooks have none.
func (p *pull) scales() (changed bool, err error) {
	w, err := p.walk("scoreScales", time.Time{})
	if e, ok := errors.AsType[*plan.SourceError](err); ok && (e.Status == http.StatusNotFound || e.Status == http.StatusForbidden) {
		p.warn(CodeLacks, "scoreScales")
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return p.keepScales(w), nil
}

func (p *pull) keepScales(w *walked) (changed bool) {
	for id, r := range w.rows {
		old, there := p.m.Scales[id]
		changed = changed || there && string(old) != string(r.text)
		p.m.Scales[id] = r.text
	}
	return changed
}

// items reads the line items. changed says that one that was known is another now, so that
// all its results are to be judged anew.
func (p *pull) items(k kind) (changed bool, err error) {
	w, err := p.walk(k.items, p.from(k.items, p.full))
	if err != nil {
		return false, err
	}
	changed = p.keepItems(k, w)
	p.m.Since[k.items] = later(p.m.Since[k.items], w.newest)
	if !w.whole || !w.complete {
		return changed, nil
	}
	for id, text := range p.m.Items {
		name, ours := strings.CutPrefix(id, k.prefix)
		if _, there := w.rows[name]; there || !ours || k.prefix == "" && strings.HasPrefix(id, kinds[1].prefix) || isDeleted(text) {
			continue
		}
		r, gone, err := p.confirm(k.items, name, w)
		switch {
		case err != nil:
			return false, err
		case r != nil:
			p.m.Items[id] = r.text
		case gone, p.m.missedAgain(id):
			p.m.Items[id], changed = tombstone(name), true
		}
	}
	return changed, nil
}

func (p *pull) keepItems(k kind, w *walked) (changed bool) {
	for id, r := range w.rows {
		delete(p.m.Missed, k.prefix+id)
		old, there := p.m.Items[k.prefix+id]
		changed = changed || there && string(old) != string(r.text)
		p.m.Items[k.prefix+id] = r.text
	}
	return changed
}

// tombstone stands for a line item that is no more.
func tombstone(id string) []byte {
	return []byte(`{"status":"tobedeleted","sourcedId":` + string(quoted(id)) + `}`)
}

func isDeleted(text []byte) bool { return strings.Contains(string(text), `"status":"tobedeleted"`) }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// again tries what was parked.
func (p *pull) again(k kind) {
	for id, w := range p.m.Waiting {
		if w.Kind != k.prefix || w.Reason == plan.ReasonRecordMalformed {
			continue
		}
		doc, err := jsonx.Parse(w.Row, jsonx.Limits{Bytes: len(w.Row)}, nil)
		if err != nil {
			delete(p.m.Waiting, id)
			continue
		}
		if err := p.take(k, reduced(doc.Root()), doc.Root()); err != nil {
			return
		}
	}
}

// results reads the results, all of them where a line item changed.
func (p *pull) results(k kind, changed bool) error {
	w, err := p.walk(k.results, p.from(k.results, p.full || changed))
	if err != nil {
		return err
	}
	if err := p.takeAll(k, w); err != nil {
		return err
	}
	p.m.Since[k.results] = later(p.m.Since[k.results], w.newest)
	if w.whole && w.complete {
		return p.missing(k, w)
	}
	return nil
}

func (p *pull) takeAll(k kind, w *walked) error {
	for _, id := range w.order {
		r := w.rows[id]
		doc, err := jsonx.Parse(r.text, jsonx.Limits{Bytes: len(r.text)}, nil)
		if err != nil {
			return err
		}
		if err := p.take(k, r, doc.Root()); err != nil {
			return err
		}
	}
	return nil
}

// take makes an event of a result, or parks it.
func (p *pull) take(k kind, r row, v jsonx.Value) error {
	id, item, person := k.prefix+r.id, referred(v.Get(k.item)), referred(v.Get("student"))
	if p.c.Skip != nil && p.c.Skip(item) {
		return nil
	}
	old, before := p.m.Known[id]
	if jsonx.Content(v.Get("status")) == "tobedeleted" {
		delete(p.m.Waiting, id)
		if before && !old.Gone {
			p.gone(id, old, r.modified)
		}
		return nil
	}
	l, ok := p.line(k, item, referred(v.Get("scoreScale")))
	if !ok {
		p.park(id, k, r.text, person, item, plan.ReasonLineItemUnknown)
		return nil
	}
	who, err := gradebook.Learner(p.ctx, p.c.Learners, p.c.Source, person)
	switch {
	case err != nil:
		return err
	case who == "":
		p.park(id, k, r.text, person, item, plan.ReasonLearnerUnknown)
		return nil
	}
	digest := digestOf(r.text, l.text)
	if before && old.Digest == digest && old.Learner == who {
		delete(p.m.Missed, "result "+id)
		return nil
	}
	rec, err := plan.ParseOneRosterResult(r.text, l.LineItem, plan.RecordOptions{Source: p.c.Source, Learner: who, Zone: p.c.Zone})
	if err != nil || rec.At.IsZero() {
		p.park(id, k, r.text, person, item, plan.ReasonRecordMalformed)
		return nil
	}
	delete(p.m.Waiting, id)
	p.tell(id, old, before, rec.Event, l, digest)
	return nil
}

// tell adds the event of a result that is new or changed. Changes that the gradebook does
// not date are dated by now; what a line item says of its results is as new as it.
func (p *pull) tell(id string, old known, before bool, e plan.Event, l line, digest string) {
	e.Modified = later(e.Modified, l.stamp)
	if before && !e.Modified.After(old.Modified) {
		e.Modified = later(p.now, old.Modified.Add(time.Millisecond))
	}
	if l.deleted {
		e.Deleted, e.Final = true, false
	}
	k := known{Learner: e.Learner, Item: e.LineItem, At: e.At, Modified: e.Modified, Digest: digest, Part: old.Part, Gone: e.Deleted}
	moved := before && !old.Gone && (old.Learner != e.Learner || e.At.Before(old.At))
	if before && e.At.Before(old.At) {
		k.Part++
	}
	if e.Deleted && !before {
		p.m.Known[id] = k
		return
	}
	e.Result = partOf(id, k.Part)
	e.ID = e.Result + "#" + digest
	if !e.Modified.IsZero() {
		e.ID = e.Result + "@" + e.Modified.Format(time.RFC3339Nano) + "#" + digest
	}
	p.batch.Events = append(p.batch.Events, e)
	p.m.Known[id] = k
	if moved {
		p.deletion(id, old, e.Modified)
	}
}

func partOf(id string, part int) string {
	if part == 0 {
		return id
	}
	return id + "~" + strconv.Itoa(part)
}

// gone tells that a result is no more.
func (p *pull) gone(id string, old known, at time.Time) {
	p.deletion(id, old, at)
	old.Gone, old.Digest, old.Modified = true, "", later(old.Modified, at) // it is new where it comes again
	p.m.Known[id] = old
}

// deletion adds the event of it, later than what it takes back.
func (p *pull) deletion(id string, old known, at time.Time) {
	if !at.After(old.Modified) {
		at = old.Modified.Add(time.Millisecond)
	}
	result := partOf(id, old.Part)
	p.batch.Events = append(p.batch.Events, plan.Event{ID: result + "@" + at.Format(time.RFC3339Nano) + "#gone", Learner: old.Learner,
		Source: p.c.Source, Result: result, LineItem: old.Item, At: old.At, Modified: at, Deleted: true})
}

// maxConfirmed bounds the requests that look for single records in one pull.
const maxConfirmed = 1000

// missing looks for results that were known and are not in the whole list.
func (p *pull) missing(k kind, w *walked) error {
	asked := 0
	for id, old := range p.m.Known {
		name, ours := strings.CutPrefix(id, k.prefix)
		if _, there := w.rows[name]; there || !ours || old.Gone || k.prefix == "" && strings.HasPrefix(id, kinds[1].prefix) {
			continue
		}
		if asked++; asked > maxConfirmed {
			p.complete = false
			return nil
		}
		r, gone, err := p.confirm(k.results, name, w)
		switch {
		case err != nil:
			return err
		case r != nil:
			doc, err := jsonx.Parse(r.text, jsonx.Limits{Bytes: len(r.text)}, nil)
			if err == nil {
				err = p.take(k, *r, doc.Root())
			}
			if err != nil {
				return err
			}
		case gone:
			p.gone(id, old, p.now)
		case p.m.missedAgain("result " + id):
			p.gone(id, old, p.now)
		}
	}
	return nil
}

// confirm asks for a record by itself: it is there, or gone, or neither can be told, where
// the gradebook answers so for records that are there too.
func (p *pull) confirm(collection, id string, w *walked) (r *row, gone bool, err error) {
	r, err = p.single(collection, id)
	if err != nil || r != nil {
		return r, false, err
	}
	if _, known := p.trusted[collection]; !known && len(w.order) > 0 {
		there, err := p.single(collection, w.order[0])
		if err != nil {
			return nil, false, err
		}
		p.trusted[collection] = there != nil
	}
	return nil, p.trusted[collection], nil
}

// single asks for one record, nil where there is none.
func (p *pull) single(collection, id string) (*row, error) {
	u := p.http.Base().JoinPath(collection, url.PathEscape(id))
	root, _, err := p.get(u)
	if e, ok := errors.AsType[*plan.SourceError](err); ok && (e.Status == http.StatusNotFound || e.Status == http.StatusGone ||
		e.Status == http.StatusForbidden || e.Status == http.StatusMethodNotAllowed) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if inner := root.Get(strings.TrimSuffix(collection, "s")); inner.Exists() {
		root = inner
	}
	r := reduced(root)
	if r.id != id {
		return nil, nil
	}
	return &r, nil
}

// line makes a line item ready, by the scale of the result where it names one.
func (p *pull) line(k kind, id, scale string) (line, bool) {
	key := k.prefix + id + " " + scale
	if l, ok := p.lines[key]; ok {
		return l, true
	}
	text, ok := p.m.Items[k.prefix+id]
	if !ok {
		return line{}, false
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: len(text)}, nil)
	if err != nil {
		return line{}, false
	}
	of := p.m.Scales[cmp.Or(scale, referred(doc.Root().Get("scoreScale")))]
	var s *plan.Scale
	if of != nil {
		s, _ = plan.ParseOneRosterScale(of) // one that cannot be read knows no text
	}
	l := line{text: append(slices.Clone([]byte(text)), of...), deleted: isDeleted(text), stamp: reduced(doc.Root()).modified}
	if l.LineItem, err = plan.ParseOneRosterLineItem(text, s); err != nil {
		return line{}, false
	}
	p.lines[key] = l
	return l, true
}

// digestOf tells whether anything that counts changed.
func digestOf(texts ...[]byte) string {
	h := sha256.New()
	for _, t := range texts {
		h.Write(t)
		h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9])
}

// referred is the id that a reference has, or else the last part of its address.
func referred(v jsonx.Value) string {
	if id := jsonx.Content(v.Get("sourcedId")); id != "" {
		return id
	}
	if u, err := url.Parse(jsonx.Content(v.Get("href"))); err == nil && u.Path != "" {
		return path.Base(u.Path)
	}
	return ""
}

func quoted(text string) []byte {
	b, err := json.Marshal(text)
	if err != nil {
		return []byte(`""`) // of no string
	}
	return b
}
