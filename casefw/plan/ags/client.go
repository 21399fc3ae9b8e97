package ags

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/gradebook"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// Results says what a result of a platform is worth.
type Results uint8

// The values of [Results].
const (
	ResultsProvisional Results = iota // it may change: somebody is asked to look; the default
	ResultsFinal                      // the platform hands out what is fully graded only
)

// Config says how to reach a platform and how to read its results. LineItems or LineItem,
// Source and Learners are needed.
type Config struct {
	// LineItems and LineItem are the addresses of the launch's claim endpoint: of all line
	// items of a course, or of one. They must be https.
	LineItems, LineItem string
	// Source names the platform and its deployment in events. It must stay the same for as
	// long as states are kept.
	Source string
	// Learners says who is who: a user's id is one of this platform and deployment alone.
	Learners plan.Learners
	// Authorize gives the bearer token, see the package's example; nil sends none.
	Authorize caseapi.Authorizer
	// Results says whether results are final.
	Results Results
	// Align gives the items of a line item by its address, nil for none.
	Align func(lineItem string) []casefw.GUID
	// AlignByTag takes them from the tag of the line item, see [plan.RecordOptions].
	AlignByTag bool
	// AlignByResourceID takes them from its resourceId.
	AlignByResourceID bool
	// Skip leaves out line items by their address: those that the product itself writes.
	Skip func(lineItem string) bool

	// PageSize is asked for as limit, 100 by default. The platform's links lead on.
	PageSize int
	// MaxPages bounds the requests of one list, 1000 by default, and MaxLineItems the line
	// items, each of which takes a request, 2000 by default.
	MaxPages, MaxLineItems int
	// MaxRecords bounds the results that are known, 200,000 by default.
	MaxRecords int
	Tries      int   // as in package oneroster, 30 by default
	MaxBody    int64 // of an answer, 16 MiB by default
	// Retries, MaxWait and MaxWaiting are as in package oneroster.
	Retries    int
	MaxWait    time.Duration // see Retries
	MaxWaiting time.Duration // see Retries

	Do     caseapi.Doer                               // by default a client that connects to public addresses only
	Now    func() time.Time                           // time.Now by default
	Sleep  func(context.Context, time.Duration) error // waits by default
	Jitter func() float64                             // from 0 to 1; random by default

	// InsecureAllowLoopback admits plain http to this machine. It is for tests.
	InsecureAllowLoopback bool
}

// Client reads the results of a course of a platform. It is safe for concurrent use.
type Client struct {
	c    Config
	http *gradebook.Client
}

// New checks a configuration and makes a client of it. Nothing is sent.
func New(c Config) (*Client, error) {
	switch {
	case c.Source == "" || c.Learners == nil:
		return nil, errors.New("ags: Config needs a Source, and Learners: whom a platform names is nobody elsewhere")
	case (c.LineItems == "") == (c.LineItem == ""):
		return nil, errors.New("ags: Config needs LineItems or LineItem, and not both")
	case c.Results > ResultsFinal:
		return nil, errors.New("ags: Config.Results is none of its values")
	case min(c.PageSize, c.MaxPages, c.MaxLineItems, c.MaxRecords, c.Tries) < 0:
		return nil, errors.New("ags: a limit of the Config is negative")
	}
	c.PageSize, c.MaxPages, c.MaxLineItems = cmp.Or(c.PageSize, 100), cmp.Or(c.MaxPages, 1000), cmp.Or(c.MaxLineItems, 2000)
	c.MaxRecords, c.Tries = cmp.Or(c.MaxRecords, 200_000), cmp.Or(c.Tries, 30)
	http, err := gradebook.New(cmp.Or(c.LineItems, c.LineItem), gradebook.Config{Authorize: c.Authorize, Do: c.Do, MaxBody: c.MaxBody,
		Retries: c.Retries, MaxWait: c.MaxWait, MaxWaiting: c.MaxWaiting, Now: c.Now, Sleep: c.Sleep, Jitter: c.Jitter,
		InsecureAllowLoopback: c.InsecureAllowLoopback})
	if err != nil {
		return nil, err
	}
	return &Client{c, http}, nil
}

// memory is what a cursor holds.
type memory struct {
	Version int                `json:"v"`
	Known   map[string]known   `json:"known"`
	Waiting map[string]waiting `json:"waiting,omitempty"`
}

// known is a result that an event told of.
type known struct {
	Learner string    `json:"l"`
	Item    string    `json:"i"`
	Seen    time.Time `json:"a"`
	Digest  string    `json:"d"`
	Gone    bool      `json:"z,omitempty"`
}

// waiting is a result that is parked. It is read again with the next pull, as all are.
type waiting struct {
	Person string      `json:"p"`
	Item   string      `json:"i"`
	Reason plan.Reason `json:"r"`
	Since  time.Time   `json:"s"`
	Tries  int         `json:"n"`
}

const memoryVersion = 1

// Pull implements [plan.Source]. Where the platform no longer lets the course be read, the
// Batch is Frozen and has no events.
func (c *Client) Pull(ctx context.Context, cursor []byte) (plan.Batch, error) {
	m := &memory{Version: memoryVersion}
	if len(cursor) > 0 {
		if err := json.Unmarshal(cursor, m); err != nil || m.Version != memoryVersion {
			return plan.Batch{}, fmt.Errorf("ags: this is no cursor of this package (version %d): %w", m.Version, err)
		}
	}
	if m.Known == nil {
		m.Known = map[string]known{}
	}
	p := &pull{Client: c, ctx: ctx, call: c.http.Begin(), m: m, now: c.http.Now().UTC(), waiting: map[string]waiting{},
		there: map[string]bool{}}
	err := p.all()
	if e, ok := errors.AsType[*plan.SourceError](err); ok && (e.Status == http.StatusForbidden || e.Status == http.StatusNotFound ||
		e.Status == http.StatusUnauthorized || e.Status == http.StatusGone) && len(m.Known) > 0 {
		return plan.Batch{Cursor: cursor, Frozen: true}, nil
	}
	if err != nil {
		return plan.Batch{}, err
	}
	p.missing()
	if len(m.Known) > c.c.MaxRecords {
		return plan.Batch{}, &plan.SourceError{URL: c.http.Base().Redacted(), Detail: "it has more results than Config.MaxRecords"}
	}
	return p.end()
}

// pull is one Pull under way.
type pull struct {
	*Client
	ctx     context.Context
	call    *gradebook.Call
	m       *memory
	now     time.Time
	batch   plan.Batch
	waiting map[string]waiting
	there   map[string]bool
}

func (p *pull) end() (plan.Batch, error) {
	p.m.Waiting, p.batch.Full = p.waiting, true
	for _, id := range slices.Sorted(maps.Keys(p.waiting)) {
		w := p.waiting[id]
		p.batch.Parked = append(p.batch.Parked, plan.Parked{Result: id, Person: w.Person, LineItem: w.Item, Reason: w.Reason,
			Since: w.Since, Tries: w.Tries, Dead: w.Tries >= p.c.Tries || w.Reason == plan.ReasonRecordMalformed})
	}
	var err error
	p.batch.Cursor, err = json.Marshal(p.m)
	return p.batch, err
}

// The media types (AGS 2.0, 3.2.2 and 3.3.1).
const (
	typeLineItem  = "application/vnd.ims.lis.v2.lineitem+json"
	typeLineItems = "application/vnd.ims.lis.v2.lineitemcontainer+json"
	typeResults   = "application/vnd.ims.lis.v2.resultcontainer+json"
)

// all reads the line items and their results.
func (p *pull) all() error {
	if p.c.LineItem != "" {
		u, err := url.Parse(p.c.LineItem)
		if err != nil {
			return err
		}
		v, _, err := p.get(u, typeLineItem)
		if err != nil {
			return err
		}
		return p.lineItem(v)
	}
	u, err := url.Parse(p.c.LineItems)
	if err != nil {
		return err
	}
	n := 0
	return p.list(u, typeLineItems, func(v jsonx.Value) error {
		if n++; n > p.c.MaxLineItems {
			return &plan.SourceError{URL: u.Redacted(), Detail: "it has more line items than Config.MaxLineItems"}
		}
		return p.lineItem(v)
	})
}

func (p *pull) get(u *url.URL, accept string) (jsonx.Value, http.Header, error) {
	answer, err := p.call.Get(p.ctx, u, accept)
	if err != nil {
		return jsonx.Value{}, nil, err
	}
	doc, err := jsonx.Parse(answer.Body, jsonx.Limits{Bytes: len(answer.Body)}, nil)
	if err != nil {
		return jsonx.Value{}, nil, &plan.SourceError{URL: u.Redacted(), Status: http.StatusOK, Detail: "the answer is no JSON", Err: err}
	}
	return doc.Root(), answer.Header, nil
}

// list walks the items of a container. The names of paging parameters are the platform's
// own, so its links alone lead on.
func (p *pull) list(u *url.URL, accept string, take func(jsonx.Value) error) error {
	first := *u
	q := first.Query()
	q.Set("limit", fmt.Sprint(p.c.PageSize))
	first.RawQuery = rest.EncodeQuery(q)
	seen := map[string]bool{}
	for at := &first; at != nil; {
		if seen[at.String()] {
			return &plan.SourceError{URL: at.Redacted(), Detail: "a page leads to one that was there"}
		}
		if seen[at.String()] = true; len(seen) > p.c.MaxPages {
			return &plan.SourceError{URL: at.Redacted(), Detail: "the list has more pages than Config.MaxPages"}
		}
		v, header, err := p.get(at, accept)
		if err != nil {
			return err
		}
		for one := range v.All() {
			if one.Kind() != jsonx.Object {
				return &plan.SourceError{URL: at.Redacted(), Status: http.StatusOK, Detail: "the answer is no list of objects"}
			}
			if err := take(one); err != nil {
				return err
			}
		}
		next, err := following(at, header)
		if err != nil {
			return err
		}
		at = next
	}
	return nil
}

// following is the next page, nil behind the last.
func following(at *url.URL, header http.Header) (*url.URL, error) {
	for _, l := range rest.ParseLink(header.Values("Link")...) {
		if l.Is("next") {
			next, err := at.Parse(l.URL)
			if err != nil {
				return nil, &plan.SourceError{URL: at.Redacted(), Detail: "the link to the next page is no URL", Err: err}
			}
			return next, nil
		}
	}
	return nil, nil
}

// lineItem reads the results of one.
func (p *pull) lineItem(v jsonx.Value) error {
	o := plan.RecordOptions{Source: p.c.Source, AlignByTag: p.c.AlignByTag, AlignByResourceID: p.c.AlignByResourceID}
	l, err := plan.ParseAGSLineItem(v.Raw(), o)
	if err != nil {
		return &plan.SourceError{URL: p.http.Base().Redacted(), Status: http.StatusOK, Detail: "a line item cannot be read", Err: err}
	}
	if p.c.Skip != nil && p.c.Skip(l.ID) {
		return nil
	}
	if p.c.Align != nil {
		for _, id := range p.c.Align(l.ID) {
			if !slices.Contains(l.Items, id) {
				l.Items = append(l.Items, id)
			}
		}
	}
	u, err := p.http.Base().Parse(l.ID)
	if err != nil {
		return &plan.SourceError{URL: p.http.Base().Redacted(), Status: http.StatusOK, Detail: "the id of a line item is no URL", Err: err}
	}
	u = u.JoinPath("results") // before the query, where there is one
	err = p.list(u, typeResults, func(v jsonx.Value) error { return p.result(v, l, o) })
	e, ok := errors.AsType[*plan.SourceError](err)
	if ok && (e.Status == http.StatusNotFound || e.Status == http.StatusGone) && p.c.LineItem == "" {
		return nil // dropped since it was listed, and its results with it
	}
	return err
}

// result makes an event of a result that is new or changed, or parks it.
func (p *pull) result(v jsonx.Value, l plan.LineItem, o plan.RecordOptions) error {
	person := jsonx.Content(v.Get("userId"))
	id := l.ID + " " + person
	p.there[id] = true
	who, err := gradebook.Learner(p.ctx, p.c.Learners, p.c.Source, person)
	switch {
	case err != nil:
		return err
	case who == "":
		p.park(id, person, l.ID, plan.ReasonLearnerUnknown)
		return nil
	}
	digest := digestOf(v, l)
	old, before := p.m.Known[id]
	if before && !old.Gone && old.Digest == digest && old.Learner == who {
		return nil
	}
	seen := p.now
	if before && !seen.After(old.Seen) {
		seen = old.Seen.Add(time.Millisecond)
	}
	o.Learner = who
	rec, err := plan.ParseAGSResult(v.Raw(), l, seen, o)
	if err != nil {
		p.park(id, person, l.ID, plan.ReasonRecordMalformed)
		return nil
	}
	if p.c.Results == ResultsFinal {
		rec.Final, rec.Current = rec.Current, false
	}
	if before && !old.Gone && old.Learner != who {
		p.gone(id, old)
	}
	p.batch.Events = append(p.batch.Events, rec.Event)
	p.m.Known[id] = known{who, l.ID, seen, digest, false}
	return nil
}

func (p *pull) park(id, person, item string, reason plan.Reason) {
	w := p.m.Waiting[id]
	if w.Tries == 0 {
		w.Since = p.now
	}
	p.waiting[id] = waiting{person, item, reason, w.Since, w.Tries + 1}
}

// missing tells that what is no longer in the lists is no more: they were read to their ends.
func (p *pull) missing() {
	for _, id := range slices.Sorted(maps.Keys(p.m.Known)) {
		if old := p.m.Known[id]; !p.there[id] && !old.Gone {
			p.gone(id, old)
		}
	}
}

func (p *pull) gone(id string, old known) {
	at := p.now
	if !at.After(old.Seen) {
		at = old.Seen.Add(time.Millisecond)
	}
	p.batch.Events = append(p.batch.Events, plan.Event{ID: id + "@" + at.Format(time.RFC3339Nano) + "#gone", Learner: old.Learner,
		Source: p.c.Source, Result: id, LineItem: old.Item, At: at, Modified: at, Deleted: true})
	old.Gone, old.Seen = true, at
	p.m.Known[id] = old
}

// digestOf tells whether anything that counts changed: the score, or what it is a score of.
func digestOf(v jsonx.Value, l plan.LineItem) string {
	h := sha256.New()
	for _, name := range []string{"resultScore", "resultMaximum"} {
		h.Write(append(v.Get(name).Raw(), 0))
	}
	for _, id := range l.Items {
		h.Write([]byte(id.String()))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9])
}
