package caseapi

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
)

// Held is a framework that was fetched before, and what tells whether it changed. Stamp,
// Known and Digest are enough for that: a product need not have the framework in memory.
// The zero Held is nothing.
type Held struct {
	// Framework is nil where it is not in memory.
	Framework *casefw.Framework
	// Load gets the framework where Framework is nil. It is called when another package
	// came, for the comparison alone. Without it the result has no Changes.
	Load func(context.Context) (*casefw.Framework, error)
	// Stamp is the lastChangeDateTime that the list of documents showed, as sent.
	Stamp string
	// Known is what the provider said of the package.
	Known Known
	// Digest is that of the package, as in [PackageAnswer].
	Digest [sha256.Size]byte
}

// nothing reports whether nothing is held: no framework, and no trace of one.
func (h *Held) nothing() bool {
	return h.Framework == nil && h.Load == nil && h.Stamp == "" && h.Known == Known{} && h.Digest == [sha256.Size]byte{}
}

// Holdings keeps the frameworks of one provider between two calls of [Sync], by the
// identifier of the document. [MemoryHoldings] is one; a product keeps them in its
// data base.
type Holdings interface {
	// Held returns what is held, nil where there is nothing.
	Held(ctx context.Context, document string) (*Held, error)
	// Hold keeps a framework, or where Framework is nil the new Stamp, Known and Digest of
	// the one that is held and did not change.
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
	// Each is called with each result as it comes. The report then keeps no frameworks,
	// changes, reports and warnings of it, so that a synchronisation of any number of
	// frameworks has one of them in memory at a time. An error of Each ends it.
	Each func(context.Context, *SyncResult) error
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
	// Document is the identifier, "" of a document that has none, and Title what the
	// list calls it.
	Document, Title string
	Action          Action
	Evidence        Evidence
	// Changes is the comparison with what was held, for Updated and Restamped. It is nil
	// where what was held is not in memory and cannot be loaded.
	Changes *casefw.Changes
	// Lint holds the changes against what the guide says of managing change.
	Lint *casefw.Report
	// Framework is the one held now, nil where there is none in memory.
	Framework *casefw.Framework
	// Report and Warnings are those of the package, where it was fetched.
	Report   *casefw.Report
	Warnings []*vc.Problem
	// Err is why it failed.
	Err error
}

// SyncReport is the outcome of [Sync].
type SyncReport struct {
	// Results has one entry for each document of the list, without identifier or not, and
	// for each that is gone. All of them together keep as many errors as the MaxFindings of
	// ClientConfig.Reading, and ten times as many findings. Further failures of one kind
	// share an error that names no URL; what is left out of findings stays counted in the
	// Report of the result.
	Results []SyncResult
	// Warnings are about the list, and about the synchronisation as a whole.
	Warnings []*vc.Problem
	// Complete reports whether the end of the list is shown to be one, as
	// [Listing.Complete] has it. Otherwise Warnings say why it is not, and nothing is
	// reported as gone.
	Complete bool

	room room
}

// room is how much a report may still keep of the details of its results.
type room struct{ findings, failures int }

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
// the holdings, of Each, or of ctx, and the report has what was done until then.
//
// A package that is another document's is not kept ([CodeWrongPackage]), and a document
// without identifier fails ([CodeNameless]). Nothing is ever deleted: what is gone from a
// list may be back tomorrow. What is held is reported as gone only where the list is
// complete, was not filtered, and each document in it has an identifier.
func Sync(ctx context.Context, cl *Client, h Holdings, o SyncOptions) (*SyncReport, error) {
	ctx = cl.patient(ctx)
	if len(o.List.Fields) > 0 {
		o.List.Fields = with(o.List.Fields, "identifier", "uri", "title", "lastChangeDateTime", "CFPackageURI")
	}
	s := &syncing{cl: cl, h: h, o: o, seen: map[key]bool{}, listing: cl.Documents(o.List), report: &SyncReport{},
		kinds: map[kindOfFailure]*Error{}}
	s.report.room = room{10 * cl.most(), cl.most()}
	err := s.run(ctx)
	s.report.Warnings = s.listing.Warnings()
	if patienceOf(ctx).exhausted() {
		w := warning(WarnWaited, cl.root.Redacted(), "more than "+cl.c.MaxWaiting.String()+" in all")
		s.report.Warnings = append(s.report.Warnings, w)
	}
	return s.report, err
}

// syncing is one synchronisation.
type syncing struct {
	cl      *Client
	h       Holdings
	o       SyncOptions
	seen    map[key]bool
	listing *Listing
	report  *SyncReport
	kinds   map[kindOfFailure]*Error
}

func (s *syncing) run(ctx context.Context) error {
	for d, err := range s.listing.All(ctx) {
		if err != nil {
			return err
		}
		r, err := s.one(ctx, d)
		if err != nil {
			return err
		}
		if err := s.add(ctx, r); err != nil {
			return err
		}
	}
	s.report.Complete = s.listing.Complete()
	if !s.report.Complete || !s.o.List.Filter.IsZero() || s.o.List.Offset > 0 || s.listing.Nameless() > 0 {
		return nil
	}
	return s.gone(ctx)
}

// add takes a result into the report, as far as there is room.
func (s *syncing) add(ctx context.Context, r *SyncResult) error {
	if s.o.Each != nil {
		if err := s.o.Each(ctx, r); err != nil {
			return fmt.Errorf("caseapi: SyncOptions.Each: %w", err)
		}
		r = &SyncResult{Document: r.Document, Title: r.Title, Action: r.Action, Evidence: r.Evidence, Err: r.Err}
	}
	if r.Report != nil {
		kept := min(len(r.Report.Findings), s.report.room.findings)
		s.report.room.findings -= kept
		if kept < len(r.Report.Findings) {
			r.Report.Findings = slices.Clone(r.Report.Findings[:kept])
		}
	}
	if e, ok := errors.AsType[*Error](r.Err); ok {
		if s.report.room.failures--; s.report.room.failures < 0 {
			r.Err = s.alike(e)
		}
	}
	s.report.Results = append(s.report.Results, *r)
	return nil
}

// alike is the error that failures of one kind share where there is no room for each.
func (s *syncing) alike(e *Error) *Error {
	k := kindOfFailure{e.Code, e.Status}
	if s.kinds[k] == nil && len(s.kinds) >= mostKinds { // a provider may give each its own code
		if k.code = CodeNetwork; e.Status != 0 {
			k.code = codeOfStatus(e.Status)
		}
	}
	if s.kinds[k] == nil {
		s.kinds[k] = failure(k.code, "", "one of many that failed so", nil)
		s.kinds[k].Status, s.kinds[k].RetryAfter, s.kinds[k].cut = e.Status, e.RetryAfter, e.cut
	}
	return s.kinds[k]
}

// kindOfFailure tells failures apart where there is no room for more.
type kindOfFailure struct {
	code   vc.Code
	status int
}

const mostKinds = 100

// gone reports what is held and was not listed.
func (s *syncing) gone(ctx context.Context) error {
	ids, err := s.h.Documents(ctx)
	if err != nil {
		return holdingsError(err)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if s.seen[documentID(id)] {
			continue
		}
		held, err := s.h.Held(ctx, id)
		if err != nil {
			return holdingsError(err)
		}
		r := &SyncResult{Document: id, Action: Gone}
		if held != nil && held.Framework != nil {
			r.Framework, r.Title = held.Framework, held.Framework.Title()
		}
		if err := s.add(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func holdingsError(err error) error { return fmt.Errorf("caseapi: holdings: %w", err) }

// one brings one framework up to date. The error ends the whole; one of the provider is
// in the result.
func (s *syncing) one(ctx context.Context, d *casefw.CFDocument) (*SyncResult, error) {
	// What is kept must not keep the text of the page with it.
	id := strings.Clone(canonicalID(d.Identifier))
	r := &SyncResult{Document: id, Title: strings.Clone(quote.Abridge(d.Title, longestTitle))}
	if id == "" {
		at := s.listing.at
		r.Action, r.Err = Failed, failure(CodeNameless, at.url, "it stands at "+namelessAt(at.index, d.Title), nil)
		return r, nil
	}
	s.seen[documentID(id)] = true
	held, err := s.held(ctx, id)
	if err != nil {
		return nil, err
	}
	r.Framework = held.Framework
	stamp := strings.Clone(d.LastChangeDateTime.String())
	if !s.o.Recheck && stamp != "" && !held.nothing() && sameInstant(stamp, held.Stamp) {
		r.Action, r.Evidence = Unchanged, ByStamp
		return r, nil
	}
	p, err := s.cl.PackageOf(ctx, d, held.Known)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case !held.nothing() && errors.Is(err, ErrNotModified):
		r.Action, r.Evidence = Unchanged, ByValidator
		again := *held
		again.Stamp = stamp
		return r, s.keep(ctx, id, &again)
	case err != nil:
		r.Action, r.Err = Failed, err
		return r, nil
	}
	r.Report, r.Warnings = p.Report, p.Warnings
	now := &Held{Framework: p.Framework, Stamp: stamp, Known: p.Known, Digest: p.Digest}
	if err := s.compare(ctx, r, held, now); err != nil {
		return nil, err
	}
	return r, s.keep(ctx, id, now)
}

// longestTitle bounds what a result has of a title; the longest in use have half of it.
const longestTitle = 512

// held returns what is held of a document, nothing where it is another document's: a
// framework that was kept under a wrong name is no basis for a comparison.
func (s *syncing) held(ctx context.Context, id string) (*Held, error) {
	held, err := s.h.Held(ctx, id)
	switch {
	case err != nil:
		return nil, holdingsError(err)
	case held == nil:
		return &Held{}, nil
	}
	if f := held.Framework; f != nil && (f.Document() == nil || !sameID(f.Document().Identifier, id)) {
		return &Held{}, nil
	}
	return held, nil
}

func (s *syncing) keep(ctx context.Context, id string, held *Held) error {
	if err := s.h.Hold(ctx, id, held); err != nil {
		return holdingsError(err)
	}
	return nil
}

// compare decides what a package that was fetched means. What is held serves on where
// the bytes are the same.
func (s *syncing) compare(ctx context.Context, r *SyncResult, held, now *Held) error {
	switch {
	case held.nothing():
		r.Action, r.Framework = Added, now.Framework
		return nil
	case held.Digest == now.Digest:
		r.Action, r.Evidence, r.Framework = Unchanged, ByDigest, cmp.Or(held.Framework, now.Framework)
		now.Framework, now.Load = held.Framework, held.Load
		return nil
	}
	r.Action, r.Framework = Updated, now.Framework
	old := held.Framework
	if old == nil && held.Load != nil {
		var err error
		if old, err = held.Load(ctx); err != nil {
			return holdingsError(err)
		}
	}
	if old == nil {
		return nil
	}
	r.Changes = casefw.Diff(old, now.Framework)
	r.Lint = r.Changes.Lint(s.cl.c.Now())
	if !r.Changes.Substantive() {
		r.Action, r.Evidence = Restamped, ByComparison
	}
	return nil
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
