package verify

import (
	"context"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// CodeListNotFresh: a warning of a status list that a holder brought along and that is too
// old to count.
const CodeListNotFresh vc.Code = "status-list-not-fresh" // a warning: brought along, and too old to be used in place of a fetch

// brought are the status lists that stand in a presentation beside the credentials (VCALM
// 1.0): whoever verifies need not ask the issuer, who would learn of it. By id; one that is
// nil stands there twice.
type brought map[string]*vc.Document

// bring finds them in the presentation at root.
func bring(root *entry) (all brought) {
	if !root.state.presents() {
		return nil
	}
	for _, e := range root.children {
		doc := e.state.doc
		if id := doc.ID(); id != "" && isStatusList(doc) {
			if all == nil {
				all = brought{}
			}
			if _, twice := all[id]; twice {
				doc = nil
			}
			all[id] = doc
		}
	}
	return all
}

// statusLists is where status lists come from, those that were brought along first.
func (s *state) statusLists() fetch.Fetcher {
	if s.brought == nil {
		return s.lists()
	}
	return broughtFetcher{s.brought, s, s.lists()}
}

type broughtFetcher struct {
	brought
	at   *state
	next fetch.Fetcher
}

// Fetch implements [fetch.Fetcher]. A list that was brought along counts as one that was
// fetched when it was made, and as long as a kept one would: its holder chooses which of
// the issuer's lists he brings, and would choose the one before he was revoked.
func (f broughtFetcher) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	doc := f.brought[url]
	if doc == nil {
		return f.next.Fetch(ctx, url)
	}
	made, fresh := f.at.fresh(doc)
	if !fresh {
		return f.next.Fetch(ctx, url)
	}
	return &fetch.Response{URL: url, Body: doc.Bytes(), FetchedAt: made, Expires: made.Add(listTTL), Source: fetch.SourceCache}, nil
}

// The times of a list that says nothing of them (Bitstring Status List 1.0, 2.2), and the
// longest that one may ask for, as package vc/status has them.
const listTTL, mostListTTL = 5 * time.Minute, 24 * time.Hour

// fresh reports when a list was made, and whether a copy of it that was kept since would
// still be used.
func (s *state) fresh(list *vc.Document) (made time.Time, yes bool) {
	root := door.Root(list)
	made, err := vc.ParseTime(jsonx.Content(root.Get("validFrom").Single()))
	if err != nil {
		return made, false
	}
	ttl := listTTL
	if ms, ok := root.Get("credentialSubject").Single().Get("ttl").Single().Float(); ok && ms >= 0 {
		ttl = time.Duration(min(ms, float64(mostListTTL/time.Millisecond))) * time.Millisecond
	}
	return made, s.report.At.Before(made.Add(ttl))
}

// stale warns of a list that an entry names, and that was brought along in vain.
func (s *state) stale(c *Check, e *status.Entry) {
	doc, here := s.brought[e.List]
	if !here {
		return
	}
	if doc == nil {
		c.Warnings = append(c.Warnings, words.Problem(CodeListNotFresh, e.Pointer, vc.Quote(e.List)+" twice"))
	} else if made, fresh := s.fresh(doc); !fresh {
		c.Warnings = append(c.Warnings, words.Problem(CodeListNotFresh, e.Pointer, vc.Quote(e.List)+" of "+made.UTC().Format(time.RFC3339)))
	}
}
