package caseapi

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// Held is a framework that was fetched before, and what tells whether it changed.
type Held struct {
	Framework *casefw.Framework
	// Stamp is the lastChangeDateTime that the list of documents showed, as sent.
	Stamp  string
	Known  Known
	Digest [sha256.Size]byte
}

// Holdings keeps the frameworks of one provider between two calls of [Sync], by the
// identifier of the document. [MemoryHoldings] is one; a product keeps them in its
// data base.
type Holdings interface {
	// Held returns what is held, nil where there is nothing.
	Held(ctx context.Context, document string) (*Held, error)
	// Hold keeps a framework, or new validators for one that did not change.
	Hold(ctx context.Context, document string, h *Held) error
	// Documents lists the identifiers of what is held.
	Documents(ctx context.Context) ([]string, error)
}

// SyncOptions steers [Sync].
type SyncOptions struct {
	// List limits the documents that are looked at. With a filter nothing is
	// reported as gone.
	List List
	// Recheck asks for packages whose document shows the same lastChangeDateTime
	// too: some providers never move it. The request has the validators, so that
	// what did not change costs little where the provider knows them.
	Recheck bool
}

// Action says what [Sync] found of one framework.
type Action uint8

// The actions. The zero Action is none.
const (
	Unchanged Action = iota + 1
	Added            // it was not held
	Updated          // it has changed; see Changes
	Restamped        // only time stamps or bytes have changed
	Gone             // held, and not in the list any more; it stays held
	Failed           // see Err; what is held stays
)

var actionNames = [...]string{"none", "unchanged", "added", "updated", "restamped", "gone", "failed"}

// String names the action in lower case.
func (a Action) String() string {
	if int(a) >= len(actionNames) {
		return actionNames[0]
	}
	return actionNames[a]
}

// Evidence says what decided that a framework did not change.
type Evidence uint8

// The evidence, from the weakest to the strongest. The zero Evidence is none.
const (
	ByStamp      Evidence = iota + 1 // the same lastChangeDateTime in the list
	ByValidator                      // the provider answered 304
	ByDigest                         // the same bytes
	ByComparison                     // the comparison found nothing but time stamps
)

var evidenceNames = [...]string{"none", "stamp", "validator", "digest", "comparison"}

// String names the evidence in lower case.
func (e Evidence) String() string {
	if int(e) >= len(evidenceNames) {
		return evidenceNames[0]
	}
	return evidenceNames[e]
}

// SyncResult is what was found of one framework.
type SyncResult struct {
	// Document is the identifier, Title what the list calls it.
	Document, Title string
	Action          Action
	Evidence        Evidence
	// Changes is the comparison with what was held, for Updated and Restamped.
	Changes *casefw.Changes
	// Lint holds the changes against what the guide says of managing change.
	Lint *casefw.Report
	// Framework is the one held now, nil where there is none.
	Framework *casefw.Framework
	// Report and Warnings are those of the package, where it was fetched.
	Report   *casefw.Report
	Warnings []*vc.Problem
	// Err is why it failed.
	Err error
}

// SyncReport is the outcome of [Sync].
type SyncReport struct {
	Results  []SyncResult
	Warnings []*vc.Problem // about the list
	// Complete reports whether the list was read to its end.
	Complete bool
}

// Count returns how many frameworks had an action.
func (r *SyncReport) Count(a Action) int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Action == a {
			n++
		}
	}
	return n
}

// Sync brings what is held up to date: it lists the documents of the provider,
// fetches the packages of those that are new or may have changed, compares them
// with what is held, and keeps them.
//
// Whether one may have changed is asked in steps that cost more each: the
// lastChangeDateTime in the list, the ETag, the bytes, the comparison. A framework
// that fails is a result, and the others go on; the error is that of the list, of
// the holdings, or of ctx, and the report has what was done until then. Nothing is
// ever deleted: what is gone from a list may be back tomorrow.
func Sync(ctx context.Context, cl *Client, h Holdings, o SyncOptions) (*SyncReport, error) {
	report := &SyncReport{}
	if len(o.List.Fields) > 0 {
		for _, need := range []string{"identifier", "uri", "title", "lastChangeDateTime", "CFPackageURI"} {
			if !slices.Contains(o.List.Fields, need) {
				o.List.Fields = append(slices.Clip(o.List.Fields), need)
			}
		}
	}
	listing := cl.Documents(o.List)
	seen := map[string]bool{}
	for d, err := range listing.All(ctx) {
		if err != nil {
			report.Warnings = listing.Warnings()
			return report, err
		}
		id := canonicalID(d.Identifier)
		seen[id] = true
		r, err := syncOne(ctx, cl, h, d, id, o.Recheck)
		if err != nil {
			report.Warnings = listing.Warnings()
			return report, err
		}
		report.Results = append(report.Results, *r)
	}
	report.Warnings, report.Complete = listing.Warnings(), listing.Complete()
	if !o.List.Filter.IsZero() || o.List.Offset > 0 {
		return report, nil
	}
	return report, gone(ctx, h, seen, report)
}

// gone reports what is held and was not listed.
func gone(ctx context.Context, h Holdings, seen map[string]bool, report *SyncReport) error {
	ids, err := h.Documents(ctx)
	if err != nil {
		return fmt.Errorf("caseapi: holdings: %w", err)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if seen[id] {
			continue
		}
		held, err := h.Held(ctx, id)
		if err != nil {
			return fmt.Errorf("caseapi: holdings: %w", err)
		}
		r := SyncResult{Document: id, Action: Gone}
		if held != nil && held.Framework != nil {
			r.Framework, r.Title = held.Framework, held.Framework.Title()
		}
		report.Results = append(report.Results, r)
	}
	return nil
}

// syncOne brings one framework up to date. The error ends the whole; one of the
// provider is in the result.
func syncOne(ctx context.Context, cl *Client, h Holdings, d *casefw.CFDocument, id string, recheck bool) (*SyncResult, error) {
	r := &SyncResult{Document: id, Title: d.Title}
	held, err := h.Held(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("caseapi: holdings: %w", err)
	}
	if held == nil {
		held = &Held{}
	}
	r.Framework = held.Framework
	stamp := d.LastChangeDateTime.String()
	if held.Framework != nil && !recheck && stamp != "" && sameInstant(stamp, held.Stamp) {
		r.Action, r.Evidence = Unchanged, ByStamp
		return r, nil
	}
	known := held.Known
	if held.Framework == nil {
		known = Known{}
	}
	p, err := cl.PackageOf(ctx, d, known)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case held.Framework != nil && errors.Is(err, ErrNotModified):
		r.Action, r.Evidence = Unchanged, ByValidator
		again := *held
		again.Stamp = stamp
		return r, keep(ctx, h, id, &again)
	case err != nil:
		r.Action, r.Err = Failed, err
		return r, nil
	}
	r.Report, r.Warnings = p.Report, p.Warnings
	r.compare(cl, held, p)
	return r, keep(ctx, h, id, &Held{Framework: r.Framework, Stamp: stamp, Known: p.Known, Digest: p.Digest})
}

func keep(ctx context.Context, h Holdings, id string, held *Held) error {
	if err := h.Hold(ctx, id, held); err != nil {
		return fmt.Errorf("caseapi: holdings: %w", err)
	}
	return nil
}

// compare decides what a package that was fetched means.
func (r *SyncResult) compare(cl *Client, held *Held, p *PackageAnswer) {
	switch {
	case held.Framework == nil:
		r.Action, r.Framework = Added, p.Framework
		return
	case held.Digest == p.Digest:
		r.Action, r.Evidence = Unchanged, ByDigest
		return // the one that is held serves on
	}
	r.Framework = p.Framework
	r.Changes = casefw.Diff(held.Framework, p.Framework)
	r.Lint = r.Changes.Lint(cl.c.Now())
	r.Action = Updated
	if !r.Changes.Substantive() {
		r.Action, r.Evidence = Restamped, ByComparison
	}
}

// sameInstant compares time stamps by their instant, else by their text.
func sameInstant(a, b string) bool {
	x, _, okX := casefw.ParseDateTime(a)
	y, _, okY := casefw.ParseDateTime(b)
	if okX && okY {
		return x.Equal(y)
	}
	return a == b
}
